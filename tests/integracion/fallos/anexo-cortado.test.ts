import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { RUTA_ANEXO } from '../../../src/modulos/anexo/anexo.contrato.ts'
import { INVARIANTES_ANEXO } from '../../../src/modulos/anexo/anexo.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { CLAVE, crearPersonaConClave } from '../../apoyo/acceso.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { libroDeAnexo, sembrarCatalogo, X, Y } from '../../apoyo/carga-anexo.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import type { CeldaDePrueba } from '../../apoyo/libro.ts'
import { entrarPorFuera, hasta, lanzarServidor, type Cliente } from '../../apoyo/servidor.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
await sembrarCatalogo(pool)
const crea = fabricas(pool)
const carpeta = mkdtempSync(join(tmpdir(), 'sascop-anexo-cortado-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

const PARTIDAS = 1500
const DIAS: readonly CeldaDePrueba[] = Array.from({ length: 60 }, (_, i) => ({
  fecha: `2026-0${String(3 + Math.floor(i / 30))}-${String(1 + (i % 30)).padStart(2, '0')}`,
}))

/** What a load writes, of every OT. */
async function estado(): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT (SELECT string_agg(numero || ' ' || es_activo || ' ' || total_registros, ', ' ORDER BY numero) FROM importacion_anexo) AS versiones,
       (SELECT count(*)::int FROM partida_anexo_importada) AS partidas, (SELECT count(*)::int FROM concepto_consolidado) AS conceptos,
       (SELECT count(*)::int FROM partida_proyectada) AS meses, (SELECT count(*)::int FROM registro_actividad WHERE tabla_log = 20) AS eventos`,
  )
  return rows[0] ?? {}
}

/** A transaction that has written is in hand, or not. */
async function escribiendo(): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM pg_stat_activity a JOIN pg_locks l ON l.pid = a.pid AND l.relation = 'importacion_anexo'::regclass AND l.mode = 'RowExclusiveLock'
     WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()`,
  )
  return (rowCount ?? 0) > 0
}

async function cargar(quien: Cliente, idOt: number, libro: Buffer, asincrono: boolean) {
  const datos = new FormData()
  datos.set('ot_id', String(idOt))
  if (asincrono) datos.set('asincrono', '1')
  datos.set('archivo', new Blob([new Uint8Array(libro)]), 'ANEXO.xlsx')
  return quien.enviar(RUTA_ANEXO.IMPORTAR, datos)
}

describe('the server dies while an annex is applied (issue C §4)', () => {
  it('kill -9 leaves the annex that was in force, whole, and the next load goes well', async () => {
    await pool.query(
      `INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, descripcion, id_unidad_medida)
       SELECT 6, (SELECT max(id) FROM contrato_sub_anexo WHERE clave_anexo = 'C-2'), '9.' || g || '.', 'CONCEPTO ' || g, (SELECT id FROM unidad_medida WHERE clave = 'M')
       FROM generate_series(1, $1::int) g`,
      [PARTIDAS],
    )
    await crearPersonaConClave(app, { username: 'eva', email: 'eva@example.com', grupos: ['administrador'] })
    const ot = await crea.ot()
    const grande = libroDeAnexo(
      Array.from({ length: PARTIDAS }, (_, i) => [
        'C-2',
        `9.${String(i + 1)}.`,
        `CONCEPTO ${String(i + 1)}`,
        'M',
        10,
        1,
        0,
        ...DIAS.map(() => 1.5),
      ]),
      { dias: DIAS },
    )
    const primero = await lanzarServidor(app.url, carpeta)
    const eva = await entrarPorFuera(primero.direccion, 'eva', CLAVE)
    expect(await cargar(eva, ot, libroDeAnexo([X, Y]), false)).toMatchObject({ estado: 200 })
    const antes = await estado()
    expect(await cargar(eva, ot, grande, true)).toMatchObject({ estado: 202 })
    await hasta(escribiendo, 'the version is being written')
    await esperar(30)
    primero.senal('SIGKILL')
    await primero.fin
    await hasta(async () => !(await escribiendo()), 'the database notices that the server died')
    expect(await estado()).toEqual(antes)
    expect((await comprobar(app.ctx, INVARIANTES_ANEXO)).filter(({ correcto }) => !correcto)).toEqual([])

    // Another server may take the task again or not: what is asked now is done, and only once.
    const segundo = await lanzarServidor(app.url, carpeta)
    const otra = await entrarPorFuera(segundo.direccion, 'eva', CLAVE)
    expect(await cargar(otra, ot, grande, false)).toMatchObject({ estado: 200, cuerpo: { total: PARTIDAS } })
    const { rows } = await pool.query(
      `SELECT count(*) FILTER (WHERE i.es_activo)::int AS activas, max(i.total_registros) FILTER (WHERE i.es_activo)::int AS total,
         (SELECT count(*)::int FROM partida_proyectada_dia d JOIN partida_anexo_importada p ON p.id = d.id_partida_anexo
          JOIN importacion_anexo a ON a.id = p.id_importacion_anexo WHERE a.es_activo) AS dias FROM importacion_anexo i`,
    )
    expect(rows).toEqual([{ activas: 1, total: PARTIDAS, dias: PARTIDAS * DIAS.length }])
    expect((await comprobar(app.ctx, INVARIANTES_ANEXO)).filter(({ correcto }) => !correcto)).toEqual([])
  })
})
