/** The chosen OT: its window, the evidence of its month and the closing of it, with what is missing listed first (produccion.md §5.9, §5.11). */
import { plural, recortar } from '../../../comun/texto.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { leerEnlace, MENSAJE_ENLACE } from '../../../comun/url.ts'
import {
  RUTA_CERRAR_MES,
  RUTA_CIERRE,
  RUTA_FIRMAR_MES,
  RUTA_GUARDAR_ENLACE,
  RUTA_QUITAR_ENLACE,
  RUTA_REABRIR_MES,
  type CierreDeMes,
} from '../../../modulos/produccion/cierre/cierre.contrato.ts'
import { rutaEstimarMes } from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import type { EstatusMes, OtDelMes } from '../../../modulos/produccion/diario/diario.contrato.ts'
import { nombreDelMes, type PuedeProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { campoDeDialogo, confirmar, preguntar } from '../../comun/dialogo.ts'
import { crear, icono } from '../../comun/dom.ts'
import { enviarJson, FalloDeServidor, obtener } from '../../comun/http.ts'
import { pedirTexto } from './_diarios-dialogos.ts'
import { otElegida, recargarOts, seleccion } from './_seleccion.ts'

const TONO = { ABIERTO: 'azul', CERRADO: 'amarillo', FIRMADO: 'verde' } as const
const LARGO_COMENTARIO = 500

const lugarDe = (ot: OtDelMes): { id_ot: number; mes: number; anio: number } => {
  const { mes, anio } = seleccion()
  return { id_ot: ot.id_ot, mes, anio }
}

const delMes = (): string => nombreDelMes(seleccion().mes, seleccion().anio)

/** The bar of the chosen OT; without one it says how to choose it. */
export class BarraDeOt {
  readonly caja = crear('section', { class: 'barra-ot', 'aria-label': 'OT elegida' })
  private readonly puede: PuedeProduccion

  constructor(puede: PuedeProduccion) {
    this.puede = puede
    this.dibujar()
  }

  dibujar(): void {
    const ot = otElegida()
    if (!ot) {
      this.caja.replaceChildren(
        crear(
          'p',
          { class: 'tenue' },
          'Elige una OT (en la rejilla o arriba) para ver su evidencia y el cierre de su mes.',
        ),
      )
      return
    }
    this.caja.replaceChildren(
      crear('a', { class: 'folio-elegido', href: `/operaciones/ot/${String(ot.id_ot)}/`, title: ot.desc }, ot.ot),
      crear('span', { class: 'tenue cifras' }, `Vigencia ${aDdMmAaaa(ot.inicio_v)} a ${aDdMmAaaa(ot.fin_v)}`),
      crear('span', {}, `${delMes()}: `, crearInsignia(ot.estatus_cierre, TONO[ot.estatus_cierre])),
      crear('div', { class: 'grupo-botones' }, ...this.acciones(ot)),
    )
  }

  /** The closing of the month of the chosen OT, when it is still open. */
  async abrirCierre(): Promise<void> {
    const ot = otElegida()
    if (ot?.estatus_cierre === 'ABIERTO') await intentar(() => cerrar(ot, this.puede))
  }

  private acciones(ot: OtDelMes): HTMLElement[] {
    const { puede } = this
    const boton = (texto: string, hacer: () => Promise<void>, dibujo?: SVGSVGElement): HTMLElement => {
      const uno = crear('button', { type: 'button', class: 'boton' }, dibujo ?? null, texto)
      uno.addEventListener('click', () => {
        void intentar(hacer)
      })
      return uno
    }
    const estatus = ot.estatus_cierre
    const acciones: HTMLElement[] = []
    if (ot.archivo !== '')
      acciones.push(
        crear(
          'a',
          {
            class: 'boton',
            href: ot.archivo,
            target: '_blank',
            rel: 'noopener noreferrer',
            title: `Abrir: ${recortar(ot.archivo, 20)}`,
          },
          icono('eye'),
          'Abrir evidencia',
        ),
      )
    if (puede.enlace && estatus !== 'FIRMADO')
      acciones.push(
        boton(ot.archivo === '' ? 'Subir archivo' : 'Cambiar archivo', () => pedirEnlaceDelMes(ot), icono('upload')),
      )
    if (puede.estimar) {
      const { mes, anio } = seleccion()
      acciones.push(
        crear('a', { class: 'boton', href: rutaEstimarMes(ot.id_ot, anio, mes) }, icono('cash-coin'), 'Estimar el mes'),
      )
    }
    if (estatus === 'ABIERTO') acciones.push(boton('Cierre del mes', () => cerrar(ot, puede), icono('clipboard-check')))
    if (estatus === 'CERRADO' && puede.cerrar_mes) acciones.push(boton('Marcar firmado', () => firmar(ot)))
    if (estatus !== 'ABIERTO' && puede.reabrir_mes) acciones.push(boton('Reabrir', () => reabrir(ot, estatus)))
    return acciones
  }
}

/** A refusal was already shown. */
async function intentar(hacer: () => Promise<void>): Promise<void> {
  try {
    await hacer()
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
  }
}

/** «Subir archivo»: link of the evidence of the month, shared by its sites. */
async function pedirEnlaceDelMes(ot: OtDelMes): Promise<void> {
  const entrada = crear('input', {
    class: 'entrada',
    type: 'url',
    placeholder: 'https://...',
    autocomplete: 'off',
    value: ot.archivo,
  })
  const { caja, error } = campoDeDialogo('Enlace del archivo', entrada)
  const quitar = crear('button', { type: 'button', class: 'boton' }, 'Quitar enlace')
  let quitado = false
  quitar.addEventListener('click', () => {
    quitado = true
    quitar.closest('form')?.requestSubmit()
  })
  await preguntar<true>({
    titulo: 'Subir archivo',
    cuerpo: [
      crear('p', { class: 'tenue' }, `Evidencia de ${delMes()} de ${ot.ot}, para todos sus frentes.`),
      caja,
      ot.archivo === '' ? '' : quitar,
    ],
    aceptar: 'Guardar',
    foco: entrada,
    alAceptar: async () => {
      if (quitado) {
        quitado = false
        await enviarJson(RUTA_QUITAR_ENLACE, lugarDe(ot))
      } else {
        const archivo = leerEnlace(entrada.value)
        if (archivo === null) {
          error.textContent = entrada.value.trim() === '' ? 'Pega el enlace del archivo.' : MENSAJE_ENLACE
          entrada.setAttribute('aria-invalid', 'true')
          entrada.focus()
          return null
        }
        await enviarJson(RUTA_GUARDAR_ENLACE, { ...lugarDe(ot), archivo })
      }
      await recargarOts()
      return true
    },
  })
}

/** What the month lacks, each with its way there; closing it anyway wants a comment. */
async function cerrar(ot: OtDelMes, puede: PuedeProduccion): Promise<void> {
  const { datos } = await obtener<{ datos: CierreDeMes }>(RUTA_CIERRE, lugarDe(ot))
  const { faltantes } = datos
  const titulo = `Cierre de ${delMes()} de ${ot.ot}`
  const resumen = crear(
    'p',
    {},
    `${plural(datos.dias_con_produccion, 'día', 'días')} con producción y ${String(datos.gpus)} GPU. `,
    faltantes.length === 0 ? 'No falta nada.' : `Falta firmar ${String(faltantes.length)}:`,
  )
  const lista = crear(
    'ul',
    { class: 'faltantes', tabindex: faltantes.length > 0 ? 0 : null, 'aria-label': 'Lo que falta' },
    ...faltantes.map(({ mensaje, enlace }) => crear('li', {}, crear('a', { href: enlace }, mensaje))),
  )
  const avisoFinal = crear(
    'p',
    { class: 'tenue' },
    'Cerrado, su producción, sus reportes diarios y sus GPU ya no cambian; el enlace de la evidencia sí.',
  )
  if (!puede.cerrar_mes) {
    await confirmar({ titulo, cuerpo: [resumen, lista], aceptar: 'Entendido', cancelar: 'Volver' })
    return
  }
  const comentario = crear('textarea', { class: 'entrada', rows: 2, maxlength: LARGO_COMENTARIO })
  const forzar = faltantes.length > 0
  const { caja, error } = campoDeDialogo(
    forzar ? 'Por qué se cierra con pendientes (obligatorio)' : 'Comentario',
    comentario,
  )
  const hecho = await preguntar<true>({
    titulo,
    cuerpo: [resumen, ...(forzar ? [lista] : []), caja, avisoFinal],
    aceptar: forzar ? 'Cerrar mes con pendientes' : 'Cerrar mes',
    destructivo: forzar,
    alAceptar: async () => {
      if (forzar && comentario.value.trim() === '') {
        error.textContent = 'Escribe por qué se cierra el mes con pendientes.'
        comentario.setAttribute('aria-invalid', 'true')
        comentario.focus()
        return null
      }
      await enviarJson(RUTA_CERRAR_MES, { ...lugarDe(ot), forzar, comentario: comentario.value })
      return true
    },
  })
  if (hecho) await recargarOts()
}

async function firmar(ot: OtDelMes): Promise<void> {
  if (ot.archivo === '') {
    await pedirEnlaceDelMes(ot)
    return
  }
  const seguro = await confirmar({
    titulo: `Marcar firmado ${delMes()} de ${ot.ot}`,
    cuerpo: ['El enlace de la evidencia ya no podrá cambiar.'],
    aceptar: 'Marcar firmado',
  })
  if (!seguro) return
  await enviarJson(RUTA_FIRMAR_MES, lugarDe(ot))
  await recargarOts()
}

async function reabrir(ot: OtDelMes, estatus: EstatusMes): Promise<void> {
  const comentario = await pedirTexto({
    titulo: `Reabrir ${delMes()} de ${ot.ot}`,
    explicacion:
      estatus === 'FIRMADO'
        ? 'El mes dejará de estar firmado y seguirá cerrado.'
        : 'El mes quedará abierto: su producción y sus reportes podrán cambiar.',
    etiqueta: 'Por qué se reabre',
    aceptar: 'Reabrir',
    falta: 'Escribe por qué se reabre el mes.',
    maximo: LARGO_COMENTARIO,
  })
  if (comentario === null) return
  await enviarJson(RUTA_REABRIR_MES, { ...lugarDe(ot), comentario })
  await recargarOts()
}
