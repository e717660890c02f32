import { rm } from 'node:fs/promises'
import { DatosInvalidos } from '../../comun/errores.ts'
import { escribirHojas } from '../../plataforma/excel/escribir.ts'
import { TIPO_XLSX } from '../../plataforma/exportar-tabla.ts'
import {
  accion,
  archivo,
  datos,
  exito,
  json,
  pagina,
  vista,
  type Limite,
  type Respuesta,
  type Ruta,
} from '../../web/rutas.ts'
import { responderTarea } from '../tareas/index.ts'
import type { ClaseImportacion } from './importacion.clase.ts'
import { rutasDeImportar, type PaginaImportar } from './importacion.contrato.ts'
import {
  AnalizarArchivo,
  ConfirmarImportacion,
  DescartarAnalisis,
  DeshacerLote,
  leerOpciones,
  ParametroLote,
  PedirLista,
  PedirListaDeAnalisis,
  PorAnalisis,
} from './importacion.schema.ts'
import {
  descartarAnalisis,
  listaDeAnalisis,
  listaDeLote,
  loteConListas,
  opcionesDePagina,
  pedirAnalisis,
  pedirDeshacer,
  pedirImportacion,
  rechazadasDeAnalisis,
  rechazadasDeLote,
  trabajoPendiente,
} from './importacion.pagina.service.ts'
import { listarLotes } from './importacion.service.ts'
import { filaLote, paginaLote } from './importacion.vista.ts'

const LOTES_A_LA_VISTA = 50

/** Reading a workbook is the heaviest thing that a request can ask for. */
const LIMITE: Limite = {
  maximo: 20,
  ventanaMs: 10 * 60_000,
  mensaje: 'Analizaste muchos archivos en poco tiempo. Espera unos minutos y vuelve a intentarlo.',
}

/** Pages and commands of an import, below its address. */
export function rutasDeImportacion(clase: ClaseImportacion): readonly Ruta[] {
  return [...paginas(clase), ...analisis(clase), ...lotes(clase)]
}

function paginas(clase: ClaseImportacion): Ruta[] {
  const { base, permiso, migas, textos } = clase
  return [
    pagina({
      ruta: base,
      permiso,
      manejar: async ({ ctx }) => {
        const historial = await listarLotes(ctx, clase, LOTES_A_LA_VISTA)
        const datosDePagina: PaginaImportar = {
          titulo: textos.titulo,
          ayuda: textos.ayuda,
          base,
          rutas: rutasDeImportar(base),
          opciones: await opcionesDePagina(ctx, clase),
          listas: clase.listas,
          pendiente: await trabajoPendiente(ctx, clase),
          lotes: historial.map((lote) => filaLote(clase, lote)),
          nota_lotes:
            historial.length < LOTES_A_LA_VISTA ? '' : `Se muestran los ${String(LOTES_A_LA_VISTA)} más recientes.`,
        }
        return vista(
          'importacion/importar',
          { datos: datosDePagina },
          { titulo: textos.titulo, migas: [...migas, { texto: textos.titulo }] },
        )
      },
    }),
    pagina({
      ruta: `${base}lotes/:id/`,
      permiso,
      parametros: ParametroLote,
      manejar: async ({ ctx, parametros }) => {
        const { lote, listas, enCurso } = await loteConListas(ctx, clase, parametros.id)
        const titulo = `Lote ${String(lote.id)}`
        return vista(
          'importacion/lote',
          { datos: paginaLote(clase, lote, listas, enCurso) },
          { titulo, migas: [...migas, { texto: textos.titulo, ruta: base }, { texto: titulo }] },
        )
      },
    }),
    datos({
      ruta: rutasDeImportar(base).PLANTILLA,
      permiso,
      manejar: async ({ ctx }) => {
        const hojas = await clase.plantilla(ctx)
        return archivo({
          nombre: textos.plantilla,
          tipo: TIPO_XLSX,
          escribir: async (salida) => {
            await escribirHojas(salida, hojas)
          },
        })
      },
    }),
  ]
}

function analisis(clase: ClaseImportacion): Ruta[] {
  const { permiso } = clase
  const RUTA = rutasDeImportar(clase.base)
  return [
    accion({
      ruta: RUTA.ANALIZAR,
      permiso,
      cuerpo: AnalizarArchivo,
      archivos: { maximo: 1 },
      limite: LIMITE,
      sinAuditoria: 'Analizar no cambia ningún dato.',
      manejar: async ({ ctx, cuerpo, solicitud }) => {
        const [subido] = solicitud.archivos
        const opciones = leerOpciones(clase.opciones, cuerpo)
        if (subido?.campo === 'archivo') {
          const origen = { ruta: subido.ruta, nombre: subido.nombre }
          return responderTarea(ctx, await pedirAnalisis(ctx, clase, origen, opciones), cuerpo.asincrono)
        }
        if (subido) await rm(subido.ruta, { force: true })
        if (cuerpo.tarea === undefined)
          throw new DatosInvalidos('Elige primero el libro de Excel que quieres importar.')
        const tarea = await pedirAnalisis(ctx, clase, { tarea: cuerpo.tarea }, opciones)
        return responderTarea(ctx, tarea, cuerpo.asincrono)
      },
    }),
    datos({
      ruta: RUTA.LISTA,
      permiso,
      consulta: PedirListaDeAnalisis,
      manejar: async ({ ctx, consulta }) => json(await listaDeAnalisis(ctx, clase, consulta.tarea, consulta)),
    }),
    datos({
      ruta: RUTA.RECHAZADAS,
      permiso,
      consulta: PorAnalisis,
      limite: LIMITE,
      manejar: async ({ ctx, consulta }) => libro(await rechazadasDeAnalisis(ctx, clase, consulta.tarea)),
    }),
    accion({
      ruta: RUTA.DESCARTAR,
      permiso,
      cuerpo: DescartarAnalisis,
      sinAuditoria: 'Borra un archivo que todavía no cambió ningún dato.',
      manejar: async ({ ctx, cuerpo }) => {
        await descartarAnalisis(ctx, clase, cuerpo.tarea)
        return exito('El archivo se descartó.')
      },
    }),
    accion({
      ruta: RUTA.CONFIRMAR,
      permiso,
      cuerpo: ConfirmarImportacion,
      manejar: async ({ ctx, cuerpo }) =>
        responderTarea(ctx, await pedirImportacion(ctx, clase, cuerpo.tarea), cuerpo.asincrono),
    }),
  ]
}

function lotes(clase: ClaseImportacion): Ruta[] {
  const { base, permiso } = clase
  return [
    datos({
      ruta: `${base}lotes/:id/lista/`,
      permiso,
      parametros: ParametroLote,
      consulta: PedirLista,
      manejar: async ({ ctx, parametros, consulta }) => json(await listaDeLote(ctx, clase, parametros.id, consulta)),
    }),
    datos({
      ruta: `${base}lotes/:id/rechazadas/`,
      permiso,
      parametros: ParametroLote,
      manejar: async ({ ctx, parametros }) => libro(await rechazadasDeLote(ctx, clase, parametros.id)),
    }),
    accion({
      ruta: rutasDeImportar(base).DESHACER,
      permiso,
      cuerpo: DeshacerLote,
      manejar: async ({ ctx, cuerpo }) =>
        responderTarea(ctx, await pedirDeshacer(ctx, clase, cuerpo.lote), cuerpo.asincrono),
    }),
  ]
}

const libro = (contenido: Pick<Extract<Respuesta, { clase: 'archivo' }>, 'nombre' | 'escribir'>): Respuesta =>
  archivo({ ...contenido, tipo: TIPO_XLSX })
