import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { cargarDemo } from '../../prisma/seed/demo/cargar.ts'
import { limpiarDemo } from '../../prisma/seed/demo/limpiar.ts'
import { diaLocal } from '../../src/comun/fechas.ts'
import { INVARIANTES_ANEXO } from '../../src/modulos/anexo/anexo.invariantes.ts'
import { INVARIANTES_OT } from '../../src/modulos/ot/ot.invariantes.ts'
import { INVARIANTES_PRODUCCION } from '../../src/modulos/produccion/produccion.invariantes.ts'
import { INVARIANTES_PTE } from '../../src/modulos/pte/pte.invariantes.ts'
import type { Contexto } from '../../src/plataforma/contexto.ts'
import { hayDemo } from '../../src/plataforma/demo.ts'
import { comprobar } from '../../src/plataforma/invariantes.ts'
import { baseDePruebas } from '../apoyo/bd.ts'

const { conexion } = await baseDePruebas()
const ahora = new Date('2026-11-21T18:00:00Z')
const ctx: Contexto = {
  usuario: null,
  sistema: true,
  permisos: new Set(),
  solicitudId: 'prueba',
  transaccion: randomUUID(),
  ip: null,
  agente: 'prueba',
  ahora,
  hoy: diaLocal(ahora),
  bd: conexion.bd,
}
const cargar = () => cargarDemo(ctx, { produccion: false })
const limpiar = (conEditados = false) => limpiarDemo(ctx, { conEditados })

async function uno<T>(texto: string): Promise<T> {
  const { rows } = await conexion.pool.query<{ valor: T }>(texto)
  return rows[0]?.valor as T
}

const contar = () =>
  uno<Record<string, number>>(
    `SELECT json_build_object('ot', (SELECT count(*) FROM ot), 'pasos', (SELECT count(*) FROM ot_detalle), 'pte', (SELECT count(*) FROM pte_header),
      'sitio', (SELECT count(*) FROM sitio), 'responsable', (SELECT count(*) FROM responsable_proyecto), 'user', (SELECT count(*) FROM "user"), 'produccion', (SELECT count(*) FROM produccion),
      'partida', (SELECT count(*) FROM partida_anexo_importada), 'concepto', (SELECT count(*) FROM concepto_consolidado), 'programa', (SELECT count(*) FROM partida_proyectada),
      'mes', (SELECT count(*) FROM reporte_mensual_header), 'gpu', (SELECT count(*) FROM registro_generadores_pu), 'guardia', (SELECT count(*) FROM guardias),
      'superintendente', (SELECT count(*) FROM superintendente)) AS valor`,
  )

beforeEach(async () => {
  await conexion.pool.query(
    "UPDATE ot SET version = 1 WHERE version <> 1; DELETE FROM ot WHERE id NOT IN (SELECT id_registro FROM dato_demo WHERE tabla = 'ot')",
  )
  await limpiar(true)
})

describe('demo data', () => {
  it('is loaded once, in time for a first start', async () => {
    const inicio = performance.now()
    expect((await cargar())?.ots).toBe(352)
    expect(performance.now() - inicio).toBeLessThan(15_000)
    expect(await hayDemo(conexion.bd)).toBe(true)
    const antes = await contar()
    expect(await cargar()).toBeNull()
    expect(await contar()).toEqual(antes)
  })

  it('obeys every promise of PTEs, OTs, annexes and production', async () => {
    await cargar()
    const comprobaciones = await comprobar(ctx, [
      ...INVARIANTES_PTE,
      ...INVARIANTES_OT,
      ...INVARIANTES_ANEXO,
      ...INVARIANTES_PRODUCCION,
    ])
    expect(comprobaciones.filter(({ correcto }) => !correcto)).toEqual([])
  })

  it('two loads at once make one company', async () => {
    const resultados = await Promise.all([cargar(), cargar()])
    expect(resultados.filter((resultado) => resultado !== null)).toHaveLength(1)
    expect(await uno('SELECT count(*)::int AS valor FROM ot')).toBe(352)
  })

  it('is refused in production', async () => {
    await expect(cargarDemo(ctx, { produccion: true })).rejects.toThrow('producción')
    expect(await hayDemo(conexion.bd)).toBe(false)
  })

  it('goes away whole and leaves everything as it was', async () => {
    const antes = await contar()
    await cargar()
    const { conservados, desactivados } = await limpiar()
    expect({ conservados, desactivados }).toEqual({ conservados: [], desactivados: [] })
    expect(await contar()).toEqual(antes)
    expect(await hayDemo(conexion.bd)).toBe(false)
  })

  it('keeps and tells what a person edited, with the rows it needs', async () => {
    await cargar()
    const ot = await uno<number>(
      'UPDATE ot SET version = 2 WHERE id = (SELECT max(id) FROM ot WHERE id_tipo = 5) RETURNING id::int AS valor',
    )
    const principal = await uno<number>(`SELECT ot_principal::int AS valor FROM ot WHERE id = ${String(ot)}`)
    const { conservados } = await limpiar()
    expect(conservados.filter(({ tabla }) => tabla === 'ot').map(({ motivo }) => motivo)).toEqual([
      'tiene reprogramaciones que se conservan',
      'alguien la editó',
    ])
    expect(await uno('SELECT array_agg(id::int ORDER BY id) AS valor FROM ot')).toEqual([principal, ot])
    expect(conservados.map(({ tabla }) => tabla)).toContain('pte_header')
    expect(await hayDemo(conexion.bd)).toBe(true)
    expect((await limpiar(true)).conservados).toEqual([])
    expect(await hayDemo(conexion.bd)).toBe(false)
  })

  it('keeps what something of a person hangs from, even when the edited ones go', async () => {
    await cargar()
    const principal = await uno<number>('SELECT min(id)::int AS valor FROM ot WHERE id_tipo = 4')
    await conexion.pool.query(
      `INSERT INTO ot (id_tipo, ot_principal, num_reprogramacion, id_pte_header, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente)
       SELECT 5, id, 90, id_pte_header, orden_trabajo, 'de una persona', id_responsable_proyecto, 'X' FROM ot WHERE id = ${String(principal)}`,
    )
    const { conservados } = await limpiar(true)
    expect(new Set(conservados.map(({ tabla }) => tabla))).toEqual(
      new Set(['ot', 'pte_header', 'responsable_proyecto', 'sitio']),
    )
    expect(await uno('SELECT count(*)::int AS valor FROM ot')).toBe(2)
  })

  it('deactivates a demo user whom the log names, and a later load brings the user back', async () => {
    await cargar()
    await conexion.pool.query(
      `INSERT INTO registro_actividad (tabla_log, evento, campo, afectacion, usuario_id) SELECT 4, 'MODIFICAR', 'Comentario', 'OT', id FROM "user" WHERE username = 'demo.consulta'`,
    )
    expect((await limpiar()).desactivados).toEqual(['demo.consulta'])
    expect(await uno(`SELECT is_active AS valor FROM "user" WHERE username = 'demo.consulta'`)).toBe(false)
    expect((await cargar())?.usuarios).toHaveLength(4)
    expect(await uno(`SELECT is_active AS valor FROM "user" WHERE username = 'demo.consulta'`)).toBe(true)
  })
})
