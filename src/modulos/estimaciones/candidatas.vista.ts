/**
 * The answer of `estimaciones/candidatas/` (estimaciones.md §6), written byte by byte: a family brings thirty thousand rows, each with
 * the description of its concept, and an object for each one costs more than all the rest. Amounts in whole numbers.
 */
import { dinero } from '../../comun/dinero.ts'
import { aMicras, textoFijo } from '../../comun/volumenes.ts'
import { filasDe, type ConceptoConProduccion, type FilaDeProduccion } from './candidatas.repo.ts'
import { motivosDe, type Exigencias } from './estimaciones.reglas.ts'
import type { Motivo } from './estimaciones.tipos.ts'
import { centavosDe, precioEntero } from './importes.contrato.ts'

/** What may be billed of a row, and the end of its text. */
interface Juicio {
  readonly motivos: readonly Motivo[]
  readonly final: string
}

/** @param sinSaldo its `saldo` is zero. */
type Juez = (concepto: ConceptoConProduccion, fila: FilaDeProduccion, sinSaldo: boolean) => Juicio

/** Same flags, same reasons: each combination is judged once. */
function crearJuez(exige: Exigencias): Juez {
  const vistos = new Map<number, Juicio>()
  return (concepto, { saldo, excedente, firmada, mesCerrado }, sinSaldo) => {
    const { llevaGpu, puMn, puUsd } = concepto
    const clave =
      (sinSaldo ? 1 : 0) +
      (excedente ? 2 : 0) +
      (firmada ? 4 : 0) +
      (mesCerrado ? 8 : 0) +
      (llevaGpu ? 16 : 0) +
      (puMn.isZero() && puUsd.isZero() ? 32 : 0)
    const visto = vistos.get(clave)
    if (visto) return visto
    const juzgable = { llevaGpu, puMn, puUsd, excedente, mesCerrado, gpuFirmado: firmada, diaFirmado: firmada }
    const motivos = motivosDe({ ...juzgable, saldo: dinero(saldo) }, exige)
    const final = `","estimable":${String(motivos.length === 0)},"motivos":${JSON.stringify(motivos)}}`
    const juicio = { motivos, final }
    vistos.set(clave, juicio)
    return juicio
  }
}

function textoCentavos(centavos: bigint): string {
  const texto = centavos.toString().padStart(3, '0')
  return `${texto.slice(0, -2)}.${texto.slice(-2)}`
}

/** What may be billed of a concept at its prices, across the partidas that bring it. */
interface Suma {
  micras: bigint
  readonly mn: bigint
  readonly usd: bigint
}

class Resumen {
  private total = 0
  private estimables = 0
  private readonly motivos: Partial<Record<Motivo, number>> = {}
  private readonly sumas = new Map<string, Suma>()

  sumaDe(concepto: ConceptoConProduccion): Suma {
    const { anexo, codigo, concepto: texto, unidad, puMn, puUsd } = concepto
    const clave = JSON.stringify([anexo, codigo, texto, unidad, puMn.toFixed(), puUsd.toFixed()])
    const suma = this.sumas.get(clave) ?? { micras: 0n, mn: precioEntero(puMn), usd: precioEntero(puUsd) }
    this.sumas.set(clave, suma)
    return suma
  }

  /** @returns how many there are by now. */
  contar({ motivos }: Juicio, suma: Suma, micras: bigint): number {
    this.total += 1
    for (const motivo of motivos) this.motivos[motivo] = (this.motivos[motivo] ?? 0) + 1
    if (motivos.length === 0) {
      this.estimables += 1
      suma.micras += micras
    }
    return this.total
  }

  /** Rounded per concept, as a document would (§4). */
  get cuerpo(): Record<string, unknown> {
    const sumas = [...this.sumas.values()]
    const total = (centavos: (suma: Suma) => bigint): string =>
      textoCentavos(sumas.reduce((acumulado, suma) => acumulado + centavos(suma), 0n))
    return {
      total: this.total,
      estimables: this.estimables,
      volumen: textoFijo(sumas.reduce((acumulado, { micras }) => acumulado + micras, 0n)),
      importe_mn: total(({ micras, mn }) => centavosDe(micras, mn)),
      importe_usd: total(({ micras, usd }) => centavosDe(micras, usd)),
      motivos: this.motivos,
    }
  }
}

/** Bytes one after another, in a box that grows when it must: no text of twenty megabytes is ever made. */
class Escritor {
  private caja: Buffer
  private lleno = 0

  constructor(esperados: number) {
    this.caja = Buffer.allocUnsafe(Math.ceil(esperados))
  }

  texto(texto: string): void {
    // UTF-8 takes three bytes at most for each unit of a JavaScript text.
    this.abrir(texto.length * 3)
    this.lleno += this.caja.write(texto, this.lleno)
  }

  bytes(bytes: Buffer): void {
    this.abrir(bytes.length)
    this.lleno += bytes.copy(this.caja, this.lleno)
  }

  get escrito(): Buffer {
    return this.caja.subarray(0, this.lleno)
  }

  private abrir(cuantos: number): void {
    const faltan = this.lleno + cuantos
    if (faltan <= this.caja.length) return
    const mayor = Buffer.allocUnsafe(Math.max(faltan, this.caja.length * 2))
    this.caja.copy(mayor, 0, 0, this.lleno)
    this.caja = mayor
  }
}

/** Rows of a concept: what it repeats in each of them is written once and copied. */
function escribirFilas(salida: Escritor, concepto: ConceptoConProduccion, juez: Juez, resumen: Resumen): void {
  const { anexo, codigo, concepto: texto, unidad, puMn, puUsd } = concepto
  const suma = resumen.sumaDe(concepto)
  const clave = JSON.stringify({
    anexo,
    codigo,
    concepto: texto,
    unidad,
    pu_mn: puMn.toFixed(4),
    pu_usd: puUsd.toFixed(4),
  })
  const repetido = Buffer.from(`",${clave.slice(1, -1)},"volumen":"`)
  // The end of a row and the beginning of the next one are written together: half of the calls.
  let final = ''
  let [ultimo, suTexto] = ['', '""']
  for (const fila of filasDe(concepto)) {
    const { idProduccion, fecha, sitio, tipoTiempo, volumen, saldo } = fila
    const micras = aMicras(saldo)
    const juicio = juez(concepto, fila, micras === 0n)
    const coma = resumen.contar(juicio, suma, micras) === 1 ? '' : ','
    if (sitio !== ultimo) [ultimo, suTexto] = [sitio, JSON.stringify(sitio)]
    salida.texto(
      `${final}${coma}{"id_produccion":${String(idProduccion)},"fecha":"${fecha}","sitio":${suTexto},"tipo_tiempo":"${tipoTiempo}`,
    )
    salida.bytes(repetido)
    const [mn, usd] = [textoCentavos(centavosDe(micras, suma.mn)), textoCentavos(centavosDe(micras, suma.usd))]
    final = `${volumen}","saldo":"${saldo}","importe_mn":"${mn}","importe_usd":"${usd}${juicio.final}`
  }
  salida.texto(final)
}

/** About what the rows of a concept take: a packed one is some 60 bytes of the 330 that it has beside its texts. */
const esperados = ({ anexo, codigo, concepto, unidad, empacadas }: ConceptoConProduccion): number =>
  (empacadas.length / 60 + 1) * (330 + (anexo.length + codigo.length + concepto.length + unidad.length) * 1.1)

/** Rows with amounts of what is left to bill, and how much of it may be billed. */
export function jsonDeCandidatas(conceptos: readonly ConceptoConProduccion[], exige: Exigencias): Buffer {
  const juez = crearJuez(exige)
  const resumen = new Resumen()
  const salida = new Escritor(conceptos.reduce((bytes, concepto) => bytes + esperados(concepto), 1024))
  salida.texto('{"data":[')
  for (const concepto of conceptos) escribirFilas(salida, concepto, juez, resumen)
  salida.texto(`],"resumen":${JSON.stringify(resumen.cuerpo)}}`)
  return salida.escrito
}
