/**
 * What billing should be, told a second time and apart from the system: exact integers (volumes in millionths, prices in
 * ten-thousandths, amounts in cents), no database and no code of `src`. Each command says with which status it should end
 * and, when it is accepted, leaves the model as the database should be (estimaciones.md §2-§5).
 */

export type Tipo = 'TE' | 'CMA'
export type Persona = 'A' | 'B'
export type Estatus = 'EN_ESTIMACION' | 'ENVIADA' | 'AUTORIZADA' | 'FACTURADA' | 'COBRADA' | 'RECHAZADA' | 'CANCELADA'
export type Orden = 'inicial' | 'reprogramacion'
/** How a command ends: 200, or the status of the refusal. */
export type Fin = 200 | 400 | 404 | 409

export interface Produccion {
  id: number
  readonly codigo: string
  readonly dia: number
  readonly tipo: Tipo
  volumen: bigint
  /** Null in the annexes without GPU. */
  readonly gpu: { firmado: boolean; enlace: boolean } | null
}

export interface Linea {
  id: number
  readonly orden: number
  readonly produccion: Produccion
  actual: bigint
  estimado: bigint
  comentario: string
  mn: bigint
  usd: bigint
  rechazada: boolean
}

export interface Estimacion {
  id: number
  readonly numero: number
  readonly desde: number
  readonly hasta: number
  estatus: Estatus
  version: number
  enviadoPor: Persona | null
  lineas: Linea[]
}

/** Authorised volume and prices of a concept in a version of the annex. */
export interface Autorizado {
  readonly tope: bigint
  readonly mn: bigint
  readonly usd: bigint
  /** Kept with volume 0 because it has production. */
  readonly arrastrado: boolean
}
interface VersionDeAnexo {
  readonly de: Orden
  activa: boolean
  readonly partidas: Map<string, Autorizado>
}

/** Concepts of the family; those with `gpu` are of C-2 and C-3. */
export const CONCEPTOS = [
  { codigo: '2.1', gpu: true },
  { codigo: '3.5', gpu: true },
  { codigo: '4.7', gpu: false },
  { codigo: '5.1', gpu: false },
] as const
const LLEVA_GPU = new Map<string, boolean>(CONCEPTOS.map(({ codigo, gpu }) => [codigo, gpu]))

/** Steps of the flow (estimaciones.md §3). */
export const PASOS: readonly (readonly [Estatus, Estatus])[] = [
  ['EN_ESTIMACION', 'ENVIADA'],
  ['ENVIADA', 'AUTORIZADA'],
  ['ENVIADA', 'RECHAZADA'],
  ['RECHAZADA', 'EN_ESTIMACION'],
  ['AUTORIZADA', 'FACTURADA'],
  ['FACTURADA', 'COBRADA'],
  ['AUTORIZADA', 'ENVIADA'],
  ['FACTURADA', 'AUTORIZADA'],
  ['EN_ESTIMACION', 'CANCELADA'],
  ['ENVIADA', 'CANCELADA'],
  ['RECHAZADA', 'CANCELADA'],
]
/** From the least advanced on; a rejected header keeps its reservation and goes before the draft. */
const AVANCE: readonly Estatus[] = ['RECHAZADA', 'EN_ESTIMACION', 'ENVIADA', 'AUTORIZADA', 'FACTURADA', 'COBRADA']
const TASA = 191_648n

class Negado extends Error {
  readonly fin: Fin
  constructor(fin: Fin) {
    super(String(fin))
    this.fin = fin
  }
}
function exigir(condicion: boolean, fin: Fin): asserts condicion {
  if (!condicion) throw new Negado(fin)
}
const mitadArriba = (numero: bigint, entre: bigint): bigint => (numero + entre / 2n) / entre
const sumar = (lista: readonly bigint[]): bigint => lista.reduce((suma, uno) => suma + uno, 0n)
/** A decimal of `lugares` places as PostgreSQL writes it. */
export function decimal(numero: bigint, lugares: number): string {
  const texto = numero.toString().padStart(lugares + 1, '0')
  return `${texto.slice(0, -lugares)}.${texto.slice(-lugares)}`
}

export interface PedidoDeLinea {
  readonly produccion: Produccion
  /** Absent = the saldo. */
  readonly volumen?: bigint
  readonly comentario?: string
}

export class Modelo {
  producciones: Produccion[] = []
  readonly dias = new Map<number, 'FIRMADO' | 'PROCESO'>()
  readonly estimaciones: Estimacion[] = []
  readonly versiones: VersionDeAnexo[] = []
  private turno = 0

  /** Runs a command over the model. */
  intentar(hacer: () => void): Fin {
    try {
      hacer()
      return 200
    } catch (error) {
      if (error instanceof Negado) return error.fin
      throw error
    }
  }

  // ------------------------------------------------------------------------------------------------- what follows

  vigente(codigo: string): Autorizado | null {
    const de = (orden: Orden) => this.versiones.find((v) => v.activa && v.de === orden)?.partidas.get(codigo)
    return de('reprogramacion') ?? de('inicial') ?? null
  }

  vivas(produccion: Produccion): { linea: Linea; cabecera: Estimacion }[] {
    return this.estimaciones
      .filter(({ estatus }) => estatus !== 'CANCELADA')
      .flatMap((cabecera) =>
        cabecera.lineas
          .filter((linea) => linea.produccion === produccion && !linea.rechazada)
          .map((linea) => ({ linea, cabecera })),
      )
  }

  acumulado(produccion: Produccion): bigint {
    return sumar(this.vivas(produccion).map(({ linea }) => linea.estimado))
  }

  saldo(produccion: Produccion): bigint {
    return produccion.volumen - this.acumulado(produccion)
  }

  /** Running total in the order of produccion.md §5.7, strictly over the authorised volume. */
  esExcedente(produccion: Produccion): boolean {
    const tope = this.vigente(produccion.codigo)?.tope ?? 0n
    const hasta = this.producciones.filter(
      ({ codigo, dia, tipo }) =>
        codigo === produccion.codigo &&
        (dia < produccion.dia || (dia === produccion.dia && (tipo === 'TE' || tipo === produccion.tipo))),
    )
    return sumar(hasta.map(({ volumen }) => volumen)) > tope
  }

  private impedimentos(produccion: Produccion, saldo: bigint): boolean {
    return saldo === 0n || this.sinSustento(produccion)
  }

  private sinSustento(produccion: Produccion): boolean {
    const sustento = produccion.gpu === null ? this.dias.get(produccion.dia) === 'FIRMADO' : produccion.gpu.firmado
    return this.esExcedente(produccion) || !sustento
  }

  private sinPrecio({ codigo }: Produccion): boolean {
    const precios = this.vigente(codigo)
    return (precios?.mn ?? 0n) === 0n && (precios?.usd ?? 0n) === 0n
  }

  /** What the draft in one click takes. */
  estimables(desde: number, hasta: number): Produccion[] {
    return this.producciones.filter(
      (p) => p.dia >= desde && p.dia <= hasta && !this.impedimentos(p, this.saldo(p)) && !this.sinPrecio(p),
    )
  }

  // -------------------------------------------------------------------------------------------------- production

  producir(tipo: Tipo, celdas: readonly { codigo: string; dia: number; volumen: bigint; fresca: boolean }[]): Fin {
    return this.intentar(() => {
      const buscar = (codigo: string, dia: number) =>
        this.producciones.find((p) => p.codigo === codigo && p.dia === dia && p.tipo === tipo)
      const cambian = celdas.filter(({ codigo, dia, volumen }) => (buscar(codigo, dia)?.volumen ?? 0n) !== volumen)
      for (const { codigo, dia, volumen, fresca } of cambian) {
        const actual = buscar(codigo, dia)
        exigir(actual === undefined || this.vivas(actual).length === 0, 409)
        exigir(this.dias.get(dia) !== 'FIRMADO', 409)
        exigir(actual?.gpu?.firmado !== true && fresca, 409)
        const conHuella = this.estimaciones.some(({ lineas }) => lineas.some((l) => l.produccion === actual))
        exigir(volumen > 0n || (actual?.gpu?.enlace !== true && !conHuella), 409)
      }
      for (const { codigo, dia, volumen } of cambian) {
        const actual = buscar(codigo, dia)
        if (volumen === 0n) this.producciones = this.producciones.filter((p) => p !== actual)
        else if (actual) actual.volumen = volumen
        else this.sembrarProduccion({ codigo, dia, tipo, volumen })
      }
    })
  }

  sembrarProduccion(nueva: { codigo: string; dia: number; tipo: Tipo; volumen: bigint }, firmado = false): Produccion {
    const gpu = LLEVA_GPU.get(nueva.codigo) === true ? { firmado, enlace: false } : null
    const produccion = { id: 0, ...nueva, gpu }
    this.producciones.push(produccion)
    return produccion
  }

  moverGpu(produccion: Produccion, que: 'firmar' | 'firmarSinEnlace' | 'abrir' | 'quitarEnlace'): Fin {
    return this.intentar(() => {
      const { gpu } = produccion
      exigir(gpu !== null, 400)
      exigir(this.vivas(produccion).length === 0, 409)
      const enlace = que === 'firmar' || (que === 'quitarEnlace' ? false : gpu.enlace)
      const firmado = que === 'quitarEnlace' ? gpu.firmado : que !== 'abrir'
      if (firmado) {
        exigir(gpu.firmado || !this.esExcedente(produccion), 409)
        exigir(enlace || (gpu.firmado && enlace === gpu.enlace), 400)
      }
      Object.assign(gpu, { firmado, enlace })
    })
  }

  marcarDia(dia: number, valor: 'FIRMADO' | 'PROCESO' | ''): Fin {
    return this.intentar(() => {
      const actual = this.dias.get(dia) ?? ''
      if (actual === valor) return
      if (actual === 'FIRMADO') {
        const estimada = this.producciones.some((p) => p.dia === dia && this.vivas(p).length > 0)
        exigir(!estimada, 409)
      }
      if (valor === '') this.dias.delete(dia)
      else this.dias.set(dia, valor)
    })
  }

  // ------------------------------------------------------------------------------------------------------- annex

  importar(de: Orden, partidas: ReadonlyMap<string, Omit<Autorizado, 'arrastrado'>>, confirmado: boolean): Fin {
    return this.intentar(() => {
      const activa = this.versiones.find((v) => v.activa && v.de === de)
      const otra = this.versiones.find((v) => v.activa && v.de !== de)
      const conProduccion = [...new Set(this.producciones.map(({ codigo }) => codigo))]
      const perdidos = conProduccion.filter((codigo) => !partidas.has(codigo) && otra?.partidas.has(codigo) !== true)
      const sinDestino = perdidos.filter((codigo) => activa?.partidas.get(codigo)?.arrastrado !== true)
      const estimada = (codigo: string) =>
        this.producciones.some((p) => p.codigo === codigo && this.vivas(p).length > 0)
      exigir(!sinDestino.some(estimada), 409)
      exigir(confirmado || sinDestino.length === 0, 409)
      const nuevas = new Map([...partidas].map(([codigo, p]) => [codigo, { ...p, arrastrado: false }]))
      for (const codigo of perdidos) {
        const ultima = this.versiones.findLast((v) => v.partidas.has(codigo))?.partidas.get(codigo)
        if (ultima) nuevas.set(codigo, { ...ultima, tope: 0n, arrastrado: true })
      }
      if (activa) activa.activa = false
      this.versiones.push({ de, activa: true, partidas: nuevas })
    })
  }

  // ----------------------------------------------------------------------------------------------------- billing

  crear(desde: number, hasta: number, pedidas: readonly PedidoDeLinea[] | null): Fin {
    return this.intentar(() => {
      const lineas = this.juzgar(
        { desde, hasta },
        pedidas ?? this.estimables(desde, hasta).map((produccion) => ({ produccion })),
        pedidas === null ? 409 : 400,
      )
      const numero = this.estimaciones.length + 1
      const comun = { id: 0, numero, desde, hasta, version: 2, enviadoPor: null }
      this.estimaciones.push({ ...comun, estatus: 'EN_ESTIMACION', lineas: [] })
      this.poner(this.estimaciones.at(-1), lineas)
    })
  }

  /** Refusals first, then volumes and comments. */
  private juzgar(
    { desde, hasta }: { desde: number; hasta: number },
    pedidas: readonly PedidoDeLinea[],
    sinNada: Fin,
  ): readonly Required<PedidoDeLinea>[] {
    exigir(pedidas.length > 0, sinNada)
    exigir(
      pedidas.every(({ produccion: { dia } }) => dia >= desde && dia <= hasta),
      400,
    )
    const completas = pedidas.map(({ produccion, volumen, comentario }) => ({
      produccion,
      volumen: volumen ?? this.saldo(produccion),
      comentario: comentario ?? '',
    }))
    for (const { produccion, volumen } of completas) {
      const saldo = this.saldo(produccion)
      exigir(!this.impedimentos(produccion, saldo) && !(volumen > saldo && volumen <= produccion.volumen), 409)
    }
    for (const { produccion, volumen, comentario } of completas) {
      const saldo = this.saldo(produccion)
      exigir(volumen > 0n && volumen <= saldo, 400)
      exigir(volumen === saldo || comentario.trim().length >= 5, 400)
    }
    return completas
  }

  private poner(en: Estimacion | undefined, lineas: readonly Required<PedidoDeLinea>[]): void {
    for (const { produccion, volumen, comentario } of lineas) {
      const { mn = 0n, usd = 0n } = this.vigente(produccion.codigo) ?? {}
      const datos = { actual: produccion.volumen, estimado: volumen, comentario, mn, usd, rechazada: false }
      const previa = en?.lineas.find((linea) => linea.produccion === produccion)
      if (previa) Object.assign(previa, datos)
      else en?.lineas.push({ id: 0, orden: (this.turno += 1), produccion, ...datos })
    }
  }

  private tomar(estimacion: Estimacion, fresca: boolean, estatus?: Estatus): void {
    exigir(fresca && (estatus === undefined || estimacion.estatus === estatus), 409)
  }

  ajustar(en: Estimacion, linea: Linea, volumen: bigint, comentario: string, fresca: boolean): Fin {
    return this.intentar(() => {
      this.tomar(en, fresca, 'EN_ESTIMACION')
      exigir(!linea.rechazada, 404)
      const disponible = this.saldo(linea.produccion) + linea.estimado
      exigir(volumen >= 0n && volumen <= disponible, 400)
      exigir(volumen === disponible || comentario.trim().length >= 5, 400)
      const actual = linea.produccion.volumen
      // A save that changes nothing raises no version.
      if (linea.estimado === volumen && linea.actual === actual && linea.comentario === comentario) return
      Object.assign(linea, { estimado: volumen, actual, comentario })
      en.version += 1
    })
  }

  agregar(en: Estimacion, producciones: readonly Produccion[], fresca: boolean): Fin {
    return this.intentar(() => {
      this.tomar(en, fresca, 'EN_ESTIMACION')
      const lineas = this.juzgar(
        en,
        producciones.map((produccion) => ({ produccion })),
        400,
      )
      exigir(!en.lineas.some((l) => !l.rechazada && producciones.includes(l.produccion)), 409)
      this.poner(en, lineas)
      en.version += 1
    })
  }

  quitar(en: Estimacion, lineas: readonly Linea[], fresca: boolean): Fin {
    return this.intentar(() => {
      this.tomar(en, fresca, 'EN_ESTIMACION')
      exigir(lineas.length > 0, 400)
      exigir(
        lineas.every((linea) => en.lineas.includes(linea)),
        404,
      )
      en.lineas = en.lineas.filter((linea) => !lineas.includes(linea))
      en.version += 1
    })
  }

  rechazarLinea(en: Estimacion, linea: Linea, comentario: string, fresca: boolean): Fin {
    return this.intentar(() => {
      this.tomar(en, fresca, 'ENVIADA')
      exigir(comentario.trim().length >= 5, 400)
      exigir(!linea.rechazada, 409)
      Object.assign(linea, { rechazada: true, comentario })
      en.version += 1
    })
  }

  actualizarPrecios(en: Estimacion, fresca: boolean): Fin {
    return this.intentar(() => {
      this.tomar(en, fresca, 'EN_ESTIMACION')
      let cambiadas = 0
      for (const linea of en.lineas) {
        const { mn = 0n, usd = 0n } = this.vigente(linea.produccion.codigo) ?? {}
        if (linea.mn === mn && linea.usd === usd) continue
        Object.assign(linea, { mn, usd })
        cambiadas += 1
      }
      if (cambiadas > 0) en.version += 1
    })
  }

  /** `completo`: with the data that the step needs. */
  mover(en: Estimacion, a: Estatus, quien: Persona, { completo, fresca }: { completo: boolean; fresca: boolean }): Fin {
    return this.intentar(() => {
      this.tomar(en, fresca)
      const de = en.estatus
      exigir(
        PASOS.some(([desde, hasta]) => desde === de && hasta === a),
        409,
      )
      const vivas = en.lineas.filter(({ rechazada }) => !rechazada)
      if (de === 'EN_ESTIMACION' && a === 'ENVIADA') this.exigirEnviable(vivas)
      if (de === 'ENVIADA' && a === 'AUTORIZADA')
        exigir(en.enviadoPor !== quien && vivas.some(({ estimado }) => estimado > 0n), 409)
      const pideDatos = !(a === 'EN_ESTIMACION' || (a === 'ENVIADA' && de === 'EN_ESTIMACION'))
      exigir(completo || !pideDatos, 400)
      if (de === 'EN_ESTIMACION' && a === 'ENVIADA') en.enviadoPor = quien
      if (a === 'EN_ESTIMACION') en.enviadoPor = null
      en.estatus = a
      en.version += 1
    })
  }

  private exigirEnviable(vivas: readonly Linea[]): void {
    exigir(
      vivas.some(({ estimado }) => estimado > 0n),
      409,
    )
    exigir(!vivas.some(({ produccion }) => this.sinSustento(produccion)), 409)
    for (const { produccion, comentario } of vivas)
      exigir(this.saldo(produccion) === 0n || comentario.trim().length >= 5, 400)
  }

  // ------------------------------------------------------------------------------------------------ how it is seen

  /** The whole state, one row per fact, as the database should tell it. */
  filas(): string[] {
    return [
      ...this.producciones.map((p) => this.filaDeProduccion(p)),
      ...[...this.dias].map(([dia, valor]) => `día ${String(dia)} ${valor}`),
      ...this.estimaciones.flatMap((una) => [filaDeCabecera(una), ...una.lineas.map((l) => filaDeLinea(una, l))]),
    ].sort()
  }

  private filaDeProduccion(p: Produccion): string {
    const vivas = this.vivas(p)
    const menos = AVANCE.find((estatus) => vivas.some(({ cabecera }) => cabecera.estatus === estatus))
    const cobro = vivas.length > 0 && this.saldo(p) === 0n ? menos : 'PENDIENTE'
    const ultima = vivas.reduce<(typeof vivas)[number] | null>(
      (mejor, una) => (mejor === null || una.linea.orden > mejor.linea.orden ? una : mejor),
      null,
    )
    const de = p.gpu === null || ultima === null ? '' : ` EST-${String(ultima.cabecera.numero)}`
    const gpu = p.gpu === null ? '' : ` gpu ${p.gpu.firmado ? '17' : '20'}${p.gpu.enlace ? ' enlace' : ''}${de}`
    const { mn = 0n, usd = 0n } = this.vigente(p.codigo) ?? {}
    return `producción ${nombreDe(p)} ${decimal(p.volumen, 6)} estimado ${decimal(this.acumulado(p), 6)} ${cobro ?? ''}${this.esExcedente(p) ? ' excedente' : ''}${gpu} a ${decimal(mn, 4)} ${decimal(usd, 4)}`
  }
}

export const nombreDe = ({ codigo, dia, tipo }: Pick<Produccion, 'codigo' | 'dia' | 'tipo'>): string =>
  `${codigo}/${String(dia)}/${tipo}`

function filaDeLinea({ numero }: Estimacion, l: Linea): string {
  return `línea EST-${String(numero)} ${nombreDe(l.produccion)} ${decimal(l.actual, 6)} ${decimal(l.estimado, 6)} a ${decimal(l.mn, 4)} ${decimal(l.usd, 4)}${l.rechazada ? ' rechazada' : ''} «${l.comentario}»`
}

/** Amounts rounded per concept at the same prices, then added (§4). */
export function totalesDe(lineas: readonly Linea[]): {
  actual: bigint
  estimado: bigint
  mn: bigint
  usd: bigint
  homologado: bigint
} {
  const vivas = lineas.filter(({ rechazada }) => !rechazada)
  const grupos = new Map<string, { volumen: bigint; mn: bigint; usd: bigint }>()
  for (const { produccion, estimado, mn, usd } of vivas) {
    const clave = `${produccion.codigo} ${String(mn)} ${String(usd)}`
    grupos.set(clave, { volumen: (grupos.get(clave)?.volumen ?? 0n) + estimado, mn, usd })
  }
  const importe = (moneda: 'mn' | 'usd') =>
    sumar([...grupos.values()].map((g) => mitadArriba(g.volumen * g[moneda], 100_000_000n)))
  const [mn, usd] = [importe('mn'), importe('usd')]
  return {
    actual: sumar(vivas.map(({ actual }) => actual)),
    estimado: sumar(vivas.map(({ estimado }) => estimado)),
    mn,
    usd,
    homologado: mitadArriba(mn * 10_000n + usd * TASA, 10_000n),
  }
}

function filaDeCabecera(una: Estimacion): string {
  const t = totalesDe(una.lineas)
  return `EST-${String(una.numero)} ${una.estatus} v${String(una.version)} envió ${una.enviadoPor ?? 'nadie'} ${decimal(t.actual, 6)} ${decimal(t.estimado, 6)} ${decimal(t.mn, 2)} MN ${decimal(t.usd, 2)} USD ${decimal(t.homologado, 2)}`
}
