-- Preparing months of the log and computing the radar again took the key that the historical imports take for their turn
-- (734502): while either ran, an import was told that another one was under way. Each has its own now.
DO $$
BEGIN
  EXECUTE replace(pg_get_functiondef('registro_actividad_preparar(date, date)'::regprocedure), '734502', '734504');
  EXECUTE replace(pg_get_functiondef('radar_refrescar(int)'::regprocedure), '734502', '734505');
END $$;
