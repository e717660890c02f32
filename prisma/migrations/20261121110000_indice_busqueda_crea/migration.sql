-- The search of every page (core.md §1, issue B §6): one narrow table for all kinds of records, so that a word typed once
-- is looked for everywhere in one way. Rows are derived and kept by triggers in the same statement that changes the
-- record; `npm run verificar` compares them with it. Decision 0022 says why not one search per module.
CREATE TABLE "indice_busqueda" (
    "tipo" VARCHAR(20) NOT NULL,
    "id_registro" BIGINT NOT NULL,
    "codigo" TEXT COLLATE "C" NOT NULL,
    "palabras" tsvector NOT NULL,

    CONSTRAINT "indice_busqueda_pkey" PRIMARY KEY ("tipo","id_registro")
);

ALTER TABLE "indice_busqueda" ADD CONSTRAINT "indice_busqueda_tipo_valido"
  CHECK ("tipo" IN ('pte', 'ot', 'concepto', 'usuario', 'responsable'));
COMMENT ON TABLE "indice_busqueda" IS 'Derived: what the global search looks in. Kept by triggers, never written by the program.';

-- One index per kind (people are few): a kind without matches never pays for the matches of another.
CREATE INDEX "indice_busqueda_codigo_inicio" ON "indice_busqueda" ("tipo", "codigo");
CREATE INDEX "indice_busqueda_palabras_pte" ON "indice_busqueda" USING gin ("palabras") WHERE "tipo" = 'pte';
CREATE INDEX "indice_busqueda_palabras_ot" ON "indice_busqueda" USING gin ("palabras") WHERE "tipo" = 'ot';
CREATE INDEX "indice_busqueda_palabras_concepto" ON "indice_busqueda" USING gin ("palabras") WHERE "tipo" = 'concepto';

-- Words: whatever is not a letter or a digit separates, so «OT-2025/010» is found by «ot», «2025» and «010». The pieces of
-- a code are there by groups of three letters too (`#025`), so that any part of a folio is found: one index answers words
-- and parts of codes alike, and its keys are few (a key per suffix made inserting four times slower).
CREATE FUNCTION busqueda_limpia(texto text) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN regexp_replace(left(texto_clave(texto), 20000), '[^a-z0-9]+', ' ', 'g');

CREATE FUNCTION busqueda_palabras(codigos text, texto text) RETURNS tsvector
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN array_to_tsvector(array_remove(
    string_to_array(busqueda_limpia(codigos || ' ' || texto), ' ')
    || ARRAY(
      SELECT '#' || substr(pieza, desde, 3)
      FROM string_to_table(busqueda_limpia(codigos), ' ') AS pieza, generate_series(1, length(pieza) - 2) AS desde
    ), ''));
COMMENT ON FUNCTION busqueda_palabras(text, text) IS 'Words of a record as the global search knows them: without accents nor case, codes also by their parts';

-- What each kind of record is found by; what is deleted or inactive is not found.
CREATE VIEW "busqueda_registros" AS
  SELECT 'pte'::varchar(20) AS tipo, id AS id_registro, texto_clave(concat_ws(' ', oficio_pte, oficio_solicitud)) AS codigo,
    descripcion_trabajo AS texto
    FROM pte_header WHERE estatus > 0
  UNION ALL
  SELECT 'ot', id, texto_clave(concat_ws(' ', orden_trabajo, oficio_ot)), descripcion_trabajo
    FROM ot WHERE estatus IN (-1, 1)
  UNION ALL
  SELECT 'concepto', id, texto_clave(concat_ws(' ', partida_ordinaria, partida_extraordinaria, codigo_interno)),
    descripcion
    FROM contrato_concepto_maestro WHERE activo
  UNION ALL
  SELECT 'usuario', id, texto_clave(concat_ws(' ', username, email)), concat_ws(' ', first_name, last_name)
    FROM "user"
  UNION ALL
  SELECT 'responsable', id, texto_clave(descripcion), descripcion
    FROM responsable_proyecto WHERE activo;
COMMENT ON VIEW "busqueda_registros" IS 'What indice_busqueda must hold, computed from the records';

-- One function for the five tables: forgets the rows of the statement and writes those that can be found.
CREATE FUNCTION indice_busqueda_poner(de_tipo text, ids bigint[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO indice_busqueda (tipo, id_registro, codigo, palabras)
    SELECT r.tipo, r.id_registro, r.codigo, busqueda_palabras(r.codigo, r.texto)
    FROM busqueda_registros r WHERE r.tipo = de_tipo AND r.id_registro = ANY (ids)
  ON CONFLICT (tipo, id_registro) DO UPDATE SET codigo = EXCLUDED.codigo, palabras = EXCLUDED.palabras
$$;

CREATE FUNCTION indice_busqueda_al_insertar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM indice_busqueda_poner(TG_ARGV[0], (SELECT array_agg(n.id) FROM nuevas n));
  RETURN NULL;
END $$;

CREATE FUNCTION indice_busqueda_al_borrar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM indice_busqueda i USING viejas v WHERE i.tipo = TG_ARGV[0] AND i.id_registro = v.id;
  RETURN NULL;
END $$;

CREATE FUNCTION indice_busqueda_al_cambiar() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM indice_busqueda WHERE tipo = TG_ARGV[0] AND id_registro = NEW.id;
  PERFORM indice_busqueda_poner(TG_ARGV[0], ARRAY[NEW.id]);
  RETURN NULL;
END $$;

CREATE TRIGGER pte_header_busqueda_insertar AFTER INSERT ON pte_header REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_insertar('pte');
CREATE TRIGGER pte_header_busqueda_borrar AFTER DELETE ON pte_header REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_borrar('pte');
CREATE TRIGGER pte_header_busqueda_cambiar AFTER UPDATE OF oficio_pte, oficio_solicitud, descripcion_trabajo, estatus ON pte_header FOR EACH ROW
  WHEN ((OLD.oficio_pte, OLD.oficio_solicitud, OLD.descripcion_trabajo, OLD.estatus > 0) IS DISTINCT FROM (NEW.oficio_pte, NEW.oficio_solicitud, NEW.descripcion_trabajo, NEW.estatus > 0))
  EXECUTE FUNCTION indice_busqueda_al_cambiar('pte');

CREATE TRIGGER ot_busqueda_insertar AFTER INSERT ON ot REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_insertar('ot');
CREATE TRIGGER ot_busqueda_borrar AFTER DELETE ON ot REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_borrar('ot');
CREATE TRIGGER ot_busqueda_cambiar AFTER UPDATE OF orden_trabajo, oficio_ot, descripcion_trabajo, estatus ON ot FOR EACH ROW
  WHEN ((OLD.orden_trabajo, OLD.oficio_ot, OLD.descripcion_trabajo, OLD.estatus = 0) IS DISTINCT FROM (NEW.orden_trabajo, NEW.oficio_ot, NEW.descripcion_trabajo, NEW.estatus = 0))
  EXECUTE FUNCTION indice_busqueda_al_cambiar('ot');

CREATE TRIGGER contrato_concepto_maestro_busqueda_insertar AFTER INSERT ON contrato_concepto_maestro REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_insertar('concepto');
CREATE TRIGGER contrato_concepto_maestro_busqueda_borrar AFTER DELETE ON contrato_concepto_maestro REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_borrar('concepto');
CREATE TRIGGER contrato_concepto_maestro_busqueda_cambiar AFTER UPDATE OF partida_ordinaria, partida_extraordinaria, codigo_interno, descripcion, activo ON contrato_concepto_maestro FOR EACH ROW
  WHEN ((OLD.partida_ordinaria, OLD.partida_extraordinaria, OLD.codigo_interno, OLD.descripcion, OLD.activo) IS DISTINCT FROM (NEW.partida_ordinaria, NEW.partida_extraordinaria, NEW.codigo_interno, NEW.descripcion, NEW.activo))
  EXECUTE FUNCTION indice_busqueda_al_cambiar('concepto');

CREATE TRIGGER user_busqueda_insertar AFTER INSERT ON "user" REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_insertar('usuario');
CREATE TRIGGER user_busqueda_borrar AFTER DELETE ON "user" REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_borrar('usuario');
CREATE TRIGGER user_busqueda_cambiar AFTER UPDATE OF username, first_name, last_name, email ON "user" FOR EACH ROW
  WHEN ((OLD.username, OLD.first_name, OLD.last_name, OLD.email) IS DISTINCT FROM (NEW.username, NEW.first_name, NEW.last_name, NEW.email))
  EXECUTE FUNCTION indice_busqueda_al_cambiar('usuario');

CREATE TRIGGER responsable_proyecto_busqueda_insertar AFTER INSERT ON responsable_proyecto REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_insertar('responsable');
CREATE TRIGGER responsable_proyecto_busqueda_borrar AFTER DELETE ON responsable_proyecto REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION indice_busqueda_al_borrar('responsable');
CREATE TRIGGER responsable_proyecto_busqueda_cambiar AFTER UPDATE OF descripcion, activo ON responsable_proyecto FOR EACH ROW
  WHEN ((OLD.descripcion, OLD.activo) IS DISTINCT FROM (NEW.descripcion, NEW.activo))
  EXECUTE FUNCTION indice_busqueda_al_cambiar('responsable');

INSERT INTO indice_busqueda (tipo, id_registro, codigo, palabras)
  SELECT tipo, id_registro, codigo, busqueda_palabras(codigo, texto) FROM busqueda_registros;
