/** Page «GRUPOS»: the list and the form of a group. */
import {
  VISTAS_DE_GRUPOS,
  type DatosGrupo,
  type FilaGrupo,
  type PaginaGrupos,
  type RespuestaGrupo,
} from '../../../modulos/usuarios/usuarios.contrato.ts'
import { DialogoFormulario } from '../../componentes/dialogo-formulario.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { botonIcono, buscar, crear, exigir, icono, leerDatosPagina, origen } from '../../comun/dom.ts'
import { plural } from '../../../comun/texto.ts'
import { enviar, FalloDeServidor, obtener } from '../../comun/http.ts'
import { contarAreas, marcados, PREFIJO_PERMISO, reunir } from './_permisos.ts'

const RUTA = '/administracion/grupos/'
const { puede } = leerDatosPagina<PaginaGrupos>()

function celdaAcciones(fila: FilaGrupo): HTMLElement {
  const boton = (dibujo: SVGSVGElement, nombre: string, accion: string): HTMLButtonElement =>
    botonIcono(dibujo, nombre, { 'data-accion': accion, 'aria-label': `${nombre}: ${fila.name}` })
  return crear(
    'div',
    { class: 'acciones-fila' },
    boton(icono('pencil'), 'Editar', 'editar'),
    fila.activo
      ? boton(icono('trash'), 'Desactivar', 'eliminar')
      : boton(icono('arrow-counterclockwise'), 'Reactivar', 'reactivar'),
  )
}

const COLUMNAS: Columna<FilaGrupo>[] = [
  { nombre: 'id', titulo: 'ID', ordenable: true, visible: false, clase: 'numero' },
  { nombre: 'name', titulo: 'Grupo', ordenable: true, clase: 'columna-fija' },
  { nombre: 'personas', titulo: 'Personas activas', ordenable: true, clase: 'numero' },
  { nombre: 'permisos', titulo: 'Permisos', ordenable: true, clase: 'numero' },
  {
    nombre: 'estado',
    titulo: 'Estado',
    ordenable: true,
    celda: ({ activo, estado }) => crearInsignia(estado, activo ? 'verde' : 'gris'),
    texto: ({ estado }) => estado,
  },
  ...(puede.cambiar
    ? [{ nombre: 'acciones', titulo: 'Opciones', fija: true, clase: 'columna-acciones', celda: celdaAcciones }]
    : []),
]

const valoresDe = (datos: DatosGrupo): Record<string, string> => ({
  version: String(datos.version),
  name: datos.name,
  ...marcados(PREFIJO_PERMISO, datos.permisos),
})

let idGrupo: number | null = null
const dialogo = puede.cambiar
  ? new DialogoFormulario<DatosGrupo>({
      id: 'grupo',
      tituloConflicto: 'Alguien más cambió este grupo',
      valoresDe,
      llenar,
      guardar: async (datos) => {
        reunir(datos, PREFIJO_PERMISO, 'permisos')
        if (idGrupo === null) datos.delete('version')
        else datos.set('id', String(idGrupo))
        await enviar(`${RUTA}${idGrupo === null ? 'crear' : 'editar'}/`, datos)
        dialogo?.cerrar()
        tabla.recargar()
      },
    })
  : null
dialogo?.forma.addEventListener('change', () => {
  contarAreas(dialogo.forma, false)
})

function llenar(valores: Record<string, string>): void {
  if (!dialogo) return
  for (const nombre of Object.keys(dialogo.formulario.valores()))
    dialogo.formulario.poner(nombre, valores[nombre] ?? '')
}

async function abrir(id: number | null): Promise<void> {
  if (!dialogo) return
  const datos = id === null ? null : (await obtener<RespuestaGrupo>(`${RUTA}obtener/`, { id })).datos
  idGrupo = id
  llenar(datos ? valoresDe(datos) : {})
  const nombre = dialogo.formulario.control('name')
  // A group of the system keeps its name; read-only is still read and sent as it is.
  if (nombre instanceof HTMLInputElement) nombre.readOnly = datos?.es_base ?? false
  contarAreas(dialogo.forma, true)
  dialogo.abrir(datos ? `Editar grupo ${datos.name}` : 'Crear grupo', id === null ? '' : String(id))
  nombre.focus()
}

const { tabla } = montarLista<FilaGrupo>({
  caja: exigir('#tabla-grupos', HTMLElement),
  titulo: 'Grupos',
  ruta: `${RUTA}datatable/`,
  columnas: COLUMNAS,
  orden: { columna: 'name', descendente: false },
  filtros: { nombres: ['filtro', 'estado'], rotuloBusqueda: 'Grupo' },
  vistas: VISTAS_DE_GRUPOS,
  rutaExportar: `${RUTA}exportar/`,
  sustantivo: ['grupo', 'grupos'],
  alAbrir: ({ id }) => void abrir(id),
  teclaAbrir: 'Editar el grupo de la fila',
  vacio: { conFiltros: 'Ningún grupo cumple con estos filtros.', sinNada: 'No hay grupos activos.' },
})

async function desactivar({ id, name, personas }: FilaGrupo): Promise<void> {
  const quienes =
    personas === 0
      ? 'Nadie pertenece a él.'
      : `${plural(personas, 'persona activa pierde', 'personas activas pierden')} los permisos que les da, desde su siguiente clic.`
  const seguro = await confirmar({
    titulo: 'Desactivar grupo',
    cuerpo: [crear('p', {}, '¿Desactivar el grupo ', crear('strong', {}, name), '?'), crear('p', {}, quienes)],
    aceptar: 'Desactivar',
    destructivo: true,
  })
  if (seguro) await enviar(`${RUTA}eliminar/`, { id, confirmar: personas > 0 })
}

const ACCIONES: Readonly<Record<string, (fila: FilaGrupo) => Promise<unknown>>> = {
  editar: ({ id }) => abrir(id),
  eliminar: desactivar,
  reactivar: ({ id }) => enviar(`${RUTA}reactivar/`, { id }),
}

tabla.elemento.addEventListener('click', (evento) => {
  const boton = origen(evento, '[data-accion]')
  const fila = boton && tabla.filaDe(boton)
  const accion = ACCIONES[boton?.dataset['accion'] ?? '']
  if (!fila || !accion) return
  accion(fila).then(
    () => {
      tabla.recargar()
    },
    (error: unknown) => {
      if (!(error instanceof FalloDeServidor)) throw error
    },
  )
})
buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => void abrir(null))
