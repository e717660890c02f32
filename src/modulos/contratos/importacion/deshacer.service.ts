/**
 * Undoing a load of prices: what it created goes, what it changed returns field by field, and what a person edited
 * afterwards stays and is listed. Prices that go back are one more row of their history.
 */
import { plural } from '../../../comun/texto.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { registrarEventos, TABLA_LOG, type EventoAuditado } from '../../auditoria/index.ts'
import {
  exigirSinDependencias,
  listarCambiosDe,
  listarPosteriores,
  reconocerVersiones,
  type CambioGuardado,
} from '../../importacion/index.ts'
import { actualizarConceptos, eliminarConceptos, listarConceptosPorId } from '../conceptos.repo.ts'
import {
  eliminarAnexosVacios,
  eliminarContratosVacios,
  eliminarSeccionesVacias,
  eliminarSubAnexosVacios,
} from '../contratos.repo.ts'
import { actualizarProductos, eliminarProductos } from '../productos.repo.ts'
import type { Concepto } from '../contratos.tipos.ts'
import { TABLA } from './cargar.service.ts'
import { CAMPOS } from './campos.reglas.ts'
import { productoGuardado, restaurarConcepto, textoDeCampo } from './deshacer.reglas.ts'
import type { ResumenDeshacerPrecios } from './precios.informe.ts'

type Conservada = ResumenDeshacerPrecios['conservadas'][number]

const POR_VEZ = 2000

/** Undoes a batch in the transaction that already has the turn. @throws Conflicto when a later load changed something of it. */
export async function deshacer(tx: CtxTx, lote: number): Promise<ResumenDeshacerPrecios> {
  const posteriores = await listarPosteriores(tx.bd, lote)
  exigirSinDependencias(
    lote,
    posteriores.map(({ nombre: folio, lote: otro }) => ({ folio, motivo: `cambió en el lote ${String(otro)}` })),
  )
  const creados = await listarCambiosDe(tx.bd, lote, 'creado')
  const cambiados = await listarCambiosDe(tx.bd, lote, 'actualizado')
  const de = (tabla: string, lista: readonly CambioGuardado[]): CambioGuardado[] =>
    lista.filter((cambio) => cambio.tabla === tabla)
  const borrados = await borrarConceptos(tx, lote, de(TABLA.CONCEPTO, creados))
  const vueltos = await restaurarConceptos(tx, lote, de(TABLA.CONCEPTO, cambiados))
  const productos = await deshacerProductos(tx, de(TABLA.PRODUCTO, creados), de(TABLA.PRODUCTO, cambiados))
  const secciones = de(TABLA.SECCION, creados)
  const seccionesBorradas = await eliminarSeccionesVacias(tx.bd, ids(secciones))
  const subAnexos = de(TABLA.SUB_ANEXO, creados)
  const subAnexosBorrados = await eliminarSubAnexosVacios(tx.bd, ids(subAnexos))
  const anexos = de(TABLA.ANEXO, creados)
  const anexosBorrados = await eliminarAnexosVacios(tx.bd, ids(anexos))
  const contratos = de(TABLA.CONTRATO, creados)
  const contratosBorrados = await eliminarContratosVacios(tx.bd, ids(contratos))
  await anotarEliminados(tx, lote, [
    [TABLA_LOG.SUB_ANEXO, subAnexos, subAnexosBorrados],
    [TABLA_LOG.ANEXO_CONTRATO, anexos, anexosBorrados],
    [TABLA_LOG.CONTRATO, contratos, contratosBorrados],
  ])
  const quedan = (lista: readonly CambioGuardado[], fuera: readonly number[]): Conservada[] =>
    lista
      .filter(({ id }) => !fuera.includes(id))
      .map(({ tabla, id, nombre }) => ({ tabla, id, folio: nombre, motivo: 'todavía hay algo que depende de él' }))
  return {
    lote,
    conceptos_borrados: borrados.n + productos.borrados,
    conceptos_restaurados: vueltos.n + productos.restaurados,
    secciones_borradas: seccionesBorradas.length,
    sub_anexos_borrados: subAnexosBorrados.length,
    conservadas: [
      ...borrados.conservadas,
      ...vueltos.conservadas,
      ...quedan(subAnexos, subAnexosBorrados),
      ...quedan(anexos, anexosBorrados),
      ...quedan(contratos, contratosBorrados),
    ],
  }
}

const ids = (lista: readonly CambioGuardado[]): number[] => lista.map(({ id }) => id)

interface Hecho {
  readonly n: number
  readonly conservadas: readonly Conservada[]
}

async function borrarConceptos(tx: CtxTx, lote: number, creados: readonly CambioGuardado[]): Promise<Hecho> {
  const vivos = new Map((await listarConceptosPorId(tx.bd, ids(creados), true)).map((uno) => [uno.id, uno]))
  const intactos = creados.filter(({ id, version_despues: version }) => vivos.get(id)?.version === version)
  const fuera = new Set(intactos.map(({ id }) => id))
  await eliminarConceptos(tx.bd, [...fuera])
  await anotarEliminados(tx, lote, [[TABLA_LOG.CONCEPTO, intactos, [...fuera]]])
  const conservadas = creados
    .filter(({ id }) => vivos.has(id) && !fuera.has(id))
    .map(({ tabla, id, nombre }) => ({ tabla, id, folio: nombre, motivo: 'alguien lo cambió después de cargarlo' }))
  return { n: fuera.size, conservadas }
}

async function restaurarConceptos(tx: CtxTx, lote: number, cambiados: readonly CambioGuardado[]): Promise<Hecho> {
  const vivos = new Map((await listarConceptosPorId(tx.bd, ids(cambiados), true)).map((uno) => [uno.id, uno]))
  const conservadas: Conservada[] = []
  const vuelven: { ahora: Concepto; concepto: Concepto; campos: readonly string[] }[] = []
  for (const { tabla, id, nombre, antes, despues } of cambiados) {
    const ahora = vivos.get(id)
    if (ahora === undefined) continue
    const { concepto, vuelven: campos, conservados } = restaurarConcepto(ahora, antes ?? {}, despues ?? {})
    if (campos.length > 0) vuelven.push({ ahora, concepto, campos })
    if (conservados.length > 0) {
      const cuales = `${plural(conservados.length, 'dato que alguien cambió', 'datos que alguien cambió')} después: ${conservados.join(', ')}`
      conservadas.push({ tabla, id, folio: nombre, motivo: cuales })
    }
  }
  await actualizarConceptos(
    tx,
    vuelven.map(({ concepto }) => ({ concepto, precio: { origen: 'deshacer', idLote: lote } })),
  )
  await reconocerVersiones(
    tx,
    lote,
    TABLA.CONCEPTO,
    vuelven.map(({ ahora }) => ({ id: ahora.id, version: ahora.version + 1 })),
  )
  const eventos = vuelven.flatMap(({ ahora, concepto, campos }) =>
    campos.map((campo): EventoAuditado => ({
      tabla: TABLA_LOG.CONCEPTO,
      registroId: ahora.id,
      evento: 'MODIFICAR',
      campo: CAMPOS.find((uno) => uno.campo === campo)?.etiqueta ?? campo,
      campoClave: CAMPOS.find((uno) => uno.campo === campo)?.clave ?? campo,
      anterior: textoDeCampo(ahora[campo as keyof Concepto]),
      actual: textoDeCampo(concepto[campo as keyof Concepto]),
      detalle: `al deshacer el lote ${String(lote)}`,
      version: ahora.version + 1,
    })),
  )
  for (let i = 0; i < eventos.length; i += POR_VEZ) await registrarEventos(tx, eventos.slice(i, i + POR_VEZ))
  return { n: vuelven.length, conservadas }
}

/** Nobody edits a product: what was created goes and what was changed returns whole. */
async function deshacerProductos(
  tx: CtxTx,
  creados: readonly CambioGuardado[],
  cambiados: readonly CambioGuardado[],
): Promise<{ borrados: number; restaurados: number }> {
  await eliminarProductos(tx.bd, ids(creados))
  await actualizarProductos(
    tx.bd,
    cambiados.flatMap(({ antes }) => (antes === null ? [] : [productoGuardado(antes)])),
  )
  return { borrados: creados.length, restaurados: cambiados.length }
}

async function anotarEliminados(
  tx: CtxTx,
  lote: number,
  listas: readonly (readonly [EventoAuditado['tabla'], readonly CambioGuardado[], readonly number[]])[],
): Promise<void> {
  const eventos = listas.flatMap(([tabla, creados, borrados]) => {
    const fuera = new Set(borrados)
    return creados
      .filter(({ id }) => fuera.has(id))
      .map(({ id, nombre }): EventoAuditado => ({
        tabla,
        registroId: id,
        evento: 'ELIMINAR',
        campo: 'Eliminó',
        detalle: `${nombre} al deshacer el lote ${String(lote)}`,
      }))
  })
  for (let i = 0; i < eventos.length; i += POR_VEZ) await registrarEventos(tx, eventos.slice(i, i + POR_VEZ))
}
