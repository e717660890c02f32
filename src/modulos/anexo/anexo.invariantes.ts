/** What must always be true of the annexes; `npm run verificar` and the long tests run the same list. */
import { z } from 'zod'
import { filas } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { sql } from '../../plataforma/sql.ts'
import { claveDeConcepto, claveSinAnexo, huellaDeClave, SIN_ANEXO } from './clave.reglas.ts'

/** Partidas read at a time. */
const POR_TROZO = 5000

const Fila = z.object({
  id: col.id,
  anexo: z.string().nullable(),
  codigo: z.string(),
  descripcion: z.string(),
  unidad: col.id,
  k_anexo: z.string(),
  k_codigo: z.string(),
  k_concepto: z.string(),
  k_unidad: col.id,
  huella: z.string(),
})

export const INVARIANTES_ANEXO: readonly Invariante[] = [
  porConsulta(
    'anexo_un_activo',
    'Cada OT tiene a lo más un anexo activo',
    sql`SELECT 'OT ' || id_ot || ': ' || count(*) AS caso FROM importacion_anexo WHERE es_activo GROUP BY id_ot HAVING count(*) > 1 ORDER BY id_ot`,
  ),
  porConsulta(
    'anexo_total_registros',
    'Cada versión de un anexo tiene las partidas que dice',
    sql`SELECT 'versión ' || i.numero || ' de la OT ' || i.id_ot || ': dice ' || i.total_registros || ', tiene ' || count(p.id) AS caso
      FROM importacion_anexo i LEFT JOIN partida_anexo_importada p ON p.id_importacion_anexo = i.id
      GROUP BY i.id HAVING i.total_registros <> count(p.id) ORDER BY i.id`,
  ),
  porConsulta(
    'anexo_conceptos_de_su_familia',
    'Cada partida es de un concepto de la familia de su OT',
    sql`SELECT 'partida ' || p.id || ' (' || p.id_partida || ') de la OT ' || i.id_ot || ': concepto de la OT ' || k.id_ot AS caso
      FROM partida_anexo_importada p JOIN importacion_anexo i ON i.id = p.id_importacion_anexo JOIN ot o ON o.id = i.id_ot
      JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
      WHERE k.id_ot <> coalesce(o.ot_principal, o.id) ORDER BY p.id`,
  ),
  {
    clave: 'anexo_clave_de_partida',
    promesa: 'Cada partida cuelga del concepto que dicen sus textos, y la huella de cada concepto es la suya',
    buscarFallas: async (ctx) => {
      const casos: string[] = []
      for (let desde = 0; ;) {
        const trozo = await leerDesde(ctx, desde)
        const ultima = trozo.at(-1)
        if (ultima === undefined) return casos
        casos.push(
          ...trozo.filter((fila) => !concuerda(fila)).map(({ id, codigo }) => `partida ${String(id)} (${codigo})`),
        )
        desde = ultima.id
      }
    },
  },
]

function leerDesde({ bd }: CtxLectura, desde: number): Promise<z.output<typeof Fila>[]> {
  return filas(
    bd,
    sql`SELECT p.id, p.anexo, p.id_partida AS codigo, p.descripcion_concepto AS descripcion, coalesce(p.id_unidad_medida, 0) AS unidad,
        k.anexo AS k_anexo, k.codigo AS k_codigo, k.concepto AS k_concepto, coalesce(k.id_unidad_medida, 0) AS k_unidad, k.huella
      FROM partida_anexo_importada p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado
      WHERE p.id > ${desde} ORDER BY p.id LIMIT ${POR_TROZO}`,
    Fila,
  )
}

/** Same code, text and unit; the same annex unless one of them has none (produccion.md §5.4.3). */
function concuerda(fila: z.output<typeof Fila>): boolean {
  const suya = claveDeConcepto({ ...fila, idUnidad: fila.unidad })
  const clave = { anexo: fila.k_anexo, codigo: fila.k_codigo, concepto: fila.k_concepto, idUnidad: fila.k_unidad }
  return (
    claveSinAnexo(suya) === claveSinAnexo(clave) &&
    (suya.anexo === clave.anexo || suya.anexo === SIN_ANEXO || clave.anexo === SIN_ANEXO) &&
    huellaDeClave(clave) === fila.huella
  )
}
