/** Order and weights of the step templates: what the page shows and the one command that orders (catalogos.md §5). */
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { compararOrden } from '../../../comun/pasos.ts'
import type { Contexto, CtxLectura } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import type { PlantillaJson } from '../catalogos.contrato.ts'
import { CLASE_PASO, PASOS } from '../descripciones/pasos.ts'
import { anotarCambios, nombreDe } from '../motor/motor.auditoria.ts'
import type { DescripcionCatalogo, Registro } from '../motor/motor.tipos.ts'
import { numerar, sumarPesos } from './orden.reglas.ts'
import { listarTodos } from '../motor/motor.repo.ts'
import { guardarOrden } from './orden.repo.ts'
import type { Ordenar } from './orden.schema.ts'

/** Fields whose values make a template: PTE by type of client, OT by template and type of client. */
const CAMPOS_DE_PLANTILLA = (def: DescripcionCatalogo): readonly string[] =>
  def.slug === PASOS.slug ? ['afectacion'] : ['tipo', 'afectacion']

const claveDe = (def: DescripcionCatalogo, { valores }: Registro): string =>
  CAMPOS_DE_PLANTILLA(def)
    .map((campo) => String(valores[campo] ?? 0))
    .join('-')

const ordenDe = ({ valores }: Registro): string => String(valores['orden'] ?? '0')

/** A substep of a PTE says so; one of an OT is known by its number. */
function esSubpaso(def: DescripcionCatalogo, registro: Registro): boolean {
  return def.slug === PASOS.slug ? registro.valores['tipo'] === CLASE_PASO.SUBPASO : ordenDe(registro).includes('.')
}

function agrupar(def: DescripcionCatalogo, pasos: readonly Registro[]): Map<string, Registro[]> {
  const grupos = new Map<string, Registro[]>()
  for (const paso of pasos) {
    const clave = claveDe(def, paso)
    grupos.set(clave, [...(grupos.get(clave) ?? []), paso])
  }
  for (const grupo of grupos.values()) grupo.sort((a, b) => compararOrden(ordenDe(a), ordenDe(b)) || a.id - b.id)
  return new Map([...grupos].sort(([a], [b]) => compararOrden(a.replace('-', '.'), b.replace('-', '.'))))
}

/** A step of the old system may have no type of client. */
const textoDeGrupo = (texto: string | undefined): string =>
  texto === undefined || texto === '' ? 'Sin cliente' : texto

function plantillaJson(def: DescripcionCatalogo, clave: string, pasos: readonly Registro[]): PlantillaJson {
  const [primero] = pasos
  const activos = pasos.filter(({ activo }) => activo)
  return {
    clave,
    texto: CAMPOS_DE_PLANTILLA(def)
      .map((campo) => textoDeGrupo(primero?.textos[campo]))
      .join(' · '),
    ...sumarPesos(activos.map(({ valores }) => String(valores['importancia'] ?? '0'))),
    pasos: pasos.map((paso) => ({
      id: paso.id,
      orden: ordenDe(paso),
      descripcion: nombreDe(def, paso),
      importancia: String(Number(paso.valores['importancia'] ?? 0)),
      subpaso: esSubpaso(def, paso),
      activo: paso.activo,
      version: paso.version,
    })),
  }
}

/** Each template with its steps in order and the sum of the weights of the active ones. */
export async function plantillasDe(ctx: CtxLectura, def: DescripcionCatalogo): Promise<PlantillaJson[]> {
  const grupos = agrupar(def, await listarTodos(ctx.bd, def, false))
  return [...grupos].map(([clave, pasos]) => plantillaJson(def, clave, pasos))
}

/**
 * Numbers a template again in the order given, inactive steps included: the steps that old PTEs and OTs copied keep their
 * parents. One transaction, one row of the log per step that changed its number.
 * @throws DatosInvalidos, NoEncontrado, Conflicto when the template is no longer the one that was on screen.
 */
export function ordenarPlantilla(
  ctx: Contexto,
  def: DescripcionCatalogo,
  { plantilla, ids }: Ordenar,
): Promise<PlantillaJson> {
  if (plantilla == null || ids === undefined) throw new DatosInvalidos('Faltan la plantilla y el orden de sus pasos.')
  return conTransaccion(ctx, async (tx) => {
    const pasos = agrupar(def, await listarTodos(tx.bd, def, true)).get(plantilla)
    if (pasos === undefined) throw new NoEncontrado('La plantilla no existe.')
    const porId = new Map(pasos.map((paso) => [paso.id, paso]))
    const enOrden = ids.flatMap((id) => porId.get(id) ?? [])
    if (new Set(ids).size !== ids.length || enOrden.length !== ids.length || ids.length !== pasos.length)
      throw new Conflicto('La plantilla cambió mientras la ordenabas. Ábrela de nuevo y vuelve a ordenarla.')
    const numeros = numerar(
      enOrden.map((paso) => ({ id: paso.id, orden: ordenDe(paso), subpaso: esSubpaso(def, paso) })),
    )
    const nuevos = enOrden.map((antes) => ({ antes, orden: numeros.get(antes.id) ?? ordenDe(antes) }))
    const movidos = nuevos.filter(({ antes, orden }) => ordenDe(antes) !== orden)
    if (movidos.length > 0)
      await guardarOrden(
        tx.bd,
        def,
        movidos.map(({ antes, orden }) => ({ id: antes.id, orden })),
      )
    const despues = new Map<number, Registro>()
    for (const { antes, orden } of movidos) {
      const movido: Registro = { ...antes, version: antes.version + 1, valores: { ...antes.valores, orden } }
      despues.set(antes.id, movido)
      await anotarCambios(tx, def, antes, movido)
    }
    return plantillaJson(
      def,
      plantilla,
      enOrden.map((paso) => despues.get(paso.id) ?? paso),
    )
  })
}
