import { aDdMmAaaa, diasEntre, instanteLocal, type FechaIso } from '../../comun/fechas.ts'
import { ESTATUS_LOGICO, ESTATUS_OPERATIVOS, POR_DEFINIR, TEXTO_TIPO_OT, avanceOt } from '../ot/index.ts'
import { ESTATUS_DE_PTE, estatusVigente } from '../pte/index.ts'
import type {
  ActividadReciente,
  OtPorFecha,
  PaginaInicio,
  QuienTieneLaPelota,
  ResumenDeModulo,
  TarjetaDeModulo,
  Tocado,
} from './inicio.contrato.ts'
import type { ConteoOt, ConteoPte, OtConTermino, RegistroTocado, Vencidas } from './inicio.tipos.ts'

const LISTA_OT = '/operaciones/ot/'
const LISTA_PTE = '/operaciones/pte/'
const SIN_RESPONSABLE = 'Sin responsable'

/** What was read for the start page; null = the person may not see it. */
export interface LecturaDeInicio {
  readonly ptes: readonly ConteoPte[] | null
  readonly ots: readonly ConteoOt[] | null
  readonly conTermino: readonly OtConTermino[]
  readonly actividad:
    | readonly {
        readonly afectacion: string
        readonly evento: string
        readonly fecha_formateada: string
        readonly nombre_completo: string
        readonly detalle_evento: string
      }[]
    | null
}

/** The start page from its counts; every number links to the list that shows exactly those. */
export function vistaInicio(lectura: LecturaDeInicio, hoy: FechaIso): Omit<PaginaInicio, 'pelota' | 'tocados'> {
  const { ptes, ots, conTermino, actividad } = lectura
  return {
    pte: ptes === null ? null : resumenDePtes(ptes),
    ot:
      ots === null
        ? null
        : {
            ...resumenDeOts(ots),
            por_terminar: { total: conTermino[0]?.total ?? 0, ots: conTermino.map((ot) => filaDe(ot, hoy)) },
          },
    actividad: actividad === null ? null : actividad.map(actividadDe),
  }
}

/** What is overdue (null = the person may see neither kind of record) and what they touched last. */
export function vistaPendientes(
  vencidas: Vencidas | null,
  tocados: readonly RegistroTocado[],
  hoy: FechaIso,
): Pick<PaginaInicio, 'pelota' | 'tocados'> {
  return { pelota: vencidas === null ? null : pelotaDe(vencidas, hoy), tocados: tocados.map(tocadoDe) }
}

function resumenDePtes(conteos: readonly ConteoPte[]): ResumenDeModulo {
  const sumar = (cuales: (estatus: number) => boolean): number =>
    conteos.filter(({ estatus }) => cuales(estatus)).reduce((suma, { total }) => suma + total, 0)
  return {
    total: sumar(() => true),
    ruta: LISTA_PTE,
    por_estatus: ESTATUS_DE_PTE.map(({ id, texto, tono }) => ({
      texto,
      tono,
      // The old number of SUSPENDIDA counts as the new one, as in the list.
      total: sumar((estatus) => estatusVigente(estatus) === id),
      ruta: `${LISTA_PTE}?estatus=${String(id)}`,
    })).filter(({ total }) => total > 0),
  }
}

function resumenDeOts(conteos: readonly ConteoOt[]) {
  const sumar = (cuales: (conteo: ConteoOt) => boolean): number =>
    conteos.filter(cuales).reduce((suma, { total }) => suma + total, 0)
  return {
    total: sumar(() => true),
    // An empty type in the address is both types.
    ruta: `${LISTA_OT}?tipo=`,
    por_estatus: ESTATUS_OPERATIVOS.map(({ id, texto, tono }) => ({
      texto,
      tono,
      total: sumar((conteo) => conteo.idEstatus === id),
      ruta: `${LISTA_OT}?tipo=&estatus=${String(id)}`,
    })).filter(({ total }) => total > 0),
    por_tipo: Object.entries(TEXTO_TIPO_OT).map(([id, texto]) => ({
      texto,
      tono: 'gris' as const,
      total: sumar((conteo) => conteo.idTipo === Number(id)),
      ruta: `${LISTA_OT}?tipo=${id}`,
    })),
  }
}

function filaDe(ot: OtConTermino, hoy: FechaIso): OtPorFecha {
  const operativo = ESTATUS_OPERATIVOS.find(({ id }) => id === ot.idEstatus)
  const estatus = ot.estatus === ESTATUS_LOGICO.POR_DEFINIR ? POR_DEFINIR : operativo
  return {
    ruta: `${LISTA_OT}${String(ot.id)}/`,
    orden_trabajo: ot.ordenTrabajo,
    descripcion_trabajo: ot.descripcionTrabajo,
    termino: aDdMmAaaa(ot.fechaTerminoProgramado),
    dias: diasEntre(hoy, ot.fechaTerminoProgramado),
    progreso: avanceOt(ot, { total: ot.pasos, completados: ot.pasosCompletados }, hoy).progreso_final,
    estatus: { texto: estatus?.texto ?? '', tono: estatus?.tono ?? 'gris' },
  }
}

function pelotaDe({ total, lista, porResponsable }: Vencidas, hoy: FechaIso): QuienTieneLaPelota {
  return {
    total,
    pendientes: lista.map((vencida) => ({
      ruta: `${vencida.clase === 'pte' ? LISTA_PTE : LISTA_OT}${String(vencida.id)}/`,
      clase: vencida.clase === 'pte' ? 'PTE' : 'OT',
      folio: vencida.folio,
      descripcion: vencida.descripcion,
      paso: vencida.paso ?? '',
      responsable: vencida.responsable ?? SIN_RESPONSABLE,
      vencio: aDdMmAaaa(vencida.vencio),
      dias: diasEntre(vencida.vencio, hoy),
    })),
    por_responsable: porResponsable.map(({ responsable, total: suyas }) => ({
      responsable: responsable ?? SIN_RESPONSABLE,
      total: suyas,
    })),
  }
}

const DE_CLASE: Readonly<Record<RegistroTocado['clase'], { clase: string; ruta: string }>> = {
  pte: { clase: 'PTE', ruta: LISTA_PTE },
  ot: { clase: 'OT', ruta: LISTA_OT },
  concepto: { clase: 'Concepto', ruta: '/operaciones/catalogos/conceptos/' },
}

function tocadoDe({ clase, id, folio, descripcion, fecha }: RegistroTocado): Tocado {
  const { clase: texto, ruta } = DE_CLASE[clase]
  return { ruta: `${ruta}${String(id)}/`, clase: texto, folio, descripcion, cuando: instanteLocal(fecha) }
}

function actividadDe(fila: NonNullable<LecturaDeInicio['actividad']>[number]): ActividadReciente {
  return {
    afectacion: fila.afectacion,
    evento: fila.evento,
    fecha: fila.fecha_formateada,
    usuario: fila.nombre_completo,
    descripcion: fila.detalle_evento,
  }
}

/** Icons that the modules may name (`core_modulo.icono`), as our own sprite calls them. */
const ICONOS: Readonly<Record<string, { icono: string }>> = {
  engineering: { icono: 'gear-wide-connected' },
  sailing: { icono: 'water' },
  assessment: { icono: 'bar-chart' },
  directions_boat: { icono: 'life-preserver' },
}
const OTRO_ICONO = { icono: 'grid' }

export function tarjetaDe(modulo: {
  nombre: string
  descripcion: string
  ruta: string
  icono: string
}): TarjetaDeModulo {
  const { nombre, descripcion, ruta, icono } = modulo
  return { nombre, descripcion, ruta, ...(ICONOS[icono] ?? OTRO_ICONO) }
}
