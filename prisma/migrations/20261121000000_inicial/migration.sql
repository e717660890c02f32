-- First migration: every table of users, access, audit, background jobs, saved views, catalogues, PTE, OT,
-- import batches and annexes. Order: requirements and text functions, tables and foreign keys (as Prisma derives
-- them from prisma/schema), then by hand what Prisma cannot express: CHECKs, partial and expression indexes,
-- triggers, the change counter and the meaning of the columns.
--
-- Everything in the second half is invisible to `prisma migrate diff` (partial and expression indexes, CHECKs,
-- triggers, comments), so it must be kept by later migrations with care; tests/integracion/esquema.test.ts
-- fails when any of it is missing.

-- ---------------------------------------------------------------------------------------------- requirements

-- Case has to be folded for Spanish letters too (Ñ = ñ) or the searches and the unique folios would miss rows.
-- A database created with locale "C" or encoding SQL_ASCII does not do it and cannot be fixed afterwards.
DO $$
BEGIN
  IF getdatabaseencoding() <> 'UTF8' OR lower('Ñ') <> 'ñ' THEN
    RAISE EXCEPTION 'The database must be created with ENCODING ''UTF8'' and a UTF-8 locale (for example LOCALE_PROVIDER builtin LOCALE ''C.UTF-8'').';
  END IF;
END
$$;

-- "Contains" searches (ILIKE '%…%') over folios and letters.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- What two folios are compared by: the SQL twin of claveFolio() in src/comun/texto.ts (R-OT-07: trimmed, whatever
-- the case). pg_c_utf8 is PostgreSQL's own collation: it does not change with the operating system.
CREATE FUNCTION folio_clave(texto text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN lower(
    btrim(
      regexp_replace(
        translate(
          texto,
          U&'\00AD\200B\200C\200D\200E\200F\202A\202B\202C\202D\202E\2060\2061\2062\2063\2064\FEFF',
          ''
        ) COLLATE "pg_c_utf8",
        '\s+', ' ', 'g'
      )
    )
  );

COMMENT ON FUNCTION folio_clave(text) IS 'Key by which two folios are equal: without outer or repeated blanks nor zero-width marks, lower case';

-- Order and equality of descriptions as people see them: no difference of case or accents (catalogos.md §1.4).
-- The tables sort texts with it: ORDER BY texto_clave(columna), id. An explicit function is used instead of a
-- linguistic (ICU) collation because comparisons are bytewise, several times faster, and equal on every server.
CREATE FUNCTION texto_clave(texto text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN translate(
    lower(btrim(texto) COLLATE "pg_c_utf8"),
    'áàäâãåéèëêíìïîóòöôõúùüûñç',
    'aaaaaaeeeeiiiiooooouuuunc'
  );

COMMENT ON FUNCTION texto_clave(text) IS 'Key by which texts are sorted and descriptions are equal: lower case, without accents';

-- --------------------------------------------------------------------------- tables and foreign keys (Prisma)

-- CreateTable
CREATE TABLE "session" (
    "sid" VARCHAR NOT NULL,
    "sess" JSON NOT NULL,
    "expire" TIMESTAMPTZ(6) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("sid")
);

-- CreateTable
CREATE TABLE "intento_acceso" (
    "id" BIGSERIAL NOT NULL,
    "cuenta" VARCHAR(254) NOT NULL,
    "direccion" VARCHAR(64) NOT NULL,
    "fecha" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "exito" BOOLEAN NOT NULL,

    CONSTRAINT "intento_acceso_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "importacion_anexo" (
    "id" BIGSERIAL NOT NULL,
    "id_ot" BIGINT NOT NULL,
    "archivo_excel" VARCHAR(255) NOT NULL,
    "fecha_carga" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usuario_carga" BIGINT,
    "total_registros" INTEGER NOT NULL DEFAULT 0,
    "es_activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "importacion_anexo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "partida_anexo_importada" (
    "id" BIGSERIAL NOT NULL,
    "id_importacion_anexo" BIGINT NOT NULL,
    "id_partida" VARCHAR(50) NOT NULL,
    "descripcion_concepto" TEXT NOT NULL,
    "anexo" VARCHAR(50),
    "id_unidad_medida" BIGINT,
    "volumen_proyectado" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "precio_unitario_mn" DECIMAL(15,4) NOT NULL DEFAULT 0,
    "precio_unitario_usd" DECIMAL(15,4) NOT NULL DEFAULT 0,
    "orden_fila" INTEGER NOT NULL,

    CONSTRAINT "partida_anexo_importada_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registro_actividad" (
    "id" BIGSERIAL NOT NULL,
    "tabla_log" INTEGER NOT NULL,
    "registro_id" BIGINT,
    "evento" VARCHAR(30) NOT NULL,
    "campo" VARCHAR(200) NOT NULL,
    "campo_clave" VARCHAR(100),
    "valor_anterior" TEXT,
    "valor_actual" TEXT,
    "afectacion" VARCHAR(100) NOT NULL,
    "detalle" TEXT NOT NULL DEFAULT '',
    "fecha" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usuario_id" BIGINT,
    "ip" VARCHAR(64),
    "agente" TEXT,
    "transaccion" UUID,
    "version" INTEGER,

    CONSTRAINT "registro_actividad_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tipo" (
    "id" BIGSERIAL NOT NULL,
    "descripcion" VARCHAR(200) NOT NULL,
    "nivel_afectacion" INTEGER NOT NULL,
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "tipo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "frente" (
    "id" BIGSERIAL NOT NULL,
    "descripcion" VARCHAR(200) NOT NULL,
    "nivel_afectacion" INTEGER,
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "frente_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sitio" (
    "id" BIGSERIAL NOT NULL,
    "descripcion" VARCHAR(100) NOT NULL,
    "id_frente" BIGINT NOT NULL,
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "sitio_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cat_estatus" (
    "id" BIGSERIAL NOT NULL,
    "descripcion" VARCHAR(100) NOT NULL,
    "nivel_afectacion" INTEGER NOT NULL,
    "clave" VARCHAR(40),
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "cat_estatus_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "unidad_medida" (
    "id" BIGSERIAL NOT NULL,
    "descripcion" VARCHAR(50) NOT NULL,
    "clave" VARCHAR(10) NOT NULL,
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "unidad_medida_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cliente" (
    "id" BIGSERIAL NOT NULL,
    "descripcion" VARCHAR(100) NOT NULL,
    "id_tipo" BIGINT NOT NULL,
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "cliente_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "responsable_proyecto" (
    "id" BIGSERIAL NOT NULL,
    "descripcion" VARCHAR(50) NOT NULL,
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "responsable_proyecto_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paso" (
    "id" BIGSERIAL NOT NULL,
    "descripcion" VARCHAR(200) NOT NULL,
    "orden" VARCHAR(10) NOT NULL,
    "importancia" DECIMAL(6,2) NOT NULL DEFAULT 0,
    "tipo" INTEGER NOT NULL DEFAULT 1,
    "id_tipo_cliente" BIGINT,
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "paso_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paso_ot" (
    "id" BIGSERIAL NOT NULL,
    "descripcion" VARCHAR(200) NOT NULL,
    "orden" VARCHAR(10) NOT NULL,
    "importancia" DECIMAL(6,2),
    "tipo" BIGINT NOT NULL,
    "id_tipo_cliente" BIGINT,
    "id_paso_origen" BIGINT,
    "comentario" TEXT,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "paso_ot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cat_categoria" (
    "id" BIGSERIAL NOT NULL,
    "clave" VARCHAR(20) NOT NULL,
    "descripcion" VARCHAR(600) NOT NULL,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "cat_categoria_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cat_subcategoria" (
    "id" BIGSERIAL NOT NULL,
    "id_categoria" BIGINT NOT NULL,
    "clave" VARCHAR(20) NOT NULL,
    "descripcion" VARCHAR(600) NOT NULL,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "cat_subcategoria_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cat_clasificacion" (
    "id" BIGSERIAL NOT NULL,
    "id_subcategoria" BIGINT NOT NULL,
    "clave" VARCHAR(20) NOT NULL,
    "descripcion" VARCHAR(600) NOT NULL,
    "activo" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "cat_clasificacion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lote_importacion" (
    "id" BIGSERIAL NOT NULL,
    "archivo" VARCHAR(255) NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "id_usuario" BIGINT,
    "creado_en" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "estado" VARCHAR(20) NOT NULL DEFAULT 'aplicado',
    "crear_ptes" BOOLEAN NOT NULL DEFAULT false,
    "resumen" JSONB NOT NULL,
    "deshecho_en" TIMESTAMPTZ(3),
    "deshecho_por" BIGINT,
    "deshacer_resumen" JSONB,

    CONSTRAINT "lote_importacion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lote_cambio" (
    "id" BIGSERIAL NOT NULL,
    "id_lote" BIGINT NOT NULL,
    "tabla" VARCHAR(20) NOT NULL,
    "id_registro" BIGINT NOT NULL,
    "accion" VARCHAR(20) NOT NULL,
    "huella" CHAR(64),
    "antes" JSONB,
    "despues" JSONB,
    "version_despues" INTEGER,

    CONSTRAINT "lote_cambio_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ot" (
    "id" BIGSERIAL NOT NULL,
    "id_tipo" BIGINT NOT NULL,
    "id_pte_header" BIGINT,
    "orden_trabajo" VARCHAR(100) NOT NULL,
    "descripcion_trabajo" TEXT NOT NULL,
    "id_responsable_proyecto" BIGINT NOT NULL,
    "responsable_cliente" VARCHAR(200) NOT NULL,
    "oficio_ot" VARCHAR(100) NOT NULL DEFAULT 'PENDIENTE',
    "id_estatus_ot" BIGINT NOT NULL DEFAULT 5,
    "fecha_inicio_programado" DATE,
    "fecha_termino_programado" DATE,
    "fecha_inicio_real" DATE,
    "fecha_termino_real" DATE,
    "estatus" INTEGER NOT NULL DEFAULT 1,
    "num_reprogramacion" INTEGER,
    "ot_principal" BIGINT,
    "motivo_reprogramacion" VARCHAR(20),
    "comentario_reprogramacion" TEXT,
    "comentario" TEXT NOT NULL DEFAULT '',
    "monto_mxn" DECIMAL(25,2) DEFAULT 0,
    "monto_usd" DECIMAL(25,2) DEFAULT 0,
    "id_frente" BIGINT,
    "id_embarcacion" BIGINT,
    "id_plataforma" BIGINT,
    "id_intercom" BIGINT,
    "id_patio" BIGINT,
    "plazo_dias" INTEGER DEFAULT 0,
    "id_cliente" BIGINT,
    "requiere_patio" BOOLEAN NOT NULL DEFAULT false,
    "fecha_inicio_patio" DATE,
    "fecha_fin_patio" DATE,
    "version" INTEGER NOT NULL DEFAULT 1,
    -- ot.md §6.2: a letter that ends in -YYYY rules; without one, the programmed start; never otherwise.
    "anio" INTEGER GENERATED ALWAYS AS (
        CASE WHEN "oficio_ot" ~ '-[0-9]{4}$' THEN right("oficio_ot", 4)::integer
             ELSE extract(year FROM "fecha_inicio_programado")::integer END
    ) STORED,

    CONSTRAINT "ot_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ot_detalle" (
    "id" BIGSERIAL NOT NULL,
    "id_ot" BIGINT NOT NULL,
    "id_paso" BIGINT NOT NULL,
    "estatus_paso" BIGINT NOT NULL DEFAULT 1,
    "fecha_inicio" DATE,
    "fecha_termino" DATE,
    "fecha_entrega" DATE,
    "comentario" TEXT,
    "archivo" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "ot_detalle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pte_header" (
    "id" BIGSERIAL NOT NULL,
    "id_tipo" BIGINT NOT NULL,
    "oficio_pte" VARCHAR(100) NOT NULL DEFAULT 'SIN FOLIO',
    "oficio_solicitud" VARCHAR(100) NOT NULL DEFAULT 'PENDIENTE',
    "descripcion_trabajo" TEXT NOT NULL DEFAULT 'POR DEFINIR',
    "fecha_solicitud" DATE,
    "fecha_entrega" DATE,
    "plazo_dias" DECIMAL(10,2),
    "id_orden_trabajo" VARCHAR(100),
    "id_responsable_proyecto" BIGINT,
    "total_homologado" DECIMAL(15,2) NOT NULL DEFAULT 0,
    "estatus" INTEGER NOT NULL DEFAULT 1,
    "prioridad" INTEGER,
    "id_cliente" BIGINT,
    "comentario" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "pte_header_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pte_detalle" (
    "id" BIGSERIAL NOT NULL,
    "id_pte_header" BIGINT NOT NULL,
    "id_paso" BIGINT NOT NULL,
    "estatus_paso" BIGINT NOT NULL DEFAULT 1,
    "fecha_inicio" DATE,
    "fecha_termino" DATE,
    "fecha_entrega" DATE,
    "comentario" TEXT,
    "archivo" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "pte_detalle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tarea" (
    "id" BIGSERIAL NOT NULL,
    "tipo" VARCHAR(60) NOT NULL,
    "estado" VARCHAR(20) NOT NULL DEFAULT 'pendiente',
    "avance" INTEGER NOT NULL DEFAULT 0,
    "mensaje" TEXT NOT NULL DEFAULT '',
    "resultado" JSONB,
    "archivo" TEXT,
    "id_usuario" BIGINT,
    "creado_en" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actualizado_en" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tarea_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" BIGSERIAL NOT NULL,
    "username" VARCHAR(150) NOT NULL,
    "first_name" VARCHAR(150) NOT NULL DEFAULT '',
    "last_name" VARCHAR(150) NOT NULL DEFAULT '',
    "email" VARCHAR(254) NOT NULL DEFAULT '',
    "password" VARCHAR(255) NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "is_staff" BOOLEAN NOT NULL DEFAULT false,
    "is_superuser" BOOLEAN NOT NULL DEFAULT false,
    "last_login" TIMESTAMPTZ(3),
    "date_joined" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group" (
    "id" BIGSERIAL NOT NULL,
    "name" VARCHAR(150) NOT NULL,

    CONSTRAINT "group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "permission" (
    "id" BIGSERIAL NOT NULL,
    "codigo" VARCHAR(150) NOT NULL,
    "etiqueta" VARCHAR(255) NOT NULL,

    CONSTRAINT "permission_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user_groups" (
    "user_id" BIGINT NOT NULL,
    "group_id" BIGINT NOT NULL,

    CONSTRAINT "user_groups_pkey" PRIMARY KEY ("user_id","group_id")
);

-- CreateTable
CREATE TABLE "user_permissions" (
    "user_id" BIGINT NOT NULL,
    "permission_id" BIGINT NOT NULL,

    CONSTRAINT "user_permissions_pkey" PRIMARY KEY ("user_id","permission_id")
);

-- CreateTable
CREATE TABLE "group_permissions" (
    "group_id" BIGINT NOT NULL,
    "permission_id" BIGINT NOT NULL,

    CONSTRAINT "group_permissions_pkey" PRIMARY KEY ("group_id","permission_id")
);

-- CreateTable
CREATE TABLE "vista_guardada" (
    "id" BIGSERIAL NOT NULL,
    "id_usuario" BIGINT NOT NULL,
    "tabla" VARCHAR(60) NOT NULL,
    "nombre" VARCHAR(100) NOT NULL,
    "estado" TEXT NOT NULL,
    "creado_en" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "vista_guardada_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "session_expire" ON "session"("expire");

-- CreateIndex
CREATE INDEX "intento_acceso_cuenta" ON "intento_acceso"("cuenta", "fecha");

-- CreateIndex
CREATE INDEX "intento_acceso_direccion" ON "intento_acceso"("direccion", "fecha");

-- CreateIndex
CREATE INDEX "importacion_anexo_ot" ON "importacion_anexo"("id_ot");

-- CreateIndex
CREATE INDEX "partida_anexo_importada_orden" ON "partida_anexo_importada"("id_importacion_anexo", "orden_fila");

-- CreateIndex
CREATE INDEX "registro_actividad_fecha" ON "registro_actividad"("fecha" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "registro_actividad_usuario" ON "registro_actividad"("usuario_id");

-- CreateIndex
CREATE INDEX "registro_actividad_registro" ON "registro_actividad"("tabla_log", "registro_id");

-- CreateIndex
CREATE INDEX "registro_actividad_evento" ON "registro_actividad"("evento");

-- CreateIndex
CREATE INDEX "sitio_frente" ON "sitio"("id_frente");

-- CreateIndex
CREATE UNIQUE INDEX "cat_estatus_clave_unica" ON "cat_estatus"("nivel_afectacion", "clave");

-- CreateIndex
CREATE UNIQUE INDEX "unidad_medida_clave_unica" ON "unidad_medida"("clave");

-- CreateIndex
CREATE INDEX "cliente_tipo" ON "cliente"("id_tipo");

-- CreateIndex
CREATE INDEX "paso_tipo_cliente_activo" ON "paso"("id_tipo_cliente", "activo");

-- CreateIndex
CREATE INDEX "paso_ot_tipo_activo" ON "paso_ot"("tipo", "activo");

-- CreateIndex
CREATE UNIQUE INDEX "cat_categoria_clave_unica" ON "cat_categoria"("clave");

-- CreateIndex
CREATE UNIQUE INDEX "cat_subcategoria_clave_unica" ON "cat_subcategoria"("id_categoria", "clave");

-- CreateIndex
CREATE UNIQUE INDEX "cat_clasificacion_clave_unica" ON "cat_clasificacion"("id_subcategoria", "clave");

-- CreateIndex
CREATE INDEX "lote_cambio_registro" ON "lote_cambio"("tabla", "id_registro");

-- CreateIndex
CREATE INDEX "lote_cambio_huella" ON "lote_cambio"("huella");

-- CreateIndex
CREATE UNIQUE INDEX "lote_cambio_registro_unico" ON "lote_cambio"("id_lote", "tabla", "id_registro");

-- CreateIndex
CREATE INDEX "ot_tipo_estatus_id" ON "ot"("id_tipo", "estatus", "id");

-- CreateIndex
CREATE INDEX "ot_principal_tipo_estatus" ON "ot"("ot_principal", "id_tipo", "estatus");

-- CreateIndex
CREATE INDEX "ot_pte" ON "ot"("id_pte_header");

-- CreateIndex
-- INCLUDE by hand: counting the finished steps of an OT reads only this index.
CREATE UNIQUE INDEX "ot_detalle_paso_unico" ON "ot_detalle"("id_ot", "id_paso") INCLUDE ("estatus_paso");

-- CreateIndex
CREATE INDEX "pte_header_estatus_id" ON "pte_header"("estatus", "id");

-- CreateIndex
CREATE INDEX "pte_header_tipo" ON "pte_header"("id_tipo");

-- CreateIndex
CREATE INDEX "pte_header_cliente" ON "pte_header"("id_cliente");

-- CreateIndex
CREATE INDEX "pte_header_responsable" ON "pte_header"("id_responsable_proyecto");

-- CreateIndex
CREATE INDEX "pte_detalle_paso" ON "pte_detalle"("id_paso");

-- CreateIndex
CREATE UNIQUE INDEX "pte_detalle_paso_unico" ON "pte_detalle"("id_pte_header", "id_paso");

-- CreateIndex
CREATE INDEX "tarea_usuario" ON "tarea"("id_usuario", "id" DESC);

-- CreateIndex
CREATE INDEX "tarea_tipo" ON "tarea"("tipo", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "group_nombre_unico" ON "group"("name");

-- CreateIndex
CREATE UNIQUE INDEX "permission_codigo_unico" ON "permission"("codigo");

-- CreateIndex
CREATE INDEX "user_groups_grupo" ON "user_groups"("group_id");

-- CreateIndex
CREATE INDEX "user_permissions_permiso" ON "user_permissions"("permission_id");

-- CreateIndex
CREATE INDEX "group_permissions_permiso" ON "group_permissions"("permission_id");

-- CreateIndex
CREATE UNIQUE INDEX "vista_guardada_nombre_unico" ON "vista_guardada"("id_usuario", "tabla", "nombre");

-- AddForeignKey
ALTER TABLE "importacion_anexo" ADD CONSTRAINT "importacion_anexo_ot_fk" FOREIGN KEY ("id_ot") REFERENCES "ot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "importacion_anexo" ADD CONSTRAINT "importacion_anexo_usuario_fk" FOREIGN KEY ("usuario_carga") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partida_anexo_importada" ADD CONSTRAINT "partida_anexo_importada_importacion_fk" FOREIGN KEY ("id_importacion_anexo") REFERENCES "importacion_anexo"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partida_anexo_importada" ADD CONSTRAINT "partida_anexo_importada_unidad_fk" FOREIGN KEY ("id_unidad_medida") REFERENCES "unidad_medida"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registro_actividad" ADD CONSTRAINT "registro_actividad_usuario_fk" FOREIGN KEY ("usuario_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sitio" ADD CONSTRAINT "sitio_frente_fk" FOREIGN KEY ("id_frente") REFERENCES "frente"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cliente" ADD CONSTRAINT "cliente_tipo_fk" FOREIGN KEY ("id_tipo") REFERENCES "tipo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paso" ADD CONSTRAINT "paso_tipo_cliente_fk" FOREIGN KEY ("id_tipo_cliente") REFERENCES "tipo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paso_ot" ADD CONSTRAINT "paso_ot_tipo_fk" FOREIGN KEY ("tipo") REFERENCES "tipo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paso_ot" ADD CONSTRAINT "paso_ot_tipo_cliente_fk" FOREIGN KEY ("id_tipo_cliente") REFERENCES "tipo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paso_ot" ADD CONSTRAINT "paso_ot_paso_origen_fk" FOREIGN KEY ("id_paso_origen") REFERENCES "paso"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cat_subcategoria" ADD CONSTRAINT "cat_subcategoria_categoria_fk" FOREIGN KEY ("id_categoria") REFERENCES "cat_categoria"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cat_clasificacion" ADD CONSTRAINT "cat_clasificacion_subcategoria_fk" FOREIGN KEY ("id_subcategoria") REFERENCES "cat_subcategoria"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lote_importacion" ADD CONSTRAINT "lote_importacion_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lote_importacion" ADD CONSTRAINT "lote_importacion_deshecho_por_fk" FOREIGN KEY ("deshecho_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lote_cambio" ADD CONSTRAINT "lote_cambio_lote_fk" FOREIGN KEY ("id_lote") REFERENCES "lote_importacion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_tipo_fk" FOREIGN KEY ("id_tipo") REFERENCES "tipo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_pte_fk" FOREIGN KEY ("id_pte_header") REFERENCES "pte_header"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_responsable_fk" FOREIGN KEY ("id_responsable_proyecto") REFERENCES "responsable_proyecto"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_estatus_ot_fk" FOREIGN KEY ("id_estatus_ot") REFERENCES "cat_estatus"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_principal_fk" FOREIGN KEY ("ot_principal") REFERENCES "ot"("id") ON DELETE NO ACTION ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_frente_fk" FOREIGN KEY ("id_frente") REFERENCES "frente"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_embarcacion_fk" FOREIGN KEY ("id_embarcacion") REFERENCES "sitio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_plataforma_fk" FOREIGN KEY ("id_plataforma") REFERENCES "sitio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_intercom_fk" FOREIGN KEY ("id_intercom") REFERENCES "sitio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_patio_fk" FOREIGN KEY ("id_patio") REFERENCES "sitio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot" ADD CONSTRAINT "ot_cliente_fk" FOREIGN KEY ("id_cliente") REFERENCES "cliente"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot_detalle" ADD CONSTRAINT "ot_detalle_ot_fk" FOREIGN KEY ("id_ot") REFERENCES "ot"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot_detalle" ADD CONSTRAINT "ot_detalle_paso_fk" FOREIGN KEY ("id_paso") REFERENCES "paso_ot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ot_detalle" ADD CONSTRAINT "ot_detalle_estatus_fk" FOREIGN KEY ("estatus_paso") REFERENCES "cat_estatus"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pte_header" ADD CONSTRAINT "pte_header_tipo_fk" FOREIGN KEY ("id_tipo") REFERENCES "tipo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pte_header" ADD CONSTRAINT "pte_header_responsable_fk" FOREIGN KEY ("id_responsable_proyecto") REFERENCES "responsable_proyecto"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pte_header" ADD CONSTRAINT "pte_header_cliente_fk" FOREIGN KEY ("id_cliente") REFERENCES "cliente"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pte_detalle" ADD CONSTRAINT "pte_detalle_pte_fk" FOREIGN KEY ("id_pte_header") REFERENCES "pte_header"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pte_detalle" ADD CONSTRAINT "pte_detalle_paso_fk" FOREIGN KEY ("id_paso") REFERENCES "paso"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "pte_detalle" ADD CONSTRAINT "pte_detalle_estatus_fk" FOREIGN KEY ("estatus_paso") REFERENCES "cat_estatus"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tarea" ADD CONSTRAINT "tarea_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_usuario_fk" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_groups" ADD CONSTRAINT "user_groups_grupo_fk" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_permissions" ADD CONSTRAINT "user_permissions_usuario_fk" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_permissions" ADD CONSTRAINT "user_permissions_permiso_fk" FOREIGN KEY ("permission_id") REFERENCES "permission"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_permissions" ADD CONSTRAINT "group_permissions_grupo_fk" FOREIGN KEY ("group_id") REFERENCES "group"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_permissions" ADD CONSTRAINT "group_permissions_permiso_fk" FOREIGN KEY ("permission_id") REFERENCES "permission"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vista_guardada" ADD CONSTRAINT "vista_guardada_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- ============================================================================================================
-- By hand from here on
-- ============================================================================================================

-- ------------------------------------------------------------------------------------------------------ users

ALTER TABLE "user"
  ADD CONSTRAINT user_username_no_vacio CHECK (btrim(username) <> ''),
  ADD CONSTRAINT user_version_positiva CHECK (version >= 1);
ALTER TABLE "group" ADD CONSTRAINT group_nombre_no_vacio CHECK (btrim(name) <> '');
ALTER TABLE permission ADD CONSTRAINT permission_codigo_forma CHECK (codigo ~ '^[a-z_]+\.[a-z_]+$');

-- One name, whatever the case; it is also the index of the login.
CREATE UNIQUE INDEX user_username_unico ON "user" (lower(username));
-- core.md §2.1: e-mail unique without regard to case among active users; an empty one is no e-mail.
CREATE UNIQUE INDEX user_email_unico ON "user" (lower(email)) WHERE is_active AND email <> '';

-- ------------------------------------------------------------------------------------------ jobs, batches

ALTER TABLE tarea
  ADD CONSTRAINT tarea_estado_valido CHECK (estado IN ('pendiente', 'en_proceso', 'terminada', 'fallida')),
  ADD CONSTRAINT tarea_avance_rango CHECK (avance BETWEEN 0 AND 100);

ALTER TABLE vista_guardada ADD CONSTRAINT vista_guardada_nombre_no_vacio CHECK (btrim(nombre) <> '');

ALTER TABLE lote_importacion
  ADD CONSTRAINT lote_importacion_estado_valido CHECK (estado IN ('aplicado', 'deshecho')),
  ADD CONSTRAINT lote_importacion_deshecho_completo CHECK ((estado = 'deshecho') = (deshecho_en IS NOT NULL));

ALTER TABLE lote_cambio
  ADD CONSTRAINT lote_cambio_tabla_valida CHECK (tabla IN ('ot', 'pte_header')),
  ADD CONSTRAINT lote_cambio_accion_valida CHECK (accion IN ('creado', 'actualizado', 'sin_cambio'));

-- ------------------------------------------------------------------------------------------------- catalogues

ALTER TABLE tipo
  ADD CONSTRAINT tipo_descripcion_no_vacia CHECK (btrim(descripcion) <> ''),
  ADD CONSTRAINT tipo_nivel_valido CHECK (nivel_afectacion BETWEEN 1 AND 5);
ALTER TABLE frente
  ADD CONSTRAINT frente_descripcion_no_vacia CHECK (btrim(descripcion) <> ''),
  ADD CONSTRAINT frente_nivel_valido CHECK (nivel_afectacion IN (1, 2));
ALTER TABLE sitio ADD CONSTRAINT sitio_descripcion_no_vacia CHECK (btrim(descripcion) <> '');
ALTER TABLE cat_estatus
  ADD CONSTRAINT cat_estatus_descripcion_no_vacia CHECK (btrim(descripcion) <> ''),
  ADD CONSTRAINT cat_estatus_nivel_valido CHECK (nivel_afectacion BETWEEN 1 AND 6),
  ADD CONSTRAINT cat_estatus_clave_forma CHECK (clave ~ '^[A-Z0-9_]+$');
ALTER TABLE unidad_medida
  ADD CONSTRAINT unidad_medida_descripcion_no_vacia CHECK (btrim(descripcion) <> ''),
  ADD CONSTRAINT unidad_medida_clave_no_vacia CHECK (btrim(clave) <> '');
ALTER TABLE cliente ADD CONSTRAINT cliente_descripcion_no_vacia CHECK (btrim(descripcion) <> '');
ALTER TABLE responsable_proyecto ADD CONSTRAINT responsable_proyecto_descripcion_no_vacia CHECK (btrim(descripcion) <> '');
ALTER TABLE paso
  ADD CONSTRAINT paso_descripcion_no_vacia CHECK (btrim(descripcion) <> ''),
  ADD CONSTRAINT paso_orden_forma CHECK (orden ~ '^[0-9]+(\.[0-9]+)*$'),
  ADD CONSTRAINT paso_importancia_no_negativa CHECK (importancia >= 0),
  ADD CONSTRAINT paso_tipo_valido CHECK (tipo IN (1, 2));
ALTER TABLE paso_ot
  ADD CONSTRAINT paso_ot_descripcion_no_vacia CHECK (btrim(descripcion) <> ''),
  ADD CONSTRAINT paso_ot_orden_forma CHECK (orden ~ '^[0-9]+(\.[0-9]+)*$'),
  ADD CONSTRAINT paso_ot_importancia_no_negativa CHECK (importancia >= 0),
  ADD CONSTRAINT paso_ot_tipo_valido CHECK (tipo IN (4, 5, 18));
ALTER TABLE cat_categoria
  ADD CONSTRAINT cat_categoria_clave_no_vacia CHECK (btrim(clave) <> ''),
  ADD CONSTRAINT cat_categoria_descripcion_no_vacia CHECK (btrim(descripcion) <> '');
ALTER TABLE cat_subcategoria
  ADD CONSTRAINT cat_subcategoria_clave_no_vacia CHECK (btrim(clave) <> ''),
  ADD CONSTRAINT cat_subcategoria_descripcion_no_vacia CHECK (btrim(descripcion) <> '');
ALTER TABLE cat_clasificacion
  ADD CONSTRAINT cat_clasificacion_clave_no_vacia CHECK (btrim(clave) <> ''),
  ADD CONSTRAINT cat_clasificacion_descripcion_no_vacia CHECK (btrim(descripcion) <> '');

-- catalogos.md §1.4: one active row per description, whatever the case and the accents, within its parent.
CREATE UNIQUE INDEX tipo_descripcion_unica ON tipo (nivel_afectacion, texto_clave(descripcion)) WHERE activo;
CREATE UNIQUE INDEX frente_descripcion_unica ON frente (nivel_afectacion, texto_clave(descripcion)) NULLS NOT DISTINCT WHERE activo;
CREATE UNIQUE INDEX sitio_descripcion_unica ON sitio (id_frente, texto_clave(descripcion)) WHERE activo;
CREATE UNIQUE INDEX cat_estatus_descripcion_unica ON cat_estatus (nivel_afectacion, texto_clave(descripcion)) WHERE activo;
CREATE UNIQUE INDEX unidad_medida_descripcion_unica ON unidad_medida (texto_clave(descripcion)) WHERE activo;
CREATE UNIQUE INDEX cliente_descripcion_unica ON cliente (texto_clave(descripcion)) WHERE activo;
CREATE UNIQUE INDEX responsable_proyecto_descripcion_unica ON responsable_proyecto (texto_clave(descripcion)) WHERE activo;
CREATE UNIQUE INDEX paso_descripcion_unica ON paso (id_tipo_cliente, texto_clave(descripcion)) NULLS NOT DISTINCT WHERE activo;
CREATE UNIQUE INDEX paso_ot_descripcion_unica ON paso_ot (tipo, texto_clave(descripcion)) WHERE activo;

-- The class of a site cannot change while an OT uses it in a column of another class (ot.md §2.1).
CREATE FUNCTION sitio_cuidar_clase() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- Nobody may store an OT between this check and our commit; class changes are rare enough to wait for it.
  LOCK TABLE ot IN SHARE ROW EXCLUSIVE MODE;
  IF EXISTS (
    SELECT 1 FROM ot
    WHERE (id_embarcacion = OLD.id AND NEW.id_frente <> 6)
       OR (id_plataforma = OLD.id AND NEW.id_frente <> 7)
       OR (id_intercom = OLD.id AND NEW.id_frente <> 5)
       OR (id_patio = OLD.id AND NEW.id_frente <> 3)
  ) THEN
    RAISE EXCEPTION 'site % is used by work orders; violates constraint "sitio_clase_en_uso"', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'sitio_clase_en_uso', TABLE = 'sitio', SCHEMA = 'public';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER sitio_clase_en_uso BEFORE UPDATE OF id_frente ON sitio
  FOR EACH ROW WHEN (OLD.id_frente IS DISTINCT FROM NEW.id_frente) EXECUTE FUNCTION sitio_cuidar_clase();

-- -------------------------------------------------------------------------------------------------------- PTE

ALTER TABLE pte_header
  -- 9 is the legacy SUSPENDIDA: read, migrated to 15, never written (pte.md §4.2).
  ADD CONSTRAINT pte_header_estatus_valido CHECK (estatus IN (0, 1, 2, 3, 4, 9, 15)),
  ADD CONSTRAINT pte_header_prioridad_valida CHECK (prioridad BETWEEN 1 AND 4),
  -- Null only for a PTE born in the historical import, whose term nobody knows; the form demands it (R-PTE-01).
  ADD CONSTRAINT pte_header_plazo_positivo CHECK (plazo_dias > 0),
  ADD CONSTRAINT pte_header_total_no_negativo CHECK (total_homologado >= 0),
  ADD CONSTRAINT pte_header_oficio_no_vacio CHECK (btrim(oficio_pte) <> ''),
  ADD CONSTRAINT pte_header_version_positiva CHECK (version >= 1);

ALTER TABLE pte_detalle
  ADD CONSTRAINT pte_detalle_estatus_valido CHECK (estatus_paso IN (1, 2, 3, 4, 14, 15)),
  ADD CONSTRAINT pte_detalle_archivo_enlace CHECK (archivo ~* '^https?://[^[:space:]]+$' AND length(archivo) <= 2000),
  ADD CONSTRAINT pte_detalle_version_positiva CHECK (version >= 1);

-- Lookup by folio (import, filters) and order by folio (also of the OT table, column "PTE proveniente").
CREATE INDEX pte_header_folio_clave ON pte_header (folio_clave(oficio_pte)) WHERE estatus <> 0;
CREATE INDEX pte_header_oficio_orden ON pte_header (texto_clave(oficio_pte), id);
CREATE INDEX pte_header_oficio_busqueda ON pte_header USING gin (oficio_pte gin_trgm_ops) WHERE oficio_pte IS NOT NULL;

-- --------------------------------------------------------------------------------------------------------- OT

ALTER TABLE ot
  ADD CONSTRAINT ot_tipo_valido CHECK (id_tipo IN (4, 5)),
  ADD CONSTRAINT ot_estatus_valido CHECK (estatus IN (-1, 0, 1)),
  ADD CONSTRAINT ot_folio_no_vacio CHECK (btrim(orden_trabajo) <> ''),
  ADD CONSTRAINT ot_descripcion_no_vacia CHECK (btrim(descripcion_trabajo, E' \t\r\n') <> ''),
  ADD CONSTRAINT ot_oficio_no_vacio CHECK (btrim(oficio_ot) <> ''),
  -- What a type may and must hold: a reprogramación has a principal; an initial order has neither principal nor
  -- number nor reason. (Split in two so that each violation has its own sentence.)
  ADD CONSTRAINT ot_reprogramacion_con_principal CHECK (id_tipo <> 5 OR ot_principal IS NOT NULL),
  ADD CONSTRAINT ot_inicial_sin_principal CHECK (
    id_tipo <> 4
    OR (ot_principal IS NULL AND num_reprogramacion IS NULL AND motivo_reprogramacion IS NULL AND comentario_reprogramacion IS NULL)
  ),
  ADD CONSTRAINT ot_principal_distinta CHECK (ot_principal <> id),
  ADD CONSTRAINT ot_numero_reprogramacion_positivo CHECK (num_reprogramacion >= 1),
  ADD CONSTRAINT ot_motivo_valido CHECK (motivo_reprogramacion IN ('clima', 'recursos', 'alcance', 'cliente', 'otro')),
  ADD CONSTRAINT ot_monto_mxn_no_negativo CHECK (monto_mxn >= 0),
  ADD CONSTRAINT ot_monto_usd_no_negativo CHECK (monto_usd >= 0),
  ADD CONSTRAINT ot_plazo_no_negativo CHECK (plazo_dias >= 0),
  ADD CONSTRAINT ot_frente_valido CHECK (id_frente IN (1, 2, 4)),
  -- R-OT-16: a yard phase names its yard, and on TIERRA the yard is the main site, never a phase.
  -- (History may hold sites that do not belong to the front, settled.md §1: no CHECK ties columns to fronts.)
  ADD CONSTRAINT ot_patio_requerido CHECK (NOT requiere_patio OR (id_patio IS NOT NULL AND id_frente IS DISTINCT FROM 1)),
  ADD CONSTRAINT ot_version_positiva CHECK (version >= 1);
-- No CHECK orders start and end: history is stored as it stands (settled.md §1); the form refuses it (R-OT-08).

ALTER TABLE ot_detalle
  ADD CONSTRAINT ot_detalle_estatus_valido CHECK (estatus_paso IN (1, 2, 3, 4, 14, 15)),
  ADD CONSTRAINT ot_detalle_archivo_enlace CHECK (archivo ~* '^https?://[^[:space:]]+$' AND length(archivo) <= 2000),
  ADD CONSTRAINT ot_detalle_version_positiva CHECK (version >= 1);

CREATE UNIQUE INDEX ot_folio_unico ON ot (folio_clave(orden_trabajo)) WHERE id_tipo = 4 AND estatus <> 0;
CREATE UNIQUE INDEX ot_numero_reprogramacion_unico ON ot (ot_principal, num_reprogramacion)
  WHERE id_tipo = 5 AND estatus <> 0 AND num_reprogramacion IS NOT NULL;

-- The list shows live rows only (estatus IN (-1, 1)), of one type or both. One partial index per order and per
-- filter of the page, each already in the order of the answer: a page of 10 rows reads 10 rows at any size.
-- A query uses them only if it says exactly `estatus IN (-1, 1)`, sorts texts by texto_clave(…) and, descending, does
-- not add NULLS LAST to what is never null (id, folio).
CREATE INDEX ot_lista_id ON ot (id_tipo, id) WHERE estatus IN (-1, 1);
CREATE INDEX ot_lista_folio ON ot (id_tipo, texto_clave(orden_trabajo), id) WHERE estatus IN (-1, 1);
-- Dates: nulls go last in both directions (pte.md §1.7), which one B-tree cannot give, hence two per date.
CREATE INDEX ot_lista_inicio_real_asc ON ot (id_tipo, fecha_inicio_real, id) WHERE estatus IN (-1, 1);
CREATE INDEX ot_lista_inicio_real_desc ON ot (id_tipo, fecha_inicio_real DESC NULLS LAST, id DESC) WHERE estatus IN (-1, 1);
CREATE INDEX ot_lista_termino_real_asc ON ot (id_tipo, fecha_termino_real, id) WHERE estatus IN (-1, 1);
CREATE INDEX ot_lista_termino_real_desc ON ot (id_tipo, fecha_termino_real DESC NULLS LAST, id DESC) WHERE estatus IN (-1, 1);
-- Filters. Those on foreign keys start with the key, so that they also serve the lookups of that key (ot.md §2.5).
CREATE INDEX ot_lista_estatus ON ot (id_tipo, id_estatus_ot, id) WHERE estatus IN (-1, 1);
CREATE INDEX ot_lista_cliente ON ot (id_cliente, id_tipo, id) WHERE estatus IN (-1, 1);
CREATE INDEX ot_lista_responsable ON ot (id_responsable_proyecto, id_tipo, id) WHERE estatus IN (-1, 1);
CREATE INDEX ot_lista_anio ON ot (id_tipo, anio, id) WHERE estatus IN (-1, 1);
CREATE INDEX ot_lista_embarcacion ON ot (id_embarcacion, id_tipo, id) WHERE estatus IN (-1, 1) AND id_embarcacion IS NOT NULL;
CREATE INDEX ot_lista_plataforma ON ot (id_plataforma, id_tipo, id) WHERE estatus IN (-1, 1) AND id_plataforma IS NOT NULL;
CREATE INDEX ot_lista_intercom ON ot (id_intercom, id_tipo, id) WHERE estatus IN (-1, 1) AND id_intercom IS NOT NULL;
CREATE INDEX ot_lista_patio ON ot (id_patio, id_tipo, id) WHERE estatus IN (-1, 1) AND id_patio IS NOT NULL;
-- The family of an initial order, in the order of its table; also its live count.
CREATE INDEX ot_familia ON ot (ot_principal, num_reprogramacion, id) WHERE estatus IN (-1, 1) AND id_tipo = 5;
CREATE INDEX ot_folio_busqueda ON ot USING gin (orden_trabajo gin_trgm_ops) WHERE estatus IN (-1, 1);
CREATE INDEX ot_oficio_busqueda ON ot USING gin (oficio_ot gin_trgm_ops) WHERE estatus IN (-1, 1);

-- References a foreign key cannot judge alone: the principal must be an initial order, each site of the class of its
-- column, the operative status of level 2. Checked once per statement over all its rows, so a bulk INSERT … SELECT
-- of 16,000 rows pays one query. (The alternative, composite foreign keys over constant generated columns, adds five
-- columns to every OT and as many per-row triggers.) The foreign keys guarantee that the rows exist; that they keep
-- their class is the work of ot_tipo_inmutable and sitio_clase_en_uso.
CREATE FUNCTION ot_cuidar_referencias() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fallo record;
BEGIN
  SELECT n.id,
    CASE
      WHEN principal.id_tipo <> 4 THEN 'ot_principal_inicial'
      WHEN embarcacion.id_frente <> 6 THEN 'ot_embarcacion_clase'
      WHEN plataforma.id_frente <> 7 THEN 'ot_plataforma_clase'
      WHEN intercom.id_frente <> 5 THEN 'ot_intercom_clase'
      WHEN patio.id_frente <> 3 THEN 'ot_patio_clase'
      ELSE 'ot_estatus_ot_nivel'
    END AS restriccion
  INTO fallo
  FROM nuevas n
  JOIN cat_estatus estatus_ot ON estatus_ot.id = n.id_estatus_ot
  LEFT JOIN ot principal ON principal.id = n.ot_principal
  LEFT JOIN sitio embarcacion ON embarcacion.id = n.id_embarcacion
  LEFT JOIN sitio plataforma ON plataforma.id = n.id_plataforma
  LEFT JOIN sitio intercom ON intercom.id = n.id_intercom
  LEFT JOIN sitio patio ON patio.id = n.id_patio
  WHERE estatus_ot.nivel_afectacion <> 2 OR principal.id_tipo <> 4 OR embarcacion.id_frente <> 6
    OR plataforma.id_frente <> 7 OR intercom.id_frente <> 5 OR patio.id_frente <> 3
  LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'row % of ot violates constraint "%"', fallo.id, fallo.restriccion
      USING ERRCODE = 'check_violation', CONSTRAINT = fallo.restriccion, TABLE = 'ot', SCHEMA = 'public';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER ot_referencias_alta AFTER INSERT ON ot
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION ot_cuidar_referencias();
CREATE TRIGGER ot_referencias_cambio AFTER UPDATE ON ot
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION ot_cuidar_referencias();

-- R-OT-20: the type of an OT never changes.
CREATE FUNCTION ot_cuidar_tipo() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the type of ot % cannot change; violates constraint "ot_tipo_inmutable"', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ot_tipo_inmutable', TABLE = 'ot', SCHEMA = 'public';
END
$$;
CREATE TRIGGER ot_tipo_inmutable BEFORE UPDATE OF id_tipo ON ot
  FOR EACH ROW WHEN (OLD.id_tipo IS DISTINCT FROM NEW.id_tipo) EXECUTE FUNCTION ot_cuidar_tipo();

-- ------------------------------------------------------------------------------------------------------ annex

ALTER TABLE importacion_anexo ADD CONSTRAINT importacion_anexo_total_no_negativo CHECK (total_registros >= 0);
CREATE UNIQUE INDEX importacion_anexo_activo_unico ON importacion_anexo (id_ot) WHERE es_activo;

ALTER TABLE partida_anexo_importada
  ADD CONSTRAINT partida_anexo_importada_volumen_no_negativo CHECK (volumen_proyectado >= 0),
  ADD CONSTRAINT partida_anexo_importada_precio_mn_no_negativo CHECK (precio_unitario_mn >= 0),
  ADD CONSTRAINT partida_anexo_importada_precio_usd_no_negativo CHECK (precio_unitario_usd >= 0);

-- -------------------------------------------------------------------------------------- counter of OT changes

-- Stamp of the cached counts of the OT table: any statement that may change what that table shows advances it.
-- The shared lock is held until the end of the transaction; who fills the cache tries the exclusive one and knows,
-- if it gets it, that no change is in flight (a sequence is not transactional and would be seen too early).
CREATE SEQUENCE cambios_ot;
COMMENT ON SEQUENCE cambios_ot IS 'Advances with every statement that changes ot, ot_detalle or pte_header; stamps cached counts';

CREATE FUNCTION ot_anotar_cambio() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(734501);
  PERFORM nextval('cambios_ot');
  RETURN NULL;
END
$$;
CREATE TRIGGER ot_anota_cambio BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ot
  FOR EACH STATEMENT EXECUTE FUNCTION ot_anotar_cambio();
CREATE TRIGGER ot_detalle_anota_cambio BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON ot_detalle
  FOR EACH STATEMENT EXECUTE FUNCTION ot_anotar_cambio();
CREATE TRIGGER pte_header_anota_cambio BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON pte_header
  FOR EACH STATEMENT EXECUTE FUNCTION ot_anotar_cambio();

-- ------------------------------------------------------------------------------------------- append-only audit

CREATE FUNCTION registro_actividad_rechazar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'registro_actividad is append-only: % refused; violates constraint "registro_actividad_solo_altas"', TG_OP
    USING ERRCODE = 'check_violation', CONSTRAINT = 'registro_actividad_solo_altas',
          TABLE = 'registro_actividad', SCHEMA = 'public',
          HINT = 'Correct a wrong row with a new one.';
END
$$;
CREATE TRIGGER registro_actividad_solo_altas BEFORE UPDATE OR DELETE OR TRUNCATE ON registro_actividad
  FOR EACH STATEMENT EXECUTE FUNCTION registro_actividad_rechazar();

-- Rights in production: migrations run as the owner of the tables; the application connects with another role that
-- cannot change the log nor disable the trigger (only the owner may). Once, by the administrator of the server:
--
--   CREATE ROLE sascop_app LOGIN PASSWORD '…';
--   GRANT CONNECT ON DATABASE sascop TO sascop_app;
--   GRANT USAGE ON SCHEMA public TO sascop_app;
--   GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO sascop_app;
--   GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO sascop_app;
--   REVOKE UPDATE, DELETE, TRUNCATE ON registro_actividad FROM sascop_app;
--   ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO sascop_app;
--   ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO sascop_app;

-- -------------------------------------------------------------------------------------- meaning of the columns

COMMENT ON TABLE "user" IS 'People who enter the system; never deleted, deactivated';
COMMENT ON COLUMN "user".password IS 'argon2id hash; an old pbkdf2_sha256 hash is verified once and replaced at login';
COMMENT ON COLUMN "user".is_superuser IS 'Holds every permission';
COMMENT ON TABLE permission IS 'Codes app.action_model; the matrix of groups is src/modulos/usuarios/permisos-por-grupo.ts';
COMMENT ON TABLE session IS 'Web sessions (connect-pg-simple)';
COMMENT ON TABLE intento_acceso IS 'Attempts to log in; the lockout counts recent failures by account and by address';
COMMENT ON COLUMN intento_acceso.cuenta IS 'User name or e-mail as typed, cleaned and in lower case';

COMMENT ON TABLE registro_actividad IS 'Activity log, append-only (core.md §9)';
COMMENT ON COLUMN registro_actividad.tabla_log IS 'Code of the affected table (core.md §9.1): 0 PTE, 1 PTE step, 4 OT, 5 OT step, 28 user, 29 session…';
COMMENT ON COLUMN registro_actividad.registro_id IS 'Id of the affected record; null when there is none (failed login)';
COMMENT ON COLUMN registro_actividad.evento IS 'CREAR, REGISTRAR, MODIFICAR, ACTUALIZAR, ELIMINAR, IMPORTAR, EXPORTAR, ENVIAR, INICIAR SESION, CERRAR SESION, REACTIVAR';
COMMENT ON COLUMN registro_actividad.campo IS 'Label of the field as people read it, or the verb of a one-line event';
COMMENT ON COLUMN registro_actividad.campo_clave IS 'Technical name of the field';
COMMENT ON COLUMN registro_actividad.valor_anterior IS 'Old value as people read it (dates DD/MM/YYYY, descriptions instead of ids)';
COMMENT ON COLUMN registro_actividad.valor_actual IS 'New value as people read it';
COMMENT ON COLUMN registro_actividad.afectacion IS 'Name of the affected table in words';
COMMENT ON COLUMN registro_actividad.detalle IS 'Complement of the sentence, plain text';
COMMENT ON COLUMN registro_actividad.usuario_id IS 'Who; null only for jobs of the system';
COMMENT ON COLUMN registro_actividad.transaccion IS 'Groups the rows of one request';
COMMENT ON COLUMN registro_actividad.version IS 'Version of the record after the change, to say who was faster when two people edit it';

COMMENT ON TABLE tarea IS 'State of a background job as people see it';
COMMENT ON COLUMN tarea.avance IS 'Percent, 0 to 100';
COMMENT ON COLUMN tarea.archivo IS 'Path of the file it reads or leaves, inside DATA_DIR';
COMMENT ON TABLE vista_guardada IS 'Named filters of a table, one list per person';
COMMENT ON COLUMN vista_guardada.estado IS 'Query string of the address that gives the view back';

COMMENT ON TABLE tipo IS 'Kinds; nivel_afectacion says of what: 1 PTE, 2 OT, 3 partida, 4 producción, 5 client';
COMMENT ON TABLE frente IS 'Level 1 classifies sites (3 PATIO, 5 INTERCOM, 6 EMBARCACION, 7 PLATAFORMA); level 2 is the front of an OT (1 TIERRA, 2 BARCO, 4 CP / PS)';
COMMENT ON COLUMN sitio.id_frente IS 'Class of the site, a front of level 1; decides in which column of the OT it may stand';
COMMENT ON TABLE cat_estatus IS 'Statuses by level: 1 PTE and steps, 2 OT, 3 cobro, 4 steps by name, 5 monthly closing, 6 daily report and GPU';
COMMENT ON COLUMN cat_estatus.clave IS 'Stable key used by the program instead of the text, unique per level';
COMMENT ON COLUMN unidad_medida.clave IS 'Key by which Excel files name the unit';
COMMENT ON COLUMN cliente.id_tipo IS 'Type of client (level 5): 15 CONTRATO, 16 INTERCOM; decides the step templates';
COMMENT ON TABLE paso IS 'Step templates of PTEs, one template per type of client';
COMMENT ON COLUMN paso.orden IS 'Printed number of the step: 4, 4.1; sorted by numeric segments';
COMMENT ON COLUMN paso.importancia IS 'Weight in percent; used by no formula';
COMMENT ON COLUMN paso.tipo IS '1 main step, 2 substep of the main step with the same integer part of orden';
COMMENT ON TABLE paso_ot IS 'Step templates of OTs';
COMMENT ON COLUMN paso_ot.tipo IS 'Template: 4 INICIAL, 5 REPROGRAMACION, 18 INTERCOM';
COMMENT ON COLUMN paso_ot.id_tipo_cliente IS 'Informative: the template is chosen by tipo';
COMMENT ON COLUMN paso_ot.id_paso_origen IS 'PTE step whose status, dates and link are copied when the OT is born from a PTE (R-PTE-16)';

COMMENT ON TABLE pte_header IS 'PTE: technical-economic proposal from which OTs are born';
COMMENT ON COLUMN pte_header.id_tipo IS 'Kind of proposal, a tipo of level 1';
COMMENT ON COLUMN pte_header.oficio_pte IS 'Folio PTE; usually ends in -YYYY; not unique';
COMMENT ON COLUMN pte_header.oficio_solicitud IS 'Request letter of the client';
COMMENT ON COLUMN pte_header.fecha_entrega IS 'Delivery of the proposal (pte.md §5.4)';
COMMENT ON COLUMN pte_header.plazo_dias IS 'Term in days; null only when the historical import created the PTE';
COMMENT ON COLUMN pte_header.id_orden_trabajo IS 'Folio (text) of the OT related to this PTE';
COMMENT ON COLUMN pte_header.total_homologado IS 'Total in pesos';
COMMENT ON COLUMN pte_header.estatus IS '0 deleted, 1 PENDIENTE, 2 PROCESO, 3 ENTREGADA, 4 CANCELADA, 15 SUSPENDIDA (9 legacy)';
COMMENT ON COLUMN pte_header.prioridad IS '1 ALTA, 2 MEDIA, 3 BAJA, 4 TBD';
COMMENT ON COLUMN pte_header.version IS 'Optimistic lock: rises with every change';
COMMENT ON COLUMN pte_detalle.estatus_paso IS '1 PENDIENTE, 2 PROCESO, 3 COMPLETADO, 4 CANCELADO, 14 NO APLICA; 15 only in old rows';
COMMENT ON COLUMN pte_detalle.archivo IS 'Link to the deliverable; null when there is none, never empty';

COMMENT ON TABLE ot IS 'Work orders: initial (type 4) and reprogramaciones of an initial one (type 5)';
COMMENT ON COLUMN ot.id_tipo IS '4 INICIAL, 5 REPROGRAMACION; immutable';
COMMENT ON COLUMN ot.id_pte_header IS 'PTE of origin; a whole family shares it (S-02)';
COMMENT ON COLUMN ot.orden_trabajo IS 'Folio OT; unique among live type-4 orders; reprogramaciones repeat the folio of their principal';
COMMENT ON COLUMN ot.responsable_cliente IS 'Representative of the client';
COMMENT ON COLUMN ot.oficio_ot IS 'Letter of the OT; not unique; often ends in -YYYY';
COMMENT ON COLUMN ot.id_estatus_ot IS 'Operative status, level 2: 5 ASIGNADA, 6 CANCELADA, 7 DIFERIDA, 8 EN EJECUCION, 9 SUSPENDIDA, 10 TERMINADA, 11 POR CANCELAR, 16 DIFERIDA(SIN INICIAR)';
COMMENT ON COLUMN ot.fecha_termino_real IS 'Set by TERMINADA, cleared when it leaves that status (ot.md §5.8)';
COMMENT ON COLUMN ot.estatus IS 'Logical status: -1 por definir, 0 deleted, 1 active';
COMMENT ON COLUMN ot.num_reprogramacion IS 'Number within the family; only type 5; never reused (R-OT-12)';
COMMENT ON COLUMN ot.ot_principal IS 'Initial order of the family; only type 5';
COMMENT ON COLUMN ot.motivo_reprogramacion IS 'Why it was rescheduled; null for imported ones until somebody sets it';
COMMENT ON COLUMN ot.id_frente IS 'Work front: 1 TIERRA, 2 BARCO, 4 CP / PS';
COMMENT ON COLUMN ot.id_embarcacion IS 'Site of class 6';
COMMENT ON COLUMN ot.id_plataforma IS 'Site of class 7';
COMMENT ON COLUMN ot.id_intercom IS 'Site of class 5';
COMMENT ON COLUMN ot.id_patio IS 'Site of class 3: main site on TIERRA, site of the yard phase elsewhere';
COMMENT ON COLUMN ot.plazo_dias IS 'Term in calendar days, both ends included';
COMMENT ON COLUMN ot.id_cliente IS 'Null only in historical rows; the form demands it';
COMMENT ON COLUMN ot.requiere_patio IS 'True only when a yard phase was activated on a front other than TIERRA';
COMMENT ON COLUMN ot.version IS 'Optimistic lock: rises with every change';
COMMENT ON COLUMN ot.anio IS 'Generated: year of the letter when it ends in -YYYY, else year of the programmed start (ot.md §6.2)';
COMMENT ON COLUMN ot_detalle.estatus_paso IS '1 PENDIENTE, 2 PROCESO, 3 COMPLETADO, 4 CANCELADO, 14 NO APLICA; 15 only in old rows';
COMMENT ON COLUMN ot_detalle.archivo IS 'Link to the deliverable; null when there is none, never empty';

COMMENT ON TABLE lote_importacion IS 'One execution of the historical import that changed something; can be undone once';
COMMENT ON COLUMN lote_importacion.sha256 IS 'Of the workbook, lower-case hexadecimal';
COMMENT ON COLUMN lote_importacion.resumen IS 'Report of the import as contract.md §4 prints it';
COMMENT ON TABLE lote_cambio IS 'What a batch did to one record; enough to undo it and to recognise the row in the next file';
COMMENT ON COLUMN lote_cambio.huella IS 'SHA-256 of the cleaned values of the row; recognises an unnumbered reprogramación';
COMMENT ON COLUMN lote_cambio.version_despues IS 'Version of the record after the batch: another one means that a person edited it since';

COMMENT ON TABLE importacion_anexo IS 'Loads of an Anexo C for an OT; at most one active';
COMMENT ON COLUMN partida_anexo_importada.orden_fila IS 'Row of the sheet; order of the file';
COMMENT ON COLUMN partida_anexo_importada.volumen_proyectado IS 'Authorised volume';
