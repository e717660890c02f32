/** Applying what somebody chooses of a comparison with the client's workbook (issue D §2): first the plan, then all of it at once. */
import { dinero, textoPlano } from '../../../comun/dinero.ts'
import { Conflicto } from '../../../comun/errores.ts'
import { aDdMmAaaa, fechaIso } from '../../../comun/fechas.ts'
import { limpiar, plural } from '../../../comun/texto.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import type { EventoAuditado } from '../../auditoria/index.ts'
import { bloquearPeriodo } from '../candidatas.repo.ts'
import { listarDetalle } from '../consultas.repo.ts'
import { anotar, nombreDe } from '../estimaciones.auditoria.ts'
import * as lineas from '../estimaciones.repo.ts'
import {
  cerrarCambio,
  exigirBorrador,
  falta,
  obtenerEstimacion,
  tomarEstimacion,
  type Resultado as Cambio,
} from '../cambios.service.ts'
import { LARGO_MINIMO_COMENTARIO, type Estimacion } from '../estimaciones.tipos.ts'
import { totalesEnTexto } from '../estimaciones.vista.ts'
import { totalesDe, type LineaSumable } from '../importes.contrato.ts'
import { analizar, type Analisis } from './analisis.service.ts'
import type { DestinoDeFaltantes, Movimiento, PlanDeAplicacion } from './comparar.contrato.ts'
import * as repo from './comparar.repo.ts'
import type { AplicarComparacion, PlanearComparacion } from './comparar.schema.ts'
import { exigirComparacion } from './comparar.service.ts'

const CAMBIO = 'La estimación o su producción cambió desde que viste la comparación. Revísala otra vez.'

/** What applying some rows would do, without doing it. @throws as `aplicarComparacion`. */
export async function planDeComparacion(ctx: Contexto, datos: PlanearComparacion): Promise<PlanDeAplicacion> {
  const guardada = await exigirComparacion(ctx, datos.id)
  const estimacion = await obtenerEstimacion(ctx, guardada.idEstimacion)
  const analisis = await analizar(ctx, estimacion, guardada)
  const movimientos = movimientosElegidos(analisis, datos)
  return {
    movimientos,
    antes: totalesEnTexto(estimacion.totales),
    despues: totalesEnTexto(
      totalesDe(await lineasTras(ctx, estimacion, { movimientos, analisis }), estimacion.tipoCambio),
    ),
  }
}

/** The live lines as the steps leave them. */
async function lineasTras(
  ctx: CtxLectura,
  { id }: Estimacion,
  { movimientos, analisis }: { movimientos: readonly Movimiento[]; analisis: Analisis },
): Promise<LineaSumable[]> {
  const porProduccion = new Map(movimientos.map((movimiento) => [movimiento.id_produccion, movimiento]))
  const vivas = (await listarDetalle(ctx.bd, id)).filter(({ rechazada }) => !rechazada)
  const quedan = vivas.flatMap((linea): LineaSumable[] => {
    const movimiento = porProduccion.get(linea.idProduccion)
    if (movimiento === undefined) return [linea]
    return movimiento.accion === 'quitar' ? [] : [{ ...linea, volumenEstimado: dinero(movimiento.a) }]
  })
  const nuevas = analisis.nuestro.candidatas.flatMap((candidata): LineaSumable[] => {
    const movimiento = porProduccion.get(candidata.idProduccion)
    if (movimiento?.accion !== 'agregar') return []
    return [{ ...candidata, volumenActual: candidata.volumen, volumenEstimado: dinero(movimiento.a) }]
  })
  return [...quedan, ...nuevas]
}

/** @throws Conflicto when what the person saw is not what there is; DatosInvalidos for what cannot be applied. */
function movimientosElegidos({ filas, comparacion }: Analisis, datos: PlanearComparacion): Movimiento[] {
  if (comparacion.impedimento !== null) throw new Conflicto(comparacion.impedimento)
  if (datos.huella == null) throw falta('huella', 'Falta la huella de la comparación. Actualiza la página.')
  if (datos.huella !== comparacion.huella) throw new Conflicto(CAMBIO)
  const claves = new Set(datos.claves ?? [])
  if (claves.size === 0) throw falta('claves', 'Elige al menos una diferencia.')
  const elegidas = filas.filter(({ fila }) => claves.has(fila.clave))
  const mala = elegidas.find(({ fila }) => !fila.aplicable)
  if (mala !== undefined || elegidas.length !== claves.size)
    throw falta('claves', mala?.fila.porque ?? 'Alguna de esas diferencias ya no está en la comparación.')
  const destino: DestinoDeFaltantes = datos.faltantes ?? 'cero'
  return elegidas.flatMap(({ fila, movimientos }) =>
    fila.resultado === 'falta_archivo' && destino === 'quitar'
      ? movimientos.map((movimiento): Movimiento => ({ ...movimiento, accion: 'quitar' }))
      : movimientos,
  )
}

/**
 * Applies the chosen differences in one transaction, each changed line with the reason.
 * @throws DatosInvalidos for the reason or what cannot be applied; Conflicto when the draft, its production or what was
 * chosen changed since the person saw the comparison.
 */
export function aplicarComparacion(ctx: Contexto, datos: AplicarComparacion): Promise<Cambio & { lineas: number }> {
  const motivo = limpiar(datos.motivo ?? '')
  return conTransaccion(ctx, async (tx) => {
    const antes = await exigirComparacion(tx, datos.id)
    const actual = await tomarEstimacion(tx, antes.idEstimacion, datos.version)
    exigirBorrador(actual)
    if (motivo.length < LARGO_MINIMO_COMENTARIO)
      throw falta('motivo', `Escribe el motivo (${String(LARGO_MINIMO_COMENTARIO)} caracteres o más).`)
    await bloquearPeriodo(tx, actual.idOt, { desde: actual.fechaDesde, hasta: actual.fechaHasta })
    const guardada = await exigirComparacion(tx, datos.id)
    const analisis = await analizar(tx, actual, guardada)
    const movimientos = movimientosElegidos(analisis, datos)
    const comentario = `Cliente: ${motivo}`
    const cuentas = await darMovimientos(tx, actual.id, { movimientos, analisis, comentario })
    await repo.anotarAplicacion(tx, guardada.id, { motivo, ...cuentas })
    const resultado = await cerrarCambio(tx, actual.id)
    await anotar(tx, actual, resultado.version, [
      {
        evento: 'MODIFICAR',
        campo: 'Aplicó lo del cliente',
        anterior: textoPlano(actual.totales.homologado),
        actual: textoPlano(resultado.totales.homologado),
        detalle: `${plural(movimientos.length, 'línea', 'líneas')} de la estimación ${nombreDe(actual)} con el libro «${guardada.nombre}»: ${motivo}`,
      },
      ...movimientos.map((movimiento) => eventoDe(movimiento, actual, comentario)),
    ])
    return { ...resultado, lineas: movimientos.length }
  })
}

async function darMovimientos(
  tx: CtxTx,
  idEstimacion: number,
  { movimientos, analisis, comentario }: { movimientos: readonly Movimiento[]; analisis: Analisis; comentario: string },
): Promise<Record<'ajustadas' | 'agregadas' | 'quitadas', number>> {
  const de = (accion: Movimiento['accion']): Movimiento[] =>
    movimientos.filter((movimiento) => movimiento.accion === accion)
  const [ajustar, agregar, quitar] = [de('ajustar'), de('agregar'), de('quitar')]
  if (ajustar.length > 0)
    await repo.actualizarVolumenes(
      tx,
      idEstimacion,
      ajustar.flatMap(({ id_detalle: linea, a }) => (linea === null ? [] : [{ linea, volumen: a }])),
      comentario,
    )
  const porProduccion = new Map(analisis.nuestro.candidatas.map((una) => [una.idProduccion, una]))
  if (agregar.length > 0)
    await lineas.insertarLineas(
      tx,
      idEstimacion,
      agregar.flatMap(({ id_produccion, a }) => {
        const candidata = porProduccion.get(id_produccion)
        return candidata === undefined ? [] : [{ candidata, volumen: dinero(a), comentario }]
      }),
    )
  if (quitar.length > 0)
    await lineas.borrarLineas(
      tx,
      idEstimacion,
      quitar.flatMap(({ id_detalle }) => (id_detalle === null ? [] : [id_detalle])),
    )
  return { ajustadas: ajustar.length, agregadas: agregar.length, quitadas: quitar.length }
}

type EventoDeLinea = Pick<EventoAuditado, 'evento' | 'campo' | 'campoClave' | 'anterior' | 'actual' | 'detalle'>

function eventoDe(movimiento: Movimiento, estimacion: Estimacion, comentario: string): EventoDeLinea {
  return {
    evento: 'MODIFICAR',
    campo: `Volumen estimado de ${movimiento.codigo} del ${aDdMmAaaa(fechaIso(movimiento.fecha))}`,
    campoClave: 'volumen_estimado',
    anterior: movimiento.accion === 'agregar' ? '' : movimiento.de,
    actual: movimiento.accion === 'quitar' ? '' : movimiento.a,
    detalle: `la estimación ${nombreDe(estimacion)}: ${comentario}`,
  }
}
