/** A random wish becomes a command over what there is: the same one for the model and for the services of the system. */
import fc from 'fast-check'
import type { Contexto } from '../../../src/plataforma/contexto.ts'
import { aplicarAnexo } from '../../../src/modulos/anexo/versiones/aplicar.service.ts'
import {
  actualizarPrecios,
  agregarDetalles,
  ajustarDetalle,
  crearEstimacion,
  quitarDetalles,
} from '../../../src/modulos/estimaciones/estimaciones.service.ts'
import { CambiarEstatus, CrearEstimacion } from '../../../src/modulos/estimaciones/estimaciones.schema.ts'
import { cambiarEstatus, rechazarDetalle } from '../../../src/modulos/estimaciones/flujo.service.ts'
import { dinero } from '../../../src/comun/dinero.ts'
import { guardarProduccion } from '../../../src/modulos/produccion/captura/guardado.service.ts'
import { guardarReportesDiarios } from '../../../src/modulos/produccion/diario/diario.service.ts'
import { guardarGpu } from '../../../src/modulos/produccion/gpu/gpu.service.ts'
import { anexoLeido } from '../anexo.ts'
import { ANIO, MES, partidaDe, PRIMER_DIA, SITIO, ULTIMO_DIA, type Estado, type Familia } from './escena.ts'
import {
  CONCEPTOS,
  decimal,
  nombreDe,
  PASOS,
  type Estatus,
  type Estimacion,
  type Fin,
  type Modelo,
  type Orden,
  type PedidoDeLinea,
  type Persona,
} from './modelo.ts'

const QUE = {
  producir: 9,
  gpu: 9,
  dia: 7,
  crear: 12,
  unClic: 8,
  ajustar: 12,
  agregar: 6,
  quitar: 5,
  mover: 48,
  rechazar: 9,
  importar: 6,
  precios: 5,
} as const
type Que = keyof typeof QUE

const dado = fc.nat({ max: 999 })
/** What somebody would like to do; which production, estimation or line is chosen among those that there are. */
export const DESEO = fc.record({
  que: fc.oneof(...Object.entries(QUE).map(([que, weight]) => ({ weight, arbitrary: fc.constant(que as Que) }))),
  a: dado,
  b: dado,
  c: dado,
  /** Where the unusual happens: an old version, a missing datum, an order that the flow has not. */
  torcido: fc.nat({ max: 19 }),
  volumen: fc.oneof(
    { weight: 1, arbitrary: fc.constantFrom(0n, 1n) },
    { weight: 4, arbitrary: fc.bigInt({ min: 0n, max: 50_000_000n }) },
  ),
  persona: fc.constantFrom<Persona>('A', 'B'),
})
export type Deseo = typeof DESEO extends fc.Arbitrary<infer D> ? D : never

/** What the commands are run on. */
export interface Mundo {
  readonly modelo: Modelo
  readonly familia: Familia
  readonly estado: Estado
  readonly de: (persona: Persona) => Contexto
}

/** A command: how the model ends, and how to run it for real. */
export interface Mando {
  readonly nombre: string
  readonly predecir: () => Fin
  readonly ejecutar: () => Promise<unknown>
}

const elegir = <T>(lista: readonly T[], n: number): T | undefined => lista[n % Math.max(1, lista.length)]
const dia = (n: number): number => PRIMER_DIA + (n % (ULTIMO_DIA - PRIMER_DIA + 1))
const fecha = (n: number): string => `${String(ANIO)}-0${String(MES)}-${String(n)}`
/** A subset of a list by the bits of a number; never empty unless the list is. */
function algunos<T>(lista: readonly T[], n: number): T[] {
  const elegidos = lista.filter((_, i) => ((n >> (i % 10)) & 1) === 1)
  return elegidos.length > 0 ? elegidos : lista.slice(n % Math.max(1, lista.length)).slice(0, 1)
}

/** Null when there is nothing to do it on. */
export function mandoDe(deseo: Deseo, mundo: Mundo): Mando | null {
  return MANDOS[deseo.que](deseo, mundo)
}

type Hacedor = (deseo: Deseo, mundo: Mundo) => Mando | null

const MANDOS: Readonly<Record<Que, Hacedor>> = {
  producir,
  gpu: moverGpu,
  dia: marcarDia,
  crear,
  unClic,
  ajustar,
  agregar,
  quitar,
  mover,
  rechazar,
  importar,
  precios,
}

// ------------------------------------------------------------------------------------------------------- production

function producir({ a, b, c, torcido, volumen, persona }: Deseo, { modelo, familia, estado, de }: Mundo): Mando | null {
  const tipo = c % 3 === 0 ? 'CMA' : 'TE'
  const codigos = CONCEPTOS.map(({ codigo }) => codigo).filter((codigo) => estado.partidas.has(codigo))
  if (codigos.length === 0) return null
  const celdas = algunos(codigos, a).map((codigo, i) => {
    const d = dia(b + i)
    const antes = modelo.producciones.find((p) => p.codigo === codigo && p.dia === d && p.tipo === tipo)?.volumen ?? 0n
    return { codigo, dia: d, volumen: torcido < 5 ? 0n : volumen, antes, fresca: torcido !== 19 }
  })
  return {
    nombre: `producir ${celdas.map((celda) => `${celda.codigo}/${String(celda.dia)}/${tipo}=${decimal(celda.volumen, 6)}`).join(' ')}`,
    predecir: () => modelo.producir(tipo, celdas),
    ejecutar: () =>
      guardarProduccion(de(persona), {
        id_ot: familia.inicial,
        id_sitio: SITIO,
        mes: MES,
        anio: ANIO,
        tipo_tiempo: tipo,
        version: undefined,
        celdas: celdas.map(({ codigo, dia: d, volumen: v, antes, fresca }) => ({
          idPartida: estado.partidas.get(codigo) ?? 0,
          codigo,
          dia: d,
          texto: decimal(v, 6),
          anterior: decimal(fresca ? antes : antes + 7n, 6),
        })),
      }),
  }
}

function moverGpu({ a, b, torcido, persona }: Deseo, { modelo, de }: Mundo): Mando | null {
  const conGpu = modelo.producciones.filter(({ gpu }) => gpu !== null)
  const produccion = elegir(torcido === 18 ? modelo.producciones : conGpu, a)
  if (!produccion) return null
  const que = (['firmar', 'firmar', 'firmar', 'abrir', 'quitarEnlace', 'firmarSinEnlace'] as const)[b % 6] ?? 'firmar'
  const archivo = que === 'firmar' ? 'https://example.com/gpu.pdf' : que === 'quitarEnlace' ? '' : undefined
  const sigue = produccion.gpu?.firmado === true ? 17 : 20
  return {
    nombre: `gpu ${nombreDe(produccion)} ${que}`,
    predecir: () => modelo.moverGpu(produccion, que),
    ejecutar: () =>
      guardarGpu(de(persona), {
        id_produccion: produccion.id,
        estatus_id: que === 'quitarEnlace' ? sigue : que === 'abrir' ? 20 : 17,
        archivo,
        nota_bloqueo: undefined,
        version: undefined,
      }),
  }
}

function marcarDia({ a, b, persona }: Deseo, { modelo, familia, de }: Mundo): Mando {
  const d = dia(a)
  const valor = (['FIRMADO', 'FIRMADO', 'FIRMADO', 'PROCESO', ''] as const)[b % 5] ?? ''
  const anterior = modelo.dias.get(d) ?? ''
  return {
    nombre: `día ${String(d)} ${valor}`,
    predecir: () => modelo.marcarDia(d, valor),
    ejecutar: () =>
      guardarReportesDiarios(de(persona), {
        id_sitio: SITIO,
        mes: MES,
        anio: ANIO,
        motivo: 'corrección',
        celdas: [{ idOt: familia.inicial, dia: d, valor, anterior, version: undefined }],
      }),
  }
}

// ------------------------------------------------------------------------------------------------------------ annex

function importar({ a, b, c, volumen, torcido, persona }: Deseo, { modelo, familia, de }: Mundo): Mando {
  const orden: Orden = a % 2 === 0 ? 'inicial' : 'reprogramacion'
  // Most of the times most of the concepts stay, with other prices and another authorised volume.
  const codigos = CONCEPTOS.map(({ codigo }) => codigo).filter((_, i) => torcido > 8 || ((b >> i) & 1) === 1)
  const partidas = new Map(
    (codigos.length > 0 ? codigos : ['5.1']).map((codigo, i) => [
      codigo,
      {
        tope: volumen * BigInt(1 + ((c >> i) % 4)),
        mn: BigInt((a + i) % 5 === 0 ? 0 : 10_000_000 + c * 12_345 + i),
        usd: BigInt((a + i) % 3 === 0 ? 0 : 500_000 + b * 111),
      },
    ]),
  )
  const confirmado = torcido % 4 !== 0
  const lineas = [...partidas].map(([codigo, { tope, mn, usd }]) =>
    partidaDe(codigo, { volumen: decimal(tope, 6), mn: decimal(mn, 4), usd: decimal(usd, 4) }),
  )
  return {
    nombre: `importar ${orden}: ${[...partidas].map(([codigo, { tope }]) => `${codigo} ${decimal(tope, 6)}`).join(', ')}${confirmado ? ' confirmado' : ''}`,
    predecir: () => modelo.importar(orden, partidas, confirmado),
    ejecutar: () =>
      aplicarAnexo(
        de(persona),
        {
          idOt: familia[orden],
          modo: 'reemplazo',
          alcance: 'todo',
          nombre: 'ANEXO.xlsx',
          huella: null,
          confirmarSinDestino: confirmado,
          guardarLibro: () => Promise.resolve(null),
        },
        anexoLeido(lineas),
        () => Promise.resolve(),
      ),
  }
}

// ---------------------------------------------------------------------------------------------------------- billing

const PERIODO = { desde: PRIMER_DIA, hasta: ULTIMO_DIA }
function periodoDe({ a, torcido }: Deseo): { desde: number; hasta: number } {
  if (torcido > 6) return PERIODO
  const desde = dia(a)
  return { desde, hasta: Math.max(desde, dia(a + 3)) }
}

function crearCon(
  { persona }: Deseo,
  { modelo, familia, de }: Mundo,
  { desde, hasta }: { desde: number; hasta: number },
  pedidas: readonly PedidoDeLinea[] | null,
): Mando {
  const como = pedidas?.map(
    ({ produccion, volumen }) => `${nombreDe(produccion)}=${volumen === undefined ? 'saldo' : decimal(volumen, 6)}`,
  )
  const detalles = pedidas?.map(({ produccion, volumen, comentario }) => ({
    id_produccion: produccion.id,
    ...(volumen === undefined ? {} : { volumen_estimado: decimal(volumen, 6) }),
    ...(comentario === undefined ? {} : { comentario_ajuste: comentario }),
  }))
  return {
    nombre: `crear del ${String(desde)} al ${String(hasta)}: ${como?.join(' ') ?? 'todo'}`,
    predecir: () => modelo.crear(desde, hasta, pedidas),
    ejecutar: () =>
      crearEstimacion(
        de(persona),
        CrearEstimacion.parse({
          id_ot: familia.inicial,
          fecha_estimacion: fecha(28),
          fecha_desde: fecha(desde),
          fecha_hasta: fecha(hasta),
          ...(detalles === undefined ? {} : { detalles }),
        }),
      ),
  }
}

function unClic(deseo: Deseo, mundo: Mundo): Mando {
  return crearCon(deseo, mundo, periodoDe(deseo), null)
}

function crear(deseo: Deseo, mundo: Mundo): Mando | null {
  const { modelo } = mundo
  const { b, c, torcido, volumen } = deseo
  const periodo = periodoDe(deseo)
  const estimables = modelo.estimables(periodo.desde, periodo.hasta)
  // Usually what can be billed; sometimes anything.
  const entre = torcido === 18 || estimables.length === 0 ? modelo.producciones : estimables
  if (entre.length === 0) return null
  const pedidas = algunos(entre, b).map((produccion, i): PedidoDeLinea => {
    if ((c >> i) % 3 !== 0) return { produccion }
    const comentario = torcido === 17 ? 'no' : 'medición cliente'
    return { produccion, volumen: torcido === 16 ? volumen : recortar(volumen, modelo.saldo(produccion)), comentario }
  })
  return crearCon(deseo, mundo, periodo, pedidas)
}

/** Something between the smallest volume and the saldo. */
const recortar = (volumen: bigint, saldo: bigint): bigint => (saldo === 0n ? volumen : 1n + (volumen % saldo))

const fresca = ({ torcido }: Deseo): boolean => torcido !== 15
const versionDe = ({ version }: Estimacion, deseo: Deseo): number => (fresca(deseo) ? version : version - 1)

function elegida({ a, torcido }: Deseo, { modelo }: Mundo, estatus: Estatus): Estimacion | undefined {
  const propias = modelo.estimaciones.filter((una) => una.estatus === estatus)
  return elegir(torcido === 14 || propias.length === 0 ? modelo.estimaciones : propias, a)
}

function ajustar(deseo: Deseo, mundo: Mundo): Mando | null {
  const en = elegida(deseo, mundo, 'EN_ESTIMACION')
  const linea = en && elegir(en.lineas, deseo.b)
  if (!linea) return null
  const disponible = mundo.modelo.saldo(linea.produccion) + linea.estimado
  const volumen =
    deseo.c % 4 === 0 ? disponible : deseo.torcido === 13 ? disponible + 1n : deseo.volumen % (disponible + 1n)
  const comentario = deseo.torcido === 12 ? '' : 'medición cliente'
  return {
    nombre: `ajustar EST-${String(en.numero)} ${nombreDe(linea.produccion)} a ${decimal(volumen, 6)} «${comentario}»`,
    predecir: () => mundo.modelo.ajustar(en, linea, volumen, comentario, fresca(deseo)),
    ejecutar: () =>
      ajustarDetalle(mundo.de(deseo.persona), {
        id_detalle: linea.id,
        version: versionDe(en, deseo),
        volumen_estimado: dinero(decimal(volumen, 6)),
        comentario_ajuste: comentario,
      }),
  }
}

function agregar(deseo: Deseo, mundo: Mundo): Mando | null {
  const en = elegida(deseo, mundo, 'EN_ESTIMACION')
  if (!en) return null
  const { modelo } = mundo
  const posibles = modelo.estimables(en.desde, en.hasta)
  const nuevas = algunos(deseo.torcido === 11 || posibles.length === 0 ? modelo.producciones : posibles, deseo.b)
  return {
    nombre: `agregar a EST-${String(en.numero)}: ${nuevas.map(nombreDe).join(' ')}`,
    predecir: () => modelo.agregar(en, nuevas, fresca(deseo)),
    ejecutar: () =>
      agregarDetalles(mundo.de(deseo.persona), {
        id: en.id,
        version: versionDe(en, deseo),
        ids: nuevas.map(({ id }) => id),
      }),
  }
}

function quitar(deseo: Deseo, mundo: Mundo): Mando | null {
  const en = elegida(deseo, mundo, 'EN_ESTIMACION')
  if (!en) return null
  const ajena = deseo.torcido === 10 ? mundo.modelo.estimaciones.find((otra) => otra !== en)?.lineas : undefined
  const lineas = algunos(ajena ?? en.lineas, deseo.b)
  return {
    nombre: `quitar de EST-${String(en.numero)}: ${lineas.map(({ produccion }) => nombreDe(produccion)).join(' ')}`,
    predecir: () => mundo.modelo.quitar(en, lineas, fresca(deseo)),
    ejecutar: () =>
      quitarDetalles(mundo.de(deseo.persona), {
        id: en.id,
        version: versionDe(en, deseo),
        ids: lineas.map(({ id }) => id),
      }),
  }
}

function rechazar(deseo: Deseo, mundo: Mundo): Mando | null {
  const en = elegida(deseo, mundo, 'ENVIADA')
  const linea = en && elegir(en.lineas, deseo.b)
  if (!linea) return null
  const comentario = deseo.torcido === 9 ? 'no' : 'sin soporte'
  return {
    nombre: `rechazar de EST-${String(en.numero)} ${nombreDe(linea.produccion)} «${comentario}»`,
    predecir: () => mundo.modelo.rechazarLinea(en, linea, comentario, fresca(deseo)),
    ejecutar: () =>
      rechazarDetalle(mundo.de(deseo.persona), {
        id_detalle: linea.id,
        version: versionDe(en, deseo),
        comentario_ajuste: comentario,
      }),
  }
}

function precios(deseo: Deseo, mundo: Mundo): Mando | null {
  const en = elegida(deseo, mundo, 'EN_ESTIMACION')
  if (!en) return null
  return {
    nombre: `precios de EST-${String(en.numero)}`,
    predecir: () => mundo.modelo.actualizarPrecios(en, fresca(deseo)),
    ejecutar: () => actualizarPrecios(mundo.de(deseo.persona), { id: en.id, version: versionDe(en, deseo) }),
  }
}

const ESTADOS: readonly Estatus[] = [
  'ENVIADA',
  'AUTORIZADA',
  'FACTURADA',
  'COBRADA',
  'RECHAZADA',
  'EN_ESTIMACION',
  'CANCELADA',
]

function mover(deseo: Deseo, mundo: Mundo): Mando | null {
  const vivas = mundo.modelo.estimaciones.filter(({ estatus }) => PASOS.some(([desde]) => desde === estatus))
  const en = elegir(deseo.torcido > 16 || vivas.length === 0 ? mundo.modelo.estimaciones : vivas, deseo.a)
  if (!en) return null
  const legales = PASOS.filter(([desde]) => desde === en.estatus).map(([, hasta]) => hasta)
  // Forward twice as often as aside.
  const a = elegir(
    deseo.torcido > 16 || legales.length === 0 ? ESTADOS : [legales[0] ?? 'ENVIADA', ...legales],
    deseo.b,
  )
  if (a === undefined) return null
  const otra: Persona = en.enviadoPor === 'A' ? 'B' : 'A'
  const persona = a === 'AUTORIZADA' && deseo.torcido > 2 ? otra : deseo.persona
  const completo = deseo.torcido !== 8
  const datos = completo
    ? {
        fecha_autorizacion: fecha(20),
        folio_factura: `F-${String(deseo.c)}`,
        fecha_factura: fecha(25),
        fecha_cobro: '2026-03-10',
        motivo: 'porque sí',
      }
    : {}
  return {
    nombre: `EST-${String(en.numero)} ${en.estatus} → ${a} por ${persona}${completo ? '' : ' sin datos'}`,
    predecir: () => mundo.modelo.mover(en, a, persona, { completo, fresca: fresca(deseo) }),
    ejecutar: () =>
      cambiarEstatus(
        mundo.de(persona),
        CambiarEstatus.parse({ id: en.id, version: versionDe(en, deseo), estatus: a, ...datos }),
      ),
  }
}
