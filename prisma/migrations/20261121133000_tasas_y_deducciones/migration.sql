-- Rates with a record of their own, and the deductions of an estimation kept by the database (issue D §2).

-- ------------------------------------------------------------------ rates: the log and the import speak of records by id

ALTER TABLE "tipo_cambio" DROP CONSTRAINT "tipo_cambio_pkey",
ADD COLUMN     "id" BIGSERIAL NOT NULL,
ADD CONSTRAINT "tipo_cambio_pkey" PRIMARY KEY ("id");

CREATE UNIQUE INDEX "tipo_cambio_fecha_unica" ON "tipo_cambio"("fecha");

-- --------------------------------------------------------------------------------------------- deductions offered

CREATE TABLE "deduccion_usual" (
    "id" BIGSERIAL NOT NULL,
    "orden" INTEGER NOT NULL,
    "nombre" VARCHAR(100) NOT NULL,
    "porcentaje" DECIMAL(7,4) NOT NULL,

    CONSTRAINT "deduccion_usual_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "deduccion_usual_orden_unico" ON "deduccion_usual"("orden");

ALTER TABLE deduccion_usual
  ADD CONSTRAINT deduccion_usual_nombre_no_vacio CHECK (btrim(nombre) <> ''),
  ADD CONSTRAINT deduccion_usual_porcentaje_en_rango CHECK (porcentaje > 0 AND porcentaje <= 100);
CREATE UNIQUE INDEX deduccion_usual_nombre_unico ON deduccion_usual (texto_clave(nombre));
COMMENT ON TABLE deduccion_usual IS 'Deductions offered while writing those of an estimation; by itself it applies to none';

-- ------------------------------------------------------------------------------------- deductions of an estimation

ALTER TABLE "estimacion_deduccion" ADD COLUMN     "fecha_captura" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "estimacion_header" ADD COLUMN     "total_deduccion_mn" DECIMAL(18,2) NOT NULL DEFAULT 0,
ADD COLUMN     "total_deduccion_usd" DECIMAL(18,2) NOT NULL DEFAULT 0;

-- What is left to collect is never negative, in any of the two currencies.
ALTER TABLE estimacion_header
  ADD CONSTRAINT estimacion_header_neto_no_negativo CHECK (
    total_deduccion_mn >= 0 AND total_deduccion_usd >= 0
    AND total_deduccion_mn <= total_importe_mn AND total_deduccion_usd <= total_importe_usd
  );

-- Two deductions of one estimation are not called the same.
CREATE UNIQUE INDEX estimacion_deduccion_nombre_unico ON estimacion_deduccion (id_estimacion_header, texto_clave(nombre));

-- Deductions are written in a draft; sent, they are what they were (the lines are kept the same way).
CREATE FUNCTION estimacion_deduccion_cambio() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  fuera bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT max(h.id) INTO fuera FROM nuevas n JOIN estimacion_header h ON h.id = n.id_estimacion_header
      WHERE h.id_estatus_cobro <> 24;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT max(h.id) INTO fuera FROM viejas v JOIN estimacion_header h ON h.id = v.id_estimacion_header
      WHERE h.id_estatus_cobro <> 24;
  ELSE
    -- Sent, a percentage only follows its total, when a line is rejected by itself.
    SELECT max(h.id) INTO fuera
      FROM nuevas n JOIN viejas v ON v.id = n.id JOIN estimacion_header h ON h.id IN (n.id_estimacion_header, v.id_estimacion_header)
      WHERE h.id_estatus_cobro <> 24 AND (
        (n.id_estimacion_header, n.orden, n.nombre, n.porcentaje, n.fecha_captura)
          IS DISTINCT FROM (v.id_estimacion_header, v.orden, v.nombre, v.porcentaje, v.fecha_captura)
        OR (n.porcentaje IS NULL AND (n.importe_mn, n.importe_usd) IS DISTINCT FROM (v.importe_mn, v.importe_usd))
        OR (n.porcentaje IS NOT NULL AND (n.importe_mn, n.importe_usd) IS DISTINCT FROM
          (round(h.total_importe_mn * n.porcentaje / 100, 2), round(h.total_importe_usd * n.porcentaje / 100, 2)))
      );
  END IF;
  IF fuera IS NOT NULL THEN
    RAISE EXCEPTION 'The deductions of estimation % are frozen; violates constraint "estimacion_deduccion_congelada"', fuera
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_deduccion_congelada';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER estimacion_deduccion_tras_insertar AFTER INSERT ON estimacion_deduccion
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_deduccion_cambio();
CREATE TRIGGER estimacion_deduccion_tras_cambiar AFTER UPDATE ON estimacion_deduccion
  REFERENCING NEW TABLE AS nuevas OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_deduccion_cambio();
CREATE TRIGGER estimacion_deduccion_tras_borrar AFTER DELETE ON estimacion_deduccion
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_deduccion_cambio();
