/** Groups and what they grant: the form of one, and the matrix of all of them. */
import { Conflicto, NoEncontrado } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import {
  elegirColumnas,
  exportarContenido,
  exportarTabla,
  type Exportacion,
  type OpcionesDeExportacion,
} from '../../../plataforma/exportar-tabla.ts'
import { idsDeTabla, type PeticionTabla } from '../../../plataforma/tabla.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import {
  conflictoDeVersion,
  registrarEvento,
  registrarExportacion,
  registrarEventos,
  TABLA_LOG,
} from '../../auditoria/index.ts'
import { reemplazarPermisosDeGrupo } from '../permisos/permisos.repo.ts'
import { exigirPuedeDar, exigirPuedeQuitar } from '../permisos/permisos.reglas.ts'
import { areasDePermisos, etiquetasDePermisos, exigirPermisosConocidos } from '../permisos/permisos.service.ts'
import { eventosDePermisos } from '../usuarios.auditoria.ts'
import { rechazarFaltas } from '../usuarios.reglas.ts'
import { cargarUsuario } from '../usuarios.repo.ts'
import type { DatosGrupo } from '../usuarios.contrato.ts'
import type { GrupoConPermisos } from '../usuarios.tipos.ts'
import { actualizarGrupo, bloquearGrupo, buscarGrupo, insertarGrupo, listarGruposActivos } from './grupos.repo.ts'
import { esGrupoBase } from './grupos.reglas.ts'
import type { CambiarCelda, CrearGrupo, EditarGrupo, FiltrosDeGrupos } from './grupos.schema.ts'
import { TABLA_GRUPOS } from './grupos.tabla.ts'

const FALTA_NOMBRE = 'Escribe el nombre del grupo.'

/** Names of the active groups. */
export async function gruposActivos(ctx: CtxLectura): Promise<string[]> {
  return (await listarGruposActivos(ctx.bd)).map(({ nombre }) => nombre)
}

/** @throws NoEncontrado */
export async function verGrupo(ctx: CtxLectura, id: number | null | undefined): Promise<GrupoConPermisos> {
  return exigir(id == null ? null : await buscarGrupo(ctx.bd, id))
}

function exigir(grupo: GrupoConPermisos | null): GrupoConPermisos {
  if (!grupo) throw new NoEncontrado('Grupo no encontrado')
  return grupo
}

async function bloquear(ctx: CtxTx, id: number | null | undefined): Promise<GrupoConPermisos> {
  return exigir(id == null ? null : await bloquearGrupo(ctx, id))
}

/**
 * A new group with its permissions.
 * @throws DatosInvalidos, Conflicto (name taken), SinPermiso (permissions that the creator does not hold).
 */
export function crearGrupo(ctx: Contexto, datos: CrearGrupo): Promise<number> {
  const nombre = datos.name ?? ''
  rechazarFaltas(nombre === '' ? { name: FALTA_NOMBRE } : {})
  const permisos = datos.permisos ?? []
  return conTransaccion(ctx, async (tx) => {
    const etiquetas = await etiquetasDePermisos(tx)
    exigirPermisosConocidos(permisos, etiquetas)
    exigirPuedeDar(tx, permisos, etiquetas)
    const id = await insertarGrupo(tx, nombre)
    await reemplazarPermisosDeGrupo(tx, id, permisos)
    const comun = { tabla: TABLA_LOG.GRUPO, registroId: id }
    await registrarEvento(tx, { ...comun, evento: 'CREAR', campo: 'Creó', detalle: `el grupo: ${nombre}` })
    const registro = { tabla: TABLA_LOG.GRUPO, id, detalle: `del grupo: ${nombre}`, version: 1 }
    await registrarEventos(tx, eventosDePermisos(registro, [], permisos, etiquetas))
    return id
  })
}

/**
 * Changes the name or the permissions of a group; what is absent stays.
 * @throws DatosInvalidos, NoEncontrado, Conflicto (version, name of a base group, the own administration), SinPermiso.
 */
export function editarGrupo(ctx: Contexto, datos: EditarGrupo): Promise<{ id: number; version: number }> {
  return conTransaccion(ctx, async (tx) => {
    const antes = await bloquear(tx, datos.id)
    if (datos.version != null && datos.version !== antes.version)
      throw await conflictoConDatos(tx, antes, datos.version)
    const nombre = datos.name === undefined ? antes.nombre : (datos.name ?? '')
    rechazarFaltas(nombre === '' ? { name: FALTA_NOMBRE } : {})
    const version = await guardar(tx, antes, { ...antes, nombre, permisos: datos.permisos ?? antes.permisos })
    return { id: antes.id, version }
  })
}

async function conflictoConDatos(ctx: CtxTx, actual: GrupoConPermisos, version: number): Promise<Conflicto> {
  const conflicto = await conflictoDeVersion(ctx, TABLA_LOG.GRUPO, actual.id, version, actual.version)
  return new Conflicto(conflicto.detalles, {
    codigo: conflicto.codigo,
    extra: { ...conflicto.extra, datos: datosDeGrupo(actual) },
  })
}

/** A group as its form receives it. */
export function datosDeGrupo({ id, nombre, activo, permisos, personas, version }: GrupoConPermisos): DatosGrupo {
  return { id, name: nombre, activo, es_base: esGrupoBase(nombre), permisos, personas, version, textos: {} }
}

/** One cell of the matrix. Setting it as it already was changes nothing. */
export function cambiarCelda(ctx: Contexto, { grupo, permiso, concedido }: CambiarCelda): Promise<GrupoConPermisos> {
  return conTransaccion(ctx, async (tx) => {
    const antes = await bloquear(tx, grupo)
    const resto = antes.permisos.filter((codigo) => codigo !== permiso)
    const despues = { ...antes, permisos: concedido ? [...resto, permiso] : resto }
    return { ...despues, version: await guardar(tx, antes, despues) }
  })
}

/** Audit and update together; nothing changed writes nothing. @returns the version it has now. */
async function guardar(ctx: CtxTx, antes: GrupoConPermisos, despues: GrupoConPermisos): Promise<number> {
  const etiquetas = await etiquetasDePermisos(ctx)
  const nuevos = despues.permisos.filter((codigo) => !antes.permisos.includes(codigo))
  exigirPermisosConocidos(nuevos, etiquetas)
  exigirPuedeDar(ctx, nuevos, etiquetas)
  const quitados = antes.permisos.filter((codigo) => !despues.permisos.includes(codigo))
  exigirPuedeQuitar(ctx, quitados, etiquetas)
  if (antes.nombre !== despues.nombre && esGrupoBase(antes.nombre))
    throw new Conflicto('Ese grupo viene con el sistema y conserva su nombre. Sus permisos sí se pueden cambiar.', {
      campos: { name: 'Este grupo conserva su nombre.' },
    })
  const version = antes.version + 1
  const registro = { tabla: TABLA_LOG.GRUPO, id: antes.id, detalle: `del grupo: ${despues.nombre}`, version }
  const eventos = eventosDePermisos(registro, antes.permisos, despues.permisos, etiquetas)
  if (antes.nombre !== despues.nombre)
    eventos.push({
      tabla: TABLA_LOG.GRUPO,
      registroId: antes.id,
      evento: 'MODIFICAR',
      campo: 'Nombre',
      campoClave: 'name',
      anterior: antes.nombre,
      actual: despues.nombre,
      detalle: registro.detalle,
      version,
    })
  if (eventos.length === 0) return antes.version
  await registrarEventos(ctx, eventos)
  await actualizarGrupo(ctx, { ...despues, version })
  await reemplazarPermisosDeGrupo(ctx, antes.id, despues.permisos)
  await exigirQueSigaAdministrando(ctx)
  return version
}

/** Nobody takes away by a group what they administer with. @throws Conflicto */
async function exigirQueSigaAdministrando(ctx: CtxTx): Promise<void> {
  if (ctx.usuario === null) return
  const cargado = await cargarUsuario(ctx.bd, ctx.usuario.id)
  if (cargado?.usuario.esSuperusuario === true || cargado?.permisos.has('auth.change_user') === true) return
  throw new Conflicto('Con ese cambio tú dejarías de administrar usuarios. Pídelo a otra persona que los administre.')
}

/**
 * Deactivates a group: its permissions stop counting for its people, at their next click. With people in it, only when
 * that was confirmed.
 * @throws Conflicto with `codigo` EN_USO and how many people lose something; SinPermiso when the group grants what the
 *   person who does it does not hold.
 */
export function desactivarGrupo(
  ctx: Contexto,
  id: number | null | undefined,
  confirmado: boolean,
): Promise<GrupoConPermisos> {
  return conTransaccion(ctx, async (tx) => {
    const antes = await bloquear(tx, id)
    if (!antes.activo) throw new Conflicto('El grupo ya estaba desactivado.')
    exigirPuedeQuitar(tx, antes.permisos, await etiquetasDePermisos(tx))
    if (antes.personas > 0 && !confirmado)
      throw new Conflicto(
        `${plural(antes.personas, 'persona activa pertenece', 'personas activas pertenecen')} a «${antes.nombre}» y perderían los permisos que les da. Confirma para desactivarlo.`,
        { codigo: 'EN_USO', extra: { personas: antes.personas } },
      )
    const despues = { ...antes, activo: false, version: antes.version + 1 }
    await actualizarGrupo(tx, despues)
    await exigirQueSigaAdministrando(tx)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.GRUPO,
      registroId: antes.id,
      evento: 'ELIMINAR',
      campo: 'Desactivó',
      detalle: `el grupo: ${antes.nombre} (con ${plural(antes.personas, 'persona', 'personas')})`,
      version: despues.version,
    })
    return despues
  })
}

/**
 * Activates a group again: its people get back what it grants.
 * @throws SinPermiso when it grants what the person who does it does not hold.
 */
export function reactivarGrupo(ctx: Contexto, id: number | null | undefined): Promise<GrupoConPermisos> {
  return conTransaccion(ctx, async (tx) => {
    const antes = await bloquear(tx, id)
    if (antes.activo) throw new Conflicto('El grupo ya estaba activo.')
    exigirPuedeDar(tx, antes.permisos, await etiquetasDePermisos(tx))
    const despues = { ...antes, activo: true, version: antes.version + 1 }
    await actualizarGrupo(tx, despues)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.GRUPO,
      registroId: antes.id,
      evento: 'REACTIVAR',
      campo: 'Reactivó',
      detalle: `el grupo: ${antes.nombre}`,
      version: despues.version,
    })
    return despues
  })
}

/** Groups × permissions as it is now: active groups in columns, permissions by area in rows. */
export async function matrizDePermisos(ctx: CtxLectura): Promise<{
  grupos: GrupoConPermisos[]
  areas: Awaited<ReturnType<typeof areasDePermisos>>
}> {
  return { grupos: await listarGruposActivos(ctx.bd), areas: await areasDePermisos(ctx) }
}

/** The matrix as a file, logged before the first byte leaves. */
export async function exportarMatriz(ctx: Contexto, formato: OpcionesDeExportacion['formato']): Promise<Exportacion> {
  const { grupos, areas } = await matrizDePermisos(ctx)
  const archivo = exportarContenido(formato, `permisos-${ctx.hoy}`, {
    hoja: 'Permisos',
    columnas: ['Área', 'Permiso', 'Clave', ...grupos.map(({ nombre }) => nombre)].map((titulo) => ({
      titulo,
      tipo: 'texto' as const,
    })),
    filas: areas.flatMap(({ area, permisos }) =>
      permisos.map(({ codigo, etiqueta }) => [
        area,
        etiqueta,
        codigo,
        ...grupos.map((grupo) => (grupo.permisos.includes(codigo) ? 'Sí' : 'No')),
      ]),
    ),
  })
  await anotarExportacion(ctx, `la matriz de permisos en ${archivo.nombre}`)
  return archivo
}

/** The filtered set of the table of groups as a file, logged before the first byte leaves. */
export async function exportarGrupos(
  ctx: Contexto,
  peticion: PeticionTabla<FiltrosDeGrupos>,
  { formato, columnas: claves }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const columnas = elegirColumnas(TABLA_GRUPOS, claves)
  const ids = await idsDeTabla(ctx, TABLA_GRUPOS, peticion)
  const nombre = `grupos-${ctx.hoy}`
  const archivo = exportarTabla(ctx, TABLA_GRUPOS, ids, { formato, nombre, hoja: 'Grupos', columnas })
  await anotarExportacion(ctx, `${plural(ids.length, 'grupo', 'grupos')} en ${archivo.nombre}`)
  return archivo
}

function anotarExportacion(ctx: Contexto, detalle: string): Promise<void> {
  return registrarExportacion(ctx, { tabla: TABLA_LOG.GRUPO, registroId: null, detalle })
}
