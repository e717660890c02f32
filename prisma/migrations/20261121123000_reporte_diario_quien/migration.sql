-- Who left each day as it is, and when: a conflict tells it (settled.md §7).
ALTER TABLE "reporte_diario_detalle"
  ADD COLUMN "usuario_actualizacion" BIGINT,
  ADD COLUMN "fecha_actualizacion" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

ALTER TABLE "reporte_diario_detalle" ADD CONSTRAINT "reporte_diario_detalle_actualizacion_fk"
  FOREIGN KEY ("usuario_actualizacion") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
