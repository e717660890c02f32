import { DatosInvalidos } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import {
  accion,
  archivo,
  datos,
  exito,
  json,
  LIMITE_EXPORTAR,
  pagina,
  vista,
  type Limite,
  type Respuesta,
} from '../../../web/rutas.ts'
import { RUTA_ESTIMACION, rutaEstimacion } from '../estimaciones.contrato.ts'
import { resultadoEnTexto } from '../estimaciones.vista.ts'
import { aplicarComparacion, planDeComparacion } from './aplicar.service.ts'
import { RUTA_COMPARAR } from './comparar.contrato.ts'
import * as s from './comparar.schema.ts'
import { descargarLibro, elegirConceptos, paginaComparar, subirLibro, verComparacion } from './comparar.service.ts'

const VER = 'operaciones.view_estimacionheader'
const CAMBIAR = 'operaciones.change_estimacionheader'

/** Reading a workbook is the heaviest thing that a request of billing can ask for. */
const LIMITE_SUBIR: Limite = {
  maximo: 60,
  ventanaMs: 10 * 60_000,
  mensaje: 'Subiste muchos libros en poco tiempo. Espera unos minutos y vuelve a intentarlo.',
}

const hecho = (texto: string, extra: Record<string, unknown>): Respuesta => exito(texto, { mensaje: texto, ...extra })

/** Comparison with the client's own workbook of volumes (issue 5 §2). */
export const rutasComparar = [
  pagina({
    ruta: `${RUTA_ESTIMACION.LISTA}:id/comparar/`,
    permiso: VER,
    parametros: s.ParametroEstimacion,
    consulta: s.PaginaDeComparacion,
    manejar: async ({ ctx, parametros, consulta }) => {
      const comparar = await paginaComparar(ctx, parametros.id, consulta.comparacion ?? null)
      const nombre = `${comparar.folio} de ${comparar.ot}`
      return vista(
        'estimaciones/comparar',
        { datos: comparar },
        {
          titulo: `Comparar ${nombre}`,
          migas: [
            { texto: 'Inicio', ruta: '/operaciones/' },
            { texto: 'Estimaciones', ruta: RUTA_ESTIMACION.LISTA },
            { texto: nombre, ruta: rutaEstimacion(comparar.id) },
            { texto: 'Comparar con el cliente' },
          ],
        },
      )
    },
  }),
  accion({
    ruta: RUTA_COMPARAR.SUBIR,
    permiso: CAMBIAR,
    cuerpo: s.SubirLibro,
    archivos: { maximo: 1 },
    limite: LIMITE_SUBIR,
    manejar: async ({ ctx, cuerpo, solicitud }) => {
      const [subido] = solicitud.archivos
      if (subido?.campo !== 'archivo' || subido.nombre === '') {
        const mensaje = 'Elige el libro de Excel del cliente.'
        throw new DatosInvalidos(mensaje, { campos: { archivo: mensaje } })
      }
      const comparacion = await subirLibro({ ctx, almacen: solicitud.almacen }, cuerpo, subido)
      const { igual, diferente, falta_archivo: archivo_, falta_estimacion: estimacion } = comparacion.resumen
      const distintas = diferente.filas + archivo_.filas + estimacion.filas
      return hecho(
        distintas === 0
          ? `Todo es igual: ${plural(igual.filas, 'renglón', 'renglones')}.`
          : `${plural(igual.filas, 'renglón igual', 'renglones iguales')} y ${plural(distintas, 'diferencia', 'diferencias')}.`,
        { id_comparacion: comparacion.id, comparacion },
      )
    },
  }),
  datos({
    ruta: RUTA_COMPARAR.OBTENER,
    permiso: VER,
    consulta: s.PorComparacion,
    manejar: async ({ ctx, consulta }) => json({ exito: true, comparacion: await verComparacion(ctx, consulta.id) }),
  }),
  datos({
    ruta: RUTA_COMPARAR.ARCHIVO,
    permiso: VER,
    consulta: s.PorComparacion,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta, solicitud }) =>
      archivo(await descargarLibro({ ctx, almacen: solicitud.almacen }, consulta.id)),
  }),
  accion({
    ruta: RUTA_COMPARAR.ELEGIR,
    permiso: CAMBIAR,
    cuerpo: s.ElegirConceptos,
    manejar: async ({ ctx, cuerpo }) =>
      hecho('Conceptos elegidos.', { comparacion: await elegirConceptos(ctx, cuerpo) }),
  }),
  accion({
    ruta: RUTA_COMPARAR.PLAN,
    permiso: CAMBIAR,
    cuerpo: s.PlanearComparacion,
    sinAuditoria: 'Solo muestra lo que se haría: no cambia nada.',
    manejar: async ({ ctx, cuerpo }) => json({ exito: true, ...(await planDeComparacion(ctx, cuerpo)) }),
  }),
  accion({
    ruta: RUTA_COMPARAR.APLICAR,
    permiso: CAMBIAR,
    cuerpo: s.AplicarComparacion,
    manejar: async ({ ctx, cuerpo }) => {
      const resultado = await aplicarComparacion(ctx, cuerpo)
      return hecho(`${plural(resultado.lineas, 'línea cambiada', 'líneas cambiadas')}.`, {
        ...resultadoEnTexto(resultado),
        lineas: resultado.lineas,
      })
    },
  }),
]
