/** What must always be true of what the sent estimations print; `npm run verificar` and the tests run the same list. */
import type { Almacen } from '../../../plataforma/archivos.ts'
import { porConsulta, type Invariante } from '../../../plataforma/invariantes.ts'
import { sql } from '../../../plataforma/sql.ts'
import { leerMiniaturas } from '../../archivos/index.ts'
import { INSTANTANEAS_ROTAS, listarConInstantanea, listarMiniaturas } from './instantanea.repo.ts'

const POR_VUELTA = 20
const FOTOS_A_LA_VEZ = 200
const MAXIMO_CASOS = 20

export const INVARIANTES_INSTANTANEA: readonly Invariante[] = [
  porConsulta(
    'est_instantanea',
    'Lo que imprime cada estimación enviada es lo que se guardó al enviarla, y dice lo mismo que sus líneas',
    INSTANTANEAS_ROTAS,
  ),
  porConsulta(
    'est_sello',
    'Los datos, las deducciones y la prueba de cada estimación enviada son los que dejó su último paso',
    sql`SELECT 'EST-' || h.numero || ' de la OT ' || h.id_ot AS caso
      FROM estimacion_header h JOIN estimacion_instantanea i ON i.id_estimacion_header = h.id
      WHERE h.id_estatus_cobro <> 24 AND i.sello IS DISTINCT FROM huella_de_estimacion(h.id) ORDER BY h.id`,
  ),
]

/** Every photo that a sent estimation prints, read whole from the store. */
export function invarianteDeFotos(almacen: Almacen): Invariante {
  return {
    clave: 'est_fotos',
    promesa: 'Cada foto que imprime el expediente de una estimación enviada está en el almacén',
    buscarFallas: async (ctx) => {
      const fallas: string[] = []
      for (let ultima = 0; fallas.length < MAXIMO_CASOS;) {
        const vuelta = await listarConInstantanea(ctx.bd, ultima, POR_VUELTA)
        const usadas = await listarMiniaturas(ctx.bd, vuelta)
        for (let i = 0; i < usadas.length; i += FOTOS_A_LA_VEZ) {
          const parte = usadas.slice(i, i + FOTOS_A_LA_VEZ)
          const halladas = await leerMiniaturas(
            almacen,
            parte.map(({ clave }) => clave),
          )
          for (const { numero, idOt, gpu, nombre, clave } of parte)
            if (!halladas.has(clave))
              fallas.push(`EST-${String(numero)} de la OT ${String(idOt)}: ${nombre} del GPU ${String(gpu)}`)
        }
        const final = vuelta.at(-1)
        if (final === undefined) break
        ultima = final
      }
      return fallas.slice(0, MAXIMO_CASOS)
    },
  }
}
