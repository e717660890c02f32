-- CreateTable
CREATE TABLE "estimacion_comparacion" (
    "id" BIGSERIAL NOT NULL,
    "id_estimacion" BIGINT NOT NULL,
    "id_archivo" BIGINT NOT NULL,
    "nombre" VARCHAR(255) NOT NULL,
    "creado_por" BIGINT,
    "fecha_creacion" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lectura" JSONB NOT NULL,
    "elecciones" JSONB NOT NULL DEFAULT '{}',
    "iguales" INTEGER NOT NULL,
    "diferentes" INTEGER NOT NULL,
    "faltan_archivo" INTEGER NOT NULL,
    "faltan_estimacion" INTEGER NOT NULL,
    "sin_concepto" INTEGER NOT NULL,
    "aplicado_por" BIGINT,
    "fecha_aplicacion" TIMESTAMPTZ(3),
    "motivo" TEXT,
    "ajustadas" INTEGER NOT NULL DEFAULT 0,
    "agregadas" INTEGER NOT NULL DEFAULT 0,
    "quitadas" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "estimacion_comparacion_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "estimacion_comparacion_de_estimacion" ON "estimacion_comparacion"("id_estimacion", "id");

-- CreateIndex
CREATE INDEX "estimacion_comparacion_de_archivo" ON "estimacion_comparacion"("id_archivo");

-- AddForeignKey
ALTER TABLE "estimacion_comparacion" ADD CONSTRAINT "estimacion_comparacion_estimacion_fk" FOREIGN KEY ("id_estimacion") REFERENCES "estimacion_header"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_comparacion" ADD CONSTRAINT "estimacion_comparacion_archivo_fk" FOREIGN KEY ("id_archivo") REFERENCES "archivo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_comparacion" ADD CONSTRAINT "estimacion_comparacion_creado_por_fk" FOREIGN KEY ("creado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_comparacion" ADD CONSTRAINT "estimacion_comparacion_aplicado_por_fk" FOREIGN KEY ("aplicado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ----------------------------------------------------------------------------- by hand

ALTER TABLE estimacion_comparacion
  ADD CONSTRAINT estimacion_comparacion_nombre_no_vacio CHECK (btrim(nombre) <> ''),
  ADD CONSTRAINT estimacion_comparacion_cuentas_no_negativas CHECK (
    least(iguales, diferentes, faltan_archivo, faltan_estimacion, sin_concepto, ajustadas, agregadas, quitadas) >= 0
  ),
  -- Applied means who, when, why and what.
  ADD CONSTRAINT estimacion_comparacion_aplicacion_completa CHECK (
    (fecha_aplicacion IS NOT NULL) = (ajustadas + agregadas + quitadas > 0)
    AND (fecha_aplicacion IS NOT NULL) = (length(btrim(coalesce(motivo, ''))) >= 5)
    AND (aplicado_por IS NULL OR fecha_aplicacion IS NOT NULL)
  );

-- What was uploaded and what was read of it stay as they were, whatever is decided about them.
CREATE FUNCTION estimacion_comparacion_permanece() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Comparison % is never deleted nor read again; violates constraint "estimacion_comparacion_permanece"', OLD.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_comparacion_permanece';
END $$;
CREATE TRIGGER estimacion_comparacion_no_se_borra BEFORE DELETE ON estimacion_comparacion
  FOR EACH ROW EXECUTE FUNCTION estimacion_comparacion_permanece();
CREATE TRIGGER estimacion_comparacion_no_cambia BEFORE UPDATE ON estimacion_comparacion
  FOR EACH ROW WHEN (
    (OLD.id_estimacion, OLD.id_archivo, OLD.nombre, OLD.creado_por, OLD.fecha_creacion, OLD.lectura)
    IS DISTINCT FROM (NEW.id_estimacion, NEW.id_archivo, NEW.nombre, NEW.creado_por, NEW.fecha_creacion, NEW.lectura)
  )
  EXECUTE FUNCTION estimacion_comparacion_permanece();

COMMENT ON TABLE estimacion_comparacion IS 'Workbooks of volumes of the client compared with an estimation, with what was applied of them';
