import { OpcionesDeExportacion } from '../../plataforma/exportar-tabla.ts'
import { analizar } from '../../web/analisis.ts'
import { leerPeticionTabla } from '../../web/peticion-tabla.ts'
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
  type Ruta,
} from '../../web/rutas.ts'
import {
  buscarEnCatalogo,
  exportarConceptos,
  paginaDeConcepto,
  paginaDeConceptos,
} from './conceptos.consultas.service.ts'
import {
  BuscarConceptos,
  ConsultaDeTabla,
  ConvertirPue,
  ConvertirPues,
  CrearConcepto,
  EditarConcepto,
  EliminarConcepto,
  ParametroConcepto,
  PorConcepto,
} from './conceptos.schema.ts'
import {
  crearConcepto,
  datosDeConcepto,
  desactivarConcepto,
  editarConcepto,
  reactivarConcepto,
} from './conceptos.service.ts'
import { TABLA_CONCEPTOS, TABLA_PUES } from './conceptos.tabla.ts'
import { RUTA_CONCEPTO, type ModoConceptos } from './contratos.contrato.ts'
import { PERMISO_CONCEPTO, PERMISO_PRODUCTO } from './contratos.permisos.ts'
import { convertirPue, convertirPues } from './conversion.service.ts'
import { TABLA_PRODUCTOS } from './productos.tabla.ts'

const { VER, CREAR, EDITAR, ELIMINAR } = PERMISO_CONCEPTO

const MIGAS = [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Catálogos' }]

const lista = (ruta: string, modo: ModoConceptos): Ruta =>
  pagina({
    ruta,
    permiso: VER,
    manejar: async ({ ctx }) => {
      const datosDePagina = await paginaDeConceptos(ctx, modo)
      const { titulo } = datosDePagina
      return vista('contratos/conceptos', { datos: datosDePagina }, { titulo, migas: [...MIGAS, { texto: titulo }] })
    },
  })

/** Addresses of concepts and of the products of the system before (catalogos.md §6.2, §6.4, §9). */
export const rutasConceptos: readonly Ruta[] = [
  lista(RUTA_CONCEPTO.ordinarios, 'ordinarios'),
  lista(RUTA_CONCEPTO.extraordinarios, 'extraordinarios'),
  // The old address: the same page without mode, which is that of the ordinary ones.
  lista('/operaciones/catalogos/producto/', 'ordinarios'),
  pagina({
    ruta: '/operaciones/catalogos/conceptos/:id/',
    permiso: VER,
    parametros: ParametroConcepto,
    manejar: async ({ ctx, parametros }) => {
      const concepto = await paginaDeConcepto(ctx, parametros.id)
      const deLista = { texto: 'Conceptos ' + concepto.modo, ruta: RUTA_CONCEPTO[concepto.modo] }
      return vista(
        'contratos/concepto',
        { datos: concepto },
        { titulo: concepto.partida, migas: [...MIGAS, deLista, { texto: concepto.partida }] },
      )
    },
  }),
  tabla(TABLA_CONCEPTOS, { ruta: RUTA_CONCEPTO.tabla, permiso: VER }),
  tabla(TABLA_PUES, { ruta: RUTA_CONCEPTO.pues, permiso: VER }),
  tabla(TABLA_PRODUCTOS, {
    ruta: '/operaciones/catalogos/producto/datatable_producto/',
    permiso: PERMISO_PRODUCTO.VER,
  }),
  datos({
    ruta: RUTA_CONCEPTO.exportar,
    permiso: VER,
    consulta: ConsultaDeTabla,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) =>
      archivo(
        await exportarConceptos(
          ctx,
          leerPeticionTabla(TABLA_CONCEPTOS, consulta),
          analizar(OpcionesDeExportacion, consulta),
        ),
      ),
  }),
  datos({
    ruta: RUTA_CONCEPTO.obtener,
    permiso: VER,
    consulta: PorConcepto,
    manejar: async ({ ctx, consulta }) => json(await datosDeConcepto(ctx, consulta.id)),
  }),
  datos({
    ruta: '/operaciones/produccion/buscar_productos_catalogo/',
    permiso: VER,
    consulta: BuscarConceptos,
    manejar: async ({ ctx, consulta }) => json({ results: await buscarEnCatalogo(ctx, consulta.q ?? null) }),
  }),
  accion({
    ruta: RUTA_CONCEPTO.crear,
    permiso: CREAR,
    cuerpo: CrearConcepto,
    manejar: async ({ ctx, cuerpo }) =>
      exito('Concepto extraordinario creado correctamente', { id: await crearConcepto(ctx, cuerpo) }),
  }),
  accion({
    ruta: RUTA_CONCEPTO.editar,
    permiso: EDITAR,
    cuerpo: EditarConcepto,
    manejar: async ({ ctx, cuerpo }) =>
      exito('Concepto actualizado correctamente', { ...(await editarConcepto(ctx, cuerpo)) }),
  }),
  accion({
    ruta: RUTA_CONCEPTO.eliminar,
    permiso: ELIMINAR,
    cuerpo: EliminarConcepto,
    manejar: async ({ ctx, cuerpo }) => {
      await desactivarConcepto(ctx, cuerpo)
      return exito('Producto desactivado correctamente', { id: cuerpo.id })
    },
  }),
  accion({
    ruta: RUTA_CONCEPTO.reactivar,
    permiso: EDITAR,
    cuerpo: PorConcepto,
    manejar: async ({ ctx, cuerpo }) => {
      await reactivarConcepto(ctx, cuerpo.id)
      return exito('Concepto reactivado correctamente', { id: cuerpo.id })
    },
  }),
  accion({
    ruta: RUTA_CONCEPTO.convertir,
    permiso: EDITAR,
    cuerpo: ConvertirPue,
    manejar: async ({ ctx, cuerpo }) => {
      await convertirPue(ctx, cuerpo)
      return exito('Se ha convertido 1 concepto correctamente.', { id: cuerpo.id_pue })
    },
  }),
  accion({
    ruta: RUTA_CONCEPTO.convertirVarios,
    permiso: EDITAR,
    cuerpo: ConvertirPues,
    manejar: async ({ ctx, cuerpo }) => {
      const cuantos = await convertirPues(ctx, cuerpo)
      return exito(
        cuantos === 1
          ? 'Se ha convertido 1 concepto correctamente.'
          : `Se han convertido ${String(cuantos)} conceptos correctamente.`,
        { convertidos: cuantos },
      )
    },
  }),
]
