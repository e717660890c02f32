import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import {
  custodiaDe,
  mantenerAuditoria,
  registrarEvento,
  retirarMeses,
  TABLA_LOG,
  verRetirables,
} from '../../../src/modulos/auditoria/index.ts'
import { invariantesDeAuditoria } from '../../../src/modulos/auditoria/auditoria.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { crearAppDePruebas, type AppDePruebas } from '../../apoyo/app.ts'

const carpeta = mkdtempSync(join(tmpdir(), 'sascop-sellos-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})
const custodia = custodiaDe('un secreto de pruebas que la base no conoce', carpeta)

const app = await crearAppDePruebas({ reloj: '2025-11-20T18:00:00Z' })
const { pool } = app.conexion

const anotar = (en: AppDePruebas, detalle: string): Promise<void> =>
  conTransaccion(en.ctx, (tx) =>
    registrarEvento(tx, { tabla: TABLA_LOG.OT, registroId: 1, evento: 'CREAR', campo: 'Creó', detalle }),
  )
const mantener = (en: AppDePruebas = app) => mantenerAuditoria(en.ctx, custodia)
const verificar = async (en: AppDePruebas = app): Promise<readonly string[]> =>
  (await comprobar(en.ctx, invariantesDeAuditoria(custodia))).flatMap(({ casos }) => casos)
const idDe = async (detalle: string): Promise<string> => {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM registro_actividad WHERE detalle = $1', [detalle])
  return rows[0]?.id ?? ''
}

/** What the owner of the tables can do: turn the triggers off, touch, turn them on again. It is undone after the check. */
async function comoDuenio(...sentencias: string[]): Promise<readonly string[]> {
  const copias = ['registro_actividad', 'sello_auditoria', 'conteo_auditoria']
  const columnas = `id, tabla_log, registro_id, evento, campo, campo_clave, valor_anterior, valor_actual, afectacion, detalle, fecha, usuario_id, ip, agente, transaccion, version`
  for (const tabla of copias) await pool.query(`CREATE TABLE copia_${tabla} AS SELECT * FROM ${tabla}`)
  await pool.query(
    `SET session_replication_role = replica; ${sentencias.join(';')}; SET session_replication_role = origin`,
  )
  const casos = await verificar()
  await pool.query(`SET session_replication_role = replica;
    TRUNCATE registro_actividad, sello_auditoria, conteo_auditoria;
    INSERT INTO registro_actividad (${columnas}) SELECT ${columnas} FROM copia_registro_actividad;
    INSERT INTO sello_auditoria SELECT * FROM copia_sello_auditoria;
    INSERT INTO conteo_auditoria SELECT * FROM copia_conteo_auditoria;
    SET session_replication_role = origin`)
  for (const tabla of copias) await pool.query(`DROP TABLE copia_${tabla}`)
  return casos
}

for (const [dia, detalle] of [
  ['2025-11-20', 'veinte-a'],
  ['2025-11-20', 'veinte-b'],
  ['2025-11-21', 'veintiuno'],
  ['2025-11-23', 'veintitres'],
] as const) {
  app.reloj.fijar(`${dia}T18:00:00Z`)
  await anotar(app, detalle)
}
app.reloj.fijar('2025-11-24T15:00:00Z')
await anotar(app, 'hoy')

describe('the daily seal', () => {
  it('seals every finished day since the first row, empty ones too, and what goes of today', async () => {
    const hecho = await mantener()
    const { rows } = await pool.query(
      `SELECT to_char(dia, 'YYYY-MM-DD') AS dia, filas, cerrado FROM sello_auditoria ORDER BY dia`,
    )
    expect([hecho.sellados, rows]).toEqual([
      4,
      [
        { dia: '2025-11-20', filas: 2, cerrado: true },
        { dia: '2025-11-21', filas: 1, cerrado: true },
        { dia: '2025-11-22', filas: 0, cerrado: true },
        { dia: '2025-11-23', filas: 1, cerrado: true },
        { dia: '2025-11-24', filas: 1, cerrado: false },
      ],
    ])
    expect(await verificar()).toEqual([])
  })

  it('made again it changes nothing that was closed, and today takes what came since', async () => {
    const cerrados = 'SELECT dia, hash, sellado_en FROM sello_auditoria WHERE cerrado ORDER BY dia'
    const antes = (await pool.query(cerrados)).rows
    app.reloj.avanzar({ minutos: 15 })
    await anotar(app, 'hoy más tarde')
    expect(await verificar()).toEqual([])
    expect((await mantener()).sellados).toBe(0)
    expect((await pool.query(cerrados)).rows).toEqual(antes)
    const { rows } = await pool.query('SELECT filas FROM sello_auditoria WHERE NOT cerrado')
    expect(rows).toEqual([{ filas: 2 }])
  })

  it('a day is closed an hour after its midnight, not before', async () => {
    app.reloj.fijar('2025-11-25T06:59:00Z')
    expect((await mantener()).sellados).toBe(0)
    app.reloj.fijar('2025-11-25T07:01:00Z')
    expect((await mantener()).sellados).toBe(1)
    expect(await verificar()).toEqual([])
  })

  it('a row that arrives late to a sealed day takes the first instant after it', async () => {
    app.reloj.fijar('2025-11-23T18:00:00Z')
    await anotar(app, 'tarde')
    const { rows } = await pool.query<{ fecha: Date }>("SELECT fecha FROM registro_actividad WHERE detalle = 'tarde'")
    expect(rows[0]?.fecha.toISOString()).toBe('2025-11-25T06:00:00.000Z')
    app.reloj.fijar('2025-11-25T18:00:00Z')
    await mantener()
    expect(await verificar()).toEqual([])
  })

  it('another key neither goes on with the chain nor can prove it', async () => {
    const otra = custodiaDe('otro secreto que no es el de los sellos', carpeta)
    await expect(mantenerAuditoria(app.ctx, otra)).rejects.toThrow('AUDITORIA_SECRETO')
    expect((await comprobar(app.ctx, invariantesDeAuditoria(otra)))[0]?.casos[0]).toContain('otra clave')
  })
})

describe('what an owner of the database does by hand, with the triggers off, is named', () => {
  it('a row changed: the first one, whichever column it was', async () => {
    for (const cambio of [
      "valor_actual = 'otro'",
      'usuario_id = NULL, ip = NULL',
      "agente = 'x'",
      'version = 9',
      "transaccion = NULL, campo_clave = 'x'",
    ]) {
      const id = await idDe('veintiuno')
      const casos = await comoDuenio(
        `UPDATE registro_actividad SET ${cambio} WHERE detalle IN ('veintiuno', 'veintitres')`,
      )
      expect(casos[0]).toMatch(new RegExp(`^la fila ${id} del 21/11/2025 \\(OT, CREAR a las 12:00:00\\) se cambió`))
      expect(casos).toHaveLength(2)
    }
  })

  it('a row deleted', async () => {
    const id = await idDe('veinte-b')
    expect(await comoDuenio("DELETE FROM registro_actividad WHERE detalle = 'veinte-b'")).toEqual([
      `la fila ${id} del 20/11/2025 se borró después de sellarse`,
    ])
  })

  it('a row added in the past, also before the first seal and in a day without rows', async () => {
    const agregar = (fecha: string) =>
      `INSERT INTO registro_actividad (id, tabla_log, evento, campo, afectacion, fecha) VALUES (900001, 4, 'CREAR', 'Creó', 'OT', '${fecha}')`
    expect((await comoDuenio(agregar('2025-11-22T18:00:00Z')))[0]).toMatch(
      /^la fila 900001 del 22\/11\/2025 .*se agregó a mano/,
    )
    expect((await comoDuenio(agregar('2025-01-01T18:00:00Z')))[0]).toMatch(
      /^la fila 900001 del 01\/01\/2025 se agregó a mano/,
    )
  })

  it('a row moved to another day: gone from one, too many in the other', async () => {
    const casos = await comoDuenio(
      "UPDATE registro_actividad SET fecha = '2025-11-21T20:00:00Z' WHERE detalle = 'veinte-a'",
    )
    expect(casos.map((caso) => /del (\S+).* (se \S+)/.exec(caso)?.slice(1))).toEqual([
      ['20/11/2025', 'se borró'],
      ['21/11/2025', 'se agregó'],
    ])
  })

  it('a row of today, since what goes of the day is sealed too', async () => {
    const [caso] = await comoDuenio("UPDATE registro_actividad SET detalle = 'otra cosa' WHERE detalle = 'tarde'")
    expect(caso).toMatch(/del 25\/11\/2025 .* se cambió/)
  })

  it('and closing the day does not launder it: the first print stays', async () => {
    await pool.query(
      `SET session_replication_role = replica; UPDATE registro_actividad SET campo = 'Falso' WHERE detalle = 'tarde'; SET session_replication_role = origin`,
    )
    app.reloj.fijar('2025-11-26T18:00:00Z')
    expect((await mantener()).sellados).toBe(1)
    expect((await verificar())[0]).toMatch(/del 25\/11\/2025 .* se cambió/)
    await pool.query(
      `SET session_replication_role = replica; UPDATE registro_actividad SET campo = 'Creó' WHERE detalle = 'tarde'; SET session_replication_role = origin`,
    )
    expect(await verificar()).toEqual([])
  })

  it('a seal edited, one removed, the last ones removed', async () => {
    expect(await comoDuenio(`UPDATE sello_auditoria SET filas = 0, huellas = '' WHERE dia = '2025-11-21'`)).toEqual([
      expect.stringContaining('el sello del 21/11/2025 se editó a mano'),
      expect.stringMatching(/^la fila \d+ del 21\/11\/2025 .*se agregó a mano/),
    ])
    expect((await comoDuenio(`DELETE FROM sello_auditoria WHERE dia = '2025-11-22'`))[0]).toBe(
      'falta el sello del 22/11/2025',
    )
    expect((await comoDuenio(`DELETE FROM sello_auditoria WHERE dia >= '2025-11-24'`))[0]).toContain(
      'falta el sello del 24/11/2025, que se hizo y quedó anotado fuera de la base',
    )
  })

  it('seals removed and made again by the program over altered rows do not agree with what was noted', async () => {
    await pool.query(`CREATE TABLE copia AS SELECT * FROM sello_auditoria WHERE dia >= '2025-11-23'`)
    await pool.query(`SET session_replication_role = replica; DELETE FROM sello_auditoria WHERE dia >= '2025-11-23';
      UPDATE registro_actividad SET campo = 'Falso' WHERE detalle = 'veintitres'; SET session_replication_role = origin`)
    await mantener()
    expect((await verificar())[0]).toBe('el sello del 23/11/2025 no es el que quedó anotado fuera de la base')
    await pool.query(`SET session_replication_role = replica; DELETE FROM sello_auditoria WHERE dia >= '2025-11-23';
      UPDATE registro_actividad SET campo = 'Creó' WHERE detalle = 'veintitres'; INSERT INTO sello_auditoria SELECT * FROM copia; SET session_replication_role = origin; DROP TABLE copia`)
    expect(await verificar()).toEqual([])
  })

  it('a day passed off as retired', async () => {
    const casos = await comoDuenio(
      `UPDATE sello_auditoria SET huellas = NULL, retirado_en = now(), hash_retiro = hash WHERE dia = '2025-11-21'`,
      "DELETE FROM registro_actividad WHERE detalle = 'veintiuno'",
    )
    expect(casos[0]).toBe('el 21/11/2025 aparece retirado y no lo retiró el sistema')
  })

  it('without the triggers off, neither the log nor a closed seal lets itself be touched, partition by partition', async () => {
    const { rows } = await pool.query<{ tabla: string }>(
      `SELECT inhrelid::regclass::text AS tabla FROM pg_inherits WHERE inhparent = 'registro_actividad'::regclass`,
    )
    expect(rows.length).toBeGreaterThan(3)
    for (const { tabla } of rows)
      for (const sentencia of [`UPDATE ${tabla} SET detalle = ''`, `DELETE FROM ${tabla}`, `TRUNCATE ${tabla}`])
        await expect(pool.query(sentencia)).rejects.toThrow('registro_actividad_solo_altas')
    await expect(pool.query('DELETE FROM sello_auditoria')).rejects.toThrow('sello_auditoria_inmutable')
    await expect(pool.query('UPDATE sello_auditoria SET filas = 0 WHERE cerrado')).rejects.toThrow(
      'sello_auditoria_inmutable',
    )
  })
})

describe('partitions', () => {
  it('are created ahead; a row of a month without one is kept and moved to its place', async () => {
    const particionDe = async (detalle: string) => {
      const { rows } = await pool.query<{ t: string }>(
        'SELECT tableoid::regclass::text AS t FROM registro_actividad WHERE detalle = $1',
        [detalle],
      )
      return rows[0]?.t
    }
    expect(await particionDe('veintiuno')).toBe('registro_actividad_2025_11')
    app.reloj.fijar('2026-02-01T05:59:59Z')
    await anotar(app, 'último instante de enero')
    app.reloj.fijar('2026-02-01T06:00:00Z')
    await anotar(app, 'primer instante de febrero')
    expect(await particionDe('último instante de enero')).toBe('registro_actividad_2026_01')
    app.reloj.fijar('2031-05-05T18:00:00Z')
    await anotar(app, 'muy adelante')
    expect(await particionDe('muy adelante')).toBe('registro_actividad_resto')
    const { rows } = await pool.query<{ n: number }>(
      `SELECT registro_actividad_preparar('2031-05-01', '2031-07-31') AS n`,
    )
    // Those three, and February 2026, whose row had nowhere to go either.
    expect(rows[0]?.n).toBe(4)
    expect(await particionDe('muy adelante')).toBe('registro_actividad_2031_05')
    expect(await idDe('muy adelante')).not.toBe('')
  })
})

describe('retention', () => {
  it('takes months out to a file with their seals, only when told, leaves its row, and the chain still holds', async () => {
    const otra = app
    otra.reloj.fijar('2026-02-10T18:00:00Z')
    await mantener(otra)
    expect(await verRetirables(otra.ctx, 5)).toEqual([])
    otra.reloj.fijar('2030-12-02T18:00:00Z')
    expect(await verRetirables(otra.ctx, 5)).toEqual([{ mes: '2025-11-01', filas: 7 }])
    const hechos = await retirarMeses(otra.ctx, custodia, { anios: 5, archivos: carpeta })
    expect(hechos).toEqual([{ mes: '2025-11-01', filas: 7, archivo: 'registro-de-actividad-2025-11.jsonl.gz' }])
    const lineas = gunzipSync(readFileSync(join(carpeta, 'registro-de-actividad-2025-11.jsonl.gz')))
      .toString()
      .trim()
      .split('\n')
    expect([lineas.length, lineas.filter((linea) => linea.includes('veintiuno')).length]).toEqual([7 + 11, 1])
    expect(readdirSync(carpeta).some((nombre) => nombre.endsWith('.parte'))).toBe(false)
    const { rows } = await pool.query(`SELECT to_regclass('registro_actividad_2025_11') IS NULL AS fuera,
      (SELECT count(*)::int FROM conteo_auditoria WHERE mes = '2025-11-01') AS conteos,
      (SELECT detalle FROM registro_actividad WHERE evento = 'ELIMINAR') AS nota`)
    expect(rows).toEqual([
      {
        fuera: true,
        conteos: 0,
        nota: 'del registro de actividad el mes 11/2025 (7 filas), archivado en registro-de-actividad-2025-11.jsonl.gz',
      },
    ])
    expect(await verificar()).toEqual([])
  })

  it('refuses while the log is not as it was sealed', async () => {
    app.reloj.fijar('2031-02-02T18:00:00Z')
    await pool.query(
      `SET session_replication_role = replica; UPDATE registro_actividad SET campo = 'Falso' WHERE detalle = 'último instante de enero'; SET session_replication_role = origin`,
    )
    await expect(retirarMeses(app.ctx, custodia, { anios: 5, archivos: carpeta })).rejects.toThrow(
      /No se retiró nada: la fila \d+ del 31\/01\/2026/,
    )
  })
})
