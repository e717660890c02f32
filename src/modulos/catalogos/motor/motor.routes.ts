/** Addresses of a catalogue (catalogos.md §5, §11). Each route says its own permission, as every route of the system. */
import { tienePermiso, type Contexto } from '../../../plataforma/contexto.ts'
import { analizar } from '../../../web/analisis.ts'
import { leerPeticionTabla } from '../../../web/peticion-tabla.ts'
import {
  accion,
  archivo,
  datos,
  exito,
  json,
  LIMITE_EXPORTAR,
  pagina,
  SESION,
  tabla,
  vista,
  type Permiso,
  type Respuesta,
  type Ruta,
} from '../../../web/rutas.ts'
import { z } from 'zod'
import { OpcionesDeExportacion } from '../../../plataforma/exportar-tabla.ts'
import { exportarCatalogo } from './motor.exportacion.ts'
import { fichaDeRegistro, opcionesDeCatalogo, registrosActivos } from './motor.consultas.service.ts'
import { cuerpoDeAlta, cuerpoDeEdicion, cuerpoDeEstado, ParametroId, PorId } from './motor.schema.ts'
import {
  crearRegistro,
  desactivarRegistro,
  editarRegistro,
  leerRegistro,
  objetoDe,
  reactivarRegistro,
} from './motor.service.ts'
import { tablaDe } from './motor.tabla.ts'
import type { DescripcionCatalogo } from './motor.tipos.ts'
import { paginaDe, permisosDe, puedeEn, rutaDe } from './motor.vista.ts'

const MIGA_INICIO = { texto: 'Inicio', ruta: '/operaciones/' }

const Parametros = z.record(z.string(), z.union([z.string(), z.array(z.string())]))

/** What a module of its own adds to a catalogue. */
export interface ExtrasDeCatalogo {
  readonly ordenable?: boolean
  /** Its own page, instead of the list: the row that the address names, or null. */
  readonly mostrar?: (ctx: Contexto, registro: number | null) => Promise<Respuesta>
}

async function mostrar(
  ctx: Contexto,
  def: DescripcionCatalogo,
  extras: ExtrasDeCatalogo,
  registro: number | null,
): Promise<Respuesta> {
  // The address of a row that is not there is an error page, not an empty panel.
  if (registro !== null) await leerRegistro(ctx, def, registro)
  if (extras.mostrar) return extras.mostrar(ctx, registro)
  const datosDePagina = paginaDe(def, {
    opciones: await opcionesDeCatalogo(ctx, def),
    puede: puedeEn(def, (codigo) => tienePermiso(ctx, codigo)),
    ordenable: extras.ordenable === true,
    registro,
  })
  return vista(
    'catalogos/lista',
    { datos: datosDePagina },
    { titulo: def.nombre, migas: [MIGA_INICIO, { texto: 'Catálogos' }, { texto: def.nombre }] },
  )
}

/** Every route of one catalogue. */
export function rutasDeCatalogo(def: DescripcionCatalogo, extras: ExtrasDeCatalogo = {}): Ruta[] {
  const base = rutaDe(def)
  const permiso = permisosDe(def)
  return [...rutasDeLectura(def, extras, base, permiso.VER), ...rutasDeCambio(def, base, permiso)]
}

function rutasDeLectura(def: DescripcionCatalogo, extras: ExtrasDeCatalogo, base: string, ver: Permiso): Ruta[] {
  const deTabla = tablaDe(def)
  return [
    pagina({ ruta: base, permiso: ver, manejar: ({ ctx }) => mostrar(ctx, def, extras, null) }),
    pagina({
      ruta: `${base}:id/`,
      permiso: ver,
      parametros: ParametroId,
      manejar: ({ ctx, parametros }) => mostrar(ctx, def, extras, parametros.id),
    }),
    tabla(deTabla, { ruta: `/operaciones/catalogos/${def.rutaLista}/`, permiso: ver }),
    datos({
      ruta: `${base}obtener/`,
      permiso: def.lecturaLibre === true ? SESION : ver,
      consulta: PorId,
      manejar: async ({ ctx, consulta }) =>
        def.lecturaLibre === true && consulta.id == null
          ? json(await registrosActivos(ctx, def))
          : json(objetoDe(def, await leerRegistro(ctx, def, consulta.id))),
    }),
    datos({
      ruta: `${base}ficha/`,
      permiso: ver,
      consulta: PorId,
      manejar: async ({ ctx, consulta }) => json(await fichaDeRegistro(ctx, def, consulta.id)),
    }),
    datos({
      ruta: `${base}exportar/`,
      permiso: ver,
      consulta: Parametros,
      limite: LIMITE_EXPORTAR,
      manejar: async ({ ctx, consulta }) => {
        const { formato } = analizar(OpcionesDeExportacion, consulta)
        return archivo(await exportarCatalogo(ctx, def, deTabla, leerPeticionTabla(deTabla, consulta), formato))
      },
    }),
  ]
}

function rutasDeCambio(def: DescripcionCatalogo, base: string, permiso: ReturnType<typeof permisosDe>): Ruta[] {
  const { mensajes } = def
  return [
    accion({
      ruta: `${base}crear/`,
      permiso: permiso.CREAR,
      cuerpo: cuerpoDeAlta(def),
      manejar: async ({ ctx, cuerpo }) => exito(mensajes.creado, { id: await crearRegistro(ctx, def, cuerpo) }),
    }),
    accion({
      ruta: `${base}editar/`,
      permiso: permiso.EDITAR,
      cuerpo: cuerpoDeEdicion(def),
      manejar: async ({ ctx, cuerpo }) => {
        const { id, version } = await editarRegistro(ctx, def, cuerpo)
        return exito(mensajes.actualizado, { id, version })
      },
    }),
    accion({
      ruta: `${base}eliminar/`,
      permiso: permiso.ELIMINAR,
      cuerpo: cuerpoDeEstado(def),
      manejar: async ({ ctx, cuerpo }) =>
        exito(mensajes.desactivado, { id: await desactivarRegistro(ctx, def, cuerpo) }),
    }),
    accion({
      ruta: `${base}reactivar/`,
      permiso: permiso.EDITAR,
      cuerpo: cuerpoDeEstado(def),
      manejar: async ({ ctx, cuerpo }) =>
        exito(mensajes.reactivado, { id: await reactivarRegistro(ctx, def, cuerpo.id) }),
    }),
  ]
}
