-- The version in force of a concept (produccion.md §5.4.4), said once for the sábana, the excedentes, the GPUs, the
-- reports and billing: among the active versions of the live members of its family, that of the highest reprogramación
-- (the initial order is 0; tie, the newest version).
CREATE VIEW concepto_en_vigor AS
  SELECT DISTINCT ON (k.id_ot, k.id) k.id_ot, k.id AS id_concepto, p.id AS id_partida, v.id AS id_importacion, v.id_ot AS id_miembro,
    p.volumen_proyectado AS tope, p.precio_unitario_mn AS pu_mn, p.precio_unitario_usd AS pu_usd
  FROM concepto_consolidado k
  JOIN partida_anexo_importada p ON p.id_concepto_consolidado = k.id
  JOIN importacion_anexo v ON v.id = p.id_importacion_anexo AND v.es_activo
  JOIN ot o ON o.id = v.id_ot AND o.estatus = 1 AND coalesce(o.ot_principal, o.id) = k.id_ot
  ORDER BY k.id_ot, k.id, CASE WHEN o.id_tipo = 4 THEN 0 ELSE coalesce(o.num_reprogramacion, 0) END DESC, v.id DESC;
COMMENT ON VIEW concepto_en_vigor IS 'Partida in force of each concept of a family: authorised volume and prices';

-- Everything that a family shows: its concepts in force, and those that have production although no active version has
-- them (produccion.md §5.4.6), authorised 0 and with the prices of the partida that their production was captured on.
CREATE VIEW concepto_de_familia AS
  SELECT id_ot, id_concepto, id_partida, id_importacion, tope, pu_mn, pu_usd, true AS en_vigor FROM concepto_en_vigor
  UNION ALL
  SELECT k.id_ot, k.id, p.id, p.id_importacion_anexo, 0, p.precio_unitario_mn, p.precio_unitario_usd, false
  FROM concepto_consolidado k
  CROSS JOIN LATERAL (
    SELECT x.id_partida_anexo FROM produccion x WHERE x.id_concepto_consolidado = k.id ORDER BY x.id DESC LIMIT 1
  ) x
  JOIN partida_anexo_importada p ON p.id = x.id_partida_anexo
  WHERE NOT EXISTS (SELECT FROM concepto_en_vigor c WHERE c.id_ot = k.id_ot AND c.id_concepto = k.id);
COMMENT ON VIEW concepto_de_familia IS 'Concepts in force of a family, and those that only have production';

-- Production of a closed month does not change either (produccion.md §5.9), not even by hand; re-attaching an annex goes
-- on (`sascop.reacomodo`), as on signed days.
CREATE FUNCTION produccion_cuidar_mes_cerrado() RETURNS trigger LANGUAGE plpgsql AS $$
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
    FROM viejas v JOIN nuevas n ON n.id = v.id
      AND (n.volumen_produccion, n.fecha_produccion, n.id_sitio_produccion, n.tipo_tiempo, n.id_reporte_mensual)
        IS DISTINCT FROM (v.volumen_produccion, v.fecha_produccion, v.id_sitio_produccion, v.tipo_tiempo, v.id_reporte_mensual)
    JOIN reporte_mensual_header m ON m.id IN (v.id_reporte_mensual, n.id_reporte_mensual) AND m.id_estatus <> 21
    LIMIT 1;
  END IF;
  IF cerrado IS NOT NULL THEN
    RAISE EXCEPTION 'the monthly folder % is closed; violates constraint "produccion_mes_cerrado"', cerrado
      USING ERRCODE = 'check_violation', CONSTRAINT = 'produccion_mes_cerrado', TABLE = 'produccion', SCHEMA = 'public';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER produccion_mes_cerrado_alta AFTER INSERT ON produccion
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION produccion_cuidar_mes_cerrado();
CREATE TRIGGER produccion_mes_cerrado_cambio AFTER UPDATE ON produccion
  REFERENCING OLD TABLE AS viejas NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION produccion_cuidar_mes_cerrado();
CREATE TRIGGER produccion_mes_cerrado_baja AFTER DELETE ON produccion
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION produccion_cuidar_mes_cerrado();
