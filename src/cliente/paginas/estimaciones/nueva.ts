/** A new estimation (estimaciones.md §7): the OT and the period, what may be billed and why the rest may not, and the draft. */
import { conMiles, dinero, redondear, textoDinero } from '../../../comun/dinero.ts'
import { plural } from '../../../comun/texto.ts'
import type { Envoltura } from '../../../comun/envoltura.ts'
import {
  RUTA_ESTIMACION,
  rutaEstimacion,
  type FilaCandidata,
  type PaginaNueva,
} from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { buscarOtIniciales } from '../../componentes/ot-iniciales.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { avisar } from '../../comun/avisos.ts'
import { esperar } from '../../comun/dialogo.ts'
import { exigir, leerDatosPagina } from '../../comun/dom.ts'
import { Formulario } from '../../comun/formulario.ts'
import { enviarJson, FalloDeServidor, obtener } from '../../comun/http.ts'
import { hacerBuscable } from '../../comun/seleccion.ts'
import { Candidatas, type SumaDeCandidatas } from './_candidatas.ts'
import { ayudaDeTasa, seguirTasa } from './_tasa.ts'
import { volumenLegible } from './_linea-candidata.ts'

interface Creada extends Envoltura {
  id_nuevo: number
}

const datos = leerDatosPagina<PaginaNueva>()
const forma = exigir('#forma-nueva', HTMLFormElement)
const seccion = exigir('#candidatas', HTMLElement)
const totales = exigir('#totales', HTMLElement)
const botonCrear = exigir('#boton-crear', HTMLButtonElement)
const soloEstimables = exigir('#solo-estimables', HTMLInputElement)
const selectorOt = exigir('#campo-id_ot', HTMLSelectElement)

hacerBuscable(selectorOt, { cargar: (texto) => buscarOtIniciales(texto) })

const formulario = new Formulario(forma, {
  nombre: 'estimacion-nueva',
  guardando: 'Buscando...',
  alEnviar: async (valores) => {
    const pedido = Object.fromEntries(valores)
    const { data } = await obtener<{ data: FilaCandidata[] }>(RUTA_ESTIMACION.CANDIDATAS, {
      id_ot: pedido['id_ot'],
      fecha_desde: pedido['fecha_desde'],
      fecha_hasta: pedido['fecha_hasta'],
    })
    mostrar(data)
  },
})
formulario.empezar('nueva')

let suma: SumaDeCandidatas | null = null
const candidatas = new Candidatas(exigir('#tabla-candidatas', HTMLElement), {
  motivo: ({ motivos }) => [motivos.map((motivo) => datos.motivos[motivo] ?? motivo).join('. ') || '—'],
  alCambiar: (nueva) => {
    suma = nueva
    escribirTotales()
  },
})

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
    const creada = await enviarJson<Creada>(
      RUTA_ESTIMACION.CREAR,
      { ...formulario.valores(), detalles: candidatas.elegidas() },
      { sinAviso: true },
    )
    formulario.olvidarBorrador()
    recargarConAviso('exito', creada.detalles, rutaEstimacion(creada.id_nuevo))
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    avisar(error.envoltura.tipo_aviso, error.envoltura.detalles)
  }
}
