import { accion, exito } from '../../../web/rutas.ts'
import { resultadoEnTexto } from '../estimaciones.vista.ts'
import { RUTA_DEDUCCIONES } from './deducciones.contrato.ts'
import { GuardarDeducciones } from './deducciones.schema.ts'
import { guardarDeducciones } from './deducciones.service.ts'

/** Deductions of an estimation (issue D §2). */
export const rutasDeducciones = [
  accion({
    ruta: RUTA_DEDUCCIONES,
    permiso: 'operaciones.change_estimacionheader',
    cuerpo: GuardarDeducciones,
    manejar: async ({ ctx, cuerpo }) => {
      const resultado = await guardarDeducciones(ctx, cuerpo)
      const texto = resultado.cambio ? 'Deducciones guardadas.' : 'Las deducciones ya estaban así.'
      return exito(texto, { mensaje: texto, ...resultadoEnTexto(resultado) })
    },
  }),
]
