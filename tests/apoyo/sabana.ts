import { dinero, textoPlano } from '../../src/comun/dinero.ts'
import { aMicras, textoFijo } from '../../src/comun/volumenes.ts'
import type {
  CeldaProduccion,
  FilaDeConcepto,
  FilaDeSabana,
  Sabana,
} from '../../src/modulos/produccion/captura/captura.contrato.ts'
import type { SeccionMensual } from '../../src/modulos/produccion/reportes/reportes.tipos.ts'

/** A concept of a sábana made by hand: volumes by day, as text. */
export interface ConceptoDePrueba {
  readonly codigo: string
  readonly concepto?: string
  readonly anexo?: string
  readonly tope?: string
  readonly mn?: string
  readonly usd?: string
  readonly te?: Readonly<Record<number, string>>
  readonly cma?: Readonly<Record<number, string>>
  readonly programado?: Readonly<Record<number, string>>
  readonly excedente?: readonly number[]
}

const DIAS = Array.from({ length: 31 }, (_, i) => i + 1)
const fijo = (texto: string | undefined): string => textoFijo(aMicras(texto ?? ''))
const suma = (dias: Readonly<Record<number, string>> = {}): bigint =>
  Object.values(dias).reduce((total, volumen) => total + aMicras(volumen), 0n)

function celda(
  { te = {}, cma = {}, programado = {}, excedente = [] }: ConceptoDePrueba,
  dia: number,
): CeldaProduccion | null {
  if (te[dia] === undefined && cma[dia] === undefined && programado[dia] === undefined) return null
  return {
    valor: fijo(te[dia]),
    te_dia: fijo(te[dia]),
    cma_dia: fijo(cma[dia]),
    programado: fijo(programado[dia]),
    es_excedente: excedente.includes(dia),
  }
}

const dias = (de: (dia: number) => CeldaProduccion | null): Record<`dia${number}`, CeldaProduccion | null> =>
  Object.fromEntries(DIAS.map((dia) => [`dia${String(dia)}`, de(dia)]))

function filaDe(concepto: ConceptoDePrueba): FilaDeConcepto {
  const mes = suma(concepto.te) + suma(concepto.cma)
  const monto = (precio: string): string => textoPlano(dinero(textoFijo(mes)).times(precio))
  return {
    es_subtitulo: false,
    id_partida_imp: 1,
    codigo: concepto.codigo,
    concepto: concepto.concepto ?? `CONCEPTO ${concepto.codigo}`,
    anexo: concepto.anexo ?? 'C-2',
    anexo_clave: concepto.anexo ?? 'C-2',
    unidad: 'M',
    pu_mn: textoPlano(dinero(concepto.mn ?? '0'), 4),
    pu_usd: textoPlano(dinero(concepto.usd ?? '0'), 4),
    archivo: '',
    estatus_gpu: (concepto.excedente ?? []).length > 0 ? 'BLOQUEADO' : 'AUTORIZADO',
    sin_anexo_vigente: false,
    previo: '0.000000',
    otros_sitios: [],
    vol_total_proyectado: fijo(concepto.tope),
    acumulado_mes: textoFijo(mes),
    acumulado_programado: textoFijo(suma(concepto.programado)),
    monto_mn: monto(concepto.mn ?? '0'),
    monto_usd: monto(concepto.usd ?? '0'),
    ...dias((dia) => celda(concepto, dia)),
  } as unknown as FilaDeConcepto
}

function subtotal(anexo: string, filas: readonly FilaDeConcepto[]): FilaDeSabana {
  const volumen = (campo: 'vol_total_proyectado' | 'acumulado_mes' | 'acumulado_programado'): string =>
    textoFijo(filas.reduce((total, fila) => total + aMicras(fila[campo]), 0n))
  const monto = (campo: 'monto_mn' | 'monto_usd'): string =>
    textoPlano(filas.reduce((total, fila) => total.plus(fila[campo]), dinero(0)))
  return {
    es_subtitulo: true,
    id_partida_imp: `SUBTITULO_${anexo}`,
    codigo: '',
    concepto: `TOTAL ANEXO: ${anexo}`,
    anexo,
    anexo_clave: anexo,
    unidad: '',
    estatus_gpu: '',
    _attributes: { disabled: true, class: 'bg-secondary text-white' },
    vol_total_proyectado: volumen('vol_total_proyectado'),
    acumulado_mes: volumen('acumulado_mes'),
    acumulado_programado: volumen('acumulado_programado'),
    monto_mn: monto('monto_mn'),
    monto_usd: monto('monto_usd'),
    ...dias(() => null),
  } as unknown as FilaDeSabana
}

/** A sábana with those concepts, in the order they come; cards add what its rows say. */
export function sabanaDePrueba(conceptos: readonly ConceptoDePrueba[], cambios: Partial<Sabana> = {}): Sabana {
  const anexos = [...new Set(conceptos.map(({ anexo }) => anexo ?? 'C-2'))]
  const partidas = anexos.flatMap((anexo): FilaDeSabana[] => {
    const suyas = conceptos.filter((concepto) => (concepto.anexo ?? 'C-2') === anexo).map(filaDe)
    return [subtotal(anexo, suyas), ...suyas]
  })
  const total = (campo: 'monto_mn' | 'monto_usd'): string =>
    textoPlano(partidas.filter((fila) => fila.es_subtitulo).reduce((t, fila) => t.plus(fila[campo]), dinero(0)))
  const [mn, usd] = [total('monto_mn'), total('monto_usd')]
  const tarjetas = ['aut', 'ejec', 'acum', 'resta', 'ejec_total', 'acum_general'].flatMap((clave) => [
    [`${clave}_mn`, mn],
    [`${clave}_usd`, usd],
  ])
  return {
    partidas,
    dias_bloqueados: [],
    dias_firmados: [],
    dias_fuera_vigencia: [],
    totales: Object.fromEntries(tarjetas),
    version: 1,
    mes_cerrado: false,
    ...cambios,
  }
}

/** A section of a report around a sábana. */
export function seccionDePrueba(sabana: Sabana, cambios: Partial<SeccionMensual> = {}): SeccionMensual {
  return {
    ot: { id: 101, folio: 'OT-101', descripcion: 'Mantenimiento de ductos submarinos', cliente: 'PEMEX' },
    sitio: { id: 1, nombre: 'EMBARCACION-UNO' },
    vigencia: 'del 11/02/2026 al 10/04/2026',
    sabana,
    guardias: [],
    ...cambios,
  }
}
