import { instanteLocal } from '../../../comun/fechas.ts'
import type { HistorialDeRegistro } from '../../auditoria/index.ts'
import { permisosPorArea } from '../permisos/permisos.reglas.ts'
import type { AreaDePermisos, DatosUsuario, PaginaDeRegistro } from '../usuarios.contrato.ts'
import type { Cuenta } from '../usuarios.tipos.ts'

/** An account as its form receives it: never anything of the password. */
export function datosDeCuenta(cuenta: Cuenta): DatosUsuario {
  return {
    id: cuenta.id,
    username: cuenta.username,
    first_name: cuenta.firstName,
    last_name: cuenta.lastName,
    email: cuenta.email,
    is_active: cuenta.activo,
    is_superuser: cuenta.esSuperusuario,
    grupos: cuenta.grupos,
    permisos: cuenta.permisos,
    last_login: cuenta.ultimoAcceso?.toISOString() ?? null,
    date_joined: cuenta.alta.toISOString(),
    version: cuenta.version,
    textos: {},
  }
}

/** The account as its page shows it. */
export function fichaDeCuenta(
  cuenta: Cuenta,
  areas: readonly AreaDePermisos[],
  actividad: HistorialDeRegistro,
): PaginaDeRegistro {
  const instante = (fecha: Date | null): string => (fecha === null ? '' : instanteLocal(fecha).slice(0, 16))
  const etiquetas = new Map(areas.flatMap(({ permisos }) => permisos.map(({ codigo, etiqueta }) => [codigo, etiqueta])))
  return {
    id: cuenta.id,
    titulo: cuenta.username,
    insignia: { id: 0, texto: cuenta.activo ? 'Activo' : 'Inactivo', tono: cuenta.activo ? 'verde' : 'gris' },
    ficha: [
      {
        titulo: 'Cuenta',
        campos: [
          { etiqueta: 'Nombre', valor: `${cuenta.firstName} ${cuenta.lastName}`.trim() },
          { etiqueta: 'Correo', valor: cuenta.email },
          { etiqueta: 'Último acceso', valor: instante(cuenta.ultimoAcceso) },
          { etiqueta: 'Alta', valor: instante(cuenta.alta) },
        ],
      },
      {
        titulo: 'Grupos',
        campos: [
          { etiqueta: 'Tipo', valor: cuenta.esSuperusuario ? 'Superusuario' : 'Usuario' },
          { etiqueta: 'Grupos', valor: cuenta.grupos.join(', ') },
          {
            etiqueta: 'Permisos propios',
            valor: cuenta.permisos.map((codigo) => etiquetas.get(codigo) ?? codigo).join(', '),
          },
        ],
      },
    ],
    permisos: cuenta.esSuperusuario
      ? { nota: 'Es superusuario: puede todo, esté o no en un grupo.', areas: [] }
      : { nota: '', areas: permisosPorArea(areas, cuenta.efectivos) },
    actividad,
  }
}
