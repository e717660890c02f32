import { TABLA_LOG, type EntidadAuditada, type EventoAuditado } from '../auditoria/index.ts'
import type { Cuenta } from './usuarios.tipos.ts'

/** Audited fields of an account; being active has its own events, and each permission its own row. */
export type CuentaAuditada = {
  readonly username: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  readonly is_superuser: boolean
  readonly grupos: string
}

export const ENTIDAD_USUARIO: EntidadAuditada<CuentaAuditada> = {
  tabla: TABLA_LOG.USUARIO,
  campos: {
    username: { etiqueta: 'Usuario', tipo: 'texto' },
    first_name: { etiqueta: 'Nombre', tipo: 'texto' },
    last_name: { etiqueta: 'Apellidos', tipo: 'texto' },
    email: { etiqueta: 'Correo', tipo: 'texto' },
    is_superuser: { etiqueta: 'Superusuario', tipo: 'booleano' },
    grupos: { etiqueta: 'Grupos', tipo: 'texto' },
  },
}

export function cuentaAuditada(cuenta: Cuenta): CuentaAuditada {
  return {
    username: cuenta.username,
    first_name: cuenta.firstName,
    last_name: cuenta.lastName,
    email: cuenta.email,
    is_superuser: cuenta.esSuperusuario,
    grupos: [...cuenta.grupos].sort().join(', '),
  }
}

/** One row per permission given or taken away, with its label. */
export function eventosDePermisos(
  registro: { tabla: EventoAuditado['tabla']; id: number; detalle: string; version: number },
  antes: readonly string[],
  despues: readonly string[],
  etiquetas: ReadonlyMap<string, string>,
): EventoAuditado[] {
  const evento = (codigo: string, dado: boolean): EventoAuditado => ({
    tabla: registro.tabla,
    registroId: registro.id,
    evento: 'MODIFICAR',
    campo: `Permiso: ${etiquetas.get(codigo) ?? codigo}`,
    campoClave: codigo,
    anterior: dado ? 'No' : 'Sí',
    actual: dado ? 'Sí' : 'No',
    detalle: registro.detalle,
    version: registro.version,
  })
  return [
    ...despues.filter((codigo) => !antes.includes(codigo)).map((codigo) => evento(codigo, true)),
    ...antes.filter((codigo) => !despues.includes(codigo)).map((codigo) => evento(codigo, false)),
  ]
}
