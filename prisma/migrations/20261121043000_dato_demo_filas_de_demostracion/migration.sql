-- Which rows the demo data created (npm run datos:demo), so that removing it takes exactly those.

-- CreateTable
CREATE TABLE "dato_demo" (
    "tabla" VARCHAR(40) NOT NULL,
    "id_registro" BIGINT NOT NULL,
    "descripcion" VARCHAR(200) NOT NULL,

    CONSTRAINT "dato_demo_pkey" PRIMARY KEY ("tabla","id_registro")
);

-- By hand from here on

ALTER TABLE dato_demo
  ADD CONSTRAINT dato_demo_tabla_valida CHECK (tabla IN ('user', 'responsable_proyecto', 'sitio', 'pte_header', 'ot'));

COMMENT ON TABLE dato_demo IS 'Rows that the demo data created; empty = there is none. The page shows the mark while it has rows';
COMMENT ON COLUMN dato_demo.id_registro IS 'Id in that table; no foreign key, because it points to several tables';
COMMENT ON COLUMN dato_demo.descripcion IS 'Name of the row when it was created: tells what was kept, and whether somebody renamed it';
