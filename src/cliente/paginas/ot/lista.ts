/** Page «ORDEN DE TRABAJO» (ot.md §7): the list, what each row opens, and what can be done with an OT. */
import { dinero, textoDinero } from '../../../comun/dinero.ts'
import {
  rutaOt,
  VISTAS_DE_OT,
  type FilaOt,
  type PaginaListaOt,
  type RespuestaTablaOt,
} from '../../../modulos/ot/ot.contrato.ts'
import { alNoAbrir, montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { buscar, exigir, leerDatosPagina } from '../../comun/dom.ts'
import {
  celdaAcciones,
  celdaEstatus,
  celdaExpandir,
  celdaFolioConNumero,
  celdaPasos,
  celdaProgreso,
  celdaTiempo,
  estaPorDefinir,
  textoProgreso,
} from './_celdas.ts'
import { eliminarOt } from './_eliminar.ts'
import { activarFilas, recargarHijas, type AccionesOt } from './_expansion.ts'
import { FILTROS_OT, llenarFiltrosOt } from './_filtros.ts'
import { FormularioOt } from './_formulario.ts'

const { puede, catalogos } = leerDatosPagina<PaginaListaOt>()

const importe = (valor: string): string => textoDinero(dinero(valor))

const COLUMNAS: Columna<FilaOt>[] = [
  {
    nombre: 'expandir',
    titulo: 'Detalles',
    tituloOculto: true,
    fija: true,
    clase: 'columna-expandir',
    celda: celdaExpandir,
  },
  { nombre: 'id', titulo: 'ID', ordenable: true, visible: false, clase: 'numero' },
  {
    nombre: 'orden_trabajo',
    titulo: 'Folio OT',
    ordenable: true,
    clase: 'columna-fija',
    celda: celdaFolioConNumero,
    texto: (f) => f.orden_trabajo,
  },
  { nombre: 'descripcion_tipo', titulo: 'Tipo', visible: false },
  { nombre: 'num_reprogramacion', titulo: 'No.', ordenable: true, visible: false, clase: 'numero' },
  { nombre: 'pte_padre', titulo: 'PTE proveniente', ordenable: true },
  { nombre: 'oficio_ot', titulo: 'Oficio OT', ordenable: true, visible: false },
  { nombre: 'descripcion_trabajo', titulo: 'Descripción del Trabajo', visible: false },
  { nombre: 'cliente', titulo: 'Cliente', ordenable: true, visible: false },
  { nombre: 'responsable_proyecto_texto', titulo: 'Responsable del Proyecto', ordenable: true, visible: false },
  { nombre: 'responsable_cliente', titulo: 'Responsable del cliente', ordenable: true, visible: false },
  { nombre: 'frente', titulo: 'Frente', ordenable: true, visible: false },
  { nombre: 'sitio', titulo: 'Sitio', ordenable: true, visible: false },
  {
    nombre: 'fecha_inicio_programada',
    titulo: 'Fecha de inicio programado',
    ordenable: true,
    visible: false,
    clase: 'fecha-celda',
  },
  {
    nombre: 'fecha_termino_programada',
    titulo: 'Fecha de termino programado',
    ordenable: true,
    visible: false,
    clase: 'fecha-celda',
  },
  { nombre: 'fecha_inicio_real', titulo: 'Fecha de inicio real', ordenable: true, clase: 'fecha-celda' },
  { nombre: 'fecha_termino_real', titulo: 'Fecha término real', ordenable: true, clase: 'fecha-celda' },
  { nombre: 'plazo_dias', titulo: 'Plazo (días)', ordenable: true, visible: false, clase: 'numero' },
  { nombre: 'progreso_final', titulo: 'Progreso', ordenable: true, celda: celdaProgreso, texto: textoProgreso },
  {
    nombre: 'progreso_tiempo',
    titulo: 'Progreso Tiempo',
    visible: false,
    celda: celdaTiempo,
    texto: (f) => `${String(f.progreso_tiempo)}%`,
  },
  {
    nombre: 'progreso_pasos',
    titulo: 'Progreso Pasos',
    visible: false,
    celda: celdaPasos,
    texto: (f) => `${String(f.progreso_pasos)}%`,
  },
  {
    nombre: 'monto_mxn',
    titulo: 'Monto MXN',
    ordenable: true,
    visible: false,
    clase: 'numero',
    celda: (f) => importe(f.monto_mxn),
    texto: (f) => f.monto_mxn,
  },
  {
    nombre: 'monto_usd',
    titulo: 'Monto USD',
    ordenable: true,
    visible: false,
    clase: 'numero',
    celda: (f) => importe(f.monto_usd),
    texto: (f) => f.monto_usd,
  },
  { nombre: 'comentario', titulo: 'Comentario', visible: false },
  {
    nombre: 'estatus_ot_texto',
    titulo: 'Estatus',
    celda: (f) => celdaEstatus(f, puede.editar),
    texto: (f) => f.estatus_ot_texto,
  },
  {
    nombre: 'acciones',
    titulo: 'Opciones',
    fija: true,
    clase: 'columna-acciones',
    celda: (f) => celdaAcciones(f, puede),
  },
]

const dialogo = buscar('#dialogo-ot', HTMLDialogElement)
const formulario = dialogo
  ? new FormularioOt(catalogos, () => {
      tabla.recargar()
      recargarHijas()
    })
  : null

const acciones: AccionesOt = {
  puede,
  editar: (id) =>
    void formulario?.abrirEdicion(id).catch(
      alNoAbrir(() => {
        tabla.recargar()
        recargarHijas()
      }),
    ),
  abrir: (fila) => {
    location.assign(rutaOt(fila.id))
  },
  eliminar: (fila) => {
    void eliminarOt(fila).then((eliminada) => {
      if (!eliminada) return
      tabla.recargar()
      recargarHijas()
    })
  },
}

llenarFiltrosOt()
const { tabla } = montarLista<FilaOt, RespuestaTablaOt>({
  caja: exigir('#tabla-ot', HTMLElement),
  titulo: 'Órdenes de trabajo',
  clase: 'tabla-ot',
  ruta: '/operaciones/ot/datatable/',
  columnas: COLUMNAS,
  orden: { columna: 'id', descendente: true },
  filtros: FILTROS_OT,
  vistas: VISTAS_DE_OT,
  rutaExportar: puede.exportar ? '/operaciones/ot/exportar/' : null,
  claseFila: (fila) => (estaPorDefinir(fila) ? 'por-definir' : ''),
  alAbrir: acciones.abrir,
  teclaAbrir: 'Abrir la OT de la fila',
  sumas: ({ totales }) => `Suma: ${importe(totales.monto_mxn)} MXN · ${importe(totales.monto_usd)} USD`,
  vacio: {
    conFiltros: 'Ninguna OT cumple con estos filtros.',
    sinNada: 'Todavía no hay órdenes de trabajo. Un administrador puede cargarlas con «Importar OT históricas».',
  },
})
activarFilas(tabla, acciones)
buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => formulario?.abrirNueva())
