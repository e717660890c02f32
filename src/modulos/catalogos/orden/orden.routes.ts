import { accion, datos, exito, json, type Ruta } from '../../../web/rutas.ts'
import type { DescripcionCatalogo } from '../motor/motor.tipos.ts'
import { permisosDe, rutaDe } from '../motor/motor.vista.ts'
import { Ordenar } from './orden.schema.ts'
import { ordenarPlantilla, plantillasDe } from './orden.service.ts'

/** What the step templates have besides the rest of the catalogues: their order and the sum of their weights. */
export function rutasDeOrden(def: DescripcionCatalogo): Ruta[] {
  const permiso = permisosDe(def)
  return [
    datos({
      ruta: `${rutaDe(def)}plantillas/`,
      permiso: permiso.VER,
      manejar: async ({ ctx }) => json(await plantillasDe(ctx, def)),
    }),
    accion({
      ruta: `${rutaDe(def)}ordenar/`,
      permiso: permiso.EDITAR,
      cuerpo: Ordenar,
      manejar: async ({ ctx, cuerpo }) =>
        exito('Orden guardado correctamente', { plantilla: await ordenarPlantilla(ctx, def, cuerpo) }),
    }),
  ]
}
