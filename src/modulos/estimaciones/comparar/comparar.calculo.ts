/** The comparison itself: concept by concept and day by day, and what applying each difference would do. */
import { dinero, textoPlano, type Dinero } from '../../../comun/dinero.ts'
import type { FechaIso } from '../../../comun/fechas.ts'
import { textoNormal } from '../../../comun/texto.ts'
import { aMicras, textoFijo, textoVolumen } from '../../../comun/volumenes.ts'
import type { DetalleLeido } from '../consultas.repo.ts'
import { motivosQueImpiden } from '../estimaciones.reglas.ts'
import type { CandidataJuzgada } from '../candidatas.service.ts'
import { MOTIVOS } from '../estimaciones.tipos.ts'
import { importeDe } from '../importes.contrato.ts'
import type { FilaComparada, Movimiento, Resultado } from './comparar.contrato.ts'

/** What the workbook says of a concept and day, at its own detail. */
export interface Dicho {
  readonly concepto: number
  readonly fecha: FechaIso
  readonly sitio: string | null
  readonly tipo: string | null
  readonly micras: bigint
  readonly celdas: string
}

/** The draft as it is now. */
export interface Nuestro {
  /** Live lines, in the order of the grid. */
  readonly lineas: readonly DetalleLeido[]
  /** All the production of the period, with why it may not be billed. */
  readonly candidatas: readonly CandidataJuzgada[]
  /** Place of the concept of a production. */
  readonly conceptoDe: (idProduccion: number) => number | undefined
}

/** At which detail it is compared, and of which concepts nothing may be decided yet. */
export interface Nivel {
  readonly conSitio: boolean
  readonly conTipo: boolean
  readonly dudosos: ReadonlyMap<number, string>
}

/** A row with the changes it would make. */
export interface FilaConMovimientos {
  readonly fila: FilaComparada
  readonly movimientos: readonly Movimiento[]
}

interface Grupo {
  readonly clave: string
  readonly concepto: number
  readonly fecha: FechaIso
  readonly sitio: string | null
  readonly tipo: string | null
  readonly lineas: DetalleLeido[]
  readonly libres: CandidataJuzgada[]
  suyo: bigint | null
  readonly celdas: string[]
}

const micrasDe = (volumen: Dinero): bigint => aMicras(volumen.toFixed(6))

/** Every concept and day that the workbook or the draft have, in the order of the draft. */
export function comparar(dichos: readonly Dicho[], nuestro: Nuestro, nivel: Nivel): FilaConMovimientos[] {
  const grupos = agrupar(dichos, nuestro, nivel)
  return [...grupos.values()]
    .filter(({ lineas, suyo }) => lineas.length > 0 || suyo !== null)
    .sort((a, b) => a.concepto - b.concepto || comparaTextos(a.fecha, b.fecha) || comparaTextos(a.clave, b.clave))
    .map((grupo) => compararGrupo(grupo, nivel))
}

/** Order of two texts by their code units, the same everywhere. */
export const comparaTextos = (a: string, b: string): number => (a < b ? -1 : Number(a > b))

function agrupar(
  dichos: readonly Dicho[],
  { lineas, candidatas, conceptoDe }: Nuestro,
  { conSitio, conTipo }: Nivel,
): Map<string, Grupo> {
  const grupos = new Map<string, Grupo>()
  const grupoDe = (de: Pick<Grupo, 'concepto' | 'fecha' | 'sitio' | 'tipo'>): Grupo => {
    const sitio = conSitio ? de.sitio : null
    const tipo = conTipo ? de.tipo : null
    const clave = [String(de.concepto), de.fecha, tipo ?? '', sitio === null ? '' : textoNormal(sitio)].join('/')
    const previo = grupos.get(clave)
    if (previo !== undefined) return previo
    const { concepto, fecha } = de
    const nuevo: Grupo = { clave, concepto, fecha, sitio, tipo, lineas: [], libres: [], suyo: null, celdas: [] }
    grupos.set(clave, nuevo)
    return nuevo
  }
  for (const linea of lineas) {
    const concepto = conceptoDe(linea.idProduccion)
    if (concepto !== undefined) grupoDe({ ...linea, concepto, tipo: linea.tipoTiempo }).lineas.push(linea)
  }
  const enLinea = new Set(lineas.map(({ idProduccion }) => idProduccion))
  for (const candidata of candidatas) {
    const concepto = conceptoDe(candidata.idProduccion)
    if (concepto !== undefined && !enLinea.has(candidata.idProduccion))
      grupoDe({ ...candidata, concepto, tipo: candidata.tipoTiempo }).libres.push(candidata)
  }
  for (const dicho of dichos) {
    const grupo = grupoDe(dicho)
    grupo.suyo = (grupo.suyo ?? 0n) + dicho.micras
    grupo.celdas.push(dicho.celdas)
  }
  return grupos
}

const sumaDe = (lineas: readonly DetalleLeido[]): bigint =>
  lineas.reduce((suma, { volumenEstimado }) => suma + micrasDe(volumenEstimado), 0n)

function compararGrupo(grupo: Grupo, { dudosos }: Nivel): FilaConMovimientos {
  const nuestro = sumaDe(grupo.lineas)
  const suyo = grupo.suyo ?? 0n
  const resultado = resultadoDe(grupo, nuestro)
  const plan = resultado === 'igual' ? { movimientos: [], porque: null } : planear(grupo, suyo - nuestro)
  const duda = resultado === 'igual' ? undefined : dudosos.get(grupo.concepto)
  const porque = duda ?? plan.porque
  const diferencia = textoFijo(suyo - nuestro)
  const dif = dinero(diferencia)
  const precios = grupo.lineas[0] ?? grupo.libres[0]
  return {
    movimientos: duda === undefined ? plan.movimientos : [],
    fila: {
      clave: grupo.clave,
      concepto: grupo.concepto,
      fecha: grupo.fecha,
      sitio: grupo.sitio,
      tipo_tiempo: grupo.tipo,
      nuestro: textoFijo(nuestro),
      suyo: textoFijo(suyo),
      diferencia,
      diferencia_mn: textoPlano(precios ? importeDe(dif, precios.puMn) : dinero(0)),
      diferencia_usd: textoPlano(precios ? importeDe(dif, precios.puUsd) : dinero(0)),
      resultado,
      celdas: grupo.celdas.join(', '),
      aplicable: resultado !== 'igual' && duda === undefined && plan.movimientos.length > 0,
      porque,
    },
  }
}

function resultadoDe({ suyo, lineas }: Grupo, nuestro: bigint): Resultado {
  if ((suyo ?? 0n) === nuestro) return 'igual'
  if (suyo === null) return 'falta_archivo'
  return lineas.length === 0 ? 'falta_estimacion' : 'diferente'
}

interface Plan {
  readonly movimientos: Movimiento[]
  readonly porque: string | null
}

/** Less: the last lines first. More: what is left of the first lines, and then production that is not in the draft. */
function planear(grupo: Grupo, diferencia: bigint): Plan {
  return diferencia < 0n ? bajar(grupo, -diferencia) : subir(grupo, diferencia)
}

function bajar({ lineas }: Grupo, cuanto: bigint): Plan {
  const movimientos: Movimiento[] = []
  let falta = cuanto
  for (const linea of [...lineas].reverse()) {
    const de = micrasDe(linea.volumenEstimado)
    const menos = de < falta ? de : falta
    if (menos === 0n) continue
    falta -= menos
    movimientos.unshift(movimiento('ajustar', linea, linea.id, { de, a: de - menos }))
  }
  return { movimientos, porque: null }
}

function subir({ lineas, libres }: Grupo, cuanto: bigint): Plan {
  const movimientos: Movimiento[] = []
  let falta = cuanto
  for (const linea of lineas) {
    const saldo = micrasDe(linea.saldo)
    const mas = saldo < falta ? saldo : falta
    if (mas === 0n) continue
    falta -= mas
    const de = micrasDe(linea.volumenEstimado)
    movimientos.push(movimiento('ajustar', linea, linea.id, { de, a: de + mas }))
  }
  for (const libre of libres) {
    if (motivosQueImpiden(libre.motivos).length > 0) continue
    const saldo = micrasDe(libre.saldo)
    const mas = saldo < falta ? saldo : falta
    if (mas === 0n) continue
    falta -= mas
    movimientos.push(movimiento('agregar', libre, null, { de: 0n, a: mas }))
  }
  if (falta === 0n) return { movimientos, porque: avisoDePrecio(libres, movimientos) }
  return { movimientos: [], porque: porqueNo({ lineas, libres }, cuanto - falta, falta) }
}

function avisoDePrecio(libres: readonly CandidataJuzgada[], movimientos: readonly Movimiento[]): string | null {
  const agregadas = new Set(movimientos.filter(({ accion }) => accion === 'agregar').map((uno) => uno.id_produccion))
  return libres.some(({ idProduccion, motivos }) => agregadas.has(idProduccion) && motivos.includes('SIN_PRECIO'))
    ? 'Lo que se agrega no tiene precio.'
    : null
}

function porqueNo({ lineas, libres }: Pick<Grupo, 'lineas' | 'libres'>, alcanza: bigint, falta: bigint): string {
  const conMotivo = libres.flatMap(({ saldo, volumen, motivos }) => {
    const impiden = motivosQueImpiden(motivos)
    if (impiden.length === 0) return []
    const cuanto = saldo.isZero() ? volumen : saldo
    return [`${textoVolumen(micrasDe(cuanto))}: ${impiden.map((motivo) => enFrase(MOTIVOS[motivo])).join(', ')}`]
  })
  const producido = conMotivo.length === 0 ? '' : ` Producido fuera del borrador: ${conMotivo.join('; ')}.`
  if (lineas.length === 0 && libres.length === 0) return 'No hay producción de ese concepto ese día.'
  if (lineas.length === 0 && alcanza === 0n) return `No se puede estimar.${producido}`
  return `Pasa por ${textoVolumen(falta)} de lo que se puede estimar.${producido}`
}

/** A reason inside a sentence: «falta firmar su GPU». */
const enFrase = (texto: string): string => texto.charAt(0).toLowerCase() + texto.slice(1)

function movimiento(
  accion: Movimiento['accion'],
  de: DetalleLeido | CandidataJuzgada,
  idDetalle: number | null,
  cambio: { readonly de: bigint; readonly a: bigint },
): Movimiento {
  return {
    accion,
    id_detalle: idDetalle,
    id_produccion: de.idProduccion,
    fecha: de.fecha,
    sitio: de.sitio,
    tipo_tiempo: de.tipoTiempo,
    codigo: de.codigo,
    unidad: de.unidad,
    de: textoFijo(cambio.de),
    a: textoFijo(cambio.a),
  }
}
