/** How a row of a catalogue is described in the log (core.md §9.4, catalogos.md §13). */
import { dinero } from '../../../comun/dinero.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import {
  registrarCambios,
  registrarEvento,
  type EntidadAuditada,
  type EventoAuditado,
  type ValorAuditado,
} from '../../auditoria/index.ts'
import type { CampoCatalogo, DescripcionCatalogo, Registro } from './motor.tipos.ts'

type Auditado = Record<string, ValorAuditado>

function tipoDe({ clase }: CampoCatalogo): EntidadAuditada<Auditado>['campos'][string]['tipo'] {
  if (clase === 'nivel' || clase === 'referencia') return 'referencia'
  return clase === 'importancia' ? 'decimal' : 'texto'
}

function entidadDe(def: DescripcionCatalogo): EntidadAuditada<Auditado> {
  return {
    tabla: def.tablaLog,
    campos: Object.fromEntries(
      def.campos.map((campo) => [campo.columna, { etiqueta: campo.etiqueta, tipo: tipoDe(campo) }]),
    ),
  }
}

function auditado(def: DescripcionCatalogo, { valores, textos }: Registro): Auditado {
  return Object.fromEntries(
    def.campos.map(({ nombre, columna, clase }): [string, ValorAuditado] => {
      const valor = valores[nombre] ?? null
      if (valor === null) return [columna, null]
      if (clase === 'nivel' || clase === 'referencia')
        return [columna, { id: Number(valor), texto: textos[nombre] ?? String(valor) }]
      return [columna, clase === 'importancia' ? dinero(valor) : valor]
    }),
  )
}

/** What names a row. */
export const nombreDe = (def: DescripcionCatalogo, { valores }: Pick<Registro, 'valores'>): string =>
  String(valores[def.titular] ?? '')

const detalleDe = (def: DescripcionCatalogo, registro: Registro): string =>
  `del catálogo ${def.nombre}: ${nombreDe(def, registro)}`

const VERBO = { CREAR: 'Creó', ELIMINAR: 'Eliminó', REACTIVAR: 'Reactivó' } as const

/** One line about a row as it is after the event. */
export function anotarEvento(
  tx: CtxTx,
  def: DescripcionCatalogo,
  evento: keyof typeof VERBO,
  registro: Registro,
): Promise<void> {
  return registrarEvento(tx, {
    tabla: def.tablaLog,
    registroId: registro.id,
    evento,
    campo: VERBO[evento],
    detalle: detalleDe(def, registro),
    version: registro.version,
  })
}

/** One line per field that changed; how many they were. */
export function anotarCambios(
  tx: CtxTx,
  def: DescripcionCatalogo,
  antes: Registro,
  despues: Registro,
): Promise<number> {
  return registrarCambios(tx, entidadDe(def), {
    registroId: despues.id,
    antes: auditado(def, antes),
    despues: auditado(def, despues),
    detalle: detalleDe(def, despues),
    version: despues.version,
  })
}

/** An export or import of the whole catalogue. */
export function anotarLibro(
  tx: CtxTx,
  def: DescripcionCatalogo,
  libro: Pick<EventoAuditado, 'evento' | 'campo' | 'detalle'>,
): Promise<void> {
  return registrarEvento(tx, { tabla: def.tablaLog, registroId: null, ...libro })
}
