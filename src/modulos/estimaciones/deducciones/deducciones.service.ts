/** Deductions of an estimation (issue D §2, decision 0036): off until somebody writes them, in a draft, all together. */
import { DINERO_CERO } from '../../../comun/dinero.ts'
import { Conflicto } from '../../../comun/errores.ts'
import type { Contexto, CtxLectura } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { deduccionesUsuales } from '../../parametros/index.ts'
import { anotar, nombreDe } from '../estimaciones.auditoria.ts'
import { cerrarCambio, falta, sinCambio, tomarEstimacion, type Resultado } from '../cambios.service.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import {
  aplicada,
  faltaDeDeducciones,
  netoDe,
  type Deduccion,
  type DeduccionEnTexto,
  type PanelDeDeducciones,
} from './deducciones.contrato.ts'
import { listarDeducciones, reemplazarDeducciones } from './deducciones.repo.ts'
import type { GuardarDeducciones } from './deducciones.schema.ts'

/** A deduction as it travels: the percentage without zeros it does not need, amounts with cents. */
export const enTexto = ({ nombre, porcentaje, importeMn, importeUsd }: Deduccion): DeduccionEnTexto => ({
  nombre,
  porcentaje: porcentaje === null ? null : porcentaje.toFixed(),
  importe_mn: importeMn.toFixed(2),
  importe_usd: importeUsd.toFixed(2),
})

/** As the log reads it: «Anticipo 30 %, Pena $ 500.00 M.N.» */
const paraLog = (lista: readonly Deduccion[]): string =>
  lista
    .map(({ nombre, porcentaje, importeMn, importeUsd }) => {
      if (porcentaje !== null) return `${nombre} ${porcentaje.toFixed()} %`
      const importes = [
        ...(importeMn.isZero() ? [] : [`${importeMn.toFixed(2)} M.N.`]),
        ...(importeUsd.isZero() ? [] : [`${importeUsd.toFixed(2)} USD`]),
      ]
      return `${nombre} ${importes.join(' y ')}`
    })
    .join(', ')

/**
 * The whole list of a draft; a list that says the same changes nothing.
 * @throws DatosInvalidos for a row, or a net below zero; Conflicto when it is no draft or somebody saved it meanwhile.
 */
export function guardarDeducciones(
  ctx: Contexto,
  { id, version, deducciones }: GuardarDeducciones,
): Promise<Resultado & { cambio: boolean }> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await tomarEstimacion(tx, id, version)
    if (actual.estatus !== 'EN_ESTIMACION')
      throw new Conflicto(`EST-${String(actual.numero)} ya no es un borrador: sus deducciones no cambian.`)
    const lista = deducciones.map(({ nombre, porcentaje, importe_mn: mn, importe_usd: usd }) =>
      aplicada(
        {
          nombre: nombre ?? '',
          porcentaje: porcentaje ?? null,
          importeMn: mn ?? DINERO_CERO,
          importeUsd: usd ?? DINERO_CERO,
        },
        actual.totales,
      ),
    )
    const mal = faltaDeDeducciones(lista, actual.totales)
    if (mal !== null) throw falta('deducciones', mal)
    const antes = await listarDeducciones(tx.bd, actual.id)
    if (JSON.stringify(antes.map(enTexto)) === JSON.stringify(lista.map(enTexto)))
      return { ...sinCambio(actual), cambio: false }
    await reemplazarDeducciones(tx, actual.id, lista)
    const resultado = await cerrarCambio(tx, actual.id)
    await anotar(tx, actual, resultado.version, [
      {
        evento: 'MODIFICAR',
        campo: 'Deducciones',
        campoClave: 'deducciones',
        anterior: paraLog(antes),
        actual: paraLog(lista),
        detalle: `la estimación ${nombreDe(actual)}`,
      },
    ])
    return { ...resultado, cambio: true }
  })
}

/** What `obtener` answers of them: the list, what it adds up to and what is left. */
export interface DeduccionesConNeto {
  readonly deducciones: readonly DeduccionEnTexto[]
  readonly deduccion_mn: string
  readonly deduccion_usd: string
  readonly deduccion_homologado: string
  readonly neto_mn: string
  readonly neto_usd: string
  readonly neto_homologado: string
}

/** Deductions of an estimation with its net totals. */
export async function deduccionesConNeto(ctx: CtxLectura, e: Estimacion): Promise<DeduccionesConNeto> {
  const lista = await listarDeducciones(ctx.bd, e.id)
  const neto = netoDe(lista, e.totales, e.tipoCambio)
  return {
    deducciones: lista.map(enTexto),
    deduccion_mn: neto.deduccionMn.toFixed(2),
    deduccion_usd: neto.deduccionUsd.toFixed(2),
    deduccion_homologado: neto.deduccionHomologado.toFixed(2),
    neto_mn: neto.netoMn.toFixed(2),
    neto_usd: neto.netoUsd.toFixed(2),
    neto_homologado: neto.netoHomologado.toFixed(2),
  }
}

/** What the tab shows; the usual ones are offered to whoever may write them. */
export async function panelDeDeducciones(ctx: CtxLectura, e: Estimacion, editar: boolean): Promise<PanelDeDeducciones> {
  const lista = await listarDeducciones(ctx.bd, e.id)
  return {
    editar,
    lista: lista.map(enTexto),
    usuales: editar ? await deduccionesUsuales(ctx) : [],
    importe_mn: e.totales.importeMn.toFixed(2),
    importe_usd: e.totales.importeUsd.toFixed(2),
    homologado: e.totales.homologado.toFixed(2),
    tipo_cambio: e.tipoCambio.toFixed(4),
    tipo_cambio_fuente: e.tipoCambioFuente,
  }
}
