/**
 * The demo company as plain rows, from a day and the catalogues it leans on: no database, no clock, always the same for
 * the same day. Dates are relative to `hoy`, so that there is always work that ends this month and work that is late.
 */
import { anioDe, diasEntre, type FechaIso, sumarDias } from '../../../src/comun/fechas.ts'
import { type Azar, crearAzar } from './azar.ts'
import {
  COMENTARIOS_DE_MOTIVO,
  CONSIDERACIONES,
  redactarTitulo,
  REPRESENTANTES,
  type SITIOS,
  type Trabajo,
  TRABAJOS,
} from './vocabulario.ts'

/** What the company needs from the database: the real templates and clients, and the ids of its own catalogue rows. */
export interface BaseDeDemo {
  readonly hoy: FechaIso
  readonly clientes: readonly { readonly id: number; readonly id_tipo: number }[]
  readonly pasosPte: readonly PasoPlantilla[]
  readonly pasosOt: readonly { readonly id: number; readonly tipo: number }[]
  readonly lideres: readonly number[]
  readonly sitios: Readonly<Record<keyof typeof SITIOS, readonly { readonly id: number; readonly nombre: string }[]>>
}

interface PasoPlantilla {
  readonly id: number
  readonly orden: string
  readonly tipo: number
  readonly id_tipo_cliente: number
}

/** Rows with the names of their columns; `id`, `id_ot`, `id_pte_header` and `ot_principal` count from 1 and the loader replaces them. */
export interface Empresa {
  readonly ptes: readonly FilaPte[]
  readonly pasosPte: readonly (FilaPaso & { readonly id_pte_header: number })[]
  readonly ots: readonly FilaOt[]
  readonly pasosOt: readonly (FilaPaso & { readonly id_ot: number })[]
}

export interface FilaPte {
  readonly id: number
  readonly id_tipo: number
  readonly oficio_pte: string
  readonly oficio_solicitud: string
  readonly descripcion_trabajo: string
  readonly fecha_solicitud: FechaIso
  readonly fecha_entrega: FechaIso | null
  readonly plazo_dias: number
  readonly id_orden_trabajo: string
  readonly id_responsable_proyecto: number
  readonly total_homologado: string
  readonly estatus: number
  readonly prioridad: number
  readonly id_cliente: number
  readonly comentario: string
}

export interface FilaOt {
  readonly id: number
  readonly id_tipo: number
  readonly id_pte_header: number
  readonly orden_trabajo: string
  readonly descripcion_trabajo: string
  readonly id_responsable_proyecto: number
  readonly responsable_cliente: string
  readonly oficio_ot: string
  readonly id_estatus_ot: number
  readonly fecha_inicio_programado: FechaIso | null
  readonly fecha_termino_programado: FechaIso | null
  readonly fecha_inicio_real: FechaIso | null
  readonly fecha_termino_real: FechaIso | null
  readonly estatus: number
  readonly num_reprogramacion: number | null
  readonly ot_principal: number | null
  readonly motivo_reprogramacion: string | null
  readonly comentario_reprogramacion: string | null
  readonly comentario: string
  readonly monto_mxn: string
  readonly monto_usd: string
  readonly id_frente: number | null
  readonly id_embarcacion: number | null
  readonly id_plataforma: number | null
  readonly id_intercom: number | null
  readonly id_patio: number | null
  readonly plazo_dias: number
  readonly id_cliente: number
  readonly requiere_patio: boolean
  readonly fecha_inicio_patio: FechaIso | null
  readonly fecha_fin_patio: FechaIso | null
}

interface FilaPaso {
  readonly id_paso: number
  readonly estatus_paso: number
  readonly fecha_inicio: FechaIso | null
  readonly fecha_termino: FechaIso | null
  readonly fecha_entrega: FechaIso | null
  readonly comentario: string
  readonly archivo: string | null
}

const SEMILLA = 20_230_417
const PESOS_POR_DOLAR = 19.1648
const TIPO = { INICIAL: 4, REPROGRAMACION: 5, PLANTILLA_INTERCOM: 18, CLIENTE_CONTRATO: 15 } as const
const PASO = { PENDIENTE: 1, PROCESO: 2, COMPLETADO: 3, CANCELADO: 4, NO_APLICA: 14 } as const
const PTE = { PENDIENTE: 1, PROCESO: 2, ENTREGADA: 3, CANCELADA: 4, SUSPENDIDA: 15 } as const
const FRENTE = { TIERRA: 1, BARCO: 2, CP_PS: 4 } as const
/** Kinds of proposal; OBRA, MANTENIMIENTO and UDC more often than the rest. */
const TIPOS_DE_PTE = [12, 12, 12, 20, 20, 13, 13, 13, 19, 17, 2, 3, 10, 11, 14]
const MOTIVOS = [
  'clima',
  'clima',
  'clima',
  'recursos',
  'recursos',
  'alcance',
  'alcance',
  'cliente',
  'cliente',
  'otro',
] as const

/** How a family stands today: operative status, how many there are, and how far its steps have come (from, to). */
const SITUACIONES = {
  cerrada: { cuantas: 122, estatus: 10, avance: [1, 1] },
  cancelada: { cuantas: 12, estatus: 6, avance: [0, 0.4] },
  por_cancelar: { cuantas: 2, estatus: 11, avance: [0.2, 0.5] },
  vencida: { cuantas: 12, estatus: 8, avance: [0.6, 0.9] },
  por_terminar: { cuantas: 18, estatus: 8, avance: [0.5, 0.9] },
  en_curso: { cuantas: 22, estatus: 8, avance: [0.15, 0.7] },
  suspendida: { cuantas: 4, estatus: 9, avance: [0.3, 0.6] },
  diferida: { cuantas: 2, estatus: 7, avance: [0.1, 0.3] },
  futura: { cuantas: 9, estatus: 5, avance: [0, 0] },
  diferida_sin_iniciar: { cuantas: 3, estatus: 16, avance: [0, 0] },
  por_definir: { cuantas: 6, estatus: 5, avance: [0, 0] },
} as const
type Situacion = keyof typeof SITUACIONES

/** How many families have 1, 2, … 6 reprogramaciones: 140 in 65 families. */
const FAMILIAS_POR_TAMANO = [27, 18, 10, 5, 3, 2] as const

/** PTEs without an order, by status. */
const PTES_SUELTAS = [
  { estatus: PTE.PENDIENTE, cuantas: 22 },
  { estatus: PTE.PROCESO, cuantas: 34 },
  { estatus: PTE.ENTREGADA, cuantas: 12 },
  { estatus: PTE.CANCELADA, cuantas: 12 },
  { estatus: PTE.SUSPENDIDA, cuantas: 8 },
] as const

/** An idea of a work: what a PTE proposes and the orders of its family execute. */
interface Obra {
  readonly trabajo: Trabajo
  readonly sitio: string
  readonly descripcion: string
  readonly cliente: { readonly id: number; readonly id_tipo: number }
  readonly lider: number
  readonly centavosMxn: number
  readonly centavosUsd: number
  readonly lugar: Pick<
    FilaOt,
    'id_frente' | 'id_embarcacion' | 'id_plataforma' | 'id_intercom' | 'id_patio' | 'requiere_patio'
  >
}

interface Version {
  readonly inicio: FechaIso
  readonly termino: FechaIso
  readonly centavosMxn: number
  readonly centavosUsd: number
}

interface Familia {
  readonly obra: Obra
  readonly situacion: Situacion
  /** Initial programme first; empty while por definir. */
  readonly versiones: readonly Version[]
  readonly solicitud: FechaIso
}

/** The whole company for that day. */
export function generarEmpresa(base: BaseDeDemo): Empresa {
  const azar = crearAzar(SEMILLA)
  const familias = generarFamilias(base, azar)
  const propuestas: Propuesta[] = [
    ...familias.map((familia) => ({
      obra: familia.obra,
      solicitud: familia.solicitud,
      estatus: PTE.ENTREGADA,
      familia,
    })),
    ...PTES_SUELTAS.flatMap(({ estatus, cuantas }) =>
      Array.from({ length: cuantas }, () => ({
        obra: imaginarObra(base, azar),
        solicitud: sumarDias(
          base.hoy,
          -(estatus === PTE.PENDIENTE || estatus === PTE.PROCESO ? azar.entero(2, 55) : azar.entero(60, 1000)),
        ),
        estatus,
        familia: null,
      })),
    ),
  ]
  const { ots, pasosOt, folioDe, pteDe } = escribirOrdenes(
    base,
    azar,
    familias,
    ordenar(propuestas, ({ solicitud }) => solicitud),
  )
  const escritas = escribirPtes(base, azar, pteDe, folioDe)
  return { ...escritas, ots, pasosOt }
}

interface Propuesta {
  readonly obra: Obra
  readonly solicitud: FechaIso
  readonly estatus: number
  readonly familia: Familia | null
}

// ---------------------------------------------------------------------------------------------------- families

function generarFamilias(base: BaseDeDemo, azar: Azar): Familia[] {
  const situaciones = Object.entries(SITUACIONES).flatMap(([clave, { cuantas }]) =>
    Array.from({ length: cuantas }, () => clave as Situacion),
  )
  const tamanos = FAMILIAS_POR_TAMANO.flatMap((cuantas, i) => Array.from({ length: cuantas }, () => i + 1))
  const reprogramables = barajar(
    azar,
    situaciones.flatMap((situacion, i) => (situacion === 'por_definir' || situacion === 'futura' ? [] : [i])),
  )
  const reprogramaciones = new Map(tamanos.map((tamano, i) => [reprogramables[i] ?? -1, tamano]))
  return situaciones.map((situacion, i) => {
    const obra = imaginarObra(base, azar)
    const versiones =
      situacion === 'por_definir' ? [] : imaginarVersiones(base, azar, obra, situacion, reprogramaciones.get(i) ?? 0)
    const primera = versiones[0]
    const solicitud = primera
      ? sumarDias(primera.inicio < base.hoy ? primera.inicio : base.hoy, -azar.entero(45, 110))
      : sumarDias(base.hoy, -azar.entero(30, 70))
    return { obra, situacion, versiones, solicitud }
  })
}

function imaginarObra(base: BaseDeDemo, azar: Azar): Obra {
  const trabajo = azar.uno(TRABAJOS)
  const { embarcacion, plataforma, patio, intercom } = base.sitios
  const sitio = azar.uno(plataforma)
  const otro = azar.uno(plataforma.filter(({ id }) => id !== sitio.id))
  const contrato = azar.sucede(0.84)
  const cliente = azar.uno(base.clientes.filter(({ id_tipo }) => (id_tipo === TIPO.CLIENTE_CONTRATO) === contrato))
  const suerte = azar.real()
  const frente = suerte < 0.76 ? FRENTE.BARCO : suerte < 0.88 ? FRENTE.CP_PS : FRENTE.TIERRA
  const conPatio = frente !== FRENTE.TIERRA && ['TENDIDO', 'ESTR'].includes(trabajo.clave) && azar.sucede(0.6)
  const [desde, hasta] = trabajo.millones
  const centavosMxn = Math.round((desde + (hasta - desde) * azar.real() ** 2) * 1e8) + azar.entero(0, 99)
  const titulo = redactarTitulo(trabajo.titulo, azar, sitio.nombre, otro.nombre)
  const alcance = `ALCANCE: ${trabajo.alcance.join('; ').toUpperCase()}.`
  const largo = azar.real()
  return {
    trabajo,
    sitio: sitio.nombre,
    descripcion:
      largo < 0.45 ? titulo : largo < 0.85 ? `${titulo}.\n${alcance}` : `${titulo}.\n${alcance}\n${CONSIDERACIONES}`,
    cliente,
    lider: azar.uno(base.lideres),
    centavosMxn,
    centavosUsd: azar.sucede(0.6) ? Math.round((centavosMxn * (0.03 + azar.real() * 0.07)) / PESOS_POR_DOLAR) : 0,
    lugar: {
      id_frente: frente,
      id_embarcacion: frente === FRENTE.BARCO ? azar.uno(embarcacion).id : null,
      id_plataforma: frente === FRENTE.TIERRA ? null : sitio.id,
      id_intercom: frente === FRENTE.BARCO && !contrato ? azar.uno(intercom).id : null,
      id_patio: frente === FRENTE.TIERRA || conPatio ? azar.uno(patio).id : null,
      requiere_patio: conPatio,
    },
  }
}

/** From the programme of today backwards: each reprogramación moved the end, some the start, and often the money. */
function imaginarVersiones(
  { hoy }: BaseDeDemo,
  azar: Azar,
  obra: Obra,
  situacion: Situacion,
  reprogramaciones: number,
): Version[] {
  let { inicio, termino } = programaVigente(hoy, azar, obra.trabajo, situacion)
  const fechas = [{ inicio, termino }]
  for (let i = 0; i < reprogramaciones; i += 1) {
    const corrimiento = azar.sucede(0.1) ? -azar.entero(2, 8) : azar.entero(5, 38)
    if (azar.sucede(0.35)) inicio = sumarDias(inicio, -azar.entero(3, 20))
    const minimo = sumarDias(inicio, 4)
    const anterior = sumarDias(termino, -corrimiento)
    termino = anterior < minimo ? minimo : anterior
    fechas.unshift({ inicio, termino })
  }
  let { centavosMxn, centavosUsd } = obra
  return fechas.map((programa, i) => {
    if (i > 0 && azar.sucede(0.7)) {
      const factor = 0.88 + azar.real() * 0.4
      centavosMxn = Math.round(centavosMxn * factor)
      centavosUsd = Math.round(centavosUsd * factor)
    }
    return { ...programa, centavosMxn, centavosUsd }
  })
}

function programaVigente(
  hoy: FechaIso,
  azar: Azar,
  trabajo: Trabajo,
  situacion: Situacion,
): { inicio: FechaIso; termino: FechaIso } {
  const dias = azar.entero(...trabajo.dias)
  const hastaDia = (termino: FechaIso): { inicio: FechaIso; termino: FechaIso } => ({
    inicio: sumarDias(termino, 1 - dias),
    termino,
  })
  switch (situacion) {
    case 'cerrada':
    case 'cancelada':
      return hastaDia(sumarDias(hoy, -azar.entero(12, 940)))
    case 'vencida':
      return hastaDia(sumarDias(hoy, -azar.entero(1, 38)))
    case 'por_terminar': {
      const termino = sumarDias(hoy, azar.entero(1, 30))
      return { inicio: sumarDias(termino, 1 - Math.max(dias, 40)), termino }
    }
    case 'futura':
    case 'diferida_sin_iniciar': {
      const inicio = sumarDias(hoy, azar.entero(3, 70))
      return { inicio, termino: sumarDias(inicio, dias - 1) }
    }
    case 'por_cancelar':
    case 'en_curso':
    case 'suspendida':
    case 'diferida':
    case 'por_definir': {
      const inicio = sumarDias(hoy, -azar.entero(4, 90))
      return { inicio, termino: sumarDias(hoy, azar.entero(31, 31 + dias)) }
    }
  }
}

// ------------------------------------------------------------------------------------------------------ orders

interface Orden {
  readonly familia: Familia
  readonly numero: number
  readonly creada: FechaIso
}

function escribirOrdenes(base: BaseDeDemo, azar: Azar, familias: readonly Familia[], pteDe: readonly Propuesta[]) {
  const idPte = new Map(pteDe.flatMap(({ familia }, i) => (familia ? [[familia, i + 1] as const] : [])))
  const ordenes = ordenar(
    familias.flatMap((familia) => ordenesDe(base.hoy, familia, azar)),
    ({ creada }) => creada,
  )
  const folioDe = new Map<Familia, string>()
  const idInicial = new Map<Familia, number>()
  const cartas = numerador(900)
  const folios = numerador(0)
  const ots: FilaOt[] = []
  const pasosOt: Empresa['pasosOt'][number][] = []
  ordenes.forEach(({ familia, numero, creada }, i) => {
    const id = i + 1
    const anio = anioDe(creada)
    const folio =
      folioDe.get(familia) ??
      `OT-900-${String(anio).slice(2)}-${String(folios(anio)).padStart(3, '0')}-${familia.obra.trabajo.clave}-${familia.obra.sitio.split(' ')[0] ?? ''}`
    folioDe.set(familia, folio)
    if (numero === 0) idInicial.set(familia, id)
    const ot = escribirOrden(base.hoy, azar, familia, numero, {
      id,
      id_pte_header: idPte.get(familia) ?? 0,
      orden_trabajo: folio,
      oficio_ot:
        familia.situacion === 'por_definir'
          ? 'PENDIENTE'
          : `SSM-GPM-CPS-900-${String(cartas(anio)).padStart(4, '0')}-${String(anio)}`,
      ot_principal: numero === 0 ? null : (idInicial.get(familia) ?? 0),
    })
    ots.push(ot)
    pasosOt.push(...pasosDeOrden(base, azar, familia, ot))
  })
  return { ots, pasosOt, folioDe, pteDe }
}

function ordenesDe(hoy: FechaIso, familia: Familia, azar: Azar): Orden[] {
  const inicial = {
    familia,
    numero: 0,
    creada: familia.versiones[0] ? sumarDias(familia.solicitud, 38) : sumarDias(hoy, -azar.entero(0, 2)),
  }
  const reprogramaciones = familia.versiones.slice(1).map((_, i) => {
    const acordada = sumarDias(familia.versiones[i]?.termino ?? hoy, -azar.entero(1, 4))
    return { familia, numero: i + 1, creada: acordada < hoy ? acordada : sumarDias(hoy, -3) }
  })
  // Each is agreed after the one before it, whatever the dates of the programme say.
  let ultima = inicial.creada
  return [
    inicial,
    ...reprogramaciones.map((orden) => {
      ultima = orden.creada > ultima ? orden.creada : ultima
      return { ...orden, creada: ultima }
    }),
  ]
}

type Identidad = Pick<FilaOt, 'id' | 'id_pte_header' | 'orden_trabajo' | 'oficio_ot' | 'ot_principal'>

function escribirOrden(
  hoy: FechaIso,
  azar: Azar,
  { obra, situacion, versiones }: Familia,
  numero: number,
  identidad: Identidad,
): FilaOt {
  const version = versiones[numero]
  const motivo = numero === 0 ? null : azar.uno(MOTIVOS)
  const comun = {
    ...identidad,
    id_tipo: numero === 0 ? TIPO.INICIAL : TIPO.REPROGRAMACION,
    descripcion_trabajo: obra.descripcion,
    id_responsable_proyecto: obra.lider,
    id_estatus_ot: SITUACIONES[situacion].estatus,
    num_reprogramacion: numero === 0 ? null : numero,
    motivo_reprogramacion: motivo,
    comentario_reprogramacion: motivo === null ? null : azar.uno<string>(COMENTARIOS_DE_MOTIVO[motivo]),
    id_cliente: obra.cliente.id,
  }
  if (!version) return { ...comun, ...SIN_CONFIGURAR }
  const { inicio, termino } = version
  const reales = fechasReales(hoy, versiones, situacion, obra)
  return {
    ...comun,
    estatus: 1,
    responsable_cliente: azar.uno(REPRESENTANTES),
    fecha_inicio_programado: inicio,
    fecha_termino_programado: termino,
    ...reales,
    comentario: azar.sucede(0.2) ? 'Seguimiento en la reunión semanal de operaciones.' : '',
    monto_mxn: pesos(version.centavosMxn),
    monto_usd: pesos(version.centavosUsd),
    ...obra.lugar,
    plazo_dias: diasEntre(inicio, termino) + 1,
    fecha_inicio_patio: obra.lugar.requiere_patio ? sumarDias(inicio, -12) : null,
    fecha_fin_patio: obra.lugar.requiere_patio ? sumarDias(inicio, 10) : null,
  }
}

/** What an order born from a PTE holds until somebody configures it (R-PTE-14). */
const SIN_CONFIGURAR = {
  estatus: -1,
  responsable_cliente: 'POR DEFINIR',
  fecha_inicio_programado: null,
  fecha_termino_programado: null,
  fecha_inicio_real: null,
  fecha_termino_real: null,
  comentario: '',
  monto_mxn: '0.00',
  monto_usd: '0.00',
  id_frente: null,
  id_embarcacion: null,
  id_plataforma: null,
  id_intercom: null,
  id_patio: null,
  plazo_dias: 0,
  requiere_patio: false,
  fecha_inicio_patio: null,
  fecha_fin_patio: null,
} as const

/** The work really started and ended once, whatever the number of programmes it had. */
function fechasReales(
  hoy: FechaIso,
  versiones: readonly Version[],
  situacion: Situacion,
  obra: Obra,
): Pick<FilaOt, 'fecha_inicio_real' | 'fecha_termino_real'> {
  const vigente = versiones.at(-1)
  const sinIniciar: readonly Situacion[] = ['futura', 'diferida_sin_iniciar', 'cancelada', 'por_definir']
  if (!vigente || sinIniciar.includes(situacion)) return { fecha_inicio_real: null, fecha_termino_real: null }
  // Steady per family: taken from the amount, not from chance, so that all its versions agree.
  const retraso = obra.centavosMxn % 7
  const inicio = sumarDias(vigente.inicio, retraso - 1)
  return {
    fecha_inicio_real: antes(inicio, sumarDias(hoy, -1)),
    fecha_termino_real:
      situacion === 'cerrada'
        ? antes(sumarDias(vigente.termino, (obra.centavosMxn % 13) - 5), sumarDias(hoy, -1))
        : null,
  }
}

// ------------------------------------------------------------------------------------------------------- steps

function pasosDeOrden(base: BaseDeDemo, azar: Azar, familia: Familia, ot: FilaOt): Empresa['pasosOt'][number][] {
  const { situacion, obra } = familia
  const plantilla = obra.cliente.id_tipo === TIPO.CLIENTE_CONTRATO ? ot.id_tipo : TIPO.PLANTILLA_INTERCOM
  const pasos = base.pasosOt.filter(({ tipo }) => tipo === plantilla)
  const [desde, hasta] = SITUACIONES[situacion].avance
  const hechos = Math.round(pasos.length * (desde + (hasta - desde) * azar.real()))
  const estatusDe = (i: number): number => {
    if (i < hechos) return azar.sucede(0.06) ? PASO.NO_APLICA : PASO.COMPLETADO
    if (situacion === 'cancelada') return PASO.CANCELADO
    const enMarcha: readonly Situacion[] = ['vencida', 'por_terminar', 'en_curso']
    return i < hechos + 2 && enMarcha.includes(situacion) ? PASO.PROCESO : PASO.PENDIENTE
  }
  const inicio = ot.fecha_inicio_real ?? ot.fecha_inicio_programado ?? base.hoy
  const fin = antes(ot.fecha_termino_real ?? base.hoy, base.hoy)
  return pasos.map(({ id }, i) => ({
    id_ot: ot.id,
    ...escribirPaso(azar, id, estatusDe(i), inicio, fin, [i, Math.max(hechos, 1)], 'ot'),
  }))
}

/** A step with dates between two days, in its turn among those done. */
function escribirPaso(
  azar: Azar,
  idPaso: number,
  estatus: number,
  desde: FechaIso,
  hasta: FechaIso,
  [lugar, de]: [number, number],
  carpeta: string,
): FilaPaso {
  const dias = Math.max(diasEntre(desde, hasta), 0)
  const inicio = sumarDias(desde, Math.floor((dias * Math.min(lugar, de)) / de))
  const termino = sumarDias(desde, Math.floor((dias * Math.min(lugar + 1, de)) / de))
  const conFechas = estatus === PASO.COMPLETADO || estatus === PASO.PROCESO
  return {
    id_paso: idPaso,
    estatus_paso: estatus,
    fecha_inicio: conFechas ? inicio : null,
    fecha_termino: estatus === PASO.COMPLETADO ? termino : null,
    fecha_entrega: estatus === PASO.COMPLETADO ? termino : null,
    comentario:
      estatus === PASO.NO_APLICA
        ? 'No se requiere en este alcance'
        : azar.sucede(0.08)
          ? 'Revisado con el cliente'
          : '',
    archivo:
      estatus === PASO.COMPLETADO && azar.sucede(0.4)
        ? `https://archivos.example.com/${carpeta}/${String(azar.entero(10_000, 99_999))}`
        : null,
  }
}

// -------------------------------------------------------------------------------------------------------- PTEs

function escribirPtes(
  base: BaseDeDemo,
  azar: Azar,
  propuestas: readonly Propuesta[],
  folioDe: ReadonlyMap<Familia, string>,
): Pick<Empresa, 'ptes' | 'pasosPte'> {
  const folios = numerador(0)
  const solicitudes = numerador(300)
  const ptes: FilaPte[] = []
  const pasosPte: Empresa['pasosPte'][number][] = []
  propuestas.forEach(({ obra, solicitud, estatus, familia }, i) => {
    const id = i + 1
    const anio = anioDe(solicitud)
    const plazo = azar.entero(8, 30)
    const entrega = antes(sumarDias(solicitud, plazo + azar.entero(-3, 6)), base.hoy)
    ptes.push({
      id,
      id_tipo: azar.uno(TIPOS_DE_PTE),
      oficio_pte: `BME-9001-${String(folios(anio)).padStart(3, '0')}-${String(anio)}`,
      oficio_solicitud: azar.sucede(0.9)
        ? `SSM-SOL-${String(solicitudes(anio)).padStart(4, '0')}-${String(anio)}`
        : 'PENDIENTE',
      descripcion_trabajo: obra.descripcion,
      fecha_solicitud: solicitud,
      fecha_entrega: estatus === PTE.ENTREGADA ? entrega : null,
      plazo_dias: plazo,
      id_orden_trabajo: familia ? (folioDe.get(familia) ?? '') : '',
      id_responsable_proyecto: obra.lider,
      total_homologado: pesos(obra.centavosMxn + Math.round(obra.centavosUsd * PESOS_POR_DOLAR)),
      estatus,
      prioridad: azar.uno([1, 1, 2, 2, 2, 3, 4]),
      id_cliente: obra.cliente.id,
      comentario: azar.sucede(0.15) ? 'Volumetría sujeta a levantamiento en sitio.' : '',
    })
    pasosPte.push(...pasosDePropuesta(base, azar, id, { obra, solicitud, estatus, entrega }))
  })
  return { ptes, pasosPte }
}

function pasosDePropuesta(
  base: BaseDeDemo,
  azar: Azar,
  id: number,
  { obra, solicitud, estatus, entrega }: { obra: Obra; solicitud: FechaIso; estatus: number; entrega: FechaIso },
): Empresa['pasosPte'][number][] {
  const pasos = base.pasosPte.filter(({ id_tipo_cliente }) => id_tipo_cliente === obra.cliente.id_tipo)
  const parte =
    {
      [PTE.PENDIENTE]: 0,
      [PTE.PROCESO]: 0.1 + azar.real() * 0.8,
      [PTE.ENTREGADA]: 1,
      [PTE.CANCELADA]: azar.real() * 0.5,
      [PTE.SUSPENDIDA]: azar.real() * 0.6,
    }[estatus] ?? 0
  const hechos = Math.floor(pasos.length * parte)
  const filas = pasos.map(({ id: idPaso }, i) => {
    const actual =
      i < hechos
        ? azar.sucede(0.08)
          ? PASO.NO_APLICA
          : PASO.COMPLETADO
        : estatus === PTE.CANCELADA
          ? PASO.CANCELADO
          : estatus === PTE.PROCESO && i < hechos + 2
            ? PASO.PROCESO
            : PASO.PENDIENTE
    return {
      id_pte_header: id,
      ...escribirPaso(azar, idPaso, actual, solicitud, entrega, [i, Math.max(hechos, 1)], 'pte'),
    }
  })
  return filas.map((fila, i) => cerrarPadre(pasos, filas, fila, i))
}

/** A main step with substeps is what they are (pte.md §6.4): complete when all are, in process otherwise. */
function cerrarPadre<F extends FilaPaso>(
  pasos: readonly PasoPlantilla[],
  filas: readonly F[],
  fila: F,
  lugar: number,
): F {
  const paso = pasos[lugar]
  if (paso?.tipo !== 1) return fila
  const [numero] = paso.orden.split('.')
  const hijos = filas.filter((_, i) => {
    const otro = pasos[i]
    return otro?.tipo === 2 && otro.orden.split('.')[0] === numero
  })
  if (hijos.length === 0) return fila
  const concluidos = hijos.filter(({ estatus_paso: e }) => e === PASO.COMPLETADO || e === PASO.NO_APLICA)
  if (concluidos.length < hijos.length)
    return {
      ...fila,
      estatus_paso: concluidos.length > 0 ? PASO.PROCESO : PASO.PENDIENTE,
      fecha_termino: null,
      fecha_entrega: null,
      archivo: null,
    }
  const ultimo = hijos.map(({ fecha_termino }) => fecha_termino ?? '').reduce((a, b) => (a > b ? a : b), '')
  return {
    ...fila,
    estatus_paso: PASO.COMPLETADO,
    comentario: 'Entregables finalizados',
    fecha_termino: ultimo === '' ? fila.fecha_termino : ultimo,
  }
}

// ------------------------------------------------------------------------------------------------------- small

/** Stable order by a key that compares as text. */
function ordenar<T>(lista: readonly T[], clave: (elemento: T) => string): T[] {
  return [...lista].sort((a, b) => (clave(a) < clave(b) ? -1 : clave(a) > clave(b) ? 1 : 0))
}

function barajar<T>(azar: Azar, lista: readonly T[]): T[] {
  return ordenar(
    lista.map((elemento) => ({ elemento, suerte: azar.real().toFixed(12) })),
    ({ suerte }) => suerte,
  ).map(({ elemento }) => elemento)
}

/** Consecutive numbers that start again every year. */
function numerador(desde: number): (anio: number) => number {
  const ultimos = new Map<number, number>()
  return (anio) => {
    const siguiente = (ultimos.get(anio) ?? desde) + 1
    ultimos.set(anio, siguiente)
    return siguiente
  }
}

function antes(a: FechaIso, b: FechaIso): FechaIso {
  return a < b ? a : b
}

function pesos(centavos: number): string {
  return `${String(Math.floor(centavos / 100))}.${String(centavos % 100).padStart(2, '0')}`
}
