-- Radar de cobro (decision 0035): every produced peso in one place. Its figures are kept by day, site and state, exact:
-- each statement that touches a monthly folder leaves a mark in the same transaction, and whoever reads takes what is kept
-- of the folders without marks and computes the others in the same snapshot.

-- CreateTable
CREATE TABLE "radar_cambio" (
    "id" BIGSERIAL NOT NULL,
    "id_reporte_mensual" BIGINT NOT NULL,

    CONSTRAINT "radar_cambio_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "radar_cobro" (
    "id_reporte_mensual" BIGINT NOT NULL,
    "fecha" DATE NOT NULL,
    "id_sitio" BIGINT NOT NULL,
    "estado" SMALLINT NOT NULL,
    "piezas" INTEGER NOT NULL,
    "importe_mn" DECIMAL(24,2) NOT NULL,
    "importe_usd" DECIMAL(24,2) NOT NULL,

    CONSTRAINT "radar_cobro_pkey" PRIMARY KEY ("id_reporte_mensual","fecha","id_sitio","estado")
);

-- CreateTable
CREATE TABLE "radar_valor" (
    "id_reporte_mensual" BIGINT NOT NULL,
    "fecha" DATE NOT NULL,
    "id_sitio" BIGINT NOT NULL,
    "capturas" INTEGER NOT NULL,
    "valor_mn" DECIMAL(24,2) NOT NULL,
    "valor_usd" DECIMAL(24,2) NOT NULL,
    "diferencia_mn" DECIMAL(24,2) NOT NULL,
    "diferencia_usd" DECIMAL(24,2) NOT NULL,

    CONSTRAINT "radar_valor_pkey" PRIMARY KEY ("id_reporte_mensual","fecha","id_sitio")
);

-- CreateIndex
CREATE INDEX "radar_cambio_carpeta" ON "radar_cambio"("id_reporte_mensual");

-- ----------------------------------------------------------------------------- by hand: what a produced peso is

-- State of what is left of a production: 100, + 40 if excedente, + 20 without price, + its evidence: 0 GPU without link nor
-- files (or no GPU), 1 GPU not signed, 2 GPU signed; 10 day without report, 11 not signed, 12 signed. The settings of the
-- system are applied by who reads, so that changing one changes no row.
CREATE FUNCTION radar_estado(excedente boolean, sin_precio boolean, lleva_gpu boolean, firmado boolean, con_evidencia boolean) RETURNS smallint
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN (100 + CASE WHEN excedente THEN 40 ELSE 0 END + CASE WHEN sin_precio THEN 20 ELSE 0 END + CASE WHEN lleva_gpu THEN 0 ELSE 10 END
    + CASE WHEN firmado THEN 2 WHEN con_evidencia THEN 1 ELSE 0 END)::smallint;

-- The pieces of each production of some folders between two days: its live lines at their frozen price, and what is left at
-- the price in force. Each piece is the difference of two roundings of what has been added so far, so that the pieces of a
-- row add up to the row to the cent.
CREATE FUNCTION radar_piezas(carpetas bigint[], desde date DEFAULT '-infinity', hasta date DEFAULT 'infinity')
  RETURNS TABLE (id_produccion bigint, id_reporte_mensual bigint, fecha date, id_sitio bigint, id_detalle bigint, estado smallint,
    volumen numeric, pu_mn numeric, pu_usd numeric, importe_mn numeric, importe_usd numeric)
  LANGUAGE sql STABLE AS $$
  SELECT l.id_produccion, l.id_reporte_mensual, l.fecha_produccion, l.id_sitio_produccion, l.id, l.estatus, l.volumen_estimado,
    l.precio_unitario_mn, l.precio_unitario_usd,
    round(l.mn, 2) - round(l.mn - l.volumen_estimado * l.precio_unitario_mn, 2),
    round(l.usd, 2) - round(l.usd - l.volumen_estimado * l.precio_unitario_usd, 2)
  FROM (
    SELECT d.id_produccion, p.id_reporte_mensual, p.fecha_produccion, p.id_sitio_produccion, d.id, h.id_estatus_cobro::smallint AS estatus,
      d.volumen_estimado, d.precio_unitario_mn, d.precio_unitario_usd,
      sum(d.volumen_estimado * d.precio_unitario_mn) OVER antes AS mn, sum(d.volumen_estimado * d.precio_unitario_usd) OVER antes AS usd
    FROM unnest(carpetas) AS c(id)
    JOIN produccion p ON p.id_reporte_mensual = c.id AND p.fecha_produccion BETWEEN desde AND hasta
    JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada AND d.volumen_estimado > 0
    JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29
    WINDOW antes AS (PARTITION BY d.id_produccion ORDER BY d.id)
  ) l
  UNION ALL
  SELECT p.id, p.id_reporte_mensual, p.fecha_produccion, p.id_sitio_produccion, NULL,
    CASE WHEN k.anexo IN ('C-2', 'C-3', 'C2EXT', 'C3EXT')
      THEN radar_estado(p.es_excedente, pa.precio_unitario_mn = 0 AND pa.precio_unitario_usd = 0, true, coalesce(g.id_estatus = 17, false),
        btrim(coalesce(g.archivo, '')) <> '' OR EXISTS (SELECT FROM evidencia_gpu e WHERE e.id_gpu = g.id AND e.fecha_retiro IS NULL))
      ELSE radar_estado(p.es_excedente, pa.precio_unitario_mn = 0 AND pa.precio_unitario_usd = 0, false, coalesce(r.bloqueado, false), r.id IS NOT NULL)
    END,
    p.volumen_produccion - p.volumen_estimado_acumulado, pa.precio_unitario_mn, pa.precio_unitario_usd,
    round(coalesce(v.mn, 0) + (p.volumen_produccion - p.volumen_estimado_acumulado) * pa.precio_unitario_mn, 2) - round(coalesce(v.mn, 0), 2),
    round(coalesce(v.usd, 0) + (p.volumen_produccion - p.volumen_estimado_acumulado) * pa.precio_unitario_usd, 2) - round(coalesce(v.usd, 0), 2)
  FROM unnest(carpetas) AS c(id)
  JOIN produccion p ON p.id_reporte_mensual = c.id AND p.fecha_produccion BETWEEN desde AND hasta
    AND p.volumen_produccion > p.volumen_estimado_acumulado
  JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo
  JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
  LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id
  LEFT JOIN reporte_diario_detalle r ON r.id_reporte_mensual = p.id_reporte_mensual AND r.fecha = p.fecha_produccion AND r.id_sitio = p.id_sitio_produccion
  LEFT JOIN LATERAL (
    SELECT sum(d.volumen_estimado * d.precio_unitario_mn) AS mn, sum(d.volumen_estimado * d.precio_unitario_usd) AS usd
    FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29
    WHERE d.id_produccion = p.id AND NOT d.rechazada
  ) v ON p.volumen_estimado_acumulado > 0
$$;

-- The radar of some folders, and what their production is worth without looking at buckets, evidence nor what is said to be
-- billed: volume × price in force, rounded, and what the frozen prices of its lines add or take away.
CREATE FUNCTION radar_cobros(carpetas bigint[])
  RETURNS TABLE (id_reporte_mensual bigint, fecha date, id_sitio bigint, estado smallint, piezas int, importe_mn numeric, importe_usd numeric)
  LANGUAGE sql STABLE AS $$
  SELECT id_reporte_mensual, fecha, id_sitio, estado, count(*)::int, sum(importe_mn), sum(importe_usd)
  FROM radar_piezas(carpetas) GROUP BY id_reporte_mensual, fecha, id_sitio, estado
$$;
CREATE FUNCTION radar_valores(carpetas bigint[])
  RETURNS TABLE (id_reporte_mensual bigint, fecha date, id_sitio bigint, capturas int, valor_mn numeric, valor_usd numeric,
    diferencia_mn numeric, diferencia_usd numeric)
  LANGUAGE sql STABLE AS $$
  SELECT p.id_reporte_mensual, p.fecha_produccion, p.id_sitio_produccion, count(*)::int,
    sum(round(p.volumen_produccion * pa.precio_unitario_mn, 2)), sum(round(p.volumen_produccion * pa.precio_unitario_usd, 2)),
    coalesce(sum(round(l.mn + (p.volumen_produccion - l.volumen) * pa.precio_unitario_mn, 2) - round(p.volumen_produccion * pa.precio_unitario_mn, 2)), 0),
    coalesce(sum(round(l.usd + (p.volumen_produccion - l.volumen) * pa.precio_unitario_usd, 2) - round(p.volumen_produccion * pa.precio_unitario_usd, 2)), 0)
  FROM unnest(carpetas) AS c(id)
  JOIN produccion p ON p.id_reporte_mensual = c.id
  JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo
  LEFT JOIN LATERAL (
    SELECT sum(d.volumen_estimado) AS volumen, sum(d.volumen_estimado * d.precio_unitario_mn) AS mn, sum(d.volumen_estimado * d.precio_unitario_usd) AS usd
    FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29
    WHERE d.id_produccion = p.id AND NOT d.rechazada
  ) l ON true
  GROUP BY p.id_reporte_mensual, p.fecha_produccion, p.id_sitio_produccion
$$;

-- Computes again what is kept of the folders marked, at most some; says how many. One at a time. Each statement sees what
-- was committed when it begins, so what is computed holds at least every change whose mark is taken; a later one has its own
-- mark, which stays.
CREATE FUNCTION radar_refrescar(maximo int) RETURNS int
  LANGUAGE plpgsql AS $$
DECLARE
  carpetas bigint[];
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' OR NOT pg_try_advisory_xact_lock(734502) THEN
    RETURN 0;
  END IF;
  WITH elegidas AS (SELECT DISTINCT id_reporte_mensual FROM radar_cambio ORDER BY id_reporte_mensual LIMIT maximo),
    quitadas AS (DELETE FROM radar_cambio m USING elegidas e WHERE m.id_reporte_mensual = e.id_reporte_mensual)
  SELECT array_agg(id_reporte_mensual) INTO carpetas FROM elegidas;
  IF carpetas IS NULL THEN
    RETURN 0;
  END IF;
  DELETE FROM radar_cobro WHERE id_reporte_mensual = ANY (carpetas);
  INSERT INTO radar_cobro (id_reporte_mensual, fecha, id_sitio, estado, piezas, importe_mn, importe_usd)
    SELECT id_reporte_mensual, fecha, id_sitio, estado, piezas, importe_mn, importe_usd FROM radar_cobros(carpetas);
  DELETE FROM radar_valor WHERE id_reporte_mensual = ANY (carpetas);
  INSERT INTO radar_valor (id_reporte_mensual, fecha, id_sitio, capturas, valor_mn, valor_usd, diferencia_mn, diferencia_usd)
    SELECT id_reporte_mensual, fecha, id_sitio, capturas, valor_mn, valor_usd, diferencia_mn, diferencia_usd FROM radar_valores(carpetas);
  RETURN cardinality(carpetas);
END $$;

-- What is kept of the folders without marks, and the others computed now: one statement, one snapshot.
CREATE VIEW radar_vigente AS
  SELECT k.id_reporte_mensual, k.fecha, k.id_sitio, k.estado, k.piezas, k.importe_mn, k.importe_usd FROM radar_cobro k
  WHERE NOT EXISTS (SELECT FROM radar_cambio m WHERE m.id_reporte_mensual = k.id_reporte_mensual)
  UNION ALL
  SELECT v.id_reporte_mensual, v.fecha, v.id_sitio, v.estado, v.piezas, v.importe_mn, v.importe_usd
  FROM radar_cobros(ARRAY(SELECT DISTINCT m.id_reporte_mensual FROM radar_cambio m)) v;
COMMENT ON VIEW radar_vigente IS 'Radar de cobro by folder, day, site and state, exact at this instant';
CREATE VIEW radar_valor_vigente AS
  SELECT k.id_reporte_mensual, k.fecha, k.id_sitio, k.capturas, k.valor_mn, k.valor_usd, k.diferencia_mn, k.diferencia_usd FROM radar_valor k
  WHERE NOT EXISTS (SELECT FROM radar_cambio m WHERE m.id_reporte_mensual = k.id_reporte_mensual)
  UNION ALL
  SELECT v.id_reporte_mensual, v.fecha, v.id_sitio, v.capturas, v.valor_mn, v.valor_usd, v.diferencia_mn, v.diferencia_usd
  FROM radar_valores(ARRAY(SELECT DISTINCT m.id_reporte_mensual FROM radar_cambio m)) v;
COMMENT ON VIEW radar_valor_vigente IS 'Value of the production by folder, day and site, exact at this instant';

-- ----------------------------------------------------------------------------- by hand: the marks

-- Of tables that say their folder: production and days.
CREATE FUNCTION radar_marcar_carpeta() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO radar_cambio (id_reporte_mensual) SELECT DISTINCT id_reporte_mensual FROM nuevas;
  END IF;
  IF TG_OP = 'DELETE' THEN
    INSERT INTO radar_cambio (id_reporte_mensual) SELECT DISTINCT id_reporte_mensual FROM viejas;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO radar_cambio (id_reporte_mensual)
      SELECT DISTINCT id_reporte_mensual FROM viejas EXCEPT SELECT DISTINCT id_reporte_mensual FROM nuevas;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER radar_produccion_alta AFTER INSERT ON produccion
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_carpeta();
CREATE TRIGGER radar_produccion_cambio AFTER UPDATE ON produccion
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_carpeta();
CREATE TRIGGER radar_produccion_baja AFTER DELETE ON produccion
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_carpeta();
CREATE TRIGGER radar_dia_alta AFTER INSERT ON reporte_diario_detalle
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_carpeta();
CREATE TRIGGER radar_dia_cambio AFTER UPDATE ON reporte_diario_detalle
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_carpeta();
CREATE TRIGGER radar_dia_baja AFTER DELETE ON reporte_diario_detalle
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_carpeta();

-- Of tables that say their production: GPUs and lines.
CREATE FUNCTION radar_marcar_produccion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO radar_cambio (id_reporte_mensual)
      SELECT DISTINCT p.id_reporte_mensual FROM nuevas n JOIN produccion p ON p.id = n.id_produccion;
  END IF;
  IF TG_OP = 'DELETE' THEN
    INSERT INTO radar_cambio (id_reporte_mensual)
      SELECT DISTINCT p.id_reporte_mensual FROM viejas v JOIN produccion p ON p.id = v.id_produccion;
  ELSIF TG_OP = 'UPDATE' THEN
    INSERT INTO radar_cambio (id_reporte_mensual)
      SELECT DISTINCT p.id_reporte_mensual FROM (SELECT id_produccion FROM viejas EXCEPT SELECT id_produccion FROM nuevas) v
      JOIN produccion p ON p.id = v.id_produccion;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER radar_gpu_alta AFTER INSERT ON registro_generadores_pu
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_produccion();
CREATE TRIGGER radar_gpu_cambio AFTER UPDATE ON registro_generadores_pu
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_produccion();
CREATE TRIGGER radar_gpu_baja AFTER DELETE ON registro_generadores_pu
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_produccion();
CREATE TRIGGER radar_linea_alta AFTER INSERT ON estimacion_detalle
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_produccion();
CREATE TRIGGER radar_linea_cambio AFTER UPDATE ON estimacion_detalle
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_produccion();
CREATE TRIGGER radar_linea_baja AFTER DELETE ON estimacion_detalle
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_produccion();

CREATE FUNCTION radar_marcar_evidencia() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO radar_cambio (id_reporte_mensual)
      SELECT DISTINCT p.id_reporte_mensual FROM nuevas n JOIN registro_generadores_pu g ON g.id = n.id_gpu JOIN produccion p ON p.id = g.id_produccion;
  END IF;
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO radar_cambio (id_reporte_mensual)
      SELECT DISTINCT p.id_reporte_mensual FROM viejas v JOIN registro_generadores_pu g ON g.id = v.id_gpu JOIN produccion p ON p.id = g.id_produccion;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER radar_evidencia_alta AFTER INSERT ON evidencia_gpu
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_evidencia();
CREATE TRIGGER radar_evidencia_cambio AFTER UPDATE ON evidencia_gpu
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_evidencia();
CREATE TRIGGER radar_evidencia_baja AFTER DELETE ON evidencia_gpu
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_evidencia();

-- An estimation that changes of status.
CREATE FUNCTION radar_marcar_estimacion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO radar_cambio (id_reporte_mensual)
    SELECT DISTINCT p.id_reporte_mensual
    FROM (SELECT id, id_estatus_cobro FROM nuevas EXCEPT SELECT id, id_estatus_cobro FROM viejas) n
    JOIN estimacion_detalle d ON d.id_estimacion_header = n.id JOIN produccion p ON p.id = d.id_produccion;
  RETURN NULL;
END $$;
CREATE TRIGGER radar_estimacion_cambio AFTER UPDATE ON estimacion_header
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_estimacion();

-- A price or an annex corrected in its place; a new version of the annex re-attaches the production, which is marked by itself.
CREATE FUNCTION radar_marcar_partida() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO radar_cambio (id_reporte_mensual)
    SELECT DISTINCT p.id_reporte_mensual
    FROM (SELECT id, precio_unitario_mn, precio_unitario_usd FROM nuevas EXCEPT SELECT id, precio_unitario_mn, precio_unitario_usd FROM viejas) n
    JOIN produccion p ON p.id_partida_anexo = n.id;
  RETURN NULL;
END $$;
CREATE TRIGGER radar_partida_cambio AFTER UPDATE ON partida_anexo_importada
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_partida();
CREATE FUNCTION radar_marcar_concepto() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO radar_cambio (id_reporte_mensual)
    SELECT DISTINCT p.id_reporte_mensual FROM (SELECT id, anexo FROM nuevas EXCEPT SELECT id, anexo FROM viejas) n
    JOIN produccion p ON p.id_concepto_consolidado = n.id;
  RETURN NULL;
END $$;
CREATE TRIGGER radar_concepto_cambio AFTER UPDATE ON concepto_consolidado
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION radar_marcar_concepto();

-- Everything that there already is.
INSERT INTO radar_cambio (id_reporte_mensual) SELECT DISTINCT id_reporte_mensual FROM produccion;
