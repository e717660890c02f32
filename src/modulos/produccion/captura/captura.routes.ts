import { vincularConcepto } from '../../anexo/index.ts'
import { accion, datos, exito, json } from '../../../web/rutas.ts'
import { leerMes } from '../diario/diario.schema.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import { RUTA_GUARDAR_PRODUCCION, RUTA_PARTIDAS_PRODUCCION, RUTA_VINCULAR_PARTIDA } from './captura.contrato.ts'
import { ConsultaDeDetalle, ConsultaDeSabana, GuardarProduccion, VincularPartida } from './captura.schema.ts'
import { RUTA_DETALLE_PRODUCCION } from './detalle.contrato.ts'
import { detalleDeProduccion } from './detalle.service.ts'
import { guardarProduccion } from './guardado.service.ts'
import { sabanaDe } from './sabana.service.ts'

/** Addresses of the sábana (produccion.md §6.5 to §6.8). */
export const rutasCaptura = [
  datos({
    ruta: RUTA_PARTIDAS_PRODUCCION,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: ConsultaDeSabana,
    manejar: async ({ ctx, consulta }) => {
      const lugar = leerMes(consulta)
      if (lugar === null || consulta.id_ot === null) return json([])
      return json((await sabanaDe(ctx, { ...lugar, idOt: consulta.id_ot, tipo: consulta.tipo_tiempo })) ?? [])
    },
  }),
  datos({
    ruta: RUTA_DETALLE_PRODUCCION,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: ConsultaDeDetalle,
    manejar: async ({ ctx, consulta }) => {
      const lugar = leerMes(consulta)
      const { id_ot: idOt, dia, id_partida_imp: idPartida, anexo = null, acumulado = false } = consulta
      if (lugar === null || idOt === null) return json({ filas: [], cuantas: 0, volumen: '0.000000' })
      return json(await detalleDeProduccion(ctx, { ...lugar, idOt, dia, idPartida, anexo, acumulado }))
    },
  }),
  accion({
    ruta: RUTA_GUARDAR_PRODUCCION,
    permiso: PERMISO_PRODUCCION.EDITAR,
    cuerpo: GuardarProduccion,
    manejar: async ({ ctx, cuerpo }) => {
      const guardado = await guardarProduccion(ctx, cuerpo)
      const cambios = guardado.creados + guardado.actualizados + guardado.eliminados
      const mensaje =
        cambios === 0 ? 'No había cambios que guardar.' : `Producción ${cuerpo.tipo_tiempo} guardada correctamente`
      return exito(mensaje, { ...guardado })
    },
  }),
  accion({
    ruta: RUTA_VINCULAR_PARTIDA,
    permiso: PERMISO_PRODUCCION.EDITAR,
    cuerpo: VincularPartida,
    manejar: async ({ ctx, cuerpo }) => {
      const { idPartida, codigo, folio } = await vincularConcepto(ctx, cuerpo.id_ot, cuerpo.id_producto)
      return exito(
        `Partida ${codigo} vinculada a la OT ${folio}. Su volumen autorizado es 0: su producción será excedente hasta que un anexo la autorice.`,
        { id_nuevo: idPartida },
      )
    },
  }),
]
