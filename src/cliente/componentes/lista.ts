/**
 * A page that is a list: filters, order, page and columns live in the address, Back undoes the last change of what is listed, and the
 * tools are above the table. The view draws `componentes/acciones-lista`, `componentes/herramientas-lista` and the filter panel.
 */
import { exigir } from '../comun/dom.ts'
import { FalloDeServidor, type Parametros } from '../comun/http.ts'
import { declararTeclas } from '../comun/teclado.ts'
import {
  alVolver,
  escribirEstado,
  leerEstado,
  publicarEstado,
  recordarDesplazamiento,
  type EstadoLista,
} from './estado-direccion.ts'
import { Filtros, type OpcionesFiltros } from './filtros.ts'
import { menuExportar, selectorDeColumnas, tamanoDePagina } from './herramientas-tabla.ts'
import { filaVacia, Tabla, type Columna, type OpcionesTabla, type RespuestaDeFilas } from './tabla.ts'
import { menuDeVistas } from './vistas-guardadas.ts'

const POR_PAGINA = 25

export interface OpcionesLista<F, R extends RespuestaDeFilas<F>> extends Pick<
  OpcionesTabla<F, R>,
  'caja' | 'titulo' | 'clase' | 'ruta' | 'columnas' | 'sustantivo' | 'claseFila' | 'sumas' | 'alAbrir'
> {
  /** Null: the order that the server gives by itself. */
  orden: { columna: string; descendente: boolean } | null
  filtros: OpcionesFiltros
  /** Applied filters as the endpoint takes them, where it is not by the same names and values. */
  parametros?: (aplicados: Record<string, string>) => Parametros
  /** Name of this table in saved views. */
  vistas: string
  /** After the rows are drawn. */
  alDibujar?: (respuesta: R) => void
  /** Null without permission. */
  rutaExportar: string | null
  /** Why there is nothing to see. */
  vacio: { conFiltros: string; sinNada: string }
  /** What Enter opens, for the list of keys: 'Abrir la OT de la fila'. */
  teclaAbrir: string
}

export interface Lista<F extends { id?: number }, R extends RespuestaDeFilas<F>> {
  readonly tabla: Tabla<F, R>
  readonly filtros: Filtros
}

/** Puts the list on the page, as its address says. */
export function montarLista<F extends { id?: number }, R extends RespuestaDeFilas<F> = RespuestaDeFilas<F>>(
  opciones: OpcionesLista<F, R>,
): Lista<F, R> {
  const { orden: ordenInicial, columnas, filtros: deFiltros } = opciones
  const { nombres } = deFiltros
  const inicial = leerEstado(location.search, nombres)

  const filtros = new Filtros(deFiltros, inicial.filtros, () => {
    tabla.recargar(true)
    publicar()
  })
  const parametros = (): Parametros => opciones.parametros?.(filtros.aplicados) ?? filtros.aplicados
  const tabla = new Tabla<F, R>({
    ...opciones,
    columnas: columnas.map((columna) => ({ ...columna, visible: seVe(columna, inicial.columnas) })),
    parametros,
    orden: inicial.orden ?? ordenInicial,
    porPagina: inicial.porPagina ?? POR_PAGINA,
    pagina: inicial.pagina,
    seleccionable: true,
    alDibujar: (respuesta) => {
      opciones.alDibujar?.(respuesta)
      window.requestAnimationFrame(desplazamiento.restaurar)
    },
    vacio: () => vacio(opciones.vacio, filtros),
  })
  const desplazamiento = recordarDesplazamiento(tabla.rollo)

  /** What is on screen; what is as the page opens by itself is left out. */
  const estadoActual = (): EstadoLista => {
    const { orden, pagina, porPagina, columnas: visibles } = tabla.estado
    const deLaPagina = columnas.filter(({ visible }) => visible !== false).map(({ nombre }) => nombre)
    const esInicial = orden?.columna === ordenInicial?.columna && orden?.descendente === ordenInicial?.descendente
    return {
      filtros: filtros.aplicados,
      orden: esInicial ? null : orden,
      pagina,
      porPagina: porPagina === POR_PAGINA ? null : porPagina,
      columnas:
        visibles.join() === deLaPagina.join()
          ? null
          : visibles.filter((nombre) => !columnas.some((c) => c.nombre === nombre && c.fija)),
    }
  }
  let volviendo = false
  let porPublicar = false
  /** Once per change: drawing again after a filter announces the old page before the first one. */
  const publicar = (): void => {
    if (volviendo || porPublicar) return
    porPublicar = true
    queueMicrotask(() => {
      porPublicar = false
      publicarEstado(estadoActual(), nombres, desplazamiento.guardar)
    })
  }
  alVolver(() => {
    const estado = leerEstado(location.search, nombres)
    if (escribirEstado(estado) === escribirEstado(estadoActual())) return
    volviendo = true
    filtros.poner(estado.filtros)
    desplazamiento.esperar()
    tabla.ponerEstado({
      orden: estado.orden ?? ordenInicial,
      pagina: estado.pagina,
      porPagina: estado.porPagina ?? POR_PAGINA,
      columnas: columnas.filter((columna) => seVe(columna, estado.columnas)).map(({ nombre }) => nombre),
    })
    exigir('#por-pagina', HTMLSelectElement).value = String(tabla.estado.porPagina)
    volviendo = false
  })

  tabla.cuandoCambie(publicar)
  tamanoDePagina(exigir('#por-pagina', HTMLSelectElement), tabla)
  selectorDeColumnas(exigir('#boton-columnas', HTMLButtonElement), tabla, columnas)
  menuDeVistas(exigir('#boton-vistas', HTMLButtonElement), opciones.vistas, () => {
    // A saved view is filters, order and columns: the page one happened to be on is not part of it.
    return escribirEstado({ ...estadoActual(), pagina: 0 })
  })
  const { rutaExportar } = opciones
  menuExportar(
    exigir('#boton-exportar', HTMLButtonElement),
    tabla,
    rutaExportar === null ? null : (formato) => enlaceExportar(rutaExportar, formato, parametros(), tabla),
  )
  declararTeclasDeLista(opciones.teclaAbrir)
  entrarConFlechas(tabla)
  return { tabla, filtros }
}

/** Why a record of a row did not open: somebody deleted it (404), and `volverALeer` shows it so. Its notice is already on screen. */
export function alNoAbrir(volverALeer: () => void): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof FalloDeServidor)) throw error
    if (error.estado === 404) volverALeer()
  }
}

/** Columns of the address, or those of the page. */
function seVe<F>(columna: Columna<F>, elegidas: string[] | null): boolean {
  return elegidas ? columna.fija === true || elegidas.includes(columna.nombre) : columna.visible !== false
}

function vacio(textos: { conFiltros: string; sinNada: string }, filtros: Filtros): HTMLElement {
  if (!filtros.hayAlguno) return filaVacia(textos.sinNada)
  return filaVacia(textos.conFiltros, {
    texto: 'Limpiar filtros',
    hacer: () => {
      filtros.limpiar()
    },
  })
}

/** Same filters and order as the screen; the columns that are seen. */
function enlaceExportar<F extends { id?: number }, R extends RespuestaDeFilas<F>>(
  ruta: string,
  formato: 'xlsx' | 'csv',
  parametros: Parametros,
  tabla: Tabla<F, R>,
): string {
  const { orden } = tabla.estado
  const consulta = new URLSearchParams({ formato })
  for (const [clave, valor] of Object.entries(parametros)) {
    for (const uno of Array.isArray(valor) ? valor : [valor]) consulta.append(clave, String(uno))
  }
  if (orden) {
    consulta.set('order[0][name]', orden.columna)
    consulta.set('order[0][dir]', orden.descendente ? 'desc' : 'asc')
  }
  const columnas = tabla.columnasVisibles().filter(({ fija }) => !fija)
  consulta.set('columnas', columnas.map(({ nombre }) => nombre).join(','))
  return `${ruta}?${consulta.toString()}`
}

/** ↑ ↓ work from the page as it opens and, downwards, from the search: nobody has to look for the rows with Tab first. */
function entrarConFlechas(tabla: { entrarAFilas: () => boolean }): void {
  document.addEventListener('keydown', (evento) => {
    if (evento.defaultPrevented || evento.ctrlKey || evento.metaKey || evento.altKey || evento.shiftKey) return
    const { activeElement } = document
    const enBusqueda = activeElement instanceof HTMLElement && activeElement.hasAttribute('data-buscador')
    const desdeAqui = enBusqueda || activeElement === document.body
    const baja = evento.key === 'ArrowDown' || (evento.key === 'ArrowUp' && !enBusqueda)
    if (!baja || !desdeAqui || document.querySelector('dialog[open]')) return
    if (tabla.entrarAFilas()) evento.preventDefault()
  })
}

function declararTeclasDeLista(abrir: string): void {
  declararTeclas([
    { tecla: '↑ ↓', hace: 'Pasar de una fila a otra' },
    { tecla: 'Enter', hace: abrir },
    { tecla: '→ ←', hace: 'Ver u ocultar los detalles de la fila' },
    { tecla: 'Espacio', hace: 'Seleccionar la fila' },
    { tecla: 'Mayús + ↑ ↓', hace: 'Seleccionar varias filas seguidas' },
    { tecla: 'Inicio / Fin', hace: 'Ir a la primera o a la última fila' },
  ])
}
