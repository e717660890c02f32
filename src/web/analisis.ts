import { z } from 'zod'
import { DatosInvalidos } from '../comun/errores.ts'

// What a schema does not explain itself (a list where a text was expected) must not come out in the library's English.
z.config({ localeError: () => 'Uno de los datos no tiene el formato esperado.' })

/**
 * Parses what came from outside. The first fault is the sentence, all of them go by field.
 * @throws DatosInvalidos (400) with `campos`.
 */
export function analizar<E extends z.ZodType>(esquema: E, valor: unknown): z.output<E> {
  const resultado = esquema.safeParse(valor)
  if (resultado.success) return resultado.data
  const campos: Record<string, string> = {}
  for (const { path, message } of resultado.error.issues) {
    const campo = path.map(String).join('.')
    if (campo !== '') campos[campo] ??= message
  }
  throw new DatosInvalidos(resultado.error.issues[0]?.message ?? 'Los datos no son válidos.', { campos })
}
