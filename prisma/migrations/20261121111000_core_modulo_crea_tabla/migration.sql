-- CreateTable
CREATE TABLE "core_modulo" (
    "id" BIGSERIAL NOT NULL,
    "app_name" VARCHAR(50) NOT NULL,
    "nombre" VARCHAR(100) NOT NULL,
    "descripcion" TEXT NOT NULL,
    "activo" BOOLEAN NOT NULL DEFAULT true,
    "orden" INTEGER NOT NULL,
    "icono" VARCHAR(50) NOT NULL,
    "ruta" VARCHAR(200),

    CONSTRAINT "core_modulo_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "core_modulo_app_name_unico" ON "core_modulo"("app_name");

ALTER TABLE "core_modulo" ADD CONSTRAINT "core_modulo_ruta_local" CHECK ("ruta" ~ '^/[a-z0-9_/-]*/$');
COMMENT ON TABLE "core_modulo" IS 'Modules of the first page (core.md §6); rows are added by the seeds and by «inicializar-modulos», never changed by them';
