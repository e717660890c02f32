/** What the import page and the page of a batch share: counts, lists and the work that is followed. */
import { plural } from '../../../comun/texto.ts'
import {
  FILAS_POR_PAGINA,
  type Conteo,
  type FilasDeLista,
  type NombreLista,
  type PaginaDeLista,
  type Problema,
  type ResumenImportacion,
  type TotalesDeListas,
} from '../../../modulos/ot/importacion/importacion.contrato.ts'
import type { EstadoDeTarea } from '../../../modulos/tareas/tareas.contrato.ts'
import { crearAvance } from '../../componentes/avance.ts'
import { crearListaPaginada, type ColumnaDeLista } from '../../componentes/lista-paginada.ts'
import { crearPestanas } from '../../componentes/pestanas.ts'
import { crear, exigir } from '../../comun/dom.ts'
import { obtener } from '../../comun/http.ts'
import { seguirTarea } from '../../comun/tareas.ts'

/** Whether it would be done, or it was. */
export type Tiempo = 'futuro' | 'pasado'

const TITULOS: Record<Tiempo, Record<NombreLista, string>> = {
  futuro: {
    rechazadas: 'Rechazadas',
    cambios: 'Cambios',
    creadas: 'OT nuevas',
    ptes: 'PTE nuevas',
    advertencias: 'Advertencias',
  },
  pasado: {
    rechazadas: 'Rechazadas',
    cambios: 'Cambios',
    creadas: 'OT creadas',
    ptes: 'PTE creadas',
    advertencias: 'Advertencias',
  },
}

const FILA = 'Fila'

const enlace = (texto: string, ruta: string | null): Node | string =>
  ruta === null ? texto : crear('a', { href: ruta }, texto)
const fila = (numero: number | null): string => (numero === null ? '' : String(numero))

const PROBLEMA: readonly ColumnaDeLista<Problema>[] = [
  { titulo: 'Celda', celda: (p) => p.celda || `Fila ${String(p.fila)}`, clase: 'cifras' },
  { titulo: 'Columna', celda: (p) => p.columna },
  { titulo: 'Valor', celda: (p) => p.valor, clase: 'texto-largo' },
  { titulo: 'Qué pasa', celda: (p) => p.mensaje, clase: 'texto-largo' },
]

const COLUMNAS: { [L in NombreLista]: readonly ColumnaDeLista<FilasDeLista[L]>[] } = {
  rechazadas: PROBLEMA,
  advertencias: PROBLEMA,
  cambios: [
    { titulo: 'Folio OT', celda: (c) => enlace(c.folio, c.ruta) },
    { titulo: FILA, celda: (c) => fila(c.fila), clase: 'numero' },
    { titulo: 'Dato', celda: (c) => c.campo },
    { titulo: 'Antes', celda: (c) => c.antes, clase: 'texto-largo' },
    { titulo: 'Después', celda: (c) => c.despues, clase: 'texto-largo' },
  ],
  creadas: [
    { titulo: 'Folio OT', celda: (c) => enlace(c.folio, c.ruta) },
    { titulo: FILA, celda: (c) => fila(c.fila), clase: 'numero' },
    { titulo: 'Tipo', celda: (c) => c.tipo },
    { titulo: 'Descripción del Trabajo', celda: (c) => c.descripcion, clase: 'texto-largo' },
  ],
  ptes: [
    { titulo: 'Folio PTE', celda: (p) => p.folio },
    { titulo: 'Descripción del Trabajo', celda: (p) => p.descripcion, clase: 'texto-largo' },
  ],
}

/** What needs attention first. */
const ORDEN: readonly NombreLista[] = ['rechazadas', 'cambios', 'creadas', 'ptes', 'advertencias']

/** One tab per list that has something; null when none has. `parametros` says of which analysis or batch. */
export function crearListas(
  ruta: string,
  parametros: Record<string, number>,
  totales: TotalesDeListas,
  tiempo: Tiempo,
): HTMLElement | null {
  const conAlgo = ORDEN.filter((nombre) => totales[nombre] > 0)
  if (conAlgo.length === 0) return null
  const lista = <L extends NombreLista>(nombre: L): HTMLElement =>
    crearListaPaginada<FilasDeLista[L]>({
      nombre: TITULOS[tiempo][nombre],
      total: totales[nombre],
      porPagina: FILAS_POR_PAGINA,
      // Of a batch of the history the rows of the workbook are not kept.
      columnas: COLUMNAS[nombre].filter(({ titulo }) => tiempo === 'futuro' || titulo !== FILA),
      pedir: async (inicio) =>
        (await obtener<PaginaDeLista<L>>(ruta, { ...parametros, lista: nombre, inicio, largo: FILAS_POR_PAGINA }))
          .filas,
    })
  return crearPestanas(
    'Detalle',
    conAlgo.map((nombre) => ({
      titulo: `${TITULOS[tiempo][nombre]} (${String(totales[nombre])})`,
      crear: (caja) => {
        caja.append(lista(nombre))
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
  const { otras } = resumen
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
      crear(
        'tbody',
        {},
        renglon('Iniciales', resumen.iniciales),
        renglon('Reprogramaciones', resumen.reprogramaciones),
        otras.total === 0 ? null : renglon('Sin tipo válido', { ...otras, creadas: 0, actualizadas: 0, sin_cambio: 0 }),
      ),
    ),
  )
}

/** Sum of both kinds of order. */
export const sumaDe = (r: ResumenImportacion, clave: Exclude<keyof Conteo, 'total'>): number =>
  r.iniciales[clave] + r.reprogramaciones[clave] + (clave === 'rechazadas' ? r.otras.rechazadas : 0)

/** «128 OT nuevas, 12 PTE nuevas y 3 OT con cambios», or '' when nothing would be written. */
export function enPalabras(resumen: ResumenImportacion, tiempo: Tiempo): string {
  const [nueva, nuevas, cambia, cambian] =
    tiempo === 'futuro'
      ? ['OT nueva', 'OT nuevas', 'OT con cambios', 'OT con cambios']
      : ['OT creada', 'OT creadas', 'OT actualizada', 'OT actualizadas']
  const partes = [
    { n: sumaDe(resumen, 'creadas'), uno: nueva, varios: nuevas },
    {
      n: resumen.ptes_creadas,
      uno: tiempo === 'futuro' ? 'PTE nueva' : 'PTE creada',
      varios: tiempo === 'futuro' ? 'PTE nuevas' : 'PTE creadas',
    },
    { n: sumaDe(resumen, 'actualizadas'), uno: cambia, varios: cambian },
  ]
  return enumerar(partes.filter(({ n }) => n > 0).map(({ n, uno, varios }) => plural(n, uno, varios)))
}

const enumerar = (partes: string[]): string =>
  partes.length < 2 ? partes.join('') : `${partes.slice(0, -1).join(', ')} y ${partes.at(-1) ?? ''}`

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
