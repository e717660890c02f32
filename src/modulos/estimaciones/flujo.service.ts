/** The life of an estimation (estimaciones.md §3): each step with its permission and its data. */
import { Conflicto, SinPermiso } from '../../comun/errores.ts'
import { aDdMmAaaa } from '../../comun/fechas.ts'
import { limpiar } from '../../comun/texto.ts'
import { tienePermiso, type Contexto, type CtxTx } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { leerParametros } from '../parametros/index.ts'
import * as candidatas from './candidatas.repo.ts'
import { anotar, nombreDe } from './estimaciones.auditoria.ts'
import { motivosDe, motivosQueImpiden, transicion, TRANSICIONES } from './estimaciones.reglas.ts'
import { faltaDelAjuste } from './importes.contrato.ts'
import * as repo from './estimaciones.repo.ts'
import type { CambiarEstatus, RechazarDetalle } from './estimaciones.schema.ts'
import {
  cerrarCambio,
  falta,
  obtenerEstimacion,
  obtenerLinea,
  tomarEstimacion,
  type Resultado,
} from './cambios.service.ts'
import { conflictoDeLineas } from './candidatas.service.ts'
import {
  ESTATUS_COBRO,
  LARGO_MINIMO_COMENTARIO,
  TEXTO_ESTATUS,
  type Estimacion,
  type EstatusEstimacion,
} from './estimaciones.tipos.ts'
import { guardarPrueba } from './prueba/prueba.service.ts'
import { anotarPaso, anotarRechazo, sellar } from './instantanea/instantanea.service.ts'

const PERMISOS_DE_FLUJO = new Set(TRANSICIONES.map((paso) => paso.permiso))

function leerEstatus(valor: string | null | undefined): EstatusEstimacion {
  const clave = limpiar(valor ?? '').toUpperCase()
  if (!(clave in ESTATUS_COBRO) || clave === 'PENDIENTE') throw falta('estatus', 'El estatus no es válido.')
  return clave as EstatusEstimacion
}

/**
 * Moves an estimation one step.
 * @param dominio public address of the system, for the QR codes of its documents.
 * @throws SinPermiso (403); DatosInvalidos for the data of the step; Conflicto for a step that the flow does not have,
 * lines that may no longer be billed, or the same person sending and authorising (settled.md §8).
 */
export function cambiarEstatus(
  ctx: Contexto,
  datos: CambiarEstatus,
  dominio: string | null = null,
): Promise<Resultado & { estatus: EstatusEstimacion }> {
  if (![...PERMISOS_DE_FLUJO].some((permiso) => tienePermiso(ctx, permiso))) throw new SinPermiso()
  const a = leerEstatus(datos.estatus)
  if (!TRANSICIONES.some((paso) => paso.a === a && tienePermiso(ctx, paso.permiso))) throw new SinPermiso()
  return conTransaccion(ctx, async (tx) => {
    // Who may not take the step is told so before anything of the record (settled.md §2).
    exigirPermisoDelPaso(ctx, (await obtenerEstimacion(tx, datos.id)).estatus, a)
    const actual = await tomarEstimacion(tx, datos.id, datos.version)
    exigirPermisoDelPaso(ctx, actual.estatus, a)
    if (!transicion(actual.estatus, a))
      throw new Conflicto(`Una estimación ${TEXTO_ESTATUS[actual.estatus]} no puede pasar a ${TEXTO_ESTATUS[a]}.`)
    if (a === 'ENVIADA' && actual.estatus === 'EN_ESTIMACION') await exigirEnviable(tx, actual)
    if (a === 'AUTORIZADA' && actual.estatus === 'ENVIADA') {
      await exigirOtraPersona(tx, actual)
      await exigirQueAlgoSeCobre(tx, actual)
    }
    const flujo = flujoTras(tx, actual, a, datos)
    await repo.actualizarFlujo(tx, actual.id, flujo)
    if (a === 'ENVIADA' && actual.estatus === 'EN_ESTIMACION') await guardarPrueba(tx, actual.id)
    await anotarPaso(tx, actual, { a, dato: datoDe(flujo, a), dominio })
    const resultado = await cerrarCambio(tx, actual.id)
    await sellar(tx, actual.id)
    await anotar(tx, actual, resultado.version, [
      {
        evento: 'ACTUALIZAR',
        campo: 'Estatus',
        campoClave: 'id_estatus_cobro',
        anterior: TEXTO_ESTATUS[actual.estatus],
        actual: TEXTO_ESTATUS[a],
        detalle: `la estimación ${nombreDe(actual)}${detalleDe(flujo, a)}`,
      },
    ])
    return { ...resultado, estatus: a }
  })
}

function exigirPermisoDelPaso(ctx: Contexto, de: EstatusEstimacion, a: EstatusEstimacion): void {
  const paso = transicion(de, a)
  if (paso && !tienePermiso(ctx, paso.permiso)) throw new SinPermiso()
}

function detalleDe(flujo: repo.Flujo, a: EstatusEstimacion): string {
  if (a === 'FACTURADA' && flujo.folioFactura !== null) return `: factura ${flujo.folioFactura}`
  return flujo.motivo === null ? '' : `: ${flujo.motivo}`
}

/** What a step leaves to be read in the history of the documents. */
function datoDe(flujo: repo.Flujo, a: EstatusEstimacion): string {
  if (flujo.motivo !== null) return flujo.motivo
  if (a === 'AUTORIZADA') return aDdMmAaaa(flujo.fechaAutorizacion) ?? ''
  if (a === 'FACTURADA') return `${flujo.folioFactura ?? ''}, ${aDdMmAaaa(flujo.fechaFactura) ?? ''}`
  return a === 'COBRADA' ? (aDdMmAaaa(flujo.fechaCobro) ?? '') : ''
}

/** The fields of the flow after a step: what it needs is demanded, what it undoes is emptied. */
function flujoTras(tx: CtxTx, actual: Estimacion, a: EstatusEstimacion, datos: CambiarEstatus): repo.Flujo {
  const base: repo.Flujo = {
    estatus: a,
    enviadoPor: actual.enviadoPor,
    fechaEnvio: actual.fechaEnvio,
    autorizadoPor: actual.autorizadoPor,
    fechaAutorizacion: actual.fechaAutorizacion,
    folioFactura: actual.folioFactura,
    fechaFactura: actual.fechaFactura,
    fechaCobro: actual.fechaCobro,
    motivo: null,
  }
  const vuelve =
    (actual.estatus === 'AUTORIZADA' && a === 'ENVIADA') || (actual.estatus === 'FACTURADA' && a === 'AUTORIZADA')
  if (vuelve) {
    const motivo = exigir('motivo', datos.motivo, 'Escribe el motivo.')
    return a === 'ENVIADA'
      ? { ...base, autorizadoPor: null, fechaAutorizacion: null, motivo }
      : { ...base, folioFactura: null, fechaFactura: null, motivo }
  }
  switch (a) {
    case 'ENVIADA':
      return { ...base, enviadoPor: tx.usuario?.id ?? null, fechaEnvio: tx.ahora }
    case 'AUTORIZADA':
      return {
        ...base,
        autorizadoPor: tx.usuario?.id ?? null,
        fechaAutorizacion: exigir('fecha_autorizacion', datos.fecha_autorizacion, 'Escribe la fecha de autorización.'),
      }
    case 'FACTURADA':
      return {
        ...base,
        folioFactura: exigir('folio_factura', datos.folio_factura, 'Escribe el folio de la factura.'),
        fechaFactura: exigir('fecha_factura', datos.fecha_factura, 'Escribe la fecha de la factura.'),
      }
    case 'COBRADA': {
      const fechaCobro = exigir('fecha_cobro', datos.fecha_cobro, 'Escribe la fecha de cobro.')
      if (actual.fechaFactura !== null && fechaCobro < actual.fechaFactura)
        throw falta('fecha_cobro', 'La fecha de cobro no puede ser anterior a la de la factura.')
      return { ...base, fechaCobro }
    }
    case 'RECHAZADA':
    case 'CANCELADA':
      return { ...base, motivo: exigir('motivo', datos.motivo, 'Escribe el motivo.') }
    case 'EN_ESTIMACION':
      return { ...base, enviadoPor: null, fechaEnvio: null }
  }
}

function exigir<T>(campo: string, valor: T | null | undefined, mensaje: string): T {
  if (valor == null) throw falta(campo, mensaje)
  return valor
}

/** To send: something to bill, every line still billable except for its own reservation, and adjustments explained (§3). */
async function exigirEnviable(tx: CtxTx, actual: Estimacion): Promise<void> {
  const lineas = (await repo.listarLineas(tx.bd, actual.id)).filter(({ rechazada }) => !rechazada)
  if (!lineas.some(({ estimado }) => estimado.gt(0)))
    throw new Conflicto('La estimación no tiene líneas con volumen: agrega alguna antes de enviarla.')
  const ids = lineas.map(({ idProduccion }) => idProduccion)
  await candidatas.bloquearProduccion(tx, ids)
  const exige = await leerParametros(tx)
  const producidas = new Map(
    (await candidatas.listarCandidatasPorId(tx.bd, actual.idOt, ids)).map((candidata) => [
      candidata.idProduccion,
      candidata,
    ]),
  )
  const conSuReserva = lineas.flatMap((linea) => {
    const produccion = producidas.get(linea.idProduccion)
    return produccion ? [{ linea, candidata: { ...produccion, saldo: produccion.saldo.plus(linea.estimado) } }] : []
  })
  const rechazadas = conSuReserva.flatMap(({ candidata }) => {
    // A line adjusted to nothing has nothing to prove.
    const [motivo] = motivosQueImpiden(motivosDe(candidata, exige)).filter((cual) => cual !== 'YA_ESTIMADA')
    return motivo === undefined ? [] : [{ candidata, motivo: motivo }]
  })
  if (rechazadas.length > 0) throw await conflictoDeLineas(tx, rechazadas)
  for (const { linea, candidata } of conSuReserva) {
    const mal = faltaDelAjuste(linea.estimado, candidata.saldo, linea.comentario)
    if (mal) throw falta(mal[0], `${candidata.codigo} del ${aDdMmAaaa(candidata.fecha)}: ${mal[1]}`)
  }
}

/** Nobody authorises an estimation whose lines were all rejected: it bills nothing. */
async function exigirQueAlgoSeCobre(tx: CtxTx, actual: Estimacion): Promise<void> {
  const lineas = await repo.listarLineas(tx.bd, actual.id)
  if (!lineas.some(({ rechazada, estimado }) => !rechazada && estimado.gt(0)))
    throw new Conflicto('Ya no le quedan líneas con volumen: recházala o cancélala.')
}

async function exigirOtraPersona(tx: CtxTx, actual: Estimacion): Promise<void> {
  if (!(await leerParametros(tx)).exigir_dos_personas) return
  if (tx.usuario === null || tx.usuario.id === actual.enviadoPor)
    throw new Conflicto('Quien envió la estimación no puede autorizarla. Pide a otra persona que la autorice.')
}

/** Takes one line out of a sent estimation, with its reason: its volume is free again (§3). */
export function rechazarDetalle(ctx: Contexto, datos: RechazarDetalle): Promise<Resultado> {
  return conTransaccion(ctx, async (tx) => {
    const linea = await obtenerLinea(tx, datos.id_detalle)
    const antes = await repo.buscarEstimacion(tx.bd, linea.idEstimacion)
    const actual = await tomarEstimacion(tx, linea.idEstimacion, datos.version ?? antes?.version)
    if (actual.estatus !== 'ENVIADA')
      throw new Conflicto('Una línea se rechaza mientras la estimación está ENVIADA. En un borrador, quítala.')
    const comentario = (datos.comentario_ajuste ?? '').trim()
    if (comentario.length < LARGO_MINIMO_COMENTARIO)
      throw falta('comentario_ajuste', 'Escribe por qué se rechaza la línea (5 caracteres o más).')
    await candidatas.bloquearProduccion(tx, [linea.idProduccion])
    const [produccion] = await candidatas.listarCandidatasPorId(tx.bd, actual.idOt, [linea.idProduccion])
    const vigente = await repo.buscarLinea(tx.bd, linea.id)
    if (vigente?.rechazada !== false) throw new Conflicto('Esa línea ya estaba rechazada.')
    await repo.actualizarRechazo(tx, linea.id, comentario)
    await guardarPrueba(tx, actual.id)
    await anotarRechazo(tx, actual.id, { id: linea.id, comentario })
    const resultado = await cerrarCambio(tx, actual.id)
    await sellar(tx, actual.id)
    await anotar(tx, actual, resultado.version, [
      {
        evento: 'ACTUALIZAR',
        campo: 'Rechazó',
        anterior: vigente.estimado.toFixed(6),
        detalle: `${produccion ? `${produccion.codigo} del ${aDdMmAaaa(produccion.fecha)}` : 'una línea'} de la estimación ${nombreDe(actual)}: ${comentario}`,
      },
    ])
    return resultado
  })
}
