-- Estimaciones (estimaciones.md §1): the database itself keeps billed ≤ produced, one line per production and estimation,
-- the legal transitions and who may authorise. First what Prisma derives, then by hand the rules.

-- AlterTable
ALTER TABLE "produccion" ADD COLUMN     "volumen_estimado_acumulado" DECIMAL(15,6) NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "registro_generadores_pu" ADD COLUMN     "id_estimacion_detalle" BIGINT;

-- CreateTable
CREATE TABLE "estimacion_header" (
    "id" BIGSERIAL NOT NULL,
    "id_ot" BIGINT NOT NULL,
    "numero" INTEGER NOT NULL,
    "fecha_estimacion" DATE NOT NULL,
    "fecha_desde" DATE NOT NULL,
    "fecha_hasta" DATE NOT NULL,
    "id_estatus_cobro" BIGINT NOT NULL DEFAULT 24,
    "total_volumen_producido" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "total_volumen_estimado" DECIMAL(18,6) NOT NULL DEFAULT 0,
    "total_importe_mn" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "total_importe_usd" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "total_homologado" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "tipo_cambio" DECIMAL(10,4) NOT NULL,
    "tipo_cambio_fuente" VARCHAR(200) NOT NULL,
    "comentario" TEXT NOT NULL DEFAULT '',
    "creado_por" BIGINT,
    "fecha_creacion" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actualizado_por" BIGINT,
    "fecha_actualizacion" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,
    "enviado_por" BIGINT,
    "fecha_envio" TIMESTAMPTZ(3),
    "autorizado_por" BIGINT,
    "fecha_autorizacion" DATE,
    "folio_factura" VARCHAR(100),
    "fecha_factura" DATE,
    "fecha_cobro" DATE,
    "motivo" TEXT,

    CONSTRAINT "estimacion_header_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "estimacion_detalle" (
    "id" BIGSERIAL NOT NULL,
    "id_estimacion_header" BIGINT NOT NULL,
    "id_produccion" BIGINT NOT NULL,
    "volumen_actual" DECIMAL(15,6) NOT NULL,
    "volumen_estimado" DECIMAL(15,6) NOT NULL DEFAULT 0,
    "rechazada" BOOLEAN NOT NULL DEFAULT false,
    "comentario_ajuste" TEXT NOT NULL DEFAULT '',
    "precio_unitario_mn" DECIMAL(15,4) NOT NULL,
    "precio_unitario_usd" DECIMAL(15,4) NOT NULL,
    "anexo" VARCHAR(50) NOT NULL,
    "codigo" VARCHAR(50) NOT NULL,
    "concepto" TEXT NOT NULL,
    "unidad" VARCHAR(10) NOT NULL,

    CONSTRAINT "estimacion_detalle_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "estimacion_deduccion" (
    "id" BIGSERIAL NOT NULL,
    "id_estimacion_header" BIGINT NOT NULL,
    "orden" INTEGER NOT NULL,
    "nombre" VARCHAR(100) NOT NULL,
    "porcentaje" DECIMAL(7,4),
    "importe_mn" DECIMAL(18,2) NOT NULL DEFAULT 0,
    "importe_usd" DECIMAL(18,2) NOT NULL DEFAULT 0,

    CONSTRAINT "estimacion_deduccion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tipo_cambio" (
    "fecha" DATE NOT NULL,
    "valor" DECIMAL(10,4) NOT NULL,
    "fuente" VARCHAR(100) NOT NULL,
    "capturado_por" BIGINT,
    "fecha_captura" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "tipo_cambio_pkey" PRIMARY KEY ("fecha")
);

-- CreateTable
CREATE TABLE "parametro" (
    "clave" VARCHAR(60) NOT NULL,
    "valor" VARCHAR(200) NOT NULL,
    "actualizado_por" BIGINT,
    "fecha" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "parametro_pkey" PRIMARY KEY ("clave")
);

-- CreateIndex
CREATE INDEX "estimacion_header_estatus_fecha" ON "estimacion_header"("id_estatus_cobro", "fecha_estimacion");

-- CreateIndex
CREATE UNIQUE INDEX "estimacion_header_numero_unico" ON "estimacion_header"("id_ot", "numero");

-- CreateIndex
CREATE INDEX "estimacion_detalle_produccion" ON "estimacion_detalle"("id_produccion");

-- CreateIndex
CREATE UNIQUE INDEX "estimacion_detalle_produccion_unica" ON "estimacion_detalle"("id_estimacion_header", "id_produccion");

-- CreateIndex
CREATE UNIQUE INDEX "estimacion_deduccion_orden_unico" ON "estimacion_deduccion"("id_estimacion_header", "orden");

-- CreateIndex
CREATE INDEX "registro_generadores_pu_linea" ON "registro_generadores_pu"("id_estimacion_detalle");

-- AddForeignKey
ALTER TABLE "estimacion_header" ADD CONSTRAINT "estimacion_header_ot_fk" FOREIGN KEY ("id_ot") REFERENCES "ot"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_header" ADD CONSTRAINT "estimacion_header_estatus_fk" FOREIGN KEY ("id_estatus_cobro") REFERENCES "cat_estatus"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_header" ADD CONSTRAINT "estimacion_header_creado_por_fk" FOREIGN KEY ("creado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_header" ADD CONSTRAINT "estimacion_header_actualizado_por_fk" FOREIGN KEY ("actualizado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_header" ADD CONSTRAINT "estimacion_header_enviado_por_fk" FOREIGN KEY ("enviado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_header" ADD CONSTRAINT "estimacion_header_autorizado_por_fk" FOREIGN KEY ("autorizado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_detalle" ADD CONSTRAINT "estimacion_detalle_header_fk" FOREIGN KEY ("id_estimacion_header") REFERENCES "estimacion_header"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_detalle" ADD CONSTRAINT "estimacion_detalle_produccion_fk" FOREIGN KEY ("id_produccion") REFERENCES "produccion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimacion_deduccion" ADD CONSTRAINT "estimacion_deduccion_header_fk" FOREIGN KEY ("id_estimacion_header") REFERENCES "estimacion_header"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "tipo_cambio" ADD CONSTRAINT "tipo_cambio_usuario_fk" FOREIGN KEY ("capturado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "parametro" ADD CONSTRAINT "parametro_usuario_fk" FOREIGN KEY ("actualizado_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registro_generadores_pu" ADD CONSTRAINT "registro_generadores_pu_linea_fk" FOREIGN KEY ("id_estimacion_detalle") REFERENCES "estimacion_detalle"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- ----------------------------------------------------------------------------- by hand: values

ALTER TABLE estimacion_header
  ADD CONSTRAINT estimacion_header_numero_positivo CHECK (numero >= 1),
  ADD CONSTRAINT estimacion_header_periodo_en_orden CHECK (fecha_desde <= fecha_hasta),
  ADD CONSTRAINT estimacion_header_fecha_no_antes CHECK (fecha_estimacion >= fecha_desde),
  ADD CONSTRAINT estimacion_header_estatus_valido CHECK (id_estatus_cobro IN (13, 24, 25, 26, 27, 28, 29)),
  ADD CONSTRAINT estimacion_header_tipo_cambio_positivo CHECK (tipo_cambio > 0),
  ADD CONSTRAINT estimacion_header_totales_no_negativos CHECK (
    total_volumen_producido >= 0 AND total_volumen_estimado >= 0
    AND total_importe_mn >= 0 AND total_importe_usd >= 0 AND total_homologado >= 0
  ),
  ADD CONSTRAINT estimacion_header_version_positiva CHECK (version >= 1),
  ADD CONSTRAINT estimacion_header_enviada_completa CHECK (
    id_estatus_cobro IN (24, 28, 29) OR fecha_envio IS NOT NULL
  ),
  ADD CONSTRAINT estimacion_header_autorizada_completa CHECK (
    (id_estatus_cobro IN (13, 26, 27)) = (fecha_autorizacion IS NOT NULL)
  ),
  ADD CONSTRAINT estimacion_header_facturada_completa CHECK (
    (id_estatus_cobro IN (13, 27)) = (fecha_factura IS NOT NULL)
    AND (fecha_factura IS NOT NULL) = (folio_factura IS NOT NULL AND btrim(folio_factura) <> '')
  ),
  ADD CONSTRAINT estimacion_header_cobrada_completa CHECK ((id_estatus_cobro = 13) = (fecha_cobro IS NOT NULL)),
  ADD CONSTRAINT estimacion_header_cobro_no_antes CHECK (fecha_cobro >= fecha_factura),
  ADD CONSTRAINT estimacion_header_motivo_necesario CHECK (
    id_estatus_cobro NOT IN (28, 29) OR btrim(coalesce(motivo, '')) <> ''
  );

ALTER TABLE estimacion_detalle
  ADD CONSTRAINT estimacion_detalle_volumen_en_rango CHECK (volumen_estimado >= 0 AND volumen_estimado <= volumen_actual),
  ADD CONSTRAINT estimacion_detalle_precio_no_negativo CHECK (precio_unitario_mn >= 0 AND precio_unitario_usd >= 0),
  ADD CONSTRAINT estimacion_detalle_rechazo_con_comentario CHECK (NOT rechazada OR length(btrim(comentario_ajuste)) >= 5);

ALTER TABLE estimacion_deduccion
  ADD CONSTRAINT estimacion_deduccion_nombre_no_vacio CHECK (btrim(nombre) <> ''),
  ADD CONSTRAINT estimacion_deduccion_porcentaje_en_rango CHECK (porcentaje > 0 AND porcentaje <= 100),
  ADD CONSTRAINT estimacion_deduccion_importe_no_negativo CHECK (importe_mn >= 0 AND importe_usd >= 0),
  ADD CONSTRAINT estimacion_deduccion_con_valor CHECK (porcentaje IS NOT NULL OR importe_mn > 0 OR importe_usd > 0);

ALTER TABLE tipo_cambio
  ADD CONSTRAINT tipo_cambio_valor_positivo CHECK (valor > 0),
  ADD CONSTRAINT tipo_cambio_fuente_no_vacia CHECK (btrim(fuente) <> ''),
  ADD CONSTRAINT tipo_cambio_version_positiva CHECK (version >= 1);

-- No unit of work twice: the sum of the live lines of a production never goes over what was produced.
ALTER TABLE produccion
  ADD CONSTRAINT produccion_volumen_ya_estimado CHECK (
    volumen_estimado_acumulado >= 0 AND volumen_estimado_acumulado <= volumen_produccion
  );

-- ----------------------------------------------------------------------------- by hand: what follows from the lines

-- Least advanced first (estimaciones.md §3); 28 RECHAZADA keeps its reservation and goes behind the draft.
CREATE FUNCTION avance_de_cobro(estatus bigint) RETURNS int
  LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE estatus WHEN 28 THEN 0 WHEN 24 THEN 1 WHEN 25 THEN 2 WHEN 26 THEN 3 WHEN 27 THEN 4 WHEN 13 THEN 5 END;

-- What some productions bill, their status and the line of their GPU, from their live lines: not rejected by themselves
-- and of an estimation that is not cancelled (settled.md §8).
CREATE FUNCTION estimacion_refrescar(producciones bigint[]) RETURNS void
  LANGUAGE plpgsql AS $$
BEGIN
  WITH vivas AS (
    SELECT d.id_produccion, sum(d.volumen_estimado) AS acumulado, max(d.id) AS ultima,
      (array_agg(h.id_estatus_cobro ORDER BY avance_de_cobro(h.id_estatus_cobro)))[1] AS estatus
    FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header
    WHERE d.id_produccion = ANY (producciones) AND NOT d.rechazada AND h.id_estatus_cobro <> 29
    GROUP BY d.id_produccion
  ), calculadas AS (
    SELECT p.id, coalesce(v.acumulado, 0) AS acumulado, v.ultima,
      CASE WHEN v.acumulado >= p.volumen_produccion THEN v.estatus ELSE 12 END AS estatus
    FROM produccion p LEFT JOIN vivas v ON v.id_produccion = p.id
    WHERE p.id = ANY (producciones)
  ), gpus AS (
    UPDATE registro_generadores_pu g SET id_estimacion_detalle = c.ultima
    FROM calculadas c WHERE g.id_produccion = c.id AND g.id_estimacion_detalle IS DISTINCT FROM c.ultima
  )
  UPDATE produccion p SET volumen_estimado_acumulado = c.acumulado, id_estatus_cobro = c.estatus
  FROM calculadas c
  WHERE p.id = c.id
    AND (p.volumen_estimado_acumulado, p.id_estatus_cobro) IS DISTINCT FROM (c.acumulado, c.estatus);
END $$;

-- Lines are added, removed and adjusted in a draft; sent, a line may only be rejected (estimaciones.md §3, §5.4).
CREATE FUNCTION estimacion_detalle_cambio() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  tocadas bigint[];
  fuera bigint;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT array_agg(n.id_produccion), max(h.id) FILTER (WHERE h.id_estatus_cobro <> 24)
      INTO tocadas, fuera
      FROM nuevas n JOIN estimacion_header h ON h.id = n.id_estimacion_header;
  ELSIF TG_OP = 'DELETE' THEN
    SELECT array_agg(v.id_produccion), max(h.id) FILTER (WHERE h.id_estatus_cobro <> 24)
      INTO tocadas, fuera
      FROM viejas v JOIN estimacion_header h ON h.id = v.id_estimacion_header;
  ELSE
    SELECT array_agg(n.id_produccion),
      max(h.id) FILTER (WHERE h.id_estatus_cobro <> 24 AND (
        h.id_estatus_cobro <> 25 OR v.rechazada
        OR (n.volumen_estimado, n.volumen_actual, n.precio_unitario_mn, n.precio_unitario_usd, n.id_produccion)
          IS DISTINCT FROM (v.volumen_estimado, v.volumen_actual, v.precio_unitario_mn, v.precio_unitario_usd, v.id_produccion)
      ))
      INTO tocadas, fuera
      FROM nuevas n JOIN viejas v ON v.id = n.id JOIN estimacion_header h ON h.id = n.id_estimacion_header;
  END IF;
  IF fuera IS NOT NULL THEN
    RAISE EXCEPTION 'The lines of estimation % are frozen; violates constraint "estimacion_detalle_congelada"', fuera
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_detalle_congelada';
  END IF;
  IF tocadas IS NOT NULL THEN
    PERFORM estimacion_refrescar(tocadas);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER estimacion_detalle_tras_insertar AFTER INSERT ON estimacion_detalle
  REFERENCING NEW TABLE AS nuevas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_detalle_cambio();
CREATE TRIGGER estimacion_detalle_tras_cambiar AFTER UPDATE ON estimacion_detalle
  REFERENCING NEW TABLE AS nuevas OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_detalle_cambio();
CREATE TRIGGER estimacion_detalle_tras_borrar AFTER DELETE ON estimacion_detalle
  REFERENCING OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_detalle_cambio();

-- ----------------------------------------------------------------------------- by hand: the flow

CREATE FUNCTION estimacion_header_flujo() RETURNS trigger
  LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'An estimation is never deleted; violates constraint "estimacion_header_permanece"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_header_permanece';
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.id_estatus_cobro <> 24 THEN
      RAISE EXCEPTION 'An estimation is born as a draft; violates constraint "estimacion_header_transicion"'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_header_transicion';
    END IF;
    RETURN NEW;
  END IF;
  IF (NEW.id_ot, NEW.numero) IS DISTINCT FROM (OLD.id_ot, OLD.numero) THEN
    RAISE EXCEPTION 'The family and the number of an estimation do not change; violates constraint "estimacion_header_permanece"'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_header_permanece';
  END IF;
  IF OLD.id_estatus_cobro <> 24 AND (NEW.tipo_cambio, NEW.fecha_desde, NEW.fecha_hasta, NEW.fecha_estimacion)
    IS DISTINCT FROM (OLD.tipo_cambio, OLD.fecha_desde, OLD.fecha_hasta, OLD.fecha_estimacion) THEN
    RAISE EXCEPTION 'The rate and the period of estimation % are frozen; violates constraint "estimacion_detalle_congelada"', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_detalle_congelada';
  END IF;
  IF NEW.id_estatus_cobro <> OLD.id_estatus_cobro THEN
    IF NOT (OLD.id_estatus_cobro, NEW.id_estatus_cobro) IN (
      (24, 25), (25, 26), (25, 28), (28, 24), (26, 27), (27, 13), (26, 25), (27, 26), (24, 29), (25, 29), (28, 29)
    ) THEN
      RAISE EXCEPTION 'Estimation % may not go from % to %; violates constraint "estimacion_header_transicion"', OLD.id, OLD.id_estatus_cobro, NEW.id_estatus_cobro
        USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_header_transicion';
    END IF;
    -- Two people (settled.md §8): who sent it does not authorise it, unless a superuser turned the rule off.
    IF OLD.id_estatus_cobro = 25 AND NEW.id_estatus_cobro = 26
      AND (NEW.autorizado_por IS NULL OR NEW.autorizado_por = NEW.enviado_por)
      AND NOT EXISTS (SELECT 1 FROM parametro WHERE clave = 'exigir_dos_personas' AND valor = 'no') THEN
      RAISE EXCEPTION 'Estimation % needs another person to authorise it; violates constraint "estimacion_header_dos_personas"', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'estimacion_header_dos_personas';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER estimacion_header_antes BEFORE INSERT OR UPDATE OR DELETE ON estimacion_header
  FOR EACH ROW EXECUTE FUNCTION estimacion_header_flujo();

CREATE FUNCTION estimacion_header_cambio() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  tocadas bigint[];
BEGIN
  SELECT array_agg(d.id_produccion) INTO tocadas
    FROM nuevas n JOIN viejas v ON v.id = n.id AND v.id_estatus_cobro <> n.id_estatus_cobro
    JOIN estimacion_detalle d ON d.id_estimacion_header = n.id;
  IF tocadas IS NOT NULL THEN
    PERFORM estimacion_refrescar(tocadas);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER estimacion_header_tras_cambiar AFTER UPDATE ON estimacion_header
  REFERENCING NEW TABLE AS nuevas OLD TABLE AS viejas FOR EACH STATEMENT EXECUTE FUNCTION estimacion_header_cambio();

-- ----------------------------------------------------------------------------- by hand: what is billed does not move

-- «EST-1, EST-3» of the live lines that a condition on `d` and `p` finds.
CREATE FUNCTION estimaciones_vivas(produccion_id bigint) RETURNS text
  LANGUAGE sql STABLE
  RETURN (SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ')
    FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header
    WHERE d.id_produccion = produccion_id AND NOT d.rechazada AND h.id_estatus_cobro <> 29);

CREATE FUNCTION produccion_estimada() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text := estimaciones_vivas(OLD.id);
BEGIN
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'Production % is billed in %; violates constraint "produccion_estimada"', OLD.id, cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'produccion_estimada', DETAIL = cuales;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER produccion_estimada_no_cambia BEFORE UPDATE ON produccion
  FOR EACH ROW WHEN ((OLD.volumen_produccion, OLD.fecha_produccion, OLD.tipo_tiempo, OLD.id_sitio_produccion, OLD.id_reporte_mensual)
    IS DISTINCT FROM (NEW.volumen_produccion, NEW.fecha_produccion, NEW.tipo_tiempo, NEW.id_sitio_produccion, NEW.id_reporte_mensual))
  EXECUTE FUNCTION produccion_estimada();
CREATE TRIGGER produccion_estimada_no_se_borra BEFORE DELETE ON produccion
  FOR EACH ROW EXECUTE FUNCTION produccion_estimada();

-- Status and link of a GPU that is billed are read only (estimaciones.md §3).
CREATE FUNCTION gpu_estimado() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text := estimaciones_vivas(OLD.id_produccion);
BEGIN
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'GPU % is billed in %; violates constraint "registro_generadores_pu_estimado"', OLD.id, cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'registro_generadores_pu_estimado', DETAIL = cuales;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER registro_generadores_pu_estimado BEFORE UPDATE ON registro_generadores_pu
  FOR EACH ROW WHEN ((OLD.id_estatus, OLD.archivo, OLD.id_produccion) IS DISTINCT FROM (NEW.id_estatus, NEW.archivo, NEW.id_produccion))
  EXECUTE FUNCTION gpu_estimado();

-- A signed day with billed production is not opened nor removed (settled.md §8).
CREATE FUNCTION dia_estimado() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text;
BEGIN
  SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ') INTO cuales
    FROM produccion p JOIN estimacion_detalle d ON d.id_produccion = p.id
    JOIN estimacion_header h ON h.id = d.id_estimacion_header
    WHERE p.id_reporte_mensual = OLD.id_reporte_mensual AND p.fecha_produccion = OLD.fecha
      AND p.id_sitio_produccion = OLD.id_sitio AND NOT d.rechazada AND h.id_estatus_cobro <> 29;
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'The day is billed in %; violates constraint "reporte_diario_detalle_estimado"', cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'reporte_diario_detalle_estimado', DETAIL = cuales;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reporte_diario_detalle_estimado_no_cambia BEFORE UPDATE ON reporte_diario_detalle
  FOR EACH ROW WHEN (OLD.bloqueado AND NOT NEW.bloqueado) EXECUTE FUNCTION dia_estimado();
CREATE TRIGGER reporte_diario_detalle_estimado_no_se_borra BEFORE DELETE ON reporte_diario_detalle
  FOR EACH ROW WHEN (OLD.bloqueado) EXECUTE FUNCTION dia_estimado();

-- An order whose family is billed is not deleted (settled.md §7).
CREATE FUNCTION ot_estimada() RETURNS trigger
  LANGUAGE plpgsql AS $$
DECLARE
  cuales text;
BEGIN
  SELECT string_agg('EST-' || h.numero, ', ' ORDER BY h.numero) INTO cuales
    FROM estimacion_header h WHERE h.id_ot = OLD.id AND h.id_estatus_cobro <> 29;
  IF cuales IS NOT NULL THEN
    RAISE EXCEPTION 'OT % is billed in %; violates constraint "ot_estimada"', OLD.id, cuales
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ot_estimada', DETAIL = cuales;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ot_estimada_no_se_elimina BEFORE UPDATE OF estatus ON ot
  FOR EACH ROW WHEN (OLD.estatus <> 0 AND NEW.estatus = 0) EXECUTE FUNCTION ot_estimada();
