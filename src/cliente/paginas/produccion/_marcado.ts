/** What a massive marking would do, told before it is done: pure, so that it is tested without a page. */
import { plural } from '../../../comun/texto.ts'
import type { EstatusDiario, OtDelMes } from '../../../modulos/produccion/diario/diario.contrato.ts'

/** What is asked: those days of those OTs to that status, '' to leave them without one. */
export interface Marcado {
  readonly estatus: EstatusDiario | ''
  readonly desde: number
  readonly hasta: number
  readonly ots: readonly OtDelMes[]
  /** Only days with production at the site. */
  readonly soloConProduccion: boolean
}

export interface PlanDeMarcado {
  readonly cambian: readonly { readonly ot: OtDelMes; readonly dia: number }[]
  readonly yaEstaban: number
  /** Days outside the window of their OT. */
  readonly fuera: number
  readonly cerrados: number
  /** Signed days that this person may not open. */
  readonly firmados: number
  readonly sinProduccion: number
  /** Signed days that will be opened: saving asks for the reason. */
  readonly seAbren: number
}

/** The plan over what the grid shows now; `valor` is the status of a day there, typed or stored. */
export function planDeMarcado(
  { estatus, desde, hasta, ots, soloConProduccion }: Marcado,
  valor: (ot: OtDelMes, dia: number) => string,
  puedeAbrir: boolean,
): PlanDeMarcado {
  const cuenta = { yaEstaban: 0, fuera: 0, cerrados: 0, firmados: 0, sinProduccion: 0, seAbren: 0 }
  const cambian: { ot: OtDelMes; dia: number }[] = []
  for (const ot of ots) {
    for (let dia = desde; dia <= hasta; dia += 1) {
      const firmado = ot[`dia${dia}`] === 'FIRMADO'
      if (ot.dias_bloqueados.includes(dia)) cuenta.fuera += 1
      else if (ot.mes_cerrado) cuenta.cerrados += 1
      else if (valor(ot, dia) === estatus) cuenta.yaEstaban += 1
      else if (soloConProduccion && !ot.dias_con_produccion.includes(dia)) cuenta.sinProduccion += 1
      else if (firmado && !puedeAbrir) cuenta.firmados += 1
      else {
        if (firmado) cuenta.seAbren += 1
        cambian.push({ ot, dia })
      }
    }
  }
  return { cambian, ...cuenta }
}

/** «52 días en 4 OT quedarán en FIRMADO. No cambian: 3 ya estaban, 2 fuera de vigencia.» */
export function frasesDelPlan(plan: PlanDeMarcado, estatus: EstatusDiario | ''): string[] {
  const ots = new Set(plan.cambian.map(({ ot }) => ot.id_ot)).size
  const cuantos = plan.cambian.length
  const verbo = cuantos === 1 ? 'quedará' : 'quedarán'
  const como = estatus === '' ? 'sin estatus' : `en ${estatus}`
  const fuera = [
    plan.yaEstaban > 0 ? `${String(plan.yaEstaban)} ya ${plan.yaEstaban === 1 ? 'estaba' : 'estaban'}` : '',
    plan.fuera > 0 ? `${String(plan.fuera)} fuera de vigencia` : '',
    plan.sinProduccion > 0 ? `${String(plan.sinProduccion)} sin producción` : '',
    plan.cerrados > 0 ? `${String(plan.cerrados)} de meses cerrados` : '',
    plan.firmados > 0 ? `${String(plan.firmados)} ya ${plan.firmados === 1 ? 'firmado' : 'firmados'}` : '',
  ].filter((texto) => texto !== '')
  return [
    cuantos === 0 ? 'Ningún día cambia.' : `${plural(cuantos, 'día', 'días')} en ${String(ots)} OT ${verbo} ${como}.`,
    ...(fuera.length === 0 ? [] : [`No cambian: ${fuera.join(', ')}.`]),
    ...(plan.seAbren === 0
      ? []
      : [
          `${plan.seAbren === 1 ? 'Se abrirá' : 'Se abrirán'} ${plural(plan.seAbren, 'día firmado', 'días firmados')}: al guardar se pedirá el motivo.`,
        ]),
  ]
}
