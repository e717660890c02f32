-- AlterTable
ALTER TABLE "cat_categoria" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "cat_clasificacion" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "cat_estatus" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "cat_subcategoria" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "cliente" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "frente" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "paso" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "paso_ot" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "responsable_proyecto" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "sitio" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "tipo" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- AlterTable
ALTER TABLE "unidad_medida" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "superintendente" (
    "id" BIGSERIAL NOT NULL,
    "nombre" VARCHAR(150) NOT NULL,
    "sitio_asignado" BIGINT NOT NULL,
    "color" VARCHAR(7) NOT NULL DEFAULT '#3498db',
    "activo" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "superintendente_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "superintendente_sitio" ON "superintendente"("sitio_asignado");

-- AddForeignKey
ALTER TABLE "superintendente" ADD CONSTRAINT "superintendente_sitio_fk" FOREIGN KEY ("sitio_asignado") REFERENCES "sitio"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- Written by hand from here.

ALTER TABLE superintendente
  ADD CONSTRAINT superintendente_nombre_no_vacio CHECK (btrim(nombre) <> ''),
  ADD CONSTRAINT superintendente_color_forma CHECK (color ~ '^#[0-9a-f]{6}$'),
  ADD CONSTRAINT superintendente_version_positiva CHECK (version >= 1);
CREATE UNIQUE INDEX superintendente_nombre_unico ON superintendente (sitio_asignado, texto_clave(nombre)) WHERE activo;
COMMENT ON TABLE superintendente IS 'Who heads the work on a site; never deleted, deactivated';

ALTER TABLE tipo ADD CONSTRAINT tipo_version_positiva CHECK (version >= 1);
ALTER TABLE frente ADD CONSTRAINT frente_version_positiva CHECK (version >= 1);
ALTER TABLE sitio ADD CONSTRAINT sitio_version_positiva CHECK (version >= 1);
ALTER TABLE cat_estatus ADD CONSTRAINT cat_estatus_version_positiva CHECK (version >= 1);
ALTER TABLE unidad_medida ADD CONSTRAINT unidad_medida_version_positiva CHECK (version >= 1);
ALTER TABLE cliente ADD CONSTRAINT cliente_version_positiva CHECK (version >= 1);
ALTER TABLE responsable_proyecto ADD CONSTRAINT responsable_proyecto_version_positiva CHECK (version >= 1);
ALTER TABLE paso ADD CONSTRAINT paso_version_positiva CHECK (version >= 1);
ALTER TABLE paso_ot ADD CONSTRAINT paso_ot_version_positiva CHECK (version >= 1);
ALTER TABLE cat_categoria ADD CONSTRAINT cat_categoria_version_positiva CHECK (version >= 1);
ALTER TABLE cat_subcategoria ADD CONSTRAINT cat_subcategoria_version_positiva CHECK (version >= 1);
ALTER TABLE cat_clasificacion ADD CONSTRAINT cat_clasificacion_version_positiva CHECK (version >= 1);
