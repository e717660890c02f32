/** Writing the plan of a workbook of prices: one batch, one transaction, with its history, its log and its changes. */
import { dinero } from '../../../comun/dinero.ts'
import { sumarDias } from '../../../comun/fechas.ts'
import { DatosInvalidos } from '../../../comun/errores.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { registrarEventos, TABLA_LOG, type EventoAuditado } from '../../auditoria/index.ts'
import { anotarCambios, type AlAvanzar, type CambioDeLote } from '../../importacion/index.ts'
import { actualizarConceptos, insertarConceptos } from '../conceptos.repo.ts'
import { insertarAnexo, insertarContrato, insertarSecciones, insertarSubAnexos } from '../contratos.repo.ts'
import { actualizarProductos, insertarProductos } from '../productos.repo.ts'
import { TIPO_ANEXO, type Concepto, type ConceptoNuevo, type OrigenPrecio } from '../contratos.tipos.ts'
import type { ConceptoPlaneado, Destino, FotoDePrecios, PlanDePrecios } from './plan.tipos.ts'
import type { FilaConcepto, LibroDePrecios } from './precios.tipos.ts'
import type { PlanDeProductos } from './productos.reglas.ts'
import * as repo from './precios.repo.ts'

export const TABLA = {
  CONTRATO: 'contrato',
  ANEXO: 'contrato_anexo_maestro',
  SUB_ANEXO: 'contrato_sub_anexo',
  SECCION: 'contrato_seccion',
  CONCEPTO: 'contrato_concepto_maestro',
  PRODUCTO: 'producto',
} as const

/** Rows of the log that travel in one statement. */
const POR_VEZ = 2000
/** Term of a contract that the loader creates: the ten years that the price list itself multiplies by. */
const DIAS_DE_CONTRATO = 3653

/** How people know a concept: its code. */
export const codigoDe = (concepto: Pick<Concepto, 'partidaOrdinaria' | 'partidaExtraordinaria'>): string =>
  concepto.partidaOrdinaria ?? concepto.partidaExtraordinaria ?? ''

/** Writes a plan of prices. */
export async function escribirPrecios(
  tx: CtxTx,
  lote: number,
  libro: LibroDePrecios,
  foto: FotoDePrecios,
  plan: PlanDePrecios,
  avanzar: AlAvanzar,
): Promise<void> {
  const carga = new CargaDePrecios(tx, lote, libro, await repo.archivoDeLote(tx.bd, lote))
  await avanzar(30, 'Guardando anexos y títulos')
  const subAnexos = await carga.crearSubAnexos(foto, plan)
  const secciones = await carga.crearSecciones(plan, subAnexos)
  await carga.buscarOrigenes(plan)
  await avanzar(45, 'Guardando conceptos')
  await carga.crearConceptos(plan, subAnexos, secciones)
  await avanzar(75, 'Actualizando conceptos')
  await carga.cambiarConceptos(plan, subAnexos)
  await avanzar(90, 'Escribiendo el registro de actividad')
  await carga.terminar(plan)
}

class CargaDePrecios {
  readonly #tx: CtxTx
  readonly #lote: number
  readonly #libro: LibroDePrecios
  readonly #archivo: string
  readonly #cambios: CambioDeLote[] = []
  readonly #eventos: EventoAuditado[] = []
  #ptes = new Map<string, number>()
  #ots = new Map<string, number>()

  constructor(tx: CtxTx, lote: number, libro: LibroDePrecios, archivo: string) {
    this.#tx = tx
    this.#lote = lote
    this.#libro = libro
    this.#archivo = archivo
  }

  /** Creates what hangs above the concepts. @returns every sub-annex of the price list, by its key. */
  async crearSubAnexos(foto: FotoDePrecios, plan: PlanDePrecios): Promise<ReadonlyMap<string, number>> {
    const porClave = new Map(foto.subAnexos.map(({ claveAnexo, id }) => [claveAnexo, id]))
    if (plan.subAnexos.length === 0) return porClave
    const idAnexo = foto.destino.anexo.id ?? (await this.#crearAnexo(foto.destino))
    const nuevos = plan.subAnexos.map(({ clave, hoja }) => ({
      idAnexoMaestro: idAnexo,
      claveAnexo: clave,
      descripcion: `Auto-generado desde importación (${hoja})`,
      activo: true,
    }))
    const ids = await insertarSubAnexos(this.#tx.bd, nuevos)
    for (const [n, { clave, hoja }] of plan.subAnexos.entries()) {
      const id = ids[n] ?? 0
      porClave.set(clave, id)
      this.#crear(TABLA.SUB_ANEXO, id, clave, hoja, null)
      this.#evento(TABLA_LOG.SUB_ANEXO, id, `Sub-anexo ${clave}`)
    }
    return porClave
  }

  async #crearAnexo({ contrato, anexo }: Destino): Promise<number> {
    const idContrato = contrato.id ?? (await this.#crearContrato(contrato.numero))
    const id = await insertarAnexo(this.#tx.bd, {
      idContrato,
      clave: anexo.clave,
      descripcion: 'Lista de precios',
      tipo: TIPO_ANEXO.FINANCIERO,
      activo: true,
    })
    this.#crear(TABLA.ANEXO, id, anexo.clave, null, null)
    this.#evento(TABLA_LOG.ANEXO_CONTRATO, id, `Anexo ${anexo.clave} del contrato ${contrato.numero}`)
    return id
  }

  async #crearContrato(numero: string): Promise<number> {
    const cliente = await repo.buscarClienteDeContratos(this.#tx.bd)
    if (cliente === null) throw new DatosInvalidos('No hay un cliente de tipo CONTRATO activo para el contrato nuevo.')
    const { hoy } = this.#tx
    const id = await insertarContrato(this.#tx.bd, {
      numeroContrato: numero,
      descripcion: `Auto-generado desde importación (${this.#archivo})`,
      idCliente: cliente.id,
      fechaInicio: hoy,
      fechaTermino: sumarDias(hoy, DIAS_DE_CONTRATO - 1),
      montoMn: dinero(0),
      montoUsd: dinero(0),
      activo: true,
    })
    this.#crear(TABLA.CONTRATO, id, numero, null, null)
    this.#evento(TABLA_LOG.CONTRATO, id, `Contrato ${numero}`)
    return id
  }

  /** @returns the headings of the workbook that are in the database: by place in it, their id. */
  async crearSecciones(
    plan: PlanDePrecios,
    subAnexos: ReadonlyMap<string, number>,
  ): Promise<ReadonlyMap<number, number>> {
    const secciones = new Map(plan.seccionesGuardadas)
    const nuevas = plan.secciones.flatMap((lugar) => {
      const seccion = this.#libro.secciones[lugar]
      const idSubAnexo = seccion === undefined ? undefined : subAnexos.get(plan.anexoDeSeccion.get(lugar) ?? '')
      return seccion === undefined || idSubAnexo === undefined ? [] : [{ lugar, seccion, idSubAnexo }]
    })
    const ids = await insertarSecciones(
      this.#tx.bd,
      nuevas.map(({ idSubAnexo, seccion: { partida, descripcion, fila } }) => ({
        idSubAnexo,
        partida,
        descripcion,
        orden: fila,
      })),
    )
    for (const [n, { lugar, seccion }] of nuevas.entries()) {
      secciones.set(lugar, ids[n] ?? 0)
      const nombre = seccion.partida === null ? seccion.descripcion : `${seccion.partida} ${seccion.descripcion}`
      this.#crear(
        TABLA.SECCION,
        ids[n] ?? 0,
        nombre,
        this.#libro.hojas[seccion.hoja]?.encabezado.hoja ?? null,
        seccion.fila,
      )
    }
    return secciones
  }

  /** PTEs and OTs that the rows name and that exist: linked, and the text stays as typed. */
  async buscarOrigenes({ crear, actualizar }: PlanDePrecios): Promise<void> {
    const conceptos = [...crear.map(({ concepto }) => concepto), ...actualizar.map(({ despues }) => despues)]
    const folios = (lista: readonly (string | null)[]): string[] => [...new Set(lista.filter((una) => una !== null))]
    const ptes = folios(conceptos.map(({ pteCreacion }) => pteCreacion))
    const ots = folios(conceptos.map(({ otCreacion }) => otCreacion))
    this.#ptes = new Map((await repo.buscarPtes(this.#tx.bd, ptes)).map(({ folio, id }) => [folio, id]))
    this.#ots = new Map((await repo.buscarOts(this.#tx.bd, ots)).map(({ folio, id }) => [folio, id]))
  }

  #origenesDe({ pteCreacion, otCreacion }: Pick<Concepto, 'pteCreacion' | 'otCreacion'>) {
    return {
      idPteCreacion: pteCreacion === null ? null : (this.#ptes.get(pteCreacion) ?? null),
      idOtCreacion: otCreacion === null ? null : (this.#ots.get(otCreacion) ?? null),
    }
  }

  async crearConceptos(
    { crear }: PlanDePrecios,
    subAnexos: ReadonlyMap<string, number>,
    secciones: ReadonlyMap<number, number>,
  ): Promise<void> {
    const nuevo = ({ subAnexo, seccion, ...concepto }: ConceptoPlaneado): ConceptoNuevo => ({
      ...concepto,
      ...this.#origenesDe(concepto),
      idSubAnexo: subAnexo === null ? null : (subAnexos.get(subAnexo) ?? null),
      idSeccion: seccion === null ? null : (secciones.get(seccion) ?? null),
    })
    const ids = await insertarConceptos(
      this.#tx,
      crear.map(({ concepto, fila }) => ({ concepto: nuevo(concepto), precio: this.#origen(fila) })),
    )
    for (const [n, { concepto, fila }] of crear.entries()) {
      const id = ids[n] ?? 0
      this.#cambios.push({ ...this.#cambio(fila, id, codigoDe(concepto)), accion: 'creado', version_despues: 1 })
      this.#evento(TABLA_LOG.CONCEPTO, id, codigoDe(concepto))
    }
  }

  async cambiarConceptos({ actualizar }: PlanDePrecios, subAnexos: ReadonlyMap<string, number>): Promise<void> {
    const cambiados = actualizar.map(({ fila, antes, despues, subAnexo, cambios }) => {
      const mueve = cambios.some(({ campo }) => campo === 'id_sub_anexo')
      const idSubAnexo = mueve && subAnexo !== null ? (subAnexos.get(subAnexo) ?? null) : despues.idSubAnexo
      const origenes =
        despues.pteCreacion === antes.pteCreacion && despues.otCreacion === antes.otCreacion
          ? {}
          : this.#origenesDe(despues)
      return { fila, antes, cambios, concepto: { ...despues, idSubAnexo, ...origenes } }
    })
    await actualizarConceptos(
      this.#tx,
      cambiados.map(({ concepto, fila }) => ({ concepto, precio: this.#origen(fila) })),
    )
    for (const { fila, antes, cambios, concepto } of cambiados) {
      const nombre = codigoDe(concepto)
      const tocados = camposDistintos(antes, concepto)
      this.#cambios.push({
        ...this.#cambio(fila, antes.id, nombre),
        accion: 'actualizado',
        antes: soloCampos(antes, tocados),
        despues: soloCampos(concepto, tocados),
        version_despues: antes.version + 1,
        cambios,
      })
      for (const { campo, etiqueta, antes: anterior, despues: actual } of cambios)
        this.#eventos.push({
          tabla: TABLA_LOG.CONCEPTO,
          registroId: antes.id,
          evento: 'MODIFICAR',
          campo: etiqueta,
          campoClave: campo,
          anterior: anterior.slice(0, 2000),
          actual: actual.slice(0, 2000),
          detalle: this.#detalle(nombre),
          version: antes.version + 1,
        })
    }
  }

  /** Concepts that were already as their row says are known by it from now on; then the batch and the log. */
  async terminar({ reconocer }: PlanDePrecios): Promise<void> {
    for (const { fila, concepto } of reconocer)
      this.#cambios.push({
        ...this.#cambio(fila, concepto.id, codigoDe(concepto)),
        accion: 'sin_cambio',
        version_despues: concepto.version,
      })
    await guardarEnBloques(this.#tx, this.#lote, this.#cambios, this.#eventos)
  }

  #origen(fila: FilaConcepto): OrigenPrecio {
    const hoja = this.#libro.hojas[fila.hoja]?.encabezado.hoja ?? ''
    return { origen: 'importacion', idLote: this.#lote, archivo: this.#archivo, hoja, fila: fila.fila }
  }

  #cambio(fila: FilaConcepto, id: number, nombre: string) {
    const hoja = this.#libro.hojas[fila.hoja]?.encabezado.hoja ?? ''
    return {
      tabla: TABLA.CONCEPTO,
      id_registro: id,
      huella: fila.huella,
      antes: null,
      despues: null,
      nombre,
      hoja,
      fila: fila.fila,
    }
  }

  #crear(tabla: string, id: number, nombre: string, hoja: string | null, fila: number | null): void {
    this.#cambios.push({
      tabla,
      id_registro: id,
      accion: 'creado',
      huella: null,
      antes: null,
      despues: null,
      version_despues: 1,
      nombre,
      ...(hoja === null ? {} : { hoja }),
      ...(fila === null ? {} : { fila }),
    })
  }

  #evento(tabla: EventoAuditado['tabla'], id: number, nombre: string): void {
    this.#eventos.push({
      tabla,
      registroId: id,
      evento: 'CREAR',
      campo: 'Creó',
      detalle: this.#detalle(nombre),
      version: 1,
    })
  }

  #detalle(nombre: string): string {
    return `${nombre} (lote ${String(this.#lote)})`
  }
}

/** Writes a plan of products. */
export async function escribirProductos(
  tx: CtxTx,
  lote: number,
  hoja: string,
  { crear, actualizar }: PlanDeProductos,
  avanzar: AlAvanzar,
): Promise<void> {
  await avanzar(40, 'Guardando productos')
  const ids = await insertarProductos(
    tx.bd,
    crear.map(({ producto }) => producto),
  )
  await actualizarProductos(
    tx.bd,
    actualizar.map(({ despues }) => despues),
  )
  const comun = { tabla: TABLA.PRODUCTO, huella: null, version_despues: null, hoja }
  const cambios: CambioDeLote[] = [
    ...crear.map(({ fila, producto }, n) => ({
      ...comun,
      id_registro: ids[n] ?? 0,
      accion: 'creado' as const,
      antes: null,
      despues: null,
      nombre: producto.idPartida,
      fila: fila.fila,
    })),
    ...actualizar.map(({ fila, antes, despues, cambios: campos }) => ({
      ...comun,
      id_registro: antes.id,
      accion: 'actualizado' as const,
      antes,
      despues,
      nombre: despues.idPartida,
      fila: fila.fila,
      cambios: campos,
    })),
  ]
  await avanzar(85, 'Guardando el lote')
  // Nobody edits a product and nothing shows its history: the log tells the batch, not each of its rows.
  await guardarEnBloques(tx, lote, cambios, [])
}

async function guardarEnBloques(
  tx: CtxTx,
  lote: number,
  cambios: readonly CambioDeLote[],
  eventos: readonly EventoAuditado[],
): Promise<void> {
  for (let i = 0; i < cambios.length; i += POR_VEZ) await anotarCambios(tx, lote, cambios.slice(i, i + POR_VEZ))
  for (let i = 0; i < eventos.length; i += POR_VEZ) await registrarEventos(tx, eventos.slice(i, i + POR_VEZ))
}

/** Fields of a concept that differ, by their names in the program. */
function camposDistintos(antes: Concepto, despues: Concepto): (keyof Concepto)[] {
  return (Object.keys(antes) as (keyof Concepto)[]).filter(
    (campo) => campo !== 'version' && comoTexto(antes[campo]) !== comoTexto(despues[campo]),
  )
}

/** Those fields as they are kept in the batch: amounts as plain decimals. */
export function soloCampos(concepto: Concepto, campos: readonly (keyof Concepto)[]): Record<string, unknown> {
  return Object.fromEntries(campos.map((campo) => [campo, comoGuardado(concepto[campo])]))
}

export const comoGuardado = (valor: Concepto[keyof Concepto]): string | number | boolean | null =>
  typeof valor === 'object' && valor !== null ? valor.toFixed() : valor

const comoTexto = (valor: Concepto[keyof Concepto]): string => JSON.stringify(comoGuardado(valor))
