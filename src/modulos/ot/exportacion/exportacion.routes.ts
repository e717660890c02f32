import { OpcionesDeExportacion } from '../../../plataforma/exportar-tabla.ts'
import { analizar } from '../../../web/analisis.ts'
import { leerPeticionTabla } from '../../../web/peticion-tabla.ts'
import { archivo, datos, LIMITE_EXPORTAR } from '../../../web/rutas.ts'
import { PERMISO_OT } from '../ot.permisos.ts'
import { ConsultaDeTabla } from '../ot.schema.ts'
import { TABLA_OT } from '../ot.tabla.ts'
import { exportarOts } from './exportacion.service.ts'

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
