/** Page «PROPUESTA TECNICA ECONOMICA» (pte.md §8.2): the list, what each row opens, and what can be done with a PTE. */
import { dinero, textoDinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import {
  RUTA_PTE,
  rutaPte,
  VISTAS_DE_PTE,
  type FilaPte,
  type PaginaListaPte,
  type RespuestaTablaPte,
} from '../../../modulos/pte/pte.contrato.ts'
import { alNoAbrir, montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { buscar, exigir, leerDatosPagina, oRaya } from '../../comun/dom.ts'
import { celdaAcciones, celdaEstatus, celdaExpandir, celdaFolio, celdaProgreso, textoProgreso } from './_celdas.ts'
import { crearOtDesdePte } from './_crear-ot.ts'
import { eliminarPte } from './_eliminar.ts'
import { activarFilas } from './_expansion.ts'
import { FILTROS_PTE, llenarFiltrosPte } from './_filtros.ts'
import { FormularioPte } from './_formulario.ts'

const { puede, catalogos } = leerDatosPagina<PaginaListaPte>()

const dia = (fila: FilaPte): string => aDdMmAaaa(leerFechaIso(fila.fecha_solicitud ?? '')) ?? ''
const importe = (valor: string): string => textoDinero(dinero(valor))

const COLUMNAS: Columna<FilaPte>[] = [
  {
    nombre: 'expandir',
    titulo: 'Detalles',
    tituloOculto: true,
    fija: true,
    clase: 'columna-expandir',
    celda: celdaExpandir,
  },
  { nombre: 'id', titulo: 'ID', ordenable: true, visible: false, clase: 'numero' },
  { nombre: 'descripcion_tipo', titulo: 'Tipo', ordenable: true },
  {
    nombre: 'oficio_pte',
    titulo: 'Folio PTE',
    ordenable: true,
    clase: 'columna-fija',
    celda: celdaFolio,
    texto: (f) => f.oficio_pte,
  },
  { nombre: 'oficio_solicitud', titulo: 'Oficio solicitud', ordenable: true, clase: 'texto-corto' },
  { nombre: 'descripcion_trabajo', titulo: 'Descripción de trabajo', ordenable: true, clase: 'texto-flexible' },
  { nombre: 'cliente', titulo: 'Cliente', ordenable: true, visible: false },
  { nombre: 'responsable_proyecto_texto', titulo: 'Responsable del Proyecto', ordenable: true, visible: false },
  { nombre: 'prioridad_texto', titulo: 'Prioridad', ordenable: true, visible: false },
  {
    nombre: 'fecha_solicitud',
    titulo: 'Fecha de Solicitud',
    ordenable: true,
    visible: false,
    clase: 'fecha-celda',
    celda: (f) => oRaya(dia(f)),
    texto: dia,
  },
  { nombre: 'fecha_entrega', titulo: 'Fecha entrega', ordenable: true, clase: 'fecha-celda' },
  { nombre: 'plazo_dias', titulo: 'Plazo en Días', ordenable: true, visible: false, clase: 'numero' },
  {
    nombre: 'total_homologado',
    titulo: 'Total homologado',
    ordenable: true,
    visible: false,
    clase: 'numero',
    celda: (f) => importe(f.total_homologado),
    texto: (f) => f.total_homologado,
  },
  { nombre: 'id_orden_trabajo', titulo: 'OT relacionada', ordenable: true, visible: false },
  { nombre: 'comentario', titulo: 'Comentario', visible: false },
  {
    nombre: 'estatus_texto',
    titulo: 'Estatus',
    celda: (f) => celdaEstatus(f, puede.editar),
    texto: (f) => f.estatus_texto,
  },
  { nombre: 'progreso', titulo: 'Progreso', ordenable: true, celda: celdaProgreso, texto: textoProgreso },
  {
    nombre: 'acciones',
    titulo: 'Opciones',
    fija: true,
    clase: 'columna-acciones',
    celda: (f) => celdaAcciones(f, puede),
  },
]

llenarFiltrosPte()
const { tabla } = montarLista<FilaPte, RespuestaTablaPte>({
  caja: exigir('#tabla-pte', HTMLElement),
  titulo: 'Propuestas técnico económicas',
  clase: 'tabla-pte',
  ruta: RUTA_PTE.tabla,
  columnas: COLUMNAS,
  orden: { columna: 'id', descendente: true },
  filtros: FILTROS_PTE,
  // Several kinds travel as the same name repeated; the address has them with commas.
  parametros: ({ tipo, ...resto }) => (tipo === undefined ? resto : { ...resto, 'tipo[]': tipo.split(',') }),
  vistas: VISTAS_DE_PTE,
  rutaExportar: puede.exportar ? RUTA_PTE.exportar : null,
  sustantivo: ['PTE', 'PTE'],
  alAbrir: (fila) => {
    location.assign(rutaPte(fila.id))
  },
  teclaAbrir: 'Abrir la PTE de la fila',
  sumas: ({ totales }) => `Suma: ${importe(totales.total_homologado)} homologado`,
  vacio: {
    conFiltros: 'Ninguna PTE cumple con estos filtros.',
    sinNada: puede.crear ? 'Todavía no hay PTE. Empieza con «Crear nuevo».' : 'Todavía no hay PTE.',
  },
})

const formulario = buscar('#dialogo-pte', HTMLDialogElement)
  ? new FormularioPte(catalogos, () => {
      tabla.recargar()
    })
  : null

const recargarSi = (hecho: boolean): void => {
  if (hecho) tabla.recargar()
}
activarFilas(tabla, {
  puedeCambiarPasos: puede.pasos,
  editar: (id) =>
    void formulario?.abrirEdicion(id).catch(
      alNoAbrir(() => {
        tabla.recargar()
      }),
    ),
  eliminar: (fila) => void eliminarPte(fila).then(recargarSi),
  crearOt: (fila) => void crearOtDesdePte(fila).then((creada) => recargarSi(creada !== null)),
})
buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => formulario?.abrirNueva())
