-- Contracts and prices (catalogos.md §2, §6, §7, §9): contract → annex → sub-annex → concept, the headings of the contract,
-- the history of every price and the price list of the system before. Functions first, then what Prisma derives from
-- prisma/schema (the generated columns completed), then by hand what Prisma cannot express.

-- Order of codes as people count them: 2.2. before 2.10., 1C-11. before 10C-11. (catalogos.md §15.12). Each run of digits is
-- written with twelve, so that comparing bytes compares numbers.
CREATE FUNCTION orden_natural(texto text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN regexp_replace(
    regexp_replace(folio_clave(texto), '([0-9]+)', '000000000000\1', 'g'),
    '[0-9]*([0-9]{12})', '\1', 'g'
  );

COMMENT ON FUNCTION orden_natural(text) IS 'Key of the natural order of a code: every run of digits padded to twelve';

-- What a search by words is compared with: without accents, case nor runs of blanks (one space), zero-width marks gone.
CREATE FUNCTION texto_busqueda(texto text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN texto_clave(folio_clave(texto));

COMMENT ON FUNCTION texto_busqueda(text) IS 'Text as the search by words looks at it: lower case, without accents, blanks collapsed';

-- ----------------------------------------------------------------------------- tables and foreign keys (Prisma)

-- CreateTable
CREATE TABLE "contrato" (
    "id" BIGSERIAL NOT NULL,
    "numero_contrato" VARCHAR(100) NOT NULL,
    "descripcion" TEXT NOT NULL,
    "id_cliente" BIGINT NOT NULL,
    "fecha_inicio" DATE NOT NULL,
    "fecha_termino" DATE NOT NULL,
    "monto_mn" DECIMAL(20,2) NOT NULL DEFAULT 0,
    "monto_usd" DECIMAL(20,2) NOT NULL DEFAULT 0,
    "activo" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "contrato_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contrato_anexo_maestro" (
    "id" BIGSERIAL NOT NULL,
    "id_contrato" BIGINT NOT NULL,
    "clave" VARCHAR(100) NOT NULL,
    "descripcion" VARCHAR(100) NOT NULL,
    "tipo" VARCHAR(20) NOT NULL DEFAULT 'FINANCIERO',
    "archivo" VARCHAR(255),
    "archivo_nombre" VARCHAR(255),
    "monto_mn" DECIMAL(20,2) NOT NULL DEFAULT 0,
    "monto_usd" DECIMAL(20,2) NOT NULL DEFAULT 0,
    "activo" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "contrato_anexo_maestro_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contrato_sub_anexo" (
    "id" BIGSERIAL NOT NULL,
    "id_anexo_maestro" BIGINT NOT NULL,
    "clave_anexo" VARCHAR(50) NOT NULL,
    "descripcion" TEXT NOT NULL,
    "id_unidad_medida" BIGINT,
    "cantidad" DECIMAL(20,2) NOT NULL DEFAULT 0,
    "precio_unitario_mn" DECIMAL(20,2) NOT NULL DEFAULT 0,
    "precio_unitario_usd" DECIMAL(20,2) NOT NULL DEFAULT 0,
    "importe_mn" DECIMAL(20,2) GENERATED ALWAYS AS (round("cantidad" * "precio_unitario_mn", 2)) STORED,
    "importe_usd" DECIMAL(20,2) GENERATED ALWAYS AS (round("cantidad" * "precio_unitario_usd", 2)) STORED,
    "activo" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "clave_orden" TEXT COLLATE "C" GENERATED ALWAYS AS (orden_natural("clave_anexo")) STORED,

    CONSTRAINT "contrato_sub_anexo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contrato_seccion" (
    "id" BIGSERIAL NOT NULL,
    "id_sub_anexo" BIGINT NOT NULL,
    "partida" VARCHAR(50),
    "descripcion" TEXT NOT NULL,
    "orden" INTEGER NOT NULL,

    CONSTRAINT "contrato_seccion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contrato_concepto_maestro" (
    "id" BIGSERIAL NOT NULL,
    "id_tipo_partida" BIGINT NOT NULL,
    "id_sub_anexo" BIGINT,
    "id_seccion" BIGINT,
    "orden" INTEGER,
    "partida_ordinaria" VARCHAR(50),
    "partida_extraordinaria" VARCHAR(50),
    "codigo_interno" VARCHAR(50),
    "descripcion" TEXT NOT NULL,
    "id_unidad_medida" BIGINT NOT NULL,
    "cantidad" DECIMAL(20,2) NOT NULL DEFAULT 0,
    "precio_unitario_mn" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "precio_unitario_usd" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "categoria" TEXT,
    "subcategoria" TEXT,
    "clasificacion" TEXT,
    "pte_creacion" VARCHAR(100),
    "ot_creacion" VARCHAR(100),
    "id_pte_creacion" BIGINT,
    "id_ot_creacion" BIGINT,
    "fecha_autorizacion" DATE,
    "estatus" VARCHAR(20),
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "partida_orden" TEXT COLLATE "C" GENERATED ALWAYS AS (orden_natural(
      CASE "id_tipo_partida" WHEN 7 THEN "partida_extraordinaria" ELSE "partida_ordinaria" END
    )) STORED,
    "codigos" TEXT GENERATED ALWAYS AS (texto_busqueda(
      coalesce("partida_ordinaria", '') || ' ' || coalesce("partida_extraordinaria", '') || ' ' || coalesce("codigo_interno", '')
    )) STORED,
    "busqueda" TEXT GENERATED ALWAYS AS (texto_busqueda(
      coalesce("partida_ordinaria", '') || ' ' || coalesce("partida_extraordinaria", '') || ' ' || coalesce("codigo_interno", '') || ' '
      || "descripcion" || CASE "id_tipo_partida" WHEN 7 THEN ' ' || coalesce("pte_creacion", '') || ' ' || coalesce("ot_creacion", '') ELSE '' END
    )) STORED,

    CONSTRAINT "contrato_concepto_maestro_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contrato_concepto_precio" (
    "id" BIGSERIAL NOT NULL,
    "id_concepto" BIGINT NOT NULL,
    "numero" INTEGER NOT NULL,
    "precio_mn" DECIMAL(18,2) NOT NULL,
    "precio_usd" DECIMAL(18,2) NOT NULL,
    "cantidad" DECIMAL(20,2) NOT NULL,
    "fecha" TIMESTAMPTZ(3) NOT NULL,
    "id_usuario" BIGINT,
    "origen" VARCHAR(20) NOT NULL,
    "id_lote" BIGINT,
    "archivo" VARCHAR(255),
    "hoja" VARCHAR(255),
    "fila" INTEGER,

    CONSTRAINT "contrato_concepto_precio_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "producto" (
    "id" BIGSERIAL NOT NULL,
    "id_partida" VARCHAR(100) NOT NULL,
    "descripcion_concepto" TEXT NOT NULL,
    "anexo" VARCHAR(100),
    "id_sitio" BIGINT,
    "id_tipo_partida" BIGINT NOT NULL,
    "id_unidad_medida" BIGINT NOT NULL,
    "precio_unitario_mn" DECIMAL(15,2),
    "precio_unitario_usd" DECIMAL(15,2),
    "activo" BOOLEAN NOT NULL DEFAULT true,
    "comentario" TEXT,
    "partida_orden" TEXT COLLATE "C" GENERATED ALWAYS AS (orden_natural("id_partida")) STORED,
    "busqueda" TEXT GENERATED ALWAYS AS (texto_busqueda("id_partida" || ' ' || "descripcion_concepto")) STORED,

    CONSTRAINT "producto_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "contrato_cliente" ON "contrato"("id_cliente");

-- CreateIndex
CREATE INDEX "contrato_anexo_maestro_contrato" ON "contrato_anexo_maestro"("id_contrato");

-- CreateIndex
CREATE INDEX "contrato_sub_anexo_unidad" ON "contrato_sub_anexo"("id_unidad_medida");

-- CreateIndex
CREATE UNIQUE INDEX "contrato_sub_anexo_clave_unica" ON "contrato_sub_anexo"("id_anexo_maestro", "clave_anexo");

-- CreateIndex
CREATE INDEX "contrato_seccion_orden" ON "contrato_seccion"("id_sub_anexo", "orden");

-- CreateIndex
CREATE INDEX "contrato_concepto_maestro_sub_anexo" ON "contrato_concepto_maestro"("id_sub_anexo");

-- CreateIndex
CREATE INDEX "contrato_concepto_maestro_seccion" ON "contrato_concepto_maestro"("id_seccion");

-- CreateIndex
CREATE INDEX "contrato_concepto_maestro_unidad" ON "contrato_concepto_maestro"("id_unidad_medida");

-- CreateIndex
CREATE INDEX "contrato_concepto_precio_lote" ON "contrato_concepto_precio"("id_lote");

-- CreateIndex
CREATE UNIQUE INDEX "contrato_concepto_precio_numero_unico" ON "contrato_concepto_precio"("id_concepto", "numero");

-- CreateIndex
CREATE INDEX "producto_sitio" ON "producto"("id_sitio");

-- CreateIndex
CREATE INDEX "producto_tipo" ON "producto"("id_tipo_partida");

-- CreateIndex
CREATE INDEX "producto_unidad" ON "producto"("id_unidad_medida");

-- AddForeignKey
ALTER TABLE "contrato" ADD CONSTRAINT "contrato_cliente_fk" FOREIGN KEY ("id_cliente") REFERENCES "cliente"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_anexo_maestro" ADD CONSTRAINT "contrato_anexo_maestro_contrato_fk" FOREIGN KEY ("id_contrato") REFERENCES "contrato"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_sub_anexo" ADD CONSTRAINT "contrato_sub_anexo_anexo_fk" FOREIGN KEY ("id_anexo_maestro") REFERENCES "contrato_anexo_maestro"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_sub_anexo" ADD CONSTRAINT "contrato_sub_anexo_unidad_fk" FOREIGN KEY ("id_unidad_medida") REFERENCES "unidad_medida"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_seccion" ADD CONSTRAINT "contrato_seccion_sub_anexo_fk" FOREIGN KEY ("id_sub_anexo") REFERENCES "contrato_sub_anexo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_concepto_maestro" ADD CONSTRAINT "contrato_concepto_maestro_tipo_fk" FOREIGN KEY ("id_tipo_partida") REFERENCES "tipo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_concepto_maestro" ADD CONSTRAINT "contrato_concepto_maestro_sub_anexo_fk" FOREIGN KEY ("id_sub_anexo") REFERENCES "contrato_sub_anexo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_concepto_maestro" ADD CONSTRAINT "contrato_concepto_maestro_seccion_fk" FOREIGN KEY ("id_seccion") REFERENCES "contrato_seccion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_concepto_maestro" ADD CONSTRAINT "contrato_concepto_maestro_unidad_fk" FOREIGN KEY ("id_unidad_medida") REFERENCES "unidad_medida"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_concepto_maestro" ADD CONSTRAINT "contrato_concepto_maestro_pte_fk" FOREIGN KEY ("id_pte_creacion") REFERENCES "pte_header"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_concepto_maestro" ADD CONSTRAINT "contrato_concepto_maestro_ot_fk" FOREIGN KEY ("id_ot_creacion") REFERENCES "ot"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_concepto_precio" ADD CONSTRAINT "contrato_concepto_precio_concepto_fk" FOREIGN KEY ("id_concepto") REFERENCES "contrato_concepto_maestro"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_concepto_precio" ADD CONSTRAINT "contrato_concepto_precio_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "contrato_concepto_precio" ADD CONSTRAINT "contrato_concepto_precio_lote_fk" FOREIGN KEY ("id_lote") REFERENCES "lote_importacion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "producto" ADD CONSTRAINT "producto_sitio_fk" FOREIGN KEY ("id_sitio") REFERENCES "sitio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "producto" ADD CONSTRAINT "producto_tipo_fk" FOREIGN KEY ("id_tipo_partida") REFERENCES "tipo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "producto" ADD CONSTRAINT "producto_unidad_fk" FOREIGN KEY ("id_unidad_medida") REFERENCES "unidad_medida"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand from here on

-- ------------------------------------------------------------------------------- contract, annex and sub-annex

ALTER TABLE contrato
  ADD CONSTRAINT contrato_numero_no_vacio CHECK (btrim(numero_contrato) <> ''),
  ADD CONSTRAINT contrato_descripcion_no_vacia CHECK (btrim(descripcion, E' \t\r\n') <> ''),
  ADD CONSTRAINT contrato_fechas_en_orden CHECK (fecha_termino >= fecha_inicio),
  ADD CONSTRAINT contrato_monto_mn_no_negativo CHECK (monto_mn >= 0),
  ADD CONSTRAINT contrato_monto_usd_no_negativo CHECK (monto_usd >= 0),
  ADD CONSTRAINT contrato_version_positiva CHECK (version >= 1);
CREATE UNIQUE INDEX contrato_numero_unico ON contrato (folio_clave(numero_contrato));

ALTER TABLE contrato_anexo_maestro
  ADD CONSTRAINT contrato_anexo_maestro_clave_no_vacia CHECK (btrim(clave) <> ''),
  ADD CONSTRAINT contrato_anexo_maestro_descripcion_no_vacia CHECK (btrim(descripcion) <> ''),
  ADD CONSTRAINT contrato_anexo_maestro_tipo_valido CHECK (tipo IN ('TECNICO', 'FINANCIERO', 'LEGAL')),
  ADD CONSTRAINT contrato_anexo_maestro_monto_mn_no_negativo CHECK (monto_mn >= 0),
  ADD CONSTRAINT contrato_anexo_maestro_monto_usd_no_negativo CHECK (monto_usd >= 0),
  ADD CONSTRAINT contrato_anexo_maestro_archivo_con_nombre CHECK ((archivo IS NULL) = (archivo_nombre IS NULL)),
  ADD CONSTRAINT contrato_anexo_maestro_version_positiva CHECK (version >= 1);
CREATE UNIQUE INDEX contrato_anexo_maestro_clave_unica ON contrato_anexo_maestro (id_contrato, folio_clave(clave)) WHERE activo;

ALTER TABLE contrato_sub_anexo
  ADD CONSTRAINT contrato_sub_anexo_clave_forma
    CHECK (clave_anexo <> '' AND clave_anexo = upper(btrim(clave_anexo) COLLATE "pg_c_utf8")),
  ADD CONSTRAINT contrato_sub_anexo_descripcion_no_vacia CHECK (btrim(descripcion, E' \t\r\n') <> ''),
  ADD CONSTRAINT contrato_sub_anexo_cantidad_no_negativa CHECK (cantidad >= 0),
  ADD CONSTRAINT contrato_sub_anexo_precio_mn_no_negativo CHECK (precio_unitario_mn >= 0),
  ADD CONSTRAINT contrato_sub_anexo_precio_usd_no_negativo CHECK (precio_unitario_usd >= 0),
  ADD CONSTRAINT contrato_sub_anexo_version_positiva CHECK (version >= 1);

ALTER TABLE contrato_seccion
  ADD CONSTRAINT contrato_seccion_partida_no_vacia CHECK (btrim(partida) <> ''),
  ADD CONSTRAINT contrato_seccion_descripcion_no_vacia CHECK (btrim(descripcion, E' \t\r\n') <> '');

-- ------------------------------------------------------------------------------------------------------ concepts

ALTER TABLE contrato_concepto_maestro
  ADD CONSTRAINT contrato_concepto_maestro_tipo_valido CHECK (id_tipo_partida IN (6, 7)),
  ADD CONSTRAINT contrato_concepto_maestro_ordinario_completo
    CHECK (id_tipo_partida <> 6 OR (id_sub_anexo IS NOT NULL AND partida_ordinaria IS NOT NULL)),
  ADD CONSTRAINT contrato_concepto_maestro_extraordinario_completo
    CHECK (id_tipo_partida <> 7 OR partida_extraordinaria IS NOT NULL),
  ADD CONSTRAINT contrato_concepto_maestro_partida_no_vacia CHECK (btrim(partida_ordinaria) <> ''),
  ADD CONSTRAINT contrato_concepto_maestro_partida_ext_no_vacia CHECK (btrim(partida_extraordinaria) <> ''),
  ADD CONSTRAINT contrato_concepto_maestro_descripcion_no_vacia CHECK (btrim(descripcion, E' \t\r\n') <> ''),
  ADD CONSTRAINT contrato_concepto_maestro_cantidad_no_negativa CHECK (cantidad >= 0),
  ADD CONSTRAINT contrato_concepto_maestro_precio_mn_no_negativo CHECK (precio_unitario_mn >= 0),
  ADD CONSTRAINT contrato_concepto_maestro_precio_usd_no_negativo CHECK (precio_unitario_usd >= 0),
  ADD CONSTRAINT contrato_concepto_maestro_estatus_valido CHECK (estatus IN ('EN ELABORACION', 'AUTORIZADO', 'CANCELADA')),
  ADD CONSTRAINT contrato_concepto_maestro_version_positiva CHECK (version >= 1);

-- settled.md §6: the contract has one code seven times with different descriptions. Descriptions of two thousand characters
-- do not fit an index, so their hash does.
CREATE UNIQUE INDEX contrato_concepto_maestro_ordinario_unico
  ON contrato_concepto_maestro (id_sub_anexo, folio_clave(partida_ordinaria), md5(folio_clave(descripcion)), id_unidad_medida)
  WHERE activo AND id_tipo_partida = 6;
-- The literal NA is free (catalogos.md §6.2).
CREATE UNIQUE INDEX contrato_concepto_maestro_extraordinario_unico
  ON contrato_concepto_maestro (folio_clave(partida_extraordinaria))
  WHERE activo AND id_tipo_partida = 7 AND folio_clave(partida_extraordinaria) <> 'na';

-- The two lists, by their partida and newest first.
CREATE INDEX contrato_concepto_maestro_lista ON contrato_concepto_maestro (id_tipo_partida, partida_orden, id) INCLUDE (codigos) WHERE activo;
CREATE INDEX contrato_concepto_maestro_lista_id ON contrato_concepto_maestro (id_tipo_partida, id) WHERE activo;
-- Words in any order over codes and texts; parts of a code.
CREATE INDEX contrato_concepto_maestro_busqueda ON contrato_concepto_maestro USING gin (busqueda gin_trgm_ops) WHERE activo;
-- How the import recognises what is there, whatever its type.
CREATE INDEX contrato_concepto_maestro_partida ON contrato_concepto_maestro (folio_clave(partida_ordinaria)) WHERE partida_ordinaria IS NOT NULL;
CREATE INDEX contrato_concepto_maestro_partida_ext ON contrato_concepto_maestro (folio_clave(partida_extraordinaria)) WHERE partida_extraordinaria IS NOT NULL;
-- Deleting PTEs and OTs (undo of an import) looks for them.
CREATE INDEX contrato_concepto_maestro_pte ON contrato_concepto_maestro (id_pte_creacion) WHERE id_pte_creacion IS NOT NULL;
CREATE INDEX contrato_concepto_maestro_ot ON contrato_concepto_maestro (id_ot_creacion) WHERE id_ot_creacion IS NOT NULL;

-- ------------------------------------------------------------------------------------------------ price history

ALTER TABLE contrato_concepto_precio
  ADD CONSTRAINT contrato_concepto_precio_numero_positivo CHECK (numero >= 1),
  ADD CONSTRAINT contrato_concepto_precio_mn_no_negativo CHECK (precio_mn >= 0),
  ADD CONSTRAINT contrato_concepto_precio_usd_no_negativo CHECK (precio_usd >= 0),
  ADD CONSTRAINT contrato_concepto_precio_cantidad_no_negativa CHECK (cantidad >= 0),
  ADD CONSTRAINT contrato_concepto_precio_origen_valido
    CHECK (origen IN ('captura', 'edicion', 'conversion', 'importacion', 'deshacer')),
  ADD CONSTRAINT contrato_concepto_precio_importado_con_fila
    CHECK (origen <> 'importacion' OR (archivo IS NOT NULL AND hoja IS NOT NULL AND fila IS NOT NULL));

-- Append-only: a row is never changed, and goes away only with its concept (undo of the import that created it).
CREATE FUNCTION contrato_concepto_precio_rechazar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF NOT EXISTS (SELECT 1 FROM contrato_concepto_maestro c WHERE c.id = OLD.id_concepto) THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'contrato_concepto_precio is append-only: % refused; violates constraint "contrato_concepto_precio_solo_altas"', TG_OP
    USING ERRCODE = 'check_violation', CONSTRAINT = 'contrato_concepto_precio_solo_altas',
          TABLE = 'contrato_concepto_precio', SCHEMA = 'public',
          HINT = 'Correct a wrong price with a new one.';
END
$$;
CREATE TRIGGER contrato_concepto_precio_solo_altas BEFORE UPDATE OR DELETE ON contrato_concepto_precio
  FOR EACH ROW EXECUTE FUNCTION contrato_concepto_precio_rechazar();
CREATE TRIGGER contrato_concepto_precio_sin_vaciar BEFORE TRUNCATE ON contrato_concepto_precio
  FOR EACH STATEMENT EXECUTE FUNCTION contrato_concepto_precio_rechazar();

-- ---------------------------------------------------------------------------------------------- legacy products

ALTER TABLE producto
  ADD CONSTRAINT producto_partida_no_vacia CHECK (btrim(id_partida) <> ''),
  ADD CONSTRAINT producto_descripcion_no_vacia CHECK (btrim(descripcion_concepto, E' \t\r\n') <> ''),
  ADD CONSTRAINT producto_tipo_valido CHECK (id_tipo_partida IN (6, 7)),
  ADD CONSTRAINT producto_precio_mn_no_negativo CHECK (precio_unitario_mn >= 0),
  ADD CONSTRAINT producto_precio_usd_no_negativo CHECK (precio_unitario_usd >= 0);

-- ------------------------------------------------------------------------------------- seal of the cached counts

CREATE SEQUENCE cambios_contrato;
COMMENT ON SEQUENCE cambios_contrato IS 'Advances with every statement that changes what the tables of prices show; stamps cached counts';

-- The lock is the one of ot_anotar_cambio: whoever fills a cache waits for every writer (src/plataforma/conteos.ts).
CREATE FUNCTION contrato_anotar_cambio() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(734501);
  PERFORM nextval('cambios_contrato');
  RETURN NULL;
END
$$;
CREATE TRIGGER contrato_anota_cambio BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON contrato
  FOR EACH STATEMENT EXECUTE FUNCTION contrato_anotar_cambio();
CREATE TRIGGER contrato_anexo_maestro_anota_cambio BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON contrato_anexo_maestro
  FOR EACH STATEMENT EXECUTE FUNCTION contrato_anotar_cambio();
CREATE TRIGGER contrato_sub_anexo_anota_cambio BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON contrato_sub_anexo
  FOR EACH STATEMENT EXECUTE FUNCTION contrato_anotar_cambio();
CREATE TRIGGER contrato_concepto_maestro_anota_cambio BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON contrato_concepto_maestro
  FOR EACH STATEMENT EXECUTE FUNCTION contrato_anotar_cambio();
CREATE TRIGGER producto_anota_cambio BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON producto
  FOR EACH STATEMENT EXECUTE FUNCTION contrato_anotar_cambio();
CREATE TRIGGER unidad_medida_anota_cambio_de_contrato BEFORE UPDATE ON unidad_medida
  FOR EACH STATEMENT EXECUTE FUNCTION contrato_anotar_cambio();

-- ------------------------------------------------------------------------------------------------------ meanings

COMMENT ON TABLE contrato IS 'Contract with a client: its annexes and its price catalogue hang from it';
COMMENT ON TABLE contrato_anexo_maestro IS 'Annex of a contract; the financial one holds the prices';
COMMENT ON COLUMN contrato_anexo_maestro.tipo IS 'TECNICO, FINANCIERO (Anexo C, price list) or LEGAL';
COMMENT ON TABLE contrato_sub_anexo IS 'Part of an annex that prices its own concepts; clave_anexo in upper case';
COMMENT ON COLUMN contrato_sub_anexo.importe_mn IS 'Generated: cantidad × precio_unitario_mn, half up to two decimals (catalogos.md §7)';
COMMENT ON COLUMN contrato_sub_anexo.importe_usd IS 'Generated: cantidad × precio_unitario_usd, half up to two decimals';
COMMENT ON COLUMN contrato_sub_anexo.clave_orden IS 'Generated: natural order of the key, C-2 before C-10';
COMMENT ON TABLE contrato_seccion IS 'Heading of a sub-annex as the contract prints it: neither a concept nor a price';
COMMENT ON COLUMN contrato_seccion.orden IS 'Row of the sheet: its place among the concepts';
COMMENT ON TABLE contrato_concepto_maestro IS 'A price: of the contract (6, ordinary) or agreed outside of it (7, extraordinary or PUE)';
COMMENT ON COLUMN contrato_concepto_maestro.orden IS 'Row of the sheet of the contract; null for what people capture';
COMMENT ON COLUMN contrato_concepto_maestro.estatus IS 'Life of a PUE: EN ELABORACION, AUTORIZADO, CANCELADA or nothing';
COMMENT ON COLUMN contrato_concepto_maestro.pte_creacion IS 'Folio of the PTE where the PUE was born, as typed; id_pte_creacion when it exists';
COMMENT ON COLUMN contrato_concepto_maestro.partida_orden IS 'Generated: natural order of the partida of its type';
COMMENT ON COLUMN contrato_concepto_maestro.codigos IS 'Generated: its codes without accents nor case';
COMMENT ON COLUMN contrato_concepto_maestro.busqueda IS 'Generated: codes and description (of a PUE its PTE and OT too), without accents nor case';
COMMENT ON TABLE contrato_concepto_precio IS 'Every price a concept has had; append-only, numero 1 is the first and the highest is the current one';
COMMENT ON COLUMN contrato_concepto_precio.origen IS 'captura, edicion, conversion, importacion (workbook, sheet and row) or deshacer (undo of a batch)';
COMMENT ON TABLE producto IS 'Price list of the system before (catalogos.md §9): only read';
