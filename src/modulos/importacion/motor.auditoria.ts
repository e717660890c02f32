/** How what an import writes, and what undoing it takes back, is told in the log. */
import type { EventoAuditado, TablaLog } from '../auditoria/index.ts'
import type { CambioDeCampo } from './importacion.tipos.ts'

/** Records written per statement: a block does not keep others waiting. */
export const POR_VEZ = 1000

/** Absent in tables without versions. */
export const versionDe = (version: number | null | undefined): { version?: number } =>
  version === null || version === undefined ? {} : { version }

/** A field that changes, with the version it leaves. */
export function eventoDeCambio(
  { tablaLog }: { readonly tablaLog: TablaLog },
  registroId: number,
  { campo, etiqueta, antes, despues }: CambioDeCampo,
  detalle: string,
  version: number | null,
): EventoAuditado {
  return {
    tabla: tablaLog,
    registroId,
    evento: 'MODIFICAR',
    campo: etiqueta,
    campoClave: campo,
    anterior: antes.slice(0, 2000),
    actual: despues.slice(0, 2000),
    detalle,
    ...versionDe(version === null ? null : version + 1),
  }
}
