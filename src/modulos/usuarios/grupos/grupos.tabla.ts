import { z } from 'zod'
import { limpiar, sinAcentos } from '../../../comun/texto.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { contiene, sql } from '../../../plataforma/sql.ts'
import type { ColumnaTabla, DefTabla } from '../../../plataforma/tabla.ts'
import type { FilaGrupo } from '../usuarios.contrato.ts'
import { FiltrosDeGrupos } from './grupos.schema.ts'
import { esGrupoBase } from './grupos.reglas.ts'

const PERSONAS = sql`(SELECT count(*) FROM user_groups ug JOIN "user" u ON u.id = ug.user_id WHERE ug.group_id = o.id AND u.is_active)`
const PERMISOS = sql`(SELECT count(*) FROM group_permissions gp WHERE gp.group_id = o.id)`

const COLUMNAS: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero', orden: { expresion: sql`o.id`, sinNulos: true } },
  { clave: 'name', titulo: 'Grupo', tipo: 'texto', orden: { expresion: sql`texto_clave(o.name)`, sinNulos: true } },
  { clave: 'personas', titulo: 'Personas activas', tipo: 'entero', orden: { expresion: PERSONAS, sinNulos: true } },
  { clave: 'permisos', titulo: 'Permisos', tipo: 'entero', orden: { expresion: PERMISOS, sinNulos: true } },
  { clave: 'estado', titulo: 'Estado', tipo: 'texto', orden: { expresion: sql`o.activo`, sinNulos: true } },
]

const Fila = z.object({
  id: z.number(),
  name: z.string(),
  activo: z.boolean(),
  version: z.number(),
  personas: z.number(),
  permisos: z.number(),
})

/** Groups: a handful. */
export const TABLA_GRUPOS: DefTabla<FiltrosDeGrupos> = {
  nombre: 'grupos',
  columnas: COLUMNAS,
  indices: { 0: 'id', 1: 'name', 2: 'personas', 3: 'permisos', 4: 'estado' },
  filtros: FiltrosDeGrupos,
  desde: sql`"group" o`,
  desdeFila: sql`"group" o`,
  alcance: ({ estado }) =>
    estado === 'todos' ? sql`TRUE` : estado === 'inactivos' ? sql`NOT o.activo` : sql`o.activo`,
  condiciones: ({ filtro }, busqueda) =>
    [filtro ?? '', limpiar(busqueda)]
      .filter((texto) => texto !== '')
      .map((texto) => sql`texto_clave(o.name) ILIKE ${contiene(sinAcentos(texto))}`),
  seleccion: () => sql`o.id, o.name, o.activo, o.version, ${PERSONAS} AS personas, ${PERMISOS} AS permisos`,
  fila: Fila,
  presentar: (_ctx: CtxLectura, fila: z.output<typeof Fila>): FilaGrupo & Record<string, unknown> => ({
    ...fila,
    estado: fila.activo ? 'Activo' : 'Inactivo',
    es_base: esGrupoBase(fila.name),
  }),
  ordenInicial: () => ({ columna: 'name', descendente: false }),
  sello: null,
}
