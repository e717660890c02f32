-- CreateTable
CREATE TABLE "estimacion_prueba" (
    "id_estimacion_header" BIGINT NOT NULL,
    "id_concepto_consolidado" BIGINT NOT NULL,
    "orden" INTEGER NOT NULL,
    "id_partida_anexo" BIGINT,
    "anexo" VARCHAR(50) NOT NULL,
    "codigo" VARCHAR(50) NOT NULL,
    "concepto" TEXT NOT NULL,
    "unidad" VARCHAR(10) NOT NULL,
    "contratado" DECIMAL(18,6) NOT NULL,
    "estimado_antes" DECIMAL(18,6) NOT NULL,
    "estimado" DECIMAL(18,6) NOT NULL,
    "por_estimar" DECIMAL(18,6) NOT NULL,
    "excedente" DECIMAL(18,6) NOT NULL,
    "producido" DECIMAL(18,6) NOT NULL,
    "precio_unitario_mn" DECIMAL(15,4) NOT NULL,
    "precio_unitario_usd" DECIMAL(15,4) NOT NULL,
    "importe_mn" DECIMAL(18,2) NOT NULL,
    "importe_usd" DECIMAL(18,2) NOT NULL,

    CONSTRAINT "estimacion_prueba_pkey" PRIMARY KEY ("id_estimacion_header","id_concepto_consolidado")
);

-- CreateTable
CREATE TABLE "estimacion_prueba_resumen" (
    "id" BIGSERIAL NOT NULL,
    "id_estimacion_header" BIGINT NOT NULL,
    "calculada_en" TIMESTAMPTZ(3) NOT NULL,
    "conceptos_sin_produccion" INTEGER NOT NULL,
    "contratado_mn" DECIMAL(20,2) NOT NULL,
    "contratado_usd" DECIMAL(20,2) NOT NULL,

    CONSTRAINT "estimacion_prueba_resumen_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "estimacion_prueba_concepto" ON "estimacion_prueba"("id_concepto_consolidado");

-- CreateIndex
CREATE INDEX "estimacion_prueba_partida" ON "estimacion_prueba"("id_partida_anexo");

-- CreateIndex
CREATE UNIQUE INDEX "estimacion_prueba_resumen_unico" ON "estimacion_prueba_resumen"("id_estimacion_header");

-- AddForeignKey
ALTER TABLE "estimacion_prueba" ADD CONSTRAINT "estimacion_prueba_header_fk" FOREIGN KEY ("id_estimacion_header") REFERENCES "estimacion_header"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_prueba" ADD CONSTRAINT "estimacion_prueba_concepto_fk" FOREIGN KEY ("id_concepto_consolidado") REFERENCES "concepto_consolidado"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_prueba" ADD CONSTRAINT "estimacion_prueba_partida_fk" FOREIGN KEY ("id_partida_anexo") REFERENCES "partida_anexo_importada"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_prueba_resumen" ADD CONSTRAINT "estimacion_prueba_resumen_header_fk" FOREIGN KEY ("id_estimacion_header") REFERENCES "estimacion_header"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- ----------------------------------------------------------------------------- by hand: values

COMMENT ON TABLE estimacion_prueba IS 'Proof of a sent estimation by concept: contratado = estimado_antes + estimado + por_estimar + excedente';
COMMENT ON TABLE estimacion_prueba_resumen IS 'When a proof was taken, and what is contracted without any production yet';

ALTER TABLE estimacion_prueba
  ADD CONSTRAINT estimacion_prueba_cuadra CHECK (contratado = estimado_antes + estimado + por_estimar + excedente),
  ADD CONSTRAINT estimacion_prueba_signos CHECK (
    contratado >= 0 AND estimado_antes >= 0 AND estimado >= 0 AND por_estimar >= 0 AND excedente <= 0
    AND producido >= 0 AND orden >= 1 AND precio_unitario_mn >= 0 AND precio_unitario_usd >= 0 AND importe_mn >= 0 AND importe_usd >= 0
  ),
  -- The excedente is what was produced above what is contracted, and nothing is billed that was not produced.
  ADD CONSTRAINT estimacion_prueba_excedente CHECK (excedente = least(contratado - producido, 0)),
  ADD CONSTRAINT estimacion_prueba_producido CHECK (estimado_antes + estimado <= producido);

ALTER TABLE estimacion_prueba_resumen
  ADD CONSTRAINT estimacion_prueba_resumen_no_negativo CHECK (
    conceptos_sin_produccion >= 0 AND contratado_mn >= 0 AND contratado_usd >= 0
  );

-- ----------------------------------------------------------------------------- by hand: a proof is written once

-- Written whole while the estimation is ENVIADA (25), never changed, and only taken away by what follows.
CREATE FUNCTION estimacion_prueba_cuidar() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  fuera bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT max(h.id) INTO fuera FROM nuevas n JOIN estimacion_header h ON h.id = n.id_estimacion_header WHERE h.id_estatus_cobro <> 25;
    IF fuera IS NULL AND TG_TABLE_NAME = 'estimacion_prueba' THEN
      SELECT max(x.id_estimacion_header) INTO fuera FROM estimacion_prueba x
      WHERE x.id_estimacion_header IN (SELECT n.id_estimacion_header FROM nuevas n)
        AND NOT EXISTS (SELECT FROM nuevas n
          WHERE n.id_estimacion_header = x.id_estimacion_header AND n.id_concepto_consolidado = x.id_concepto_consolidado);
    END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    SELECT max(n.id_estimacion_header) INTO fuera FROM nuevas n;
  ELSIF pg_trigger_depth() = 1 THEN
    SELECT max(v.id_estimacion_header) INTO fuera FROM viejas v;
  END IF;
  IF fuera IS NOT NULL THEN
    RAISE EXCEPTION 'The proof of estimation % is frozen; violates constraint "estimacion_prueba_congelada"', fuera
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_prueba_congelada';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER estimacion_prueba_tras_insertar AFTER INSERT ON estimacion_prueba
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_prueba_cuidar();
CREATE TRIGGER estimacion_prueba_tras_cambiar AFTER UPDATE ON estimacion_prueba
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_prueba_cuidar();
CREATE TRIGGER estimacion_prueba_tras_borrar AFTER DELETE ON estimacion_prueba
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_prueba_cuidar();
CREATE TRIGGER estimacion_prueba_resumen_tras_insertar AFTER INSERT ON estimacion_prueba_resumen
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_prueba_cuidar();
CREATE TRIGGER estimacion_prueba_resumen_tras_cambiar AFTER UPDATE ON estimacion_prueba_resumen
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_prueba_cuidar();
CREATE TRIGGER estimacion_prueba_resumen_tras_borrar AFTER DELETE ON estimacion_prueba_resumen
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_prueba_cuidar();

-- A proof does not outlive what it proves: it goes when a line is taken out of what was sent (the service writes it again)
-- and when the estimation goes back to draft. Cancelled, it stays.
CREATE FUNCTION estimacion_prueba_retirar() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales bigint[];
BEGIN
  IF TG_TABLE_NAME = 'estimacion_header' THEN
    SELECT array_agg(n.id) INTO cuales FROM nuevas n JOIN viejas v ON v.id = n.id
    WHERE n.id_estatus_cobro = 24 AND v.id_estatus_cobro <> 24;
  ELSE
    SELECT array_agg(DISTINCT n.id_estimacion_header) INTO cuales
    FROM nuevas n JOIN viejas v ON v.id = n.id
    WHERE n.rechazada <> v.rechazada;
  END IF;
  IF cuales IS NOT NULL THEN
    DELETE FROM estimacion_prueba WHERE id_estimacion_header = ANY (cuales);
    DELETE FROM estimacion_prueba_resumen WHERE id_estimacion_header = ANY (cuales);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER estimacion_prueba_sin_borrador AFTER UPDATE ON estimacion_header
  REFERENCING NEW TABLE AS nuevas OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_prueba_retirar();
CREATE TRIGGER estimacion_prueba_sin_linea AFTER UPDATE ON estimacion_detalle
  REFERENCING NEW TABLE AS nuevas OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_prueba_retirar();
