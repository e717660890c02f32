-- One machinery for every kind of import: the batch says of which class it is and with which options it was made,
-- and each of its changes keeps what a person reads of it, whatever the table.
ALTER TABLE "lote_importacion" ADD COLUMN "clase" VARCHAR(40) NOT NULL DEFAULT 'ot';
ALTER TABLE "lote_importacion" ADD COLUMN "opciones" JSONB NOT NULL DEFAULT '{}';
UPDATE "lote_importacion" SET "opciones" = jsonb_build_object('crear_ptes', "crear_ptes");
ALTER TABLE "lote_importacion" DROP COLUMN "crear_ptes";

ALTER TABLE "lote_cambio" DROP CONSTRAINT lote_cambio_tabla_valida;
ALTER TABLE "lote_cambio" ALTER COLUMN "tabla" SET DATA TYPE VARCHAR(60);
ALTER TABLE "lote_cambio" ADD COLUMN "nombre" VARCHAR(300);
ALTER TABLE "lote_cambio" ADD COLUMN "hoja" VARCHAR(100);
ALTER TABLE "lote_cambio" ADD COLUMN "fila" INTEGER;
ALTER TABLE "lote_cambio" ADD COLUMN "cambios" JSONB;

CREATE INDEX "lote_importacion_clase" ON "lote_importacion"("clase", "id");

COMMENT ON COLUMN lote_importacion.clase IS 'Kind of import (src/importaciones.ts), ''ot'' for the first one there was';
COMMENT ON COLUMN lote_importacion.opciones IS 'What the person chose beside the workbook, by the key of each option';
COMMENT ON COLUMN lote_cambio.nombre IS 'How people know the record; null in the batches of OTs, which read it from their table';
COMMENT ON COLUMN lote_cambio.fila IS 'Row of the workbook';
COMMENT ON COLUMN lote_cambio.cambios IS 'Changed fields as people read them: [{campo, etiqueta, antes, despues}]';
COMMENT ON COLUMN lote_cambio.version_despues IS 'Version of the record after the batch: another one means that a person edited it since; null in tables without versions, where the fields themselves are compared';
