-- The guards of signed days and closed months look at places (folder, day, site) and not at rows: joining the old rows of
-- a statement with the new ones is planned once per session, for the few rows of its first save, and a block of fifteen
-- thousand cells then took a minute.

-- What a statement on `produccion` touched: the places of the rows that came, went, or hold something else than before.
CREATE OR REPLACE FUNCTION produccion_cuidar_dia_firmado() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  firmado date;
BEGIN
  IF current_setting('sascop.reacomodo', true) = 'on' THEN
    RETURN NULL;
  END IF;
  IF TG_OP = 'INSERT' THEN
    SELECT d.fecha INTO firmado
    FROM (SELECT DISTINCT n.id_reporte_mensual, n.fecha_produccion, n.id_sitio_produccion FROM nuevas n) t
    JOIN reporte_diario_detalle d ON d.id_reporte_mensual = t.id_reporte_mensual AND d.fecha = t.fecha_produccion
      AND d.id_sitio = t.id_sitio_produccion AND d.bloqueado LIMIT 1;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT d.fecha INTO firmado
    FROM (SELECT DISTINCT v.id_reporte_mensual, v.fecha_produccion, v.id_sitio_produccion FROM viejas v) t
    JOIN reporte_diario_detalle d ON d.id_reporte_mensual = t.id_reporte_mensual AND d.fecha = t.fecha_produccion
      AND d.id_sitio = t.id_sitio_produccion AND d.bloqueado LIMIT 1;
  ELSE
    SELECT d.fecha INTO firmado
    FROM (
      SELECT DISTINCT c.id_reporte_mensual, c.fecha_produccion, c.id_sitio_produccion
      FROM (
        (SELECT id, id_reporte_mensual, fecha_produccion, id_sitio_produccion, tipo_tiempo, volumen_produccion FROM viejas
          EXCEPT SELECT id, id_reporte_mensual, fecha_produccion, id_sitio_produccion, tipo_tiempo, volumen_produccion FROM nuevas)
        UNION ALL
        (SELECT id, id_reporte_mensual, fecha_produccion, id_sitio_produccion, tipo_tiempo, volumen_produccion FROM nuevas
          EXCEPT SELECT id, id_reporte_mensual, fecha_produccion, id_sitio_produccion, tipo_tiempo, volumen_produccion FROM viejas)
      ) c
    ) t
    JOIN reporte_diario_detalle d ON d.id_reporte_mensual = t.id_reporte_mensual AND d.fecha = t.fecha_produccion
      AND d.id_sitio = t.id_sitio_produccion AND d.bloqueado LIMIT 1;
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
    SELECT m.id INTO cerrado FROM (SELECT DISTINCT n.id_reporte_mensual FROM nuevas n) t
    JOIN reporte_mensual_header m ON m.id = t.id_reporte_mensual AND m.id_estatus <> 21 LIMIT 1;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT m.id INTO cerrado FROM (SELECT DISTINCT v.id_reporte_mensual FROM viejas v) t
    JOIN reporte_mensual_header m ON m.id = t.id_reporte_mensual AND m.id_estatus <> 21 LIMIT 1;
  ELSE
    SELECT m.id INTO cerrado
    FROM (
      SELECT DISTINCT c.id_reporte_mensual
      FROM (
        (SELECT id, id_reporte_mensual, fecha_produccion, id_sitio_produccion, tipo_tiempo, volumen_produccion FROM viejas
          EXCEPT SELECT id, id_reporte_mensual, fecha_produccion, id_sitio_produccion, tipo_tiempo, volumen_produccion FROM nuevas)
        UNION ALL
        (SELECT id, id_reporte_mensual, fecha_produccion, id_sitio_produccion, tipo_tiempo, volumen_produccion FROM nuevas
          EXCEPT SELECT id, id_reporte_mensual, fecha_produccion, id_sitio_produccion, tipo_tiempo, volumen_produccion FROM viejas)
      ) c
    ) t
    JOIN reporte_mensual_header m ON m.id = t.id_reporte_mensual AND m.id_estatus <> 21 LIMIT 1;
  END IF;
  IF cerrado IS NOT NULL THEN
    RAISE EXCEPTION 'the monthly folder % is closed; violates constraint "produccion_mes_cerrado"', cerrado
      USING ERRCODE = 'check_violation', CONSTRAINT = 'produccion_mes_cerrado', TABLE = 'produccion', SCHEMA = 'public';
  END IF;
  RETURN NULL;
END
$$;
