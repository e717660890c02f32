import { plural } from '../../../comun/texto.ts'
import { accion, archivo, datos, exito, json, type Limite, type Ruta } from '../../../web/rutas.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import {
  descargarEvidencia,
  evidenciasDe,
  miniaturaDeEvidencia,
  retirarEvidencia,
  subirEvidencia,
} from './evidencia.service.ts'
import {
  MAXIMO_ARCHIVOS,
  PATRON_EVIDENCIA,
  PATRON_MINIATURA,
  RUTA_EVIDENCIAS,
  RUTA_RETIRAR_EVIDENCIA,
  RUTA_SUBIR_EVIDENCIA,
} from './gpu.contrato.ts'
import { ParametroId, PorProduccion, RetirarEvidencia, SubirEvidencia } from './gpu.schema.ts'

/** Opening pictures costs: nobody uploads faster by hand. */
const LIMITE_SUBIR: Limite = {
  maximo: 120,
  ventanaMs: 60_000,
  mensaje: 'Subiste muchos archivos en poco tiempo. Espera un minuto y vuelve a intentarlo.',
}

export const rutasEvidencia: readonly Ruta[] = [
  datos({
    ruta: RUTA_EVIDENCIAS,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: PorProduccion,
    manejar: async ({ ctx, consulta }) => json({ evidencias: await evidenciasDe(ctx, consulta.id_produccion) }),
  }),
  accion({
    ruta: RUTA_SUBIR_EVIDENCIA,
    permiso: PERMISO_PRODUCCION.GPU,
    cuerpo: SubirEvidencia,
    archivos: { maximo: MAXIMO_ARCHIVOS },
    limite: LIMITE_SUBIR,
    manejar: async ({ ctx, cuerpo, solicitud }) => {
      const { idGpu, evidencias } = await subirEvidencia(
        { ctx, almacen: solicitud.almacen },
        cuerpo,
        solicitud.archivos,
      )
      const mensaje = `${plural(evidencias.length, 'archivo guardado', 'archivos guardados')} como evidencia`
      const repetidas = evidencias.filter(({ usos }) => usos.length > 0).length
      return exito(mensaje, { id_gpu: idGpu, evidencias, repetidas })
    },
  }),
  accion({
    ruta: RUTA_RETIRAR_EVIDENCIA,
    permiso: PERMISO_PRODUCCION.GPU,
    cuerpo: RetirarEvidencia,
    manejar: async ({ ctx, cuerpo }) => {
      await retirarEvidencia(ctx, cuerpo)
      return exito('Evidencia retirada. Queda guardada con el motivo')
    },
  }),
  datos({
    ruta: PATRON_EVIDENCIA,
    permiso: PERMISO_PRODUCCION.VER,
    parametros: ParametroId,
    manejar: async ({ ctx, parametros, solicitud }) =>
      archivo(await descargarEvidencia({ ctx, almacen: solicitud.almacen }, parametros.id)),
  }),
  datos({
    ruta: PATRON_MINIATURA,
    permiso: PERMISO_PRODUCCION.VER,
    parametros: ParametroId,
    manejar: async ({ ctx, parametros, solicitud }) =>
      archivo(await miniaturaDeEvidencia({ ctx, almacen: solicitud.almacen }, parametros.id)),
  }),
]
