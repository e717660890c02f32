-- Anexo C by versions, Producción, GPU, evidence and guards (anexo-c.md §2, produccion.md §2). What Prisma derives from
-- prisma/schema (the generated columns completed), then by hand what Prisma cannot express. The columns that are added
-- NOT NULL go to tables which nothing wrote before this migration.

-- DropIndex
DROP INDEX "importacion_anexo_ot";

-- AlterTable
ALTER TABLE "importacion_anexo" ADD COLUMN     "id_archivo" BIGINT,
ADD COLUMN     "modo" VARCHAR(15) NOT NULL DEFAULT 'reemplazo',
ADD COLUMN     "numero" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "partida_anexo_importada" ADD COLUMN     "id_concepto_consolidado" BIGINT NOT NULL,
ADD COLUMN     "id_concepto_maestro" BIGINT,
ADD COLUMN     "origen" VARCHAR(12) NOT NULL DEFAULT 'archivo';

-- CreateTable
CREATE TABLE "concepto_consolidado" (
    "id" BIGSERIAL NOT NULL,
    "id_ot" BIGINT NOT NULL,
    "anexo" VARCHAR(50) NOT NULL,
    "codigo" VARCHAR(50) NOT NULL,
    "concepto" TEXT NOT NULL,
    "id_unidad_medida" BIGINT,
    "huella" CHAR(64) NOT NULL,

    CONSTRAINT "concepto_consolidado_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "partida_proyectada" (
    "id_partida_anexo" BIGINT NOT NULL,
    "mes" DATE NOT NULL,
    "volumenes" DECIMAL(15,6)[] NOT NULL,

    CONSTRAINT "partida_proyectada_pkey" PRIMARY KEY ("id_partida_anexo","mes")
);

-- CreateTable
CREATE TABLE "archivo" (
    "id" BIGSERIAL NOT NULL,
    "sha256" CHAR(64) NOT NULL,
    "clase" VARCHAR(10) NOT NULL,
    "bytes" BIGINT NOT NULL,
    "clave" VARCHAR(255) NOT NULL,
    "ancho" INTEGER,
    "alto" INTEGER,
    "huella_perceptual" BIT(64),
    "clave_miniatura" VARCHAR(255),
    "creado_en" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "id_usuario" BIGINT,

    CONSTRAINT "archivo_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reporte_mensual_header" (
    "id" BIGSERIAL NOT NULL,
    "id_ot" BIGINT NOT NULL,
    "mes" INTEGER NOT NULL,
    "anio" INTEGER NOT NULL,
    "archivo" VARCHAR(2000),
    "id_estatus" BIGINT NOT NULL DEFAULT 21,
    "fecha_creacion" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "fecha_actualizacion" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 0,
    "cerrado_por" BIGINT,
    "fecha_cierre" TIMESTAMPTZ(3),
    "primer_dia" DATE NOT NULL GENERATED ALWAYS AS (make_date("anio", "mes", 1)) STORED,

    CONSTRAINT "reporte_mensual_header_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reporte_diario_detalle" (
    "id" BIGSERIAL NOT NULL,
    "id_reporte_mensual" BIGINT NOT NULL,
    "fecha" DATE NOT NULL,
    "id_sitio" BIGINT NOT NULL,
    "id_estatus" BIGINT NOT NULL,
    "comentario" VARCHAR(255),
    "bloqueado" BOOLEAN NOT NULL DEFAULT false,
    "firmado_por" BIGINT,
    "fecha_firma" TIMESTAMPTZ(3),
    "huella_firma" CHAR(64),
    "primer_dia" DATE NOT NULL GENERATED ALWAYS AS ("fecha" - (extract(day FROM "fecha")::int - 1)) STORED,

    CONSTRAINT "reporte_diario_detalle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "produccion" (
    "id" BIGSERIAL NOT NULL,
    "id_partida_anexo" BIGINT NOT NULL,
    "id_concepto_consolidado" BIGINT NOT NULL,
    "id_reporte_mensual" BIGINT NOT NULL,
    "fecha_produccion" DATE NOT NULL,
    "volumen_produccion" DECIMAL(15,6) NOT NULL,
    "tipo_tiempo" VARCHAR(3) NOT NULL,
    "es_excedente" BOOLEAN NOT NULL DEFAULT false,
    "id_estatus_cobro" BIGINT NOT NULL DEFAULT 12,
    "comentario" TEXT NOT NULL DEFAULT '',
    "id_sitio_produccion" BIGINT NOT NULL,
    "usuario_captura" BIGINT,
    "fecha_captura" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usuario_actualizacion" BIGINT,
    "fecha_actualizacion" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "primer_dia" DATE NOT NULL GENERATED ALWAYS AS ("fecha_produccion" - (extract(day FROM "fecha_produccion")::int - 1)) STORED,

    CONSTRAINT "produccion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registro_generadores_pu" (
    "id" BIGSERIAL NOT NULL,
    "id_produccion" BIGINT NOT NULL,
    "id_estatus" BIGINT NOT NULL,
    "archivo" VARCHAR(500),
    "nota_bloqueo" TEXT NOT NULL DEFAULT '',
    "nota_automatica" BOOLEAN NOT NULL DEFAULT false,
    "firmado_por" BIGINT,
    "fecha_firma" TIMESTAMPTZ(3),
    "fecha_actualizacion" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "registro_generadores_pu_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "evidencia_gpu" (
    "id" BIGSERIAL NOT NULL,
    "id_gpu" BIGINT NOT NULL,
    "id_archivo" BIGINT NOT NULL,
    "nombre" VARCHAR(255) NOT NULL,
    "comentario" TEXT NOT NULL DEFAULT '',
    "id_usuario" BIGINT,
    "fecha" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retirada_por" BIGINT,
    "fecha_retiro" TIMESTAMPTZ(3),
    "motivo_retiro" TEXT,

    CONSTRAINT "evidencia_gpu_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "guardias" (
    "id" BIGSERIAL NOT NULL,
    "id_sitio" BIGINT NOT NULL,
    "super_a" BIGINT NOT NULL,
    "super_b" BIGINT NOT NULL,
    "fecha_inicio_super_a" DATE NOT NULL,
    "dias_ciclo" INTEGER NOT NULL DEFAULT 14,
    "vigente_desde" DATE NOT NULL,
    "id_usuario" BIGINT,
    "fecha" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "guardias_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "concepto_consolidado_huella_unica" ON "concepto_consolidado"("id_ot", "huella");

-- CreateIndex
CREATE UNIQUE INDEX "archivo_sha256_unico" ON "archivo"("sha256");

-- CreateIndex
CREATE UNIQUE INDEX "archivo_clave_unica" ON "archivo"("clave");

-- CreateIndex
CREATE UNIQUE INDEX "reporte_mensual_header_unico" ON "reporte_mensual_header"("id_ot", "anio", "mes");

-- CreateIndex
CREATE UNIQUE INDEX "reporte_mensual_header_id_mes" ON "reporte_mensual_header"("id", "primer_dia");

-- CreateIndex
CREATE INDEX "reporte_diario_detalle_fecha" ON "reporte_diario_detalle"("fecha");

-- CreateIndex
CREATE UNIQUE INDEX "reporte_diario_detalle_unico" ON "reporte_diario_detalle"("id_reporte_mensual", "fecha", "id_sitio");

-- CreateIndex
CREATE INDEX "produccion_partida" ON "produccion"("id_partida_anexo");

-- CreateIndex
CREATE INDEX "produccion_mensual_sitio" ON "produccion"("id_reporte_mensual", "id_sitio_produccion");

-- CreateIndex
CREATE INDEX "produccion_fecha" ON "produccion"("fecha_produccion");

-- CreateIndex
CREATE UNIQUE INDEX "produccion_unica" ON "produccion"("id_concepto_consolidado", "fecha_produccion", "tipo_tiempo", "id_sitio_produccion");

-- CreateIndex
CREATE UNIQUE INDEX "registro_generadores_pu_produccion_unica" ON "registro_generadores_pu"("id_produccion");

-- CreateIndex
CREATE INDEX "evidencia_gpu_gpu" ON "evidencia_gpu"("id_gpu");

-- CreateIndex
CREATE INDEX "evidencia_gpu_archivo" ON "evidencia_gpu"("id_archivo");

-- CreateIndex
CREATE INDEX "guardias_super_a" ON "guardias"("super_a");

-- CreateIndex
CREATE INDEX "guardias_super_b" ON "guardias"("super_b");

-- CreateIndex
CREATE UNIQUE INDEX "guardias_vigencia_unica" ON "guardias"("id_sitio", "vigente_desde");

-- CreateIndex
CREATE UNIQUE INDEX "importacion_anexo_numero_unico" ON "importacion_anexo"("id_ot", "numero");

-- CreateIndex
CREATE INDEX "partida_anexo_importada_concepto" ON "partida_anexo_importada"("id_concepto_consolidado");

-- CreateIndex
CREATE INDEX "partida_anexo_importada_maestro" ON "partida_anexo_importada"("id_concepto_maestro");

-- CreateIndex
CREATE UNIQUE INDEX "partida_anexo_importada_concepto_unico" ON "partida_anexo_importada"("id_importacion_anexo", "id_concepto_consolidado");

-- CreateIndex
CREATE UNIQUE INDEX "partida_anexo_importada_id_concepto" ON "partida_anexo_importada"("id", "id_concepto_consolidado");

-- AddForeignKey
ALTER TABLE "importacion_anexo" ADD CONSTRAINT "importacion_anexo_archivo_fk" FOREIGN KEY ("id_archivo") REFERENCES "archivo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "concepto_consolidado" ADD CONSTRAINT "concepto_consolidado_ot_fk" FOREIGN KEY ("id_ot") REFERENCES "ot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "concepto_consolidado" ADD CONSTRAINT "concepto_consolidado_unidad_fk" FOREIGN KEY ("id_unidad_medida") REFERENCES "unidad_medida"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partida_anexo_importada" ADD CONSTRAINT "partida_anexo_importada_concepto_fk" FOREIGN KEY ("id_concepto_consolidado") REFERENCES "concepto_consolidado"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partida_anexo_importada" ADD CONSTRAINT "partida_anexo_importada_maestro_fk" FOREIGN KEY ("id_concepto_maestro") REFERENCES "contrato_concepto_maestro"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partida_proyectada" ADD CONSTRAINT "partida_proyectada_partida_fk" FOREIGN KEY ("id_partida_anexo") REFERENCES "partida_anexo_importada"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "archivo" ADD CONSTRAINT "archivo_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reporte_mensual_header" ADD CONSTRAINT "reporte_mensual_header_ot_fk" FOREIGN KEY ("id_ot") REFERENCES "ot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reporte_mensual_header" ADD CONSTRAINT "reporte_mensual_header_estatus_fk" FOREIGN KEY ("id_estatus") REFERENCES "cat_estatus"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reporte_mensual_header" ADD CONSTRAINT "reporte_mensual_header_cerrado_por_fk" FOREIGN KEY ("cerrado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reporte_diario_detalle" ADD CONSTRAINT "reporte_diario_detalle_mensual_fk" FOREIGN KEY ("id_reporte_mensual", "primer_dia") REFERENCES "reporte_mensual_header"("id", "primer_dia") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "reporte_diario_detalle" ADD CONSTRAINT "reporte_diario_detalle_sitio_fk" FOREIGN KEY ("id_sitio") REFERENCES "sitio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reporte_diario_detalle" ADD CONSTRAINT "reporte_diario_detalle_estatus_fk" FOREIGN KEY ("id_estatus") REFERENCES "cat_estatus"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reporte_diario_detalle" ADD CONSTRAINT "reporte_diario_detalle_firmado_por_fk" FOREIGN KEY ("firmado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "produccion" ADD CONSTRAINT "produccion_partida_fk" FOREIGN KEY ("id_partida_anexo", "id_concepto_consolidado") REFERENCES "partida_anexo_importada"("id", "id_concepto_consolidado") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "produccion" ADD CONSTRAINT "produccion_mensual_fk" FOREIGN KEY ("id_reporte_mensual", "primer_dia") REFERENCES "reporte_mensual_header"("id", "primer_dia") ON DELETE RESTRICT ON UPDATE NO ACTION;

-- AddForeignKey
ALTER TABLE "produccion" ADD CONSTRAINT "produccion_cobro_fk" FOREIGN KEY ("id_estatus_cobro") REFERENCES "cat_estatus"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "produccion" ADD CONSTRAINT "produccion_sitio_fk" FOREIGN KEY ("id_sitio_produccion") REFERENCES "sitio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "produccion" ADD CONSTRAINT "produccion_captura_fk" FOREIGN KEY ("usuario_captura") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "produccion" ADD CONSTRAINT "produccion_actualizacion_fk" FOREIGN KEY ("usuario_actualizacion") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registro_generadores_pu" ADD CONSTRAINT "registro_generadores_pu_produccion_fk" FOREIGN KEY ("id_produccion") REFERENCES "produccion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registro_generadores_pu" ADD CONSTRAINT "registro_generadores_pu_estatus_fk" FOREIGN KEY ("id_estatus") REFERENCES "cat_estatus"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registro_generadores_pu" ADD CONSTRAINT "registro_generadores_pu_firmado_por_fk" FOREIGN KEY ("firmado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidencia_gpu" ADD CONSTRAINT "evidencia_gpu_gpu_fk" FOREIGN KEY ("id_gpu") REFERENCES "registro_generadores_pu"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidencia_gpu" ADD CONSTRAINT "evidencia_gpu_archivo_fk" FOREIGN KEY ("id_archivo") REFERENCES "archivo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidencia_gpu" ADD CONSTRAINT "evidencia_gpu_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "evidencia_gpu" ADD CONSTRAINT "evidencia_gpu_retirada_por_fk" FOREIGN KEY ("retirada_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardias" ADD CONSTRAINT "guardias_sitio_fk" FOREIGN KEY ("id_sitio") REFERENCES "sitio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardias" ADD CONSTRAINT "guardias_super_a_fk" FOREIGN KEY ("super_a") REFERENCES "superintendente"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardias" ADD CONSTRAINT "guardias_super_b_fk" FOREIGN KEY ("super_b") REFERENCES "superintendente"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "guardias" ADD CONSTRAINT "guardias_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ----------------------------------------------------------------------------- by hand: rules that the database keeps

ALTER TABLE importacion_anexo
  ADD CONSTRAINT importacion_anexo_modo_valido CHECK (modo IN ('reemplazo', 'actualizacion', 'vinculacion')),
  ADD CONSTRAINT importacion_anexo_numero_positivo CHECK (numero >= 1);

ALTER TABLE partida_anexo_importada
  ADD CONSTRAINT partida_anexo_importada_origen_valido CHECK (origen IN ('archivo', 'vinculada', 'arrastrada'));

ALTER TABLE concepto_consolidado
  ADD CONSTRAINT concepto_consolidado_huella_forma CHECK (huella ~ '^[0-9a-f]{64}$');

ALTER TABLE partida_proyectada
  ADD CONSTRAINT partida_proyectada_mes_primer_dia CHECK (extract(day FROM mes) = 1),
  ADD CONSTRAINT partida_proyectada_dias_del_mes CHECK (
    array_ndims(volumenes) = 1 AND array_lower(volumenes, 1) = 1
    AND cardinality(volumenes) = extract(day FROM (mes + interval '1 month' - interval '1 day'))::int
  ),
  ADD CONSTRAINT partida_proyectada_sin_vacios CHECK (array_position(volumenes, NULL) IS NULL),
  ADD CONSTRAINT partida_proyectada_volumen_no_negativo CHECK (0 <= ALL (volumenes)),
  ADD CONSTRAINT partida_proyectada_con_volumen CHECK (0 < ANY (volumenes));

CREATE VIEW partida_proyectada_dia AS
  SELECT p.id_partida_anexo, p.mes + (d.n - 1)::int AS fecha, d.volumen AS volumen_programado
  FROM partida_proyectada p CROSS JOIN LATERAL unnest(p.volumenes) WITH ORDINALITY AS d(volumen, n)
  WHERE d.volumen > 0;
COMMENT ON VIEW partida_proyectada_dia IS 'Programme by day: only days with volume';

ALTER TABLE archivo
  ADD CONSTRAINT archivo_sha256_forma CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT archivo_bytes_positivo CHECK (bytes > 0);

ALTER TABLE reporte_mensual_header
  ADD CONSTRAINT reporte_mensual_header_mes_valido CHECK (mes BETWEEN 1 AND 12),
  ADD CONSTRAINT reporte_mensual_header_anio_valido CHECK (anio BETWEEN 2000 AND 2100),
  ADD CONSTRAINT reporte_mensual_header_estatus_valido CHECK (id_estatus IN (21, 22, 23)),
  ADD CONSTRAINT reporte_mensual_header_version_positiva CHECK (version >= 0),
  ADD CONSTRAINT reporte_mensual_header_enlace_forma CHECK (archivo ~* '^https?://'),
  ADD CONSTRAINT reporte_mensual_header_cierre_completo CHECK ((id_estatus = 21) = (fecha_cierre IS NULL)),
  ADD CONSTRAINT reporte_mensual_header_firma_con_enlace CHECK (id_estatus <> 23 OR archivo IS NOT NULL);

ALTER TABLE reporte_diario_detalle
  ADD CONSTRAINT reporte_diario_detalle_estatus_valido CHECK (id_estatus IN (17, 18, 19, 20)),
  ADD CONSTRAINT reporte_diario_detalle_bloqueo_coherente CHECK (bloqueado = (id_estatus = 17)),
  ADD CONSTRAINT reporte_diario_detalle_firma_completa CHECK (bloqueado = (fecha_firma IS NOT NULL)),
  ADD CONSTRAINT reporte_diario_detalle_huella_completa CHECK (bloqueado = (huella_firma IS NOT NULL));

ALTER TABLE produccion
  ADD CONSTRAINT produccion_volumen_positivo CHECK (volumen_produccion > 0),
  ADD CONSTRAINT produccion_tipo_tiempo_valido CHECK (tipo_tiempo IN ('TE', 'CMA')),
  ADD CONSTRAINT produccion_cobro_valido CHECK (id_estatus_cobro IN (12, 13, 24, 25, 26, 27, 28, 29));

ALTER TABLE registro_generadores_pu
  ADD CONSTRAINT registro_generadores_pu_estatus_valido CHECK (id_estatus IN (17, 18, 19, 20)),
  ADD CONSTRAINT registro_generadores_pu_enlace_forma CHECK (archivo ~* '^https?://'),
  ADD CONSTRAINT registro_generadores_pu_version_positiva CHECK (version >= 1);

ALTER TABLE evidencia_gpu
  ADD CONSTRAINT evidencia_gpu_retiro_completo CHECK (
    (fecha_retiro IS NULL AND motivo_retiro IS NULL) OR (fecha_retiro IS NOT NULL AND btrim(motivo_retiro) <> '')
  );
-- The same file once in a GPU, unless it was removed before.
CREATE UNIQUE INDEX evidencia_gpu_archivo_unico ON evidencia_gpu (id_gpu, id_archivo) WHERE fecha_retiro IS NULL;

ALTER TABLE guardias
  ADD CONSTRAINT guardias_personas_distintas CHECK (super_a <> super_b),
  ADD CONSTRAINT guardias_dias_ciclo_valido CHECK (dias_ciclo BETWEEN 1 AND 60);

COMMENT ON TABLE concepto_consolidado IS 'Identity of a concept through every annex of a family of orders';
COMMENT ON TABLE partida_proyectada IS 'Programme of a partida, one row per month with one volume per day';
COMMENT ON TABLE archivo IS 'Files kept by their content';
COMMENT ON TABLE produccion IS 'Volume of a concept on a day, at a site, of a kind of time';
