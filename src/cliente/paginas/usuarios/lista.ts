/** Page «USUARIOS»: the list, and what can be done with an account. */
import {
  RUTA_USUARIOS as RUTA,
  VISTAS_DE_USUARIOS,
  type FilaUsuario,
  type PaginaUsuarios,
  type RespuestaEnlace,
} from '../../../modulos/usuarios/usuarios.contrato.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { botonIcono, buscar, crear, exigir, icono, leerDatosPagina, oRaya } from '../../comun/dom.ts'
import { enviar } from '../../comun/http.ts'
import { activarAcciones } from './_acciones.ts'
import { FormularioUsuario, mostrarEnlace } from './_formulario.ts'

const datos = leerDatosPagina<PaginaUsuarios>()
const { puede } = datos

function celdaEstado({ is_active: activo, estado }: FilaUsuario): HTMLElement {
  return crearInsignia(estado, activo ? 'verde' : 'gris')
}

/** A superuser needs no group: the badge is what there is to know. */
function celdaGrupos({ is_superuser: superusuario, tipo, grupos_texto: grupos }: FilaUsuario): Node | string {
  if (!superusuario) return oRaya(grupos)
  return crear('span', {}, crearInsignia(tipo, 'amarillo'), grupos === '' ? '' : ` ${grupos}`)
}

function celdaAcciones(fila: FilaUsuario): HTMLElement {
  const boton = (dibujo: SVGSVGElement, nombre: string, accion: string): HTMLButtonElement =>
    botonIcono(dibujo, nombre, { 'data-accion': accion, 'aria-label': `${nombre}: ${fila.username}` })
  const propia = fila.id === datos.propio
  return crear(
    'div',
    { class: 'acciones-fila' },
    boton(icono('pencil'), 'Editar', 'editar'),
    fila.is_active && !propia && boton(icono('key'), 'Restablecer contraseña', 'restablecer'),
    fila.is_active && !propia && boton(icono('person-dash'), 'Desactivar', 'eliminar'),
    !fila.is_active && boton(icono('person-check'), 'Reactivar', 'reactivar'),
  )
}

const COLUMNAS: Columna<FilaUsuario>[] = [
  { nombre: 'id', titulo: 'ID', ordenable: true, visible: false, clase: 'numero' },
  {
    nombre: 'username',
    titulo: 'Usuario',
    ordenable: true,
    clase: 'columna-fija',
    celda: ({ id, username }) => crear('a', { href: `${RUTA}${String(id)}/` }, username),
    texto: ({ username }) => username,
  },
  { nombre: 'nombre', titulo: 'Nombre', ordenable: true },
  { nombre: 'email', titulo: 'Correo', ordenable: true },
  { nombre: 'grupos_texto', titulo: 'Grupos', celda: celdaGrupos, texto: ({ grupos_texto }) => grupos_texto },
  { nombre: 'permisos_propios', titulo: 'Permisos propios', visible: false, clase: 'numero' },
  { nombre: 'tipo', titulo: 'Tipo', ordenable: true, visible: false },
  { nombre: 'ultimo_acceso', titulo: 'Último acceso', ordenable: true, clase: 'fecha-celda' },
  { nombre: 'alta', titulo: 'Alta', ordenable: true, visible: false, clase: 'fecha-celda' },
  { nombre: 'estado', titulo: 'Estado', ordenable: true, celda: celdaEstado, texto: ({ estado }) => oRaya(estado) },
  ...(puede.cambiar
    ? [{ nombre: 'acciones', titulo: 'Opciones', fija: true, clase: 'columna-acciones', celda: celdaAcciones }]
    : []),
]

const formulario = puede.cambiar
  ? new FormularioUsuario(datos, () => {
      tabla.recargar()
    })
  : null

const { tabla } = montarLista<FilaUsuario>({
  caja: exigir('#tabla-usuarios', HTMLElement),
  titulo: 'Usuarios',
  clase: 'tabla-usuarios',
  ruta: `${RUTA}datatable/`,
  columnas: COLUMNAS,
  orden: { columna: 'username', descendente: false },
  filtros: { nombres: ['filtro', 'grupo', 'estado'], rotuloBusqueda: 'Usuario' },
  vistas: VISTAS_DE_USUARIOS,
  rutaExportar: `${RUTA}exportar/`,
  sustantivo: ['usuario', 'usuarios'],
  alAbrir: ({ id }) => void formulario?.abrirEdicion(id),
  teclaAbrir: 'Editar el usuario de la fila',
  vacio: { conFiltros: 'Ningún usuario cumple con estos filtros.', sinNada: 'No hay usuarios activos.' },
})

const ACCIONES: Readonly<Record<string, (fila: FilaUsuario) => Promise<void>>> = {
  editar: async ({ id }) => formulario?.abrirEdicion(id),
  restablecer: async ({ id, username, email }) => {
    const destino =
      datos.hayServidorDeCorreo && email !== '' ? `Le llegará a ${email}.` : 'Se te mostrará una sola vez.'
    const seguro = await confirmar({
      titulo: 'Restablecer contraseña',
      cuerpo: [
        crear('p', {}, '¿Crear un enlace para que ', crear('strong', {}, username), ' elija otra contraseña?'),
        crear('p', {}, `${destino} Sirve 24 horas; mientras no se use, su contraseña actual sigue igual.`),
      ],
      aceptar: 'Crear enlace',
    })
    if (seguro) await mostrarEnlace(await enviar<RespuestaEnlace>(`${RUTA}restablecer_clave/`, { id }))
  },
  eliminar: async ({ id, username }) => {
    const seguro = await confirmar({
      titulo: 'Desactivar cuenta',
      cuerpo: [
        crear('p', {}, '¿Desactivar la cuenta de ', crear('strong', {}, username), '?'),
        crear('p', {}, 'Sus sesiones se cierran en este momento y ya no podrá entrar. Lo que hizo se conserva.'),
      ],
      aceptar: 'Desactivar',
      destructivo: true,
    })
    if (seguro) await enviar(`${RUTA}eliminar/`, { id })
  },
  reactivar: async ({ id }) => {
    await enviar(`${RUTA}reactivar/`, { id })
  },
}

activarAcciones(tabla, ACCIONES)
buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => formulario?.abrirNuevo())
