/** Pages of ordinary and extraordinary concepts (catalogos.md §6.1). */
import { dinero, conMiles, textoDineroBreve } from '../../../comun/dinero.ts'
import type { RespuestaTabla } from '../../../comun/contrato.ts'
import {
  RUTA_CONCEPTO,
  rutaConcepto,
  VISTAS_DE_CONCEPTOS,
  type FilaConcepto,
  type PaginaConceptos,
} from '../../../modulos/contratos/contratos.contrato.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { botonIcono, buscar, crear, exigir, icono, leerDatosPagina, origen } from '../../comun/dom.ts'
import { desactivarConcepto, reactivarConcepto } from './_baja.ts'
import { DialogoConversion } from './_conversion.ts'
import { FormularioConcepto } from './_formulario.ts'

const { modo, puede } = leerDatosPagina<PaginaConceptos>()
const ordinarios = modo === 'ordinarios'

const precio = (valor: string): string => textoDineroBreve(dinero(valor))

const TONO_PUE = { AUTORIZADO: 'verde', CANCELADA: 'gris', 'EN ELABORACION': 'amarillo' } as const

const COLUMNAS: Columna<FilaConcepto>[] = [
  { nombre: 'id', titulo: 'ID', ordenable: true, visible: false, clase: 'numero' },
  {
    nombre: 'id_partida',
    titulo: 'Partida',
    ordenable: true,
    clase: 'texto-medio',
    celda: (f) => crear('a', { href: rutaConcepto(f.id), class: 'folio' }, f.id_partida),
    texto: (f) => f.id_partida,
  },
  { nombre: 'descripcion', titulo: 'Descripción', ordenable: true, clase: ordinarios ? '' : 'texto-medio' },
  { nombre: 'unidad_medida', titulo: 'Unidad', ordenable: true },
  { nombre: 'anexo', titulo: 'Anexo', ordenable: true },
  {
    nombre: 'cantidad_referencia',
    titulo: 'Cant. Ref.',
    ordenable: true,
    clase: 'numero',
    celda: (f) => conMiles(f.cantidad_referencia),
    texto: (f) => f.cantidad_referencia,
  },
  {
    nombre: 'precio_unitario_mn',
    titulo: 'Precio MN',
    ordenable: true,
    clase: 'numero',
    celda: (f) => precio(f.precio_unitario_mn),
    texto: (f) => f.precio_unitario_mn,
  },
  {
    nombre: 'precio_unitario_usd',
    titulo: 'Precio USD',
    ordenable: true,
    clase: 'numero',
    celda: (f) => precio(f.precio_unitario_usd),
    texto: (f) => f.precio_unitario_usd,
  },
  ...(ordinarios
    ? [{ nombre: 'partida_extraordinaria', titulo: 'PUE de origen', ordenable: true, visible: false }]
    : columnasDePue()),
  {
    nombre: 'activo',
    titulo: 'Estatus',
    ordenable: true,
    celda: (f) => crearInsignia(f.activo, f.activo_bool ? 'verde' : 'naranja'),
    texto: (f) => f.activo,
  },
  { nombre: 'comentario', titulo: 'Comentario', visible: false },
  { nombre: 'acciones', titulo: 'Acciones', fija: true, clase: 'columna-acciones', celda: celdaAcciones },
]

function columnasDePue(): Columna<FilaConcepto>[] {
  return [
    { nombre: 'pte', titulo: 'PTE origen', ordenable: true, clase: 'texto-corto' },
    { nombre: 'ot', titulo: 'OT origen', ordenable: true, clase: 'texto-corto' },
    {
      nombre: 'estatus_pue',
      titulo: 'Estatus PUE',
      ordenable: true,
      celda: (f) => (f.estatus_pue ? crearInsignia(f.estatus_pue, tonoDePue(f.estatus_pue)) : '—'),
      texto: (f) => f.estatus_pue ?? '',
    },
    { nombre: 'fecha_sancion', titulo: 'Fecha sanción', ordenable: true, clase: 'fecha-celda' },
  ]
}

function tonoDePue(estatus: string): 'verde' | 'gris' | 'amarillo' | 'desconocido' {
  return (TONO_PUE as Record<string, 'verde' | 'gris' | 'amarillo'>)[estatus] ?? 'desconocido'
}

function celdaAcciones(fila: FilaConcepto): HTMLElement {
  const accion = (dibujo: string, nombre: string, hace: string): HTMLElement =>
    botonIcono(icono(dibujo), nombre, { 'data-accion': hace, 'aria-label': `${nombre} ${fila.id_partida}` })
  const sin = (dibujo: string, nombre: string): HTMLElement =>
    botonIcono(icono(dibujo), nombre, { 'aria-disabled': 'true' })
  if (!fila.activo_bool)
    return crear(
      'div',
      { class: 'acciones-fila' },
      puede.editar
        ? accion('arrow-counterclockwise', 'Reactivar', 'reactivar')
        : sin('arrow-counterclockwise', 'Sin permisos para reactivar'),
    )
  return crear(
    'div',
    { class: 'acciones-fila' },
    puede.editar ? accion('pencil', 'Editar', 'editar') : sin('pencil', 'No editable'),
    puede.eliminar ? accion('trash', 'Desactivar', 'desactivar') : sin('trash', 'No eliminable'),
  )
}

const { tabla } = montarLista<FilaConcepto, RespuestaTabla<FilaConcepto>>({
  caja: exigir('#tabla-conceptos', HTMLElement),
  titulo: ordinarios ? 'Conceptos ordinarios' : 'Conceptos extraordinarios',
  ruta: RUTA_CONCEPTO.tabla,
  columnas: COLUMNAS,
  sustantivo: ['concepto', 'conceptos'],
  orden: { columna: 'id', descendente: true },
  filtros: {
    nombres: ordinarios ? ['filtro', 'unidad_medida', 'sub_anexo', 'estado'] : ['filtro', 'unidad_medida', 'estado'],
    rotuloBusqueda: ordinarios ? 'Partida, descripción o anexo' : 'Partida, descripción, PTE u OT',
  },
  parametros: (aplicados) => ({ ...aplicados, modo_vista: modo }),
  vistas: VISTAS_DE_CONCEPTOS[modo],
  rutaExportar: RUTA_CONCEPTO.exportar,
  claseFila: (fila) => (fila.activo_bool ? '' : 'inactiva'),
  alAbrir: (fila) => {
    location.assign(rutaConcepto(fila.id))
  },
  teclaAbrir: 'Abrir el concepto de la fila',
  vacio: {
    conFiltros: 'Ningún concepto cumple con estos filtros.',
    sinNada: ordinarios
      ? 'Todavía no hay conceptos ordinarios. Un administrador puede cargar el catálogo del contrato o convertir un PUE con «Crear nuevo».'
      : 'Todavía no hay conceptos extraordinarios. Un administrador puede crearlos con «Crear nuevo» o cargarlos de un libro.',
  },
})

const recargar = (hecho: boolean): void => {
  if (hecho) tabla.recargar()
}
const formulario = FormularioConcepto.enPagina(modo, () => {
  tabla.recargar()
})
const conversion = buscar('#dialogo-conversion', HTMLDialogElement)
  ? new DialogoConversion(() => {
      tabla.recargar(true)
    })
  : null

buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => {
  if (conversion) conversion.abrir()
  else formulario?.abrirNuevo()
})

tabla.elemento.addEventListener('click', (evento) => {
  const boton = origen(evento, '[data-accion]')
  const fila = boton && tabla.filaDe(boton)
  if (!boton || !fila) return
  const { accion } = boton.dataset
  if (accion === 'editar') void formulario?.abrirEdicion(fila.id)
  else if (accion === 'desactivar') void desactivarConcepto(fila.id, fila.id_partida).then(recargar)
  else if (accion === 'reactivar') void reactivarConcepto(fila.id).then(recargar)
})
