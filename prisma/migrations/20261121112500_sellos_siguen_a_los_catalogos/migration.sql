-- A row of a catalogue that changes its name changes how the lists that show it sort, and what their search finds: the
-- counts and orders that they keep (src/plataforma/conteos.ts) are those of before. A row that is born or goes is of no
-- list yet: nothing refers to it.
CREATE TRIGGER responsable_proyecto_anota_cambio_de_ot BEFORE UPDATE ON responsable_proyecto
  FOR EACH STATEMENT EXECUTE FUNCTION ot_anotar_cambio();
CREATE TRIGGER cliente_anota_cambio_de_ot BEFORE UPDATE ON cliente
  FOR EACH STATEMENT EXECUTE FUNCTION ot_anotar_cambio();
CREATE TRIGGER frente_anota_cambio_de_ot BEFORE UPDATE ON frente
  FOR EACH STATEMENT EXECUTE FUNCTION ot_anotar_cambio();
CREATE TRIGGER sitio_anota_cambio_de_ot BEFORE UPDATE ON sitio
  FOR EACH STATEMENT EXECUTE FUNCTION ot_anotar_cambio();
COMMENT ON SEQUENCE cambios_ot IS 'Advances with every statement that changes ot, ot_detalle or pte_header, or a name that their list sorts by; stamps cached counts';

CREATE TRIGGER responsable_proyecto_anota_cambio_de_pte BEFORE UPDATE ON responsable_proyecto
  FOR EACH STATEMENT EXECUTE FUNCTION pte_anotar_cambio();
CREATE TRIGGER cliente_anota_cambio_de_pte BEFORE UPDATE ON cliente
  FOR EACH STATEMENT EXECUTE FUNCTION pte_anotar_cambio();
CREATE TRIGGER tipo_anota_cambio_de_pte BEFORE UPDATE ON tipo
  FOR EACH STATEMENT EXECUTE FUNCTION pte_anotar_cambio();
COMMENT ON SEQUENCE cambios_pte IS 'Advances with every statement that changes pte_header or pte_detalle, or a name that their list sorts by or searches; stamps cached counts';

-- The products of the old system sort by them.
CREATE TRIGGER sitio_anota_cambio_de_contrato BEFORE UPDATE ON sitio
  FOR EACH STATEMENT EXECUTE FUNCTION contrato_anotar_cambio();
CREATE TRIGGER tipo_anota_cambio_de_contrato BEFORE UPDATE ON tipo
  FOR EACH STATEMENT EXECUTE FUNCTION contrato_anotar_cambio();
