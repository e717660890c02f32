/** Cells that the list, its child tables and the detail page draw the same way (ot.md §7.2). */
import { tonoDeAvance, tonoDeTiempo } from '../../../comun/colores.ts'
import { plural } from '../../../comun/texto.ts'
import {
  ESTATUS_OPERATIVOS,
  POR_DEFINIR,
  rutaOt,
  type FilaOt,
  type ProgresoOt,
} from '../../../modulos/ot/ot.contrato.ts'
import { insigniaDeEstatus, tonoDeEstatus } from '../../componentes/estatus.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { crearBarra } from '../../componentes/progreso.ts'
import { botonIcono, crear, icono } from '../../comun/dom.ts'

export const estaPorDefinir = (fila: { estatus_numero: number }): boolean => fila.estatus_numero === -1

export function celdaFolio(fila: FilaOt): HTMLElement {
  return crear(
    'a',
    { href: rutaOt(fila.id), title: `${fila.orden_trabajo}: ${fila.descripcion_trabajo}` },
    fila.orden_trabajo,
  )
}

/** Where both types mix: a reprogramación repeats the folio of its initial order, so its number goes before. */
export function celdaFolioConNumero(fila: FilaOt): Node {
  const numero = fila.num_reprogramacion
  if (numero === null) return celdaFolio(fila)
  const titulo = `Reprogramación ${String(numero)}`
  const etiqueta = crear('span', { class: 'etiqueta-chica tono-gris', title: titulo }, `R${String(numero)}`)
  return crear('span', {}, etiqueta, ' ', celdaFolio(fila))
}

/** Bar of the final progress; below, days of the programme and real days, percent and steps. */
export function celdaProgreso(fila: ProgresoOt): HTMLElement {
  const dias = (clase: string, hechos: number, plazo: number, letra: string, titulo: string): HTMLElement =>
    crear('span', { class: `etiqueta-chica ${clase}`, title: titulo }, `${String(hechos)}/${String(plazo)}d${letra}`)
  const avance = fila.progreso_final
  return crearBarra({
    avance,
    tono: tonoDeAvance(avance),
    descripcion: `Tiempo: ${String(fila.progreso_tiempo)}% | Pasos: ${String(fila.progreso_pasos)}%`,
    debajo: [
      dias('tono-verde', fila.dias_transcurridos, fila.plazo_total, 'P', 'Días transcurridos del programa'),
      dias(
        'tono-gris',
        fila.dias_transcurridos_real,
        fila.plazo_total_real,
        'R',
        'Días transcurridos desde el inicio real',
      ),
      crear('strong', {}, `${String(avance)}%`),
      `(${String(fila.pasos_completados)}/${String(fila.total_pasos)})`,
    ],
  })
}

export function celdaTiempo(fila: ProgresoOt): HTMLElement {
  return crearBarra({
    avance: fila.progreso_tiempo,
    tono: tonoDeTiempo(fila.progreso_tiempo, fila.dias_restantes),
    descripcion: `${String(fila.dias_transcurridos)} días transcurridos, ${String(fila.dias_restantes)} restantes`,
    debajo: [`${String(fila.progreso_tiempo)}% | ${String(fila.dias_restantes)}d restantes`],
  })
}

export function celdaPasos(fila: ProgresoOt): HTMLElement {
  return crearBarra({
    avance: fila.progreso_pasos,
    tono: tonoDeAvance(fila.progreso_pasos),
    descripcion: `${String(fila.pasos_completados)} de ${String(fila.total_pasos)} pasos completados`,
    debajo: [`${String(fila.progreso_pasos)}% | ${String(fila.pasos_completados)}/${String(fila.total_pasos)}`],
  })
}

export const textoProgreso = (fila: ProgresoOt): string => `${String(fila.progreso_final)}%`

/** Badge; a button with the menu of statuses when the OT is active and the person may change it. */
export function celdaEstatus(fila: FilaOt, puedeCambiar: boolean): HTMLElement {
  if (estaPorDefinir(fila)) return crearInsignia(fila.estatus_ot_texto, POR_DEFINIR.tono)
  const tono = tonoDeEstatus(ESTATUS_OPERATIVOS, fila.estatus_ot_id)
  return insigniaDeEstatus(fila.estatus_ot_texto, tono, puedeCambiar ? 'Cambiar estatus' : null)
}

/** Opens the row; with reprogramaciones, their number in a round badge. Nothing while por definir. */
export function celdaExpandir(fila: FilaOt): Node {
  if (estaPorDefinir(fila)) return document.createTextNode('')
  const n = fila.count_reprogramaciones
  const nombre =
    n === 0 ? 'Ver detalles' : `Ver detalles (${String(n)} ${n === 1 ? 'reprogramación' : 'reprogramaciones'})`
  const boton = botonIcono(icono('chevron-right'), nombre, {
    'data-accion': 'expandir',
    'aria-expanded': 'false',
    tabindex: -1,
  })
  boton.classList.add('expandir')
  boton.setAttribute(
    'aria-label',
    `Ver detalles de ${fila.orden_trabajo}${n === 0 ? '' : `, ${plural(n, 'reprogramación', 'reprogramaciones')}`}`,
  )
  if (n > 0) boton.append(crear('span', { class: 'cuenta', 'aria-hidden': 'true' }, String(n)))
  return boton
}

export function celdaAcciones(fila: FilaOt, puede: { editar: boolean; eliminar: boolean }): HTMLElement {
  const botones = [
    puede.editar &&
      botonIcono(icono('pencil'), 'Editar', { 'data-accion': 'editar', 'aria-label': `Editar ${fila.orden_trabajo}` }),
    puede.eliminar
      ? botonIcono(icono('trash'), 'Eliminar', {
          'data-accion': 'eliminar',
          'aria-label': `Eliminar ${fila.orden_trabajo}`,
        })
      : botonIcono(icono('trash'), 'Sin permisos para eliminar', { 'aria-disabled': 'true' }),
  ]
  return crear('div', { class: 'acciones-fila' }, ...botones)
}
