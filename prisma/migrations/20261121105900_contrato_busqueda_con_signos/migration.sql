-- Parts of a code in the trigram index. pg_trgm leaves out what is neither letter nor digit, so «2.10» and «3/4"» found
-- nothing to look up and read the hundred thousand concepts. Each sign of the codes and of the sizes is written as a letter
-- that no text has: one for one, so that what contains what does not change.

CREATE OR REPLACE FUNCTION texto_busqueda(texto text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN translate(texto_clave(folio_clave(texto)), '.-/"''#', 'жщчшъы');

COMMENT ON FUNCTION texto_busqueda(text) IS 'Text as the search by words looks at it: lower case, without accents, blanks collapsed, signs of codes as letters';

-- The generated columns are computed again with it; codigos was not needed.
ALTER TABLE "contrato_concepto_maestro" DROP COLUMN "codigos", DROP COLUMN "busqueda";
ALTER TABLE "contrato_concepto_maestro" ADD COLUMN "busqueda" TEXT GENERATED ALWAYS AS (texto_busqueda(
  coalesce("partida_ordinaria", '') || ' ' || coalesce("partida_extraordinaria", '') || ' ' || coalesce("codigo_interno", '') || ' '
  || "descripcion" || CASE "id_tipo_partida" WHEN 7 THEN ' ' || coalesce("pte_creacion", '') || ' ' || coalesce("ot_creacion", '') ELSE '' END
)) STORED;
ALTER TABLE "producto" DROP COLUMN "busqueda";
ALTER TABLE "producto" ADD COLUMN "busqueda" TEXT GENERATED ALWAYS AS (texto_busqueda("id_partida" || ' ' || "descripcion_concepto")) STORED;

-- By hand from here on

-- Went away with their columns.
CREATE INDEX contrato_concepto_maestro_lista ON contrato_concepto_maestro (id_tipo_partida, partida_orden, id) WHERE activo;
CREATE INDEX contrato_concepto_maestro_busqueda ON contrato_concepto_maestro USING gin (busqueda gin_trgm_ops) WHERE activo;

COMMENT ON COLUMN contrato_concepto_maestro.busqueda IS 'Generated: codes and description (of a PUE its PTE and OT too) as texto_busqueda writes them';
