/** A new estimation (estimaciones.md §7): the OT and the period, what may be billed and why the rest may not, and the draft. */
import { conMiles, dinero, redondear, textoDinero } from '../../../comun/dinero.ts'
import { plural } from '../../../comun/texto.ts'
import type { Envoltura } from '../../../comun/envoltura.ts'
import {
  RUTA_ESTIMACION,
  rutaEstimacion,
  rutaNueva,
  type FilaCandidata,
  type PaginaNueva,
} from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { RUTA_PERIODO_SUGERIDO, type PeriodoSugerido } from '../../../modulos/estimaciones/fuera.contrato.ts'
import { buscarOtIniciales } from '../../componentes/ot-iniciales.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { avisar } from '../../comun/avisos.ts'
import { esperar } from '../../comun/dialogo.ts'
import { exigir, leerDatosPagina } from '../../comun/dom.ts'
import { Formulario } from '../../comun/formulario.ts'
import { enviarJson, FalloDeServidor, obtener } from '../../comun/http.ts'
import { hacerBuscable } from '../../comun/seleccion.ts'
import { AjustesGuardados } from './_ajustes-guardados.ts'
import { Candidatas, type SumaDeCandidatas } from './_candidatas.ts'
import { ayudaDeTasa, seguirTasa } from './_tasa.ts'
import { volumenLegible } from './_linea-candidata.ts'
import { enlacesDeMotivos } from './_motivos.ts'

interface Creada extends Envoltura {
  id_nuevo: number
  advertencias: readonly string[]
}

const datos = leerDatosPagina<PaginaNueva>()
const botonTodo = exigir('#boton-todo', HTMLButtonElement)
const forma = exigir('#forma-nueva', HTMLFormElement)
const seccion = exigir('#candidatas', HTMLElement)
const totales = exigir('#totales', HTMLElement)
const botonCrear = exigir('#boton-crear', HTMLButtonElement)
const soloEstimables = exigir('#solo-estimables', HTMLInputElement)
const selectorOt = exigir('#campo-id_ot', HTMLSelectElement)

hacerBuscable(selectorOt, { cargar: (texto) => buscarOtIniciales(texto) })

const formulario = new Formulario(forma, {
  nombre: 'estimacion-nueva',
  guardando: 'Un momento...',
  alEnviar: async (valores) => {
    const pedido = Object.fromEntries(valores)
    if (!conTodo) await verCandidatas(pedido)
    else
      try {
        await crearCon(pedido)
      } catch (error) {
        // Nothing may be billed: the grid says why of each one.
        if (error instanceof FalloDeServidor && error.estado === 409) await verCandidatas(pedido)
        else throw error
      }
  },
})
formulario.empezar('nueva')

let suma: SumaDeCandidatas | null = null
const candidatas = new Candidatas(exigir('#tabla-candidatas', HTMLElement), {
  motivo: ({ id_produccion: id, motivos }) => (motivos.length === 0 ? ['—'] : enlacesDeMotivos(id, motivos, true)),
  alCambiar: (nueva) => {
    suma = nueva
    escribirTotales()
  },
})

const ajustes = new AjustesGuardados(candidatas)
// Only what a person does: showing the grid is no change.
exigir('#tabla-candidatas', HTMLElement).addEventListener('input', () => {
  ajustes.recordar()
})

async function verCandidatas(pedido: Readonly<Record<string, string>>): Promise<void> {
  const { data } = await obtener<{ data: FilaCandidata[] }>(RUTA_ESTIMACION.CANDIDATAS, {
    id_ot: pedido['id_ot'],
    fecha_desde: pedido['fecha_desde'],
    fecha_hasta: pedido['fecha_hasta'],
  })
  // Coming back, or entering again after the session ended, finds the same period.
  history.replaceState(
    history.state,
    '',
    rutaNueva(Number(pedido['id_ot']), pedido['fecha_desde'], pedido['fecha_hasta']),
  )
  mostrar(data)
  ajustes.empezar([pedido['id_ot'], pedido['fecha_desde'], pedido['fecha_hasta']].join(' '))
}

/** Which of the two buttons sent the form; Enter in a field only looks. */
let conTodo = false
forma.addEventListener(
  'submit',
  ({ submitter }) => {
    conTodo = submitter === botonTodo
  },
  true,
)

/** Another OT brings its last month with something to bill. */
selectorOt.addEventListener('change', () => void sugerirPeriodo())

async function sugerirPeriodo(): Promise<void> {
  const idOt = selectorOt.value
  if (idOt === '') return
  try {
    const periodo = await obtener<PeriodoSugerido>(RUTA_PERIODO_SUGERIDO, { id_ot: idOt })
    if (selectorOt.value !== idOt) return
    formulario.poner('fecha_desde', periodo.fecha_desde ?? '')
    formulario.poner('fecha_hasta', periodo.fecha_hasta ?? '')
    if (periodo.fecha_desde === null) avisar('advertencia', 'Esa OT no tiene producción por estimar.')
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
  }
}

function mostrar(filas: readonly FilaCandidata[]): void {
  const estimables = filas.filter(({ estimable }) => estimable).length
  exigir('#resumen', HTMLElement).textContent =
    filas.length === 0
      ? 'No hay producción de esa OT en el periodo.'
      : `${plural(estimables, 'línea se puede', 'líneas se pueden')} estimar de ${conMiles(String(filas.length))}. Las demás dicen por qué no.`
  candidatas.mostrar(filas)
  candidatas.filtrar(soloEstimables.checked)
  seccion.hidden = false
}

/** The rate of the document: the one written, or the one that the page says. */
function tasa(): string {
  const escrita = formulario.valor('tipo_cambio').trim()
  return /^\d{1,6}(\.\d{1,10})?$/.test(escrita) ? escrita : tasaDeLaFecha.valor
}

let tasaDeLaFecha = datos.tasa
const campoTasa = exigir('#campo-tipo_cambio', HTMLInputElement)
seguirTasa(exigir('[name="fecha_estimacion"]', HTMLInputElement, forma), (nueva) => {
  tasaDeLaFecha = nueva
  campoTasa.placeholder = nueva.valor
  exigir('#campo-tipo_cambio-ayuda', HTMLElement).textContent = ayudaDeTasa(nueva)
  escribirTotales()
})

function escribirTotales(): void {
  if (!suma) return
  const { lineas, producido, estimado, importeMn, importeUsd } = suma
  const homologado = redondear(importeMn.plus(importeUsd.times(redondear(dinero(tasa()), 4))), 2)
  totales.textContent = [
    plural(lineas, 'línea', 'líneas'),
    `${volumenLegible(producido)} producido`,
    `${volumenLegible(estimado)} estimado`,
    `${textoDinero(importeMn)} M.N.`,
    `${textoDinero(importeUsd)} USD`,
    `${textoDinero(homologado)} homologado`,
  ].join(' · ')
  botonCrear.disabled = lineas === 0
}

forma.addEventListener('input', escribirTotales)
soloEstimables.addEventListener('change', () => {
  candidatas.filtrar(soloEstimables.checked)
})

botonCrear.addEventListener('click', () => {
  void esperar(botonCrear, crearBorrador, 'Creando...')
})

async function crearBorrador(): Promise<void> {
  const malas = candidatas.porCorregir()
  if (malas > 0) {
    avisar('advertencia', `${plural(malas, 'línea tiene', 'líneas tienen')} algo por corregir.`)
    return
  }
  try {
    await crearCon({ ...formulario.valores(), detalles: candidatas.elegidas() })
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
  }
}

/** Makes the draft and goes to it; without `detalles`, of everything that may be billed. @throws FalloDeServidor, told. */
async function crearCon(pedido: Record<string, unknown>): Promise<void> {
  try {
    const creada = await enviarJson<Creada>(RUTA_ESTIMACION.CREAR, pedido, { sinAviso: true })
    formulario.olvidarBorrador()
    ajustes.olvidar()
    recargarConAviso(
      creada.advertencias.length > 0 ? 'advertencia' : 'exito',
      [creada.detalles, ...creada.advertencias].join(' '),
      rutaEstimacion(creada.id_nuevo),
    )
  } catch (error) {
    if (error instanceof FalloDeServidor) avisar(error.envoltura.tipo_aviso, error.envoltura.detalles)
    throw error
  }
}
