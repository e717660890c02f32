-- The demo company has annexes, months of production, guards and evidence too.
ALTER TABLE dato_demo DROP CONSTRAINT dato_demo_tabla_valida;
ALTER TABLE dato_demo ADD CONSTRAINT dato_demo_tabla_valida CHECK (
  tabla IN ('user', 'responsable_proyecto', 'sitio', 'pte_header', 'ot', 'importacion_anexo', 'reporte_mensual_header', 'superintendente', 'guardias', 'archivo')
);
