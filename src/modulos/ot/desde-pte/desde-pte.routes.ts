import { accion, exito } from '../../../web/rutas.ts'
import { rutaOt } from '../ot.contrato.ts'
import { PERMISO_OT } from '../ot.permisos.ts'
import { CrearDesdePte } from './desde-pte.schema.ts'
import { crearDesdePte } from './desde-pte.service.ts'

/** A work order born from a PTE (pte.md §7.18). */
export const rutasDesdePte = [
  accion({
    ruta: '/operaciones/ot/crear-desde-pte/',
    permiso: PERMISO_OT.CREAR,
    cuerpo: CrearDesdePte,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, folio, folioPte, numReprogramacion, pasos } = await crearDesdePte(ctx, cuerpo)
      const aviso = pasos === 0 ? '. Su plantilla no tiene pasos activos: la OT quedó sin pasos.' : ''
      return exito(`Orden de trabajo ${folio} creada correctamente a partir de la PTE ${folioPte}${aviso}`, {
        registro_id: id,
        orden_trabajo: folio,
        num_reprogramacion: numReprogramacion,
        ruta: rutaOt(id),
      })
    },
  }),
]
