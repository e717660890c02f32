-- A version of an annex keeps what its load did, and who undid it (anexo-c.md §6; decision 0025).

-- AlterTable
ALTER TABLE "importacion_anexo" ADD COLUMN     "deshecha_en" TIMESTAMPTZ(3),
ADD COLUMN     "deshecha_por" BIGINT,
ADD COLUMN     "resumen" JSONB;

-- AddForeignKey
ALTER TABLE "importacion_anexo" ADD CONSTRAINT "importacion_anexo_deshecha_por_fk" FOREIGN KEY ("deshecha_por") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand: a version that was undone is never the active one again.
ALTER TABLE importacion_anexo
  ADD CONSTRAINT importacion_anexo_deshecha_inactiva CHECK (deshecha_en IS NULL OR NOT es_activo);
