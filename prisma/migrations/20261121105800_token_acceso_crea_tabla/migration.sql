-- CreateTable
CREATE TABLE "token_acceso" (
    "id" BIGSERIAL NOT NULL,
    "id_usuario" BIGINT NOT NULL,
    "nombre" VARCHAR(80) NOT NULL,
    "prefijo" VARCHAR(16) NOT NULL,
    "huella" CHAR(64) NOT NULL,
    "alcances" TEXT[] NOT NULL,
    "creado_en" TIMESTAMPTZ(3) NOT NULL,
    "caduca_en" TIMESTAMPTZ(3) NOT NULL,
    "revocado_en" TIMESTAMPTZ(3),
    "ultimo_uso" TIMESTAMPTZ(3),

    CONSTRAINT "token_acceso_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "token_acceso_huella_unica" ON "token_acceso"("huella");

-- CreateIndex
CREATE INDEX "token_acceso_usuario" ON "token_acceso"("id_usuario");

-- AddForeignKey
ALTER TABLE "token_acceso" ADD CONSTRAINT "token_acceso_usuario_fk" FOREIGN KEY ("id_usuario") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


ALTER TABLE "token_acceso" ADD CONSTRAINT "token_acceso_nombre_no_vacio" CHECK (btrim("nombre") <> '');
ALTER TABLE "token_acceso" ADD CONSTRAINT "token_acceso_con_alcance" CHECK (cardinality("alcances") > 0);
ALTER TABLE "token_acceso" ADD CONSTRAINT "token_acceso_caduca_despues" CHECK ("caduca_en" > "creado_en");
-- Two live tokens with one name would be told apart by nobody.
CREATE UNIQUE INDEX "token_acceso_nombre_unico" ON "token_acceso" ("id_usuario", texto_clave("nombre")) WHERE "revocado_en" IS NULL;
COMMENT ON TABLE "token_acceso" IS 'Personal keys of programs that read the API; only their SHA-256 is stored.';
