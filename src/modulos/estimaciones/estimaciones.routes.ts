import { z } from 'zod'
import { siNo } from '../../comun/entrada.ts'
import { plural } from '../../comun/texto.ts'
import {
  accion,
  archivo,
  datos,
  exito,
  json,
  jsonEscrito,
  LIMITE_EXPORTAR,
  pagina,
  tabla,
  vista,
  type Respuesta,
} from '../../web/rutas.ts'
import { analizar } from '../../web/analisis.ts'
import { leerNombreDeOrden, leerPeticionTabla } from '../../web/peticion-tabla.ts'
import { OpcionesDeExportacion } from '../../plataforma/exportar-tabla.ts'
import { RUTA_ESTIMACION } from './estimaciones.contrato.ts'
import { exportarEstimaciones, paginaDeEstimacion, paginaDeEstimaciones, paginaNueva } from './paginas.service.ts'
import { exportarExcel, exportarPdf } from './exportes/exportes.service.ts'
import { rutasExpediente } from './expediente/expediente.routes.ts'
import { verDetalle, verEstimacion } from './consultas.service.ts'
import { jsonDeCandidatas } from './candidatas.vista.ts'
import { paginarDetalle } from './detalle.tabla.ts'
import { TABLA_ESTIMACIONES } from './estimaciones.tabla.ts'
import * as s from './estimaciones.schema.ts'
import { verConceptos } from './candidatas.service.ts'
import {
  actualizarPrecios,
  agregarDetalles,
  ajustarDetalle,
  crearEstimacion,
  editarEstimacion,
  quitarDetalles,
} from './estimaciones.service.ts'
import { TEXTO_ESTATUS } from './estimaciones.tipos.ts'
import { datosDeEstimacion, filaDeConcepto, filaDeDetalle, resultadoEnTexto } from './estimaciones.vista.ts'
import { cambiarEstatus, rechazarDetalle } from './flujo.service.ts'
import { rutasRadar } from './radar/radar.routes.ts'
import { rutasFuera } from './fuera.routes.ts'
import { agregarEstimables } from './fuera.service.ts'

const MIGAS = [{ texto: 'Inicio', ruta: '/operaciones/' }]
const DE_LISTA = { texto: 'Estimaciones', ruta: RUTA_ESTIMACION.LISTA }
const BASE = '/operaciones/estimaciones'
const VER = 'operaciones.view_estimacionheader'
const CAMBIAR = 'operaciones.change_estimacionheader'

/** The envelope of a change, with the text twice as the module of production does (produccion.md §4.2). */
const hecho = (texto: string, extra: Record<string, unknown>): Respuesta => exito(texto, { mensaje: texto, ...extra })

const Detalle = s.PorId.extend({ agrupado: siNo().optional() })
/** With whatever else a table asks. */
const ConPagina = Detalle.catchall(z.union([z.string(), z.array(z.string())]))

/** Billing (estimaciones.md §6). */
export const rutasEstimaciones = [
  ...rutasRadar,
  pagina({
    ruta: RUTA_ESTIMACION.LISTA,
    permiso: VER,
    consulta: s.Lista,
    manejar: async ({ ctx, consulta }) =>
      vista(
        'estimaciones/lista',
        { datos: await paginaDeEstimaciones(ctx, consulta.id_ot) },
        { titulo: 'Estimaciones', migas: [...MIGAS, { texto: 'Estimaciones' }] },
      ),
  }),
  pagina({
    ruta: RUTA_ESTIMACION.NUEVA,
    permiso: 'operaciones.add_estimacionheader',
    consulta: s.Nueva,
    manejar: async ({ ctx, consulta }) =>
      vista(
        'estimaciones/nueva',
        {
          datos: await paginaNueva(ctx, {
            idOt: consulta.id_ot ?? null,
            desde: consulta.fecha_desde ?? null,
            hasta: consulta.fecha_hasta ?? null,
          }),
        },
        { titulo: 'Nueva estimación', migas: [...MIGAS, DE_LISTA, { texto: 'Nueva' }] },
      ),
  }),
  datos({
    ruta: RUTA_ESTIMACION.EXPORTAR_LISTA,
    permiso: 'operaciones.exportar_estimacionheader',
    consulta: s.ConsultaDeTabla,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta }) =>
      archivo(
        await exportarEstimaciones(
          ctx,
          leerPeticionTabla(TABLA_ESTIMACIONES, consulta),
          analizar(OpcionesDeExportacion, consulta),
        ),
      ),
  }),
  datos({
    ruta: RUTA_ESTIMACION.EXCEL,
    permiso: 'operaciones.exportar_estimacionheader',
    consulta: s.PorId,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta, solicitud }) =>
      archivo(await exportarExcel(ctx, { id: consulta.id, dominio: solicitud.dominioPublico })),
  }),
  datos({
    ruta: RUTA_ESTIMACION.PDF,
    permiso: 'operaciones.exportar_estimacionheader',
    consulta: s.PorId,
    limite: LIMITE_EXPORTAR,
    manejar: async ({ ctx, consulta, solicitud }) =>
      archivo(await exportarPdf(ctx, { id: consulta.id, dominio: solicitud.dominioPublico })),
  }),
  ...rutasExpediente,
  tabla(TABLA_ESTIMACIONES, { ruta: `${BASE}/datatable/`, permiso: VER }),
  datos({
    ruta: `${BASE}/candidatas/`,
    permiso: VER,
    consulta: s.Candidatas,
    manejar: async ({ ctx, consulta }) => {
      const { conceptos, exige } = await verConceptos(ctx, {
        idOt: consulta.id_ot ?? null,
        desde: consulta.fecha_desde ?? null,
        hasta: consulta.fecha_hasta ?? null,
      })
      return jsonEscrito(jsonDeCandidatas(conceptos, exige))
    },
  }),
  datos({
    ruta: `${BASE}/obtener/`,
    permiso: VER,
    consulta: s.PorId,
    manejar: async ({ ctx, consulta }) => {
      const { estimacion, transiciones, deducciones } = await verEstimacion(ctx, consulta.id)
      return json({ exito: true, datos: { ...datosDeEstimacion(estimacion), ...deducciones }, transiciones })
    },
  }),
  datos({
    ruta: `${BASE}/detalle/datatable/`,
    permiso: VER,
    consulta: ConPagina,
    manejar: async ({ ctx, consulta }) => {
      const { detalle, conceptos } = await verDetalle(ctx, consulta.id)
      const { agrupado, id: _id, ...pedido } = consulta
      const filas =
        agrupado === true ? conceptos.map(filaDeConcepto) : detalle.map((linea) => ({ ...filaDeDetalle(linea) }))
      return json(paginarDetalle<Record<string, unknown>>(filas, pedido, leerNombreDeOrden(pedido)))
    },
  }),
  ...rutasFuera,
  accion({
    ruta: `${BASE}/crear/`,
    permiso: 'operaciones.add_estimacionheader',
    cuerpo: s.CrearEstimacion,
    manejar: async ({ ctx, cuerpo }) => {
      const creada = await crearEstimacion(ctx, cuerpo)
      const { id, numero, advertencias } = creada
      return hecho(`Estimación EST-${String(numero)} creada.`, {
        id_nuevo: id,
        numero,
        ...resultadoEnTexto(creada),
        advertencias,
      })
    },
  }),
  accion({
    ruta: `${BASE}/editar/`,
    permiso: CAMBIAR,
    cuerpo: s.EditarEstimacion,
    manejar: async ({ ctx, cuerpo }) =>
      hecho('Estimación actualizada.', resultadoEnTexto(await editarEstimacion(ctx, cuerpo))),
  }),
  accion({
    ruta: `${BASE}/agregar_detalles/`,
    permiso: CAMBIAR,
    cuerpo: s.AgregarDetalles,
    manejar: async ({ ctx, cuerpo: { id, version, ids_produccion: ids } }) => {
      // Without a list, everything that may be billed by now.
      const resultado = ids
        ? { ...(await agregarDetalles(ctx, { id, version, ids })), agregadas: ids.length }
        : await agregarEstimables(ctx, { id, version })
      return hecho(`${plural(resultado.agregadas, 'línea agregada', 'líneas agregadas')}.`, resultadoEnTexto(resultado))
    },
  }),
  accion({
    ruta: `${BASE}/quitar_detalles/`,
    permiso: CAMBIAR,
    cuerpo: s.QuitarDetalles,
    manejar: async ({ ctx, cuerpo: { id, version, ids_detalle: ids = [] } }) =>
      hecho(
        `${plural(ids.length, 'línea quitada', 'líneas quitadas')}.`,
        resultadoEnTexto(await quitarDetalles(ctx, { id, version, ids })),
      ),
  }),
  accion({
    ruta: `${BASE}/ajustar_detalle/`,
    permiso: CAMBIAR,
    cuerpo: s.AjustarDetalle,
    manejar: async ({ ctx, cuerpo }) => hecho('Línea ajustada.', resultadoEnTexto(await ajustarDetalle(ctx, cuerpo))),
  }),
  accion({
    ruta: `${BASE}/rechazar_detalle/`,
    permiso: 'operaciones.autorizar_estimacion',
    cuerpo: s.RechazarDetalle,
    manejar: async ({ ctx, cuerpo }) => hecho('Línea rechazada.', resultadoEnTexto(await rechazarDetalle(ctx, cuerpo))),
  }),
  accion({
    ruta: `${BASE}/actualizar_precios/`,
    permiso: CAMBIAR,
    cuerpo: s.ActualizarPrecios,
    manejar: async ({ ctx, cuerpo: { id, version } }) => {
      const resultado = await actualizarPrecios(ctx, { id, version })
      const texto =
        resultado.cambiadas === 0
          ? 'Los precios ya eran los vigentes.'
          : `Precios actualizados en ${plural(resultado.cambiadas, 'línea', 'líneas')}.`
      return hecho(texto, { ...resultadoEnTexto(resultado), cambiadas: resultado.cambiadas })
    },
  }),
  accion({
    ruta: `${BASE}/cambiar_estatus/`,
    permiso: VER,
    cuerpo: s.CambiarEstatus,
    manejar: async ({ ctx, cuerpo, solicitud }) => {
      const resultado = await cambiarEstatus(ctx, cuerpo, solicitud.dominioPublico)
      return hecho(`La estimación quedó ${TEXTO_ESTATUS[resultado.estatus]}.`, {
        estatus: resultado.estatus,
        ...resultadoEnTexto(resultado),
      })
    },
  }),
  pagina({
    ruta: `${BASE}/:id/`,
    permiso: VER,
    parametros: s.ParametroEstimacion,
    consulta: s.Pestana,
    manejar: async ({ ctx, parametros, consulta }) => {
      const estimacion = await paginaDeEstimacion(ctx, parametros.id, consulta.pestana ?? null)
      const nombre = `${estimacion.datos.folio} de ${estimacion.datos.ot}`
      return vista('estimaciones/detalle', estimacion, {
        titulo: nombre,
        migas: [...MIGAS, DE_LISTA, { texto: nombre }],
      })
    },
  }),
]
