import { OpcionesDeExportacion } from '../../../plataforma/exportar-tabla.ts'
import { analizar } from '../../../web/analisis.ts'
import { leerPeticionTabla } from '../../../web/peticion-tabla.ts'
import { accion, archivo, datos, exito, json, LIMITE_EXPORTAR, pagina, tabla, vista } from '../../../web/rutas.ts'
import { rutasDeImportacion } from '../../importacion/index.ts'
import { RUTA_TASAS } from './tasas.contrato.ts'
import { CLASE_TASAS } from './tasas.importacion.clase.ts'
import * as s from './tasas.schema.ts'
import { capturarTasa, corregirTasa, exportarTasas, obtenerTasa, paginaDeTasas, tasaDelDia } from './tasas.service.ts'
import { TABLA_TASAS } from './tasas.tabla.ts'

const VER = 'operaciones.view_estimacionheader'

/** Exchange rates by date (issue D §2). */
export const rutasTasas = [
  ...rutasDeImportacion(CLASE_TASAS),
  pagina({
    ruta: RUTA_TASAS.PAGINA,
    permiso: VER,
    manejar: async ({ ctx }) =>
      vista(
        'estimaciones/tasas',
        { datos: await paginaDeTasas(ctx) },
        {
          titulo: 'Tipos de cambio',
          migas: [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Tipos de cambio' }],
        },
      ),
  }),
  tabla(TABLA_TASAS, { ruta: RUTA_TASAS.TABLA, permiso: VER }),
  datos({
    ruta: RUTA_TASAS.EXPORTAR,
    permiso: 'operaciones.exportar_estimacionheader',
    consulta: s.ConsultaDeTabla,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) =>
      archivo(
        await exportarTasas(ctx, leerPeticionTabla(TABLA_TASAS, consulta), analizar(OpcionesDeExportacion, consulta)),
      ),
  }),
  datos({
    ruta: RUTA_TASAS.DEL_DIA,
    permiso: VER,
    consulta: s.PorDia,
    manejar: async ({ ctx, consulta }) => json(await tasaDelDia(ctx, consulta.fecha ?? null)),
  }),
  datos({
    ruta: RUTA_TASAS.OBTENER,
    permiso: VER,
    consulta: s.PorId,
    manejar: async ({ ctx, consulta }) => json(await obtenerTasa(ctx, consulta.id)),
  }),
  accion({
    ruta: RUTA_TASAS.CREAR,
    permiso: 'operaciones.add_tipocambio',
    cuerpo: s.CapturarTasa,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, aviso } = await capturarTasa(ctx, cuerpo)
      return exito(`Tipo de cambio guardado.${aviso === null ? '' : ` ${aviso}`}`, { id_nuevo: id, aviso })
    },
  }),
  accion({
    ruta: RUTA_TASAS.CORREGIR,
    permiso: 'operaciones.change_tipocambio',
    cuerpo: s.CorregirTasa,
    manejar: async ({ ctx, cuerpo }) => {
      const { cambio, aviso } = await corregirTasa(ctx, cuerpo)
      if (!cambio) return exito('El tipo de cambio ya estaba así.')
      const texto = 'Tipo de cambio corregido. Las estimaciones que ya lo usan conservan el suyo.'
      return exito(`${texto}${aviso === null ? '' : ` ${aviso}`}`, { aviso })
    },
  }),
]
