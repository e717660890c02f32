-- What a signed day holds does not change (produccion.md §5.3, issue C §4), not even by hand: no row is added, removed,
-- moved or given another volume. The flag of excedente, the partida in force and the state of billing may change.
-- Re-attaching may add two rows of one concept into one on a signed day (anexo-c.md §6.4): it says so with the setting
-- `sascop.reacomodo` = 'on' of its transaction.
CREATE FUNCTION produccion_cuidar_dia_firmado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  firmado date;
BEGIN
  IF current_setting('sascop.reacomodo', true) = 'on' THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT d.fecha INTO firmado FROM nuevas n JOIN reporte_diario_detalle d
      ON d.id_reporte_mensual = n.id_reporte_mensual AND d.fecha = n.fecha_produccion AND d.id_sitio = n.id_sitio_produccion AND d.bloqueado LIMIT 1;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT d.fecha INTO firmado FROM viejas v JOIN reporte_diario_detalle d
      ON d.id_reporte_mensual = v.id_reporte_mensual AND d.fecha = v.fecha_produccion AND d.id_sitio = v.id_sitio_produccion AND d.bloqueado LIMIT 1;
  ELSE
    SELECT d.fecha INTO firmado
    FROM viejas v JOIN nuevas n ON n.id = v.id
      AND (n.volumen_produccion, n.fecha_produccion, n.id_sitio_produccion, n.tipo_tiempo, n.id_reporte_mensual)
        IS DISTINCT FROM (v.volumen_produccion, v.fecha_produccion, v.id_sitio_produccion, v.tipo_tiempo, v.id_reporte_mensual)
    JOIN reporte_diario_detalle d ON d.bloqueado
      AND ((d.id_reporte_mensual = v.id_reporte_mensual AND d.fecha = v.fecha_produccion AND d.id_sitio = v.id_sitio_produccion)
        OR (d.id_reporte_mensual = n.id_reporte_mensual AND d.fecha = n.fecha_produccion AND d.id_sitio = n.id_sitio_produccion))
    LIMIT 1;
  END IF;
  IF firmado IS NOT NULL THEN
    RAISE EXCEPTION 'the day % is signed; violates constraint "produccion_dia_firmado"', firmado
      USING ERRCODE = 'check_violation', CONSTRAINT = 'produccion_dia_firmado', TABLE = 'produccion', SCHEMA = 'public';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER produccion_dia_firmado_alta AFTER INSERT ON produccion
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION produccion_cuidar_dia_firmado();
CREATE TRIGGER produccion_dia_firmado_cambio AFTER UPDATE ON produccion
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION produccion_cuidar_dia_firmado();
CREATE TRIGGER produccion_dia_firmado_baja AFTER DELETE ON produccion
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION produccion_cuidar_dia_firmado();
