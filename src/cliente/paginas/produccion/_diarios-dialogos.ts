/** Dialogs of the tab of daily reports: massive marking, note of a day, reason to open signed days. */
import {
  ESTATUS_DIARIO,
  LARGO_COMENTARIO_DIA,
  type EstatusDiario,
  type OtDelMes,
} from '../../../modulos/produccion/diario/diario.contrato.ts'
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { crear } from '../../comun/dom.ts'
import { frasesDelPlan, planDeMarcado, type PlanDeMarcado } from './_marcado.ts'
import { diasDelMesElegido } from './_seleccion.ts'

/** What was chosen in the dialog of the massive marking. */
export interface MarcadoElegido {
  readonly estatus: EstatusDiario | ''
  readonly cambian: PlanDeMarcado['cambian']
}

const opcionesDeDias = (): HTMLOptionElement[] =>
  Array.from({ length: diasDelMesElegido() }, (_, i) => new Option(String(i + 1), String(i + 1)))

/**
 * Asks which days of which OTs become what, telling before what will change and what will not.
 * @param contexto the OTs, those that begin chosen, the days that begin chosen and what the grid shows now
 */
export function pedirMarcado(contexto: {
  ots: readonly OtDelMes[]
  elegidas: ReadonlySet<number>
  desde: number
  hasta: number
  valor: (ot: OtDelMes, dia: number) => string
  puedeAbrir: boolean
}): Promise<MarcadoElegido | null> {
  const estatus = crear(
    'select',
    { class: 'entrada' },
    ...ESTATUS_DIARIO.map((uno) => new Option(uno, uno)),
    new Option('Limpiar (sin estatus)', ''),
  )
  const desde = crear('select', { class: 'entrada' }, ...opcionesDeDias())
  const hasta = crear('select', { class: 'entrada' }, ...opcionesDeDias())
  desde.value = String(contexto.desde)
  hasta.value = String(contexto.hasta)
  const soloConProduccion = crear('input', { type: 'checkbox' })
  const casillas = contexto.ots.map((ot) => {
    const casilla = crear('input', { type: 'checkbox' })
    casilla.checked = contexto.elegidas.has(ot.id_ot)
    return { ot, casilla, etiqueta: crear('label', { title: ot.desc }, casilla, ot.ot) }
  })
  const todas = crear('button', { type: 'button', class: 'boton' }, 'Todas')
  const ninguna = crear('button', { type: 'button', class: 'boton' }, 'Ninguna')
  const previa = crear('div', { class: 'nota marcado-previa', role: 'status' })
  const { caja: cajaEstatus } = campoDeDialogo('Estatus', estatus)
  const { caja: cajaDesde } = campoDeDialogo('Del día', desde)
  const { caja: cajaHasta } = campoDeDialogo('Al día', hasta)
  const plan = (): PlanDeMarcado =>
    planDeMarcado(
      {
        estatus: estatus.value as EstatusDiario | '',
        desde: Number(desde.value),
        hasta: Number(hasta.value),
        ots: casillas.filter(({ casilla }) => casilla.checked).map(({ ot }) => ot),
        soloConProduccion: soloConProduccion.checked,
      },
      contexto.valor,
      contexto.puedeAbrir,
    )
  const mostrar = (): void => {
    const frases = frasesDelPlan(plan(), estatus.value as EstatusDiario | '')
    previa.replaceChildren(...frases.map((frase) => crear('p', {}, frase)))
  }
  const marcarTodas = (valor: boolean): void => {
    for (const { casilla } of casillas) casilla.checked = valor
    mostrar()
  }
  todas.addEventListener('click', () => {
    marcarTodas(true)
  })
  ninguna.addEventListener('click', () => {
    marcarTodas(false)
  })
  const cuerpo = crear(
    'div',
    { class: 'formulario' },
    cajaEstatus,
    crear('div', { class: 'pareja' }, cajaDesde, cajaHasta),
    crear('label', { class: 'casilla' }, soloConProduccion, 'Solo los días con producción'),
    crear(
      'fieldset',
      { class: 'campo casillas marcado-ots' },
      crear('legend', {}, 'OT'),
      crear('div', { class: 'grupo-botones' }, todas, ninguna),
      ...casillas.map(({ etiqueta }) => etiqueta),
    ),
    previa,
  )
  cuerpo.addEventListener('change', mostrar)
  mostrar()
  return preguntar<MarcadoElegido>({
    titulo: 'Marcar varios días',
    cuerpo: [cuerpo],
    aceptar: 'Marcar',
    foco: estatus,
    alAceptar: () => {
      const { cambian } = plan()
      return cambian.length === 0 ? null : { estatus: estatus.value as EstatusDiario | '', cambian }
    },
  })
}

/** A text that may not be empty; null when the person gave up. */
export function pedirTexto(opciones: {
  titulo: string
  explicacion: string
  etiqueta: string
  aceptar: string
  falta: string
  maximo: number
  destructivo?: boolean
}): Promise<string | null> {
  const entrada = crear('textarea', { class: 'entrada', rows: 3, maxlength: opciones.maximo })
  const { caja, error } = campoDeDialogo(opciones.etiqueta, entrada)
  return preguntar<string>({
    titulo: opciones.titulo,
    cuerpo: [crear('p', {}, opciones.explicacion), caja],
    aceptar: opciones.aceptar,
    foco: entrada,
    alAceptar: () => {
      const texto = entrada.value.trim()
      if (texto !== '') return texto
      error.textContent = opciones.falta
      entrada.setAttribute('aria-invalid', 'true')
      entrada.focus()
      return null
    },
  })
}

/** Note of a day; empty takes it away. `mandar` stores it. */
export async function pedirComentario(
  ot: OtDelMes,
  dia: number,
  mandar: (comentario: string) => Promise<unknown>,
): Promise<boolean> {
  const entrada = crear('textarea', { class: 'entrada', rows: 3, maxlength: LARGO_COMENTARIO_DIA })
  entrada.value = ot.comentarios[String(dia)] ?? ''
  const { caja } = campoDeDialogo('Comentario', entrada, { ayuda: 'Vacío lo quita.' })
  const hecho = await preguntar<true>({
    titulo: `Comentario del día ${String(dia)}`,
    cuerpo: [crear('p', { class: 'tenue' }, `${ot.ot}: ${ot.desc}`), caja],
    aceptar: 'Guardar',
    foco: entrada,
    alAceptar: async () => {
      await mandar(entrada.value.trim())
      return true as const
    },
  })
  return hecho === true
}
