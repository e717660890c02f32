import { aDdMmAaaa, diasEntre, type FechaIso } from '../../comun/fechas.ts'
import { ESTATUS_LOGICO, ESTATUS_OPERATIVOS, POR_DEFINIR, TEXTO_TIPO_OT, avanceOt } from '../ot/index.ts'
import type { ListaPorFecha, OtPorFecha, PaginaInicio } from './inicio.contrato.ts'
import type { ConteoOt, OtConTermino } from './inicio.tipos.ts'

const LISTA = '/operaciones/ot/'

/** The start page from its counts; every number links to the list that shows exactly those. */
export function vistaInicio(
  conteos: readonly ConteoOt[],
  conTermino: readonly OtConTermino[],
  hoy: FechaIso,
): PaginaInicio {
  const sumar = (cuales: (conteo: ConteoOt) => boolean): number =>
    conteos.filter(cuales).reduce((suma, { total }) => suma + total, 0)
  return {
    ot: {
      total: sumar(() => true),
      // An empty type in the address is both types.
      ruta: `${LISTA}?tipo=`,
      por_estatus: ESTATUS_OPERATIVOS.map(({ id, texto, tono }) => ({
        texto,
        tono,
        total: sumar((conteo) => conteo.idEstatus === id),
        ruta: `${LISTA}?tipo=&estatus=${id}`,
      })).filter(({ total }) => total > 0),
      por_tipo: Object.entries(TEXTO_TIPO_OT).map(([id, texto]) => ({
        texto,
        tono: 'gris' as const,
        total: sumar((conteo) => conteo.idTipo === Number(id)),
        ruta: `${LISTA}?tipo=${id}`,
      })),
      por_terminar: listaDe(conTermino, 'por_terminar', hoy),
      vencidas: listaDe(conTermino, 'vencidas', hoy),
    },
  }
}

function listaDe(todas: readonly OtConTermino[], lista: OtConTermino['lista'], hoy: FechaIso): ListaPorFecha {
  const suyas = todas.filter((ot) => ot.lista === lista)
  return { total: suyas[0]?.total ?? 0, ots: suyas.map((ot) => filaDe(ot, hoy)) }
}

function filaDe(ot: OtConTermino, hoy: FechaIso): OtPorFecha {
  const operativo = ESTATUS_OPERATIVOS.find(({ id }) => id === ot.idEstatus)
  const estatus = ot.estatus === ESTATUS_LOGICO.POR_DEFINIR ? POR_DEFINIR : operativo
  return {
    ruta: `${LISTA}${ot.id}/`,
    orden_trabajo: ot.ordenTrabajo,
    descripcion_trabajo: ot.descripcionTrabajo,
    termino: aDdMmAaaa(ot.fechaTerminoProgramado),
    dias: diasEntre(hoy, ot.fechaTerminoProgramado),
    progreso: avanceOt(ot, { total: ot.pasos, completados: ot.pasosCompletados }, hoy).progreso_final,
    estatus: { texto: estatus?.texto ?? '', tono: estatus?.tono ?? 'gris' },
  }
}
