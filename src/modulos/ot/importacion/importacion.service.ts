/** What the import of OTs writes and undoes; the transaction, the batch and the turn are of `importacion`. */
import { plural } from '../../../comun/texto.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { registrarEventos, TABLA_LOG } from '../../auditoria/index.ts'
import {
  anotarCambios,
  anotarCreados,
  exigirSinDependencias,
  reconocerVersiones,
  type AlAvanzar,
  type CambioDeLote,
} from '../../importacion/index.ts'
import { borrarPtesImportadas, crearPtesImportadas } from '../../pte/index.ts'
import { avisarCambioDeEstatus } from '../familia/familia.service.ts'
import { TEXTO_TIPO_OT, TIPO_OT } from '../ot.tipos.ts'
import { camposPorRestaurar, repartirCreadas } from './deshacer.reglas.ts'
import * as repo from './importacion.repo.ts'
import type { OtCambiada, ResumenDeshacer } from './importacion.tipos.ts'
import { listarTextosDeCambios } from './lote.repo.ts'
import type { PlanEmpacado } from './preparar.ts'

const EVENTOS_POR_VEZ = 2000

/** Everything that the plan says, with its audit rows, as changes of that batch. */
export async function escribirPlan(tx: CtxTx, lote: number, plan: PlanEmpacado, avanzar: AlAvanzar): Promise<void> {
  const ptes = await crearPtesImportadas(tx, plan.ptes, `lote ${String(lote)}`)
  for (let i = 0; i < ptes.length; i += EVENTOS_POR_VEZ) {
    await anotarCambios(tx, lote, ptes.slice(i, i + EVENTOS_POR_VEZ).map(creacionDePte))
  }
  await crearOts(tx, lote, plan, ptes, avanzar)
  await cambiarOts(tx, lote, plan, ptes, avanzar)
  await anotarCambios(
    tx,
    lote,
    plan.reconocer.map(({ id, huella, version }) => ({
      tabla: 'ot',
      id_registro: id,
      accion: 'sin_cambio',
      huella,
      antes: null,
      despues: null,
      version_despues: version,
    })),
  )
}

const creacionDePte = (id: number): CambioDeLote => ({
  tabla: 'pte_header',
  id_registro: id,
  accion: 'creado',
  huella: null,
  antes: null,
  despues: null,
  version_despues: 1,
})

/** Initial orders first, then reprogramaciones, whatever the order of the rows; then all the steps. */
async function crearOts(
  tx: CtxTx,
  lote: number,
  plan: PlanEmpacado,
  ptes: readonly number[],
  avanzar: AlAvanzar,
): Promise<void> {
  if (plan.cuantas.crear === 0) return
  await repo.abrirMesa(tx.bd)
  for (const [i, bloque] of plan.crear.entries()) {
    await avanzar(35 + (15 * i) / plan.crear.length, `Preparando ${plural(plan.cuantas.crear, 'OT', 'OT')}`)
    await repo.ponerEnMesa(tx.bd, bloque)
  }
  await repo.enlazarMesa(tx.bd, ptes)
  await avanzar(50, 'Guardando las OT iniciales')
  await repo.insertarOtsDeMesa(tx.bd, TIPO_OT.INICIAL)
  await avanzar(60, 'Guardando las reprogramaciones')
  await repo.insertarOtsDeMesa(tx.bd, TIPO_OT.REPROGRAMACION)
  await avanzar(65, 'Guardando los pasos')
  await repo.insertarPasosDeMesa(tx.bd)
  await anotarCreados(tx, lote, 'ot', repo.DE_LA_MESA)
  for (let desde = 0; desde < plan.cuantas.crear; desde += EVENTOS_POR_VEZ) {
    await avanzar(80 + (10 * desde) / plan.cuantas.crear, 'Escribiendo el registro de actividad')
    const nuevas = await repo.listarDeMesa(tx.bd, desde, EVENTOS_POR_VEZ)
    await registrarEventos(
      tx,
      nuevas.map(({ id, orden_trabajo: folio, id_tipo: tipo, num_reprogramacion: numero }) => ({
        tabla: TABLA_LOG.OT,
        registroId: id,
        evento: 'CREAR' as const,
        campo: 'Creó',
        detalle: `${tipo === TIPO_OT.INICIAL ? TEXTO_TIPO_OT[TIPO_OT.INICIAL] : `${TEXTO_TIPO_OT[TIPO_OT.REPROGRAMACION]} ${String(numero ?? '')}`} ${folio} (lote ${String(lote)})`,
        version: 1,
      })),
    )
  }
}

async function cambiarOts(
  tx: CtxTx,
  lote: number,
  plan: PlanEmpacado,
  ptes: readonly number[],
  avanzar: AlAvanzar,
): Promise<void> {
  for (const [i, bloque] of plan.actualizar.entries()) {
    await avanzar(90 + (8 * i) / plan.actualizar.length, `Actualizando ${plural(plan.cuantas.actualizar, 'OT', 'OT')}`)
    const cambiadas = (JSON.parse(bloque) as OtCambiada[]).map((ot) => ({
      ...ot,
      despues: ot.n_pte === null ? ot.despues : { ...ot.despues, id_pte_header: ptes[ot.n_pte] ?? null },
    }))
    await repo.actualizarOts(tx.bd, JSON.stringify(cambiadas.map(({ id, despues }) => ({ id, campos: despues }))))
    await anotarCambios(
      tx,
      lote,
      cambiadas.map(({ id, huella, antes, despues, version }) => ({
        tabla: 'ot',
        id_registro: id,
        accion: 'actualizado',
        huella,
        antes,
        despues,
        version_despues: version + 1,
      })),
    )
    await registrarEventos(
      tx,
      cambiadas.flatMap(({ id, folio, version, cambios }) =>
        cambios.map(({ campo, etiqueta, antes, despues }) => ({
          tabla: TABLA_LOG.OT,
          registroId: id,
          evento: 'MODIFICAR' as const,
          campo: etiqueta,
          campoClave: campo,
          anterior: antes.slice(0, 2000),
          actual: despues.slice(0, 2000),
          detalle: `${folio} (lote ${String(lote)})`,
          version: version + 1,
        })),
      ),
    )
    await avisarCambioDeEstatus(
      tx,
      cambiadas.filter(({ despues }) => 'estatus' in despues).map(({ id }) => id),
    )
  }
}

/**
 * What the batch created goes with its steps, what it changed returns field by field, and what a person edited
 * afterwards stays and is listed.
 * @throws Conflicto when something else depends on what it created.
 */
export async function deshacer(tx: CtxTx, lote: number): Promise<ResumenDeshacer> {
  const creadas = await repo.bloquearCreadas(tx.bd, lote)
  const cambiadas = await repo.bloquearCambiadas(tx.bd, lote)
  exigirSinDependencias(lote, await repo.listarDependencias(tx.bd, lote))
  const { borrar, conservadas } = repartirCreadas(creadas)
  const seBorran = new Set(borrar)
  const restauraciones = cambiadas.map((ot) => ({ ot, ...camposPorRestaurar(ot) }))
  const porRestaurar = restauraciones.filter(({ campos }) => Object.keys(campos).length > 0)
  await repo.actualizarOts(tx.bd, JSON.stringify(porRestaurar.map(({ ot, campos }) => ({ id: ot.id, campos }))))
  await reconocerVersiones(
    tx,
    lote,
    'ot',
    porRestaurar.map(({ ot }) => ({ id: ot.id, version: ot.version + 1 })),
  )
  await repo.borrarOts(tx.bd, borrar)
  await avisarCambioDeEstatus(
    tx,
    porRestaurar.filter(({ campos }) => 'estatus' in campos).map(({ ot }) => ot.id),
  )
  const ptes = await repo.listarPtesDelLote(tx.bd, lote)
  const { borradas, editadas } = await borrarPtesImportadas(tx, ptes, `lote ${String(lote)}`)
  await registrarDeshecho(
    tx,
    lote,
    creadas.filter(({ id }) => seBorran.has(id)),
    porRestaurar,
  )
  const ptesEditadas = editadas.map(({ id, oficio_pte: folio }) => ({
    tabla: 'pte_header' as const,
    id,
    folio,
    motivo: 'alguien la cambió después de importarla',
  }))
  return {
    lote,
    ots_borradas: borrar.length,
    ots_restauradas: porRestaurar.length,
    ptes_borradas: borradas.length,
    conservadas: [...conservadas, ...restauraciones.flatMap(({ conservada }) => conservada ?? []), ...ptesEditadas],
  }
}

async function registrarDeshecho(
  tx: CtxTx,
  lote: number,
  borradas: readonly repo.OtDelLote[],
  restauradas: readonly { ot: repo.OtCambiadaPorLote; campos: Record<string, unknown> }[],
): Promise<void> {
  const detalle = (folio: string): string => `${folio} al deshacer el lote ${String(lote)}`
  // What goes back is told with the words of the row that the import wrote, the other way round.
  const textos = new Map(
    (await listarTextosDeCambios(tx.bd, lote)).map((texto) => [`${String(texto.id)}/${texto.campo}`, texto]),
  )
  const eventos = [
    ...borradas.map(({ id, orden_trabajo: folio }) => ({
      tabla: TABLA_LOG.OT,
      registroId: id,
      evento: 'ELIMINAR' as const,
      campo: 'Eliminó',
      detalle: detalle(folio),
    })),
    ...restauradas.flatMap(({ ot, campos }) =>
      Object.entries(campos).map(([campo, valor]) => {
        const texto = textos.get(`${String(ot.id)}/${campo}`)
        return {
          tabla: TABLA_LOG.OT,
          registroId: ot.id,
          evento: 'MODIFICAR' as const,
          campo: texto?.etiqueta ?? campo,
          campoClave: campo,
          anterior: texto?.despues ?? textoDe(ot.ahora[campo]),
          actual: texto?.antes ?? textoDe(valor),
          detalle: detalle(ot.orden_trabajo),
          version: ot.version + 1,
        }
      }),
    ),
  ]
  for (let i = 0; i < eventos.length; i += EVENTOS_POR_VEZ)
    await registrarEventos(tx, eventos.slice(i, i + EVENTOS_POR_VEZ))
}

const textoDe = (valor: unknown): string =>
  typeof valor === 'string' || typeof valor === 'number' || typeof valor === 'boolean'
    ? String(valor).slice(0, 2000)
    : ''
