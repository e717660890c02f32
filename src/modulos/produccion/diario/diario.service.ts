/** Statuses of the days of the OTs of a site (produccion.md §5.5): reading the month, saving a set of days, the note of a day. */
import { Conflicto, DatosInvalidos, SinPermiso } from '../../../comun/errores.ts'
import { aDdMmAaaa, fechaDePartes } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import { tienePermiso, type Contexto, type CtxLectura, type CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEventos, TABLA_LOG, ultimosCambiosDe, type EventoAuditado } from '../../auditoria/index.ts'
import { sitiosPorId } from '../../catalogos/index.ts'
import { bloquearFamilias } from '../../ot/index.ts'
import { asegurarCarpetas, listarCarpetas, subirVersiones } from '../carpetas/carpetas.repo.ts'
import { porCarpeta } from '../carpetas/carpetas.reglas.ts'
import type { Carpeta } from '../carpetas/carpetas.tipos.ts'
import { nombreDelMes } from '../produccion.contrato.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import { diasFuera } from '../vigencia/vigencia.reglas.ts'
import { otsVigentes, type OtVigente } from '../vigencia/vigencia.service.ts'
import type { ConflictoDeDia, OtDelMes } from './diario.contrato.ts'
import { leerCeldas, planearDias, queSeAbren, type PlanDeDias } from './diario.reglas.ts'
import * as repo from './diario.repo.ts'
import type { ComentarDia, GuardarDiarios } from './diario.schema.ts'
import type { CambioPlaneado, ErrorDeDia, EstadoDeOt } from './diario.tipos.ts'

/** A month of a site. */
export interface MesDeSitio {
  readonly idSitio: number
  readonly mes: number
  readonly anio: number
}

// ------------------------------------------------------------------------------------------------------ reading

/** OTs of the month at a site with the status of each of their days (produccion.md §6.3). */
export async function otsDelMes(ctx: CtxLectura, lugar: MesDeSitio): Promise<OtDelMes[]> {
  const ots = await otsVigentes(ctx, lugar)
  const carpetas = await listarCarpetas(
    ctx.bd,
    ots.map(({ idOt }) => idOt),
    lugar,
  )
  const ids = [...carpetas.values()].map(({ id }) => id)
  const [dias, producidos] = await Promise.all([
    repo.listarDias(ctx.bd, ids, lugar.idSitio),
    repo.listarDiasConProduccion(ctx.bd, ids, lugar.idSitio),
  ])
  const diasDe = porCarpeta(dias)
  const conProduccion = porCarpeta(producidos)
  return ots.map((ot) => {
    const carpeta = carpetas.get(ot.idOt) ?? null
    const suyos = carpeta === null ? [] : (diasDe.get(carpeta.id) ?? [])
    return {
      ...filaDeOt(ot, carpeta, lugar),
      ...diasDeFila(suyos),
      dias_con_produccion: carpeta === null ? [] : (conProduccion.get(carpeta.id) ?? []).map(({ dia }) => dia),
    }
  })
}

function filaDeOt(
  { idOt, folio, descripcion, ventana }: OtVigente,
  carpeta: Carpeta | null,
  { mes, anio }: MesDeSitio,
) {
  const estatus = carpeta?.estatus ?? 'ABIERTO'
  return {
    id_ot: idOt,
    ot: folio,
    desc: descripcion,
    inicio_v: ventana.inicio,
    fin_v: ventana.fin,
    archivo: carpeta?.archivo ?? '',
    dias_bloqueados: diasFuera(mes, anio, ventana),
    version: carpeta?.version ?? 0,
    mes_cerrado: estatus !== 'ABIERTO',
    estatus_cierre: estatus,
  }
}

const DIAS_DE_LA_REJILLA = 31

function diasDeFila(dias: readonly repo.DiaConFirma[]) {
  const porDia = new Map(dias.map((dia) => [dia.dia, dia]))
  const estatus = Array.from({ length: DIAS_DE_LA_REJILLA }, (_, i): [`dia${number}`, OtDelMes['dia1']] => [
    `dia${i + 1}`,
    porDia.get(i + 1)?.estatus ?? null,
  ])
  const firmados = dias.filter((dia) => dia.estatus === 'FIRMADO')
  return {
    ...(Object.fromEntries(estatus) as Record<`dia${number}`, OtDelMes['dia1']>),
    comentarios: Object.fromEntries(
      dias.filter(({ comentario }) => comentario !== '').map(({ dia, comentario }) => [String(dia), comentario]),
    ),
    firmas: Object.fromEntries(
      firmados.map(({ dia, firmo, fechaFirma }) => [String(dia), { usuario: firmo, fecha: fechaFirma }]),
    ),
  }
}

// ------------------------------------------------------------------------------------------------------- saving

/** What a save did. */
export interface DiasGuardados {
  readonly creados: number
  readonly actualizados: number
  readonly eliminados: number
  /** OT → version of its folder, of those that changed. */
  readonly versiones: Readonly<Record<string, number>>
}

const NADA: DiasGuardados = { creados: 0, actualizados: 0, eliminados: 0, versiones: {} }

/**
 * Saves a set of daily statuses, all or nothing (produccion.md §5.5): what did not change is left alone, FIRMADO signs the production of the day
 * and leaving FIRMADO wants its permission and a reason.
 * @throws DatosInvalidos with `errores`, Conflicto with `conflictos` (settled.md §7) or `errores`, SinPermiso.
 */
export async function guardarReportesDiarios(ctx: Contexto, datos: GuardarDiarios): Promise<DiasGuardados> {
  const lugar: MesDeSitio = { idSitio: datos.id_sitio, mes: datos.mes, anio: datos.anio }
  const { celdas, errores } = leerCeldas(datos.celdas, datos.mes, datos.anio)
  if (errores.length > 0) throw conErrores(errores)
  const ids = [...new Set(celdas.map(({ idOt }) => idOt))]
  if (ids.length === 0) return NADA
  return conTransaccion(ctx, async (tx) => {
    await bloquearFamilias(tx, ids)
    const nombreSitio = await exigirSitio(tx, lugar.idSitio)
    const { estados, carpetas } = await leerEstados(tx, ids, lugar)
    const plan = planearDias(celdas, estados, { ...lugar, idUsuario: tx.usuario?.id ?? null })
    exigirPlan({ ...plan, conflictos: await conAutores(tx, lugar, carpetas, plan.conflictos) })
    if (plan.cambios.length === 0) return NADA
    const abiertos = queSeAbren(plan.cambios)
    if (abiertos.length > 0)
      await exigirApertura(tx, lugar.idSitio, abiertos, { estados, carpetas }, datos.motivo ?? null)
    return aplicar(tx, lugar, plan.cambios, { estados, nombreSitio, motivo: datos.motivo ?? null })
  })
}

async function exigirSitio(tx: CtxTx, idSitio: number): Promise<string> {
  const sitio = (await sitiosPorId(tx, [idSitio])).get(idSitio)
  if (sitio?.activo === true) return sitio.descripcion
  const mensaje = 'El frente no existe o está inactivo. Elige otro.'
  throw new DatosInvalidos(mensaje, { campos: { id_sitio: mensaje } })
}

async function leerEstados(
  tx: CtxTx,
  ids: readonly number[],
  lugar: MesDeSitio,
): Promise<{ estados: Map<number, EstadoDeOt>; carpetas: Map<number, Carpeta> }> {
  const pedidas = new Set(ids)
  const ots = (await otsVigentes(tx, lugar)).filter(({ idOt }) => pedidas.has(idOt))
  const carpetas = await listarCarpetas(tx.bd, ids, lugar)
  const dias = await repo.listarDias(
    tx.bd,
    [...carpetas.values()].map(({ id }) => id),
    lugar.idSitio,
  )
  const diasDe = porCarpeta(dias)
  const estados = ots.map(({ idOt, folio, ventana }): [number, EstadoDeOt] => {
    const carpeta = carpetas.get(idOt)
    const suyos = carpeta ? (diasDe.get(carpeta.id) ?? []) : []
    const mesCerrado = carpeta !== undefined && carpeta.estatus !== 'ABIERTO'
    const version = carpeta?.version ?? 0
    return [idOt, { idOt, folio, ventana, version, mesCerrado, dias: new Map(suyos.map((dia) => [dia.dia, dia])) }]
  })
  return { estados: new Map(estados), carpetas }
}

const dias = (n: number): string => plural(n, 'día', 'días')

function conErrores(errores: readonly ErrorDeDia[]): DatosInvalidos {
  const [primero] = errores
  const donde =
    primero === undefined
      ? ''
      : `${primero.ot === '' ? 'Día' : `${primero.ot}, día`} ${String(primero.dia)}: ${primero.motivo}`
  const resto = errores.length > 1 ? ` Hay ${plural(errores.length - 1, 'error más', 'errores más')}.` : ''
  return new DatosInvalidos(`No se guardó nada. ${donde}${resto}`, { extra: { errores } })
}

/** The log names a day that was left without status by its place: its row is gone. */
const claveDeDiaVacio = (idCarpeta: number, fecha: string, idSitio: number): string =>
  `id_estatus/${String(idCarpeta)}/${fecha}/${String(idSitio)}`

/** A page that was opened longer ago than this has no session any more. */
const DIAS_DE_UN_CONFLICTO = 31

/** Who emptied a day, and when. */
async function conAutores(
  tx: CtxTx,
  { idSitio, mes, anio }: MesDeSitio,
  carpetas: ReadonlyMap<number, Carpeta>,
  conflictos: readonly ConflictoDeDia[],
): Promise<ConflictoDeDia[]> {
  const claveDe = ({ id_ot: idOt, dia }: ConflictoDeDia): string =>
    claveDeDiaVacio(carpetas.get(idOt)?.id ?? 0, fechaDePartes(anio, mes, dia) ?? '', idSitio)
  const vacios = conflictos.filter(({ guardado }) => guardado === '')
  if (vacios.length === 0) return [...conflictos]
  const desde = new Date(tx.ahora.getTime() - DIAS_DE_UN_CONFLICTO * 86_400_000)
  const autores = await ultimosCambiosDe(tx, TABLA_LOG.REPORTE_DIARIO, { desde, claves: vacios.map(claveDe) })
  return conflictos.map((uno) => (uno.guardado === '' ? { ...uno, ...autores.get(claveDe(uno)) } : uno))
}

function exigirPlan({ errores, cerrados, conflictos }: PlanDeDias): void {
  if (errores.length > 0) throw conErrores(errores)
  if (cerrados.length > 0) {
    const ots = [...new Set(cerrados.map(({ ot }) => ot))].join(', ')
    throw new Conflicto(`El mes está cerrado para ${ots}. Reábrelo para cambiar sus reportes diarios.`, {
      extra: { errores: cerrados },
    })
  }
  if (conflictos.length === 0) return
  throw new Conflicto(
    `Alguien más cambió ${dias(conflictos.length)} después de que abriste la página. No se guardó nada: revisa y elige qué se queda.`,
    { codigo: 'CONFLICTOS', extra: { conflictos } },
  )
}

/** §5.5: leaving FIRMADO wants its permission, a reason, and production that nobody estimated yet. */
async function exigirApertura(
  tx: CtxTx,
  idSitio: number,
  abiertos: readonly CambioPlaneado[],
  { estados, carpetas }: { estados: ReadonlyMap<number, EstadoDeOt>; carpetas: ReadonlyMap<number, Carpeta> },
  motivo: string | null,
): Promise<void> {
  const aDia = ({ idOt, fecha }: { idOt: number; fecha: string }, por: string): ErrorDeDia => ({
    id_ot: idOt,
    ot: estados.get(idOt)?.folio ?? '',
    dia: Number(fecha.slice(8)),
    motivo: por,
  })
  if (!tienePermiso(tx, PERMISO_PRODUCCION.ABRIR_DIA))
    throw new SinPermiso(`No tienes permiso para abrir días firmados (${dias(abiertos.length)}).`, {
      extra: { errores: abiertos.map((cambio) => aDia(cambio, 'El día está firmado.')) },
    })
  if (motivo === null)
    throw new DatosInvalidos('Escribe por qué se abren los días firmados.', {
      campos: { motivo: 'Escribe por qué se abren los días firmados.' },
    })
  const pedidos = abiertos.map(({ idOt, fecha }) => ({ idCarpeta: carpetas.get(idOt)?.id ?? 0, fecha }))
  const estimados = await repo.listarDiasEstimados(tx.bd, idSitio, pedidos)
  if (estimados.length === 0) return
  const otDe = new Map([...carpetas.values()].map(({ id, idOt }) => [id, idOt]))
  const errores = estimados.map(({ idCarpeta, fecha, estimaciones }) =>
    aDia({ idOt: otDe.get(idCarpeta) ?? 0, fecha }, `Su producción ya está en ${estimaciones}.`),
  )
  const cuales = [...new Set(estimados.flatMap(({ estimaciones }) => estimaciones.split(', ')))].join(', ')
  throw new Conflicto(`No se puede abrir ${dias(errores.length)}: su producción ya está en ${cuales}.`, {
    extra: { errores },
  })
}

async function aplicar(
  tx: CtxTx,
  lugar: MesDeSitio,
  cambios: readonly CambioPlaneado[],
  contexto: { estados: ReadonlyMap<number, EstadoDeOt>; nombreSitio: string; motivo: string | null },
): Promise<DiasGuardados> {
  const ids = [...new Set(cambios.map(({ idOt }) => idOt))]
  await asegurarCarpetas(tx.bd, ids, lugar)
  const carpetas = await listarCarpetas(tx.bd, ids, lugar)
  const carpetaDe = (idOt: number): Carpeta => {
    const carpeta = carpetas.get(idOt)
    if (!carpeta) throw new Error(`No folder for the OT ${String(idOt)}`)
    return carpeta
  }
  const porEscribir = cambios.flatMap(({ idOt, fecha, despues }) =>
    despues === null ? [] : [{ idCarpeta: carpetaDe(idOt).id, fecha, estatus: despues }],
  )
  const escritos = await repo.guardarDias(tx, lugar.idSitio, porEscribir)
  const eliminados = cambios.filter(({ despues }) => despues === null)
  await repo.borrarDias(
    tx.bd,
    eliminados.flatMap(({ antes }) => (antes ? [antes.id] : [])),
  )
  await subirVersiones(
    tx.bd,
    [...carpetas.values()].map(({ id }) => id),
    tx.ahora,
  )
  const idDe = new Map(escritos.map(({ id, idCarpeta, fecha }) => [`${String(idCarpeta)}/${fecha}`, id]))
  await registrarEventos(tx, [
    ...ids.map((idOt) => resumen(idOt, cambios, carpetaDe(idOt), lugar, contexto)),
    ...cambios.map((cambio) =>
      eventoDeDia(
        cambio,
        idDe.get(`${String(carpetaDe(cambio.idOt).id)}/${cambio.fecha}`) ?? cambio.antes?.id ?? null,
        { ...contexto, idCarpeta: carpetaDe(cambio.idOt).id, idSitio: lugar.idSitio },
      ),
    ),
  ])
  const creados = cambios.filter(({ antes, despues }) => antes === null && despues !== null).length
  return {
    creados,
    actualizados: cambios.length - creados - eliminados.length,
    eliminados: eliminados.length,
    versiones: Object.fromEntries(ids.map((idOt) => [String(idOt), carpetaDe(idOt).version + 1])),
  }
}

interface ParaBitacora {
  readonly estados: ReadonlyMap<number, EstadoDeOt>
  readonly nombreSitio: string
  readonly motivo: string | null
}

function resumen(
  idOt: number,
  cambios: readonly CambioPlaneado[],
  carpeta: Carpeta,
  { mes, anio }: MesDeSitio,
  { estados, nombreSitio }: ParaBitacora,
): EventoAuditado {
  const cuantos = cambios.filter((cambio) => cambio.idOt === idOt).length
  return {
    tabla: TABLA_LOG.REPORTE_MENSUAL,
    registroId: carpeta.id,
    evento: 'REGISTRAR',
    campo: 'Registró',
    detalle: `reportes diarios de la OT: ${estados.get(idOt)?.folio ?? ''} en el frente: ${nombreSitio}, ${nombreDelMes(mes, anio)}: ${dias(cuantos)}`,
    version: carpeta.version + 1,
  }
}

function eventoDeDia(
  { idOt, fecha, antes, despues }: CambioPlaneado,
  registroId: number | null,
  { estados, nombreSitio, motivo, idCarpeta, idSitio }: ParaBitacora & { idCarpeta: number; idSitio: number },
): EventoAuditado {
  const seAbre = antes?.estatus === 'FIRMADO'
  const porque = seAbre && motivo !== null ? `. Motivo: ${motivo}` : ''
  return {
    tabla: TABLA_LOG.REPORTE_DIARIO,
    registroId,
    evento: 'ACTUALIZAR',
    campo: 'Estatus del día',
    campoClave: despues === null ? claveDeDiaVacio(idCarpeta, fecha, idSitio) : 'id_estatus',
    anterior: antes?.estatus ?? '',
    actual: despues ?? '',
    detalle: `el reporte diario del ${aDdMmAaaa(fecha)} de: ${antes?.estatus ?? 'sin estatus'} a: ${despues ?? 'sin estatus'}, de la OT: ${estados.get(idOt)?.folio ?? ''} en el frente: ${nombreSitio}${porque}`,
  }
}

// ------------------------------------------------------------------------------------------------------ comment

/**
 * Note of a day that has a status and is not signed (produccion.md §2.2).
 * @throws DatosInvalidos, Conflicto.
 */
export function comentarDia(ctx: Contexto, datos: ComentarDia): Promise<{ comentario: string }> {
  const lugar: MesDeSitio = { idSitio: datos.id_sitio, mes: datos.mes, anio: datos.anio }
  const fecha = fechaDePartes(datos.anio, datos.mes, datos.dia)
  if (fecha === null)
    throw new DatosInvalidos(`El día ${String(datos.dia)} no existe en ese mes.`, {
      campos: { dia: 'El día no existe.' },
    })
  return conTransaccion(ctx, async (tx) => {
    await bloquearFamilias(tx, [datos.id_ot])
    const nombreSitio = await exigirSitio(tx, lugar.idSitio)
    const { estados, carpetas } = await leerEstados(tx, [datos.id_ot], lugar)
    const estado = estados.get(datos.id_ot)
    const carpeta = carpetas.get(datos.id_ot)
    if (estado?.mesCerrado === true)
      throw new Conflicto('El mes está cerrado. Reábrelo para cambiar sus reportes diarios.')
    const dia = estado?.dias.get(datos.dia)
    if (!estado || !carpeta || !dia)
      throw new Conflicto('Marca primero el estatus de ese día y guárdalo; después podrás comentarlo.')
    if (dia.estatus === 'FIRMADO') throw new Conflicto('El día está firmado. Ábrelo para cambiar su comentario.')
    if (datos.anterior !== undefined && (datos.anterior ?? '') !== dia.comentario)
      throw new Conflicto(
        `${dia.usuario === '' ? 'Alguien más' : dia.usuario} cambió el comentario: «${dia.comentario}».`,
        {
          codigo: 'CONFLICTOS',
          extra: { guardado: dia.comentario },
        },
      )
    const comentario = datos.comentario ?? ''
    if (comentario === dia.comentario) return { comentario }
    await repo.guardarComentario(tx, dia.id, datos.comentario)
    await subirVersiones(tx.bd, [carpeta.id], tx.ahora)
    await registrarEventos(tx, [
      {
        tabla: TABLA_LOG.REPORTE_DIARIO,
        registroId: dia.id,
        evento: 'ACTUALIZAR',
        campo: 'Comentario',
        campoClave: 'comentario',
        anterior: dia.comentario,
        actual: comentario,
        detalle: `el comentario del ${aDdMmAaaa(fecha)}, de la OT: ${estado.folio} en el frente: ${nombreSitio}`,
      },
    ])
    return { comentario }
  })
}
