-- The activity log by local months (docs/decisiones/0020): registro_actividad becomes a partitioned table with what it
-- already holds; one partition per month of America/Mexico_City and `registro_actividad_resto` for whatever has none, so
-- that no insert ever fails. Besides, the daily seal and the counts of closed months.

-- ------------------------------------------------------------------------------------------------ the old table aside
DROP TRIGGER registro_actividad_solo_altas ON registro_actividad;
ALTER TABLE registro_actividad DROP CONSTRAINT registro_actividad_usuario_fk;
ALTER TABLE registro_actividad DROP CONSTRAINT registro_actividad_pkey;
DROP INDEX registro_actividad_fecha, registro_actividad_usuario, registro_actividad_registro, registro_actividad_evento;
ALTER TABLE registro_actividad RENAME TO registro_actividad_antes;

CREATE TABLE registro_actividad (
    "id" BIGINT NOT NULL DEFAULT nextval('registro_actividad_id_seq'),
    "tabla_log" INTEGER NOT NULL,
    "registro_id" BIGINT,
    "evento" VARCHAR(30) NOT NULL,
    "campo" VARCHAR(200) NOT NULL,
    "campo_clave" VARCHAR(100),
    "valor_anterior" TEXT,
    "valor_actual" TEXT,
    "afectacion" VARCHAR(100) NOT NULL,
    "detalle" TEXT NOT NULL DEFAULT '',
    "fecha" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "usuario_id" BIGINT,
    "ip" VARCHAR(64),
    "agente" TEXT,
    "transaccion" UUID,
    "version" INTEGER,
    -- Contains-search of the screen (core.md §9.6): what people read of a row, in lower case.
    "busqueda" TEXT GENERATED ALWAYS AS (lower((detalle || E'\n' || campo || E'\n' || coalesce(valor_anterior, '') || E'\n' ||
      coalesce(valor_actual, '') || E'\n' || evento || E'\n' || afectacion) COLLATE "pg_c_utf8")) STORED,

    CONSTRAINT "registro_actividad_pkey" PRIMARY KEY ("id", "fecha"),
    CONSTRAINT "registro_actividad_usuario_fk" FOREIGN KEY ("usuario_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
) PARTITION BY RANGE (fecha);
ALTER SEQUENCE registro_actividad_id_seq OWNED BY registro_actividad.id;

CREATE INDEX "registro_actividad_fecha" ON "registro_actividad"("fecha" DESC, "id" DESC);
CREATE INDEX "registro_actividad_usuario" ON "registro_actividad"("usuario_id", "fecha" DESC, "id" DESC);
CREATE INDEX "registro_actividad_registro" ON "registro_actividad"("registro_id", "tabla_log", "fecha" DESC, "id" DESC);
CREATE INDEX "registro_actividad_evento" ON "registro_actividad"("evento", "fecha" DESC, "id" DESC);
CREATE INDEX "registro_actividad_tabla" ON "registro_actividad"("tabla_log", "fecha" DESC, "id" DESC);
-- By statement: it fires on the table it is asked of, so every partition has its own.
CREATE TRIGGER registro_actividad_solo_altas BEFORE UPDATE OR DELETE OR TRUNCATE ON registro_actividad
  FOR EACH STATEMENT EXECUTE FUNCTION registro_actividad_rechazar();

-- ------------------------------------------------------------------------------------------------------- partitions
-- Creates the partitions of those local months that are missing, and of the months of rows that fell into the rest,
-- which it moves to their place. The owner's rights: a role that may not create tables may ask for it.
CREATE FUNCTION registro_actividad_preparar(desde date, hasta date) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  zona CONSTANT text := 'America/Mexico_City';
  primero date;
  nombre text;
  quien record;
  creadas integer := 0;
  mover boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(734502);
  IF to_regclass('registro_actividad_resto') IS NULL THEN
    CREATE TABLE registro_actividad_resto PARTITION OF registro_actividad DEFAULT;
  END IF;
  CREATE TEMP TABLE IF NOT EXISTS meses_por_crear (mes date, en_resto boolean) ON COMMIT DROP;
  TRUNCATE meses_por_crear;
  INSERT INTO meses_por_crear
    SELECT m.mes, bool_or(m.en_resto) FROM (
      SELECT g::date AS mes, false AS en_resto FROM generate_series(date_trunc('month', desde::timestamp), hasta::timestamp, interval '1 month') g
      UNION ALL
      SELECT DISTINCT date_trunc('month', r.fecha AT TIME ZONE zona)::date, true FROM registro_actividad_resto r
    ) m
    WHERE to_regclass('registro_actividad_' || to_char(m.mes, 'YYYY_MM')) IS NULL
    GROUP BY m.mes;
  SELECT coalesce(bool_or(en_resto), false) INTO mover FROM meses_por_crear;
  IF mover THEN
    ALTER TABLE registro_actividad DETACH PARTITION registro_actividad_resto;
    ALTER TABLE registro_actividad_resto RENAME TO registro_actividad_mudanza;
    CREATE TABLE registro_actividad_resto PARTITION OF registro_actividad DEFAULT;
  END IF;
  FOR primero IN SELECT mes FROM meses_por_crear ORDER BY mes LOOP
    nombre := 'registro_actividad_' || to_char(primero, 'YYYY_MM');
    EXECUTE format('CREATE TABLE %I PARTITION OF registro_actividad FOR VALUES FROM (%L) TO (%L)', nombre,
      primero::timestamp AT TIME ZONE zona, (primero + interval '1 month') AT TIME ZONE zona);
    creadas := creadas + 1;
  END LOOP;
  IF mover THEN
    INSERT INTO registro_actividad (id, tabla_log, registro_id, evento, campo, campo_clave, valor_anterior, valor_actual, afectacion, detalle,
      fecha, usuario_id, ip, agente, transaccion, version)
      SELECT id, tabla_log, registro_id, evento, campo, campo_clave, valor_anterior, valor_actual, afectacion, detalle,
      fecha, usuario_id, ip, agente, transaccion, version FROM registro_actividad_mudanza ORDER BY id;
    DROP TABLE registro_actividad_mudanza;
  END IF;
  -- Every partition refuses changes by itself, and is reached only through its table.
  FOR nombre IN
    SELECT i.inhrelid::regclass::text FROM pg_inherits i WHERE i.inhparent = 'registro_actividad'::regclass
      AND NOT EXISTS (SELECT 1 FROM pg_trigger t WHERE t.tgrelid = i.inhrelid AND t.tgname = 'registro_actividad_solo_altas')
  LOOP
    EXECUTE format('CREATE TRIGGER registro_actividad_solo_altas BEFORE UPDATE OR DELETE OR TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION registro_actividad_rechazar()', nombre);
    FOR quien IN SELECT DISTINCT a.grantee::regrole AS rol FROM pg_class c, aclexplode(c.relacl) a
      WHERE c.oid = nombre::regclass AND a.grantee NOT IN (0, c.relowner)
    LOOP
      EXECUTE format('REVOKE ALL ON %s FROM %s', nombre, quien.rol);
    END LOOP;
  END LOOP;
  RETURN creadas;
END
$$;

SELECT registro_actividad_preparar(
  (SELECT date_trunc('month', coalesce(min(fecha), now()) AT TIME ZONE 'America/Mexico_City')::date FROM registro_actividad_antes),
  ((now() AT TIME ZONE 'America/Mexico_City') + interval '2 months')::date
);
INSERT INTO registro_actividad (id, tabla_log, registro_id, evento, campo, campo_clave, valor_anterior, valor_actual, afectacion, detalle,
    fecha, usuario_id, ip, agente, transaccion, version)
  SELECT id, tabla_log, registro_id, evento, campo, campo_clave, valor_anterior, valor_actual, afectacion, detalle,
    fecha, usuario_id, ip, agente, transaccion, version FROM registro_actividad_antes ORDER BY id;
DROP TABLE registro_actividad_antes;

-- -------------------------------------------------------------------------------------------------- seal and counts
CREATE TABLE "sello_auditoria" (
    "dia" DATE NOT NULL,
    "filas" INTEGER NOT NULL,
    "huellas" BYTEA,
    "resumen" VARCHAR(64) NOT NULL,
    "hash_anterior" VARCHAR(64) NOT NULL,
    "hash" VARCHAR(64) NOT NULL,
    "cerrado" BOOLEAN NOT NULL,
    "sellado_en" TIMESTAMPTZ(3) NOT NULL,
    "retirado_en" TIMESTAMPTZ(3),
    "hash_retiro" VARCHAR(64),

    CONSTRAINT "sello_auditoria_pkey" PRIMARY KEY ("dia"),
    CONSTRAINT sello_auditoria_huellas_por_fila CHECK (huellas IS NULL OR length(huellas) = filas * 16),
    CONSTRAINT sello_auditoria_retiro CHECK ((huellas IS NULL) = (retirado_en IS NOT NULL) AND (retirado_en IS NULL) = (hash_retiro IS NULL))
);

CREATE FUNCTION sello_auditoria_cuidar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND (NOT OLD.cerrado OR
    (OLD.retirado_en IS NULL AND NEW.retirado_en IS NOT NULL AND NEW.dia = OLD.dia AND NEW.hash = OLD.hash AND NEW.cerrado)) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'sello_auditoria: % of a closed seal refused; violates constraint "sello_auditoria_inmutable"', TG_OP
    USING ERRCODE = 'check_violation', CONSTRAINT = 'sello_auditoria_inmutable', TABLE = 'sello_auditoria', SCHEMA = 'public';
END
$$;
CREATE TRIGGER sello_auditoria_inmutable BEFORE UPDATE OR DELETE ON sello_auditoria
  FOR EACH ROW EXECUTE FUNCTION sello_auditoria_cuidar();

CREATE TABLE "conteo_auditoria" (
    "mes" DATE NOT NULL,
    "tabla_log" INTEGER NOT NULL,
    "evento" VARCHAR(30) NOT NULL,
    "usuario_id" BIGINT NOT NULL,
    "filas" INTEGER NOT NULL,

    CONSTRAINT "conteo_auditoria_pkey" PRIMARY KEY ("mes", "tabla_log", "evento", "usuario_id")
);

-- What a month gets when its last day is sealed and nothing more will enter it: the index of the search (maintained row by
-- row it would make every insert three times slower) and the counts.
CREATE FUNCTION registro_actividad_cerrar(mes date) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  zona CONSTANT text := 'America/Mexico_City';
  particion text := 'registro_actividad_' || to_char(mes, 'YYYY_MM');
BEGIN
  PERFORM registro_actividad_preparar(mes, mes);
  EXECUTE format('CREATE INDEX IF NOT EXISTS %I ON %I USING gin (busqueda gin_trgm_ops) WITH (fastupdate = off)',
    particion || '_busqueda', particion);
  EXECUTE format('ANALYZE %I', particion);
  DELETE FROM conteo_auditoria c WHERE c.mes = registro_actividad_cerrar.mes;
  INSERT INTO conteo_auditoria (mes, tabla_log, evento, usuario_id, filas)
    SELECT registro_actividad_cerrar.mes, a.tabla_log, a.evento, coalesce(a.usuario_id, 0), count(*) FROM registro_actividad a
    WHERE a.fecha >= (registro_actividad_cerrar.mes::timestamp AT TIME ZONE zona)
      AND a.fecha < ((registro_actividad_cerrar.mes + interval '1 month') AT TIME ZONE zona)
    GROUP BY 2, 3, 4;
END
$$;

-- -------------------------------------------------------------------------------------------- meaning of the columns
COMMENT ON TABLE registro_actividad IS 'Activity log, append-only (core.md §9); a partition per local month';
COMMENT ON COLUMN registro_actividad.tabla_log IS 'Code of the affected table (core.md §9.1): 0 PTE, 1 PTE step, 4 OT, 5 OT step, 28 user, 29 session…';
COMMENT ON COLUMN registro_actividad.registro_id IS 'Id of the affected record; null when there is none (failed login)';
COMMENT ON COLUMN registro_actividad.evento IS 'CREAR, REGISTRAR, MODIFICAR, ACTUALIZAR, ELIMINAR, IMPORTAR, EXPORTAR, ENVIAR, INICIAR SESION, CERRAR SESION, REACTIVAR';
COMMENT ON COLUMN registro_actividad.campo IS 'Label of the field as people read it, or the verb of a one-line event';
COMMENT ON COLUMN registro_actividad.campo_clave IS 'Technical name of the field';
COMMENT ON COLUMN registro_actividad.valor_anterior IS 'Old value as people read it (dates DD/MM/YYYY, descriptions instead of ids)';
COMMENT ON COLUMN registro_actividad.valor_actual IS 'New value as people read it';
COMMENT ON COLUMN registro_actividad.afectacion IS 'Name of the affected table in words';
COMMENT ON COLUMN registro_actividad.detalle IS 'Complement of the sentence, plain text';
COMMENT ON COLUMN registro_actividad.usuario_id IS 'Who; null only for jobs of the system';
COMMENT ON COLUMN registro_actividad.transaccion IS 'Groups the rows of one request';
COMMENT ON COLUMN registro_actividad.busqueda IS 'Texts of the row that the search looks in, lower case; indexed in closed months';
COMMENT ON COLUMN registro_actividad.version IS 'Version of the record after the change, to say who was faster when two people edit it';
COMMENT ON TABLE sello_auditoria IS 'Seal of each local day of the log: chain of HMACs whose key is not in the database';
COMMENT ON COLUMN sello_auditoria.huellas IS '16 bytes per row in order of id: the id and the first 8 bytes of its HMAC; null once retired to its file';
COMMENT ON COLUMN sello_auditoria.resumen IS 'SHA-256 of huellas';
COMMENT ON COLUMN sello_auditoria.hash IS 'HMAC of day, rows, resumen and hash_anterior';
COMMENT ON COLUMN sello_auditoria.cerrado IS 'False while the day goes on: what is sealed so far';
COMMENT ON COLUMN sello_auditoria.hash_retiro IS 'HMAC that proves that its rows were retired by the program';
COMMENT ON TABLE conteo_auditoria IS 'Rows of each sealed month by table, event and person, so that counting does not grow with the log';
COMMENT ON COLUMN conteo_auditoria.usuario_id IS '0 = Sistema';
