/**
 * Annexes, months of production, signatures, GPUs and guards of the demo company, from its orders: no database, no
 * clock, always the same for the same day. Volumes are whole thousandths until they are written.
 */
import { anioDe, diasEntre, type FechaIso, fechaIso, sumarDias } from '../../../src/comun/fechas.ts'
import { type Azar, crearAzar } from './azar.ts'
import { type ConceptoDeDemo, conceptosDe, NOTAS_DEL_DIA, SUPERINTENDENTES } from './conceptos.ts'
import type { FilaOt } from './generar.ts'
import type {
  FilaConcepto,
  FilaDiaria,
  FilaGpu,
  FilaGuardia,
  FilaMensual,
  FilaPartida,
  FilaProduccion,
  FilaPrograma,
  FilaSuperintendente,
  FilaVersion,
  ProduccionDeDemo,
} from './produccion.filas.ts'

export interface BaseDeProduccion {
  readonly hoy: FechaIso
  /** With the ids of the database. */
  readonly ots: readonly FilaOt[]
}

const SEMILLA = 20_260_214
const FAMILIAS = 16
const EN_EJECUCION = 8
const DIARIO = { FIRMADO: 17, FALTA_FIRMA: 18, PENDIENTE: 19, PROCESO: 20 } as const
const MES = { ABIERTO: 21, CERRADO: 22, FIRMADO: 23 } as const
const CON_GPU: ReadonlySet<string> = new Set(['C-2', 'C-3', 'C2EXT', 'C3EXT'])
const DIAS_DE_GUARDIA = 14

/** A family that works: its initial order, the one whose annex is in force, and its days. */
interface Obra {
  readonly inicial: FilaOt
  readonly ultima: FilaOt
  readonly inicio: FechaIso
  readonly fin: FechaIso
  readonly sitio: number
  readonly clave: string
  /** Its turn among them: makes some different from others. */
  readonly turno: number
}

/** A concept of an order, its ceiling and the days it is worked on. */
interface Linea {
  readonly concepto: ConceptoDeDemo
  readonly id: number
  readonly partida: number
  readonly tope: number
  readonly desde: FechaIso
  readonly hasta: FechaIso
}

/** Rows of a kind, numbered from 1. */
class Filas<F extends { readonly id: number }> {
  readonly lista: F[] = []
  agregar(fila: Omit<F, 'id'>): number {
    const id = this.lista.length + 1
    this.lista.push({ ...fila, id } as F)
    return id
  }
}

/** Everything written so far. */
class Libro {
  readonly versiones = new Filas<FilaVersion>()
  readonly conceptos = new Filas<FilaConcepto>()
  readonly partidas = new Filas<FilaPartida>()
  readonly programa: FilaPrograma[] = []
  readonly mensuales = new Filas<FilaMensual>()
  readonly diarios: FilaDiaria[] = []
  readonly producciones = new Filas<FilaProduccion>()
  readonly gpus = new Filas<FilaGpu>()
}

/** All of it for that day. */
export function generarProduccion(base: BaseDeProduccion): ProduccionDeDemo {
  const azar = crearAzar(SEMILLA)
  const libro = new Libro()
  const obras = elegirObras(base)
  for (const obra of obras) producir(libro, azar, base.hoy, obra, escribirAnexos(libro, azar, obra))
  return {
    versiones: libro.versiones.lista,
    conceptos: libro.conceptos.lista,
    partidas: libro.partidas.lista,
    programa: libro.programa,
    mensuales: libro.mensuales.lista,
    diarios: libro.diarios,
    producciones: libro.producciones.lista,
    gpus: libro.gpus.lista,
    ...guardiasDe(base.hoy, [...new Set(obras.map(({ sitio }) => sitio))]),
  }
}

/** Families under way that began in the last months, the newest ones. */
function elegirObras({ hoy, ots }: BaseDeProduccion): Obra[] {
  const desde = primerDia(sumarDias(primerDia(hoy), -62))
  const obras = ots.flatMap((inicial): Obra[] => {
    if (inicial.ot_principal !== null || inicial.estatus !== 1 || inicial.id_estatus_ot !== EN_EJECUCION) return []
    const familia = [inicial, ...ots.filter(({ ot_principal }) => ot_principal === inicial.id)]
    const ultima = familia.reduce((a, b) => ((b.num_reprogramacion ?? 0) > (a.num_reprogramacion ?? 0) ? b : a))
    const inicio = inicial.fecha_inicio_real ?? inicial.fecha_inicio_programado
    const fin = familia.reduce((mayor, ot) => {
      const suyo = ot.fecha_termino_real ?? ot.fecha_termino_programado ?? ''
      return suyo > mayor ? suyo : mayor
    }, '')
    const sitio = { 1: inicial.id_patio, 2: inicial.id_embarcacion, 4: inicial.id_plataforma }[inicial.id_frente ?? 0]
    if (inicio === null || fin === '' || sitio === null || sitio === undefined) return []
    if (inicio < desde || diasEntre(inicio, hoy) < 6) return []
    const clave = inicial.orden_trabajo.split('-')[4] ?? ''
    return [{ inicial, ultima, inicio, fin: fechaIso(fin), sitio, clave, turno: 0 }]
  })
  return obras.slice(-FAMILIAS).map((obra, turno) => ({ ...obra, turno }))
}

// ----------------------------------------------------------------------------------------------------- annexes

/** The annex of the initial order, some replaced once, and that of the last reprogramación; answers the lines in force. */
function escribirAnexos(libro: Libro, azar: Azar, obra: Obra): Linea[] {
  const conceptos = conceptosDe(obra.clave)
  const topes = repartirMonto(azar, conceptos, Number(obra.ultima.monto_mxn))
  const ids = conceptos.map((concepto) =>
    libro.conceptos.agregar({
      id_ot: obra.inicial.id,
      anexo: concepto.anexo,
      codigo: concepto.codigo,
      concepto: concepto.descripcion,
      id_unidad_medida: concepto.unidad,
    }),
  )
  const hayModificado = obra.ultima.id !== obra.inicial.id
  const escribir = (ot: FilaOt, factor: number, activo: boolean): number[] => {
    const numero = libro.versiones.lista.filter(({ id_ot }) => id_ot === ot.id).length + 1
    const version = libro.versiones.agregar({
      id_ot: ot.id,
      numero,
      archivo_excel: `ANEXO C ${ot.orden_trabajo}${ot.num_reprogramacion === null ? '' : ` REP ${String(ot.num_reprogramacion)}`}${numero > 1 ? ` REV ${String(numero - 1)}` : ''}.xlsx`,
      fecha_carga: instante(sumarDias(obra.inicio, numero - 6), 10),
      total_registros: conceptos.length,
      es_activo: activo,
    })
    return conceptos.map((concepto, i) =>
      libro.partidas.agregar({
        id_importacion_anexo: version,
        id_concepto_consolidado: ids[i] ?? 0,
        id_partida: concepto.codigo,
        descripcion_concepto: concepto.descripcion,
        anexo: concepto.anexo,
        id_unidad_medida: concepto.unidad,
        volumen_proyectado: enTexto(medir(concepto, (topes[i] ?? 0) * factor)),
        precio_unitario_mn: sinPrecio(concepto) ? '0' : concepto.mn,
        precio_unitario_usd: sinPrecio(concepto) ? '0' : concepto.usd,
        orden_fila: 9 + i,
      }),
    )
  }
  // The PUE of something out of the catalogue is not always authorised when the work is done.
  const sinPrecio = ({ anexo }: ConceptoDeDemo): boolean => obra.turno % 2 === 1 && anexo.endsWith('EXT')
  if (obra.turno % 4 === 1) escribir(obra.inicial, 0.8, false)
  const iniciales = escribir(obra.inicial, hayModificado ? 0.85 : 1, true)
  const vigentes = hayModificado ? escribir(obra.ultima, 1, true) : iniciales
  const lineas = conceptos.map((concepto, i): Linea => {
    const [desde, hasta] = diasDe(azar, obra, concepto)
    return { concepto, id: ids[i] ?? 0, partida: vigentes[i] ?? 0, tope: medir(concepto, topes[i] ?? 0), desde, hasta }
  })
  for (const linea of lineas) programar(libro, linea)
  return lineas
}

/** Volumes in thousandths whose amounts add up to about the money of the order. */
function repartirMonto(azar: Azar, conceptos: readonly ConceptoDeDemo[], pesos: number): number[] {
  const pesados = conceptos.map(({ peso }) => peso * (0.6 + azar.real() * 0.8))
  const total = pesados.reduce((a, b) => a + b, 0)
  return conceptos.map(({ mn }, i) => (1000 * pesos * (pesados[i] ?? 0)) / total / Number(mn))
}

/** To the decimals that the unit is measured with, never nothing. */
function medir({ decimales }: ConceptoDeDemo, milesimas: number): number {
  const paso = 10 ** (3 - decimales)
  return Math.max(Math.round(milesimas / paso), 1) * paso
}

/** Which part of the work a concept takes. */
function diasDe(azar: Azar, { inicio, fin }: Obra, { ritmo }: ConceptoDeDemo): [FechaIso, FechaIso] {
  const dias = diasEntre(inicio, fin)
  const entre = (a: number, b: number): [FechaIso, FechaIso] => [
    sumarDias(inicio, Math.floor(dias * a)),
    sumarDias(inicio, Math.max(Math.floor(dias * a), Math.floor(dias * b))),
  ]
  if (ritmo === 'presencia') return entre(0, 1)
  if (ritmo === 'cierre') return entre(0.75, 1)
  const arranque = azar.real() * 0.4
  return entre(arranque, Math.min(1, arranque + 0.35 + azar.real() * 0.3))
}

/** The ceiling spread evenly over its days; what does not divide goes to the first ones. */
function programar(libro: Libro, { concepto, partida, tope, desde, hasta }: Linea): void {
  const paso = 10 ** (3 - concepto.decimales)
  const dias = diasEntre(desde, hasta) + 1
  const [cada, sobran] = [Math.floor(tope / paso / dias), (tope / paso) % dias]
  const porMes = new Map<FechaIso, string[]>()
  for (let i = 0; i < dias; i += 1) {
    const dia = sumarDias(desde, i)
    const mes = primerDia(dia)
    const volumenes = porMes.get(mes) ?? Array.from({ length: diasDelMes(mes) }, () => '0')
    volumenes[Number(dia.slice(8)) - 1] = enTexto((cada + (i < sobran ? 1 : 0)) * paso)
    porMes.set(mes, volumenes)
  }
  for (const [mes, volumenes] of porMes) {
    if (volumenes.some((volumen) => volumen !== '0')) libro.programa.push({ id_partida_anexo: partida, mes, volumenes })
  }
}

// -------------------------------------------------------------------------------------------------- production

function producir(libro: Libro, azar: Azar, hoy: FechaIso, obra: Obra, lineas: readonly Linea[]): void {
  const ayer = sumarDias(hoy, -1)
  const hasta = obra.fin < ayer ? obra.fin : ayer
  const carpetas = new Map<FechaIso, { id: number; estatus: number }>()
  const carpeta = (dia: FechaIso) => {
    const mes = primerDia(dia)
    const hallada = carpetas.get(mes) ?? abrirCarpeta(libro, hoy, obra, mes)
    carpetas.set(mes, hallada)
    return hallada
  }
  const acumulado = new Map<number, number>()
  for (let dia = obra.inicio; dia <= hasta; dia = sumarDias(dia, 1)) {
    const norte = hayNorte(dia)
    const { id: idMensual, estatus: estatusMes } = carpeta(dia)
    const estatus = estatusMes === MES.ABIERTO ? estatusDelDia(hoy, dia, obra) : DIARIO.FIRMADO
    const firmado = estatus === DIARIO.FIRMADO
    const fechaFirma = firmado ? instante(sumarDias(dia, 3), 12) : null
    libro.diarios.push({
      id_reporte_mensual: idMensual,
      fecha: dia,
      id_sitio: obra.sitio,
      id_estatus: estatus,
      comentario: norte ? NOTAS_DEL_DIA[0] : azar.sucede(0.05) ? azar.uno(NOTAS_DEL_DIA.slice(1)) : null,
      bloqueado: firmado,
      fecha_firma: fechaFirma,
    })
    for (const linea of lineas) {
      const volumen = volumenDelDia(azar, obra, linea, dia, norte)
      if (volumen === 0) continue
      const total = (acumulado.get(linea.id) ?? 0) + volumen
      acumulado.set(linea.id, total)
      const excedente = total > linea.tope
      const produccion = libro.producciones.agregar({
        id_partida_anexo: linea.partida,
        id_concepto_consolidado: linea.id,
        id_reporte_mensual: idMensual,
        fecha_produccion: dia,
        volumen_produccion: enTexto(volumen),
        tipo_tiempo: norte && linea.concepto.anexo !== 'C-6' ? 'CMA' : 'TE',
        es_excedente: excedente,
        id_sitio_produccion: obra.sitio,
        fecha_captura: instante(sumarDias(dia, 1), 7),
      })
      if (CON_GPU.has(linea.concepto.anexo)) libro.gpus.agregar(gpuDe(azar, produccion, estatus, excedente, fechaFirma))
    }
  }
}

function gpuDe(
  azar: Azar,
  produccion: number,
  estatus: number,
  excedente: boolean,
  fechaFirma: string | null,
): Omit<FilaGpu, 'id'> {
  const firmado = estatus === DIARIO.FIRMADO && !excedente
  const conEnlace = firmado || (estatus === DIARIO.FALTA_FIRMA && azar.sucede(0.6))
  return {
    id_produccion: produccion,
    id_estatus: estatus === DIARIO.FIRMADO && excedente ? DIARIO.PROCESO : estatus,
    archivo: conEnlace ? `https://archivos.example.com/gpu/${String(azar.entero(10_000, 99_999))}` : null,
    fecha_firma: firmado ? fechaFirma : null,
    excedente,
  }
}

/** Two months ago everything is signed; the month before is closed in half of the works. */
function abrirCarpeta(libro: Libro, hoy: FechaIso, obra: Obra, mes: FechaIso): { id: number; estatus: number } {
  const anterior = primerDia(sumarDias(primerDia(hoy), -1))
  const estatus = mes < anterior ? MES.FIRMADO : mes === anterior && obra.turno % 2 === 0 ? MES.CERRADO : MES.ABIERTO
  const id = libro.mensuales.agregar({
    id_ot: obra.inicial.id,
    anio: anioDe(mes),
    mes: Number(mes.slice(5, 7)),
    archivo:
      estatus === MES.FIRMADO
        ? `https://archivos.example.com/produccion/${obra.inicial.orden_trabajo}/${mes.slice(0, 7)}`
        : null,
    id_estatus: estatus,
    version: 1,
    fecha_cierre: estatus === MES.ABIERTO ? null : instante(sumarDias(mes, diasDelMes(mes) + 4), 17),
  })
  return { id, estatus }
}

function estatusDelDia(hoy: FechaIso, dia: FechaIso, { turno }: Obra): number {
  const edad = diasEntre(dia, hoy)
  if (edad > 9 + (turno % 4)) return DIARIO.FIRMADO
  if (edad > 5) return DIARIO.FALTA_FIRMA
  return edad > 2 ? DIARIO.PROCESO : DIARIO.PENDIENTE
}

/** What was done that day: near the programme, nothing outdoors when the weather does not allow it. */
function volumenDelDia(azar: Azar, obra: Obra, linea: Linea, dia: FechaIso, norte: boolean): number {
  const { concepto, tope, desde, hasta } = linea
  const suerte = azar.real()
  if (dia < desde || dia > hasta) return 0
  const dias = diasEntre(desde, hasta) + 1
  // In one work of three something takes more than was authorised.
  const ritmo = obra.turno % 3 === 0 && concepto.codigo.endsWith('.1.') ? 1.25 : 0.97
  const medio = (tope * ritmo) / dias
  if (concepto.ritmo === 'presencia') return redondear(concepto, medio * (0.92 + suerte * 0.16))
  if (norte || suerte < 0.35) return 0
  return redondear(concepto, (medio / 0.6) * (0.5 + suerte * 0.7))
}

function redondear({ decimales }: ConceptoDeDemo, milesimas: number): number {
  const paso = 10 ** (3 - decimales)
  return Math.round(milesimas / paso) * paso
}

/** Cold fronts come for a couple of days every two or three weeks, the same at every site. */
function hayNorte(dia: FechaIso): boolean {
  const n = diasEntre(fechaIso('2020-01-01'), dia)
  return n % 17 < 2 && n % 5 !== 0
}

// ------------------------------------------------------------------------------------------------------ guards

function guardiasDe(
  hoy: FechaIso,
  sitios: readonly number[],
): { superintendentes: FilaSuperintendente[]; guardias: FilaGuardia[] } {
  const inicio = sumarDias(primerDia(hoy), -7 * DIAS_DE_GUARDIA - 3)
  const conGuardia = sitios.slice(0, Math.floor(SUPERINTENDENTES.length / 2))
  return {
    superintendentes: conGuardia.flatMap((sitio, i) =>
      SUPERINTENDENTES.slice(2 * i, 2 * i + 2).map((persona, j) => ({
        ...persona,
        id: 2 * i + j + 1,
        sitio_asignado: sitio,
      })),
    ),
    guardias: conGuardia.map((sitio, i) => ({
      id: i + 1,
      id_sitio: sitio,
      super_a: 2 * i + 1,
      super_b: 2 * i + 2,
      fecha_inicio_super_a: sumarDias(inicio, 3 * i),
      vigente_desde: sumarDias(inicio, 3 * i),
    })),
  }
}

// ------------------------------------------------------------------------------------------------------- small

function primerDia(dia: FechaIso): FechaIso {
  return fechaIso(`${dia.slice(0, 7)}-01`)
}

function diasDelMes(mes: FechaIso): number {
  return diasEntre(mes, primerDia(sumarDias(mes, 31)))
}

/** An hour of a day in Mexico City, as the database reads it. */
function instante(dia: FechaIso, hora: number): string {
  return `${dia}T${String(hora).padStart(2, '0')}:00:00-06:00`
}

function enTexto(milesimas: number): string {
  return milesimas === 0 ? '0' : (milesimas / 1000).toFixed(3)
}
