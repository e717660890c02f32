-- What is billed stays where it is (issue D §3, decision 0039): also against a hand in the database, two hands at once
-- without the lock of the family, and what hangs around a production: its GPU and evidence, day, month, annex, order, site.
-- Every refusal says in which estimations it is («is billed in EST-1, EST-3»), which the program passes on.

-- Two transactions over one production wait for each other before adding up its lines, whoever they are: the second one
-- reads what the first left, and the CHECK of `produccion` refuses what does not fit.
CREATE OR REPLACE FUNCTION estimacion_refrescar(producciones bigint[]) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM produccion p WHERE p.id = ANY (producciones) ORDER BY p.id FOR NO KEY UPDATE;
  WITH vivas AS (
    SELECT d.id_produccion, sum(d.volumen_estimado) AS acumulado, max(d.id) AS ultima,
      (array_agg(h.id_estatus_cobro ORDER BY avance_de_cobro(h.id_estatus_cobro)))[1] AS estatus
    FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header
    WHERE d.id_produccion = ANY (producciones) AND NOT d.rechazada AND h.id_estatus_cobro <> 29
    GROUP BY d.id_produccion
  ), calculadas AS (
    SELECT p.id, coalesce(v.acumulado, 0) AS acumulado, v.ultima,
      CASE WHEN v.acumulado >= p.volumen_produccion THEN v.estatus ELSE 12 END AS estatus
    FROM produccion p LEFT JOIN vivas v ON v.id_produccion = p.id
    WHERE p.id = ANY (producciones)
  ), gpus AS (
    UPDATE registro_generadores_pu g SET id_estimacion_detalle = c.ultima
    FROM calculadas c WHERE g.id_produccion = c.id AND g.id_estimacion_detalle IS DISTINCT FROM c.ultima
  )
  UPDATE produccion p SET volumen_estimado_acumulado = c.acumulado, id_estatus_cobro = c.estatus
  FROM calculadas c
  WHERE p.id = c.id
    AND (p.volumen_estimado_acumulado, p.id_estatus_cobro) IS DISTINCT FROM (c.acumulado, c.estatus);
END $$;

-- ----------------------------------------------------------------------------- lines and headers

-- A line is of one production and one estimation for ever; sent, what it says of its concept is frozen too.
CREATE FUNCTION estimacion_detalle_permanece() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id_estimacion_header, NEW.id_produccion) IS DISTINCT FROM (OLD.id_estimacion_header, OLD.id_produccion) THEN
    RAISE EXCEPTION 'Line % does not change of production nor of estimation; violates constraint "estimacion_detalle_permanece"', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_detalle_permanece';
  END IF;
  IF EXISTS (SELECT FROM estimacion_header h WHERE h.id = OLD.id_estimacion_header AND h.id_estatus_cobro <> 24) THEN
    RAISE EXCEPTION 'Line % is frozen; violates constraint "estimacion_detalle_congelada"', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_detalle_congelada';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER estimacion_detalle_permanece BEFORE UPDATE ON estimacion_detalle
  FOR EACH ROW WHEN (
    (OLD.id_estimacion_header, OLD.id_produccion, OLD.anexo, OLD.codigo, OLD.concepto, OLD.unidad)
      IS DISTINCT FROM (NEW.id_estimacion_header, NEW.id_produccion, NEW.anexo, NEW.codigo, NEW.concepto, NEW.unidad)
    OR (OLD.comentario_ajuste <> NEW.comentario_ajuste AND OLD.rechazada = NEW.rechazada)
  ) EXECUTE FUNCTION estimacion_detalle_permanece();

-- An estimation is of a live initial order; who sent it and who authorised it are written only by those steps, so that
-- nobody becomes «another person» by changing them; nothing is sent nor authorised without a volume to bill.
CREATE FUNCTION estimacion_header_guardas() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM 1 FROM ot o WHERE o.id = NEW.id_ot AND o.id_tipo = 4 AND o.estatus = 1 FOR KEY SHARE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'OT % is not a live initial order; violates constraint "estimacion_header_ot_activa"', NEW.id_ot
        USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_header_ot_activa';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.enviado_por IS DISTINCT FROM OLD.enviado_por AND NEW.id_estatus_cobro <> 24
      AND (OLD.id_estatus_cobro, NEW.id_estatus_cobro) <> (24, 25))
    OR (NEW.autorizado_por IS DISTINCT FROM OLD.autorizado_por
      AND (OLD.id_estatus_cobro, NEW.id_estatus_cobro) NOT IN ((25, 26), (26, 25))) THEN
    RAISE EXCEPTION 'Who sent and who authorised estimation % do not change; violates constraint "estimacion_header_dos_personas"', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_header_dos_personas';
  END IF;
  IF (OLD.id_estatus_cobro, NEW.id_estatus_cobro) IN ((24, 25), (25, 26)) AND NOT EXISTS (
    SELECT FROM estimacion_detalle d WHERE d.id_estimacion_header = NEW.id AND NOT d.rechazada AND d.volumen_estimado > 0
  ) THEN
    RAISE EXCEPTION 'Estimation % has nothing to bill; violates constraint "estimacion_header_con_lineas"', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_header_con_lineas';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER estimacion_header_guardas BEFORE INSERT OR UPDATE ON estimacion_header
  FOR EACH ROW EXECUTE FUNCTION estimacion_header_guardas();

-- ----------------------------------------------------------------------------- around a billed production

CREATE TRIGGER registro_generadores_pu_estimado_no_se_borra BEFORE DELETE ON registro_generadores_pu
  FOR EACH ROW EXECUTE FUNCTION gpu_estimado();
CREATE OR REPLACE FUNCTION gpu_estimado() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text := estimaciones_vivas(OLD.id_produccion);
BEGIN
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'GPU % is billed in %; violates constraint "registro_generadores_pu_estimado"', OLD.id, cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'registro_generadores_pu_estimado', DETAIL = cuales;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE FUNCTION evidencia_estimada() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text;
BEGIN
  SELECT string_agg(DISTINCT v.cuales, ', ') INTO cuales
    FROM registro_generadores_pu g, LATERAL (SELECT estimaciones_vivas(g.id_produccion) AS cuales) v
    WHERE g.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.id_gpu ELSE OLD.id_gpu END AND v.cuales IS NOT NULL;
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'The evidence is billed in %; violates constraint "registro_generadores_pu_estimado"', cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'registro_generadores_pu_estimado', DETAIL = cuales;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER evidencia_gpu_estimada BEFORE INSERT OR UPDATE OR DELETE ON evidencia_gpu
  FOR EACH ROW EXECUTE FUNCTION evidencia_estimada();

-- A signed day does not change of place either.
CREATE TRIGGER reporte_diario_detalle_estimado_no_se_mueve BEFORE UPDATE ON reporte_diario_detalle
  FOR EACH ROW WHEN (OLD.bloqueado AND (OLD.fecha, OLD.id_sitio, OLD.id_reporte_mensual)
    IS DISTINCT FROM (NEW.fecha, NEW.id_sitio, NEW.id_reporte_mensual)) EXECUTE FUNCTION dia_estimado();

-- A month with production that is billed beyond a draft is not opened again (produccion.md §5.9), and with any at all it
-- does not go away nor become another one.
CREATE FUNCTION mes_estimado() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  seabre boolean := TG_OP = 'UPDATE' AND (OLD.id_ot, OLD.anio, OLD.mes) IS NOT DISTINCT FROM (NEW.id_ot, NEW.anio, NEW.mes);
  cuales text;
BEGIN
  SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ') INTO cuales
    FROM produccion p JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada
    JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29 AND NOT (seabre AND h.id_estatus_cobro = 24)
    WHERE p.id_reporte_mensual = OLD.id;
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'The month is billed in %; violates constraint "reporte_mensual_header_estimado"', cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'reporte_mensual_header_estimado', DETAIL = cuales;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reporte_mensual_header_estimado_no_cambia BEFORE UPDATE ON reporte_mensual_header
  FOR EACH ROW WHEN ((OLD.id_estatus <> 21 AND NEW.id_estatus = 21)
    OR (OLD.id_ot, OLD.anio, OLD.mes) IS DISTINCT FROM (NEW.id_ot, NEW.anio, NEW.mes)) EXECUTE FUNCTION mes_estimado();
CREATE TRIGGER reporte_mensual_header_estimado_no_se_borra BEFORE DELETE ON reporte_mensual_header
  FOR EACH ROW EXECUTE FUNCTION mes_estimado();

-- The annex: what hangs from a version is what its production is billed by.
CREATE FUNCTION partida_estimada() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text;
BEGIN
  SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ') INTO cuales
    FROM produccion p JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada
    JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29
    WHERE p.id_partida_anexo = OLD.id;
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'Partida % is billed in %; violates constraint "importacion_anexo_estimada"', OLD.id, cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'importacion_anexo_estimada', DETAIL = cuales;
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER partida_anexo_importada_estimada BEFORE DELETE ON partida_anexo_importada
  FOR EACH ROW EXECUTE FUNCTION partida_estimada();

-- Looked at when the transaction ends: a version that takes the place of another has by then its production.
CREATE FUNCTION anexo_estimado() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text;
BEGIN
  SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ') INTO cuales
    FROM importacion_anexo v JOIN partida_anexo_importada a ON a.id_importacion_anexo = v.id
    JOIN produccion p ON p.id_partida_anexo = a.id JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada
    JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29
    WHERE v.id = OLD.id AND NOT v.es_activo;
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'The annex is billed in %; violates constraint "importacion_anexo_estimada"', cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'importacion_anexo_estimada', DETAIL = cuales;
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER importacion_anexo_estimada AFTER UPDATE ON importacion_anexo
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.es_activo AND NOT NEW.es_activo) EXECUTE FUNCTION anexo_estimado();

-- An order with billed production is not deleted: the initial one of the family, nor a reprogramación whose annex
-- authorises what was billed (settled.md §7).
CREATE OR REPLACE FUNCTION ot_estimada() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text;
BEGIN
  IF OLD.id_tipo = 4 THEN
    SELECT string_agg('EST-' || h.numero, ', ' ORDER BY h.numero) INTO cuales
      FROM estimacion_header h WHERE h.id_ot = OLD.id AND (TG_OP = 'DELETE' OR h.id_estatus_cobro <> 29);
  ELSE
    SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ') INTO cuales
      FROM importacion_anexo v JOIN partida_anexo_importada a ON a.id_importacion_anexo = v.id
      JOIN produccion p ON p.id_partida_anexo = a.id JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada
      JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29
      WHERE v.id_ot = OLD.id;
  END IF;
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'OT % is billed in %; violates constraint "ot_estimada"', OLD.id, cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ot_estimada', DETAIL = cuales;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER ot_estimada_no_se_borra BEFORE DELETE ON ot FOR EACH ROW EXECUTE FUNCTION ot_estimada();

CREATE FUNCTION sitio_estimado() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text;
BEGIN
  SELECT string_agg(DISTINCT 'EST-' || h.numero || ' de ' || o.orden_trabajo, ', ') INTO cuales
    FROM produccion p JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada
    JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29 JOIN ot o ON o.id = h.id_ot
    WHERE p.id_sitio_produccion = OLD.id;
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'The site is billed in %; violates constraint "sitio_estimado"', cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'sitio_estimado', DETAIL = cuales;
  END IF;
  RETURN OLD;
END $$;
CREATE TRIGGER sitio_estimado_no_se_borra BEFORE DELETE ON sitio FOR EACH ROW EXECUTE FUNCTION sitio_estimado();
