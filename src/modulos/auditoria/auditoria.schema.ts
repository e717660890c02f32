import { z } from 'zod'

const entero = (mensaje: string) =>
  z
    .string({ error: mensaje })
    .regex(/^\d{1,15}$/, mensaje)
    .transform(Number)

/** GET `/operaciones/actividad/`: `antes` is the `siguiente` of the page before. */
export const ConsultaHistorial = z.object({
  tabla: entero('Falta la tabla del registro.'),
  registro: entero('Falta el registro.'),
  antes: z
    .string()
    .regex(/^\d{1,15}-\d{1,15}$/, 'La página pedida no es válida.')
    .transform((texto) => {
      const [fecha = 0, id = 0] = texto.split('-').map(Number)
      return { fecha: new Date(fecha), id }
    })
    .nullable()
    .default(null),
})
