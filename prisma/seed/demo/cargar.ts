/** Writes the demo company into a database: one transaction, one statement per table. */
import { hash } from '@node-rs/argon2'
import { z } from 'zod'
import { Conflicto, SinPermiso } from '../../../src/comun/errores.ts'
import type { Almacen } from '../../../src/plataforma/archivos.ts'
import { registrarEventos, TABLA_LOG } from '../../../src/modulos/auditoria/index.ts'
import { ejecutar, filas } from '../../../src/plataforma/bd.ts'
import { col } from '../../../src/plataforma/columnas.ts'
import type { Contexto, CtxTx } from '../../../src/plataforma/contexto.ts'
import { hayDemo } from '../../../src/plataforma/demo.ts'
import { sql } from '../../../src/plataforma/sql.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { cargarEstimaciones } from './cargar-estimaciones.ts'
import { adjuntarFotos, guardarFotos } from './cargar-evidencia.ts'
import { cargarProduccion } from './cargar-produccion.ts'
import { anotar, insertar, reservar } from './escribir.ts'
import { generarEmpresa } from './generar.ts'
import { LIDERES_DE_PROYECTO, PERSONAS_CON_ACCESO, SITIOS } from './vocabulario.ts'

/** What was loaded, to be told. */
export interface ResultadoDeCarga {
  readonly ptes: number
  readonly ots: number
  readonly reprogramaciones: number
  readonly pasos: number
  readonly producciones: number
  readonly estimaciones: number
  readonly tiposDeCambio: number
  readonly fotos: number
  readonly usuarios: readonly {
    readonly id: number
    readonly username: string
    readonly clave: string
    readonly grupo: string
  }[]
}

/** The rule of the demo passwords, printed by the command and written in the README: never used in production. */
export function claveDemo(grupo: string): string {
  return `sascop-demo-${grupo}`
}

/**
 * Loads the company once; a second time does nothing.
 * @param dominio public address of the system, for the QR codes of what the demo bills.
 * @param almacen where the photos of its evidence go; without it there are none.
 * @returns null when it was already there.
 * @throws SinPermiso in production; Conflicto when the catalogues are not seeded yet.
 */
export async function cargarDemo(
  ctx: Contexto,
  { produccion, almacen, dominio = null }: { produccion: boolean; almacen?: Almacen; dominio?: string | null },
): Promise<ResultadoDeCarga | null> {
  if (produccion) throw new SinPermiso('Los datos de demostración no se cargan en producción.')
  // Hashing is slow on purpose, so it is done before the transaction opens.
  const claves = await Promise.all(PERSONAS_CON_ACCESO.map(({ grupo }) => hash(claveDemo(grupo))))
  const fotos = almacen && !(await hayDemo(ctx.bd)) ? await guardarFotos({ ctx, almacen }) : []
  return conTransaccion(
    ctx,
    async (tx) => {
      // Two starts at once: the second waits here and then finds it loaded.
      await ejecutar(tx.bd, sql`LOCK TABLE dato_demo IN SHARE ROW EXCLUSIVE MODE`)
      if (await hayDemo(tx.bd)) return null
      const base = await leerBase(tx)
      const usuarios = await crearUsuarios(tx, claves)
      const lideres = await crearCatalogo(
        tx,
        'responsable_proyecto',
        LIDERES_DE_PROYECTO.map((descripcion) => ({ descripcion })),
      )
      const empresa = generarEmpresa({ hoy: ctx.hoy, ...base, lideres, sitios: await crearSitios(tx) })

      const idPte = await reservar(tx, 'pte_header', empresa.ptes.length)
      const idOt = await reservar(tx, 'ot', empresa.ots.length)
      const pte = (local: number): number => idPte[local - 1] ?? 0
      const ot = (local: number): number => idOt[local - 1] ?? 0
      const ptes = empresa.ptes.map((fila) => ({ ...fila, id: pte(fila.id) }))
      const ots = empresa.ots.map((fila) => ({
        ...fila,
        id: ot(fila.id),
        id_pte_header: pte(fila.id_pte_header),
        ot_principal: fila.ot_principal === null ? null : ot(fila.ot_principal),
      }))
      await insertar(tx, 'pte_header', ptes)
      await insertar(
        tx,
        'pte_detalle',
        empresa.pasosPte.map((fila) => ({ ...fila, id_pte_header: pte(fila.id_pte_header) })),
      )
      await insertar(tx, 'ot', ots)
      await insertar(
        tx,
        'ot_detalle',
        empresa.pasosOt.map((fila) => ({ ...fila, id_ot: ot(fila.id_ot) })),
      )
      await anotar(
        tx,
        'pte_header',
        ptes.map(({ id, oficio_pte }) => ({ id, descripcion: oficio_pte })),
      )
      await anotar(
        tx,
        'ot',
        ots.map(({ id, orden_trabajo }) => ({ id, descripcion: orden_trabajo })),
      )
      const producciones = await cargarProduccion(tx, { ots, usuarios })
      await adjuntarFotos(tx, fotos, usuarios.find(({ grupo }) => grupo === 'operaciones')?.id ?? null)
      const cobro = await cargarEstimaciones(tx, { usuarios, dominio })
      return {
        fotos: fotos.length,
        ptes: ptes.length,
        ots: ots.length,
        reprogramaciones: ots.filter(({ ot_principal }) => ot_principal !== null).length,
        pasos: empresa.pasosPte.length + empresa.pasosOt.length,
        producciones,
        ...cobro,
        usuarios,
      }
    },
    { tiempoMaximoMs: 60_000 },
  )
}

async function leerBase({ bd }: CtxTx) {
  const clientes = await filas(
    bd,
    sql`SELECT id, id_tipo FROM cliente WHERE activo AND id_tipo IN (15, 16) ORDER BY id`,
    z.object({ id: col.id, id_tipo: col.id }),
  )
  const pasosPte = await filas(
    bd,
    sql`SELECT id, orden, tipo, id_tipo_cliente FROM paso WHERE activo AND id_tipo_cliente IN (15, 16) ORDER BY id`,
    z.object({ id: col.id, orden: z.string(), tipo: col.entero, id_tipo_cliente: col.id }),
  )
  const pasosOt = await filas(
    bd,
    sql`SELECT id, tipo FROM paso_ot WHERE activo ORDER BY id`,
    z.object({ id: col.id, tipo: col.entero }),
  )
  if (new Set(clientes.map(({ id_tipo }) => id_tipo)).size < 2 || pasosPte.length === 0 || pasosOt.length === 0)
    throw new Conflicto(
      'Faltan los catálogos base (clientes y pasos). Ejecuta «npm start» una vez y vuelve a intentar.',
    )
  return { clientes, pasosPte, pasosOt }
}

async function crearUsuarios(tx: CtxTx, claves: readonly string[]): Promise<ResultadoDeCarga['usuarios']> {
  const datos = PERSONAS_CON_ACCESO.map(({ grupo, nombre, apellidos }, i) => ({
    username: `demo.${grupo}`,
    first_name: nombre,
    last_name: apellidos,
    email: `demo.${grupo}@example.com`,
    password: claves[i] ?? '',
  }))
  // Removing the demo deactivates those whom the log names; loading it again brings them back.
  const creados = await filas(
    tx.bd,
    sql`INSERT INTO "user" (username, first_name, last_name, email, password, date_joined)
      SELECT p.username, p.first_name, p.last_name, p.email, p.password, ${tx.ahora}::timestamptz
      FROM jsonb_to_recordset(${JSON.stringify(datos)}::jsonb) AS p(username text, first_name text, last_name text, email text, password text)
      ON CONFLICT (lower(username)) DO UPDATE SET password = excluded.password, is_active = true, version = "user".version + 1
        WHERE "user".email = excluded.email AND NOT "user".is_active
      RETURNING id, username`,
    z.object({ id: col.id, username: z.string() }),
  )
  if (creados.length < PERSONAS_CON_ACCESO.length)
    throw new Conflicto(
      'Ya hay usuarios con los nombres de la demostración (demo.administrador, demo.operaciones, …). Renómbralos y vuelve a intentar.',
    )
  const personas = creados.map(({ id, username }) => ({ id, username, grupo: username.slice('demo.'.length) }))
  const enGrupo = await ejecutar(
    tx.bd,
    sql`INSERT INTO user_groups (user_id, group_id)
      SELECT p.id, g.id FROM jsonb_to_recordset(${JSON.stringify(personas)}::jsonb) AS p(id bigint, grupo text) JOIN "group" g ON g.name = p.grupo
      ON CONFLICT (user_id, group_id) DO UPDATE SET group_id = excluded.group_id`,
  )
  if (enGrupo < personas.length)
    throw new Conflicto('Faltan los grupos de usuarios. Ejecuta «npm start» una vez y vuelve a intentar.')
  await anotar(
    tx,
    'user',
    personas.map(({ id, username }) => ({ id, descripcion: username })),
  )
  await registrarEventos(
    tx,
    personas.map(({ id, username, grupo }) => ({
      tabla: TABLA_LOG.USUARIO,
      registroId: id,
      evento: 'CREAR' as const,
      campo: 'Creó',
      detalle: `el usuario de demostración: ${username}, grupo ${grupo}`,
    })),
  )
  return personas.map((persona) => ({ ...persona, clave: claveDemo(persona.grupo) }))
}

const FRENTE_DE_SITIO = { patio: 3, intercom: 5, embarcacion: 6, plataforma: 7 } as const

async function crearSitios(tx: CtxTx) {
  const crear = async (clase: keyof typeof SITIOS) => {
    const nombres = SITIOS[clase]
    const ids = await crearCatalogo(
      tx,
      'sitio',
      nombres.map((descripcion) => ({ descripcion, id_frente: FRENTE_DE_SITIO[clase] })),
    )
    return nombres.map((nombre, i) => ({ id: ids[i] ?? 0, nombre }))
  }
  return {
    embarcacion: await crear('embarcacion'),
    plataforma: await crear('plataforma'),
    patio: await crear('patio'),
    intercom: await crear('intercom'),
  }
}

async function crearCatalogo(
  tx: CtxTx,
  tabla: 'responsable_proyecto' | 'sitio',
  lista: readonly { readonly descripcion: string }[],
): Promise<number[]> {
  const ids = await reservar(tx, tabla, lista.length)
  const conId = lista.map((fila, i) => ({ ...fila, id: ids[i] ?? 0, comentario: 'Dato de demostración', activo: true }))
  await insertar(tx, tabla, conId)
  await anotar(tx, tabla, conId)
  return ids
}
