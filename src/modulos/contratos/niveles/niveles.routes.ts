/** Addresses of contracts, annexes and sub-annexes (catalogos.md §7). */
import { OpcionesDeExportacion } from '../../../plataforma/exportar-tabla.ts'
import type { DefTabla } from '../../../plataforma/tabla.ts'
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
  tabla,
  vista,
  type Miga,
  type Ruta,
} from '../../../web/rutas.ts'
import { ConsultaDeTabla } from '../conceptos.schema.ts'
import { permisosDeNivel } from '../contratos.permisos.ts'
import { archivoDeAnexo, crearAnexo, editarAnexo } from './archivo.service.ts'
import { exportarNivel, paginaDeNivel, paginaDeNiveles } from './niveles.consultas.service.ts'
import { rutaDeRegistro, rutasDeNivel } from './niveles.contrato.ts'
import { ANEXOS, CONTRATOS, nivelDe, SUB_ANEXOS } from './niveles.ts'
import { CuerpoDeEstado, cuerpoDeAlta, cuerpoDeEdicion, ParametroId, PorId } from './niveles.schema.ts'
import {
  crearRegistro,
  desactivarRegistro,
  editarRegistro,
  leerRegistro,
  reactivarRegistro,
} from './niveles.service.ts'
import { TABLA_ANEXOS, TABLA_CONTRATOS, TABLA_SUB_ANEXOS } from './niveles.tabla.ts'
import type { Nivel, Registro } from './niveles.tipos.ts'
import { datosDe } from './niveles.vista.ts'
import { nombreDe } from './niveles.reglas.ts'

const MIGAS: readonly Miga[] = [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Catálogos' }]

/** From the contract inwards: each record is reached through what holds it. */
function migasDe(nivel: Nivel, registro: Registro): Miga[] {
  const { padre } = nivel
  const lista = { texto: nivel.titulo, ruta: rutasDeNivel(nivel.clave).lista }
  const propia = { texto: nombreDe(nivel, registro) }
  if (padre === null) return [...MIGAS, lista, propia]
  const deQuien = {
    texto: registro.textos[padre.campo] ?? '',
    ruta: rutaDeRegistro(padre.nivel, Number(registro.valores[padre.campo])),
  }
  const suLista = { texto: nivelDe(padre.nivel).titulo, ruta: rutasDeNivel(padre.nivel).lista }
  return [...MIGAS, suLista, deQuien, propia]
}

const mensaje = ({ nombre }: Nivel, hecho: string): string =>
  `${nombre.charAt(0).toUpperCase()}${nombre.slice(1)} ${hecho} correctamente`

function lecturas<F>(nivel: Nivel, def: DefTabla<F>): Ruta[] {
  const ruta = rutasDeNivel(nivel.clave)
  const { VER: permiso } = permisosDeNivel(nivel.modelo)
  return [
    pagina({
      ruta: ruta.lista,
      permiso,
      manejar: async ({ ctx }) => {
        const { titulo } = nivel
        return vista(
          'contratos/niveles',
          { datos: await paginaDeNiveles(ctx, nivel) },
          { titulo, migas: [...MIGAS, { texto: titulo }] },
        )
      },
    }),
    pagina({
      ruta: `${ruta.lista}:id/`,
      permiso,
      parametros: ParametroId,
      manejar: async ({ ctx, parametros }) => {
        const registro = await leerRegistro(ctx, nivel, parametros.id)
        return vista(
          'contratos/nivel',
          { datos: await paginaDeNivel(ctx, nivel, parametros.id) },
          { titulo: nombreDe(nivel, registro), migas: migasDe(nivel, registro) },
        )
      },
    }),
    tabla(def, { ruta: ruta.tabla, permiso }),
    datos({
      ruta: ruta.obtener,
      permiso,
      consulta: PorId,
      manejar: async ({ ctx, consulta }) => json(datosDe(nivel, await leerRegistro(ctx, nivel, consulta.id))),
    }),
    datos({
      ruta: ruta.exportar,
      permiso,
      consulta: ConsultaDeTabla,
      limite: LIMITE_EXPORTAR,
      manejar: async ({ ctx, consulta }) =>
        archivo(
          await exportarNivel(
            ctx,
            nivel,
            def,
            leerPeticionTabla(def, consulta),
            analizar(OpcionesDeExportacion, consulta),
          ),
        ),
    }),
  ]
}

function cambiosDeEstado(nivel: Nivel): Ruta[] {
  const ruta = rutasDeNivel(nivel.clave)
  const permiso = permisosDeNivel(nivel.modelo)
  return [
    accion({
      ruta: ruta.eliminar,
      permiso: permiso.ELIMINAR,
      cuerpo: CuerpoDeEstado,
      manejar: async ({ ctx, cuerpo }) =>
        exito(mensaje(nivel, 'desactivado'), { id: await desactivarRegistro(ctx, nivel, cuerpo) }),
    }),
    accion({
      ruta: ruta.reactivar,
      permiso: permiso.EDITAR,
      cuerpo: CuerpoDeEstado,
      manejar: async ({ ctx, cuerpo }) =>
        exito(mensaje(nivel, 'reactivado'), { id: await reactivarRegistro(ctx, nivel, cuerpo.id) }),
    }),
  ]
}

function altaYEdicion(nivel: Nivel): Ruta[] {
  const ruta = rutasDeNivel(nivel.clave)
  const permiso = permisosDeNivel(nivel.modelo)
  return [
    accion({
      ruta: ruta.crear,
      permiso: permiso.CREAR,
      cuerpo: cuerpoDeAlta(nivel),
      manejar: async ({ ctx, cuerpo }) =>
        exito(mensaje(nivel, 'creado'), { id: await crearRegistro(ctx, nivel, cuerpo) }),
    }),
    accion({
      ruta: ruta.editar,
      permiso: permiso.EDITAR,
      cuerpo: cuerpoDeEdicion(nivel),
      manejar: async ({ ctx, cuerpo: { id: pedido, version: cargada, enviado } }) => {
        const { id, version } = await editarRegistro(ctx, nivel, { id: pedido, version: cargada, enviado })
        return exito(mensaje(nivel, 'actualizado'), { id, version })
      },
    }),
  ]
}

/** The annex brings a file with its form. */
function altaYEdicionDeAnexo(): Ruta[] {
  const ruta = rutasDeNivel('anexos')
  const permiso = permisosDeNivel(ANEXOS.modelo)
  const archivos = { maximo: 1 }
  return [
    accion({
      ruta: ruta.crear,
      permiso: permiso.CREAR,
      cuerpo: cuerpoDeAlta(ANEXOS),
      archivos,
      manejar: async ({ ctx, cuerpo, solicitud }) =>
        exito(mensaje(ANEXOS, 'creado'), {
          id: await crearAnexo({ ctx, almacen: solicitud.almacen }, cuerpo, solicitud.archivos),
        }),
    }),
    accion({
      ruta: ruta.editar,
      permiso: permiso.EDITAR,
      cuerpo: cuerpoDeEdicion(ANEXOS),
      archivos,
      manejar: async ({ ctx, cuerpo, solicitud }) => {
        const quien = { ctx, almacen: solicitud.almacen }
        const { id, version } = await editarAnexo(quien, cuerpo, solicitud.archivos)
        return exito(mensaje(ANEXOS, 'actualizado'), { id, version })
      },
    }),
    datos({
      ruta: `${ruta.lista}:id/archivo/`,
      permiso: permiso.VER,
      parametros: ParametroId,
      manejar: async ({ ctx, parametros, solicitud }) =>
        archivo(await archivoDeAnexo({ ctx, almacen: solicitud.almacen }, parametros.id)),
    }),
  ]
}

/** Every route of the three levels. */
export const rutasNiveles: readonly Ruta[] = [
  ...lecturas(CONTRATOS, TABLA_CONTRATOS),
  ...altaYEdicion(CONTRATOS),
  ...cambiosDeEstado(CONTRATOS),
  ...lecturas(ANEXOS, TABLA_ANEXOS),
  ...altaYEdicionDeAnexo(),
  ...cambiosDeEstado(ANEXOS),
  ...lecturas(SUB_ANEXOS, TABLA_SUB_ANEXOS),
  ...altaYEdicion(SUB_ANEXOS),
  ...cambiosDeEstado(SUB_ANEXOS),
]
