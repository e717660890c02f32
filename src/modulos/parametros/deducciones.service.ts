import type { Dinero } from '../../comun/dinero.ts'
import { DatosInvalidos } from '../../comun/errores.ts'
import { sinAcentos } from '../../comun/texto.ts'
import type { Contexto, CtxLectura } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../auditoria/index.ts'
import { bloquearDeducciones, listarDeducciones, reemplazarDeducciones } from './deducciones.repo.ts'
import type { DeduccionUsual } from './parametros.contrato.ts'

const MAXIMO = 50
const TITULO = 'Deducciones usuales'

/** What is offered while writing the deductions of an estimation; none applies by itself. */
export async function deduccionesUsuales(ctx: CtxLectura): Promise<DeduccionUsual[]> {
  const lista = await listarDeducciones(ctx.bd)
  return lista.map(({ nombre, porcentaje }) => ({ nombre, porcentaje: porcentaje.toFixed() }))
}

const enTexto = (lista: readonly DeduccionUsual[]): string =>
  lista.map(({ nombre, porcentaje }) => `${nombre} ${porcentaje} %`).join(', ')

/**
 * Changes the list that is offered; a list that says the same changes nothing. Estimations keep theirs.
 * @throws DatosInvalidos for a row without name or percentage, or said twice.
 */
export async function guardarDeduccionesUsuales(
  ctx: Contexto,
  pedidas: readonly { readonly nombre?: string | null | undefined; readonly porcentaje?: Dinero | null | undefined }[],
): Promise<void> {
  const lista = pedidas.map(exigirDeduccion)
  if (lista.length > MAXIMO) throw invalida(`Se admiten hasta ${String(MAXIMO)} deducciones.`)
  const nombres = lista.map(({ nombre }) => sinAcentos(nombre).toLowerCase())
  const repetida = lista.find((_, i) => nombres.indexOf(nombres[i] ?? '') !== i)
  if (repetida) throw invalida(`«${repetida.nombre}» está dos veces.`)
  await conTransaccion(ctx, async (tx) => {
    await bloquearDeducciones(tx)
    const anterior = enTexto(await deduccionesUsuales(tx))
    const actual = enTexto(lista.map(({ nombre, porcentaje }) => ({ nombre, porcentaje: porcentaje.toFixed() })))
    if (anterior === actual) return
    await reemplazarDeducciones(tx, lista)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.PARAMETRO,
      registroId: null,
      evento: 'MODIFICAR',
      campo: TITULO,
      anterior,
      actual,
      detalle: `el parámetro «${TITULO}»`,
    })
  })
}

function exigirDeduccion(
  {
    nombre,
    porcentaje,
  }: { readonly nombre?: string | null | undefined; readonly porcentaje?: Dinero | null | undefined },
  indice: number,
): { nombre: string; porcentaje: Dinero } {
  const donde = `Renglón ${String(indice + 1)}`
  if (nombre == null) throw invalida(`${donde}: escribe el nombre de la deducción.`)
  if (porcentaje == null) throw invalida(`${donde}: escribe el porcentaje.`)
  return { nombre, porcentaje }
}

const invalida = (mensaje: string): DatosInvalidos => new DatosInvalidos(mensaje, { campos: { deducciones: mensaje } })
