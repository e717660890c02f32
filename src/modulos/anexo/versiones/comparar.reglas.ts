/** What changes from one version of an annex to another (settled §7). Pure. */
import { DINERO_CERO, dinero } from '../../../comun/dinero.ts'
import type { Dinero } from '../../../comun/dinero.ts'
import type { CambioDePartida, PartidaBreve, TotalesDeVersion } from '../anexo.contrato.ts'
import { totalesDeAnexo } from '../anexo.reglas.ts'
import type { DatosDePartida } from './versiones.tipos.ts'

/** A partida to compare: what makes it the same in both versions, and its unit as people read it. */
export interface Comparable extends DatosDePartida {
  readonly identidad: string
  readonly unidad: string
}

/** Two versions side by side. */
export interface Comparacion {
  readonly nuevas: PartidaBreve[]
  readonly cambiadas: CambioDePartida[]
  readonly eliminadas: PartidaBreve[]
  readonly sinCambio: number
}

type Campo = CambioDePartida['campo']

const CAMPOS: readonly { campo: Campo; valor: (partida: Comparable) => string }[] = [
  { campo: 'anexo', valor: ({ anexo }) => anexo ?? '' },
  { campo: 'codigo', valor: ({ codigo }) => codigo },
  { campo: 'concepto', valor: ({ descripcion }) => descripcion },
  { campo: 'volumen', valor: ({ volumen }) => volumen },
  { campo: 'precio_unitario_mn', valor: ({ precioMn }) => precioMn },
  { campo: 'precio_unitario_usd', valor: ({ precioUsd }) => precioUsd },
]

/** A partida named in a line: `C-2 · 2.1. · TUBO DE ACERO · M`. */
export function nombreDePartida({ anexo, codigo, descripcion, unidad }: Comparable): string {
  return [anexo ?? '', codigo, descripcion, unidad].filter((parte) => parte !== '').join(' · ')
}

const breve = (partida: Comparable): PartidaBreve => ({
  clave: nombreDePartida(partida),
  anexo: partida.anexo ?? '',
  codigo: partida.codigo,
  concepto: partida.descripcion,
  unidad: partida.unidad,
  volumen: partida.volumen,
  precio_unitario_mn: partida.precioMn,
  precio_unitario_usd: partida.precioUsd,
})

/** Partidas matched by their identity; each field that differs is a change. */
export function compararPartidas(antes: readonly Comparable[], despues: readonly Comparable[]): Comparacion {
  const previas = new Map(antes.map((partida) => [partida.identidad, partida]))
  const nuevas: PartidaBreve[] = []
  const cambiadas: CambioDePartida[] = []
  let sinCambio = 0
  for (const partida of despues) {
    const previa = previas.get(partida.identidad)
    if (previa === undefined) {
      nuevas.push(breve(partida))
      continue
    }
    previas.delete(partida.identidad)
    const cambios = CAMPOS.filter(({ valor }) => valor(previa) !== valor(partida))
    if (cambios.length === 0) sinCambio += 1
    const clave = nombreDePartida(previa)
    for (const { campo, valor } of cambios)
      cambiadas.push({ clave, campo, antes: valor(previa), despues: valor(partida) })
  }
  return { nuevas, cambiadas, eliminadas: [...previas.values()].map(breve), sinCambio }
}

/** Amounts of a version, as its table shows them. */
export function totalesDeVersion(partidas: readonly DatosDePartida[], tipoCambio: Dinero): TotalesDeVersion {
  let mn = DINERO_CERO
  let usd = DINERO_CERO
  for (const { volumen, precioMn, precioUsd } of partidas) {
    const cantidad = dinero(volumen)
    mn = mn.plus(cantidad.times(precioMn))
    usd = usd.plus(cantidad.times(precioUsd))
  }
  return { partidas: partidas.length, ...totalesDeAnexo(mn, usd, tipoCambio) }
}
