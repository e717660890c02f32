/** Page «ORDEN DE TRABAJO» (ot.md §7): the list, what each row opens, and what can be done with an OT. */
import { dinero, textoDinero } from '../../../comun/dinero.ts'
import {
  rutaOt,
  VISTAS_DE_OT,
  type FilaOt,
  type PaginaListaOt,
  type RespuestaTablaOt,
} from '../../../modulos/ot/ot.contrato.ts'
import {
  leerEstado,
  publicarEstado,
  recordarDesplazamiento,
  escribirEstado,
  type EstadoLista,
} from '../../componentes/estado-direccion.ts'
import { menuExportar, selectorDeColumnas, tamanoDePagina } from '../../componentes/herramientas-tabla.ts'
import { filaVacia, Tabla, type Columna } from '../../componentes/tabla.ts'
import { menuDeVistas } from '../../componentes/vistas-guardadas.ts'
import { buscar, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { declararTeclas } from '../../comun/teclado.ts'
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
import { Filtros, FILTROS_OT } from './_filtros.ts'
import { FormularioOt } from './_formulario.ts'

const POR_PAGINA = 25
const ORDEN_INICIAL = { columna: 'id', descendente: true }
const RUTA_TABLA = '/operaciones/ot/datatable/'
const RUTA_EXPORTAR = '/operaciones/ot/exportar/'

const { puede, catalogos } = leerDatosPagina<PaginaListaOt>()
const estado = leerEstado(location.search, FILTROS_OT)

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

/** Columns of the address, or those of the page. */
function conVisibilidad(columnas: Columna<FilaOt>[], elegidas: string[] | null): Columna<FilaOt>[] {
  if (!elegidas) return columnas
  return columnas.map((columna) => ({
    ...columna,
    visible: columna.fija === true || elegidas.includes(columna.nombre),
  }))
}

const filtros = new Filtros(estado.filtros, () => {
  tabla.recargar(true)
  publicar()
})

const dialogo = buscar('#dialogo-ot', HTMLDialogElement)
const formulario = dialogo
  ? new FormularioOt(catalogos, () => {
      tabla.recargar()
      recargarHijas()
    })
  : null

const acciones: AccionesOt = {
  puede,
  editar: (id) => void formulario?.abrirEdicion(id),
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

const tabla = new Tabla<FilaOt, RespuestaTablaOt>({
  caja: exigir('#tabla-ot', HTMLElement),
  titulo: 'Órdenes de trabajo',
  clase: 'tabla-ot',
  ruta: RUTA_TABLA,
  columnas: conVisibilidad(COLUMNAS, estado.columnas),
  parametros: () => filtros.aplicados,
  orden: estado.orden ?? ORDEN_INICIAL,
  porPagina: estado.porPagina ?? POR_PAGINA,
  pagina: estado.pagina,
  seleccionable: true,
  claseFila: (fila) => (estaPorDefinir(fila) ? 'por-definir' : ''),
  alAbrir: acciones.abrir,
  sumas: ({ totales }) => `Suma: ${importe(totales.monto_mxn)} MXN · ${importe(totales.monto_usd)} USD`,
  alDibujar: () => {
    window.requestAnimationFrame(desplazamiento.restaurar)
  },
  vacio: () =>
    filtros.hayAlguno
      ? filaVacia('Ninguna OT cumple con estos filtros.', {
          texto: 'Limpiar filtros',
          hacer: () => {
            filtros.limpiar()
          },
        })
      : filaVacia('Todavía no hay órdenes de trabajo. Un administrador puede cargarlas con «Importar histórico».'),
})
const desplazamiento = recordarDesplazamiento(tabla.rollo)
activarFilas(tabla, acciones)

// ------------------------------------------------------------------------------------------ state and tools

/** What is on screen; what is as the page opens by itself is left out. */
function estadoActual(): EstadoLista {
  const { orden, pagina, porPagina, columnas } = tabla.estado
  const deLaPagina = COLUMNAS.filter(({ visible }) => visible !== false).map(({ nombre }) => nombre)
  const esInicial = orden?.columna === ORDEN_INICIAL.columna && orden.descendente === ORDEN_INICIAL.descendente
  return {
    filtros: filtros.aplicados,
    orden: esInicial ? null : orden,
    pagina,
    porPagina: porPagina === POR_PAGINA ? null : porPagina,
    columnas:
      columnas.join() === deLaPagina.join()
        ? null
        : columnas.filter((nombre) => !COLUMNAS.some((c) => c.nombre === nombre && c.fija)),
  }
}

function publicar(): void {
  publicarEstado(estadoActual(), FILTROS_OT)
}

/** Same filters and order as the screen; the columns that are seen. */
function enlaceExportar(formato: 'xlsx' | 'csv'): string {
  const { orden } = tabla.estado
  const consulta = new URLSearchParams({ formato, ...filtros.aplicados })
  if (orden) {
    consulta.set('order[0][name]', orden.columna)
    consulta.set('order[0][dir]', orden.descendente ? 'desc' : 'asc')
  }
  const columnas = tabla.columnasVisibles().filter(({ fija }) => !fija)
  consulta.set('columnas', columnas.map(({ nombre }) => nombre).join(','))
  return `${RUTA_EXPORTAR}?${consulta.toString()}`
}

tabla.cuandoCambie(publicar)
tamanoDePagina(exigir('#por-pagina', HTMLSelectElement), tabla)
selectorDeColumnas(exigir('#boton-columnas', HTMLButtonElement), tabla, COLUMNAS)
menuDeVistas(exigir('#boton-vistas', HTMLButtonElement), VISTAS_DE_OT, () => {
  // A saved view is filters, order and columns: the page one happened to be on is not part of it.
  return escribirEstado({ ...estadoActual(), pagina: 0 })
})
menuExportar(exigir('#boton-exportar', HTMLButtonElement), tabla, puede.exportar ? enlaceExportar : null)
buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => formulario?.abrirNueva())
declararTeclas([
  { tecla: '↑ ↓', hace: 'Pasar de una fila a otra' },
  { tecla: 'Enter', hace: 'Abrir la OT de la fila' },
  { tecla: '→ ←', hace: 'Ver u ocultar los detalles de la fila' },
  { tecla: 'Espacio', hace: 'Seleccionar la fila' },
  { tecla: 'Mayús + ↑ ↓', hace: 'Seleccionar varias filas seguidas' },
  { tecla: 'Inicio / Fin', hace: 'Ir a la primera o a la última fila' },
])
