/** *Añadir Partida al Anexo* (produccion.md §6.7, §6.8, §7.7). */
import { conMiles } from '../../../comun/dinero.ts'
import type { ConceptoHallado } from '../../../modulos/contratos/contratos.contrato.ts'
import { RUTA_BUSCAR_CONCEPTOS, RUTA_VINCULAR_PARTIDA } from '../../../modulos/produccion/captura/captura.contrato.ts'
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { crear, oRaya } from '../../comun/dom.ts'
import { enviar, obtener } from '../../comun/http.ts'
import { focoDe, hacerBuscable } from '../../comun/seleccion.ts'

const MINIMO = 2

/** True when a partida was added. */
export async function vincularPartida(idOt: number, folio: string): Promise<boolean> {
  const conceptos = new Map<string, ConceptoHallado>()
  const select = crear('select', { class: 'entrada' }, crear('option', { value: '' }, ''))
  const { caja, error } = campoDeDialogo('Buscar partida:', select, {
    ayuda: `Escribe al menos ${String(MINIMO)} letras del código o de la descripción.`,
  })
  const ficha = crear('dl', { class: 'ficha-datos', hidden: true })
  hacerBuscable(select, {
    marcador: 'Código o descripción',
    cargar: async (texto) => {
      if (texto.trim().length < MINIMO) return []
      const { results } = await obtener<{ results: ConceptoHallado[] }>(RUTA_BUSCAR_CONCEPTOS, { q: texto.trim() })
      for (const concepto of results) conceptos.set(String(concepto.id), concepto)
      return results.map(({ id, text }) => ({ valor: String(id), texto: text }))
    },
  })
  select.addEventListener('change', () => {
    error.textContent = ''
    const elegido = conceptos.get(select.value)
    ficha.hidden = !elegido
    if (elegido) ficha.replaceChildren(...renglones(elegido))
  })
  const hecho = await preguntar<true>({
    titulo: `Añadir Partida al Anexo de ${folio}`,
    cuerpo: [
      caja,
      ficha,
      crear(
        'p',
        { class: 'ayuda' },
        'La partida entra con volumen autorizado 0: lo que se le capture será excedente hasta que un anexo traiga su volumen.',
      ),
    ],
    aceptar: 'Vincular a OT',
    foco: focoDe(select),
    alAceptar: async () => {
      if (select.value === '') {
        error.textContent = 'Elige una partida.'
        focoDe(select).focus()
        return null
      }
      await enviar(RUTA_VINCULAR_PARTIDA, { id_ot: idOt, id_producto: select.value })
      return true
    },
  })
  return hecho === true
}

function renglones({ partida, unidad, precio, precio_usd, clave_anexo, text }: ConceptoHallado): HTMLElement[] {
  const datos: [string, string][] = [
    ['Partida', partida],
    ['Unidad', unidad],
    ['Precio M.N.', conMiles(precio)],
    ['Precio USD', conMiles(precio_usd)],
    ['Anexo', clave_anexo],
    ['Descripción', text],
  ]
  return datos.map(([nombre, valor]) => crear('div', {}, crear('dt', {}, nombre), crear('dd', {}, oRaya(valor))))
}
