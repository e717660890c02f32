import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  analizarImportacion,
  aplicarImportacion,
  deshacerLote,
} from '../../../src/modulos/ot/importacion/importacion.comandos.ts'
import type { Informe } from '../../../src/modulos/ot/importacion/importacion.tipos.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'
import { inicial, libroDeOts, reprogramacion, type FilaDePrueba } from '../../apoyo/importacion.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const crea = fabricas(pool)
const carpeta = mkdtempSync(join(tmpdir(), 'importacion-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

const TODO = { crearPtes: true, todoONada: false }
let serie = 0

function guardar(filas: readonly FilaDePrueba[]): { ruta: string; nombre: string } {
  const nombre = `libro${String((serie += 1))}.xlsx`
  writeFileSync(join(carpeta, nombre), libroDeOts(filas))
  return { ruta: join(carpeta, nombre), nombre }
}

async function importar(
  filas: readonly FilaDePrueba[],
  opciones: Partial<typeof TODO> = {},
): Promise<Informe & { lote: number }> {
  const informe = await aplicarImportacion(await app.ctxDe('superusuario'), guardar(filas), { ...TODO, ...opciones })
  return { ...informe, lote: informe.lote ?? 0 }
}

async function ids(folio: string): Promise<number[]> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM ot WHERE orden_trabajo = $1 ORDER BY id', [folio])
  return rows.map(({ id }) => Number(id))
}

async function unico(folio: string): Promise<number> {
  const [id = 0] = await ids(folio)
  return id
}

async function contar(
  tabla: 'ot' | 'ot_detalle' | 'pte_header' | 'lote_importacion' | 'registro_actividad',
): Promise<number> {
  const { rows } = await pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${tabla}`)
  return Number(rows[0]?.n)
}

/** A family of its own: one initial order and two reprogramaciones, one of them without number. */
function familia(folio: string, cambios: FilaDePrueba = {}): FilaDePrueba[] {
  const base = { orden_trabajo: folio, ot_principal: folio }
  return [
    reprogramacion({ ...base, num_reprogramacion: null, oficio_ot: 'SIN NUMERO' }),
    inicial({ orden_trabajo: folio, id_pte_header_id: `PTE ${folio}`, ...cambios }),
    reprogramacion({ ...base, num_reprogramacion: 4 }),
  ]
}

describe('what an import writes', () => {
  it('O-58: status 10 with its real dates: every step COMPLETADO, with start, end and delivery', async () => {
    await importar([
      inicial({
        orden_trabajo: 'O58',
        id_estatus_ot_id: 10,
        fecha_inicio_real: '2024-01-05',
        fecha_termino_real: '10/02/2024',
      }),
    ])
    const pasos = await crea.leerPasos(await unico('O58'))
    expect(pasos).toHaveLength(10)
    expect(
      new Set(pasos.map((p) => [p['estatus_paso'], p['fecha_inicio'], p['fecha_termino'], p['fecha_entrega']].join())),
    ).toEqual(new Set(['3,2024-01-05,2024-02-10,2024-02-10']))
  })

  it('O-59: status 9 pending; status 6 cancelled without delivery', async () => {
    await importar([
      inicial({ orden_trabajo: 'O59-9', id_estatus_ot_id: 9, fecha_termino_real: '2024-02-10' }),
      inicial({ orden_trabajo: 'O59-6', id_estatus_ot_id: 6, fecha_termino_real: '2024-02-10' }),
    ])
    const de = async (folio: string): Promise<unknown[]> =>
      (await crea.leerPasos(await unico(folio))).map((p) => [p['estatus_paso'], p['fecha_entrega']])
    expect(new Set((await de('O59-9')).map(String))).toEqual(new Set(['1,']))
    expect(new Set((await de('O59-6')).map(String))).toEqual(new Set(['4,']))
  })

  it('O-60: the same file twice: the second run creates nothing, changes nothing and keeps no batch', async () => {
    const filas = familia('O60')
    const antes = await importar(filas)
    expect(antes).toMatchObject({ iniciales: { creadas: 1 }, reprogramaciones: { creadas: 2 }, ptes_creadas: 1 })
    const fotos = await Promise.all([
      contar('ot'),
      contar('ot_detalle'),
      contar('lote_importacion'),
      contar('registro_actividad'),
    ])
    const despues = await aplicarImportacion(await app.ctxDe('superusuario'), guardar(filas), TODO)
    expect(despues).toMatchObject({
      lote: null,
      iniciales: { creadas: 0, actualizadas: 0, sin_cambio: 1 },
      reprogramaciones: { creadas: 0, actualizadas: 0, sin_cambio: 2 },
      ptes_creadas: 0,
    })
    expect(
      await Promise.all([contar('ot'), contar('ot_detalle'), contar('lote_importacion'), contar('registro_actividad')]),
    ).toEqual(fotos)
  })

  it('every value as the row says; the reprogramación with its principal, its PTE and its number after the numbered ones', async () => {
    await importar(
      familia('VALORES', {
        monto_mxn: '$ 1,234.50 MXN',
        plazo_dias: '22.0',
        id_frente: 2,
        id_embarcacion: SEMILLA.embarcacion,
        id_patio: SEMILLA.patio,
        fecha_inicio_programado: { fecha: '2024-02-29' },
        comentario: 'uno\ndos',
      }),
    )
    const [madre = 0, cuarta = 0, quinta = 0] = await ids('VALORES')
    const guardada = await crea.leerOt(madre)
    expect(guardada).toMatchObject({
      id_tipo: 4,
      monto_mxn: 1234.5,
      plazo_dias: 22,
      requiere_patio: true,
      fecha_inicio_programado: '2024-02-29',
      comentario: 'uno\ndos',
      ot_principal: null,
      version: 1,
    })
    const pte = guardada['id_pte_header']
    expect(pte).not.toBeNull()
    expect(await crea.leerOt(cuarta)).toMatchObject({
      ot_principal: madre,
      num_reprogramacion: 4,
      id_pte_header: pte,
      descripcion_trabajo: 'Trabajo',
      id_responsable_proyecto: 3,
    })
    expect(await crea.leerOt(quinta)).toMatchObject({
      ot_principal: madre,
      num_reprogramacion: 5,
      id_pte_header: pte,
      oficio_ot: 'SIN NUMERO',
    })
  })

  it('a PTE that exists is used, whatever its case; one that does not is created PENDIENTE, with its steps and its mark', async () => {
    const existente = await crea.pte({ oficio_pte: 'La PTE' })
    await importar([
      inicial({ orden_trabajo: 'P1', id_pte_header_id: ' la  pte ' }),
      inicial({ orden_trabajo: 'P2', id_pte_header_id: 'NUEVA-P2' }),
    ])
    expect(await crea.leerOt(await unico('P1'))).toMatchObject({ id_pte_header: existente })
    const { rows } = await pool.query(
      "SELECT p.estatus, p.comentario, count(d.id)::int AS pasos FROM pte_header p LEFT JOIN pte_detalle d ON d.id_pte_header = p.id WHERE p.oficio_pte = 'NUEVA-P2' GROUP BY p.id",
    )
    expect(rows).toEqual([
      { estatus: 1, comentario: expect.stringContaining('Creada por la importación') as string, pasos: 14 },
    ])
  })

  it('is signed: one summary row, one CREAR per order, one MODIFICAR per field that changes', async () => {
    const filas = familia('FIRMA')
    const { lote } = await importar(filas)
    const madre = await unico('FIRMA')
    expect(await crea.leerBitacora(4, madre)).toMatchObject([
      { evento: 'CREAR', detalle: `INICIAL FIRMA (lote ${String(lote)})` },
    ])
    const { rows } = await pool.query(
      "SELECT detalle, usuario_id IS NOT NULL AS firmado FROM registro_actividad WHERE evento = 'IMPORTAR' ORDER BY id DESC LIMIT 1",
    )
    expect(rows).toEqual([{ detalle: expect.stringContaining('3 OT creadas') as string, firmado: true }])
    await importar([{ ...filas[1], oficio_ot: 'CAMBIADO', monto_usd: 7 }])
    expect((await crea.leerBitacora(4, madre)).slice(1)).toMatchObject([
      { evento: 'MODIFICAR', campo_clave: 'oficio_ot', anterior: 'PEP-1-2024', actual: 'CAMBIADO' },
      { evento: 'MODIFICAR', campo_clave: 'monto_usd', anterior: '$ 0.00', actual: '$ 7.00' },
    ])
    expect(await crea.leerOt(madre)).toMatchObject({ oficio_ot: 'CAMBIADO', monto_usd: 7, version: 2 })
  })

  it('the file of yesterday with three changes changes three orders, and its steps stay', async () => {
    const ayer = [...familia('TRES'), ...familia('CUATRO')]
    await importar(ayer)
    const pasos = await contar('ot_detalle')
    const hoy = ayer.map((fila, i) =>
      i < 3 && fila.num_reprogramacion !== null ? { ...fila, comentario: 'nuevo' } : fila,
    )
    const informe = await importar([...hoy, inicial({ orden_trabajo: 'CINCO', id_pte_header_id: 'PTE CINCO' })])
    expect(informe).toMatchObject({
      iniciales: { creadas: 1, actualizadas: 1, sin_cambio: 1 },
      reprogramaciones: { actualizadas: 1, sin_cambio: 3 },
    })
    expect(await contar('ot_detalle')).toBe(pasos + 10)
  })

  it('hostile texts are texts: stored as they are, and told as they are when they do not fit', async () => {
    const hostiles = [
      '<script>alert(1)</script>',
      '=cmd()|A1',
      "'; DROP TABLE ot; --",
      '{{7*7}} ${7*7} %s',
      'a_x0000_b_xD800_',
      '\u202eabc',
    ]
    const filas = hostiles.map((texto, i) =>
      inicial({
        orden_trabajo: `H${String(i)} ${texto}`,
        oficio_ot: texto,
        descripcion_trabajo: texto,
        responsable_cliente: texto,
        comentario: texto,
        id_pte_header_id: `H${String(i)} ${texto}`,
      }),
    )
    const larga = 'x'.repeat(10_000)
    const mala = inicial({
      orden_trabajo: larga,
      oficio_ot: larga,
      responsable_cliente: larga,
      fecha_inicio_real: `${larga}_x0000_`,
      monto_mxn: larga,
      id_frente: larga,
      id_pte_header_id: larga,
    })
    const informe = await importar([
      ...filas,
      mala,
      inicial({ orden_trabajo: 'H LARGA', descripcion_trabajo: larga, comentario: larga, id_pte_header_id: 'H LARGA' }),
    ])
    expect(informe.iniciales).toMatchObject({ creadas: hostiles.length + 1, rechazadas: 1 })
    expect(informe.errores.map(({ columna }) => columna)).toEqual([
      'orden_trabajo',
      'oficio_ot',
      'id_pte_header_id',
      'responsable_cliente',
      'fecha_inicio_real',
      'monto_mxn',
      'id_frente',
    ])
    expect(await crea.leerOt(await unico(`H2 '; DROP TABLE ot; --`))).toMatchObject({
      comentario: "'; DROP TABLE ot; --",
      oficio_ot: "'; DROP TABLE ot; --",
    })
    expect(await crea.leerOt(await unico('H4 ab'))).toMatchObject({ comentario: 'ab' })
    expect(await crea.leerOt(await unico('H LARGA'))).toMatchObject({ descripcion_trabajo: larga })
  })

  it('with todo-o-nada one bad row stops everything', async () => {
    const antes = await contar('ot')
    const informe = await aplicarImportacion(
      await app.ctxDe('superusuario'),
      guardar([...familia('TODO'), inicial({ orden_trabajo: 'MALA', estatus: 10 })]),
      { ...TODO, todoONada: true },
    )
    expect(informe).toMatchObject({
      lote: null,
      iniciales: { total: 2, creadas: 0, rechazadas: 2 },
      reprogramaciones: { total: 2, creadas: 0, rechazadas: 2 },
      ptes_creadas: 0,
    })
    expect(await contar('ot')).toBe(antes)
  })

  it('the analysis writes nothing and says what the import then does; applying another thing is refused', async () => {
    const ctx = await app.ctxDe('superusuario')
    const archivo = guardar(familia('ANALISIS'))
    const antes = await Promise.all([contar('ot'), contar('pte_header'), contar('registro_actividad')])
    const analisis = await analizarImportacion(ctx, archivo, TODO)
    expect(analisis).toMatchObject({
      lote: null,
      simulado: true,
      iniciales: { creadas: 1 },
      ptes_creadas: 1,
      cuantas: { crear: 3 },
    })
    expect(await Promise.all([contar('ot'), contar('pte_header'), contar('registro_actividad')])).toEqual(antes)
    await crea.pte({ oficio_pte: 'PTE ANALISIS' })
    await expect(aplicarImportacion(ctx, archivo, { ...TODO, huella: analisis.huella })).rejects.toMatchObject({
      estado: 409,
      codigo: 'PLAN',
    })
    const { huella } = await analizarImportacion(ctx, archivo, TODO)
    expect(await aplicarImportacion(ctx, archivo, { ...TODO, huella })).toMatchObject({ iniciales: { creadas: 1 } })
  })

  it('two at once: the second is told', async () => {
    const otra = await pool.connect()
    try {
      await otra.query('BEGIN')
      await otra.query('SELECT pg_advisory_xact_lock(734502)')
      await expect(importar(familia('DOS'))).rejects.toMatchObject({
        estado: 409,
        detalles: expect.stringContaining('Ya hay una importación en curso') as string,
      })
    } finally {
      await otra.query('ROLLBACK')
      otra.release()
    }
    expect((await importar(familia('DOS'))).lote).toBeGreaterThan(0)
  })

  it('a failure in the middle leaves nothing', async () => {
    const antes = await Promise.all([
      contar('ot'),
      contar('ot_detalle'),
      contar('pte_header'),
      contar('lote_importacion'),
    ])
    await pool.query(
      "CREATE FUNCTION romper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'roto'; END $$",
    )
    await pool.query('CREATE TRIGGER roto BEFORE INSERT ON ot_detalle FOR EACH STATEMENT EXECUTE FUNCTION romper()')
    await expect(importar(familia('ROTA'))).rejects.toThrow()
    await pool.query('DROP TRIGGER roto ON ot_detalle')
    expect(
      await Promise.all([contar('ot'), contar('ot_detalle'), contar('pte_header'), contar('lote_importacion')]),
    ).toEqual(antes)
  })

  it('a database that already has the folios keeps what the person that created them did', async () => {
    const id = await crea.ot({ orden_trabajo: 'A MANO', oficio_ot: 'VIEJO', comentario: 'mío' })
    const informe = await importar([
      inicial({ orden_trabajo: 'a mano', id_pte_header_id: 'PTE A MANO', comentario: 'mío' }),
    ])
    expect(informe.iniciales).toMatchObject({ actualizadas: 1, creadas: 0 })
    expect(await crea.leerOt(id)).toMatchObject({ orden_trabajo: 'a mano', oficio_ot: 'PEP-1-2024', comentario: 'mío' })
    expect(await crea.leerPasos(id)).toEqual([])
  })
})

describe('undo', () => {
  const deshacer = async (lote: number): Promise<Awaited<ReturnType<typeof deshacerLote>>> =>
    deshacerLote(await app.ctxDe('superusuario'), lote)

  it('what the batch created goes with its steps and its PTEs; importing again creates it again', async () => {
    const antes = await Promise.all([contar('ot'), contar('ot_detalle'), contar('pte_header')])
    const filas = familia('IDA')
    const { lote } = await importar(filas)
    expect(await deshacer(lote)).toEqual({
      lote,
      ots_borradas: 3,
      ots_restauradas: 0,
      ptes_borradas: 1,
      conservadas: [],
    })
    expect(await Promise.all([contar('ot'), contar('ot_detalle'), contar('pte_header')])).toEqual(antes)
    expect(await importar(filas)).toMatchObject({ iniciales: { creadas: 1 }, reprogramaciones: { creadas: 2 } })
  })

  it('what it changed returns to what it was', async () => {
    const filas = familia('VUELTA')
    await importar(filas)
    const id = await unico('VUELTA')
    const antes = await crea.leerOt(id)
    const { lote } = await importar([
      {
        ...filas[1],
        oficio_ot: 'OTRO',
        monto_mxn: '9.99',
        fecha_inicio_real: '1/2/2024',
        id_pte_header_id: 'PTE DE PASO',
      },
    ])
    expect(await crea.leerOt(id)).toMatchObject({ oficio_ot: 'OTRO', monto_mxn: 9.99, fecha_inicio_real: '2024-02-01' })
    expect(await deshacer(lote)).toMatchObject({
      ots_borradas: 0,
      // The two reprogramaciones followed the PTE of their initial order, and come back with it.
      ots_restauradas: 3,
      ptes_borradas: 1,
      conservadas: [],
    })
    expect(await crea.leerOt(id)).toEqual({ ...antes, version: 3 })
    expect((await aplicarImportacion(await app.ctxDe('superusuario'), guardar(filas), TODO)).lote).toBeNull()
  })

  it('the log tells what goes back in words, and the page of an earlier batch still shows its own changes', async () => {
    const fila = inicial({ orden_trabajo: 'PALABRAS', oficio_ot: 'A-1' })
    await importar([fila])
    const { lote: uno } = await importar([{ ...fila, oficio_ot: 'A-2' }])
    const { lote: dos } = await importar([{ ...fila, oficio_ot: 'A-2', fecha_inicio_real: '2024-03-05' }])
    await deshacer(dos)
    const { rows } = await pool.query(
      'SELECT campo, campo_clave, valor_anterior, valor_actual FROM registro_actividad WHERE detalle = $1',
      [`PALABRAS al deshacer el lote ${String(dos)}`],
    )
    expect(rows).toEqual([
      {
        campo: 'Fecha de inicio real',
        campo_clave: 'fecha_inicio_real',
        valor_anterior: '05/03/2024',
        valor_actual: '',
      },
    ])
    const { agente } = await app.entrarComo('superusuario')
    const { body } = await agente
      .get(`/operaciones/ot/importar/lotes/${String(uno)}/lista/`)
      .query({ lista: 'cambios' })
    expect(body).toMatchObject({ total: 1, filas: [{ campo: 'Oficio OT', antes: 'A-1', despues: 'A-2' }] })
  })

  it('what a person edited afterwards stays and is listed: the order, its principal, its PTE', async () => {
    const { lote } = await importar([...familia('EDITADA'), ...familia('INTACTA')])
    const [madre, hija = 0] = await ids('EDITADA')
    await pool.query('UPDATE ot SET comentario = $2, version = version + 1 WHERE id = $1', [hija, 'a mano'])
    const resumen = await deshacer(lote)
    expect(resumen).toMatchObject({ ots_borradas: 4, ptes_borradas: 1 })
    expect(resumen.conservadas).toEqual([
      { tabla: 'ot', id: madre, folio: 'EDITADA', motivo: 'se conserva una de sus reprogramaciones' },
      { tabla: 'ot', id: hija, folio: 'EDITADA', motivo: 'alguien la cambió después de importarla' },
    ])
    expect(await ids('EDITADA')).toEqual([madre, hija])
    expect(await ids('INTACTA')).toEqual([])
  })

  it('a step moved by a person keeps its order', async () => {
    const { lote } = await importar([inicial({ orden_trabajo: 'PASO', id_pte_header_id: 'PTE PASO' })])
    const id = await unico('PASO')
    await pool.query(
      'UPDATE ot_detalle SET estatus_paso = 3, version = version + 1 WHERE id = (SELECT min(id) FROM ot_detalle WHERE id_ot = $1)',
      [id],
    )
    expect(await deshacer(lote)).toMatchObject({ ots_borradas: 0, ptes_borradas: 0, conservadas: [{ id }] })
  })

  it('a field that a person changed again stays; the others return', async () => {
    const filas = familia('CAMPO')
    await importar(filas)
    const id = await unico('CAMPO')
    const { lote } = await importar([{ ...filas[1], oficio_ot: 'DEL LOTE', comentario: 'del lote' }])
    await pool.query("UPDATE ot SET oficio_ot = 'A MANO', version = version + 1 WHERE id = $1", [id])
    expect(await deshacer(lote)).toMatchObject({
      ots_restauradas: 1,
      conservadas: [{ id, motivo: 'alguien cambió después: oficio_ot' }],
    })
    expect(await crea.leerOt(id)).toMatchObject({ oficio_ot: 'A MANO', comentario: '' })
  })

  it('is refused with the reason when something else depends on a row', async () => {
    const { lote } = await importar([inicial({ orden_trabajo: 'DEPENDE', id_pte_header_id: 'PTE DEPENDE' })])
    await crea.reprogramacion(await unico('DEPENDE'), { orden_trabajo: 'DEPENDE', num_reprogramacion: 1 })
    await expect(deshacer(lote)).rejects.toMatchObject({
      estado: 409,
      detalles: expect.stringContaining('DEPENDE tiene la reprogramación 1') as string,
    })
    expect(await ids('DEPENDE')).toHaveLength(2)
  })

  it('is refused while a later batch that changed the same orders stands', async () => {
    const filas = familia('POSTERIOR')
    const { lote: primero } = await importar(filas)
    const { lote: segundo } = await importar([{ ...filas[1], comentario: 'después' }])
    await expect(deshacer(primero)).rejects.toMatchObject({
      detalles: expect.stringContaining('deshaz primero ese lote') as string,
    })
    await deshacer(segundo)
    expect(await deshacer(primero)).toMatchObject({ ots_borradas: 3, conservadas: [] })
  })

  it('twice, or of a batch that does not exist, is refused', async () => {
    const { lote } = await importar([inicial({ orden_trabajo: 'UNA VEZ', id_pte_header_id: 'PTE UNA VEZ' })])
    await deshacer(lote)
    await expect(deshacer(lote)).rejects.toMatchObject({ estado: 409 })
    await expect(deshacer(999_999)).rejects.toMatchObject({ estado: 404 })
  })
})

const REAL = new URL('../../../../shared/fixtures/ot/OT_IMPORTAR.xlsx', import.meta.url).pathname

describe(`the owner's workbook${existsSync(REAL) ? '' : ` (not run: ${REAL} is not on this machine)`}`, () => {
  it.skipIf(!existsSync(REAL))(
    'every good row goes in, exactly the bad cells are reported, and it can be undone',
    async () => {
      const antes = await Promise.all([contar('ot'), contar('ot_detalle'), contar('pte_header')])
      const ctx = await app.ctxDe('superusuario')
      const informe = await aplicarImportacion(ctx, { ruta: REAL, nombre: 'OT_IMPORTAR.xlsx' }, TODO)
      expect(informe).toMatchObject({
        filas: 286,
        iniciales: { total: 136, creadas: 134, rechazadas: 2 },
        reprogramaciones: { total: 150, creadas: 143, rechazadas: 7 },
        otras: { total: 0, rechazadas: 0 },
      })
      expect(
        informe.errores
          .filter(({ mensaje }) => !mensaje.includes('su OT inicial se rechazó'))
          .map(({ celda }) => celda),
      ).toEqual(['F9', 'H119', 'F165'])
      const { rows } = await pool.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM ot o JOIN lote_cambio c ON c.id_registro = o.id AND c.tabla = 'ot' WHERE c.id_lote = $1 AND (o.fecha_termino_programado < o.fecha_inicio_programado OR o.fecha_termino_real < o.fecha_inicio_real)",
        [informe.lote],
      )
      expect(rows).toEqual([{ n: 6 }])
      expect(await aplicarImportacion(ctx, { ruta: REAL, nombre: 'OT_IMPORTAR.xlsx' }, TODO)).toMatchObject({
        lote: null,
        ptes_creadas: 0,
      })
      expect(await deshacerLote(ctx, informe.lote ?? 0)).toMatchObject({ ots_borradas: 277, conservadas: [] })
      expect(await Promise.all([contar('ot'), contar('ot_detalle'), contar('pte_header')])).toEqual(antes)
    },
  )
})
