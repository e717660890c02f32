/** Writes the annexes, the production, the signatures and the guards of the demo orders. */
import { claveDeConcepto, huellaDeClave } from '../../../src/modulos/anexo/index.ts'
import { huellaDelDia } from '../../../src/modulos/produccion/diario/firma.repo.ts'
import { NOTA_DE_EXCEDENTE } from '../../../src/modulos/produccion/gpu/gpu.tipos.ts'
import { ejecutar } from '../../../src/plataforma/bd.ts'
import type { CtxTx } from '../../../src/plataforma/contexto.ts'
import { sql } from '../../../src/plataforma/sql.ts'
import { anotar, insertar, reservar } from './escribir.ts'
import type { FilaOt } from './generar.ts'
import { generarProduccion } from './produccion.ts'
import type { FilaDiaria, ProduccionDeDemo } from './produccion.filas.ts'

/** @returns how many rows of production. */
export async function cargarProduccion(
  tx: CtxTx,
  { ots, usuarios }: { ots: readonly FilaOt[]; usuarios: readonly { readonly id: number; readonly grupo: string }[] },
): Promise<number> {
  const datos = generarProduccion({ hoy: tx.hoy, ots })
  const quien = (grupo: string): number | null => usuarios.find((persona) => persona.grupo === grupo)?.id ?? null
  const [captura, firma] = [quien('operaciones'), quien('administrador')]
  const partidaDe = await escribirAnexos(tx, datos, firma)
  // Signed days and closed months come with what they hold.
  await ejecutar(tx.bd, sql`SELECT set_config('sascop.reacomodo', 'on', true)`)
  const mensual = numerar(await reservar(tx, 'reporte_mensual_header', datos.mensuales.length))
  const produccion = numerar(await reservar(tx, 'produccion', datos.producciones.length))
  const mensuales = datos.mensuales.map((fila) => ({
    ...fila,
    id: mensual(fila.id),
    cerrado_por: fila.fecha_cierre === null ? null : firma,
  }))
  await insertar(tx, 'reporte_mensual_header', mensuales)
  await anotar(
    tx,
    'reporte_mensual_header',
    mensuales.map(({ id, anio, mes }) => ({ id, descripcion: `${String(anio)}-${String(mes).padStart(2, '0')}` })),
  )
  await insertar(
    tx,
    'produccion',
    datos.producciones.map((fila) => ({
      ...fila,
      ...partidaDe(fila),
      id: produccion(fila.id),
      id_reporte_mensual: mensual(fila.id_reporte_mensual),
      usuario_captura: captura,
      usuario_actualizacion: captura,
      fecha_actualizacion: fila.fecha_captura,
      id_estatus_cobro: 12,
      comentario: '',
    })),
  )
  const gpu = numerar(await reservar(tx, 'registro_generadores_pu', datos.gpus.length))
  await insertar(
    tx,
    'registro_generadores_pu',
    datos.gpus.map(({ excedente, ...fila }) => ({
      ...fila,
      id: gpu(fila.id),
      id_produccion: produccion(fila.id_produccion),
      nota_bloqueo: excedente ? NOTA_DE_EXCEDENTE : '',
      nota_automatica: excedente,
      firmado_por: fila.fecha_firma === null ? null : firma,
      fecha_actualizacion: fila.fecha_firma ?? tx.ahora,
      version: 1,
    })),
  )
  // After the production, so that what is signed is what is there.
  await firmarDias(
    tx,
    datos.diarios.map((fila) => ({ ...fila, id_reporte_mensual: mensual(fila.id_reporte_mensual) })),
    firma,
  )
  await escribirGuardias(tx, datos, firma)
  return datos.producciones.length
}

/** Versions, concepts, partidas and programme; answers the real partida and concept of a row. */
async function escribirAnexos(tx: CtxTx, datos: ProduccionDeDemo, usuario: number | null) {
  const version = numerar(await reservar(tx, 'importacion_anexo', datos.versiones.length))
  const concepto = numerar(await reservar(tx, 'concepto_consolidado', datos.conceptos.length))
  const partida = numerar(await reservar(tx, 'partida_anexo_importada', datos.partidas.length))
  const versiones = datos.versiones.map((fila) => ({
    ...fila,
    id: version(fila.id),
    modo: 'reemplazo',
    usuario_carga: usuario,
  }))
  await insertar(tx, 'importacion_anexo', versiones)
  await anotar(
    tx,
    'importacion_anexo',
    versiones.map(({ id, archivo_excel }) => ({ id, descripcion: archivo_excel })),
  )
  await insertar(
    tx,
    'concepto_consolidado',
    datos.conceptos.map((fila) => {
      const { idUnidad, ...clave } = claveDeConcepto({
        ...fila,
        descripcion: fila.concepto,
        idUnidad: fila.id_unidad_medida,
      })
      return {
        id: concepto(fila.id),
        id_ot: fila.id_ot,
        ...clave,
        id_unidad_medida: idUnidad,
        huella: huellaDeClave({ ...clave, idUnidad }),
      }
    }),
  )
  await insertar(
    tx,
    'partida_anexo_importada',
    datos.partidas.map((fila) => ({
      ...fila,
      id: partida(fila.id),
      id_importacion_anexo: version(fila.id_importacion_anexo),
      id_concepto_consolidado: concepto(fila.id_concepto_consolidado),
      origen: 'archivo',
    })),
  )
  await insertar(
    tx,
    'partida_proyectada',
    datos.programa.map((fila) => ({ ...fila, id_partida_anexo: partida(fila.id_partida_anexo) })),
  )
  return (fila: { readonly id_partida_anexo: number; readonly id_concepto_consolidado: number }) => ({
    id_partida_anexo: partida(fila.id_partida_anexo),
    id_concepto_consolidado: concepto(fila.id_concepto_consolidado),
  })
}

async function firmarDias(tx: CtxTx, dias: readonly FilaDiaria[], firma: number | null): Promise<void> {
  await ejecutar(
    tx.bd,
    sql`INSERT INTO reporte_diario_detalle (id_reporte_mensual, fecha, id_sitio, id_estatus, comentario, bloqueado, firmado_por, fecha_firma, huella_firma)
      SELECT d.id_reporte_mensual, d.fecha, d.id_sitio, d.id_estatus, d.comentario, d.bloqueado, CASE WHEN d.bloqueado THEN ${firma}::bigint END, d.fecha_firma,
        CASE WHEN d.bloqueado THEN ${huellaDelDia(sql`d.id_reporte_mensual`, sql`d.fecha`, sql`d.id_sitio`)} END
      FROM jsonb_populate_recordset(NULL::reporte_diario_detalle, ${JSON.stringify(dias)}::jsonb) d`,
  )
}

async function escribirGuardias(tx: CtxTx, datos: ProduccionDeDemo, usuario: number | null): Promise<void> {
  const superintendente = numerar(await reservar(tx, 'superintendente', datos.superintendentes.length))
  const personas = datos.superintendentes.map((fila) => ({
    ...fila,
    id: superintendente(fila.id),
    activo: true,
    version: 1,
  }))
  await insertar(tx, 'superintendente', personas)
  await anotar(
    tx,
    'superintendente',
    personas.map(({ id, nombre }) => ({ id, descripcion: nombre })),
  )
  const guardia = numerar(await reservar(tx, 'guardias', datos.guardias.length))
  const ciclos = datos.guardias.map((fila) => ({
    ...fila,
    id: guardia(fila.id),
    super_a: superintendente(fila.super_a),
    super_b: superintendente(fila.super_b),
    dias_ciclo: 14,
    id_usuario: usuario,
    fecha: tx.ahora,
  }))
  await insertar(tx, 'guardias', ciclos)
  await anotar(
    tx,
    'guardias',
    ciclos.map(({ id, id_sitio, vigente_desde }) => ({
      id,
      descripcion: `sitio ${String(id_sitio)} desde ${vigente_desde}`,
    })),
  )
}

/** From the numbers of the generator, which count from 1, to real ids. */
function numerar(ids: readonly number[]): (local: number) => number {
  return (local) => ids[local - 1] ?? 0
}
