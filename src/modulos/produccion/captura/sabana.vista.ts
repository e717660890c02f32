/** The sábana from what is stored (produccion.md §5.12, §6.5). Pure. */
import { instanteLocal } from '../../../comun/fechas.ts'
import { textoFijo } from '../../../comun/volumenes.ts'
import type {
  CeldaProduccion,
  CeldasDelMes,
  FilaDeConcepto,
  FilaDeSabana,
  FilaDeSubtotal,
  TipoTiempo,
  TotalesDeSabana,
  VolumenEnOtroSitio,
} from './captura.contrato.ts'
import type { ConceptoDelMes, ProduccionDelMes } from './captura.tipos.ts'
import { bloqueoDe } from './celdas.reglas.ts'
import { importesDe, masImporte, menosImporte, SIN_IMPORTE, textoImporte, type Importes } from './importes.contrato.ts'
import { ordenDeConceptos } from './orden.contrato.ts'

const DIAS = Array.from({ length: 31 }, (_, i) => i + 1)
const CERO = textoFijo(0n)

/** What is asked for: the type whose volume is in `valor`, the site, the link of the month. */
export interface VistaDeSabana {
  readonly tipo: TipoTiempo
  readonly idSitio: number
  readonly archivo: string
}

interface SumaDelDia {
  te: bigint
  cma: bigint
  programado: bigint
}

interface Sumas {
  tope: bigint
  mes: bigint
  programado: bigint
  importes: Importes
  dias: Map<number, SumaDelDia>
}

/** Rows of the sábana in the order of §5.4.5, the subtotal of each annex before its rows. */
export function filasDeSabana(conceptos: readonly ConceptoDelMes[], vista: VistaDeSabana): FilaDeSabana[] {
  const grupos = new Map<string, { filas: FilaDeConcepto[]; sumas: Sumas }>()
  for (const concepto of ordenar(conceptos)) {
    const grupo = grupos.get(concepto.clave.anexo) ?? { filas: [], sumas: sinSumas() }
    grupos.set(concepto.clave.anexo, grupo)
    const sumas = sumasDeConcepto(concepto, vista.idSitio)
    grupo.filas.push(filaDeConcepto(concepto, sumas, vista))
    acumular(grupo.sumas, sumas)
  }
  return [...grupos].flatMap(([anexo, { filas, sumas }]) => [filaDeSubtotal(anexo, sumas, vista.tipo), ...filas])
}

/** §5.4.5. */
function ordenar(conceptos: readonly ConceptoDelMes[]): ConceptoDelMes[] {
  return [...conceptos].sort((a, b) =>
    ordenDeConceptos({ ...a.clave, version: a.version }, { ...b.clave, version: b.version }),
  )
}

const sinSumas = (): Sumas => ({ tope: 0n, mes: 0n, programado: 0n, importes: SIN_IMPORTE, dias: new Map() })

function sumasDeConcepto(concepto: ConceptoDelMes, idSitio: number): Sumas {
  const sumas: Sumas = { ...sinSumas(), tope: concepto.tope }
  concepto.programa.forEach((programado, i) => {
    if (programado === 0n) return
    sumas.programado += programado
    sumas.dias.set(i + 1, { te: 0n, cma: 0n, programado })
  })
  for (const fila of concepto.produccion) {
    if (fila.sitio !== idSitio) continue
    sumas.mes += fila.micras
    const dia = sumas.dias.get(fila.dia) ?? { te: 0n, cma: 0n, programado: 0n }
    sumas.dias.set(fila.dia, dia)
    dia[fila.tipo === 'TE' ? 'te' : 'cma'] += fila.micras
  }
  sumas.importes = importesDe(sumas.mes, concepto.precios)
  return sumas
}

function acumular(total: Sumas, sumas: Sumas): void {
  total.tope += sumas.tope
  total.mes += sumas.mes
  total.programado += sumas.programado
  total.importes = masImporte(total.importes, sumas.importes)
  for (const [dia, { te, cma, programado }] of sumas.dias) {
    const suma = total.dias.get(dia) ?? { te: 0n, cma: 0n, programado: 0n }
    total.dias.set(dia, { te: suma.te + te, cma: suma.cma + cma, programado: suma.programado + programado })
  }
}

function filaDeConcepto(concepto: ConceptoDelMes, sumas: Sumas, vista: VistaDeSabana): FilaDeConcepto {
  const suyas = concepto.produccion.filter(({ sitio }) => sitio === vista.idSitio)
  const porDia = new Map<number, ProduccionDelMes[]>()
  for (const fila of suyas) porDia.set(fila.dia, [...(porDia.get(fila.dia) ?? []), fila])
  return {
    es_subtitulo: false,
    id_partida_imp: concepto.idPartida,
    codigo: concepto.codigo,
    concepto: concepto.concepto,
    anexo: concepto.anexo,
    anexo_clave: concepto.clave.anexo,
    unidad: concepto.unidad,
    pu_mn: textoPrecio(concepto.precios.mn),
    pu_usd: textoPrecio(concepto.precios.usd),
    archivo: vista.archivo,
    estatus_gpu: suyas.some(({ excedente }) => excedente) ? 'BLOQUEADO' : 'AUTORIZADO',
    sin_anexo_vigente: !concepto.enVigor,
    previo: textoFijo(concepto.previo),
    otros_sitios: concepto.produccion.filter(({ sitio }) => sitio !== vista.idSitio).map(enOtroSitio),
    ...textosDeSumas(sumas),
    ...celdas((dia) => celda(sumas.dias.get(dia), porDia.get(dia) ?? [], vista.tipo)),
  }
}

const enOtroSitio = ({ dia, tipo, sitio, micras }: ProduccionDelMes): VolumenEnOtroSitio => ({
  dia,
  tipo_tiempo: tipo,
  id_sitio: sitio,
  volumen: textoFijo(micras),
})

const textoPrecio = (precio: bigint): string => textoFijo(precio * 100n).slice(0, -2)

function filaDeSubtotal(anexo: string, sumas: Sumas, tipo: TipoTiempo): FilaDeSubtotal {
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
    ...textosDeSumas(sumas),
    ...celdas((dia) => celda(sumas.dias.get(dia), [], tipo)),
  }
}

const textosDeSumas = ({ tope, mes, programado, importes }: Sumas) => ({
  vol_total_proyectado: textoFijo(tope),
  acumulado_mes: textoFijo(mes),
  acumulado_programado: textoFijo(programado),
  monto_mn: textoImporte(importes.mn),
  monto_usd: textoImporte(importes.usd),
})

const celdas = (de: (dia: number) => CeldaProduccion | null): CeldasDelMes =>
  Object.fromEntries(DIAS.map((dia) => [`dia${String(dia)}`, de(dia)])) as CeldasDelMes

function celda(
  sumas: SumaDelDia | undefined,
  suyas: readonly ProduccionDelMes[],
  tipo: TipoTiempo,
): CeldaProduccion | null {
  if (sumas === undefined) return null
  const te = sumas.te === 0n ? CERO : textoFijo(sumas.te)
  const cma = sumas.cma === 0n ? CERO : textoFijo(sumas.cma)
  const propia = suyas.find((fila) => fila.tipo === tipo)
  const bloqueado = propia && bloqueoDe(propia)
  return {
    valor: tipo === 'TE' ? te : cma,
    programado: sumas.programado === 0n ? CERO : textoFijo(sumas.programado),
    es_excedente: suyas.some(({ excedente }) => excedente),
    te_dia: te,
    cma_dia: cma,
    ...(bloqueado ? { bloqueado } : {}),
    ...(propia && propia.estimada !== null ? { estimacion: propia.estimada } : {}),
    ...(propia?.conEvidencia ? { con_evidencia: true as const } : {}),
    ...(propia
      ? { estatus_cobro: propia.cobro, autor: { usuario: propia.usuario, fecha: instanteLocal(propia.fecha) } }
      : {}),
  }
}

/** Cards of the sábana (§5.12). */
export function totalesDeSabana(conceptos: readonly ConceptoDelMes[], idSitio: number): TotalesDeSabana {
  let [aut, ejec, acum, ejecTotal] = [SIN_IMPORTE, SIN_IMPORTE, SIN_IMPORTE, SIN_IMPORTE]
  for (const { tope, previo, precios, produccion } of conceptos) {
    let [sitio, todos] = [0n, 0n]
    for (const fila of produccion) {
      todos += fila.micras
      if (fila.sitio === idSitio) sitio += fila.micras
    }
    aut = masImporte(aut, importesDe(tope, precios))
    acum = masImporte(acum, importesDe(previo, precios))
    ejec = masImporte(ejec, importesDe(sitio, precios))
    ejecTotal = masImporte(ejecTotal, importesDe(todos, precios))
  }
  const general = masImporte(acum, ejecTotal)
  return {
    ...textosDe('aut', aut),
    ...textosDe('ejec', ejec),
    ...textosDe('acum', acum),
    ...textosDe('ejec_total', ejecTotal),
    ...textosDe('acum_general', general),
    ...textosDe('resta', menosImporte(aut, general)),
  }
}

function textosDe<T extends string>(nombre: T, { mn, usd }: Importes): Record<`${T}_mn` | `${T}_usd`, string> {
  return { [`${nombre}_mn`]: textoImporte(mn), [`${nombre}_usd`]: textoImporte(usd) } as Record<
    `${T}_mn` | `${T}_usd`,
    string
  >
}
