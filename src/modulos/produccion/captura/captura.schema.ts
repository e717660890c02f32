import { z } from 'zod'
import { crudo, entero, id, linea, siNo } from '../../../comun/entrada.ts'
import { ConsultaDelMes, enteroOSin, LugarDelMes, obligatorio } from '../diario/diario.schema.ts'
import { TIPOS_TIEMPO } from './captura.contrato.ts'
import type { CeldaEnviada } from './captura.tipos.ts'

const TIPO = 'El tipo de afectación es TE o CMA.'

const tipoTiempo = z.enum(TIPOS_TIEMPO, { error: TIPO })

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

const LARGO_VOLUMEN = 60

/** Text of a volume; what cannot be one is refused where volumes are read, which names its cell. */
const Volumen = z.unknown().transform((valor, revision): string => {
  if (valor === null) return ''
  if (valor === undefined) {
    revision.addIssue({ code: 'custom', message: 'Falta el valor de una celda.' })
    return z.NEVER
  }
  const texto = typeof valor === 'number' ? decimalDe(valor) : typeof valor === 'string' ? valor : JSON.stringify(valor)
  return texto.length <= LARGO_VOLUMEN ? texto : `${texto.slice(0, LARGO_VOLUMEN)}…`
})

/** A JSON number without exponent: 1e-7 is 0.0000001. What is still not plain is refused where volumes are read. */
const decimalDe = (valor: number): string => (String(valor).includes('e-') ? valor.toFixed(20) : String(valor))

const DIA = 'El día va de 1 a 31.'
const idDePartida = obligatorio(id('La partida'), 'La partida no es válida.')

const Cambio = z.object({
  id_partida_imp: idDePartida,
  dia: obligatorio(entero('El día', { minimo: 1, maximo: 31, mensaje: DIA }), DIA),
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
  version: entero('La versión', { minimo: 0 }).optional(),
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
