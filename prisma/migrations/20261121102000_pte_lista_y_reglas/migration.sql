-- What the PTE module needs of its tables: year and search of the list (pte.md §7.3), its seal, and the rules that were missing.

ALTER TABLE "pte_header"
  ADD COLUMN "anio" INTEGER GENERATED ALWAYS AS (CASE WHEN "oficio_pte" ~ '-[0-9]{4}$' THEN right("oficio_pte", 4)::integer END) STORED,
  ADD COLUMN "busqueda" TEXT
    GENERATED ALWAYS AS (lower(("oficio_pte" || E'\n' || "oficio_solicitud" || E'\n' || "descripcion_trabajo") COLLATE "pg_c_utf8")) STORED;

-- By hand from here on

-- The legacy SUSPENDIDA (pte.md §4.2). The CHECK still lets it in, because an old dump may bring it; nobody writes it.
UPDATE pte_header SET estatus = 15 WHERE estatus = 9;
UPDATE pte_header SET oficio_solicitud = 'PENDIENTE' WHERE btrim(oficio_solicitud) = '';
UPDATE pte_header SET descripcion_trabajo = 'POR DEFINIR' WHERE btrim(descripcion_trabajo, E' \t\r\n') = '';
UPDATE pte_detalle SET archivo = NULL WHERE btrim(archivo) = '';

ALTER TABLE pte_header
  ADD CONSTRAINT pte_header_solicitud_no_vacia CHECK (btrim(oficio_solicitud) <> ''),
  ADD CONSTRAINT pte_header_descripcion_no_vacia CHECK (btrim(descripcion_trabajo, E' \t\r\n') <> '');

-- The kind of a PTE is of level 1 (R-PTE-04), which a foreign key cannot say. Once per statement over all its rows.
CREATE FUNCTION pte_cuidar_tipo() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  fallo bigint;
BEGIN
  SELECT n.id INTO fallo FROM nuevas n JOIN tipo t ON t.id = n.id_tipo WHERE t.nivel_afectacion <> 1 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'row % of pte_header violates constraint "pte_header_tipo_nivel"', fallo
      USING ERRCODE = 'check_violation', CONSTRAINT = 'pte_header_tipo_nivel', TABLE = 'pte_header', SCHEMA = 'public';
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER pte_header_tipo_alta AFTER INSERT ON pte_header
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION pte_cuidar_tipo();
CREATE TRIGGER pte_header_tipo_cambio AFTER UPDATE ON pte_header
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION pte_cuidar_tipo();

-- The list shows live PTEs. What its footer counts and sums travels in the index of its first order. A query uses these
-- only if it says exactly `estatus > 0`.
CREATE INDEX pte_header_lista ON pte_header (id) INCLUDE (total_homologado) WHERE estatus > 0;
CREATE INDEX pte_header_anio ON pte_header (anio, id) WHERE estatus > 0;
CREATE INDEX pte_header_busqueda ON pte_header USING gin (busqueda gin_trgm_ops) WHERE estatus > 0;
CREATE INDEX pte_header_lista_entrega_asc ON pte_header (fecha_entrega, id) WHERE estatus > 0;
CREATE INDEX pte_header_lista_entrega_desc ON pte_header (fecha_entrega DESC NULLS LAST, id DESC) WHERE estatus > 0;
-- The progress of thousands of PTEs is counted without reading their steps.
DROP INDEX pte_detalle_paso_unico;
CREATE UNIQUE INDEX pte_detalle_paso_unico ON pte_detalle (id_pte_header, id_paso) INCLUDE (estatus_paso);

-- Seal of the counts and orders of the PTE list, as cambios_ot is of that of OTs (same lock: see conteos.ts).
CREATE SEQUENCE cambios_pte;
COMMENT ON SEQUENCE cambios_pte IS 'Advances with every statement that changes pte_header or pte_detalle; stamps cached counts';
CREATE FUNCTION pte_anotar_cambio() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(734501);
  PERFORM nextval('cambios_pte');
  RETURN NULL;
END
$$;
CREATE TRIGGER pte_header_anota_cambio_pte BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON pte_header
  FOR EACH STATEMENT EXECUTE FUNCTION pte_anotar_cambio();
CREATE TRIGGER pte_detalle_anota_cambio_pte BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON pte_detalle
  FOR EACH STATEMENT EXECUTE FUNCTION pte_anotar_cambio();

COMMENT ON COLUMN pte_header.anio IS 'Generated: year at the end of the folio (-YYYY), null without it (pte.md §7.3)';
COMMENT ON COLUMN pte_header.busqueda IS 'Generated: folio, letter and description in lower case, one per line; what the search of the list looks into';
