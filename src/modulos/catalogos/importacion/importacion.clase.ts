/** The import of each catalogue, from its description: what its export writes can come back (issue B §2). */
import { SinPermiso } from '../../../comun/errores.ts'
import { tienePermiso, type CtxLectura } from '../../../plataforma/contexto.ts'
import { crearClase, type ClaseImportacion, type Registro, type Valor } from '../../importacion/index.ts'
import { CATALOGOS } from '../descripciones/index.ts'
import { listarOpciones, listarPorId, listarTodos } from '../motor/motor.repo.ts'
import type { DescripcionCatalogo, Registro as RegistroDeCatalogo } from '../motor/motor.tipos.ts'
import { IMPORTAR_CATALOGOS, permisosDe, rutaDe } from '../motor/motor.vista.ts'
import { columnasDe } from './importacion.columnas.ts'
import {
  clavesDeRegistro,
  juzgarCambio,
  proponer,
  type CamposDeCatalogo,
  type FotoDeCatalogo,
  type ValoresDeLibro,
} from './importacion.reglas.ts'
import * as repo from './importacion.repo.ts'

function comoRegistro(def: DescripcionCatalogo, fila: RegistroDeCatalogo): Registro<CamposDeCatalogo> {
  return {
    id: fila.id,
    version: fila.version,
    nombre: String(fila.valores[def.titular] ?? ''),
    claves: clavesDeRegistro(def, fila.id, fila.valores),
    campos: fila.valores,
    vivo: fila.activo,
  }
}

async function fotoDe(ctx: CtxLectura, def: DescripcionCatalogo, bloquear: boolean): Promise<FotoDeCatalogo> {
  // The permission of importing is not enough: whoever cannot create nor edit here does not do it with a workbook.
  const { CREAR, EDITAR } = permisosDe(def)
  if (!tienePermiso(ctx, CREAR) || !tienePermiso(ctx, EDITAR)) throw new SinPermiso()
  const filas = await listarTodos(ctx.bd, def, bloquear)
  const referencias = def.campos.filter((campo) => campo.clase === 'referencia')
  const listas = await Promise.all(referencias.map((campo) => repo.listarOpcionesTodas(ctx.bd, campo)))
  const ids = filas.map(({ id }) => id)
  const conFijos = def.campos.some(({ fijoEnUso }) => fijoEnUso === true)
  return {
    registros: filas.map((fila) => comoRegistro(def, fila)),
    opciones: new Map(referencias.map(({ nombre }, i) => [nombre, listas[i] ?? []])),
    usados: new Set(conFijos ? await repo.listarUsados(ctx.bd, def, ids) : []),
    tomados: new Map(),
  }
}

/** A value as people read it: the text of a choice. */
function mostrar(def: DescripcionCatalogo, nombre: string, valor: Valor, foto: FotoDeCatalogo): string {
  const campo = def.campos.find((candidato) => candidato.nombre === nombre)
  if (valor === null) return ''
  const opciones =
    campo?.clase === 'nivel'
      ? campo.opciones.map(({ id, texto }) => ({ id, descripcion: texto }))
      : foto.opciones.get(nombre)
  return opciones?.find(({ id }) => id === valor)?.descripcion ?? String(valor)
}

function claseDe(def: DescripcionCatalogo): ClaseImportacion {
  const enMinusculas = def.nombre.charAt(0).toLowerCase() + def.nombre.slice(1)
  return crearClase<ValoresDeLibro, CamposDeCatalogo, FotoDeCatalogo>({
    clave: `catalogo_${def.slug}`,
    base: `${rutaDe(def)}importar/`,
    permiso: IMPORTAR_CATALOGOS,
    migas: [
      { texto: 'Inicio', ruta: '/operaciones/' },
      { texto: 'Catálogos' },
      { texto: def.nombre, ruta: rutaDe(def) },
    ],
    textos: {
      titulo: `Importar ${enMinusculas}`,
      ayuda: `Un libro .xlsx con una fila por ${def.singular}, como el que da «Exportar». La plantilla explica cada columna.`,
      plantilla: `plantilla ${enMinusculas}.xlsx`,
    },
    cosa: { uno: 'registro', varios: 'registros', genero: 'm' },
    grupo: def.slug,
    renglon: def.nombre,
    tituloDeNombre: 'Descripción',
    tabla: def.tabla,
    tablaLog: def.tablaLog,
    formatos: [{ clave: def.slug, hojas: 'primera', columnas: columnasDe(def) }],
    etiquetas: Object.fromEntries(def.campos.map(({ nombre, etiqueta }) => [nombre, etiqueta])),
    mostrar: (campo, valor, foto) => mostrar(def, campo, valor, foto),
    foto: (ctx, _contenido, bloquear) => fotoDe(ctx, def, bloquear),
    proponer: (fila, foto, dice) => proponer(def, fila, foto, dice),
    juzgarCambio: (registro, despues, foto) => juzgarCambio(def, registro, despues as CamposDeCatalogo, foto),
    insertar: (tx, nuevos) =>
      repo.insertarVarios(
        tx.bd,
        def,
        nuevos.map(({ campos }) => campos),
      ),
    actualizar: (tx, cambios) =>
      repo.actualizarVarios(
        tx.bd,
        def,
        cambios.map(({ id, campos }) => ({ id, campos: campos as CamposDeCatalogo })),
      ),
    borrar: (tx, ids) => repo.borrarVarios(tx.bd, def, ids),
    leer: async (ctx, ids, bloquear) =>
      (await listarPorId(ctx.bd, def, ids, bloquear)).map((fila) => comoRegistro(def, fila)),
    enUso: async (ctx, ids) => (await repo.listarUsados(ctx.bd, def, ids)).map((id) => ({ id, motivo: 'está en uso' })),
    rutaDe: (id) => `${rutaDe(def)}${String(id)}/`,
    catalogos: async (ctx) => {
      const referencias = def.campos.filter((campo) => campo.clase === 'referencia')
      const listas = await Promise.all(referencias.map((campo) => listarOpciones(ctx.bd, campo)))
      return referencias.flatMap(({ etiqueta }, i) =>
        (listas[i] ?? []).map(({ id, descripcion }) => ({ catalogo: etiqueta, id, texto: descripcion })),
      )
    },
  })
}

/** One class of import per catalogue. */
export const CLASES_DE_CATALOGO: readonly ClaseImportacion[] = CATALOGOS.map(claseDe)
