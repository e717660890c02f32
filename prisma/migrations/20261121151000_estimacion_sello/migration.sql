-- The seal of a sent estimation: what its header, its deductions and its proof were at its last step (decision 0037).

-- AlterTable
ALTER TABLE "estimacion_instantanea" ADD COLUMN     "sello" CHAR(64);


-- ----------------------------------------------------------------------------- by hand

COMMENT ON COLUMN estimacion_instantanea.sello IS 'huella_de_estimacion() at the end of the last step: a hand in the database is seen by verificar';

-- Fingerprint of what the documents print that the snapshot does not hold. Days and instants as ISO, whatever the session.
CREATE FUNCTION huella_de_estimacion(cual bigint) RETURNS text
  LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    jsonb_build_array(h.id_ot, h.numero, h.fecha_estimacion, h.fecha_desde, h.fecha_hasta, h.id_estatus_cobro, h.total_volumen_producido,
      h.total_volumen_estimado, h.total_importe_mn, h.total_importe_usd, h.total_homologado, h.total_deduccion_mn, h.total_deduccion_usd,
      h.tipo_cambio, h.tipo_cambio_fuente, h.tipo_cambio_dia, h.comentario, h.creado_por, h.enviado_por, h.fecha_envio AT TIME ZONE 'UTC',
      h.autorizado_por, h.fecha_autorizacion, h.folio_factura, h.fecha_factura, h.fecha_cobro, h.motivo),
    (SELECT jsonb_agg(jsonb_build_array(d.orden, d.nombre, d.porcentaje, d.importe_mn, d.importe_usd) ORDER BY d.orden)
      FROM estimacion_deduccion d WHERE d.id_estimacion_header = h.id),
    (SELECT jsonb_agg(jsonb_build_array(p.orden, p.anexo, p.codigo, p.concepto, p.unidad, p.contratado, p.estimado_antes, p.estimado, p.por_estimar,
        p.excedente, p.producido, p.precio_unitario_mn, p.precio_unitario_usd, p.importe_mn, p.importe_usd) ORDER BY p.orden, p.id_concepto_consolidado)
      FROM estimacion_prueba p WHERE p.id_estimacion_header = h.id),
    (SELECT jsonb_build_array(r.calculada_en AT TIME ZONE 'UTC', r.conceptos_sin_produccion, r.contratado_mn, r.contratado_usd)
      FROM estimacion_prueba_resumen r WHERE r.id_estimacion_header = h.id)
  )::text, 'UTF8')), 'hex')
  FROM estimacion_header h WHERE h.id = cual
$$;

-- Those sent before there was a seal, as they are.
UPDATE estimacion_instantanea SET sello = huella_de_estimacion(id_estimacion_header);
