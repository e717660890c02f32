/**
 * Steps of an OT or of a PTE: a table with dates that are saved in place, status, comment and link. Each action is resolved by the
 * table and the row that was clicked, so that several may be open at once, one inside another (D-PTE-34, D-OT-24).
 */
import type { Tono } from '../../comun/colores.ts'
import { leerFechaIso } from '../../comun/fechas.ts'
import type { Envoltura } from '../../comun/envoltura.ts'
import { avisar } from '../comun/avisos.ts'
import { crearFecha, FECHA_RECHAZADA, ponerFecha } from '../comun/campo-fecha.ts'
import { exigir, oRaya, origen } from '../comun/dom.ts'
import { enviar, FalloDeServidor } from '../comun/http.ts'
import { celdaArchivo, pedirEnlace } from './enlace-archivo.ts'
import { cambiarEstatus, insigniaDeEstatus, type EstatusElegible } from './estatus.ts'
import { filaVacia, Tabla, type Columna, type OpcionesTabla, type RespuestaDeFilas } from './tabla.ts'

/** What every step has, whatever it is a step of. Days are `DD/MM/YYYY` or ISO, as its endpoint gives them. */
export interface PasoMostrado {
  id: number
  orden: string
  desc_paso: string
  fecha_inicio: string | null
  fecha_termino: string | null
  fecha_entrega: string | null
  comentario: string
  archivo: string | null
}

type CampoFecha = 'fecha_inicio' | 'fecha_termino' | 'fecha_entrega'

export interface ModeloDePasos<F extends PasoMostrado, R extends Envoltura> {
  /** Statuses of the menu. */
  estatus: readonly EstatusElegible[]
  /** The one that asks for the day of delivery. */
  conFecha: number
  estatusDe: (paso: F) => { id: number; texto: string; tono: Tono | 'desconocido' }
  /** Statuses whose start and end are locked. */
  fechasFijas: readonly number[]
  /** Number of each date in the command. */
  claseDeFecha: Readonly<Record<CampoFecha, string>>
  /** A day as the row of this table carries it. */
  escribirDia: (campo: CampoFecha, iso: string) => string
  rutas: { fecha: string; estatus: string; enlace: string }
  alCambiarEstatus: (respuesta: R, tabla: Tabla<F>) => void
  alCambiarFecha: (paso: F, campo: CampoFecha, tabla: Tabla<F>) => void | Promise<void>
}

export interface OpcionesPasos<F extends PasoMostrado, R extends Envoltura> extends Pick<
  OpcionesTabla<F, RespuestaDeFilas<F>>,
  'caja' | 'titulo' | 'ruta' | 'parametros' | 'porPagina' | 'sustantivo' | 'alDibujar'
> {
  modelo: ModeloDePasos<F, R>
  puedeCambiar: boolean
  /** Columns before «Paso». */
  antes?: Columna<F>[]
  /** Title of the first column, where it is not «Paso». */
  tituloOrden?: string
  /** Cells that some steps draw in their own way; null = as the rest. */
  propias?: {
    descripcion?: (paso: F) => Node | null
    entrega?: (paso: F) => Node | null
    estatus?: (paso: F) => Node | null
  }
}

/** Fills the box with the table of steps. */
export function crearTablaDePasos<F extends PasoMostrado, R extends Envoltura>(
  opciones: OpcionesPasos<F, R>,
): Tabla<F> {
  const { modelo, caja, titulo, ruta, parametros, porPagina, sustantivo, alDibujar } = opciones
  const tabla = new Tabla<F>({
    caja,
    titulo,
    ruta,
    parametros,
    porPagina,
    ...(sustantivo ? { sustantivo } : {}),
    ...(alDibujar ? { alDibujar } : {}),
    columnas: columnasDe(opciones),
    vacio: () => filaVacia('No hay registros'),
  })
  tabla.elemento.addEventListener('click', (evento) => {
    const boton = origen(evento, '[data-accion]')
    if (boton?.closest('table') !== tabla.elemento) return
    const paso = tabla.filaDe(boton)
    if (!paso) return
    if (boton.dataset['accion'] === 'estatus') pedirEstatus(boton, paso, modelo, tabla)
    else if (boton.dataset['accion'] === 'archivo') void cambiarEnlace(paso, modelo, tabla)
  })
  tabla.elemento.addEventListener(FECHA_RECHAZADA, (evento) => {
    const { target } = evento
    if (!(target instanceof HTMLInputElement) || target.closest('table') !== tabla.elemento) return
    const nativa = exigir('input[type="date"]', HTMLInputElement, target.parentElement ?? target)
    // The cell is too small for the reason, and what is seen must be what is stored.
    avisar('advertencia', (evento as CustomEvent<string>).detail)
    ponerFecha(nativa, nativa.value)
  })
  tabla.elemento.addEventListener('change', (evento) => {
    const { target } = evento
    if (!(target instanceof HTMLInputElement) || target.type !== 'date') return
    if (target.closest('table') !== tabla.elemento) return
    const paso = tabla.filaDe(target)
    if (paso) void guardarFecha(target, paso, modelo, tabla)
  })
  return tabla
}

function columnasDe<F extends PasoMostrado, R extends Envoltura>(opciones: OpcionesPasos<F, R>): Columna<F>[] {
  const { modelo, puedeCambiar, propias } = opciones
  const fecha = (paso: F, campo: 'fecha_inicio' | 'fecha_termino', etiqueta: string): Node | string =>
    puedeCambiar ? celdaFecha(paso, campo, `${etiqueta} del paso ${paso.orden}`, modelo) : mostrarDia(paso[campo])
  return [
    ...(opciones.antes ?? []),
    { nombre: 'orden', titulo: opciones.tituloOrden ?? 'Paso' },
    {
      nombre: 'desc_paso',
      titulo: 'Descripción',
      clase: 'texto-medio',
      celda: (p) => propias?.descripcion?.(p) ?? oRaya(p.desc_paso),
    },
    {
      nombre: 'fecha_inicio',
      titulo: 'Fecha inicio',
      clase: 'suelta',
      celda: (p) => fecha(p, 'fecha_inicio', 'Fecha inicio'),
    },
    {
      nombre: 'fecha_termino',
      titulo: 'Fecha término',
      clase: 'suelta',
      celda: (p) => fecha(p, 'fecha_termino', 'Fecha término'),
    },
    {
      nombre: 'fecha_entrega',
      titulo: 'Fecha entrega',
      clase: 'fecha-celda',
      celda: (p) => propias?.entrega?.(p) ?? mostrarDia(p.fecha_entrega),
    },
    { nombre: 'comentario', titulo: 'Comentario', clase: 'texto-corto' },
    {
      nombre: 'estatus_texto',
      titulo: 'Estatus',
      celda: (p) => propias?.estatus?.(p) ?? celdaEstatus(p, modelo, puedeCambiar),
    },
    { nombre: 'archivo', titulo: 'Opciones', clase: 'columna-acciones', celda: (p) => celdaArchivo(p, puedeCambiar) },
  ]
}

/** ISO of a day of the server, whichever of the two shapes it has; '' for null. */
const aIso = (fecha: string | null): string => (fecha ?? '').split('/').reverse().join('-')

/** The same day as people read it. */
const mostrarDia = (fecha: string | null): string => oRaya((fecha ?? '').split('-').reverse().join('/'))

/** A date that is saved as soon as it is a day. */
export function celdaFecha<F extends PasoMostrado, R extends Envoltura>(
  paso: F,
  campo: CampoFecha,
  etiqueta: string,
  modelo: ModeloDePasos<F, R>,
): HTMLElement {
  return crearFecha({
    nombre: campo,
    etiqueta,
    valor: aIso(paso[campo]),
    chica: true,
    deshabilitada: campo !== 'fecha_entrega' && modelo.fechasFijas.includes(modelo.estatusDe(paso).id),
  }).caja
}

function celdaEstatus<F extends PasoMostrado, R extends Envoltura>(
  paso: F,
  modelo: ModeloDePasos<F, R>,
  puedeCambiar: boolean,
): HTMLElement {
  const { texto, tono } = modelo.estatusDe(paso)
  return insigniaDeEstatus(texto, tono, puedeCambiar ? `Cambiar estatus del paso ${paso.orden}` : null)
}

const campoDe = (nombre: string): CampoFecha =>
  nombre === 'fecha_inicio' || nombre === 'fecha_termino' ? nombre : 'fecha_entrega'

/** Saves at once; a refusal puts the previous day back (ot.md §7.5, pte.md §8.2.5). */
async function guardarFecha<F extends PasoMostrado, R extends Envoltura>(
  entrada: HTMLInputElement,
  paso: F,
  modelo: ModeloDePasos<F, R>,
  tabla: Tabla<F>,
): Promise<void> {
  const campo = campoDe(entrada.name)
  const anterior = aIso(paso[campo])
  const nueva = leerFechaIso(entrada.value)
  if ((nueva ?? '') === anterior) return
  try {
    await enviar(modelo.rutas.fecha, { id_paso: paso.id, tipo: modelo.claseDeFecha[campo], fecha: entrada.value })
    paso[campo] = nueva === null ? null : modelo.escribirDia(campo, nueva)
    await modelo.alCambiarFecha(paso, campo, tabla)
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    ponerFecha(entrada, anterior)
  }
}

function pedirEstatus<F extends PasoMostrado, R extends Envoltura>(
  boton: HTMLElement,
  paso: F,
  modelo: ModeloDePasos<F, R>,
  tabla: Tabla<F>,
): void {
  cambiarEstatus<R>(boton, {
    lista: modelo.estatus,
    actual: modelo.estatusDe(paso).id,
    titulo: 'Confirmación',
    texto: '¿Cambiar el estatus del paso',
    sobre: `${paso.orden} ${paso.desc_paso}`,
    conFecha: modelo.conFecha,
    mandar: (estatus, datos) => enviar<R>(modelo.rutas.estatus, { paso_id: paso.id, nuevo_estatus: estatus, ...datos }),
    alCambiar: (respuesta) => {
      modelo.alCambiarEstatus(respuesta, tabla)
    },
  })
}

/** The row is drawn again by itself: the page of the table and what is open below stay. */
async function cambiarEnlace<F extends PasoMostrado, R extends Envoltura>(
  paso: F,
  modelo: ModeloDePasos<F, R>,
  tabla: Tabla<F>,
): Promise<void> {
  const archivo = await pedirEnlace(paso, (escrito) =>
    enviar(modelo.rutas.enlace, { paso_id: paso.id, archivo: escrito }),
  )
  if (archivo === undefined) return
  paso.archivo = archivo
  tabla.repintar(paso.id, {})
}
