/** The only question that pasting ever asks: what the commas of a block are, when the block itself does not tell. */
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { crear } from '../../comun/dom.ts'
import { convencionDe, deComaAPunto } from './portapapeles.ts'

/** The block with its numbers as the house writes them; null when the person gave up. */
export async function aclararComas(bloque: string[][]): Promise<string[][] | null> {
  const convencion = convencionDe(bloque)
  if (convencion === 'punto') return bloque
  const elegida = convencion === 'coma' ? 'coma' : await preguntarPorComas(bloque)
  if (elegida === null) return null
  return elegida === 'coma' ? bloque.map((fila) => fila.map(deComaAPunto)) : bloque
}

async function preguntarPorComas(bloque: string[][]): Promise<'punto' | 'coma' | null> {
  const ejemplo =
    bloque
      .flat()
      .find((celda) => /^\s*\d{1,3},\d{3}\s*$/.test(celda))
      ?.trim() ?? '1,234'
  const [entera = '1', resto = '234'] = ejemplo.split(',')
  const eleccion = crear(
    'select',
    { class: 'entrada' },
    crear('option', { value: 'punto' }, `${entera}${resto} (la coma separa miles)`),
    crear('option', { value: 'coma' }, `${entera}.${resto} (la coma es decimal)`),
  )
  const { caja } = campoDeDialogo(`«${ejemplo}» es`, eleccion)
  return preguntar<'punto' | 'coma'>({
    titulo: '¿Qué son las comas de lo que pegas?',
    cuerpo: [
      crear('p', {}, 'En el bloque hay comas que pueden leerse de dos maneras y ninguna celda lo aclara.'),
      caja,
    ],
    aceptar: 'Pegar',
    foco: eleccion,
    alAceptar: () => (eleccion.value === 'coma' ? 'coma' : 'punto'),
  })
}
