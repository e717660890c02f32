/** What must always be true of the OTs; `npm run verificar` and the long tests run the same list. */
import { dinero } from '../../comun/dinero.ts'
import { diasEntre } from '../../comun/fechas.ts'
import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { sql } from '../../plataforma/sql.ts'
import { linajeDe } from './linaje/linaje.reglas.ts'
import * as repo from './ot.repo.ts'
import type { Ot } from './ot.tipos.ts'

/** Families read at a time. */
const FAMILIAS_POR_TROZO = 500

export const INVARIANTES_OT: readonly Invariante[] = [
  porConsulta(
    'ot_sin_huerfanas',
    'Cada reprogramación cuelga de una OT inicial que existe',
    sql`SELECT 'OT ' || o.id || ' (' || o.orden_trabajo || ')' AS caso FROM ot o LEFT JOIN ot p ON p.id = o.ot_principal
      WHERE o.id_tipo = 5 AND (p.id IS NULL OR p.id_tipo <> 4) ORDER BY o.id`,
  ),
  porConsulta(
    'ot_sin_ciclos',
    'Ningún linaje da vueltas: una OT inicial no cuelga de nadie',
    sql`SELECT 'OT ' || o.id || ' (' || o.orden_trabajo || ')' AS caso FROM ot o LEFT JOIN ot p ON p.id = o.ot_principal
      WHERE (o.id_tipo = 4 AND o.ot_principal IS NOT NULL) OR o.ot_principal = o.id OR p.ot_principal IS NOT NULL ORDER BY o.id`,
  ),
  porConsulta(
    'ot_numeros_unicos',
    'Los números de las reprogramaciones vivas no se repiten en su familia y empiezan en 1',
    sql`SELECT 'número ' || coalesce(num_reprogramacion, 0) || ' de la OT inicial ' || coalesce(ot_principal, 0) AS caso FROM ot
      WHERE id_tipo = 5 AND estatus <> 0 AND num_reprogramacion IS NOT NULL
      GROUP BY ot_principal, num_reprogramacion HAVING count(*) > 1 OR num_reprogramacion < 1 ORDER BY 1`,
  ),
  porConsulta(
    'ot_folios_unicos',
    'Dos OT iniciales vivas no comparten folio',
    sql`SELECT min(orden_trabajo) || ' (' || count(*) || ' veces)' AS caso FROM ot WHERE id_tipo = 4 AND estatus <> 0
      GROUP BY folio_clave(orden_trabajo) HAVING count(*) > 1 ORDER BY 1`,
  ),
  porConsulta(
    'ot_estatus_logico',
    'El estatus lógico de cada OT es -1, 0 o 1',
    sql`SELECT 'OT ' || id || ': ' || estatus AS caso FROM ot WHERE estatus NOT IN (-1, 0, 1) ORDER BY id`,
  ),
  porConsulta(
    'ot_estatus_operativo',
    'El estatus operativo de cada OT es de OT',
    sql`SELECT 'OT ' || o.id || ': ' || o.id_estatus_ot AS caso FROM ot o LEFT JOIN cat_estatus e ON e.id = o.id_estatus_ot
      WHERE e.nivel_afectacion IS DISTINCT FROM 2 ORDER BY o.id`,
  ),
  porConsulta(
    'ot_sitios_de_su_clase',
    'Cada sitio de una OT es de la clase de su columna',
    sql`SELECT 'OT ' || o.id || ', sitio ' || s.id AS caso
      FROM ot o CROSS JOIN LATERAL (VALUES (o.id_embarcacion, 6), (o.id_plataforma, 7), (o.id_intercom, 5), (o.id_patio, 3)) AS c(sitio, clase)
      JOIN sitio s ON s.id = c.sitio WHERE s.id_frente <> c.clase ORDER BY o.id`,
  ),
  porConsulta(
    'ot_fase_de_patio',
    'Una fase en patio tiene su patio y no es de TIERRA',
    sql`SELECT 'OT ' || id AS caso FROM ot WHERE requiere_patio AND (id_patio IS NULL OR id_frente = 1) ORDER BY id`,
  ),
  porConsulta(
    'ot_familia_misma_pte',
    'Cada reprogramación tiene la PTE de su familia o la propuesta de la que nació',
    sql`SELECT 'OT ' || o.id || ' (' || o.orden_trabajo || ')' AS caso FROM ot o JOIN ot p ON p.id = o.ot_principal
      WHERE o.id_tipo = 5 AND o.estatus <> 0 AND p.estatus <> 0 AND o.id_pte_header IS DISTINCT FROM p.id_pte_header
        AND (o.id_pte_header IS NULL OR EXISTS (SELECT 1 FROM ot x WHERE x.id_pte_header = o.id_pte_header AND x.id_tipo = 4 AND x.estatus <> 0))
      ORDER BY o.id`,
  ),
  porConsulta(
    'ot_pasos_de_una_plantilla',
    'Los pasos de cada OT vienen de una sola plantilla, una que su tipo admite',
    sql`SELECT 'OT ' || o.id || ' (' || o.orden_trabajo || ')' AS caso FROM ot o JOIN ot_detalle d ON d.id_ot = o.id JOIN paso_ot p ON p.id = d.id_paso
      GROUP BY o.id HAVING count(DISTINCT p.tipo) > 1 OR (o.id_tipo = 5 AND min(p.tipo) = 4) ORDER BY o.id`,
  ),
  porConsulta(
    'ot_entrega_de_pasos',
    'Solo los pasos COMPLETADO tienen fecha de entrega',
    sql`SELECT 'paso ' || id || ' de la OT ' || id_ot AS caso FROM ot_detalle WHERE fecha_entrega IS NOT NULL AND estatus_paso <> 3 ORDER BY id`,
  ),
  porConsulta(
    'ot_bitacora',
    'La bitácora no menciona versiones que su OT no ha alcanzado',
    sql`SELECT 'OT ' || o.id || ': versión ' || o.version || ', bitácora ' || max(a.version) AS caso
      FROM registro_actividad a JOIN ot o ON o.id = a.registro_id WHERE a.tabla_log = 4 AND a.version IS NOT NULL
      GROUP BY o.id HAVING max(a.version) > o.version ORDER BY o.id`,
  ),
  {
    clave: 'ot_suma_de_diferencias',
    promesa: 'En cada familia la suma de las diferencias es la última versión menos la inicial',
    buscarFallas: async (ctx) => {
      const casos: string[] = []
      for (let desde = 0; ;) {
        const familias = agrupar(await repo.listarFamiliasDesde(ctx.bd, desde, FAMILIAS_POR_TROZO))
        if (familias.size === 0) return casos
        for (const [principal, versiones] of familias) {
          if (!sumanSusDiferencias(versiones)) casos.push(`familia de la OT ${String(principal)}`)
          desde = principal
        }
      }
    },
  },
]

function agrupar(ots: readonly Ot[]): Map<number, Ot[]> {
  const familias = new Map<number, Ot[]>()
  for (const ot of ots) {
    const principal = ot.otPrincipal ?? ot.id
    familias.set(principal, [...(familias.get(principal) ?? []), ot])
  }
  return familias
}

/** Amounts always; days when both ends of the family have that date. */
function sumanSusDiferencias(versiones: readonly Ot[]): boolean {
  const { eslabones, suma } = linajeDe(versiones)
  const [primera, ultima] = [eslabones[0]?.version, eslabones.at(-1)?.version]
  if (suma === null || primera === undefined || ultima === undefined) return true
  const dias = (columna: 'fechaInicioProgramado' | 'fechaTerminoProgramado', sumados: number | null): boolean => {
    const [desde, hasta] = [primera[columna], ultima[columna]]
    return desde === null || hasta === null || diasEntre(desde, hasta) === sumados
  }
  return (
    suma.montoMxn.equals(dinero(ultima.montoMxn).minus(primera.montoMxn)) &&
    suma.montoUsd.equals(dinero(ultima.montoUsd).minus(primera.montoUsd)) &&
    dias('fechaInicioProgramado', suma.inicio) &&
    dias('fechaTerminoProgramado', suma.termino)
  )
}
