import { analizar } from '../../../web/analisis.ts'
import { leerPeticionTabla } from '../../../web/peticion-tabla.ts'
import { archivo, datos, type Limite } from '../../../web/rutas.ts'
import { PERMISO_OT } from '../ot.permisos.ts'
import { ConsultaDeTabla } from '../ot.schema.ts'
import { TABLA_OT } from '../ot.tabla.ts'
import { OpcionesDeExportacion } from './exportacion.schema.ts'
import { exportarOts } from './exportacion.service.ts'

/** An export reads everything: a person needs few of them. */
export const LIMITE_EXPORTAR: Limite = {
  maximo: 12,
  ventanaMs: 60_000,
  mensaje: 'Pediste muchos archivos en poco tiempo. Espera un minuto y vuelve a intentarlo.',
}

export const rutasExportacion = [
  datos({
    ruta: '/operaciones/ot/exportar/',
    permiso: PERMISO_OT.EXPORTAR,
    consulta: ConsultaDeTabla,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) =>
      archivo(await exportarOts(ctx, leerPeticionTabla(TABLA_OT, consulta), analizar(OpcionesDeExportacion, consulta))),
  }),
]
