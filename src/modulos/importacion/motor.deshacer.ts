/** Takes back a batch of a class made by `crearClase` (contract.md §4). */
import type { CtxTx } from '../../plataforma/contexto.ts'
import { registrarEventos, type EventoAuditado } from '../auditoria/index.ts'
import { exigirSinDependencias } from './importacion.service.ts'
import type { CambioDeCampo, Conservada } from './importacion.tipos.ts'
import * as repo from './lote.repo.ts'
import { eventoDeCambio, POR_VEZ } from './motor.auditoria.ts'
import type { DefImportacion, Foto, Registro, ResumenDeMotor } from './motor.tipos.ts'
import { textoDe } from './planear.ts'

type Def<V, C extends object, F extends Foto<C>> = DefImportacion<V, C, F>

interface PorBorrar {
  readonly id: number
  readonly nombre: string
}

interface PorRestaurar<C extends object> {
  readonly registro: Registro<C>
  readonly campos: Partial<C>
  readonly cambios: readonly CambioDeCampo[]
}

/** What the batch created goes and what it changed goes back, but what somebody touched afterwards. @throws Conflicto when a later batch builds on it. */
export async function deshacer<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
  tx: CtxTx,
  lote: number,
): Promise<ResumenDeMotor> {
  const creados = (await repo.listarCambiosDe(tx.bd, lote, 'creado')).filter(({ tabla }) => tabla === def.tabla)
  const cambiados = (await repo.listarCambiosDe(tx.bd, lote, 'actualizado')).filter(({ tabla }) => tabla === def.tabla)
  const ahora = new Map(
    (
      await def.leer(
        tx,
        [...creados, ...cambiados].map(({ id }) => id),
        true,
      )
    ).map((registro) => [registro.id, registro]),
  )
  exigirSinDependencias(
    lote,
    (await repo.listarPosteriores(tx.bd, lote)).map(({ nombre, lote: posterior }) => ({
      folio: nombre,
      motivo: `cambió en el lote ${String(posterior)}, que es posterior: deshaz primero ese lote`,
    })),
  )
  const { borrar, conservadas } = await repartirCreados(def, tx, creados, ahora)
  const restauraciones = cambiados.flatMap((cambio) => camposPorRestaurar(def, cambio, ahora.get(cambio.id)))
  const porRestaurar = restauraciones.filter(({ cambios }) => cambios.length > 0)
  if (porRestaurar.length > 0)
    await def.actualizar(
      tx,
      porRestaurar.map(({ registro, campos }) => ({ id: registro.id, campos })),
    )
  await repo.reconocerVersiones(
    tx.bd,
    lote,
    def.tabla,
    porRestaurar.flatMap(({ registro: { id, version } }) => (version === null ? [] : [{ id, version: version + 1 }])),
  )
  if (borrar.length > 0)
    await def.borrar(
      tx,
      borrar.map(({ id }) => id),
    )
  await anotarDeshecho(def, tx, lote, borrar, porRestaurar)
  return {
    lote,
    eliminadas: borrar.length,
    restauradas: porRestaurar.length,
    conservadas: [...conservadas, ...restauraciones.flatMap(({ conservada }) => conservada ?? [])],
  }
}

/** Which of those the batch created go and which stay: those that somebody edited or that something uses. */
async function repartirCreados<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
  tx: CtxTx,
  creados: readonly repo.CambioGuardado[],
  ahora: ReadonlyMap<number, Registro<C>>,
): Promise<{ borrar: PorBorrar[]; conservadas: Conservada[] }> {
  const borrar: PorBorrar[] = []
  const conservadas: Conservada[] = []
  const conservar = (id: number, folio: string, motivo: string): void => {
    conservadas.push({ tabla: def.tabla, id, folio, motivo })
  }
  const quedan = creados.flatMap((cambio) => {
    const registro = ahora.get(cambio.id)
    return registro === undefined ? [] : [{ cambio, registro }]
  })
  const enUso = new Map(
    (
      (await def.enUso?.(
        tx,
        quedan.map(({ registro }) => registro.id),
      )) ?? []
    ).map(({ id, motivo }) => [id, motivo]),
  )
  const alguien = def.cosa.genero === 'f' ? 'alguien la cambió' : 'alguien lo cambió'
  for (const { cambio, registro } of quedan) {
    const { id, nombre } = registro
    const uso = enUso.get(id)
    if (editado(cambio, registro))
      conservar(id, nombre, `${alguien} después de importarl${def.cosa.genero === 'f' ? 'a' : 'o'}`)
    else if (uso !== undefined) conservar(id, nombre, uso)
    else borrar.push({ id, nombre })
  }
  return { borrar, conservadas }
}

function editado<C extends object>(cambio: repo.CambioGuardado, registro: Registro<C>): boolean {
  if (registro.editado === true) return true
  if (registro.version !== null && cambio.version_despues !== null) return registro.version !== cambio.version_despues
  const campos = registro.campos as Readonly<Record<string, unknown>>
  return !registro.vivo || Object.entries(cambio.despues ?? {}).some(([campo, valor]) => campos[campo] !== valor)
}

/** Each field goes back, but those that now hold something else than what the batch left. */
function camposPorRestaurar<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
  cambio: repo.CambioGuardado,
  registro: Registro<C> | undefined,
): (PorRestaurar<C> & { conservada: Conservada | null })[] {
  if (registro === undefined) return []
  const actuales = registro.campos as Readonly<Record<string, unknown>>
  const campos: Record<string, unknown> = {}
  const ajenos: string[] = []
  for (const [campo, valor] of Object.entries(cambio.antes ?? {})) {
    if (actuales[campo] === cambio.despues?.[campo]) campos[campo] = valor
    else ajenos.push(def.etiquetas[campo as keyof C & string])
  }
  const textos = new Map((cambio.cambios ?? []).map((texto) => [texto.campo, texto]))
  const cambios = Object.entries(campos).map(([campo, valor]): CambioDeCampo => {
    // What goes back is told with the words of the import, the other way round.
    const texto = textos.get(campo)
    return {
      campo,
      etiqueta: texto?.etiqueta ?? campo,
      antes: texto?.despues ?? textoDe(actuales[campo]),
      despues: texto?.antes ?? textoDe(valor),
    }
  })
  const motivo = `alguien cambió después: ${ajenos.join(', ')}`
  return [
    {
      registro,
      campos: campos as Partial<C>,
      cambios,
      conservada: ajenos.length === 0 ? null : { tabla: def.tabla, id: registro.id, folio: registro.nombre, motivo },
    },
  ]
}

async function anotarDeshecho<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
  tx: CtxTx,
  lote: number,
  borrados: readonly PorBorrar[],
  restaurados: readonly PorRestaurar<C>[],
): Promise<void> {
  const al = `al deshacer el lote ${String(lote)}`
  const eventos: EventoAuditado[] = [
    ...borrados.map(({ id, nombre }) => ({
      tabla: def.tablaLog,
      registroId: id,
      evento: 'ELIMINAR' as const,
      campo: 'Eliminó',
      detalle: `${nombre} ${al}`,
    })),
    ...restaurados.flatMap(({ registro: { id, nombre, version }, cambios }) =>
      cambios.map((cambio) => eventoDeCambio(def, id, cambio, `${nombre} ${al}`, version)),
    ),
  ]
  for (let i = 0; i < eventos.length; i += POR_VEZ) await registrarEventos(tx, eventos.slice(i, i + POR_VEZ))
}
