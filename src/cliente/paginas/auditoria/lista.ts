/** Page «REGISTRO DE ACTIVIDAD» (core.md §9.6): who changed what, when; what one request changed stands together. */
import {
  VISTAS_DE_ACTIVIDAD,
  type FilaDeActividadJson,
  type RespuestaActividad,
} from '../../../modulos/auditoria/actividad/actividad.contrato.ts'
import type { Tono } from '../../../comun/colores.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { botonIcono, crear, exigir, icono, oRaya, origen } from '../../comun/dom.ts'

type Fila = FilaDeActividadJson

/** Badges of §9.6; the rest are grey. */
const TONO_DE_EVENTO: Readonly<Record<string, Tono>> = {
  CREAR: 'verde',
  MODIFICAR: 'amarillo',
  ELIMINAR: 'naranja',
  ACTUALIZAR: 'azul',
  REGISTRAR: 'azul',
}
/** A longer sentence is cut in the table and whole in the details of its row. */
const LARGO_DE_ORACION = 180

const celdaExpandir = (fila: Fila): Node => {
  const boton = botonIcono(icono('chevron-right'), `Ver detalles: ${fila.detalle_evento.slice(0, 80)}`, {
    'data-accion': 'expandir',
    'aria-expanded': 'false',
    tabindex: -1,
  })
  boton.classList.add('expandir')
  return boton
}

const celdaAfectacion = (fila: Fila): Node => {
  const nombre = crear('strong', {}, fila.afectacion)
  return fila.enlace === null
    ? nombre
    : crear('a', { href: fila.enlace, title: `Abrir: ${fila.afectacion} ${oRaya(fila.registro_id)}` }, nombre)
}

const celdaUsuario = (fila: Fila): Node =>
  crear(
    'span',
    {},
    crear('strong', {}, fila.nombre_completo),
    ' ',
    crear('span', { class: 'correo tenue' }, fila.email),
  )

/** The verb in bold, the rest as text. */
function celdaDescripcion({ detalle_evento: oracion }: Fila): Node {
  const corta = oracion.length > LARGO_DE_ORACION ? `${oracion.slice(0, LARGO_DE_ORACION)}…` : oracion
  const verbo = /^\S+/.exec(corta)?.[0] ?? ''
  return crear('span', { class: 'oracion' }, crear('strong', {}, verbo), corta.slice(verbo.length))
}

const COLUMNAS: Columna<Fila>[] = [
  {
    nombre: 'expandir',
    titulo: 'Detalles',
    tituloOculto: true,
    fija: true,
    clase: 'columna-expandir',
    celda: celdaExpandir,
  },
  { nombre: 'id', titulo: 'ID', visible: false, clase: 'numero' },
  {
    nombre: 'afectacion',
    titulo: 'Afectación en',
    ordenable: true,
    celda: celdaAfectacion,
    texto: (f) => f.afectacion,
  },
  {
    nombre: 'evento',
    titulo: 'Evento',
    ordenable: true,
    celda: (f) => crearInsignia(f.evento, TONO_DE_EVENTO[f.evento] ?? 'gris'),
    texto: (f) => f.evento,
  },
  {
    nombre: 'fecha',
    titulo: 'Fecha',
    ordenable: true,
    clase: 'fecha-celda',
    celda: (f) => f.fecha_formateada,
    texto: (f) => f.fecha_formateada,
  },
  {
    nombre: 'nombre_completo',
    titulo: 'Usuario',
    ordenable: true,
    celda: celdaUsuario,
    texto: (f) => f.nombre_completo,
  },
  { nombre: 'email', titulo: 'Correo', visible: false },
  { nombre: 'registro_id', titulo: 'Registro', visible: false, clase: 'numero' },
  { nombre: 'campo', titulo: 'Campo', visible: false },
  { nombre: 'valor_anterior', titulo: 'Valor anterior', visible: false },
  { nombre: 'valor_actual', titulo: 'Valor actual', visible: false },
  {
    nombre: 'detalle_evento',
    titulo: 'Descripción',
    clase: 'columna-oracion',
    celda: celdaDescripcion,
    texto: (f) => f.detalle_evento,
  },
  { nombre: 'ip', titulo: 'Dirección IP', visible: false },
  { nombre: 'transaccion', titulo: 'Operación', visible: false },
]

/** Old and new value side by side and everything else that the row keeps. */
function crearDetalle(fila: Fila): HTMLElement {
  const valor = (titulo: string, texto: string): HTMLElement =>
    crear(
      'div',
      { class: 'valor-guardado', role: 'group', 'aria-label': titulo, tabindex: 0 },
      crear('p', { class: 'valor-titulo' }, titulo),
      crear('p', {}, oRaya(texto)),
    )
  const dato = (titulo: string, texto: string | number | null): HTMLElement[] => [
    crear('dt', {}, titulo),
    crear('dd', {}, oRaya(texto)),
  ]
  return crear(
    'div',
    { class: 'detalle-caja detalle-actividad' },
    // With both values below, the sentence would say them twice.
    fila.valor_anterior === '' && fila.valor_actual === ''
      ? crear('p', { class: 'oracion-completa' }, fila.detalle_evento)
      : crear('div', { class: 'valores' }, valor('Antes', fila.valor_anterior), valor('Después', fila.valor_actual)),
    crear(
      'dl',
      { class: 'datos' },
      ...dato('Campo', fila.campo),
      ...dato('Registro', fila.registro_id),
      ...dato('Dirección IP', fila.ip),
      ...dato('Operación', fila.transaccion),
    ),
  )
}

/** Rows of one request that stand together become one block: the first says how many they are, the rest repeat nothing. */
function agrupar(filas: readonly Fila[]): void {
  for (const [i, fila] of filas.entries()) {
    if (fila.transaccion === null) continue
    const sigue = filas[i - 1]?.transaccion === fila.transaccion
    const inicia = !sigue && filas[i + 1]?.transaccion === fila.transaccion
    const tr = tabla.trPorId(fila.id)
    if (!tr || (!sigue && !inicia)) continue
    tr.classList.add(inicia ? 'operacion-inicia' : 'operacion-sigue')
    const celda = tr.querySelector('.fecha-celda')
    if (!celda) continue
    if (sigue) celda.append(crear('span', { class: 'solo-lector' }, ' (misma operación)'))
    else {
      const cuantas = filas.slice(i).findIndex(({ transaccion }) => transaccion !== fila.transaccion)
      const n = cuantas === -1 ? filas.length - i : cuantas
      celda.append(
        crear(
          'span',
          { class: 'etiqueta-chica tono-gris', title: 'Cambios de una misma operación' },
          `${String(n)} cambios`,
        ),
      )
    }
  }
}

const { tabla } = montarLista<Fila, RespuestaActividad>({
  caja: exigir('#tabla-actividad', HTMLElement),
  titulo: 'Registro de actividad',
  clase: 'tabla-registro',
  ruta: '/operaciones/registro_actividad/datatable/',
  columnas: COLUMNAS,
  orden: { columna: 'fecha', descendente: true },
  filtros: {
    nombres: ['filtro', 'usuario_id', 'tabla_log', 'registro_id', 'evento', 'fecha_desde', 'fecha_hasta'],
    rotuloBusqueda: 'Contiene',
  },
  vistas: VISTAS_DE_ACTIVIDAD,
  rutaExportar: '/operaciones/registro_actividad/exportar/',
  alDibujar: ({ data }) => {
    agrupar(data)
  },
  alAbrir: (fila) => {
    if (fila.enlace !== null) location.assign(fila.enlace)
  },
  teclaAbrir: 'Abrir el registro de la fila, si tiene página',
  vacio: {
    conFiltros: 'Ninguna actividad cumple con estos filtros.',
    sinNada: 'Todavía no hay actividad registrada.',
  },
})

tabla.elemento.addEventListener('click', (evento) => {
  const boton = origen(evento, '[data-accion="expandir"]')
  const fila = boton && tabla.filaDe(boton)
  if (boton && fila) tabla.alternarDetalle(boton, () => crearDetalle(fila))
})
