import { z } from 'zod'
import { crudo, entero, id } from '../../../comun/entrada.ts'
import { TIPOS_TIEMPO } from './captura.contrato.ts'
import type { CeldaEnviada } from './captura.tipos.ts'

const MES = 'El mes va de 1 a 12.'
const ANIO = 'El año va de 2000 a 2100.'
const TIPO = 'El tipo de afectación es TE o CMA.'

const enteroOSin = z
  .unknown()
  .optional()
  .transform((valor) => (typeof valor === 'string' && /^\d{1,15}$/.test(valor.trim()) ? Number(valor) : null))

const tipoTiempo = crudo.pipe(z.enum(TIPOS_TIEMPO, { error: TIPO }))

/** `?id_ot&mes&anio&tipo_tiempo&id_sitio`: what is missing or no integer is null, and the answer is then empty (§6.5). */
export const ConsultaDeSabana = z.object({
  id_ot: enteroOSin,
  id_sitio: enteroOSin,
  mes: enteroOSin.pipe(z.int().min(1, { error: MES }).max(12, { error: MES }).nullable()),
  anio: enteroOSin.pipe(z.int().min(2000, { error: ANIO }).max(2100, { error: ANIO }).nullable()),
  tipo_tiempo: tipoTiempo.default('TE'),
})

const obligatorio = <T>(esquema: z.ZodType<T | null>, mensaje: string) =>
  esquema.transform((valor, revision): T => {
    if (valor !== null) return valor
    revision.addIssue({ code: 'custom', message: mensaje })
    return z.NEVER
  })

const Volumen = z
  .union([z.string().max(60), z.number(), z.null()])
  .transform((valor) => (valor === null ? '' : typeof valor === 'number' ? decimalDe(valor) : valor))

/** A JSON number without exponent: 1e-7 is 0.0000001. What is still not plain is refused where volumes are read. */
const decimalDe = (valor: number): string => (String(valor).includes('e-') ? valor.toFixed(20) : String(valor))

const idDePartida = z.coerce.number().int().positive()

const Cambio = z.object({
  id_partida_imp: idDePartida,
  dia: z.coerce.number().int().min(1, { error: 'El día va de 1 a 31.' }).max(31, { error: 'El día va de 1 a 31.' }),
  valor: Volumen,
  valor_anterior: Volumen.optional(),
})

const Renglon = z.object({
  id_partida_imp: idDePartida,
  codigo: crudo.default(''),
  valores: z.array(Volumen).max(31, { error: 'Cada partida trae hasta 31 valores.' }).default([]),
})

/** Changed cells (`cambios`), or whole rows as the old system sends them (`partidas`). §6.6 */
export const GuardarProduccion = z
  .object({
    id_ot: obligatorio(id('La OT'), 'Selecciona una OT primero'),
    id_sitio: obligatorio(id('El frente'), 'Elige un frente.'),
    mes: obligatorio(entero('El mes', { minimo: 1, maximo: 12, mensaje: MES }), MES),
    anio: obligatorio(entero('El año', { minimo: 2000, maximo: 2100, mensaje: ANIO }), ANIO),
    tipo_tiempo: tipoTiempo,
    version: z.coerce.number().int().min(0).optional(),
    cambios: z.array(Cambio).max(100_000, { error: 'Son demasiadas celdas en un solo guardado.' }).default([]),
    partidas: z.array(Renglon).max(20_000, { error: 'Son demasiadas partidas en un solo guardado.' }).default([]),
  })
  .transform(({ cambios, partidas, ...lugar }) => ({
    ...lugar,
    celdas: [
      ...cambios.map((cambio): CeldaEnviada => ({
        idPartida: cambio.id_partida_imp,
        codigo: '',
        dia: cambio.dia,
        texto: cambio.valor,
        anterior: cambio.valor_anterior ?? null,
      })),
      ...partidas.flatMap((fila) =>
        fila.valores.map((texto, i): CeldaEnviada => ({
          idPartida: fila.id_partida_imp,
          codigo: fila.codigo,
          dia: i + 1,
          texto,
          anterior: null,
        })),
      ),
    ],
  }))
export type GuardarProduccion = z.output<typeof GuardarProduccion>
