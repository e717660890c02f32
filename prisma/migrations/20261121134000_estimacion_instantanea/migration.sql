-- What the documents of an estimation print of the rest of the system, kept when it leaves the draft (decision 0037).

-- CreateTable
CREATE TABLE "estimacion_instantanea" (
    "id_estimacion_header" BIGINT NOT NULL,
    "contenido" JSONB NOT NULL,
    "pasos" JSONB NOT NULL DEFAULT '[]',
    "sha256" CHAR(64) NOT NULL,

    CONSTRAINT "estimacion_instantanea_pkey" PRIMARY KEY ("id_estimacion_header")
);

-- AddForeignKey
ALTER TABLE "estimacion_instantanea" ADD CONSTRAINT "estimacion_instantanea_header_fk" FOREIGN KEY ("id_estimacion_header") REFERENCES "estimacion_header"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ----------------------------------------------------------------------------- by hand

ALTER TABLE estimacion_instantanea
  ADD CONSTRAINT estimacion_instantanea_forma CHECK (
    jsonb_typeof(contenido) = 'object' AND jsonb_typeof(contenido -> 'lineas') = 'array'
    AND jsonb_typeof(contenido -> 'gpus') = 'array' AND jsonb_typeof(pasos) = 'array'
  ),
  ADD CONSTRAINT estimacion_instantanea_sha256_valida CHECK (sha256 ~ '^[0-9a-f]{64}$');

-- The fingerprint of a snapshot: jsonb has one text for each value.
CREATE FUNCTION huella_de_instantanea(contenido jsonb, pasos jsonb) RETURNS text
  LANGUAGE sql STABLE
  RETURN encode(sha256(convert_to(contenido::text || E'\n' || pasos::text, 'UTF8')), 'hex');

-- The lines of a snapshot without what taking one out changes.
CREATE FUNCTION instantanea_sin_rechazos(contenido jsonb) RETURNS jsonb
  LANGUAGE sql IMMUTABLE
  RETURN (SELECT jsonb_agg(l.linea - 'rechazada' - 'comentario' ORDER BY l.orden)
    FROM jsonb_array_elements(contenido -> 'lineas') WITH ORDINALITY AS l(linea, orden));

-- It is born when the estimation leaves the draft and goes when it comes back to it; meanwhile its steps only grow, and
-- only taking a line out of a sent estimation changes that line.
CREATE FUNCTION estimacion_instantanea_congelada() RETURNS trigger
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
      AND (NEW.contenido = OLD.contenido OR (estatus = 25 AND NEW.contenido - 'lineas' = OLD.contenido - 'lineas'
        AND instantanea_sin_rechazos(NEW.contenido) = instantanea_sin_rechazos(OLD.contenido)))
  END;
  IF NOT coalesce(legal, false) THEN
    RAISE EXCEPTION 'What estimation % prints is frozen; violates constraint "estimacion_instantanea_congelada"', de_quien
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_instantanea_congelada';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER estimacion_instantanea_congelada BEFORE INSERT OR UPDATE OR DELETE ON estimacion_instantanea
  FOR EACH ROW EXECUTE FUNCTION estimacion_instantanea_congelada();
