import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { CLASES_DE_ARCHIVO } from '../../plataforma/archivos.ts'
import { col } from '../../plataforma/columnas.ts'
import { sql, type Sql } from '../../plataforma/sql.ts'
import type { Archivo, ArchivoNuevo } from './archivos.tipos.ts'

const Fila = z.object({
  id: col.id,
  sha256: col.texto,
  clase: z.enum(CLASES_DE_ARCHIVO),
  bytes: col.id,
  clave: col.texto,
  ancho: col.enteroN,
  alto: col.enteroN,
  claveMiniatura: col.textoN,
})

const COLUMNAS = sql`a.id, a.sha256, a.clase, a.bytes, a.clave, a.ancho, a.alto, a.clave_miniatura AS "claveMiniatura"`

const leer = (bd: Bd | BdTx, condicion: Sql): Promise<Archivo[]> =>
  filas(bd, sql`SELECT ${COLUMNAS} FROM archivo a WHERE ${condicion} ORDER BY a.id`, Fila)

/** Those of a list of ids. */
export function buscarArchivos(bd: Bd | BdTx, ids: readonly number[]): Promise<Archivo[]> {
  return leer(bd, sql`a.id = ANY (${[...ids]}::bigint[])`)
}

/** The one with that content, or null. */
export async function buscarPorContenido(bd: Bd | BdTx, sha256: string): Promise<Archivo | null> {
  const [hallado] = await leer(bd, sql`a.sha256 = ${sha256}`)
  return hallado ?? null
}

/** Two people may bring the same content at once: the second finds the row of the first. */
export async function insertarArchivo(bd: BdTx, nuevo: ArchivoNuevo, idUsuario: number | null): Promise<void> {
  await ejecutar(
    bd,
    sql`INSERT INTO archivo (sha256, clase, bytes, clave, ancho, alto, huella_perceptual, clave_miniatura, id_usuario)
      VALUES (${nuevo.sha256}, ${nuevo.clase}, ${nuevo.bytes}, ${nuevo.clave}, ${nuevo.ancho}, ${nuevo.alto},
        ${nuevo.huellaPerceptual}::bit(64), ${nuevo.claveMiniatura}, ${idUsuario})
      ON CONFLICT (sha256) DO NOTHING`,
  )
}

/** A page of all of them, in order of id: for the check of the store. */
export function listarArchivos(bd: Bd | BdTx, despuesDe: number, cuantos: number): Promise<Archivo[]> {
  return filas(
    bd,
    sql`SELECT ${COLUMNAS} FROM archivo a WHERE a.id > ${despuesDe} ORDER BY a.id LIMIT ${cuantos}`,
    Fila,
  )
}
