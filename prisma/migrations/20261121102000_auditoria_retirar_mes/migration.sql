-- Takes a month of the log out of the database, once its rows are in a file and its seals say so. With the rights of who
-- calls it: only the owner of the tables may.
CREATE FUNCTION registro_actividad_retirar(mes date) RETURNS void
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  particion text := 'registro_actividad_' || to_char(mes, 'YYYY_MM');
BEGIN
  IF to_regclass(particion) IS NULL THEN RETURN; END IF;
  IF EXISTS (SELECT 1 FROM sello_auditoria s WHERE date_trunc('month', s.dia) = mes AND (NOT s.cerrado OR s.retirado_en IS NULL)) THEN
    RAISE EXCEPTION 'registro_actividad_retirar: the month % has days whose seal is not retired', mes;
  END IF;
  EXECUTE format('ALTER TABLE registro_actividad DETACH PARTITION %I', particion);
  EXECUTE format('DROP TABLE %I', particion);
END
$$;
