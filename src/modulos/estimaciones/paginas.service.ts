/** What the pages of billing show. */
import { textoDinero, textoPrecio, textoVolumen } from '../../comun/dinero.ts'
import type { CampoFicha } from '../../comun/contrato.ts'
import type { Tono } from '../../comun/colores.ts'
import { aDdMmAaaa, instanteLocal, type FechaIso } from '../../comun/fechas.ts'
import { tienePermiso, type Contexto } from '../../plataforma/contexto.ts'
import {
  elegirColumnas,
  exportarTabla,
  type Exportacion,
  type OpcionesDeExportacion,
} from '../../plataforma/exportar-tabla.ts'
import { idsDeTabla, type PeticionTabla } from '../../plataforma/tabla.ts'
import { plural } from '../../comun/texto.ts'
import { historialDe, registrarExportacion, TABLA_LOG } from '../auditoria/index.ts'
import { clientesActivos } from '../catalogos/index.ts'
import { buscarFamilia, listarOtsEstimadas } from './candidatas.repo.ts'
import { rutaComparar } from './comparar/comparar.contrato.ts'
import { tieneComparaciones } from './comparar/comparar.repo.ts'
import { verDetalle } from './consultas.service.ts'
import {
  RUTA_ESTIMACION,
  type PaginaEstimacion,
  type PaginaEstimaciones,
  type PaginaNueva,
} from './estimaciones.contrato.ts'
import { panelDeDeducciones } from './deducciones/deducciones.service.ts'
import { origenDeTasa, TRANSICIONES, transicionesPosibles } from './estimaciones.reglas.ts'
import { esGrande } from './expediente/expediente.service.ts'
import { TABLA_ESTIMACIONES, type FiltrosEstimaciones } from './estimaciones.tabla.ts'
import {
  ESTATUS_COBRO,
  TEXTO_ESTATUS,
  TONO_ESTATUS,
  type Estimacion,
  type EstatusEstimacion,
} from './estimaciones.tipos.ts'
import { filaDeAjuste } from './estimaciones.vista.ts'
import { esAjuste, porAnexo, type ConceptoEstimado } from './importes.contrato.ts'
import { pruebaDe } from './prueba/prueba.service.ts'
import { verPrueba } from './prueba/prueba.vista.ts'
import type { TasaDelDia } from './tasas/tasas.contrato.ts'
import { FUENTE_DEL_SISTEMA, tasaPara } from './tipo-cambio.service.ts'
import { buscarUltimoMes } from './fuera.repo.ts'

const puede = (ctx: Contexto, accion: string): boolean => tienePermiso(ctx, `operaciones.${accion}`)

/** The list of estimations; its filter offers the orders that have some, and the one of the address. */
export async function paginaDeEstimaciones(ctx: Contexto, idOt: number | null): Promise<PaginaEstimaciones> {
  const clientes = await clientesActivos(ctx)
  const ots = await listarOtsEstimadas(ctx.bd, idOt)
  return {
    puede: {
      crear: puede(ctx, 'add_estimacionheader'),
      exportar: puede(ctx, 'exportar_estimacionheader'),
      cancelar: puede(ctx, 'delete_estimacionheader'),
    },
    cancelables: TRANSICIONES.filter(({ a }) => a === 'CANCELADA').map(({ de }) => de),
    ots: ots.map(({ id, folio }) => ({ valor: id, texto: folio })),
    estatus: Object.entries(ESTATUS_COBRO)
      .filter(([clave]) => clave !== 'PENDIENTE')
      .map(([clave, id]) => ({ valor: id, texto: TEXTO_ESTATUS[clave as EstatusEstimacion] })),
    clientes: clientes.map(({ id, descripcion }) => ({ valor: id, texto: descripcion })),
  }
}

/** A new estimation, of an OT and a period when the address says them; its family is what is billed. */
export async function paginaNueva(
  ctx: Contexto,
  { idOt, desde, hasta }: { idOt: number | null; desde: FechaIso | null; hasta: FechaIso | null },
): Promise<PaginaNueva> {
  const familia = idOt === null ? null : await buscarFamilia(ctx.bd, idOt)
  const sinPeriodo = desde === null && hasta === null
  const sugerido = familia !== null && sinPeriodo ? await buscarUltimoMes(ctx.bd, familia.id) : { desde, hasta }
  const tasa = await tasaPara(ctx, ctx.hoy, null)
  return {
    fecha_desde: sugerido?.desde ?? '',
    fecha_hasta: sugerido?.hasta ?? '',
    hoy: ctx.hoy,
    ot: familia === null ? null : { id: familia.id, texto: familia.orden_trabajo },
    tasa: { valor: tasa.valor.toFixed(4), fuente: tasa.fuente, dia: tasa.dia },
  }
}

/** The list as a file, with the filters of the address. */
export async function exportarEstimaciones(
  ctx: Contexto,
  peticion: PeticionTabla<FiltrosEstimaciones>,
  { formato, columnas: claves }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const columnas = elegirColumnas(TABLA_ESTIMACIONES, claves)
  const ids = await idsDeTabla(ctx, TABLA_ESTIMACIONES, peticion)
  const archivo = exportarTabla(ctx, TABLA_ESTIMACIONES, ids, {
    formato,
    nombre: `estimaciones-${ctx.hoy}`,
    hoja: 'Estimaciones',
    columnas,
  })
  const detalle = `${plural(ids.length, 'estimación', 'estimaciones')} en ${archivo.nombre}`
  await registrarExportacion(ctx, { tabla: TABLA_LOG.ESTIMACION, registroId: null, detalle })
  return archivo
}

/** Tabs of the page of an estimation (§7), in their order; each is views/estimaciones/_<clave>.ejs. */
const PESTANAS = [
  { clave: 'conceptos', titulo: 'Conceptos' },
  { clave: 'detalle-diario', titulo: 'Detalle diario' },
  { clave: 'ajustes', titulo: 'Ajustes' },
  { clave: 'prueba', titulo: 'Prueba' },
  { clave: 'deducciones', titulo: 'Deducciones' },
  { clave: 'fuera', titulo: 'Lo que no entró' },
  { clave: 'historial', titulo: 'Historial' },
] as const

/** Everything that the page of an estimation shows, with the tab of the address. @throws NoEncontrado. */
export async function paginaDeEstimacion(ctx: Contexto, id: number | null, pestana: string | null) {
  const { estimacion, detalle, conceptos } = await verDetalle(ctx, id)
  const transiciones = transicionesPosibles(estimacion.estatus, (permiso) => tienePermiso(ctx, permiso))
  const editar = estimacion.estatus === 'EN_ESTIMACION' && puede(ctx, 'change_estimacionheader')
  const exportar = puede(ctx, 'exportar_estimacionheader')
  const ajustadas = detalle.filter(esAjuste)
  const actividad = await historialDe(ctx, TABLA_LOG.ESTIMACION, estimacion.id)
  const prueba = await pruebaDe(ctx, estimacion)
  const datos = {
    ...cabecera(estimacion),
    id: estimacion.id,
    folio: `EST-${String(estimacion.numero)}`,
    id_ot: estimacion.idOt,
    ot: estimacion.ot,
    descripcion: estimacion.descripcion,
    version: estimacion.version,
    estatus: estimacion.estatus,
    hoy: ctx.hoy,
    transiciones,
    ...(await tasasDelBorrador(ctx, estimacion, editar)),
    deducciones: await panelDeDeducciones(ctx, estimacion, editar),
    puede: {
      editar,
      rechazar: estimacion.estatus === 'ENVIADA' && puede(ctx, 'autorizar_estimacion'),
      exportar,
    },
    puede_crear: puede(ctx, 'add_estimacionheader'),
    archivos: exportar
      ? [
          { texto: 'Excel', ruta: `${RUTA_ESTIMACION.EXCEL}?id=${String(estimacion.id)}` },
          { texto: 'PDF', ruta: `${RUTA_ESTIMACION.PDF}?id=${String(estimacion.id)}` },
          {
            texto: 'Expediente',
            ruta: `${RUTA_ESTIMACION.EXPEDIENTE}?id=${String(estimacion.id)}`,
            titulo: `Descargar el expediente de EST-${String(estimacion.numero)}: detalle diario, GPU con fotos y firmas`,
            enSegundoPlano: await esGrande(ctx, estimacion.id),
          },
        ]
      : [],
    comparar: await accesoAComparar(ctx, estimacion, editar),
    pestanas: {
      lista: PESTANAS,
      elegida: (PESTANAS.find(({ clave }) => clave === pestana) ?? PESTANAS[0]).clave,
    },
    actividad,
  } satisfies PaginaEstimacion & Record<string, unknown>
  // What only the server draws does not travel to the script, nor do the lines: their tab asks for them.
  return {
    datos,
    conceptos: conceptosPorAnexo(conceptos),
    ajustes: ajustadas.map(filaDeAjuste),
    prueba: prueba && verPrueba(prueba),
  }
}

/** What a draft may change of its header, and whether the rate of its date is another by now. */
async function tasasDelBorrador(
  ctx: Contexto,
  e: Estimacion,
  editar: boolean,
): Promise<Pick<PaginaEstimacion, 'cabecera' | 'tasa_nueva'>> {
  const { valor, fuente, dia } = await tasaPara(ctx, e.fechaEstimacion, null)
  const suya: TasaDelDia = { valor: valor.toFixed(4), fuente, dia }
  const escrita = e.tipoCambioDia === null && e.tipoCambioFuente !== FUENTE_DEL_SISTEMA
  const otra = !escrita && (!valor.equals(e.tipoCambio) || fuente !== e.tipoCambioFuente)
  return {
    cabecera: {
      fecha_desde: e.fechaDesde,
      fecha_hasta: e.fechaHasta,
      fecha_estimacion: e.fechaEstimacion,
      tipo_cambio: e.tipoCambio.toFixed(4),
      tipo_cambio_fuente: e.tipoCambioFuente,
      tasa_escrita: escrita ? e.tipoCambio.toFixed(4) : '',
      tasa_de_su_fecha: suya,
      comentario: e.comentario,
    },
    tasa_nueva: editar && otra ? suya : null,
  }
}

/** The way to the comparisons with the client: to compare a draft, or to read those of what was sent; null when there is none. */
async function accesoAComparar(
  ctx: Contexto,
  { id }: Estimacion,
  editar: boolean,
): Promise<{ texto: string; ruta: string } | null> {
  const ruta = rutaComparar(id)
  if (editar) return { texto: 'Comparar con el cliente', ruta }
  return (await tieneComparaciones(ctx.bd, id)) ? { texto: 'Comparaciones', ruta } : null
}

interface GrupoDeAnexo {
  readonly anexo: string
  readonly conceptos: readonly Record<string, string>[]
  readonly importe_mn: string
  readonly importe_usd: string
}

/** Concepts by annex with their subtotals, as the page writes them. */
const conceptosPorAnexo = (conceptos: readonly ConceptoEstimado[]): GrupoDeAnexo[] =>
  porAnexo(conceptos).map((grupo) => ({
    anexo: grupo.anexo,
    importe_mn: textoDinero(grupo.importeMn),
    importe_usd: textoDinero(grupo.importeUsd),
    conceptos: grupo.conceptos.map((c) => ({
      codigo: c.codigo,
      concepto: c.concepto,
      unidad: c.unidad,
      volumen: textoVolumen(c.volumenEstimado),
      pu_mn: textoPrecio(c.puMn),
      pu_usd: textoPrecio(c.puUsd),
      importe_mn: textoDinero(c.importeMn),
      importe_usd: textoDinero(c.importeUsd),
    })),
  }))

function cabecera(e: Estimacion): {
  insignia: { texto: string; tono: Tono | 'desconocido' }
  grupos: { titulo: string; campos: CampoFicha[] }[]
} {
  const texto = (etiqueta: string, valor: string | null): CampoFicha => ({ etiqueta, valor: valor ?? '' })
  const cifra = (etiqueta: string, valor: string): CampoFicha => ({ etiqueta, valor, numerico: true })
  return {
    insignia: { texto: TEXTO_ESTATUS[e.estatus], tono: TONO_ESTATUS[e.estatus] },
    grupos: [
      {
        titulo: 'Documento',
        campos: [
          { etiqueta: 'OT', valor: e.ot, ruta: `/operaciones/ot/${String(e.idOt)}/` },
          texto('Cliente', e.cliente),
          texto('Periodo', `${aDdMmAaaa(e.fechaDesde)} a ${aDdMmAaaa(e.fechaHasta)}`),
          texto('Fecha de estimación', aDdMmAaaa(e.fechaEstimacion)),
          texto('Comentario', e.comentario),
        ],
      },
      {
        titulo: 'Totales',
        campos: [
          cifra('Volumen producido', textoVolumen(e.totales.volumenProducido)),
          cifra('Volumen estimado', textoVolumen(e.totales.volumenEstimado)),
          cifra('Importe M.N.', textoDinero(e.totales.importeMn)),
          cifra('Importe USD', textoDinero(e.totales.importeUsd)),
          cifra('Homologado', textoDinero(e.totales.homologado)),
          cifra('Tipo de cambio', `${e.tipoCambio.toFixed(4)} (${origenDeTasa(e)})`),
        ],
      },
      {
        titulo: 'Camino',
        campos: [
          texto('Creó', `${e.creadoPor ?? 'Sistema'}, ${instanteLocal(e.fechaCreacion)}`),
          texto(
            'Envió',
            e.fechaEnvio === null ? null : `${e.enviadoPorNombre ?? 'Sistema'}, ${instanteLocal(e.fechaEnvio)}`,
          ),
          texto(
            'Autorizó',
            e.fechaAutorizacion === null
              ? null
              : `${e.autorizadoPorNombre ?? 'Sistema'}, ${aDdMmAaaa(e.fechaAutorizacion)}`,
          ),
          texto('Factura', e.folioFactura === null ? null : `${e.folioFactura}, ${aDdMmAaaa(e.fechaFactura) ?? ''}`),
          texto('Cobro', aDdMmAaaa(e.fechaCobro)),
          texto('Motivo', e.motivo),
        ],
      },
    ],
  }
}
