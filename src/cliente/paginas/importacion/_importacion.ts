/** What the import page and the page of a batch share: counts, lists and the work that is followed. */
import {
  FILAS_POR_PAGINA,
  type ColumnaDeImportacion,
  type Conteo,
  type FilaDeLista,
  type ListaDeImportacion,
  type PaginaDeLista,
  type Problema,
  type ResumenImportacion,
} from '../../../modulos/importacion/importacion.contrato.ts'
import type { EstadoDeTarea } from '../../../modulos/tareas/tareas.contrato.ts'
import { crearAvance } from '../../componentes/avance.ts'
import { crearListaPaginada, type ColumnaDeLista } from '../../componentes/lista-paginada.ts'
import { crearPestanas } from '../../componentes/pestanas.ts'
import { crear, exigir } from '../../comun/dom.ts'
import { obtener } from '../../comun/http.ts'
import { seguirTarea } from '../../comun/tareas.ts'

/** Whether it would be done, or it was. */
export type Tiempo = 'futuro' | 'pasado'

type Fila = FilaDeLista | Problema

const valorDe = (fila: Fila, campo: string): string | number | null =>
  (fila as Readonly<Record<string, string | number | null>>)[campo] ?? null

function celda(fila: Fila, { campo, enlace }: ColumnaDeImportacion): Node | string {
  const valor = valorDe(fila, campo)
  const texto = valor === null ? '' : String(valor)
  // A whole row that is wrong has no cell: its number is told instead.
  if (campo === 'celda' && texto === '') return `Fila ${String(valorDe(fila, 'fila') ?? '')}`
  const ruta = enlace === true ? valorDe(fila, 'ruta') : null
  return ruta === null ? texto : crear('a', { href: String(ruta) }, texto)
}

const columnaDe = (columna: ColumnaDeImportacion): ColumnaDeLista<Fila> => ({
  titulo: columna.titulo,
  celda: (fila) => celda(fila, columna),
  ...(columna.clase === undefined ? {} : { clase: columna.clase }),
})

/** One tab per list that has something; null when none has. `parametros` says of which analysis or batch. */
export function crearListas(
  ruta: string,
  parametros: Record<string, number>,
  listas: readonly ListaDeImportacion[],
  totales: Readonly<Record<string, number>>,
  tiempo: Tiempo,
): HTMLElement | null {
  const conAlgo = listas.filter(({ clave }) => (totales[clave] ?? 0) > 0)
  if (conAlgo.length === 0) return null
  const lista = ({ clave, columnas, ...titulos }: ListaDeImportacion): HTMLElement =>
    crearListaPaginada<Fila>({
      nombre: titulos[tiempo],
      total: totales[clave] ?? 0,
      porPagina: FILAS_POR_PAGINA,
      columnas: columnas.filter(({ soloAnalisis }) => tiempo === 'futuro' || soloAnalisis !== true).map(columnaDe),
      pedir: async (inicio) =>
        (await obtener<PaginaDeLista>(ruta, { ...parametros, lista: clave, inicio, largo: FILAS_POR_PAGINA })).filas,
    })
  return crearPestanas(
    'Detalle',
    conAlgo.map((una) => ({
      titulo: `${una[tiempo]} (${String(totales[una.clave] ?? 0)})`,
      crear: (caja) => {
        caja.append(lista(una))
      },
    })),
  )
}

/** Counts by kind of row. */
export function tablaDeConteos(resumen: ResumenImportacion, tiempo: Tiempo): HTMLElement {
  const cabeza = [
    'Filas',
    tiempo === 'futuro' ? 'Nuevas' : 'Creadas',
    tiempo === 'futuro' ? 'Cambian' : 'Actualizadas',
    'Sin cambio',
    'Rechazadas',
  ]
  const renglon = (nombre: string, c: Conteo): HTMLElement =>
    crear(
      'tr',
      {},
      crear('th', { scope: 'row' }, nombre),
      ...[c.total, c.creadas, c.actualizadas, c.sin_cambio, c.rechazadas].map((n, i) =>
        crear(
          'td',
          { class: `numero${i === 4 && n > 0 ? ' hay-rechazo' : ''}`, 'data-titulo': cabeza[i] ?? '' },
          String(n),
        ),
      ),
    )
  return crear(
    'div',
    { class: 'desplazable', tabindex: 0, role: 'region', 'aria-label': 'Cuántas filas' },
    crear(
      'table',
      { class: 'tabla-simple tabla-apilable tabla-conteos' },
      crear('caption', { class: 'solo-lector' }, 'Cuántas filas'),
      crear(
        'thead',
        {},
        crear(
          'tr',
          {},
          crear('th', { scope: 'col' }, 'Tipo'),
          ...cabeza.map((titulo) => crear('th', { scope: 'col', class: 'numero' }, titulo)),
        ),
      ),
      crear('tbody', {}, ...resumen.renglones.map(({ texto, conteo }) => renglon(texto, conteo))),
    ),
  )
}

/**
 * Shows the progress of a task in `#seccion-avance` until it ends.
 * @throws FalloDeServidor when the task cannot be seen any more.
 */
export async function seguirEnPagina(tarea: number, titulo: string, primero: string): Promise<EstadoDeTarea> {
  const seccion = exigir('#seccion-avance', HTMLElement)
  const avance = crearAvance('Puedes salir de esta página: el trabajo sigue y al volver verás cómo va.')
  exigir('#titulo-avance', HTMLElement).textContent = titulo
  exigir('#avance', HTMLElement).replaceChildren(avance.caja)
  avance.mostrar({ avance: 0, mensaje: primero })
  seccion.hidden = false
  seccion.focus()
  try {
    return await seguirTarea(tarea, (estado) => {
      avance.mostrar(estado && { ...estado, mensaje: estado.mensaje || primero })
    })
  } finally {
    seccion.hidden = true
    exigir('#avance', HTMLElement).replaceChildren()
  }
}
