import { randomUUID } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { cargarDemo } from '../../prisma/seed/demo/cargar.ts'
import { limpiarDemo } from '../../prisma/seed/demo/limpiar.ts'
import { diaLocal } from '../../src/comun/fechas.ts'
import { invarianteDeContenido } from '../../src/modulos/archivos/archivos.invariantes.ts'
import { DISTANCIA_DE_PARECIDO } from '../../src/modulos/archivos/index.ts'
import { INVARIANTES_ANEXO } from '../../src/modulos/anexo/anexo.invariantes.ts'
import { INVARIANTES_ESTIMACIONES } from '../../src/modulos/estimaciones/estimaciones.invariantes.ts'
import { INVARIANTES_RADAR } from '../../src/modulos/estimaciones/radar/radar.invariantes.ts'
import { verRadar } from '../../src/modulos/estimaciones/radar/radar.service.ts'
import { INVARIANTES_OT } from '../../src/modulos/ot/ot.invariantes.ts'
import { INVARIANTES_PRODUCCION } from '../../src/modulos/produccion/produccion.invariantes.ts'
import { INVARIANTES_PTE } from '../../src/modulos/pte/pte.invariantes.ts'
import type { Contexto } from '../../src/plataforma/contexto.ts'
import { hayDemo } from '../../src/plataforma/demo.ts'
import { almacenEnDisco } from '../../src/plataforma/almacen-disco.ts'
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

const PROMESAS = [
  ...INVARIANTES_PTE,
  ...INVARIANTES_OT,
  ...INVARIANTES_ANEXO,
  ...INVARIANTES_PRODUCCION,
  ...INVARIANTES_ESTIMACIONES,
  ...INVARIANTES_RADAR,
]
const QUIENES_COBRAN = ['demo.administrador', 'demo.estimaciones']
const SIN_FILTROS = { idOt: null, idCliente: null, idSitio: null, antiguedad: null }
const rotas = async () => (await comprobar(ctx, PROMESAS)).filter(({ correcto }) => !correcto)

const contar = () =>
  uno<Record<string, number>>(
    `SELECT json_build_object('ot', (SELECT count(*) FROM ot), 'pasos', (SELECT count(*) FROM ot_detalle), 'pte', (SELECT count(*) FROM pte_header),
      'sitio', (SELECT count(*) FROM sitio), 'responsable', (SELECT count(*) FROM responsable_proyecto), 'user', (SELECT count(*) FROM "user"), 'produccion', (SELECT count(*) FROM produccion),
      'partida', (SELECT count(*) FROM partida_anexo_importada), 'concepto', (SELECT count(*) FROM concepto_consolidado), 'programa', (SELECT count(*) FROM partida_proyectada),
      'mes', (SELECT count(*) FROM reporte_mensual_header), 'gpu', (SELECT count(*) FROM registro_generadores_pu), 'guardia', (SELECT count(*) FROM guardias),
      'superintendente', (SELECT count(*) FROM superintendente), 'estimacion', (SELECT count(*) FROM estimacion_header), 'linea', (SELECT count(*) FROM estimacion_detalle),
      'deduccion', (SELECT count(*) FROM estimacion_deduccion), 'prueba', (SELECT count(*) FROM estimacion_prueba), 'resumen', (SELECT count(*) FROM estimacion_prueba_resumen),
      'instantanea', (SELECT count(*) FROM estimacion_instantanea), 'tasa', (SELECT count(*) FROM tipo_cambio), 'usual', (SELECT count(*) FROM deduccion_usual),
      'marcas', (SELECT count(*) FROM dato_demo), 'guardas apagadas', (SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D')) AS valor`,
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

  it('obeys every promise, and the ones it leaves behind when it goes', async () => {
    await cargar()
    expect(await rotas()).toEqual([])
    await limpiar()
    expect(await rotas()).toEqual([])
  })

  it('bills through the services: every status, two people, and every bucket of the radar', async () => {
    const cargado = await cargar()
    const estatus = await uno<Record<string, number>>(
      `SELECT json_object_agg(clave, n) AS valor FROM (SELECT id_estatus_cobro AS clave, count(*) AS n FROM estimacion_header GROUP BY 1) x`,
    )
    expect(new Set(Object.keys(estatus).map(Number))).toEqual(new Set([24, 25, 26, 27, 13, 28, 29]))
    expect(cargado?.estimaciones).toBe(Object.values(estatus).reduce((a, b) => a + b, 0))
    expect(await uno('SELECT count(*)::int AS valor FROM tipo_cambio')).toBe(cargado?.tiposDeCambio)
    expect(
      await uno(
        'SELECT count(*)::int AS valor FROM estimacion_header WHERE autorizado_por = enviado_por OR tipo_cambio_dia IS NULL OR fecha_estimacion > current_date',
      ),
    ).toBe(0)
    expect(await uno('SELECT count(DISTINCT creado_por)::int AS valor FROM estimacion_header')).toBe(2)
    for (const con of [
      "estimacion_detalle WHERE volumen_estimado < volumen_actual AND NOT rechazada AND comentario_ajuste <> ''",
      "estimacion_detalle WHERE rechazada AND comentario_ajuste <> ''",
      'estimacion_deduccion WHERE porcentaje IS NOT NULL',
      'estimacion_deduccion WHERE porcentaje IS NULL AND importe_mn > 0',
    ])
      expect(await uno<number>(`SELECT count(*)::int AS valor FROM ${con}`), con).toBeGreaterThan(0)
    const { radar } = await verRadar(ctx, { filtros: SIN_FILTROS, por: 'ot', moneda: 'mn', inicio: 0, limite: 10 })
    expect(Object.entries(radar.apartados).filter(([, { piezas }]) => piezas === 0)).toEqual([])
  })

  it('leaves alone the rates, deductions and estimations of people, and tells what it keeps', async () => {
    await conexion.pool.query(
      `INSERT INTO tipo_cambio (fecha, valor, fuente) VALUES ('2026-11-19', 20.5, 'Banco'); INSERT INTO deduccion_usual (orden, nombre, porcentaje) VALUES (1, 'Mía', 2)`,
    )
    await cargar()
    expect(await uno(`SELECT valor::text AS valor FROM tipo_cambio WHERE fecha = '2026-11-19'`)).toBe('20.5000')
    const tocada = await uno<{ ot: number; dia: string }>(
      `UPDATE estimacion_header SET comentario = 'x', version = version + 1 WHERE id = (SELECT max(id) FROM estimacion_header) RETURNING json_build_object('ot', id_ot, 'dia', tipo_cambio_dia) AS valor`,
    )
    const { conservados } = await limpiar()
    expect(conservados.filter(({ tabla }) => tabla === 'ot').map(({ motivo }) => motivo)).toContain(
      'alguien cambió sus estimaciones',
    )
    expect(conservados.filter(({ tabla }) => tabla === 'tipo_cambio')).toContainEqual({
      tabla: 'tipo_cambio',
      descripcion: tocada.dia,
      motivo: 'lo usan estimaciones que se conservan',
    })
    expect(await uno('SELECT array_agg(DISTINCT id_ot::int) AS valor FROM estimacion_header')).toEqual([tocada.ot])
    expect(await rotas()).toEqual([])
    expect((await limpiar(true)).conservados).toEqual([])
    expect(await uno('SELECT count(*)::int AS valor FROM estimacion_header')).toBe(0)
    expect(await uno('SELECT array_agg(fuente) AS valor FROM tipo_cambio')).toEqual(['Banco'])
    expect(await uno('SELECT array_agg(nombre) AS valor FROM deduccion_usual')).toEqual(['Mía'])
    await conexion.pool.query('DELETE FROM tipo_cambio; DELETE FROM deduccion_usual')
  })

  it('two loads at once make one company', async () => {
    const resultados = await Promise.all([cargar(), cargar()])
    expect(resultados.filter((resultado) => resultado !== null)).toHaveLength(1)
    expect(await uno('SELECT count(*)::int AS valor FROM ot')).toBe(352)
  })

  it('brings photos of its signed GPUs, each of them different, and takes them away from the store too', async () => {
    const carpeta = mkdtempSync(join(tmpdir(), 'sascop-demo-fotos-'))
    onTestFinished(() => {
      rmSync(carpeta, { recursive: true, force: true })
    })
    const almacen = almacenEnDisco(carpeta)
    const archivos = () =>
      readdirSync(carpeta, { recursive: true, withFileTypes: true }).filter((entrada) => entrada.isFile()).length
    expect((await cargarDemo(ctx, { produccion: false, almacen }))?.fotos).toBe(48)
    expect(archivos()).toBe(96)
    expect(
      await uno(`SELECT json_build_object('gpus', count(DISTINCT e.id_gpu), 'archivos', count(DISTINCT e.id_archivo), 'firmados', bool_and(g.fecha_firma IS NOT NULL),
        'antes de firmar', bool_and(e.fecha <= g.fecha_firma)) AS valor FROM evidencia_gpu e JOIN registro_generadores_pu g ON g.id = e.id_gpu`),
    ).toEqual({ gpus: 24, archivos: 48, firmados: true, 'antes de firmar': true })
    expect(
      await uno("SELECT count(*)::int AS valor FROM estimacion_instantanea WHERE contenido::text LIKE '%miniaturas/%'"),
    ).toBeGreaterThan(3)
    // No photo looks like another one: a warning about a repeated photo in the demo would be a lie.
    expect(
      await uno(`SELECT count(*)::int AS valor FROM archivo a JOIN archivo b ON b.id > a.id
        WHERE bit_count(a.huella_perceptual # b.huella_perceptual) <= ${String(DISTANCIA_DE_PARECIDO)}`),
    ).toBe(0)
    const comprobaciones = await comprobar(ctx, [...INVARIANTES_PRODUCCION, invarianteDeContenido(almacen)])
    expect(comprobaciones.filter(({ correcto }) => !correcto)).toEqual([])
    const { quitados, conservados } = await limpiarDemo(ctx, { conEditados: false, almacen })
    expect([quitados.fotos, conservados, archivos()]).toEqual([48, [], 0])
    expect(await uno('SELECT count(*)::int AS valor FROM archivo')).toBe(0)
    expect(await hayDemo(conexion.bd)).toBe(false)
  })

  it('is refused in production', async () => {
    await expect(cargarDemo(ctx, { produccion: true })).rejects.toThrow('producción')
    expect(await hayDemo(conexion.bd)).toBe(false)
  })

  it('goes away whole and leaves everything as it was', async () => {
    const antes = await contar()
    await cargar()
    const { conservados, desactivados } = await limpiar()
    // The log is never rewritten: whom it names stays, without access.
    expect({ conservados, desactivados }).toEqual({ conservados: [], desactivados: QUIENES_COBRAN })
    const despues = await contar()
    expect({ ...despues, user: 0 }).toEqual({ ...antes, user: 0 })
    expect(await uno('SELECT array_agg(username ORDER BY 1) AS valor FROM "user" WHERE NOT is_active')).toEqual(
      QUIENES_COBRAN,
    )
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
    expect([...(await limpiar()).desactivados].sort()).toEqual([
      'demo.administrador',
      'demo.consulta',
      'demo.estimaciones',
    ])
    expect(await uno(`SELECT is_active AS valor FROM "user" WHERE username = 'demo.consulta'`)).toBe(false)
    expect((await cargar())?.usuarios).toHaveLength(4)
    expect(await uno(`SELECT is_active AS valor FROM "user" WHERE username = 'demo.consulta'`)).toBe(true)
  })
})
