/** From rows of the log to the answer of the screen. Pure. */
import { instanteLocal, instanteLocalIso } from '../../../comun/fechas.ts'
import { tienePermiso, type CtxLectura } from '../../../plataforma/contexto.ts'
import { claseDeRegistro } from '../auditoria.registros.ts'
import { SISTEMA } from '../auditoria.vista.ts'
import type { FilaDeActividadJson, PersonaJson } from './actividad.contrato.ts'
import { oracion } from './actividad.reglas.ts'
import type { FilaDeActividad, Persona } from './actividad.repo.ts'

/** The item of core.md §9.6 with the additions of settled.md §6. */
export function presentarFila(ctx: CtxLectura, fila: FilaDeActividad): FilaDeActividadJson {
  const textos = { valor_anterior: fila.valor_anterior ?? '', valor_actual: fila.valor_actual ?? '' }
  return {
    tabla: 'global',
    tabla_log: fila.tabla_log,
    id: fila.id,
    ...textos,
    evento: fila.evento,
    afectacion: fila.afectacion,
    detalle_evento: oracion({ ...fila, ...textos }),
    fecha_formateada: instanteLocal(fila.fecha),
    fecha: instanteLocalIso(fila.fecha),
    campo: fila.campo,
    campo_clave: fila.campo_clave ?? '',
    usuario_id: fila.usuario_id,
    nombre_completo: fila.nombre ?? SISTEMA,
    email: fila.email ?? '',
    registro_id: fila.registro_id,
    ip: fila.ip ?? '',
    transaccion: fila.transaccion,
    enlace: enlaceDe(ctx, fila),
  }
}

/** The page of the record, for who may open it; none when the record has no page, or no longer. */
function enlaceDe(ctx: CtxLectura, { tabla_log: tabla, pagina }: FilaDeActividad): string | null {
  const clase = claseDeRegistro(tabla)
  if (!clase?.pagina || pagina === null || !tienePermiso(ctx, clase.permiso)) return null
  return clase.pagina(pagina)
}

export function presentarPersona(persona: Persona): PersonaJson {
  const nombre = `${persona.first_name} ${persona.last_name}`.trim()
  return { ...persona, descripcion: nombre === '' ? persona.username : `${nombre} (${persona.username})` }
}
