/** Page of the technical classification: one tree of three levels (catalogos.md §8). */
import { sinAcentos } from '../../../comun/texto.ts'
import type {
  NodoDeCategorias,
  PaginaCatalogo,
  PaginaCategorias,
} from '../../../modulos/catalogos/catalogos.contrato.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { botonIcono, buscar, crear, exigir, icono, leerDatosPagina, origen } from '../../comun/dom.ts'
import { enviar, FalloDeServidor, obtener } from '../../comun/http.ts'
import { ponerOpciones } from '../../comun/seleccion.ts'
import { desactivar, PanelCatalogo } from './_panel.ts'

const { niveles } = leerDatosPagina<PaginaCategorias>()
const [categorias, subcategorias, clasificaciones] = niveles
if (!categorias || !subcategorias || !clasificaciones) throw new Error('La página no trae los tres niveles')

const arbol = exigir('#arbol', HTMLElement)
const buscador = exigir('#buscar-arbol', HTMLInputElement)
const inactivas = exigir('#ver-inactivas', HTMLInputElement)
const RUTA_ARBOL = `${categorias.ruta}arbol/`
const paginaDe = (slug: string): PaginaCatalogo => niveles.find((nivel) => nivel.slug === slug) ?? categorias
/** What hangs from each level, and the field that says from which row. */
const DEBAJO: Readonly<Record<string, { pagina: PaginaCatalogo; campo: string }>> = {
  [categorias.slug]: { pagina: subcategorias, campo: 'categoria' },
  [subcategorias.slug]: { pagina: clasificaciones, campo: 'subcategoria' },
}

let raices: NodoDeCategorias[] = []
const abiertos = new Set<string>()

const llaveDe = ({ nivel, id }: NodoDeCategorias): string => `${nivel}/${String(id)}`
const nombreDe = ({ codigo, descripcion }: NodoDeCategorias): string => `${codigo} - ${descripcion}`
const llano = (texto: string): string => sinAcentos(texto).toLowerCase()

/** The node with what of it is to be seen; null when nothing is. */
function visible(nodo: NodoDeCategorias, buscado: string): NodoDeCategorias | null {
  if (!nodo.activo && !inactivas.checked) return null
  const propio = llano(nombreDe(nodo)).includes(buscado)
  const hijas = nodo.hijas.flatMap((hija) => visible(hija, propio ? '' : buscado) ?? [])
  return propio || hijas.length > 0 ? { ...nodo, hijas } : null
}

function dibujar(nodo: NodoDeCategorias, buscado: string): HTMLLIElement {
  const llave = llaveDe(nodo)
  const abierto = buscado !== '' || abiertos.has(llave)
  const pagina = paginaDe(nodo.nivel)
  const nombre = nombreDe(nodo)
  const alternar = botonIcono(abierto ? icono('chevron-down') : icono('chevron-right'), `Ver lo que hay en ${nombre}`, {
    'data-alternar': llave,
    'aria-expanded': abierto,
    class: `boton boton-icono${nodo.hijas.length === 0 ? ' arbol-hoja' : ''}`,
    disabled: nodo.hijas.length === 0,
  })
  alternar.setAttribute('aria-expanded', String(abierto))
  const enlace = crear('a', { href: `${pagina.ruta}${String(nodo.id)}/`, 'data-abrir': llave }, nombre)
  return crear(
    'li',
    {},
    crear(
      'div',
      { class: 'arbol-nodo' },
      alternar,
      crear('span', { class: 'arbol-texto' }, enlace),
      nodo.activo ? null : crearInsignia('Inactivo', 'naranja'),
      crear('span', { class: 'acciones-fila' }, ...acciones(nodo, pagina, nombre)),
    ),
    abierto && nodo.hijas.length > 0 ? crear('ul', {}, ...nodo.hijas.map((hija) => dibujar(hija, buscado))) : null,
  )
}

function acciones(nodo: NodoDeCategorias, pagina: PaginaCatalogo, nombre: string): HTMLElement[] {
  const llave = llaveDe(nodo)
  const debajo = DEBAJO[nodo.nivel]
  return [
    ...(nodo.activo && debajo?.pagina.puede.crear
      ? [botonIcono(icono('plus-lg'), `Crear ${debajo.pagina.singular} en ${nombre}`, { 'data-agregar': llave })]
      : []),
    ...(nodo.activo && pagina.puede.eliminar
      ? [botonIcono(icono('trash'), `Desactivar ${nombre}`, { 'data-desactivar': llave })]
      : []),
    ...(!nodo.activo && pagina.puede.editar
      ? [botonIcono(icono('arrow-counterclockwise'), `Reactivar ${nombre}`, { 'data-reactivar': llave })]
      : []),
  ]
}

function pintar(): void {
  const buscado = llano(buscador.value.trim())
  const vistos = raices.flatMap((raiz) => visible(raiz, buscado) ?? [])
  const vacio = raices.length === 0 ? 'Todavía no hay categorías.' : 'Ninguna coincide con lo que buscas.'
  arbol.replaceChildren(
    vistos.length === 0
      ? crear('p', { class: 'tenue' }, vacio)
      : crear('ul', { class: 'arbol' }, ...vistos.map((nodo) => dibujar(nodo, buscado))),
  )
}

async function cargar(): Promise<void> {
  raices = await obtener<NodoDeCategorias[]>(RUTA_ARBOL)
  ponerPadres()
  pintar()
}

/** The new rows can be chosen as parents without loading the page again. */
function ponerPadres(): void {
  const opciones = (nodos: NodoDeCategorias[]) =>
    nodos.filter(({ activo }) => activo).map((nodo) => ({ valor: String(nodo.id), texto: nombreDe(nodo) }))
  const poner = (nombre: string, nodos: NodoDeCategorias[]): void => {
    const select = buscar(`#forma-catalogo select[name="${nombre}"]`, HTMLSelectElement)
    if (select) ponerOpciones(select, opciones(nodos))
  }
  poner('categoria', raices)
  poner(
    'subcategoria',
    raices.flatMap(({ hijas }) => hijas),
  )
}

const panel = new PanelCatalogo([categorias, subcategorias, clasificaciones], () => void cargar())

function nodoDe(llave: string, nodos: readonly NodoDeCategorias[] = raices): NodoDeCategorias | null {
  for (const nodo of nodos) {
    const hallado = llaveDe(nodo) === llave ? nodo : nodoDe(llave, nodo.hijas)
    if (hallado) return hallado
  }
  return null
}

async function pedirDesactivar(nodo: NodoDeCategorias): Promise<void> {
  const preguntar = (texto: string): Promise<boolean> =>
    confirmar({
      titulo: 'Confirmación',
      cuerpo: [crear('p', {}, crear('strong', {}, nombreDe(nodo))), crear('p', {}, texto)],
      destructivo: true,
    })
  if (await desactivar(paginaDe(nodo.nivel), nodo.id, preguntar)) await cargar()
}

async function reactivar(nodo: NodoDeCategorias): Promise<void> {
  try {
    await enviar(`${paginaDe(nodo.nivel).ruta}reactivar/`, { id: nodo.id })
    await cargar()
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
  }
}

function alternar(llave: string): void {
  if (!abiertos.delete(llave)) abiertos.add(llave)
  pintar()
  buscar(`[data-alternar="${llave}"]`, HTMLButtonElement, arbol)?.focus()
}

arbol.addEventListener('click', (evento) => {
  const pulsado = origen(evento, '[data-alternar], [data-abrir], [data-agregar], [data-desactivar], [data-reactivar]')
  if (!pulsado || evento.ctrlKey || evento.metaKey || evento.shiftKey) return
  const { alternar: plegado, abrir, agregar, desactivar: baja, reactivar: vuelta } = pulsado.dataset
  const nodo = nodoDe(plegado ?? abrir ?? agregar ?? baja ?? vuelta ?? '')
  if (!nodo) return
  evento.preventDefault()
  const debajo = DEBAJO[nodo.nivel]
  if (plegado !== undefined) alternar(plegado)
  else if (abrir !== undefined) void panel.abrir(nodo.id, true, paginaDe(nodo.nivel))
  else if (baja !== undefined) void pedirDesactivar(nodo)
  else if (vuelta !== undefined) void reactivar(nodo)
  else if (debajo) {
    abiertos.add(llaveDe(nodo))
    panel.abrirNuevo(debajo.pagina, { [debajo.campo]: String(nodo.id) })
  }
})
buscador.addEventListener('input', pintar)
inactivas.addEventListener('change', pintar)
buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => {
  panel.abrirNuevo(categorias)
})

void cargar().then(() => {
  const abierta = niveles.find(({ registro }) => registro !== null)
  if (abierta?.registro != null) void panel.abrir(abierta.registro, false, abierta)
})
