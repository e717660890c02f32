/** From domain objects to what pages and JSON answers show. Pure. */
import { conMiles, textoDinero, textoPlano } from '../../comun/dinero.ts'
import { aDdMmAaaa, type FechaIso } from '../../comun/fechas.ts'
import type { CampoFicha, Insignia } from '../../comun/contrato.ts'
import { textoEstatusPaso } from '../../comun/pasos.ts'
import type { HistorialDeRegistro } from '../auditoria/auditoria.contrato.ts'
import { ESTATUS_OPERATIVOS, POR_DEFINIR, rutaOt, TIPO_OT } from '../ot/ot.contrato.ts'
import type { Paso } from './pasos/pasos.repo.ts'
import { avancePte, estaConcluido, pasosTerminados, porcentaje, type Rama } from './pasos/pasos.reglas.ts'
import type { TextosDePte } from './pte.auditoria.ts'
import type {
  CatalogosPte,
  DatosPte,
  FamiliaDePte,
  FilaPasoPte,
  FilaSubpasoPte,
  OtDePte,
  PaginaDetallePte,
  PuedePte,
} from './pte.contrato.ts'
import { PERMISO_PTE } from './pte.permisos.ts'
import { estatusMostrado, textoPrioridad } from './pte.reglas.ts'
import type { OtDeFamilia } from './pte.repo.ts'
import type { Pte } from './pte.tipos.ts'

/** What the person may do here, from a test of permissions. */
export function puedePte(tiene: (codigo: string) => boolean): PuedePte {
  return {
    crear: tiene(PERMISO_PTE.CREAR),
    editar: tiene(PERMISO_PTE.EDITAR),
    eliminar: tiene(PERMISO_PTE.ELIMINAR),
    pasos: tiene(PERMISO_PTE.PASOS),
    exportar: tiene(PERMISO_PTE.EXPORTAR),
    importar: tiene(PERMISO_PTE.IMPORTAR),
    crear_ot: tiene(PERMISO_PTE.CREAR_OT),
    ver_ot: tiene(PERMISO_PTE.VER_OT),
  }
}

/** `pte/obtener_datos/` (pte.md §7.9). */
export function datosPte(pte: Pte, { responsables, clientes, tipos }: TextosDePte): DatosPte {
  const elegidas: [campo: string, nombres: ReadonlyMap<number, string>, id: number | null][] = [
    ['id_cliente', clientes, pte.idCliente],
    ['responsable_proyecto', responsables, pte.idResponsableProyecto],
    ['id_tipo', tipos, pte.idTipo],
  ]
  return {
    id: pte.id,
    oficio_pte: pte.oficioPte,
    oficio_solicitud: pte.oficioSolicitud,
    descripcion_trabajo: pte.descripcionTrabajo,
    fecha_solicitud: pte.fechaSolicitud ?? '',
    fecha_entrega: pte.fechaEntrega ?? '',
    plazo_dias: pte.plazoDias?.toNumber() ?? null,
    id_prioridad: pte.prioridad,
    id_tipo: pte.idTipo,
    id_cliente: pte.idCliente,
    id_responsable_proyecto: pte.idResponsableProyecto,
    total_homologado: textoPlano(pte.totalHomologado),
    id_orden_trabajo: pte.idOrdenTrabajo ?? '',
    comentario: pte.comentario ?? '',
    estatus: estatusMostrado(pte.estatus).id,
    textos: Object.fromEntries(
      elegidas.flatMap(([campo, nombres, id]) => (id === null ? [] : [[campo, nombres.get(id) ?? '']])),
    ),
    version: pte.version,
  }
}

// ------------------------------------------------------------------------------------------------------- steps

function filaDePaso(paso: Paso, folio: string) {
  return {
    id: paso.id,
    orden: paso.orden,
    desc_paso: paso.descripcion,
    estatus_pte: paso.estatusPaso,
    estatus_pte_texto: textoEstatusPaso(paso.estatusPaso),
    fecha_entrega: aDdMmAaaa(paso.fechaEntrega),
    fecha_inicio: paso.fechaInicio,
    fecha_termino: paso.fechaTermino,
    comentario: paso.comentario ?? '',
    folio_pte: folio,
    archivo: paso.archivo,
  }
}

/** Row of pte.md §7.4; the counts are those of its substeps. */
export function filaPrincipal({ padre, subpasos }: Rama<Paso>, folio: string, tipoCliente: number | null): FilaPasoPte {
  const hechos = subpasos.filter(estaConcluido).length
  return {
    ...filaDePaso(padre, folio),
    tipo_paso: 1,
    es_subpaso: false,
    tiene_subpasos: subpasos.length > 0,
    progreso_subpasos: subpasos.length === 0 ? null : porcentaje(hechos, subpasos.length),
    total_subpasos: subpasos.length,
    subpasos_completados: hechos,
    tipo_cliente: tipoCliente,
  }
}

/** Row of pte.md §7.5. */
export function filaSubpaso(paso: Paso, folio: string): FilaSubpasoPte {
  return { ...filaDePaso(paso, folio), tipo_paso: 2, es_subpaso: true }
}

// -------------------------------------------------------------------------------------------------------- page

/** Everything the page of a PTE shows. */
interface FichaPte {
  readonly pte: Pte
  readonly hoy: FechaIso
  readonly textos: TextosDePte
  readonly pasos: readonly Paso[]
  readonly ots: readonly OtDeFamilia[]
  readonly actividad: HistorialDeRegistro
  readonly puede: PuedePte
  readonly catalogos: CatalogosPte
}

/** `v.datos` of views/pte/detalle.ejs. */
export function paginaDetalle(ficha: FichaPte): PaginaDetallePte {
  const { pte, hoy, textos, pasos, ots, actividad, puede, catalogos } = ficha
  const propias = ots.filter(({ propia }) => propia).map(({ orden_trabajo: folio }) => folio)
  return {
    hoy,
    id: pte.id,
    oficio_pte: pte.oficioPte,
    descripcion_trabajo: pte.descripcionTrabajo,
    tipo_texto: textos.tipos.get(pte.idTipo) ?? '',
    estatus: estatusMostrado(pte.estatus),
    progreso: avancePte(pasos),
    puede_crear_ot: pasosTerminados(pasos) && propias.length === 0,
    motivo_sin_ot: propias.length > 0 ? '' : motivoSinOt(pasos),
    grupos: grupos(pte, textos),
    familias: familias(ots, puede),
    ots_vivas: propias,
    actividad,
    puede,
    catalogos,
  }
}

function motivoSinOt(pasos: readonly Paso[]): string {
  if (pasos.length === 0) return 'La PTE no tiene pasos, así que aún no puede dar lugar a una OT.'
  return pasosTerminados(pasos)
    ? ''
    : 'La OT se crea cuando todos los pasos están en COMPLETADO, CANCELADO o NO APLICA.'
}

const texto = (etiqueta: string, valor: string | null | undefined): CampoFicha => ({ etiqueta, valor: valor ?? '' })
const dia = (fecha: FechaIso | null): string => aDdMmAaaa(fecha) ?? ''

function grupos(pte: Pte, { responsables, clientes, tipos }: TextosDePte): PaginaDetallePte['grupos'] {
  const { idCliente, idResponsableProyecto: idLider } = pte
  return [
    {
      titulo: 'Datos generales',
      campos: [
        texto('Folio PTE', pte.oficioPte),
        texto('Oficio solicitud', pte.oficioSolicitud),
        texto('Tipo', tipos.get(pte.idTipo)),
        texto('Prioridad', textoPrioridad(pte.prioridad)),
        texto('Cliente', idCliente === null ? '' : clientes.get(idCliente)),
        texto('Responsable del Proyecto', idLider === null ? '' : responsables.get(idLider)),
        texto('Comentario', pte.comentario),
      ],
    },
    {
      titulo: 'Fechas y plazo',
      campos: [
        texto('Fecha de Solicitud', dia(pte.fechaSolicitud)),
        texto('Fecha de Entrega', dia(pte.fechaEntrega)),
        {
          etiqueta: 'Plazo en Días',
          valor: pte.plazoDias === null ? '' : conMiles(pte.plazoDias.toFixed()),
          numerico: true,
        },
      ],
    },
    {
      titulo: 'Importe',
      campos: [
        { etiqueta: 'Total homologado', valor: textoDinero(pte.totalHomologado), numerico: true },
        texto('OT relacionada', pte.idOrdenTrabajo),
      ],
    },
  ]
}

/** Families in the order they came, each from its initial order on. */
function familias(ots: readonly OtDeFamilia[], puede: PuedePte): FamiliaDePte[] {
  const porPrincipal = new Map<number, OtDePte[]>()
  for (const ot of ots) {
    const clave = ot.principal ?? ot.id
    porPrincipal.set(clave, [...(porPrincipal.get(clave) ?? []), otDePte(ot, puede)])
  }
  return [...porPrincipal.values()].flatMap(([ot, ...reprogramaciones]) => (ot ? [{ ot, reprogramaciones }] : []))
}

function otDePte(ot: OtDeFamilia, puede: PuedePte): OtDePte {
  return {
    id: ot.id,
    ruta: puede.ver_ot ? rutaOt(ot.id) : '',
    etiqueta:
      ot.id_tipo === TIPO_OT.INICIAL ? 'Inicial' : `Reprogramación${ot.numero === null ? '' : ` ${String(ot.numero)}`}`,
    orden_trabajo: ot.orden_trabajo,
    oficio_ot: ot.oficio_ot,
    inicio: dia(ot.inicio),
    termino: dia(ot.termino),
    estatus: estatusDeOt(ot),
  }
}

function estatusDeOt({ estatus, id_estatus_ot: id }: OtDeFamilia): Insignia {
  if (estatus < 0) return { id, texto: POR_DEFINIR.texto, tono: POR_DEFINIR.tono }
  const conocido = ESTATUS_OPERATIVOS.find((candidato) => candidato.id === id)
  return { id, texto: conocido?.texto ?? 'DESCONOCIDO', tono: conocido?.tono ?? 'gris' }
}
