import { z } from 'zod'
import { filas, unaFila } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { sql, type Sql } from '../../plataforma/sql.ts'
import type {
  Cliente,
  Elemento,
  Opcion,
  OpcionCliente,
  OpcionSitio,
  PasoOt,
  PasoPte,
  Sitio,
  Superintendente,
} from './catalogos.tipos.ts'

type Conexion = CtxLectura['bd']

const FilaOpcion = z.object({ id: col.id, descripcion: col.texto })
const FilaElemento = FilaOpcion.extend({ activo: col.booleano })

/** Active rows of a catalogue, by description. */
function listarActivos(bd: Conexion, tabla: Sql): Promise<Opcion[]> {
  return filas(
    bd,
    sql`SELECT id, descripcion FROM ${tabla} WHERE activo ORDER BY texto_clave(descripcion), id LIMIT 5000`,
    FilaOpcion,
  )
}

export function listarResponsables(bd: Conexion): Promise<Opcion[]> {
  return listarActivos(bd, sql`responsable_proyecto`)
}

export function listarClientes(bd: Conexion): Promise<Opcion[]> {
  return listarActivos(bd, sql`cliente`)
}

/** Active units by their key, which is how people and files name them. */
export function listarUnidades(bd: Conexion): Promise<Opcion[]> {
  return filas(
    bd,
    sql`SELECT id, clave AS descripcion FROM unidad_medida WHERE activo ORDER BY texto_clave(clave), id LIMIT 5000`,
    FilaOpcion,
  )
}

/** Active superintendents of a site, by name. */
export function listarSuperintendentes(bd: Conexion, idSitio: number): Promise<Superintendente[]> {
  return filas(
    bd,
    sql`SELECT id, nombre, color FROM superintendente WHERE activo AND sitio_asignado = ${idSitio} ORDER BY texto_clave(nombre), id LIMIT 500`,
    z.object({ id: col.id, nombre: col.texto, color: col.texto }),
  )
}

/** Units by id, active or not, named by their key. */
export function listarUnidadesPorId(bd: Conexion, ids: readonly number[]): Promise<Elemento[]> {
  return filas(
    bd,
    sql`SELECT id, clave AS descripcion, activo FROM unidad_medida WHERE id = ANY(${[...ids]}::bigint[])`,
    FilaElemento,
  )
}

/** Active sites, of one class when given, by description. */
export function listarSitios(bd: Conexion, idFrente: number | null): Promise<OpcionSitio[]> {
  const clase = idFrente === null ? sql`TRUE` : sql`id_frente = ${idFrente}`
  return filas(
    bd,
    sql`SELECT id, descripcion, id_frente FROM sitio WHERE activo AND ${clase} ORDER BY texto_clave(descripcion), id LIMIT 5000`,
    FilaOpcion.extend({ id_frente: col.id }),
  )
}

export function buscarCliente(bd: Conexion, id: number): Promise<Cliente | null> {
  return unaFila(
    bd,
    sql`SELECT id, descripcion, activo, id_tipo AS "idTipo" FROM cliente WHERE id = ${id}`,
    FilaElemento.extend({ idTipo: col.id }),
  )
}

export function buscarResponsable(bd: Conexion, id: number): Promise<Elemento | null> {
  return unaFila(bd, sql`SELECT id, descripcion, activo FROM responsable_proyecto WHERE id = ${id}`, FilaElemento)
}

/** A status of a level, active or not. */
export function buscarEstatus(bd: Conexion, id: number, nivel: number): Promise<Elemento | null> {
  return unaFila(
    bd,
    sql`SELECT id, descripcion, activo FROM cat_estatus WHERE id = ${id} AND nivel_afectacion = ${nivel}`,
    FilaElemento,
  )
}

/** Sites by id, active or not. */
export function listarSitiosPorId(bd: Conexion, ids: readonly number[]): Promise<Sitio[]> {
  return filas(
    bd,
    sql`SELECT id, descripcion, activo, id_frente AS "idFrente" FROM sitio WHERE id = ANY(${[...ids]}::bigint[])`,
    FilaElemento.extend({ idFrente: col.id }),
  )
}

/** Active clients with their type, by description. */
export function listarClientesConTipo(bd: Conexion): Promise<OpcionCliente[]> {
  return filas(
    bd,
    sql`SELECT id, descripcion, id_tipo FROM cliente WHERE activo ORDER BY texto_clave(descripcion), id LIMIT 5000`,
    FilaOpcion.extend({ id_tipo: col.id }),
  )
}

/** Active kinds of a level, by description. */
export function listarTipos(bd: Conexion, nivel: number): Promise<Opcion[]> {
  return filas(
    bd,
    sql`SELECT id, descripcion FROM tipo WHERE activo AND nivel_afectacion = ${nivel} ORDER BY texto_clave(descripcion), id LIMIT 5000`,
    FilaOpcion,
  )
}

/** A kind of a level, active or not. */
export function buscarTipo(bd: Conexion, id: number, nivel: number): Promise<Elemento | null> {
  return unaFila(
    bd,
    sql`SELECT id, descripcion, activo FROM tipo WHERE id = ${id} AND nivel_afectacion = ${nivel}`,
    FilaElemento,
  )
}

/** Active steps of the templates of PTEs, of one type of client when given, by id. */
export function listarPasosPte(bd: Conexion, tipoCliente: number | null): Promise<PasoPte[]> {
  const de = tipoCliente === null ? sql`TRUE` : sql`id_tipo_cliente = ${tipoCliente}`
  return filas(
    bd,
    sql`SELECT id, descripcion, orden, tipo, importancia::float8 AS importancia, id_tipo_cliente FROM paso WHERE activo AND ${de} ORDER BY id LIMIT 5000`,
    FilaOpcion.extend({ orden: col.texto, tipo: col.entero, importancia: z.number(), id_tipo_cliente: col.idN }),
  )
}

/** Every step of a template of OTs, active or not, by id. */
export function listarPasosOt(bd: Conexion, plantilla: number): Promise<PasoOt[]> {
  return filas(
    bd,
    sql`SELECT id, activo, id_paso_origen AS "idPasoOrigen" FROM paso_ot WHERE tipo = ${plantilla} ORDER BY id LIMIT 1000`,
    z.object({ id: col.id, activo: col.booleano, idPasoOrigen: col.idN }),
  )
}
