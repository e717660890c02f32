/** What is read of concepts: the search, the lists of the pages and the page of one. */
import type { Contexto, CtxLectura } from '../../plataforma/contexto.ts'
import { tienePermiso } from '../../plataforma/contexto.ts'
import { plural } from '../../comun/texto.ts'
import {
  elegirColumnas,
  exportarTabla,
  type Exportacion,
  type OpcionesDeExportacion,
} from '../../plataforma/exportar-tabla.ts'
import { idsDeTabla, type PeticionTabla } from '../../plataforma/tabla.ts'
import { historialDe, registrarExportacion, TABLA_LOG } from '../auditoria/index.ts'
import { unidadesActivas } from '../catalogos/index.ts'
import { rutaDeLote } from '../importacion/importacion.contrato.ts'
import { rutaOt } from '../ot/ot.contrato.ts'
import { rutaPte } from '../pte/pte.contrato.ts'
import { buscarConceptos } from './busqueda.repo.ts'
import { listarPrecios } from './conceptos.repo.ts'
import { partidaDe } from './conceptos.reglas.ts'
import type { FiltrosConceptos } from './conceptos.schema.ts'
import { obtenerConcepto, textosDeConceptos } from './conceptos.service.ts'
import { TABLA_CONCEPTOS } from './conceptos.tabla.ts'
import { conceptoHallado, filasDePrecio, gruposDeConcepto, tonoActivo, type Procedencia } from './conceptos.vista.ts'
import type {
  ConceptoHallado,
  ModoConceptos,
  PaginaConcepto,
  PaginaConceptos,
  PuedeConceptos,
} from './contratos.contrato.ts'
import { PERMISO_CONCEPTO, permisosDeNivel } from './contratos.permisos.ts'
import { buscarSeccion, listarLinajes, listarSubAnexosPorId } from './contratos.repo.ts'
import { rutaDeRegistro } from './niveles/niveles.contrato.ts'
import { TIPO_PARTIDA, type Concepto } from './contratos.tipos.ts'
import { anexosDestino } from './conversion.service.ts'
import { RUTA_IMPORTAR_PRECIOS } from './importacion/precios.clase.ts'

/** Letters that a search asks for at least (produccion.md §6.7). */
const MINIMO_BUSQUEDA = 2

/** Active concepts with every word of `q`, without accents nor case, by code; at most twenty (catalogos.md §6.4). */
export async function buscarEnCatalogo(ctx: CtxLectura, q: string | null): Promise<ConceptoHallado[]> {
  if (q === null || q.length < MINIMO_BUSQUEDA) return []
  return (await buscarConceptos(ctx.bd, q)).map(conceptoHallado)
}

export function puedeConceptos(ctx: CtxLectura): PuedeConceptos {
  return {
    crear: tienePermiso(ctx, PERMISO_CONCEPTO.CREAR),
    editar: tienePermiso(ctx, PERMISO_CONCEPTO.EDITAR),
    eliminar: tienePermiso(ctx, PERMISO_CONCEPTO.ELIMINAR),
  }
}

const TITULO: Readonly<Record<ModoConceptos, string>> = {
  ordinarios: 'Catálogo de Conceptos Ordinarios',
  extraordinarios: 'Catálogo de Conceptos Extraordinarios',
}

/** `v.datos` of the two lists. */
export async function paginaDeConceptos(ctx: CtxLectura, modo: ModoConceptos): Promise<PaginaConceptos> {
  const anexos = modo === 'ordinarios' ? await anexosDestino(ctx) : []
  return {
    modo,
    titulo: TITULO[modo],
    puede: puedeConceptos(ctx),
    unidades: [...(await unidadesActivas(ctx))],
    anexos: anexos.map(({ id, clave, contrato }) => ({ id, texto: `${contrato} · ${clave}` })),
    sub_anexos: (modo === 'ordinarios' ? await listarLinajes(ctx.bd) : []).map(
      ({ id, claveAnexo, anexo, contrato }) => ({
        id,
        texto: `${claveAnexo} (${contrato} · ${anexo})`,
      }),
    ),
  }
}

/** `v.datos` of the page of a concept. @throws NoEncontrado. */
export async function paginaDeConcepto(ctx: CtxLectura, id: number): Promise<PaginaConcepto> {
  const concepto = await obtenerConcepto(ctx, id)
  const textos = await textosDeConceptos(ctx, [concepto])
  return {
    id,
    modo: concepto.idTipoPartida === TIPO_PARTIDA.ORDINARIA ? 'ordinarios' : 'extraordinarios',
    partida: partidaDe(concepto),
    descripcion: concepto.descripcion,
    activo: concepto.activo,
    insignia: {
      id: Number(concepto.activo),
      texto: concepto.activo ? 'Activo' : 'Inactivo',
      tono: tonoActivo(concepto.activo),
    },
    grupos: gruposDeConcepto(concepto, textos, await procedencia(ctx, concepto)),
    precios: filasDePrecio(await listarPrecios(ctx.bd, id), rutaDeSuLote(ctx)),
    actividad: await historialDe(ctx, TABLA_LOG.CONCEPTO, id),
    puede: puedeConceptos(ctx),
    unidades: [...(await unidadesActivas(ctx))],
  }
}

/** Whoever may load price lists goes from a price to the batch that brought it. */
function rutaDeSuLote(ctx: CtxLectura): (id: number) => string {
  return tienePermiso(ctx, 'operaciones.importar_conceptomaestro')
    ? (id) => rutaDeLote(RUTA_IMPORTAR_PRECIOS, id)
    : () => ''
}

async function procedencia(ctx: CtxLectura, concepto: Concepto): Promise<Procedencia> {
  const [subAnexo] = concepto.idSubAnexo === null ? [] : await listarSubAnexosPorId(ctx.bd, [concepto.idSubAnexo])
  const seccion = concepto.idSeccion === null ? null : await buscarSeccion(ctx.bd, concepto.idSeccion)
  const { idOtCreacion, idPteCreacion } = concepto
  const puedeVer = (modelo: string): boolean => tienePermiso(ctx, permisosDeNivel(modelo).VER)
  return {
    contrato: subAnexo?.contrato ?? '',
    anexo: subAnexo?.anexo ?? '',
    subAnexo: subAnexo === undefined ? '' : `${subAnexo.claveAnexo} · ${subAnexo.descripcion}`,
    rutaContrato: subAnexo && puedeVer('contrato') ? rutaDeRegistro('contratos', subAnexo.idContrato) : null,
    rutaAnexo: subAnexo && puedeVer('anexocontrato') ? rutaDeRegistro('anexos', subAnexo.idAnexo) : null,
    rutaSubAnexo: subAnexo && puedeVer('subanexo') ? rutaDeRegistro('sub_anexos', subAnexo.id) : null,
    seccion: seccion?.descripcion ?? '',
    rutaPte: idPteCreacion !== null && tienePermiso(ctx, 'operaciones.view_pteheader') ? rutaPte(idPteCreacion) : null,
    rutaOt: idOtCreacion !== null && tienePermiso(ctx, 'operaciones.view_ote') ? rutaOt(idOtCreacion) : null,
  }
}

/** Export of the list as it is filtered, logged before the first byte leaves. */
export async function exportarConceptos(
  ctx: Contexto,
  peticion: PeticionTabla<FiltrosConceptos>,
  { formato, columnas: claves }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const columnas = elegirColumnas(TABLA_CONCEPTOS, claves)
  const ids = await idsDeTabla(ctx, TABLA_CONCEPTOS, peticion)
  const { modo_vista: modo } = peticion.filtros
  const archivo = exportarTabla(ctx, TABLA_CONCEPTOS, ids, {
    formato,
    nombre: `conceptos-${modo}-${ctx.hoy}`,
    hoja: modo === 'ordinarios' ? 'Conceptos ordinarios' : 'Conceptos extraordinarios',
    columnas,
  })
  const detalle = `${plural(ids.length, 'concepto', 'conceptos')} en ${archivo.nombre}`
  await registrarExportacion(ctx, { tabla: TABLA_LOG.CONCEPTO, registroId: null, detalle })
  return archivo
}
