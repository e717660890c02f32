/** Makes the version of a workbook the active one: one transaction, under the lock of the family (anexo-c.md §6). */
import { Conflicto } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto, CtxTx } from '../../../plataforma/contexto.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import { bloquearFamilia } from '../../ot/index.ts'
import { CODIGO_ANEXO, MAXIMO_DE_LISTA, type RespuestaImportacion } from '../anexo.contrato.ts'
import { produccionDeLaFamilia } from '../anexo.produccion.ts'
import type { ConceptoConProduccion } from '../anexo.tipos.ts'
import type { AnexoLeido } from '../lectura/lectura.tipos.ts'
import {
  compararConVigente,
  conceptoSinDestino,
  exigirOt,
  prepararVersion,
  programaRetirado,
  type PedidoDeAnexo,
  type Preparada,
} from './analisis.service.ts'
import { sinCeros } from './plan.reglas.ts'
import * as repo from './versiones.repo.ts'
import type { PartidaDeVersion, ResumenDeVersion } from './versiones.tipos.ts'

const TIEMPO_MAXIMO_MS = 20 * 60_000

/** Says how far the work is; what it writes is seen outside of the transaction. */
export type AlAvanzar = (avance: number, mensaje: string) => Promise<void>

/** What is applied. */
export interface EncargoDeAnexo extends PedidoDeAnexo {
  /** Name of the workbook. */
  readonly nombre: string
  /** Of the analysis that was accepted: anything else is refused. */
  readonly huella: string | null
  /** The person knows that some production keeps a partida with volume 0. */
  readonly confirmarSinDestino: boolean
  /** Keeps the workbook and gives its id. It may be asked for more than once: the same bytes are one file. */
  readonly guardarLibro: () => Promise<number | null>
}

/**
 * Applies a workbook without errors.
 * @throws NoEncontrado; Conflicto (deleted OT, data that changed since the analysis, production without a partida);
 *   DatosInvalidos for an update without active version.
 */
export async function aplicarAnexo(
  ctx: Contexto,
  encargo: EncargoDeAnexo,
  leido: AnexoLeido,
  avanzar: AlAvanzar,
): Promise<RespuestaImportacion> {
  const { idPrincipal } = await exigirOt(ctx, encargo.idOt)
  return conTransaccion(
    ctx,
    async (tx) => {
      await avanzar(40, 'Esperando a que nadie capture en la OT')
      await bloquearFamilia(tx, idPrincipal)
      await avanzar(45, `Comparando ${plural(leido.partidas.length, 'partida', 'partidas')} con el anexo vigente`)
      const preparada = await prepararVersion(tx, encargo, leido)
      exigirVigente(preparada, encargo)
      return escribirVersion(tx, encargo, leido, preparada, avanzar)
    },
    { tiempoMaximoMs: TIEMPO_MAXIMO_MS },
  )
}

function exigirVigente({ ot, huella, sinDestino }: Preparada, encargo: EncargoDeAnexo): void {
  if (encargo.huella !== null && encargo.huella !== huella)
    throw new Conflicto('El Anexo C o la producción cambiaron después del análisis. Analiza el libro otra vez.', {
      codigo: CODIGO_ANEXO.CAMBIO,
    })
  exigirDestino(ot.folio, sinDestino, encargo.confirmarSinDestino)
}

/** A concept with billed production does not leave the annex (issue D §3). @throws Conflicto with the estimations. */
export function exigirSinEstimar(folio: string, sinDestino: readonly ConceptoConProduccion[]): void {
  const estimado = sinDestino.find(({ estimaciones }) => estimaciones !== null)
  if (estimado)
    throw new Conflicto(
      `${estimado.codigo} tiene producción en ${estimado.estimaciones ?? ''}: no se puede quitar del Anexo C de la OT ${folio}.`,
      { extra: { produccion_sin_destino: sinDestino.map(conceptoSinDestino) } },
    )
}

/** Production is never left without a partida unless the person decided so (settled §7). @throws Conflicto. */
export function exigirDestino(folio: string, sinDestino: readonly ConceptoConProduccion[], confirmado: boolean): void {
  exigirSinEstimar(folio, sinDestino)
  if (confirmado || sinDestino.length === 0) return
  const conceptos = plural(sinDestino.length, 'concepto con producción', 'conceptos con producción')
  throw new Conflicto(
    `${conceptos} de la OT ${folio} no ${sinDestino.length === 1 ? 'está' : 'están'} en el anexo. Si continúas, se conservan con volumen 0 y su producción queda como excedente.`,
    { codigo: CODIGO_ANEXO.SIN_DESTINO, extra: { produccion_sin_destino: sinDestino.map(conceptoSinDestino) } },
  )
}

async function escribirVersion(
  tx: CtxTx,
  encargo: EncargoDeAnexo,
  leido: AnexoLeido,
  preparada: Preparada,
  avanzar: AlAvanzar,
): Promise<RespuestaImportacion> {
  const { plan, ot, vigentes } = preparada
  const comparacion = await compararConVigente(tx, preparada)
  const retirado = await programaRetirado(tx, encargo, leido, preparada)
  await avanzar(55, `Guardando ${plural(plan.partidas.length, 'partida', 'partidas')}`)
  const idArchivo = await encargo.guardarLibro()
  await repo.desactivar(tx.bd, ot.id)
  const { id, numero } = await repo.insertarVersion(tx, {
    idOt: ot.id,
    modo: plan.modo,
    archivo: encargo.nombre.slice(0, 255),
    idArchivo,
    total: plan.partidas.length,
  })
  const conceptos = await repo.aplicarConceptos(tx.bd, ot.idPrincipal, plan)
  const partidas = await insertarPartidas(tx, id, preparada, conceptos)
  await escribirPrograma(tx, encargo, leido, preparada, partidas, avanzar)
  const perdidos = comoSeEscriben([...preparada.arrastrables, ...preparada.sinDestino], vigentes)
  const arrastradas = await repo.arrastrarConceptos(
    tx.bd,
    id,
    perdidos.map(({ idConcepto }) => idConcepto),
  )
  await avanzar(90, 'Acomodando la producción')
  const { recalculadas, fusionadas } = await produccionDeLaFamilia().reacomodar(
    tx,
    ot.idPrincipal,
    plan.traslados.flatMap(({ de, a }) => ({ de, a: conceptos.get(a) ?? de })),
  )
  const advertencias = [
    ...leido.advertencias,
    ...plan.advertencias,
    ...avisoDePrograma(leido, retirado),
    ...avisosDeArrastre(leido, perdidos),
  ]
  const resumen: ResumenDeVersion = {
    creadas: plan.modo === 'reemplazo' ? plan.partidas.length : comparacion.nuevas.length,
    actualizadas: plan.etiquetas,
    programadas: leido.programado.dias,
    recalculadas,
    fusionadas,
    arrastradas: perdidos.map(({ codigo }) => codigo),
    advertencias: advertencias.slice(0, MAXIMO_DE_LISTA),
    totalAdvertencias: leido.totalAdvertencias + advertencias.length - leido.advertencias.length,
  }
  const total = plan.partidas.length + arrastradas
  await repo.guardarResumen(tx.bd, id, total, resumen)
  await registrarEvento(tx, {
    tabla: TABLA_LOG.IMPORTACION_ANEXO,
    registroId: id,
    evento: 'IMPORTAR',
    campo: 'Importó',
    detalle: fraseDeRegistro(encargo, ot.folio, { numero, total, antes: vigentes.length, comparacion, resumen }),
  })
  const { arrastradas: _codigos, totalAdvertencias, ...conteos } = resumen
  return { importacion_id: id, numero, total, ...conteos, total_advertencias: totalAdvertencias }
}

/** @returns id of the partida of each one of the plan, in its order. */
async function insertarPartidas(
  tx: CtxTx,
  idVersion: number,
  { plan }: Preparada,
  conceptos: ReadonlyMap<string, number>,
): Promise<number[]> {
  const filas = plan.partidas.map(({ huella, continua: _continua, indices: _indices, ...datos }) => {
    const idConcepto = conceptos.get(huella)
    if (idConcepto === undefined) throw new Error(`The concept of the partida ${datos.codigo} was not stored`)
    return { ...datos, idConcepto }
  })
  const ids = await repo.insertarPartidas(tx.bd, idVersion, filas)
  return filas.map(({ idConcepto }) => ids.get(idConcepto) ?? 0)
}

/**
 * The programme of the version: what goes on from the active one, then the workbook's. A partida that takes several
 * rows takes one per turn, so that what they have the same month is added.
 */
async function escribirPrograma(
  tx: CtxTx,
  { alcance }: EncargoDeAnexo,
  leido: AnexoLeido,
  { plan }: Preparada,
  partidas: readonly number[],
  avanzar: AlAvanzar,
): Promise<void> {
  const conPrograma = leido.programado.dias > 0
  const deja = plan.partidas.map(({ indices }) => indices.length > 0 && conPrograma)
  const pares = plan.partidas.flatMap(({ continua }, i) =>
    continua === null ? [] : { de: continua, a: partidas[i] ?? 0, deja: deja[i] === true },
  )
  const copiar = async (cuales: typeof pares, rango: { primero: string; ultimo: string } | null): Promise<void> => {
    if (cuales.length > 0)
      await repo.copiarPrograma(
        tx.bd,
        cuales.map(({ de, a }) => ({ de, a })),
        rango,
      )
  }
  await copiar(
    pares.filter((par) => !par.deja),
    null,
  )
  if (alcance === 'rango')
    await copiar(
      pares.filter((par) => par.deja),
      leido.calendario,
    )
  const turnos = Math.max(0, ...plan.partidas.map(({ indices }) => indices.length))
  for (let turno = 0; turno < turnos; turno += 1) {
    const destino = new Array<number>(leido.partidas.length).fill(0)
    for (const [i, { indices }] of plan.partidas.entries()) {
      const indice = indices[turno]
      if (indice !== undefined) destino[indice] = partidas[i] ?? 0
    }
    if (!destino.some((id) => id > 0)) continue
    for (const [i, bloque] of leido.programa.entries()) {
      await repo.insertarPrograma(tx.bd, bloque, { partidas: destino, suma: turno > 0 || alcance === 'rango' })
      await avanzar(60 + (28 * (i + 1)) / leido.programa.length, 'Guardando el programa')
    }
  }
}

// ------------------------------------------------------------------------------------------------------------ sentences

/** Concepts with the code that their partida showed, trailing dot and all. */
function comoSeEscriben(
  perdidos: readonly ConceptoConProduccion[],
  vigentes: readonly PartidaDeVersion[],
): ConceptoConProduccion[] {
  const codigos = new Map(vigentes.map(({ idConcepto, codigo }) => [idConcepto, codigo]))
  return perdidos.map((perdido) => ({ ...perdido, codigo: codigos.get(perdido.idConcepto) ?? perdido.codigo }))
}

const aviso = (leido: AnexoLeido, valor: string, mensaje: string): Problema => ({
  hoja: leido.hoja,
  fila: leido.filaEncabezado,
  columna: '',
  celda: '',
  valor,
  mensaje,
})

function avisoDePrograma(leido: AnexoLeido, { dias, volumen }: { dias: number; volumen: string }): Problema[] {
  if (dias === 0) return []
  const quitados = plural(dias, 'día programado que el libro no trae', 'días programados que el libro no trae')
  return [
    aviso(leido, '', `Se ${dias === 1 ? 'quitó' : 'quitaron'} ${quitados}, con un volumen de ${sinCeros(volumen)}.`),
  ]
}

function avisosDeArrastre(leido: AnexoLeido, perdidos: readonly ConceptoConProduccion[]): Problema[] {
  return perdidos.map(({ codigo, producciones }) =>
    aviso(
      leido,
      codigo,
      `${codigo} no está en el libro y tiene ${plural(producciones, 'producción', 'producciones')}: se conserva con volumen 0 y su producción queda como excedente.`,
    ),
  )
}

/** The line of the log: file, mode and counts (A20). */
function fraseDeRegistro(
  { nombre, modo }: EncargoDeAnexo,
  folio: string,
  hecho: {
    numero: number
    total: number
    antes: number
    comparacion: { nuevas: readonly unknown[]; cambiadas: readonly unknown[]; eliminadas: readonly unknown[] }
    resumen: ResumenDeVersion
  },
): string {
  const { numero, total, antes, comparacion, resumen } = hecho
  const partes = [
    `${plural(total, 'partida', 'partidas')} (antes ${String(antes)})`,
    `${String(comparacion.nuevas.length)} nuevas`,
    plural(comparacion.cambiadas.length, 'cambio', 'cambios'),
    `${String(comparacion.eliminadas.length)} quitadas`,
    plural(resumen.programadas, 'día programado', 'días programados'),
    `${String(resumen.recalculadas)} producciones recalculadas`,
    ...(resumen.fusionadas > 0 ? [`${String(resumen.fusionadas)} producciones sumadas a otra`] : []),
    ...(resumen.arrastradas.length > 0 ? [`con volumen 0: ${resumen.arrastradas.join(', ')}`] : []),
  ]
  return `el Anexo C de la OT ${folio} desde ${nombre} (${modo === 'reemplazo' ? 'reemplazo' : 'actualización'}, versión ${String(numero)}): ${partes.join(', ')}`
}

/** What the person is told (anexo-c.md §3). */
export function fraseDeImportacion(modo: PedidoDeAnexo['modo'], r: RespuestaImportacion): string {
  const hecho =
    modo === 'reemplazo'
      ? `Se ${r.creadas === 1 ? 'registró' : 'registraron'} ${plural(r.creadas, 'partida', 'partidas')} del Anexo C.`
      : `Anexos actualizados: ${String(r.actualizadas)}. Partidas nuevas: ${String(r.creadas)}.`
  const partes = [
    hecho,
    ...(r.recalculadas > 0
      ? [`${plural(r.recalculadas, 'producción cambió', 'producciones cambiaron')} de estado de excedente.`]
      : []),
    ...(r.total_advertencias > 0 ? [`Hay ${plural(r.total_advertencias, 'advertencia', 'advertencias')}.`] : []),
  ]
  return partes.join(' ')
}
