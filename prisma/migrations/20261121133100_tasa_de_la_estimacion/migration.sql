-- The day of the table of rates that an estimation took: what was used is not erased, and each rate tells who uses it.

ALTER TABLE "estimacion_header" ADD COLUMN     "tipo_cambio_dia" DATE;

CREATE INDEX "estimacion_header_tipo_cambio_dia" ON "estimacion_header"("tipo_cambio_dia");

ALTER TABLE "estimacion_header" ADD CONSTRAINT "estimacion_header_tipo_cambio_dia_fk" FOREIGN KEY ("tipo_cambio_dia") REFERENCES "tipo_cambio"("fecha") ON DELETE RESTRICT ON UPDATE RESTRICT;

-- Those of before say their day in words: «Diario Oficial del 12/02/2026».
UPDATE estimacion_header h SET tipo_cambio_dia = t.fecha FROM tipo_cambio t
  WHERE right(h.tipo_cambio_fuente, 15) = ' del ' || to_char(t.fecha, 'DD/MM/YYYY');
