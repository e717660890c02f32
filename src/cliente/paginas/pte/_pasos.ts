/** Steps of a PTE and their substeps (pte.md §8.2.2 to §8.2.6). The parent closes and opens again by itself (§6.4). */
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { tonoDeAvance } from '../../../comun/colores.ts'
import {
  ESTATUS_DE_PASO,
  ESTATUS_LEIDOS_DE_PASO,
  FECHA_DE_PASO,
  PASO_COMPLETADO,
  PASOS_CON_FECHAS_FIJAS,
  RUTA_PTE,
  type FilaPasoPte,
  type FilaSubpasoPte,
  type RespuestaPasoPte,
} from '../../../modulos/pte/pte.contrato.ts'
import { tonoDeEstatus } from '../../componentes/estatus.ts'
import { celdaFecha, crearTablaDePasos, type ModeloDePasos, type PasoMostrado } from '../../componentes/pasos.ts'
import { crearBarra } from '../../componentes/progreso.ts'
import type { Columna, Tabla } from '../../componentes/tabla.ts'
import { avisar } from '../../comun/avisos.ts'
import { botonIcono, crear, icono, origen } from '../../comun/dom.ts'

export interface OpcionesPasosPte {
  idPte: number
  folio: string
  puedeCambiar: boolean
  /** Null = all at once. */
  porPagina: number | null
  /** The parents start open. */
  abiertos: boolean
  /** What changed in the PTE, for whoever shows it. */
  alAvanzar: (respuesta: RespuestaPasoPte) => void
}

type Fila = FilaPasoPte | FilaSubpasoPte

/** What both tables know of a step; each adds what it does with an answer. */
function modeloDe<F extends Fila & PasoMostrado>(
  alCambiarEstatus: (respuesta: RespuestaPasoPte, tabla: Tabla<F>) => void,
): ModeloDePasos<F, RespuestaPasoPte> {
  return {
    estatus: ESTATUS_DE_PASO,
    conFecha: PASO_COMPLETADO,
    estatusDe: ({ estatus_pte: id, estatus_pte_texto: texto }) => ({
      id,
      texto,
      tono: tonoDeEstatus(ESTATUS_LEIDOS_DE_PASO, id),
    }),
    fechasFijas: PASOS_CON_FECHAS_FIJAS,
    claseDeFecha: {
      fecha_inicio: FECHA_DE_PASO.INICIO,
      fecha_termino: FECHA_DE_PASO.TERMINO,
      fecha_entrega: FECHA_DE_PASO.ENTREGA,
    },
    escribirDia: (campo, iso) => (campo === 'fecha_entrega' ? (aDdMmAaaa(leerFechaIso(iso)) ?? '') : iso),
    rutas: {
      fecha: RUTA_PTE.actualizarFecha,
      estatus: RUTA_PTE.cambiarEstatusPaso,
      enlace: RUTA_PTE.guardarArchivo,
    },
    alCambiarEstatus,
    // A delivery that was captured is read as text from then on (§8.2.5).
    alCambiarFecha: (paso, campo, tabla) => {
      if (campo === 'fecha_entrega') tabla.repintar(paso.id, {})
    },
  }
}

/** Fills the box with the table of steps; each parent opens its substeps below. */
export function crearPasosPte(caja: HTMLElement, opciones: OpcionesPasosPte): void {
  const { idPte, folio, puedeCambiar, porPagina, alAvanzar } = opciones
  const modelo = modeloDe<FilaPasoPte>((respuesta, tabla) => {
    mostrarCambio(respuesta, tabla)
    alAvanzar(respuesta)
  })
  const tabla = crearTablaDePasos<FilaPasoPte, RespuestaPasoPte>({
    caja,
    titulo: `Pasos de ${folio}`,
    ruta: RUTA_PTE.pasos,
    parametros: () => ({ pte_header_id: String(idPte) }),
    porPagina,
    sustantivo: ['paso', 'pasos'],
    puedeCambiar,
    modelo,
    antes: [COLUMNA_EXPANDIR],
    propias: {
      descripcion: (paso) => (paso.tiene_subpasos ? crear('strong', { title: paso.desc_paso }, paso.desc_paso) : null),
      entrega: (paso) =>
        puedeCambiar && faltaEntrega(paso)
          ? celdaFecha(paso, 'fecha_entrega', `Fecha entrega del paso ${paso.orden}`, modelo)
          : null,
      estatus: (paso) => (paso.tiene_subpasos ? avanceGeneral(paso) : null),
    },
    alDibujar: () => {
      if (!opciones.abiertos) return
      for (const boton of tabla.elemento.querySelectorAll('.expandir[aria-expanded="false"]')) abrir(boton)
    },
  })
  const abrir = (boton: Element): void => {
    tabla.alternarDetalle(boton, () => crearSubpasos(tabla, opciones))
  }
  tabla.elemento.addEventListener('click', (evento) => {
    const boton = origen(evento, '[data-accion="expandir"]')
    if (boton?.closest('table') === tabla.elemento) abrir(boton)
  })
}

function crearSubpasos(pasos: Tabla<FilaPasoPte>, opciones: OpcionesPasosPte): HTMLElement {
  const { idPte, folio, puedeCambiar, alAvanzar } = opciones
  const lugar = crear('div')
  crearTablaDePasos<FilaSubpasoPte, RespuestaPasoPte>({
    caja: lugar,
    titulo: `Subpasos de ${folio}`,
    ruta: RUTA_PTE.subpasos,
    parametros: () => ({ pte_header_id: String(idPte) }),
    porPagina: null,
    sustantivo: ['subpaso', 'subpasos'],
    puedeCambiar,
    tituloOrden: 'Sub-paso',
    modelo: modeloDe<FilaSubpasoPte>((respuesta, tabla) => {
      if (respuesta.paso.es_subpaso) tabla.repintar(respuesta.paso.id, respuesta.paso)
      mostrarCambio(respuesta, pasos)
      alAvanzar(respuesta)
    }),
  })
  return crear('div', { class: 'detalle-caja' }, crear('h3', {}, 'Detalles de volumetría'), lugar)
}

const COLUMNA_EXPANDIR: Columna<FilaPasoPte> = {
  nombre: 'expandir',
  titulo: 'Subpasos',
  tituloOculto: true,
  fija: true,
  clase: 'columna-expandir',
  celda: (paso) => {
    if (!paso.tiene_subpasos) return document.createTextNode('')
    const boton = botonIcono(icono('chevron-right'), 'Ver subpasos', {
      'data-accion': 'expandir',
      'aria-expanded': 'false',
      'aria-label': `Ver subpasos del paso ${paso.orden}`,
    })
    boton.classList.add('expandir')
    return boton
  },
}

const faltaEntrega = (paso: FilaPasoPte): boolean =>
  paso.tiene_subpasos && paso.estatus_pte === PASO_COMPLETADO && paso.fecha_entrega === null

/** Instead of the status menu: the status of a parent is that of its substeps. */
function avanceGeneral(paso: FilaPasoPte): HTMLElement {
  const avance = paso.progreso_subpasos ?? 0
  const cuenta = `${String(paso.subpasos_completados)}/${String(paso.total_subpasos)}`
  return crearBarra({
    avance,
    tono: tonoDeAvance(avance),
    descripcion: `${cuenta} subpasos completados`,
    debajo: ['Avance general:', crear('strong', {}, `${String(avance)}%`)],
  })
}

/** Draws again the step and its parent, and says what the parent did by itself. */
function mostrarCambio(respuesta: RespuestaPasoPte, pasos: Tabla<FilaPasoPte>): void {
  const { paso, paso_padre: padre } = respuesta
  if (!paso.es_subpaso) pasos.repintar(paso.id, paso)
  if (!padre) return
  const estaba = pasos.filaPorId(padre.id)?.estatus_pte
  pasos.repintar(padre.id, padre)
  const nombre = `${padre.orden} ${padre.desc_paso}`
  if (respuesta.paso_actualizado_4) {
    avisar(
      'aviso',
      `Quedaron completos todos los subpasos: el paso ${nombre} pasó solo a COMPLETADO. Captura su fecha de entrega.`,
    )
  } else if (estaba === PASO_COMPLETADO && padre.estatus_pte !== PASO_COMPLETADO) {
    avisar('aviso', `El paso ${nombre} volvió a PROCESO: tiene subpasos sin completar.`)
  }
}
