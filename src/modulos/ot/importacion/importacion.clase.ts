/** The historical import of OTs as a class of import: its pages, background work and batches are those of all. */
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { LIMITES_LIBRO } from '../../../plataforma/excel/leer.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'
import {
  LISTA_ADVERTENCIAS,
  LISTA_RECHAZADAS,
  TURNO_HISTORICO,
  type ClaseImportacion,
  type FilaDeLista,
  type LecturaDeClase,
  type ListaDeImportacion,
  type PlanDeClase,
} from '../../importacion/index.ts'
import { ESTATUS_LOGICO, TIPO_OT } from '../ot.tipos.ts'
import { rutaOt } from '../ot.contrato.ts'
import { MIGA_INICIO, MIGA_LISTA } from '../ot.migas.ts'
import { PERMISO_OT } from '../ot.permisos.ts'
import { catalogosDeOt } from '../ot.consultas.service.ts'
import { rutaImportar } from './importacion.contrato.ts'
import { leerRechazadas } from './importacion.excel.ts'
import { retratar } from './importacion.repo.ts'
import { deshacer, escribirPlan } from './importacion.service.ts'
import type { Informe, OtCambiada, OtNueva, ResumenDeshacer } from './importacion.tipos.ts'
import { abrirLectura } from './lectura.ts'
import * as repo from './lote.repo.ts'
import { hojasDePlantilla } from './plantilla.excel.ts'
import type { PlanEmpacado } from './preparar.ts'

const OT = { uno: 'OT', varios: 'OT', genero: 'f', con: ' con sus pasos' } as const
const PTE = { uno: 'PTE', varios: 'PTE', genero: 'f' } as const

const LISTAS: readonly ListaDeImportacion[] = [
  LISTA_RECHAZADAS,
  {
    clave: 'cambios',
    futuro: 'Cambios',
    pasado: 'Cambios',
    columnas: [
      { titulo: 'Folio OT', campo: 'folio', enlace: true },
      { titulo: 'Fila', campo: 'fila', clase: 'numero', soloAnalisis: true },
      { titulo: 'Dato', campo: 'campo' },
      { titulo: 'Antes', campo: 'antes', clase: 'texto-largo' },
      { titulo: 'Después', campo: 'despues', clase: 'texto-largo' },
    ],
  },
  {
    clave: 'creadas',
    futuro: 'OT nuevas',
    pasado: 'OT creadas',
    columnas: [
      { titulo: 'Folio OT', campo: 'folio', enlace: true },
      { titulo: 'Fila', campo: 'fila', clase: 'numero', soloAnalisis: true },
      { titulo: 'Tipo', campo: 'tipo' },
      { titulo: 'Descripción del Trabajo', campo: 'descripcion', clase: 'texto-largo' },
    ],
  },
  {
    clave: 'ptes',
    futuro: 'PTE nuevas',
    pasado: 'PTE creadas',
    columnas: [
      { titulo: 'Folio PTE', campo: 'folio' },
      { titulo: 'Descripción del Trabajo', campo: 'descripcion', clase: 'texto-largo' },
    ],
  },
  LISTA_ADVERTENCIAS,
]

/** The historical import of OTs (ot.md §9). */
export const CLASE_OT: ClaseImportacion<Informe, ResumenDeshacer> = {
  clave: 'ot',
  base: rutaImportar,
  permiso: PERMISO_OT.IMPORTAR,
  migas: [MIGA_INICIO, MIGA_LISTA],
  textos: {
    titulo: 'Importar OT históricas',
    ayuda: 'Un libro .xlsx con una fila por OT: iniciales y reprogramaciones, en cualquier orden.',
    plantilla: 'plantilla importar OT.xlsx',
  },
  opciones: [
    {
      clave: 'crear_ptes',
      texto: 'Crear las PTE que falten',
      ayuda: 'Sin esta opción, una OT inicial cuyo folio de PTE no existe se rechaza.',
    },
  ],
  listas: LISTAS,
  tablaLog: TABLA_LOG.OT,
  turno: TURNO_HISTORICO,
  abrir,
  renglones: ({ iniciales, reprogramaciones, otras }) => [
    { texto: 'Iniciales', conteo: iniciales },
    { texto: 'Reprogramaciones', conteo: reprogramaciones },
    ...(otras.total === 0
      ? []
      : [{ texto: 'Sin tipo válido', conteo: { ...otras, creadas: 0, actualizadas: 0, sin_cambio: 0 } }]),
  ],
  hechos: ({ iniciales, reprogramaciones, otras, ptes_creadas: ptes }) => ({
    creados: [
      { n: iniciales.creadas + reprogramaciones.creadas, que: OT },
      { n: ptes, que: PTE },
    ],
    actualizados: [{ n: iniciales.actualizadas + reprogramaciones.actualizadas, que: OT }],
    rechazadas: iniciales.rechazadas + reprogramaciones.rechazadas + otras.rechazadas,
  }),
  extras: ({ iniciales, reprogramaciones, otras, ptes_creadas }, { crear_ptes }) => ({
    crear_ptes: crear_ptes === true,
    iniciales,
    reprogramaciones,
    otras,
    ptes_creadas,
  }),
  contarListas: (ctx, lote) => repo.contarListas(ctx.bd, lote),
  filasDeLote,
  deshacer,
  deshechos: ({ ots_borradas, ptes_borradas, ots_restauradas }) => ({
    eliminados: [
      { n: ots_borradas, que: OT },
      { n: ptes_borradas, que: PTE },
    ],
    restaurados: [{ n: ots_restauradas, que: OT }],
  }),
  rutaDe: (tabla, id) => (tabla === 'ot' ? rutaOt(id) : null),
  rechazadas: leerRechazadas,
  plantilla: async (ctx) => hojasDePlantilla(await catalogosDeOt(ctx), ctx.hoy),
}

async function abrir(ruta: string): Promise<LecturaDeClase<Informe>> {
  const lectura = await abrirLectura(ruta, LIMITES_LIBRO)
  const { sha256, filas, nombrados } = lectura.libro
  return {
    sha256,
    filas,
    planear: async (ctx, { opciones, todoONada }, bloquear) => {
      const foto = await retratar(ctx.bd, nombrados, bloquear)
      return comoPlan(await lectura.planear(foto, { crearPtes: opciones['crear_ptes'] === true, todoONada }))
    },
    cerrar: () => lectura.cerrar(),
  }
}

function comoPlan(plan: PlanEmpacado): PlanDeClase<Informe> {
  const { huella, cuantas, ptes, filas, iniciales, reprogramaciones, otras, errores, advertencias } = plan
  return {
    huella,
    cuantas,
    escribe: cuantas.crear + cuantas.actualizar + ptes.length > 0,
    informe: { filas, iniciales, reprogramaciones, otras, ptes_creadas: ptes.length, errores, advertencias },
    listas: {
      creadas: () => filasCreadas(plan.crear),
      ptes: () => ptes.map((pte) => ({ folio: pte.oficio_pte, descripcion: pte.descripcion_trabajo })),
      cambios: () => filasCambiadas(plan.actualizar),
    },
    escribir: (tx, lote, avanzar) => escribirPlan(tx, lote, plan, avanzar),
  }
}

function* filasCreadas(bloques: readonly string[]): Generator<FilaDeLista> {
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

function* filasCambiadas(bloques: readonly string[]): Generator<FilaDeLista> {
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

async function filasDeLote(
  { bd }: CtxLectura,
  lote: number,
  lista: string,
  inicio: number,
  largo: number,
): Promise<FilaDeLista[]> {
  switch (lista) {
    case 'creadas':
      return (await repo.listarCreadas(bd, lote, inicio, largo)).map(filaCreada)
    case 'ptes':
      return (await repo.listarPtes(bd, lote, inicio, largo)).map((pte) => ({
        folio: pte.oficio_pte ?? pte.detalle,
        descripcion: pte.descripcion_trabajo ?? '',
      }))
    default:
      return (await repo.listarCambios(bd, lote, inicio, largo)).map(
        ({ id, orden_trabajo: folio, estatus, campo, antes, despues }) => ({
          fila: null,
          folio: folio ?? `OT ${String(id)}`,
          campo,
          antes,
          despues,
          ruta: rutaSiViva(id, estatus),
        }),
      )
  }
}

/** An order that a batch created; what is not there any more keeps the words of the log. */
function filaCreada(ot: Awaited<ReturnType<typeof repo.listarCreadas>>[number]): FilaDeLista {
  const existe = ot.orden_trabajo !== null && ot.id_tipo !== null
  return {
    fila: null,
    folio: ot.orden_trabajo ?? ot.detalle,
    tipo: existe ? textoTipo(ot.id_tipo ?? 0, ot.num_reprogramacion) : 'Ya no existe',
    descripcion: ot.descripcion_trabajo ?? '',
    ruta: rutaSiViva(ot.id, ot.estatus),
  }
}

/** A deleted order has no page. */
const rutaSiViva = (id: number, estatus: number | null): string | null =>
  estatus === null || estatus === ESTATUS_LOGICO.ELIMINADA ? null : rutaOt(id)
