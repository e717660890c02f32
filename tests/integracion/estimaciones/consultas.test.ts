// Queries of each page and command of billing: the same for ten lines and for a hundred (settled.md §8).
import { expect, it } from 'vitest'
import { sumarDias, fechaIso } from '../../../src/comun/fechas.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'
import { SEMILLA } from '../../apoyo/fabricas.ts'
import { fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-06-20T18:00:00Z' })
const crea = fabricasProduccion(app.conexion.pool)
const captura = await app.entrarComo('estimaciones')
const autoriza = await app.entrarComo('administrador')
const BASE = '/operaciones/estimaciones'

type Cuerpo = Record<string, unknown>

/** A family with that many rows that may be billed, two of each day, all of them of one partida. */
async function familia(filas: number): Promise<{ ot: number; ids: number[] }> {
  const { ot, P3 } = await escenaDeEstimacion(app.conexion.pool)
  const ids: number[] = []
  for (let i = 0; i < filas; i += 2) {
    const fecha = sumarDias(fechaIso('2026-03-01'), i / 2)
    for (const tipo of ['TE', 'CMA'] as const)
      ids.push(await crea.produccion(P3, { fecha, volumen: '2.5', sitio: SEMILLA.embarcacion, tipo }))
    await crea.reporteDiario({ ot, fecha, sitio: SEMILLA.embarcacion })
  }
  return { ot, ids }
}

/** Goes through the whole module and says how many queries each address took. */
async function recorrer(filas: number): Promise<Record<string, number>> {
  const { ot, ids } = await familia(filas)
  const vistas: Record<string, number> = {}
  const anotar = (nombre: string, estado: number, texto: string): void => {
    expect([nombre, estado, estado === 200 ? '' : texto]).toEqual([nombre, 200, ''])
    vistas[nombre] = Number(app.lineas.findLast(({ consultas }) => consultas !== undefined)?.['consultas'])
  }
  const pedir = async (
    ruta: string,
    consulta: Record<string, string | number> = {},
    nombre = ruta,
  ): Promise<Cuerpo> => {
    const { status, body, text } = await captura.agente.get(`${BASE}/${ruta}`).query(consulta)
    anotar(nombre, status, text)
    return body as Cuerpo
  }
  const enviar = async (ruta: string, cuerpo: Cuerpo, nombre = ruta, { agente } = captura): Promise<Cuerpo> => {
    const { status, body, text } = await agente.post(`${BASE}/${ruta}/`).send(cuerpo)
    anotar(nombre, status, text)
    return body as Cuerpo
  }
  const periodo = { id_ot: ot, fecha_desde: '2026-03-01', fecha_hasta: '2026-05-31' }
  await pedir('candidatas/', periodo)
  await pedir('nueva/', { id_ot: ot })
  const unClic = await enviar('crear', { ...periodo, fecha_estimacion: '2026-05-31' }, 'crear en un clic')
  await enviar(
    'cambiar_estatus',
    { id: unClic['id_nuevo'], version: unClic['version'], estatus: 'CANCELADA', motivo: 'prueba' },
    'cancelar',
  )
  const detalles = ids.map((id_produccion) => ({ id_produccion }))
  const creada = await enviar('crear', { ...periodo, fecha_estimacion: '2026-05-31', detalles })
  const id = Number(creada['id_nuevo'])
  let version = creada['version']
  const cambiar = async (ruta: string, cuerpo: Cuerpo, nombre = ruta, quien = captura): Promise<void> => {
    version = (await enviar(ruta, { id, version, ...cuerpo }, nombre, quien))['version']
  }
  const { data } = (await pedir('detalle/datatable/', { id, agrupado: 0, length: -1 }, 'detalle por línea')) as {
    data: { id_detalle: number }[]
  }
  expect(data).toHaveLength(filas)
  const porConcepto = await pedir('detalle/datatable/', { id, agrupado: 1, draw: 7 }, 'detalle por concepto')
  expect([porConcepto['draw'], porConcepto['recordsTotal']]).toEqual([7, 1])
  const suyas = data.map(({ id_detalle }) => id_detalle)
  await cambiar('ajustar_detalle', { id_detalle: suyas[0], volumen_estimado: '1', comentario_ajuste: 'medición' })
  await cambiar('quitar_detalles', { ids_detalle: suyas.slice(filas / 2) })
  await cambiar('agregar_detalles', { ids_produccion: ids.slice(filas / 2) })
  await cambiar('actualizar_precios', {})
  await cambiar('editar', { comentario: 'prueba' })
  await cambiar('cambiar_estatus', { estatus: 'ENVIADA' }, 'enviar')
  await cambiar(
    'rechazar_detalle',
    { id_detalle: suyas[1], comentario_ajuste: 'no procede' },
    'rechazar una línea',
    autoriza,
  )
  await cambiar('cambiar_estatus', { estatus: 'AUTORIZADA', fecha_autorizacion: '2026-06-01' }, 'autorizar', autoriza)
  await pedir('obtener/', { id })
  await pedir(`${String(id)}/`, {}, 'página')
  await pedir('exportar_excel/', { id })
  await pedir('exportar_pdf/', { id })
  await pedir('datatable/', { id_ot: ot, draw: 1, start: 0, length: 10 })
  await pedir('', {}, 'lista')
  return vistas
}

it('asks the database as many times for ten lines as for a hundred', async () => {
  const pocas = await recorrer(10)
  const muchas = await recorrer(100)
  expect(muchas).toEqual(pocas)
})
