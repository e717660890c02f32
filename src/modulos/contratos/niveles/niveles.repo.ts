/** Reads and writes records of any level from its description. */
import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { identificador, sql, unir, VACIO, type Sql } from '../../../plataforma/sql.ts'
import type { ClaveNivel } from './niveles.contrato.ts'
import type { Valores } from './niveles.reglas.ts'
import type { ArchivoGuardado, CampoDeNivel, Nivel, Registro, Valor } from './niveles.tipos.ts'

type Referencia = Extract<CampoDeNivel, { clase: 'referencia' }>

const FilaId = z.object({ id: col.id })

const FilaRegistro = z.object({
  id: col.id,
  activo: col.booleano,
  version: col.entero,
  valores: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  textos: z.record(z.string(), z.string().nullable()),
  archivo: col.textoN,
  archivoNombre: col.textoN,
})

const columna = ({ columna: nombre }: { columna: string }): Sql => sql`o.${identificador(nombre)}`

/** Amounts and days go as text inside JSON; ids as numbers. */
const leida = (campo: CampoDeNivel): Sql =>
  campo.clase === 'referencia' ? columna(campo) : sql`${columna(campo)}::text`

const esReferencia = (campo: CampoDeNivel): campo is Referencia => campo.clase === 'referencia'

const textoDe = (campo: Referencia): Sql =>
  sql`(SELECT ${campo.texto} FROM ${identificador(campo.tabla)} r WHERE r.id = ${columna(campo)})`

function seleccion({ clave, campos }: Nivel): Sql {
  const valores = campos.map((campo) => sql`${campo.nombre}::text, ${leida(campo)}`)
  const textos = campos.filter(esReferencia).map((campo) => sql`${campo.nombre}::text, ${textoDe(campo)}`)
  const archivo =
    clave === 'anexos' ? sql`o.archivo, o.archivo_nombre` : sql`NULL::text AS archivo, NULL::text AS archivo_nombre`
  return sql`o.id, o.activo, o.version, jsonb_build_object(${unir(valores)}) AS valores,
    ${textos.length === 0 ? sql`'{}'::jsonb` : sql`jsonb_build_object(${unir(textos)})`} AS textos, ${archivo}`
}

/** A record, active or not; `bloquear` keeps it until the end of the transaction. */
export async function buscarRegistro(
  bd: Bd | BdTx,
  nivel: Nivel,
  id: number,
  bloquear = false,
): Promise<Registro | null> {
  const cerrojo = bloquear ? sql`FOR UPDATE` : VACIO
  const fila = await unaFila(
    bd,
    sql`SELECT s.id, s.activo, s.version, s.valores, s.textos, s.archivo, s.archivo_nombre AS "archivoNombre"
      FROM (SELECT ${seleccion(nivel)} FROM ${identificador(nivel.tabla)} o WHERE o.id = ${id} ${cerrojo}) s`,
    FilaRegistro,
  )
  if (fila === null) return null
  const { archivo, archivoNombre, textos, ...registro } = fila
  return {
    ...registro,
    textos: Object.fromEntries(Object.entries(textos).map(([nombre, texto]) => [nombre, texto ?? ''])),
    archivo: archivo === null ? null : { clave: archivo, nombre: archivoNombre ?? '' },
  }
}

function dato({ clase }: CampoDeNivel, valor: Valor): Sql {
  switch (clase) {
    case 'referencia':
      return sql`${valor}::bigint`
    case 'dia':
      return sql`${valor}::text::date`
    case 'importe':
    case 'cantidad':
      return sql`${valor}::text::numeric`
    case 'linea':
    case 'texto':
    case 'opcion':
      return sql`${valor}::text`
  }
}

/** @returns the id. */
export async function insertarRegistro(bd: BdTx, { tabla, campos }: Nivel, valores: Valores): Promise<number> {
  const columnas = unir(campos.map((campo) => identificador(campo.columna)))
  const datos = unir(campos.map((campo) => dato(campo, valores[campo.nombre] ?? null)))
  const fila = await unaFila(
    bd,
    sql`INSERT INTO ${identificador(tabla)} (${columnas}) VALUES (${datos}) RETURNING id`,
    FilaId,
  )
  if (fila === null) throw new Error('INSERT … RETURNING returned nothing')
  return fila.id
}

/** Writes every field and raises the version. */
export async function actualizarRegistro(
  bd: BdTx,
  { tabla, campos }: Nivel,
  id: number,
  valores: Valores,
): Promise<void> {
  const cambios = campos.map(
    (campo) => sql`${identificador(campo.columna)} = ${dato(campo, valores[campo.nombre] ?? null)}`,
  )
  await ejecutar(bd, sql`UPDATE ${identificador(tabla)} SET ${unir(cambios)}, version = version + 1 WHERE id = ${id}`)
}

export async function ponerActivo(bd: BdTx, { tabla }: Nivel, id: number, activo: boolean): Promise<void> {
  await ejecutar(bd, sql`UPDATE ${identificador(tabla)} SET activo = ${activo}, version = version + 1 WHERE id = ${id}`)
}

/** The version is raised by who writes the record. */
export async function ponerArchivo(bd: BdTx, anexo: number, archivo: ArchivoGuardado | null): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE contrato_anexo_maestro SET archivo = ${archivo?.clave ?? null}, archivo_nombre = ${archivo?.nombre ?? null} WHERE id = ${anexo}`,
  )
}

/** Another record with that name where it may not be repeated. */
export function buscarMismoNombre(
  bd: Bd | BdTx,
  { tabla, campos, titular, padre, unico }: Nivel,
  valores: Valores,
  excepto: number | null,
): Promise<{ id: number; activo: boolean } | null> {
  const del = (nombre: string | undefined): CampoDeNivel | undefined => campos.find((campo) => campo.nombre === nombre)
  const campo = del(titular)
  const dueno = del(padre?.campo)
  if (campo === undefined) throw new Error(`${tabla} has no name`)
  const mismoPadre = dueno === undefined ? sql`TRUE` : sql`${columna(dueno)} = ${valores[dueno.nombre] ?? null}::bigint`
  return unaFila(
    bd,
    sql`SELECT o.id, o.activo FROM ${identificador(tabla)} o
      WHERE folio_clave(${columna(campo)}) = folio_clave(${valores[titular] ?? null}::text) AND ${mismoPadre}
        AND (o.activo OR ${!unico.soloActivos}) AND o.id IS DISTINCT FROM ${excepto}::bigint
      ORDER BY o.activo DESC, o.id LIMIT 1`,
    FilaId.extend({ activo: col.booleano }),
  )
}

const PARTES_ACTIVAS: Readonly<Record<ClaveNivel, (id: number) => Sql>> = {
  contratos: (id) => sql`contrato_anexo_maestro p WHERE p.id_contrato = ${id} AND p.activo`,
  anexos: (id) => sql`contrato_sub_anexo p WHERE p.id_anexo_maestro = ${id} AND p.activo`,
  sub_anexos: (id) => sql`contrato_concepto_maestro p WHERE p.id_sub_anexo = ${id} AND p.activo`,
}

/** How many active parts a record has. */
export async function contarPartesActivas(bd: Bd | BdTx, nivel: Nivel, id: number): Promise<number> {
  const fila = await unaFila(
    bd,
    sql`SELECT count(*) AS cuantas FROM ${PARTES_ACTIVAS[nivel.clave](id)}`,
    z.object({ cuantas: col.entero }),
  )
  return fila?.cuantas ?? 0
}

/** A choice of a field: `activo` tells whether a new record may take it. `bloquear` keeps it as it is. */
export function buscarOpcion(
  bd: Bd | BdTx,
  campo: Referencia,
  id: number,
): Promise<{ id: number; descripcion: string; activo: boolean } | null> {
  return unaFila(
    bd,
    sql`SELECT r.id, ${campo.texto} AS descripcion, r.activo FROM ${identificador(campo.tabla)} r WHERE r.id = ${id} FOR SHARE OF r`,
    FilaId.extend({ descripcion: col.texto, activo: col.booleano }),
  )
}

/** Choices of a field, active or not, by what they say. */
export function listarOpciones(
  bd: Bd | BdTx,
  campo: Referencia,
): Promise<{ id: number; descripcion: string; activo: boolean }[]> {
  return filas(
    bd,
    sql`SELECT r.id, ${campo.texto} AS descripcion, r.activo FROM ${identificador(campo.tabla)} r
      ORDER BY texto_clave(${campo.texto}), r.id LIMIT 5000`,
    FilaId.extend({ descripcion: col.texto, activo: col.booleano }),
  )
}

const FilaSeccion = z.object({ partida: col.textoN, descripcion: col.texto, conceptos: col.entero })

/** Headings of a sub-annex in the order of the sheet, with how many active concepts are under each. */
export function listarSecciones(bd: Bd | BdTx, subAnexo: number): Promise<z.output<typeof FilaSeccion>[]> {
  return filas(
    bd,
    sql`SELECT e.partida, e.descripcion, (SELECT count(*) FROM contrato_concepto_maestro c WHERE c.id_seccion = e.id AND c.activo) AS conceptos
      FROM contrato_seccion e WHERE e.id_sub_anexo = ${subAnexo} ORDER BY e.orden, e.id LIMIT 5000`,
    FilaSeccion,
  )
}

/** Annexes that have a stored file. */
export function listarArchivos(bd: Bd | BdTx): Promise<{ id: number; clave: string; archivo: string }[]> {
  return filas(
    bd,
    sql`SELECT a.id, a.clave, a.archivo FROM contrato_anexo_maestro a WHERE a.archivo IS NOT NULL ORDER BY a.id`,
    FilaId.extend({ clave: col.texto, archivo: col.texto }),
  )
}
