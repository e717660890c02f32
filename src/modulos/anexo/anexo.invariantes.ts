/** What must always be true of the annexes; `npm run verificar` and the long tests run the same list. */
import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { sql } from '../../plataforma/sql.ts'
import { leerClavesDesde, type ClaveDePartida } from './clave.repo.ts'
import { claveDeConcepto, claveSinAnexo, huellaDeClave, SIN_ANEXO } from './clave.reglas.ts'

/** Partidas read at a time. */
const POR_TROZO = 5000

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
        const trozo = await leerClavesDesde(ctx, desde, POR_TROZO)
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

/** Same code, text and unit; the same annex unless one of them has none (produccion.md §5.4.3). */
function concuerda(fila: ClaveDePartida): boolean {
  const suya = claveDeConcepto({ ...fila, idUnidad: fila.unidad })
  const clave = { anexo: fila.k_anexo, codigo: fila.k_codigo, concepto: fila.k_concepto, idUnidad: fila.k_unidad }
  return (
    claveSinAnexo(suya) === claveSinAnexo(clave) &&
    (suya.anexo === clave.anexo || suya.anexo === SIN_ANEXO || clave.anexo === SIN_ANEXO) &&
    huellaDeClave(clave) === fila.huella
  )
}
