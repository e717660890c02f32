/** PUE → ordinary (catalogos.md §6.3, settled.md §6): the list is converted whole or not at all. */
import { Conflicto, DatosInvalidos, ErrorDeDominio, NoEncontrado } from '../../comun/errores.ts'
import { claveFolio, plural } from '../../comun/texto.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { diferencias, registrarEvento, registrarEventos, TABLA_LOG } from '../auditoria/index.ts'
import { conceptoAuditado, ENTIDAD_CONCEPTO } from './conceptos.auditoria.ts'
import * as conceptos from './conceptos.repo.ts'
import {
  claveGuardada,
  claveOrdinaria,
  convertido,
  FALTAN_DATOS,
  impedimento,
  leerPrecio,
  NUMEROS_INVALIDOS,
  partidaDe,
  partidaTomada,
} from './conceptos.reglas.ts'
import type { ConvertirPue, ConvertirPues } from './conceptos.schema.ts'
import { textosDeConceptos } from './conceptos.service.ts'
import * as repo from './contratos.repo.ts'
import type { Concepto, SubAnexo } from './contratos.tipos.ts'

type Pedida = ConvertirPues['conversiones'][number]

/** A row of the list that can be read. */
interface Lista {
  readonly idPue: number
  readonly partida: string
  readonly anexo: string
  readonly precioMn: ReturnType<typeof leerPrecio>
  readonly precioUsd: ReturnType<typeof leerPrecio>
}

/** Why a row was refused: its message, and the answer it has when it is alone. */
interface Rechazo {
  readonly id_pue: number | null
  readonly mensaje: string
  readonly error: ErrorDeDominio
}

/** Price lists a conversion may go to, the one it goes to by itself first. */
export function anexosDestino(ctx: CtxLectura): Promise<repo.AnexoFinanciero[]> {
  return repo.listarAnexosFinancieros(ctx.bd, ctx.hoy)
}

/** One PUE. @throws the refusal of its row. */
export async function convertirPue(ctx: Contexto, { anexo_maestro, ...conversion }: ConvertirPue): Promise<void> {
  await conTransaccion(ctx, async (tx) => {
    const [rechazo] = await convertir(tx, [conversion], anexo_maestro ?? null)
    if (rechazo) throw rechazo.error
  })
}

/** All of them in one transaction. @throws Conflicto with `errores` per row; nothing is converted then. */
export async function convertirPues(ctx: Contexto, { conversiones, anexo_maestro }: ConvertirPues): Promise<number> {
  await conTransaccion(ctx, async (tx) => {
    const rechazos = await convertir(tx, conversiones, anexo_maestro ?? null)
    if (rechazos.length === 0) return
    throw new Conflicto(
      `No se convirtió ningún concepto: ${plural(rechazos.length, 'renglón tiene un error. Corrígelo', 'renglones tienen errores. Corrígelos')} y vuelve a guardar.`,
      { extra: { errores: rechazos.map(({ id_pue, mensaje }) => ({ id_pue, mensaje })) } },
    )
  })
  return conversiones.length
}

/** Converts the list, or says which rows cannot be (the transaction must then be given up). */
async function convertir(tx: CtxTx, pedidas: readonly Pedida[], anexoPedido: number | null): Promise<Rechazo[]> {
  const leidas = pedidas.map(leer)
  const rechazos = leidas.flatMap((leida) => ('error' in leida ? [leida] : []))
  const validas = leidas.flatMap((leida) => ('error' in leida ? [] : [leida]))
  if (validas.length === 0) return rechazos
  const destino = await elegirAnexo(tx, anexoPedido, [...new Set(validas.map(({ anexo }) => anexo))])
  // The annex first, then the PUEs by id: two conversions at once wait for each other and never cross.
  await repo.bloquearAnexo(tx.bd, destino)
  const pues = new Map(
    (await conceptos.listarConceptosPorId(tx.bd, [...new Set(validas.map(({ idPue }) => idPue))], true)).map((pue) => [
      pue.id,
      pue,
    ]),
  )
  const subAnexos = new Map(
    (
      await repo.listarSubAnexosPorClave(
        tx.bd,
        [destino],
        validas.map(({ anexo }) => anexo),
        true,
      )
    ).map((sub) => [sub.claveAnexo, sub]),
  )
  const tomadas = await partidasTomadas(tx, [...subAnexos.values()], validas)
  rechazos.push(...revisar(validas, pues, subAnexos, tomadas))
  if (rechazos.length > 0) return rechazos
  await aplicar(tx, destino, validas, pues, subAnexos)
  return []
}

/** A row as it came, read. */
function leer({ id_pue, nueva_partida, nuevo_anexo, precio_mn, precio_usd }: Pedida): Lista | Rechazo {
  if (id_pue == null || nueva_partida == null || nuevo_anexo == null) return rechazo(id_pue ?? null, faltan())
  const precio = (texto: string | undefined) => (texto === undefined || texto === '' ? null : leerPrecio(texto))
  const [precioMn, precioUsd] = [precio(precio_mn), precio(precio_usd)]
  const ilegible = (texto: string | undefined, leido: unknown) => texto !== undefined && texto !== '' && leido === null
  if (ilegible(precio_mn, precioMn) || ilegible(precio_usd, precioUsd))
    return rechazo(id_pue, new DatosInvalidos(NUMEROS_INVALIDOS))
  return {
    idPue: id_pue,
    partida: claveGuardada(nueva_partida),
    anexo: claveGuardada(nuevo_anexo),
    precioMn,
    precioUsd,
  }
}

const faltan = (): DatosInvalidos => new DatosInvalidos(FALTAN_DATOS, { tipoAviso: 'advertencia' })

const rechazo = (id_pue: number | null, error: ErrorDeDominio): Rechazo => ({ id_pue, mensaje: error.detalles, error })

/**
 * The price list that receives the concepts: the one asked for, else the only active one of the contract in force (the one
 * that began last when there are several), else the one of them that already has the keys.
 */
async function elegirAnexo(tx: CtxTx, pedido: number | null, claves: readonly string[]): Promise<number> {
  const anexos = await anexosDestino(tx)
  const [primero] = anexos
  if (!primero)
    throw new Conflicto(
      'No hay una lista de precios activa. Crea el contrato y su anexo financiero antes de convertir.',
    )
  if (pedido !== null) {
    if (anexos.some(({ id }) => id === pedido)) return pedido
    throw new DatosInvalidos('El anexo elegido no es una lista de precios activa. Elige otro.', {
      campos: { anexo_maestro: 'Elige otro anexo.' },
    })
  }
  const delContrato = anexos.filter(({ idContrato }) => idContrato === primero.idContrato)
  if (delContrato.length === 1) return primero.id
  const conClave = new Set(
    (
      await repo.listarSubAnexosPorClave(
        tx.bd,
        delContrato.map(({ id }) => id),
        claves,
      )
    ).map(({ idAnexoMaestro }) => idAnexoMaestro),
  )
  const [unico] = conClave
  if (unico !== undefined && conClave.size === 1) return unico
  throw new Conflicto(
    `El contrato ${primero.contrato} tiene varias listas de precios activas (${delContrato.map(({ clave }) => clave).join(', ')}). Elige en cuál guardar.`,
  )
}

/** Active ordinary concepts that already have one of those codes, by sub-annex and code. */
async function partidasTomadas(
  tx: CtxTx,
  subAnexos: readonly SubAnexo[],
  validas: readonly Lista[],
): Promise<ReadonlyMap<string, Concepto>> {
  const existentes = await conceptos.listarOrdinariosConPartida(
    tx.bd,
    subAnexos.map(({ id }) => id),
    validas.map(({ partida }) => partida),
  )
  return new Map(
    existentes.map((concepto) => [
      claveEn(concepto.idSubAnexo ?? 0, concepto.partidaOrdinaria ?? '', concepto),
      concepto,
    ]),
  )
}

const claveEn = (idSubAnexo: number, partida: string, de: Pick<Concepto, 'descripcion' | 'idUnidadMedida'>): string =>
  `${String(idSubAnexo)}\n${claveOrdinaria(partida, de.descripcion, de.idUnidadMedida)}`

/** Rows that cannot be converted, each with its reason. */
function revisar(
  validas: readonly Lista[],
  pues: ReadonlyMap<number, Concepto>,
  subAnexos: ReadonlyMap<string, SubAnexo>,
  tomadas: ReadonlyMap<string, Concepto>,
): Rechazo[] {
  const [idsVistos, codigosVistos] = [new Set<number>(), new Set<string>()]
  return validas.flatMap(({ idPue, partida, anexo }) => {
    const pue = pues.get(idPue) ?? null
    const motivo = impedimento(pue)
    if (pue === null || motivo !== null)
      return [rechazo(idPue, pue === null ? new NoEncontrado(motivo ?? '') : new Conflicto(motivo ?? ''))]
    const subAnexo = subAnexos.get(anexo)
    const codigo = `${anexo}\n${claveFolio(partida)}`
    const repetida = idsVistos.has(idPue) || codigosVistos.has(codigo)
    idsVistos.add(idPue)
    codigosVistos.add(codigo)
    if (repetida)
      return [rechazo(idPue, new Conflicto(`La partida ${partida} del anexo ${anexo} está repetida en esta lista.`))]
    if (subAnexo === undefined) return []
    if (!subAnexo.activo)
      return [rechazo(idPue, new Conflicto(`El sub-anexo ${anexo} está inactivo; reactívalo o escribe otro.`))]
    const tomada = tomadas.get(claveEn(subAnexo.id, partida, pue))
    return tomada ? [rechazo(idPue, new Conflicto(partidaTomada(partida, anexo, tomada.descripcion)))] : []
  })
}

/** Every check passed: the sub-annexes that are missing, the concepts, and the log of each field. */
async function aplicar(
  tx: CtxTx,
  anexo: number,
  validas: readonly Lista[],
  pues: ReadonlyMap<number, Concepto>,
  subAnexos: ReadonlyMap<string, SubAnexo>,
): Promise<void> {
  const ids = new Map([...subAnexos].map(([clave, { id }]) => [clave, id]))
  for (const [clave, id] of await crearSubAnexos(tx, anexo, validas, ids)) ids.set(clave, id)
  const cambios = validas.flatMap(({ idPue, anexo: clave, ...destino }) => {
    const [pue, idSubAnexo] = [pues.get(idPue), ids.get(clave)]
    return pue === undefined || idSubAnexo === undefined
      ? []
      : [{ antes: pue, despues: convertido(pue, { ...destino, idSubAnexo }, tx.hoy) }]
  })
  await conceptos.actualizarConceptos(
    tx,
    cambios.map(({ despues }) => ({ concepto: despues, precio: { origen: 'conversion' } })),
  )
  const textos = await textosDeConceptos(
    tx,
    cambios.map(({ despues }) => despues),
  )
  const eventos = cambios.flatMap(({ antes, despues }) =>
    diferencias(ENTIDAD_CONCEPTO, {
      registroId: antes.id,
      evento: 'ACTUALIZAR',
      antes: conceptoAuditado(antes, textos),
      despues: conceptoAuditado(despues, textos),
      detalle: `al convertir el PUE ${antes.partidaExtraordinaria ?? ''} en la partida ${partidaDe(despues)}`,
      version: antes.version + 1,
    }).map((evento) => ({ ...evento, detalle: `el campo ${evento.campo} ${evento.detalle}` })),
  )
  await registrarEventos(tx, eventos)
}

async function crearSubAnexos(
  tx: CtxTx,
  anexo: number,
  validas: readonly Lista[],
  existentes: ReadonlyMap<string, number>,
): Promise<(readonly [string, number])[]> {
  const nuevas = [...new Set(validas.map(({ anexo: clave }) => clave))].filter((clave) => !existentes.has(clave))
  const ids = await repo.insertarSubAnexos(
    tx.bd,
    nuevas.map((claveAnexo) => ({
      idAnexoMaestro: anexo,
      claveAnexo,
      descripcion: 'Generado por conversión',
      activo: true,
    })),
  )
  const creadas = nuevas.map((clave, n) => [clave, ids[n] ?? 0] as const)
  for (const [clave, id] of creadas)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.SUB_ANEXO,
      registroId: id,
      evento: 'CREAR',
      campo: 'Creó',
      detalle: `el sub-anexo ${clave} al convertir un PUE`,
      version: 1,
    })
  return creadas
}
