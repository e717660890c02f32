/** What a row opens (ot.md §7.3): steps, reprogramaciones and Anexo C. Several may be open; closing destroys its tables. */
import {
  TIPO_OT,
  type FilaOt,
  type ProgresoOt,
  type PuedeOt,
  type RespuestaEstatusOt,
} from '../../../modulos/ot/ot.contrato.ts'
import { crearPestanas, type Pestana } from '../../componentes/pestanas.ts'
import { filaVacia, Tabla, type TablaDeFilas } from '../../componentes/tabla.ts'
import { crear, origen } from '../../comun/dom.ts'
import { crearAnexo } from './_anexo.ts'
import { celdaAcciones, celdaEstatus, celdaExpandir, celdaFolio, celdaProgreso, estaPorDefinir } from './_celdas.ts'
import { cambiarEstatusOt } from './_estatus.ts'
import { crearPasos } from './_pasos.ts'

/** What the page does with an OT, wherever its row is. */
export interface AccionesOt {
  puede: PuedeOt
  editar: (id: number) => void
  eliminar: (fila: FilaOt) => void
  abrir: (fila: FilaOt) => void
}

/** Live tables of reprogramaciones, so that saving or deleting refreshes those that are open. */
const hijas = new Set<Tabla<FilaOt>>()

export function recargarHijas(): void {
  for (const hija of hijas) {
    if (hija.elemento.isConnected) hija.recargar()
    else hijas.delete(hija)
  }
}

/** Clicks of a table of OTs, resolved by the row that was clicked (D-OT-24). */
export function activarFilas(tabla: TablaDeFilas<FilaOt>, acciones: AccionesOt): void {
  tabla.elemento.addEventListener('click', (evento) => {
    const boton = origen(evento, '[data-accion]')
    if (boton?.closest('table') !== tabla.elemento) return
    const fila = tabla.filaDe(boton)
    if (!fila) return
    const accion = boton.dataset['accion']
    if (accion === 'expandir') tabla.alternarDetalle(boton, () => crearExpansion(tabla, fila, acciones))
    else if (accion === 'editar') acciones.editar(fila.id)
    else if (accion === 'eliminar') acciones.eliminar(fila)
    else if (accion === 'estatus') {
      cambiarEstatusOt(boton, fila, (respuesta) => {
        tabla.repintar(fila.id, cambiosDeEstatus(respuesta))
      })
    }
  })
}

function cambiosDeEstatus(respuesta: RespuestaEstatusOt): Partial<FilaOt> {
  const { estatus_ot_id, estatus_ot_texto, fecha_termino_real } = respuesta
  return { estatus_ot_id, estatus_ot_texto, estatus: estatus_ot_texto, fecha_termino_real }
}

function crearExpansion(tabla: TablaDeFilas<FilaOt>, fila: FilaOt, acciones: AccionesOt): HTMLElement {
  const esInicial = fila.id_tipo_id === TIPO_OT.INICIAL
  const alAvanzar = (progreso: ProgresoOt): void => {
    tabla.repintar(fila.id, soloProgreso(progreso))
  }
  const pestanas: Pestana[] = [
    {
      titulo: 'Detalle',
      crear: (caja) => {
        const lugar = crear('div')
        caja.append(lugar)
        crearPasos(lugar, { idOt: fila.id, puedeCambiar: acciones.puede.pasos, alAvanzar })
      },
    },
    ...(esInicial
      ? [
          {
            titulo: 'Reprogramaciones',
            crear: (caja: HTMLElement) => {
              crearReprogramaciones(caja, fila, acciones)
            },
          },
        ]
      : []),
    ...(acciones.puede.anexo
      ? [
          {
            titulo: esInicial ? 'Importacion anexo C inicial' : 'Importacion anexo C modificado',
            crear: (caja: HTMLElement) => {
              crearAnexo(caja, { id: fila.id, orden_trabajo: fila.orden_trabajo, esInicial })
            },
          },
        ]
      : []),
  ]
  return crear('div', { class: 'detalle-caja' }, crearPestanas(`Detalles de ${fila.orden_trabajo}`, pestanas))
}

function soloProgreso(progreso: ProgresoOt): Partial<FilaOt> {
  const {
    total_pasos,
    pasos_completados,
    progreso_pasos,
    progreso_tiempo,
    dias_restantes,
    dias_transcurridos,
    plazo_total,
    progreso_tiempo_real,
    dias_restantes_real,
    dias_transcurridos_real,
    plazo_total_real,
    progreso_final,
    progreso_final_real,
  } = progreso
  return {
    total_pasos,
    pasos_completados,
    progreso_pasos,
    progreso_tiempo,
    dias_restantes,
    dias_transcurridos,
    plazo_total,
    progreso_tiempo_real,
    dias_restantes_real,
    dias_transcurridos_real,
    plazo_total_real,
    progreso_final,
    progreso_final_real,
  }
}

function crearReprogramaciones(caja: HTMLElement, principal: FilaOt, acciones: AccionesOt): void {
  const { puede } = acciones
  const lugar = crear('div')
  caja.append(lugar)
  const tabla = new Tabla<FilaOt>({
    caja: lugar,
    titulo: `Reprogramaciones de ${principal.orden_trabajo}`,
    ruta: '/operaciones/ot/datatable/',
    parametros: () => ({ tipo: String(TIPO_OT.REPROGRAMACION), ot_principal: String(principal.id) }),
    porPagina: null,
    orden: { columna: 'num_reprogramacion', descendente: false },
    sustantivo: ['reprogramación', 'reprogramaciones'],
    claseFila: (fila) => (estaPorDefinir(fila) ? 'por-definir' : ''),
    alAbrir: acciones.abrir,
    columnas: [
      {
        nombre: 'expandir',
        titulo: 'Detalles',
        tituloOculto: true,
        fija: true,
        clase: 'columna-expandir',
        celda: celdaExpandir,
      },
      { nombre: 'num_reprogramacion', titulo: 'No.', ordenable: true, clase: 'numero' },
      { nombre: 'orden_trabajo', titulo: 'Folio OT', ordenable: true, clase: 'columna-fija', celda: celdaFolio },
      { nombre: 'oficio_ot', titulo: 'Oficio OT', ordenable: true, clase: 'columna-fija' },
      { nombre: 'fecha_inicio_real', titulo: 'Fecha de inicio real', ordenable: true, clase: 'fecha-celda' },
      { nombre: 'fecha_termino_real', titulo: 'Fecha término real', ordenable: true, clase: 'fecha-celda' },
      { nombre: 'progreso_final', titulo: 'Progreso', ordenable: true, celda: celdaProgreso },
      { nombre: 'estatus', titulo: 'Estatus', celda: (fila) => celdaEstatus(fila, puede.editar) },
      {
        nombre: 'acciones',
        titulo: 'Opciones',
        fija: true,
        clase: 'columna-acciones',
        celda: (fila) => celdaAcciones(fila, puede),
      },
    ],
    vacio: () => filaVacia('No hay reprogramaciones registradas'),
  })
  hijas.add(tabla)
  activarFilas(tabla, acciones)
}
