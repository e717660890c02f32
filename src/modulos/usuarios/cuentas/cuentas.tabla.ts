import { z } from 'zod'
import { instanteLocal } from '../../../comun/fechas.ts'
import { limpiar, sinAcentos } from '../../../comun/texto.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { contiene, sql, type Sql } from '../../../plataforma/sql.ts'
import { alguna, type ColumnaTabla, type DefTabla } from '../../../plataforma/tabla.ts'
import type { FilaUsuario } from '../usuarios.contrato.ts'
import { FiltrosDeUsuarios } from './cuentas.schema.ts'

const NOMBRE = sql`btrim(o.first_name || ' ' || o.last_name)`

const COLUMNAS: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero', orden: { expresion: sql`o.id`, sinNulos: true } },
  { clave: 'username', titulo: 'Usuario', tipo: 'texto', orden: { expresion: sql`lower(o.username)`, sinNulos: true } },
  { clave: 'nombre', titulo: 'Nombre', tipo: 'texto', orden: { expresion: sql`texto_clave(${NOMBRE})` } },
  { clave: 'email', titulo: 'Correo', tipo: 'texto', orden: { expresion: sql`lower(o.email)`, sinNulos: true } },
  { clave: 'grupos_texto', titulo: 'Grupos', tipo: 'texto' },
  { clave: 'permisos_propios', titulo: 'Permisos propios', tipo: 'entero' },
  { clave: 'tipo', titulo: 'Tipo', tipo: 'texto', orden: { expresion: sql`o.is_superuser`, sinNulos: true } },
  { clave: 'ultimo_acceso', titulo: 'Último acceso', tipo: 'texto', orden: { expresion: sql`o.last_login` } },
  { clave: 'alta', titulo: 'Alta', tipo: 'texto', orden: { expresion: sql`o.date_joined`, sinNulos: true } },
  { clave: 'estado', titulo: 'Estado', tipo: 'texto', orden: { expresion: sql`o.is_active`, sinNulos: true } },
]

const Fila = z.object({
  id: z.number(),
  username: z.string(),
  first_name: z.string(),
  last_name: z.string(),
  email: z.string(),
  is_active: z.boolean(),
  is_superuser: z.boolean(),
  last_login: col.instanteN,
  date_joined: col.instante,
  version: z.number(),
  grupos: z.array(z.string()),
  permisos: z.number(),
})

/** People (issue B §4). Few thousands at most: every sort reads the table. */
export const TABLA_USUARIOS: DefTabla<FiltrosDeUsuarios> = {
  nombre: 'usuarios',
  columnas: COLUMNAS,
  indices: { 0: 'id', 1: 'username', 2: 'nombre', 3: 'email', 4: 'grupos_texto', 5: 'ultimo_acceso' },
  filtros: FiltrosDeUsuarios,
  desde: sql`"user" o`,
  desdeFila: sql`"user" o`,
  alcance: ({ estado }) =>
    estado === 'todos' ? sql`TRUE` : estado === 'inactivos' ? sql`NOT o.is_active` : sql`o.is_active`,
  condiciones: ({ filtro, grupo }, busqueda) => [
    ...(filtro ? [conTexto(filtro)] : []),
    ...(limpiar(busqueda) === '' ? [] : [conTexto(limpiar(busqueda))]),
    ...(grupo
      ? [
          sql`EXISTS (SELECT 1 FROM user_groups ug JOIN "group" g ON g.id = ug.group_id WHERE ug.user_id = o.id AND g.name = ${grupo})`,
        ]
      : []),
  ],
  seleccion:
    () => sql`o.id, o.username, o.first_name, o.last_name, o.email, o.is_active, o.is_superuser, o.last_login, o.date_joined, o.version,
    coalesce((SELECT json_agg(g.name ORDER BY g.name) FROM "group" g JOIN user_groups ug ON ug.group_id = g.id WHERE ug.user_id = o.id), '[]'::json) AS grupos,
    (SELECT count(*) FROM user_permissions up WHERE up.user_id = o.id) AS permisos`,
  fila: Fila,
  presentar: (_ctx: CtxLectura, fila: z.output<typeof Fila>): FilaUsuario & Record<string, unknown> => ({
    id: fila.id,
    username: fila.username,
    nombre: `${fila.first_name} ${fila.last_name}`.trim(),
    first_name: fila.first_name,
    last_name: fila.last_name,
    email: fila.email,
    grupos: fila.grupos,
    grupos_texto: fila.grupos.join(', '),
    is_active: fila.is_active,
    is_superuser: fila.is_superuser,
    estado: fila.is_active ? 'Activo' : 'Inactivo',
    tipo: fila.is_superuser ? 'Superusuario' : 'Usuario',
    permisos_propios: fila.permisos,
    last_login: fila.last_login?.toISOString() ?? null,
    ultimo_acceso: fila.last_login ? instanteLocal(fila.last_login).slice(0, 16) : '',
    alta: instanteLocal(fila.date_joined).slice(0, 10),
    version: fila.version,
  }),
  ordenInicial: () => ({ columna: 'username', descendente: false }),
  sello: null,
}

/** In the user name, the name or the e-mail, with or without accents. */
function conTexto(texto: string): Sql {
  const patron = contiene(sinAcentos(texto))
  return alguna([sql`o.username`, NOMBRE, sql`o.email`].map((columna) => sql`texto_clave(${columna}) ILIKE ${patron}`))
}
