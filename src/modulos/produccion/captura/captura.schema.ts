import { z } from 'zod'
import { crudo, id, linea, siNo } from '../../../comun/entrada.ts'
import { ConsultaDelMes, enteroOSin, LugarDelMes, obligatorio } from '../diario/diario.schema.ts'
import { TIPOS_TIEMPO } from './captura.contrato.ts'
import type { CeldaEnviada } from './captura.tipos.ts'

const TIPO = 'El tipo de afectación es TE o CMA.'

const tipoTiempo = crudo.pipe(z.enum(TIPOS_TIEMPO, { error: TIPO }))

/** `?id_ot&mes&anio&tipo_tiempo&id_sitio` (§6.5): an incomplete question is answered with nothing. */
export const ConsultaDeSabana = ConsultaDelMes.extend({ id_ot: enteroOSin, tipo_tiempo: tipoTiempo.default('TE') })

/** The rows behind a number: of a day, a concept, an annex; `acumulado=1` of every site up to the end of the month. */
export const ConsultaDeDetalle = ConsultaDelMes.extend({
  id_ot: enteroOSin,
  dia: enteroOSin,
  id_partida_imp: enteroOSin,
  anexo: linea('El anexo', 50).optional(),
  acumulado: siNo().optional(),
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
export const GuardarProduccion = LugarDelMes.extend({
  id_ot: obligatorio(id('La OT'), 'Selecciona una OT primero'),
  tipo_tiempo: tipoTiempo,
  version: z.coerce.number().int().min(0).optional(),
  cambios: z.array(Cambio).max(100_000, { error: 'Son demasiadas celdas en un solo guardado.' }).default([]),
  partidas: z.array(Renglon).max(20_000, { error: 'Son demasiadas partidas en un solo guardado.' }).default([]),
}).transform(({ cambios, partidas, ...lugar }) => ({
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

/** §6.8. `id_producto`: id of a concept of the catalogue, whatever its name says. */
export const VincularPartida = z.object({
  id_ot: obligatorio(id('La OT'), 'Selecciona una OT primero'),
  id_producto: obligatorio(id('La partida'), 'Elige una partida del catálogo.'),
})
