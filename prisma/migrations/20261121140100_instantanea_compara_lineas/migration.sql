-- The same rule, line against line: writing again both lists without what a rejection changes, to compare them, took with
-- five thousand lines most of the time of rejecting one.
CREATE FUNCTION instantanea_solo_rechazos(antes jsonb, ahora jsonb) RETURNS boolean
  LANGUAGE sql IMMUTABLE
  RETURN antes - 'lineas' = ahora - 'lineas' AND NOT EXISTS (
    SELECT FROM jsonb_array_elements(antes -> 'lineas') WITH ORDINALITY AS a(linea, orden)
      FULL JOIN jsonb_array_elements(ahora -> 'lineas') WITH ORDINALITY AS b(linea, orden) ON b.orden = a.orden
    WHERE a.linea IS DISTINCT FROM b.linea
      AND (a.linea - 'rechazada' - 'comentario') IS DISTINCT FROM (b.linea - 'rechazada' - 'comentario')
  );

CREATE OR REPLACE FUNCTION estimacion_instantanea_congelada() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  de_quien bigint := coalesce(NEW.id_estimacion_header, OLD.id_estimacion_header);
  estatus bigint;
  legal boolean;
BEGIN
  SELECT id_estatus_cobro INTO estatus FROM estimacion_header WHERE id = de_quien;
  legal := CASE TG_OP
    WHEN 'INSERT' THEN estatus <> 24
    WHEN 'DELETE' THEN estatus = 24
    ELSE NEW.id_estimacion_header = OLD.id_estimacion_header
      AND OLD.pasos = coalesce((SELECT jsonb_agg(p.paso ORDER BY p.orden) FROM jsonb_array_elements(NEW.pasos) WITH ORDINALITY AS p(paso, orden)
        WHERE p.orden <= jsonb_array_length(OLD.pasos)), '[]')
      AND (NEW.contenido = OLD.contenido OR (estatus = 25 AND instantanea_solo_rechazos(OLD.contenido, NEW.contenido)))
  END;
  IF NOT coalesce(legal, false) THEN
    RAISE EXCEPTION 'What estimation % prints is frozen; violates constraint "estimacion_instantanea_congelada"', de_quien
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_instantanea_congelada';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
DROP FUNCTION instantanea_sin_rechazos(jsonb);
