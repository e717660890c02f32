/** Page of any catalogue (catalogos.md §1.5): the list, the panel of a row, and what can be done with it. */
import type { ColumnaJson, FilaCatalogoJson, PaginaCatalogo } from '../../../modulos/catalogos/catalogos.contrato.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { confirmar, esperar } from '../../comun/dialogo.ts'
import { botonIcono, buscar, crear, exigir, icono, leerDatosPagina, origen } from '../../comun/dom.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'
import { mostrarPesos, PanelOrden } from './_orden.ts'
import { desactivar, PanelCatalogo } from './_panel.ts'

const pagina = leerDatosPagina<PaginaCatalogo>()
const { puede } = pagina

const textoDe = (fila: FilaCatalogoJson, clave: string): string => {
  const valor = fila[clave]
  return typeof valor === 'string' || typeof valor === 'number' ? String(valor) : ''
}

const nombreDe = (fila: FilaCatalogoJson): string => textoDe(fila, pagina.titular)

function columnaDe({ clave, titulo, dibujo, visible }: ColumnaJson): Columna<FilaCatalogoJson> {
  const base: Columna<FilaCatalogoJson> = { nombre: clave, titulo, ordenable: true, visible }
  switch (dibujo) {
    case 'titular':
      return {
        ...base,
        clase: 'texto-largo',
        celda: (fila) => crear('a', { href: `${pagina.ruta}${String(fila.id)}/`, 'data-abrir': '' }, nombreDe(fila)),
        texto: nombreDe,
      }
    case 'color':
      return {
        ...base,
        celda: (fila) => {
          const muestra = crear('span', { class: 'muestra-superintendente', 'aria-hidden': 'true' })
          muestra.style.background = textoDe(fila, clave)
          return crear('span', { class: 'con-muestra' }, muestra, textoDe(fila, clave))
        },
        texto: (fila) => textoDe(fila, clave),
      }
    case 'porcentaje':
      return {
        ...base,
        clase: 'numero',
        celda: (fila) => `${textoDe(fila, clave)}%`,
        texto: (fila) => textoDe(fila, clave),
      }
    case 'numero':
      return { ...base, clase: 'numero' }
    case 'texto':
      return base
  }
}

function acciones(fila: FilaCatalogoJson): HTMLElement {
  const nombre = nombreDe(fila)
  const botones = [
    botonIcono(puede.editar ? icono('pencil') : icono('eye'), `${puede.editar ? 'Editar' : 'Ver'} ${nombre}`, {
      'data-abrir': '',
    }),
  ]
  if (fila.protegido) {
    const candado = crear(
      'span',
      { class: 'candado', title: 'Registro del sistema: no puede desactivarse' },
      icono('lock'),
    )
    candado.append(crear('span', { class: 'solo-lector' }, 'Registro del sistema'))
    return crear('div', { class: 'acciones-fila' }, ...botones, puede.eliminar ? candado : null)
  }
  if (fila.activo_bool && puede.eliminar)
    botones.push(botonIcono(icono('trash'), `Desactivar ${nombre}`, { 'data-desactivar': '' }))
  if (!fila.activo_bool && puede.editar)
    botones.push(botonIcono(icono('arrow-counterclockwise'), `Reactivar ${nombre}`, { 'data-reactivar': '' }))
  return crear('div', { class: 'acciones-fila' }, ...botones)
}

const COLUMNAS: Columna<FilaCatalogoJson>[] = [
  ...pagina.columnas.map(columnaDe),
  {
    nombre: 'activo',
    titulo: 'Estatus',
    ordenable: true,
    celda: (fila) => crearInsignia(fila.activo, fila.activo_bool ? 'verde' : 'naranja'),
    texto: (fila) => fila.activo,
  },
  { nombre: 'acciones', titulo: 'Acciones', fija: true, clase: 'columna-acciones', celda: acciones },
]

const conFiltro = pagina.campos.filter(({ clase }) => clase === 'nivel' || clase === 'referencia')

function alCambiar(): void {
  tabla.recargar()
  if (pagina.ordenable) void mostrarPesos(pagina)
}

const panel = new PanelCatalogo([pagina], alCambiar)

const { tabla } = montarLista<FilaCatalogoJson>({
  caja: exigir('#tabla-catalogo', HTMLElement),
  titulo: pagina.titulo,
  clase: 'tabla-catalogo',
  ruta: pagina.rutaLista,
  columnas: COLUMNAS,
  orden: null,
  filtros: {
    nombres: ['filtro', 'estado', ...conFiltro.map(({ nombre }) => nombre)],
    rotuloBusqueda: 'Contiene',
  },
  vistas: `catalogo_${pagina.slug}`,
  rutaExportar: `${pagina.ruta}exportar/`,
  alAbrir: (fila) => void panel.abrir(fila.id),
  teclaAbrir: 'Abrir el registro de la fila',
  vacio: {
    conFiltros: 'Ningún registro cumple con estos filtros.',
    sinNada: puede.crear ? 'Todavía no hay registros. Empieza con «Crear nuevo».' : 'Todavía no hay registros.',
  },
})

async function pedirDesactivar(fila: FilaCatalogoJson): Promise<void> {
  const preguntar = (texto: string): Promise<boolean> =>
    confirmar({
      titulo: 'Confirmación',
      cuerpo: [crear('p', {}, crear('strong', {}, nombreDe(fila))), crear('p', {}, texto)],
      destructivo: true,
    })
  if (await desactivar(pagina, fila.id, preguntar)) alCambiar()
}

async function reactivar(fila: FilaCatalogoJson): Promise<void> {
  try {
    await enviar(`${pagina.ruta}reactivar/`, { id: fila.id })
    alCambiar()
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
  }
}

tabla.elemento.addEventListener('click', (evento) => {
  const boton = origen(evento, '[data-abrir], [data-desactivar], [data-reactivar]')
  const fila = boton ? tabla.filaDe(boton) : null
  if (!boton || !fila || evento.ctrlKey || evento.metaKey || evento.shiftKey) return
  evento.preventDefault()
  if (boton.dataset['abrir'] !== undefined) void panel.abrir(fila.id)
  else if (boton.dataset['desactivar'] !== undefined) void pedirDesactivar(fila)
  else if (boton instanceof HTMLButtonElement) void esperar(boton, () => reactivar(fila))
})

buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => {
  panel.abrirNuevo()
})
if (pagina.ordenable) {
  void mostrarPesos(pagina)
  const botonOrdenar = buscar('#boton-ordenar', HTMLButtonElement)
  if (botonOrdenar) {
    const orden = new PanelOrden(pagina, alCambiar)
    botonOrdenar.addEventListener('click', () => void orden.abrir())
  }
}
if (pagina.registro !== null) void panel.abrir(pagina.registro, false)
