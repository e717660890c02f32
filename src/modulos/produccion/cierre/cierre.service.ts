/** Closing, signing and opening a month, and the link of its evidence (produccion.md §5.9, §5.11). */
import { DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { nombreDelMes } from '../../../comun/meses.ts'
import { plural } from '../../../comun/texto.ts'
import { leerEnlace, MENSAJE_ENLACE } from '../../../comun/url.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG, type EventoAuditado } from '../../auditoria/index.ts'
import { bloquearFamilia } from '../../ot/index.ts'
import { asegurarCarpetas, listarCarpetas } from '../carpetas/carpetas.repo.ts'
import type { Carpeta } from '../carpetas/carpetas.tipos.ts'
import type { EstatusMes } from '../diario/diario.tipos.ts'
import type { CierreDeMes } from './cierre.contrato.ts'
import { exigirCerrable, exigirEnlaceAbierto, exigirFirmable, pasoAtras, type EstadoDeCierre } from './cierre.reglas.ts'
import * as repo from './cierre.repo.ts'
import type { CerrarMes, GuardarEnlace, MesDeOt, MoverMes } from './cierre.schema.ts'
import { faltantesDe } from './cierre.vista.ts'

/** How a month is left by a movement. */
export interface MesMovido {
  readonly estatus: EstatusMes
  readonly version: number
}

async function exigirFamilia(ctx: CtxLectura, idOt: number): Promise<{ id: number; folio: string }> {
  const familia = await repo.buscarFamilia(ctx.bd, idOt)
  if (!familia) throw new NoEncontrado('OT no encontrada')
  return familia
}

async function leerEstado(
  ctx: CtxLectura,
  { id: idOt, folio }: { id: number; folio: string },
  { mes, anio }: MesDeOt,
): Promise<{ estado: EstadoDeCierre; carpeta: Carpeta | null }> {
  const carpeta = (await listarCarpetas(ctx.bd, [idOt], { mes, anio })).get(idOt) ?? null
  const estatus = carpeta?.estatus ?? 'ABIERTO'
  const abierta = carpeta !== null && estatus === 'ABIERTO' ? carpeta.id : null
  const [sinFirmar, gpus] =
    abierta === null
      ? [[], []]
      : await Promise.all([repo.listarDiasSinFirmar(ctx.bd, abierta), repo.listarGpusSinFirmar(ctx.bd, abierta)])
  return { estado: { idOt, folio, mes, anio, estatus, archivo: carpeta?.archivo ?? null, sinFirmar, gpus }, carpeta }
}

/** How the month of an OT is and what it lacks. @throws NoEncontrado */
export async function verCierre(ctx: CtxLectura, pedido: MesDeOt): Promise<CierreDeMes> {
  const familia = await exigirFamilia(ctx, pedido.id_ot)
  const { estado, carpeta } = await leerEstado(ctx, familia, pedido)
  const resumen = carpeta === null ? null : await repo.buscarResumen(ctx.bd, carpeta.id)
  return {
    id_ot: familia.id,
    ot: familia.folio,
    mes: pedido.mes,
    anio: pedido.anio,
    estatus: estado.estatus,
    archivo: estado.archivo ?? '',
    version: carpeta?.version ?? 0,
    cerrado_por: resumen?.cerro ?? '',
    fecha_cierre: resumen?.fechaCierre ?? '',
    faltantes: faltantesDe(estado),
    dias_con_produccion: resumen?.dias ?? 0,
    gpus: resumen?.gpus ?? 0,
  }
}

/** Holds the family, reads its month, decides where it goes and leaves it there, with its row in the log. */
function moverMes(
  ctx: Contexto,
  pedido: MoverMes,
  decidir: (tx: CtxTx, estado: EstadoDeCierre, carpeta: Carpeta | null) => Promise<{ a: EstatusMes; nota: string }>,
): Promise<MesMovido> {
  return conTransaccion(ctx, async (tx) => {
    const familia = await exigirFamilia(tx, pedido.id_ot)
    await bloquearFamilia(tx, familia.id)
    const { estado, carpeta: previa } = await leerEstado(tx, familia, pedido)
    const { a, nota } = await decidir(tx, estado, previa)
    const carpeta = previa ?? (await crearCarpeta(tx, familia.id, pedido))
    await repo.guardarEstatus(tx, carpeta.id, a)
    const comentario = pedido.comentario == null ? '' : `. Comentario: ${pedido.comentario}`
    await registrarEvento(tx, {
      ...eventoDelMes(estado, carpeta, `el cierre del mes de: ${estado.estatus} a: ${a}`, `${nota}${comentario}`),
      campo: 'Estatus Cierre',
      campoClave: 'id_estatus',
      anterior: estado.estatus,
      actual: a,
      version: carpeta.version + 1,
    })
    return { estatus: a, version: carpeta.version + 1 }
  })
}

async function crearCarpeta(tx: CtxTx, idOt: number, { mes, anio }: MesDeOt): Promise<Carpeta> {
  await asegurarCarpetas(tx.bd, [idOt], { mes, anio })
  const carpeta = (await listarCarpetas(tx.bd, [idOt], { mes, anio })).get(idOt)
  if (!carpeta) throw new Error(`No folder for the OT ${String(idOt)}`)
  return carpeta
}

function eventoDelMes(
  { folio, mes, anio }: Pick<EstadoDeCierre, 'folio' | 'mes' | 'anio'>,
  carpeta: Carpeta,
  que: string,
  cola = '',
): EventoAuditado {
  return {
    tabla: TABLA_LOG.REPORTE_MENSUAL,
    registroId: carpeta.id,
    evento: 'ACTUALIZAR',
    campo: 'Actualizó',
    detalle: `${que}, ${nombreDelMes(mes, anio)} de la OT: ${folio}${cola}`,
  }
}

/** ABIERTO → CERRADO. @throws Conflicto with `faltantes`, DatosInvalidos, NoEncontrado. */
export function cerrarMes(ctx: Contexto, pedido: CerrarMes): Promise<MesMovido> {
  return moverMes(ctx, pedido, (_tx, estado) => {
    const faltantes = faltantesDe(estado)
    exigirCerrable(estado, faltantes, { forzar: pedido.forzar === true, comentario: pedido.comentario ?? null })
    const nota = faltantes.length === 0 ? '' : `, con ${plural(faltantes.length, 'pendiente', 'pendientes')}`
    return Promise.resolve({ a: 'CERRADO', nota })
  })
}

/** CERRADO → FIRMADO, with the link of the evidence. @throws Conflicto, NoEncontrado. */
export function firmarMes(ctx: Contexto, pedido: MoverMes): Promise<MesMovido> {
  return moverMes(ctx, pedido, (_tx, estado) => {
    exigirFirmable(estado, faltantesDe(estado))
    return Promise.resolve({ a: 'FIRMADO', nota: '' })
  })
}

/** One step back, with a comment. @throws Conflicto, DatosInvalidos, NoEncontrado. */
export function reabrirMes(ctx: Contexto, pedido: MoverMes): Promise<MesMovido> {
  return moverMes(ctx, pedido, async (tx, estado, carpeta) => {
    const estimadas = carpeta === null ? null : await repo.estimacionesDelMes(tx.bd, carpeta.id)
    return { a: pasoAtras(estado, pedido.comentario ?? null, estimadas), nota: '' }
  })
}

/** Stores the link of the evidence of the month (§5.11). @returns it as it was stored. @throws DatosInvalidos, Conflicto. */
export function guardarArchivoMensual(ctx: Contexto, pedido: GuardarEnlace): Promise<string> {
  const enlace = leerEnlace(pedido.archivo)
  if (enlace === null) {
    const mensaje = pedido.archivo === '' ? 'Pega el enlace del archivo.' : MENSAJE_ENLACE
    throw new DatosInvalidos(mensaje, { campos: { archivo: mensaje } })
  }
  return ponerEnlace(ctx, pedido, enlace).then(() => enlace)
}

/** «Quitar enlace». @throws Conflicto */
export function quitarArchivoMensual(ctx: Contexto, pedido: MesDeOt): Promise<void> {
  return ponerEnlace(ctx, pedido, null)
}

function ponerEnlace(ctx: Contexto, pedido: MesDeOt, enlace: string | null): Promise<void> {
  return conTransaccion(ctx, async (tx) => {
    const familia = await exigirFamilia(tx, pedido.id_ot)
    await bloquearFamilia(tx, familia.id)
    const { estado, carpeta: previa } = await leerEstado(tx, familia, pedido)
    exigirEnlaceAbierto(estado)
    if (estado.archivo === enlace) return
    const carpeta = previa ?? (await crearCarpeta(tx, familia.id, pedido))
    await repo.guardarEnlace(tx, carpeta.id, enlace)
    await registrarEvento(tx, {
      ...eventoDelMes(
        estado,
        carpeta,
        enlace === null ? 'el enlace de evidencia (lo quitó)' : 'el enlace de evidencia',
      ),
      campo: 'Link Evidencia (Drive)',
      campoClave: 'archivo',
      anterior: estado.archivo ?? '',
      actual: enlace ?? '',
    })
  })
}
