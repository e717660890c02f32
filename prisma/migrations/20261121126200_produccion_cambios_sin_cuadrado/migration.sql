-- What an UPDATE changed of production was found by joining its two transition tables by id; without statistics
-- PostgreSQL compares every row with every other one, and a full month of 500 partidas (15,500 rows) took minutes. As a
-- difference of sets it is one pass.
CREATE OR REPLACE FUNCTION produccion_cuidar_dia_firmado() RETURNS trigger LANGUAGE plpgsql AS $$
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
    FROM (
      (SELECT id, volumen_produccion, tipo_tiempo, id_reporte_mensual, fecha_produccion, id_sitio_produccion FROM viejas
        EXCEPT SELECT id, volumen_produccion, tipo_tiempo, id_reporte_mensual, fecha_produccion, id_sitio_produccion FROM nuevas)
      UNION ALL
      (SELECT id, volumen_produccion, tipo_tiempo, id_reporte_mensual, fecha_produccion, id_sitio_produccion FROM nuevas
        EXCEPT SELECT id, volumen_produccion, tipo_tiempo, id_reporte_mensual, fecha_produccion, id_sitio_produccion FROM viejas)
    ) c JOIN reporte_diario_detalle d
      ON d.id_reporte_mensual = c.id_reporte_mensual AND d.fecha = c.fecha_produccion AND d.id_sitio = c.id_sitio_produccion AND d.bloqueado LIMIT 1;
  END IF;
  IF firmado IS NOT NULL THEN
    RAISE EXCEPTION 'the day % is signed; violates constraint "produccion_dia_firmado"', firmado
      USING ERRCODE = 'check_violation', CONSTRAINT = 'produccion_dia_firmado', TABLE = 'produccion', SCHEMA = 'public';
  END IF;
  RETURN NULL;
END
$$;

CREATE OR REPLACE FUNCTION produccion_cuidar_mes_cerrado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  cerrado bigint;
BEGIN
  IF current_setting('sascop.reacomodo', true) = 'on' THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT m.id INTO cerrado FROM nuevas n JOIN reporte_mensual_header m ON m.id = n.id_reporte_mensual AND m.id_estatus <> 21 LIMIT 1;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT m.id INTO cerrado FROM viejas v JOIN reporte_mensual_header m ON m.id = v.id_reporte_mensual AND m.id_estatus <> 21 LIMIT 1;
  ELSE
    SELECT m.id INTO cerrado
    FROM (
      (SELECT id, volumen_produccion, tipo_tiempo, id_reporte_mensual, fecha_produccion, id_sitio_produccion FROM viejas
        EXCEPT SELECT id, volumen_produccion, tipo_tiempo, id_reporte_mensual, fecha_produccion, id_sitio_produccion FROM nuevas)
      UNION ALL
      (SELECT id, volumen_produccion, tipo_tiempo, id_reporte_mensual, fecha_produccion, id_sitio_produccion FROM nuevas
        EXCEPT SELECT id, volumen_produccion, tipo_tiempo, id_reporte_mensual, fecha_produccion, id_sitio_produccion FROM viejas)
    ) c JOIN reporte_mensual_header m ON m.id = c.id_reporte_mensual AND m.id_estatus <> 21 LIMIT 1;
  END IF;
  IF cerrado IS NOT NULL THEN
    RAISE EXCEPTION 'the monthly folder % is closed; violates constraint "produccion_mes_cerrado"', cerrado
      USING ERRCODE = 'check_violation', CONSTRAINT = 'produccion_mes_cerrado', TABLE = 'produccion', SCHEMA = 'public';
  END IF;
  RETURN NULL;
END
$$;
