/** From the import and its batches to what the pages show. Pure. */
import { instanteLocal } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import { ESTATUS_LOGICO, TIPO_OT } from '../ot.tipos.ts'
import { rutaOt } from '../ot.contrato.ts'
import {
  RUTA,
  rutaLote,
  type Conservado,
  type FilaCambio,
  type FilaCreada,
  type FilaLote,
  type PaginaLote,
  type ResultadoDeshacer,
  type ResumenImportacion,
  type TotalesDeListas,
} from './importacion.contrato.ts'
import type { Informe, OtCambiada, OtNueva, ResumenDeshacer } from './importacion.tipos.ts'

/** A batch as it is stored. */
export interface LoteGuardado {
  readonly id: number
  readonly archivo: string
  readonly sha256: string
  /** Null = a command, or *Sistema*. */
  readonly usuario: string | null
  readonly creado_en: Date
  readonly estado: 'aplicado' | 'deshecho'
  readonly crear_ptes: boolean
  readonly resumen: Informe
  readonly deshecho_en: Date | null
  readonly deshecho_por: string | null
  readonly deshacer_resumen: ResumenDeshacer | null
}

const SISTEMA = 'Sistema'
const minuto = (instante: Date): string => instanteLocal(instante).slice(0, 16)

export function resumenImportacion(informe: Informe, crearPtes: boolean, listas: TotalesDeListas): ResumenImportacion {
  const { archivo, filas, iniciales, reprogramaciones, otras, ptes_creadas } = informe
  return { archivo, crear_ptes: crearPtes, filas, iniciales, reprogramaciones, otras, ptes_creadas, listas }
}

const suma = ({ iniciales, reprogramaciones, otras }: Informe) => ({
  creadas: iniciales.creadas + reprogramaciones.creadas,
  actualizadas: iniciales.actualizadas + reprogramaciones.actualizadas,
  rechazadas: iniciales.rechazadas + reprogramaciones.rechazadas + otras.rechazadas,
})

/** The result of an import in a sentence. */
export function fraseImportacion(informe: Informe): string {
  const { creadas, actualizadas, rechazadas } = suma(informe)
  const fuera = plural(rechazadas, 'fila se rechazó y no se importó', 'filas se rechazaron y no se importaron')
  const rechazo = rechazadas === 0 ? '' : ` ${fuera}.`
  if (informe.lote === null)
    return rechazadas === informe.filas
      ? 'No se importó nada: todas las filas se rechazaron.'
      : `No había nada que importar: todo está ya como en el libro.${rechazo}`
  const partes = [
    creadas === 0 ? '' : plural(creadas, 'OT creada', 'OT creadas'),
    informe.ptes_creadas === 0 ? '' : plural(informe.ptes_creadas, 'PTE creada', 'PTE creadas'),
    actualizadas === 0 ? '' : plural(actualizadas, 'OT actualizada', 'OT actualizadas'),
  ].filter((parte) => parte !== '')
  return `Se importó: ${partes.join(', ')}.${rechazo}`
}

/** The analysis in a sentence. */
export function fraseAnalisis(informe: Informe): string {
  const { rechazadas } = suma(informe)
  const leidas = plural(informe.filas, 'fila leída', 'filas leídas')
  return rechazadas === 0 ? `${leidas}.` : `${leidas}; ${plural(rechazadas, 'se rechaza', 'se rechazan')}.`
}

export function* filasCreadas(bloques: readonly string[]): Generator<FilaCreada> {
  for (const bloque of bloques) {
    for (const ot of JSON.parse(bloque) as OtNueva[]) {
      yield {
        fila: ot.fila,
        folio: ot.orden_trabajo,
        tipo: textoTipo(ot.id_tipo, ot.num_reprogramacion),
        descripcion: ot.descripcion_trabajo,
        ruta: null,
      }
    }
  }
}

export function* filasCambiadas(bloques: readonly string[]): Generator<FilaCambio> {
  for (const bloque of bloques) {
    for (const { id, fila, folio, cambios } of JSON.parse(bloque) as OtCambiada[]) {
      for (const { etiqueta, antes, despues } of cambios)
        yield { fila, folio, campo: etiqueta, antes, despues, ruta: rutaOt(id) }
    }
  }
}

function textoTipo(tipo: number, numero: number | null): string {
  if (tipo === TIPO_OT.INICIAL) return 'Inicial'
  return numero === null ? 'Reprogramación' : `Reprogramación ${String(numero)}`
}

/** An order that a batch created; what is not there any more keeps the words of the log. */
export function filaCreadaDeLote(ot: {
  id: number
  orden_trabajo: string | null
  id_tipo: number | null
  num_reprogramacion: number | null
  descripcion_trabajo: string | null
  estatus: number | null
  detalle: string
}): FilaCreada {
  const existe = ot.orden_trabajo !== null && ot.id_tipo !== null
  return {
    fila: null,
    folio: ot.orden_trabajo ?? ot.detalle,
    tipo: existe ? textoTipo(ot.id_tipo ?? 0, ot.num_reprogramacion) : 'Ya no existe',
    descripcion: ot.descripcion_trabajo ?? '',
    ruta: rutaSiViva(ot.id, ot.estatus),
  }
}

export function filaCambioDeLote(cambio: {
  id: number
  orden_trabajo: string | null
  estatus: number | null
  campo: string
  antes: string
  despues: string
}): FilaCambio {
  const { id, orden_trabajo: folio, estatus, campo, antes, despues } = cambio
  return { fila: null, folio: folio ?? `OT ${String(id)}`, campo, antes, despues, ruta: rutaSiViva(id, estatus) }
}

/** A deleted order has no page. */
const rutaSiViva = (id: number, estatus: number | null): string | null =>
  estatus === null || estatus === ESTATUS_LOGICO.ELIMINADA ? null : rutaOt(id)

export function filaLote(lote: LoteGuardado): FilaLote {
  const deshecho = lote.estado === 'deshecho'
  return {
    id: lote.id,
    ruta: rutaLote(lote.id),
    archivo: lote.archivo,
    fecha: minuto(lote.creado_en),
    usuario: lote.usuario ?? SISTEMA,
    ...suma(lote.resumen),
    estado_texto: deshecho ? 'DESHECHO' : 'APLICADO',
    tono: deshecho ? 'gris' : 'verde',
  }
}

export function resultadoDeshacer(resumen: ResumenDeshacer): ResultadoDeshacer {
  return {
    lote: resumen.lote,
    ots_eliminadas: resumen.ots_borradas,
    ptes_eliminadas: resumen.ptes_borradas,
    restauradas: resumen.ots_restauradas,
    conservadas: resumen.conservadas.map(({ tabla, id, folio, motivo }): Conservado => ({
      folio,
      motivo,
      ruta: tabla === 'ot' ? rutaOt(id) : null,
    })),
  }
}

/** What an undo did, in a sentence. */
export function fraseDeshacer(resumen: ResumenDeshacer): string {
  const partes = [
    resumen.ots_borradas === 0 ? '' : plural(resumen.ots_borradas, 'OT eliminada', 'OT eliminadas'),
    resumen.ptes_borradas === 0 ? '' : plural(resumen.ptes_borradas, 'PTE eliminada', 'PTE eliminadas'),
    resumen.ots_restauradas === 0
      ? ''
      : plural(resumen.ots_restauradas, 'OT vuelta a como estaba', 'OT vueltas a como estaban'),
    resumen.conservadas.length === 0
      ? ''
      : plural(resumen.conservadas.length, 'registro conservado', 'registros conservados'),
  ].filter((parte) => parte !== '')
  return `El lote ${String(resumen.lote)} se deshizo: ${partes.join(', ') || 'no quedaba nada que deshacer'}.`
}

/** `v.datos` of views/ot/lote.ejs. `enCurso` is the undo that is under way. */
export function paginaLote(lote: LoteGuardado, listas: TotalesDeListas, enCurso: number | null): PaginaLote {
  const { deshacer_resumen: resumen, deshecho_en: cuando } = lote
  const fila = filaLote(lote)
  return {
    lote: fila,
    ficha: [
      { etiqueta: 'Archivo', valor: lote.archivo, numerico: false },
      { etiqueta: 'Importado por', valor: fila.usuario, numerico: false },
      { etiqueta: 'Fecha', valor: fila.fecha, numerico: true },
      { etiqueta: 'Crear las PTE que falten', valor: lote.crear_ptes ? 'Sí' : 'No', numerico: false },
      { etiqueta: 'Filas del libro', valor: String(lote.resumen.filas), numerico: true },
      { etiqueta: 'Huella del archivo (SHA-256)', valor: lote.sha256, numerico: true },
    ],
    resumen: resumenImportacion(lote.resumen, lote.crear_ptes, listas),
    deshecho:
      resumen === null || cuando === null
        ? null
        : {
            texto: `${fraseDeshacer(resumen)} Lo hizo ${lote.deshecho_por ?? SISTEMA} el ${minuto(cuando)}.`,
            conservadas: resultadoDeshacer(resumen).conservadas,
          },
    en_curso: enCurso,
    puede_deshacer: lote.estado === 'aplicado' && enCurso === null,
    ruta_rechazadas: listas.rechazadas === 0 ? '' : `${rutaLote(lote.id)}rechazadas/`,
  }
}

/** `v.datos.rutas` of the import page. */
export const RUTAS_DE_PAGINA = { plantilla: RUTA.PLANTILLA }
