-- The demo company bills too: exchange rates, usual deductions and estimations. Estimations go through many versions
-- while they are loaded, so the one they are left with is written: another one means that somebody touched it.
ALTER TABLE "dato_demo" ADD COLUMN "version" INTEGER;
ALTER TABLE dato_demo DROP CONSTRAINT dato_demo_tabla_valida;
ALTER TABLE dato_demo ADD CONSTRAINT dato_demo_tabla_valida CHECK (
  tabla IN ('user', 'responsable_proyecto', 'sitio', 'pte_header', 'ot', 'importacion_anexo', 'reporte_mensual_header', 'superintendente',
    'guardias', 'archivo', 'tipo_cambio', 'deduccion_usual', 'estimacion_header')
);
COMMENT ON COLUMN dato_demo.version IS 'Version of the row when the load ended; null = its first one';
