import { rm } from 'node:fs/promises'
import { DatosInvalidos, ErrorDeDominio } from '../../../comun/errores.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { escribirHojas } from '../../../plataforma/excel/escribir.ts'
import { accion, archivo, datos, exito, json, pagina, vista, type Limite, type Respuesta } from '../../../web/rutas.ts'
import { esperarTarea, verTarea, type FalloDeTarea } from '../../tareas/index.ts'
import { TIPO_XLSX } from '../../../plataforma/exportar-tabla.ts'
import { MIGA_INICIO, MIGA_LISTA } from '../linaje/linaje.routes.ts'
import { catalogosDeOt } from '../ot.consultas.service.ts'
import { RUTA, rutaImportar, type PaginaImportar } from './importacion.contrato.ts'
import {
  AnalizarArchivo,
  ConfirmarImportacion,
  DescartarAnalisis,
  DeshacerLote,
  ParametroLote,
  PedirLista,
  PedirListaDeAnalisis,
  PorAnalisis,
} from './importacion.schema.ts'
import {
  descartarAnalisis,
  historial,
  listaDeAnalisis,
  listaDeLote,
  loteConListas,
  pedirAnalisis,
  pedirDeshacer,
  pedirImportacion,
  rechazadasDeAnalisis,
  rechazadasDeLote,
  trabajoPendiente,
} from './importacion.pagina.service.ts'
import { filaLote, paginaLote, RUTAS_DE_PAGINA } from './importacion.vista.ts'
import { hojasDePlantilla } from './plantilla.excel.ts'

const permiso = 'operaciones.importar_ote'
const MIGA_IMPORTAR = { texto: 'Importar histórico', ruta: rutaImportar }
const LOTES_A_LA_VISTA = 50

/** Reading a workbook is the heaviest thing that a request can ask for. */
const LIMITE: Limite = {
  maximo: 20,
  ventanaMs: 10 * 60_000,
  mensaje: 'Analizaste muchos archivos en poco tiempo. Espera unos minutos y vuelve a intentarlo.',
}

/** The result when the work ends in time, its refusal as if it had been told at once, else 202 with the task (settled.md §4). */
async function responder(ctx: CtxLectura, id: number, asincrono: boolean): Promise<Respuesta> {
  const { estado, mensaje, resultado } = await (asincrono ? verTarea(ctx, id) : esperarTarea(ctx, id))
  if (estado === 'terminada') return exito(mensaje, { tarea: id, resultado })
  if (estado !== 'fallida') return json({ exito: true, tipo_aviso: 'proceso', detalles: mensaje, tarea: id }, 202)
  // A job that a restart interrupted left only its sentence.
  const fallo = resultado as FalloDeTarea | null
  throw new ErrorDeDominio(fallo?.estado ?? 503, mensaje, {
    tipoAviso: fallo?.tipo_aviso,
    codigo: fallo?.codigo ?? undefined,
  })
}

/** Pages and commands of the historical import. */
export const rutasImportacion = [
  pagina({
    ruta: rutaImportar,
    permiso,
    manejar: async ({ ctx }) => {
      const lotes = await historial(ctx, LOTES_A_LA_VISTA)
      const datosDePagina: PaginaImportar = {
        rutas: RUTAS_DE_PAGINA,
        pendiente: await trabajoPendiente(ctx),
        lotes: lotes.map(filaLote),
        nota_lotes: lotes.length < LOTES_A_LA_VISTA ? '' : `Se muestran los ${String(LOTES_A_LA_VISTA)} más recientes.`,
      }
      return vista(
        'ot/importar',
        { datos: datosDePagina },
        { titulo: 'Importar histórico', migas: [MIGA_INICIO, MIGA_LISTA, { texto: MIGA_IMPORTAR.texto }] },
      )
    },
  }),
  pagina({
    ruta: `${rutaImportar}lotes/:id/`,
    permiso,
    parametros: ParametroLote,
    manejar: async ({ ctx, parametros }) => {
      const { lote, listas, enCurso } = await loteConListas(ctx, parametros.id)
      const titulo = `Lote ${String(lote.id)}`
      return vista(
        'ot/lote',
        { datos: paginaLote(lote, listas, enCurso) },
        { titulo, migas: [MIGA_INICIO, MIGA_LISTA, MIGA_IMPORTAR, { texto: titulo }] },
      )
    },
  }),
  datos({
    ruta: RUTA.PLANTILLA,
    permiso,
    manejar: async ({ ctx }) => {
      const hojas = hojasDePlantilla(await catalogosDeOt(ctx), ctx.hoy)
      return archivo({
        nombre: 'plantilla importar OT.xlsx',
        tipo: TIPO_XLSX,
        escribir: async (salida) => {
          await escribirHojas(salida, hojas)
        },
      })
    },
  }),
  accion({
    ruta: RUTA.ANALIZAR,
    permiso,
    cuerpo: AnalizarArchivo,
    archivos: { maximo: 1 },
    limite: LIMITE,
    sinAuditoria: 'Analizar no cambia ningún dato.',
    manejar: async ({ ctx, cuerpo, solicitud }) => {
      const [subido] = solicitud.archivos
      if (subido?.campo === 'archivo') {
        const id = await pedirAnalisis(ctx, { ruta: subido.ruta, nombre: subido.nombre }, cuerpo.crear_ptes)
        return responder(ctx, id, cuerpo.asincrono)
      }
      if (subido) await rm(subido.ruta, { force: true })
      if (cuerpo.tarea === undefined) throw new DatosInvalidos('Elige primero el libro de Excel que quieres importar.')
      return responder(ctx, await pedirAnalisis(ctx, { tarea: cuerpo.tarea }, cuerpo.crear_ptes), cuerpo.asincrono)
    },
  }),
  datos({
    ruta: RUTA.LISTA,
    permiso,
    consulta: PedirListaDeAnalisis,
    manejar: async ({ ctx, consulta }) => json(await listaDeAnalisis(ctx, consulta.tarea, consulta)),
  }),
  datos({
    ruta: RUTA.RECHAZADAS,
    permiso,
    consulta: PorAnalisis,
    limite: LIMITE,
    manejar: async ({ ctx, consulta }) => libro(await rechazadasDeAnalisis(ctx, consulta.tarea)),
  }),
  accion({
    ruta: RUTA.DESCARTAR,
    permiso,
    cuerpo: DescartarAnalisis,
    sinAuditoria: 'Borra un archivo que todavía no cambió ningún dato.',
    manejar: async ({ ctx, cuerpo }) => {
      await descartarAnalisis(ctx, cuerpo.tarea)
      return exito('El archivo se descartó.')
    },
  }),
  accion({
    ruta: RUTA.CONFIRMAR,
    permiso,
    cuerpo: ConfirmarImportacion,
    manejar: async ({ ctx, cuerpo }) => responder(ctx, await pedirImportacion(ctx, cuerpo.tarea), cuerpo.asincrono),
  }),
  datos({
    ruta: `${rutaImportar}lotes/:id/lista/`,
    permiso,
    parametros: ParametroLote,
    consulta: PedirLista,
    manejar: async ({ ctx, parametros, consulta }) => json(await listaDeLote(ctx, parametros.id, consulta)),
  }),
  datos({
    ruta: `${rutaImportar}lotes/:id/rechazadas/`,
    permiso,
    parametros: ParametroLote,
    manejar: async ({ ctx, parametros }) => libro(await rechazadasDeLote(ctx, parametros.id)),
  }),
  accion({
    ruta: RUTA.DESHACER,
    permiso,
    cuerpo: DeshacerLote,
    manejar: async ({ ctx, cuerpo }) => responder(ctx, await pedirDeshacer(ctx, cuerpo.lote), cuerpo.asincrono),
  }),
]

const libro = (contenido: Pick<Extract<Respuesta, { clase: 'archivo' }>, 'nombre' | 'escribir'>): Respuesta =>
  archivo({ ...contenido, tipo: TIPO_XLSX })
