import { plural } from '../../../comun/texto.ts'
import { accion, datos, exito, json, pagina, vista, type Ruta } from '../../../web/rutas.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import { PATRON_GPU, RUTA_GPUS, RUTA_GUARDAR_GPU, RUTA_GUARDAR_GPUS, textoEstatusGpu } from './gpu.contrato.ts'
import { paginaDeGpu } from './gpu.pagina.service.ts'
import { ConsultaDeGpus, GuardarGpu, GuardarGpus, ParametroId } from './gpu.schema.ts'
import { gridDelMes, guardarGpu, guardarGpus, type ResultadoMasivo } from './gpu.service.ts'
import { rutasEvidencia } from './evidencia.routes.ts'

function mensajeMasivo({ ids, rechazados }: ResultadoMasivo, estatus: number, simular: boolean): string {
  const cuantos = plural(ids.length, 'GPU', 'GPU')
  if (!simular) return `${cuantos} en ${textoEstatusGpu(estatus)}.`
  const cambian = `${cuantos} ${ids.length === 1 ? 'pasará' : 'pasarán'} a ${textoEstatusGpu(estatus)}`
  return rechazados.length === 0 ? `${cambian}.` : `${cambian}; ${plural(rechazados.length, 'no puede', 'no pueden')}.`
}

export const rutasGpu: readonly Ruta[] = [
  datos({
    ruta: RUTA_GPUS,
    permiso: PERMISO_PRODUCCION.VER,
    consulta: ConsultaDeGpus,
    manejar: async ({ ctx, consulta }) => json(await gridDelMes(ctx, consulta)),
  }),
  accion({
    ruta: RUTA_GUARDAR_GPU,
    permiso: PERMISO_PRODUCCION.GPU,
    cuerpo: GuardarGpu,
    manejar: async ({ ctx, cuerpo }) =>
      exito('GPU actualizado correctamente', { registro: await guardarGpu(ctx, cuerpo) }),
  }),
  accion({
    ruta: RUTA_GUARDAR_GPUS,
    permiso: PERMISO_PRODUCCION.GPU,
    cuerpo: GuardarGpus,
    manejar: async ({ ctx, cuerpo }) => {
      const resultado = await guardarGpus(ctx, cuerpo)
      const { ids, sinCambio: sin_cambio, rechazados } = resultado
      return exito(mensajeMasivo(resultado, cuerpo.estatus_id ?? 0, cuerpo.simular === true), {
        cambian: ids.length,
        sin_cambio,
        ids,
        rechazados,
      })
    },
  }),
  pagina({
    ruta: PATRON_GPU,
    permiso: PERMISO_PRODUCCION.VER,
    parametros: ParametroId,
    manejar: async ({ ctx, parametros }) => {
      const gpu = await paginaDeGpu(ctx, parametros.id)
      return vista(
        'produccion/gpu',
        { datos: gpu },
        {
          titulo: `GPU ${gpu.codigo} del ${gpu.dia}`,
          migas: [
            { texto: 'Inicio', ruta: '/operaciones/' },
            { texto: 'Producción y Reportes diarios', ruta: gpu.lugar },
            { texto: `GPU ${gpu.codigo} del ${gpu.dia}` },
          ],
        },
      )
    },
  }),
  ...rutasEvidencia,
]
