-- AlterTable
ALTER TABLE "group" ADD COLUMN     "activo" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- DropIndex
DROP INDEX "group_nombre_unico";

-- CreateTable
CREATE TABLE "enlace_clave" (
    "id" BIGSERIAL NOT NULL,
    "id_usuario" BIGINT NOT NULL,
    "huella" CHAR(64) NOT NULL,
    "motivo" VARCHAR(20) NOT NULL,
    "creado_en" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "vence_en" TIMESTAMPTZ(3) NOT NULL,
    "usado_en" TIMESTAMPTZ(3),
    "anulado_en" TIMESTAMPTZ(3),
    "id_creador" BIGINT,

    CONSTRAINT "enlace_clave_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "correo_saliente" (
    "id" BIGSERIAL NOT NULL,
    "plantilla" VARCHAR(60) NOT NULL,
    "destinatarios" VARCHAR(254)[],
    "asunto" VARCHAR(200) NOT NULL,
    "html" TEXT NOT NULL DEFAULT '',
    "texto" TEXT NOT NULL DEFAULT '',
    "estado" VARCHAR(20) NOT NULL DEFAULT 'pendiente',
    "intentos" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT NOT NULL DEFAULT '',
    "id_usuario" BIGINT,
    "creado_en" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "terminado_en" TIMESTAMPTZ(3),

    CONSTRAINT "correo_saliente_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "enlace_clave_huella_unica" ON "enlace_clave"("huella");

-- CreateIndex
CREATE INDEX "enlace_clave_usuario" ON "enlace_clave"("id_usuario", "id" DESC);

-- CreateIndex
CREATE INDEX "enlace_clave_creador" ON "enlace_clave"("id_creador");

-- CreateIndex
CREATE INDEX "correo_saliente_estado" ON "correo_saliente"("estado", "id");

-- CreateIndex
CREATE INDEX "correo_saliente_usuario" ON "correo_saliente"("id_usuario");

-- AddForeignKey
ALTER TABLE "enlace_clave" ADD CONSTRAINT "enlace_clave_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enlace_clave" ADD CONSTRAINT "enlace_clave_creador_fk" FOREIGN KEY ("id_creador") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "correo_saliente" ADD CONSTRAINT "correo_saliente_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ============================================================================================================
-- By hand from here on
-- ============================================================================================================

-- ----------------------------------------------------------------------------------------------------- groups

-- One name, whatever the case.
CREATE UNIQUE INDEX group_nombre_unico ON "group" (lower(name));
ALTER TABLE "group" ADD CONSTRAINT group_version_positiva CHECK (version >= 1);
COMMENT ON COLUMN "group".activo IS 'false: its permissions do not count and it is not offered; its people keep belonging to it';

-- -------------------------------------------------------------------------------------------- one-time links

ALTER TABLE enlace_clave
  ADD CONSTRAINT enlace_clave_motivo_valido CHECK (motivo IN ('alta', 'restablecer', 'olvido')),
  ADD CONSTRAINT enlace_clave_vence_despues CHECK (vence_en > creado_en);
-- A new link voids the one before: only one of a person opens at any time.
CREATE UNIQUE INDEX enlace_clave_uno_vivo ON enlace_clave (id_usuario) WHERE usado_en IS NULL AND anulado_en IS NULL;
COMMENT ON TABLE enlace_clave IS 'One-time links to choose a password; single use, with expiry';
COMMENT ON COLUMN enlace_clave.huella IS 'SHA-256 of the token, in hexadecimal: the token itself is nowhere';

-- ------------------------------------------------------------------------------------------------------- mail

ALTER TABLE correo_saliente
  ALTER COLUMN destinatarios SET NOT NULL,
  ADD CONSTRAINT correo_saliente_estado_valido CHECK (estado IN ('pendiente', 'enviado', 'error')),
  ADD CONSTRAINT correo_saliente_intentos_rango CHECK (intentos BETWEEN 0 AND 3),
  ADD CONSTRAINT correo_saliente_con_destinatario CHECK (cardinality(destinatarios) > 0),
  ADD CONSTRAINT correo_saliente_sin_contenido_al_terminar CHECK (estado = 'pendiente' OR (html = '' AND texto = '' AND terminado_en IS NOT NULL));
COMMENT ON TABLE correo_saliente IS 'Queue of outgoing mail; what it said is erased when it is sent or given up';

-- --------------------------------------------------------------------------------------------------- sessions

-- Sessions of one person: to list them and to end them.
CREATE INDEX session_usuario ON session ((sess ->> 'usuarioId'));

-- --------------------------------------------------------------------------------------- the last superuser

-- Whoever takes a superuser away waits here for whoever is doing the same, and then sees what the other left.
CREATE FUNCTION user_conserva_superusuario() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(734520);
  IF NOT EXISTS (SELECT 1 FROM "user" WHERE is_active AND is_superuser) THEN
    RAISE EXCEPTION 'the last active superuser cannot be taken away (constraint "user_ultimo_superusuario")'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'user_ultimo_superusuario', TABLE = 'user';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER user_ultimo_superusuario_cambio AFTER UPDATE OF is_active, is_superuser ON "user"
  FOR EACH ROW WHEN (OLD.is_active AND OLD.is_superuser AND NOT (NEW.is_active AND NEW.is_superuser))
  EXECUTE FUNCTION user_conserva_superusuario();
CREATE TRIGGER user_ultimo_superusuario_baja AFTER DELETE ON "user"
  FOR EACH ROW WHEN (OLD.is_active AND OLD.is_superuser)
  EXECUTE FUNCTION user_conserva_superusuario();
