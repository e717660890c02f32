import { z } from 'zod'

/** Work of the queue: look for who forgot their password and write to them. */
export const RECUPERAR_CLAVE = {
  nombre: 'recuperar-clave',
  datos: z.object({ correo: z.string(), dominio: z.string(), hayServidor: z.boolean() }),
  minutos: 2,
  reintentos: 0,
} as const
