import { tienePermiso, type CtxLectura } from '../../plataforma/contexto.ts'
import { OpcionesDeExportacion } from '../../plataforma/exportar-tabla.ts'
import { analizar } from '../../web/analisis.ts'
import { leerPeticionTabla } from '../../web/peticion-tabla.ts'
import { accion, archivo, datos, exito, json, LIMITE_EXPORTAR, pagina, tabla, vista } from '../../web/rutas.ts'
import { rutasDeImportacion } from '../importacion/index.ts'
import { CLASE_PTE } from './importacion/pte.importacion.clase.ts'
import { rutasPasos } from './pasos/pasos.routes.ts'
import { aniosDePtes, catalogosDePte, datosDePte, exportarPtes, fichaDePte } from './pte.consultas.service.ts'
import { rutaListaPte, type PaginaListaPte } from './pte.contrato.ts'
import { PERMISO_PTE } from './pte.permisos.ts'
import { CambiarEstatusPte, ConsultaDeTabla, CrearPte, EditarPte, ParametroId, PorId } from './pte.schema.ts'
import { cambiarEstatusPte, crearPte, editarPte, eliminarPte } from './pte.service.ts'
import { TABLA_PTE } from './pte.tabla.ts'
import { puedePte } from './pte.vista.ts'

const { VER, CREAR, EDITAR, ELIMINAR, EXPORTAR } = PERMISO_PTE

const MIGA_INICIO = { texto: 'Inicio', ruta: '/operaciones/' }

const puede = (ctx: CtxLectura) => puedePte((codigo) => tienePermiso(ctx, codigo))

/** Addresses of the PTE module (pte.md §7). */
export const rutasPte = [
  pagina({
    ruta: rutaListaPte,
    permiso: VER,
    manejar: async ({ ctx }) => {
      const datosDePagina: PaginaListaPte = {
        hoy: ctx.hoy,
        puede: puede(ctx),
        catalogos: await catalogosDePte(ctx),
        anios: await aniosDePtes(ctx),
      }
      return vista(
        'pte/lista',
        { datos: datosDePagina },
        { titulo: 'Propuesta Técnica Económica', migas: [MIGA_INICIO, { texto: "PTE's" }] },
      )
    },
  }),
  pagina({
    ruta: '/operaciones/pte/:id/',
    permiso: VER,
    parametros: ParametroId,
    manejar: async ({ ctx, parametros }) => {
      const ficha = await fichaDePte(ctx, parametros.id)
      const titulo = ficha.oficio_pte
      return vista(
        'pte/detalle',
        { datos: ficha },
        { titulo, migas: [MIGA_INICIO, { texto: "PTE's", ruta: rutaListaPte }, { texto: titulo }] },
      )
    },
  }),
  tabla(TABLA_PTE, { ruta: '/operaciones/pte/datatable/', permiso: VER }),
  datos({
    ruta: '/operaciones/pte/exportar/',
    permiso: EXPORTAR,
    consulta: ConsultaDeTabla,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) =>
      archivo(
        await exportarPtes(ctx, leerPeticionTabla(TABLA_PTE, consulta), analizar(OpcionesDeExportacion, consulta)),
      ),
  }),
  datos({
    ruta: '/operaciones/pte/obtener_datos/',
    permiso: VER,
    consulta: PorId,
    manejar: async ({ ctx, consulta }) => json({ exito: true, datos: await datosDePte(ctx, consulta.id) }),
  }),
  accion({
    ruta: '/operaciones/pte/crear/',
    permiso: CREAR,
    cuerpo: CrearPte,
    manejar: async ({ ctx, cuerpo }) => {
      const id = await crearPte(ctx, cuerpo)
      return exito('PTE creada correctamente', { id, registro_id: id })
    },
  }),
  accion({
    ruta: '/operaciones/pte/editar/',
    permiso: EDITAR,
    cuerpo: EditarPte,
    manejar: async ({ ctx, cuerpo }) => {
      const { id, version, pasosRegenerados } = await editarPte(ctx, cuerpo)
      const aviso = pasosRegenerados ? '. El cliente es de otro tipo: los pasos son los de su plantilla.' : ''
      return exito(`PTE actualizada correctamente${aviso}`, {
        registro_id: id,
        version,
        pasos_regenerados: pasosRegenerados,
      })
    },
  }),
  accion({
    ruta: '/operaciones/pte/eliminar/',
    permiso: ELIMINAR,
    sinPermiso: 'No tienes permiso para eliminar PTEs',
    cuerpo: PorId,
    manejar: async ({ ctx, cuerpo }) => {
      await eliminarPte(ctx, cuerpo.id)
      return exito('PTE eliminada correctamente', { registro_id: cuerpo.id })
    },
  }),
  accion({
    ruta: '/operaciones/pte/cambiar_estatus_pte/',
    permiso: EDITAR,
    cuerpo: CambiarEstatusPte,
    manejar: async ({ ctx, cuerpo }) =>
      exito('Estatus actualizado correctamente', { ...(await cambiarEstatusPte(ctx, cuerpo)) }),
  }),
  ...rutasPasos,
  ...rutasDeImportacion(CLASE_PTE),
]
