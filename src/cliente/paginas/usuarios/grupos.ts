/** Page «GRUPOS»: the list and the form of a group. */
import {
  RUTA_GRUPOS as RUTA,
  VISTAS_DE_GRUPOS,
  type FilaGrupo,
  type PaginaGrupos,
} from '../../../modulos/usuarios/usuarios.contrato.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { botonIcono, buscar, crear, exigir, icono, leerDatosPagina } from '../../comun/dom.ts'
import { plural } from '../../../comun/texto.ts'
import { enviar } from '../../comun/http.ts'
import { activarAcciones } from './_acciones.ts'
import { FormularioGrupo } from './_formulario-grupo.ts'

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
  {
    nombre: 'name',
    titulo: 'Grupo',
    ordenable: true,
    clase: 'columna-fija',
    celda: ({ id, name }) => crear('a', { href: `${RUTA}${String(id)}/` }, name),
    texto: ({ name }) => name,
  },
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

const formulario = puede.cambiar
  ? new FormularioGrupo(() => {
      tabla.recargar()
    })
  : null

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
  alAbrir: ({ id }) => void formulario?.abrir(id),
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
  editar: async ({ id }) => formulario?.abrir(id),
  eliminar: desactivar,
  reactivar: ({ id }) => enviar(`${RUTA}reactivar/`, { id }),
}

activarAcciones(tabla, ACCIONES)
buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => void formulario?.abrir(null))
