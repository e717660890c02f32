import { DatosInvalidos, ErrorDeDominio } from '../../../comun/errores.ts'
import {
  accion,
  archivo,
  conMensaje,
  datos,
  exito,
  json,
  pagina,
  vista,
  type Limite,
  type Respuesta,
  type Ruta,
} from '../../../web/rutas.ts'
import { TIPO_XLSX } from '../../../plataforma/exportar-tabla.ts'
import { descargaDe } from '../../archivos/index.ts'
import { responderTarea, type Tarea } from '../../tareas/index.ts'
import { RUTA_ANEXO } from '../anexo.contrato.ts'
import { PERMISO_ANEXO } from '../anexo.permisos.ts'
import { deshacerVersion, fraseDeDeshecho } from '../versiones/deshacer.service.ts'
import { exigirVersionConLibro, historialDeAnexo, paginaComparar } from '../versiones/historial.service.ts'
import {
  CompararVersiones,
  DeshacerVersion,
  leerCampos,
  modoDe,
  ParametroVersion,
  PedirImportacion,
  PorOt,
  PorTarea,
} from './importar.schema.ts'
import { exigirPermiso, pedirImportacion, type OrigenDeLibro } from './importar.service.ts'
import { libroDeErrores } from './lectura.service.ts'
import { descartarLibro, pendienteDeAnexo } from './subidas.service.ts'

/** Reading a workbook is the heaviest thing that a request can ask for. */
const LIMITE: Limite = {
  maximo: 60,
  ventanaMs: 10 * 60_000,
  mensaje: 'Cargaste muchos archivos en poco tiempo. Espera unos minutos y vuelve a intentarlo.',
}

/** The keys of the result travel in the envelope itself (anexo-c.md §3, settled §7). */
function conClaves({ id, mensaje, resultado }: Tarea): Respuesta {
  const { clase: _clase, libro: _libro, ...claves } = resultado as Record<string, unknown>
  const conErrores = Number(claves['total_errores'] ?? 0) > 0
  return json({
    exito: true,
    tipo_aviso: conErrores ? 'advertencia' : 'exito',
    detalles: mensaje,
    tarea: id,
    ...claves,
  })
}

/** Load, history, comparison and undo of the Anexo C of an OT. */
const rutas: readonly Ruta[] = [
  accion({
    ruta: RUTA_ANEXO.IMPORTAR,
    permiso: PERMISO_ANEXO.VER,
    cuerpo: PedirImportacion,
    archivos: { maximo: 1 },
    limite: LIMITE,
    manejar: async ({ ctx, cuerpo, solicitud }) => {
      exigirPermiso(ctx, modoDe(cuerpo))
      const campos = leerCampos(cuerpo)
      const tarea = await pedirImportacion(ctx, campos, origenDe(solicitud.archivos[0], campos.tarea))
      try {
        return await responderTarea(ctx, tarea, campos.asincrono, conClaves)
      } catch (error) {
        if (!(error instanceof ErrorDeDominio)) throw error
        return conservando(error)
      }
    },
  }),
  datos({
    ruta: RUTA_ANEXO.PENDIENTE,
    permiso: PERMISO_ANEXO.VER,
    consulta: PorOt,
    manejar: async ({ ctx, consulta }) => json({ pendiente: await pendienteDeAnexo(ctx, consulta.ot_id) }),
  }),
  datos({
    ruta: RUTA_ANEXO.ERRORES,
    permiso: PERMISO_ANEXO.VER,
    consulta: PorTarea,
    limite: LIMITE,
    manejar: async ({ ctx, consulta }) => archivo({ tipo: TIPO_XLSX, ...(await libroDeErrores(ctx, consulta.tarea)) }),
  }),
  accion({
    ruta: RUTA_ANEXO.DESCARTAR,
    permiso: PERMISO_ANEXO.VER,
    cuerpo: PorTarea,
    sinAuditoria: 'Borra un archivo que todavía no cambió ningún dato.',
    manejar: async ({ ctx, cuerpo }) => {
      await descartarLibro(ctx, cuerpo.tarea)
      return exito('El archivo se descartó.')
    },
  }),
  datos({
    ruta: RUTA_ANEXO.HISTORIAL,
    permiso: PERMISO_ANEXO.VER,
    consulta: PorOt,
    manejar: async ({ ctx, consulta }) => json(await historialDeAnexo(ctx, consulta.ot_id)),
  }),
  pagina({
    ruta: RUTA_ANEXO.COMPARAR,
    permiso: PERMISO_ANEXO.VER,
    consulta: CompararVersiones,
    manejar: async ({ ctx, consulta: { ot_id: idOt, antes, despues } }) => {
      const comparar = await paginaComparar(ctx, { idOt, antes, despues })
      const { folio } = comparar.ot
      return vista(
        'anexo/comparar',
        { datos: comparar },
        {
          titulo: `Versiones del Anexo C de ${folio}`,
          migas: [
            { texto: 'Órdenes de trabajo', ruta: '/operaciones/ot/' },
            { texto: folio, ruta: `/operaciones/ot/${String(idOt)}/` },
            { texto: 'Versiones del Anexo C' },
          ],
        },
      )
    },
  }),
  datos({
    ruta: `${RUTA_ANEXO.HISTORIAL}:id/archivo/`,
    permiso: PERMISO_ANEXO.VER,
    parametros: ParametroVersion,
    manejar: async ({ ctx, parametros, solicitud }) => {
      const { idArchivo, nombre } = await exigirVersionConLibro(ctx, parametros.id)
      return archivo(await descargaDe({ ctx, almacen: solicitud.almacen }, idArchivo, nombre))
    },
  }),
  accion({
    ruta: RUTA_ANEXO.DESHACER,
    permiso: PERMISO_ANEXO.DESHACER,
    cuerpo: DeshacerVersion,
    manejar: async ({ ctx, cuerpo }) => {
      const hecho = await deshacerVersion(ctx, {
        idVersion: cuerpo.importacion_id,
        confirmarSinDestino: cuerpo.confirmar_sin_destino,
      })
      return exito(fraseDeDeshecho(hecho), { recalculadas: hecho.recalculadas, fusionadas: hecho.fusionadas })
    },
  }),
]

/** Writes repeat their text in `mensaje` (produccion.md §4.2). */
export const rutasDeImportarAnexo: readonly Ruta[] = rutas.map((ruta) =>
  ruta.clase === 'accion' ? conMensaje(ruta) : ruta,
)

function origenDe(
  subido: { campo: string; ruta: string; nombre: string; bytes: number } | undefined,
  tarea: number | undefined,
): OrigenDeLibro {
  if (subido?.campo === 'archivo' && subido.bytes > 0) return subido
  if (tarea !== undefined) return { tarea }
  const mensaje =
    subido?.campo === 'archivo' && subido.nombre !== ''
      ? 'El archivo está vacío (0 bytes). Vuelve a guardarlo y súbelo otra vez.'
      : 'Elige primero el libro de Excel del Anexo C.'
  throw new DatosInvalidos(mensaje, { tipoAviso: 'advertencia', campos: { archivo: mensaje } })
}

/** The refusal as an answer and not as a fault, which would take away the workbook that waits for a decision. */
function conservando({ estado, detalles, tipoAviso, codigo, campos, extra }: ErrorDeDominio): Respuesta {
  const { libro: _libro, ...claves } = extra ?? {}
  return json(
    {
      exito: false,
      tipo_aviso: tipoAviso,
      detalles,
      ...(codigo === undefined ? {} : { codigo }),
      ...(campos === undefined ? {} : { campos }),
      ...claves,
    },
    estado,
  )
}
