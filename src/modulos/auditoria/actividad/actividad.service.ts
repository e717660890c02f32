/** The screen of the log (core.md §9.6): a page of it, the people of its filter, and its export. */
import type { FechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import {
  elegirColumnas,
  exportarContenido,
  type Exportacion,
  type OpcionesDeExportacion,
} from '../../../plataforma/exportar-tabla.ts'
import type { ValorExcel } from '../../../plataforma/excel/escribir.ts'
import type { PeticionTabla } from '../../../plataforma/tabla.ts'
import { EVENTOS, NOMBRE_TABLA_LOG, TABLA_LOG } from '../auditoria.tipos.ts'
import { registrarExportacion } from '../auditoria.service.ts'
import { SISTEMA } from '../auditoria.vista.ts'
import {
  TOPE_DE_EXPORTACION,
  type FilaDeActividadJson,
  type PaginaActividad,
  type PersonaJson,
  type RespuestaActividad,
} from './actividad.contrato.ts'
import {
  finDeDia,
  intervaloTecleado,
  planDeConteo,
  segmentosDePagina,
  type Celda,
  type Tramo,
} from './actividad.reglas.ts'
import * as repo from './actividad.repo.ts'
import type { FiltrosActividad } from './actividad.schema.ts'
import { TABLA_ACTIVIDAD, type OrdenActividad } from './actividad.tabla.ts'
import { presentarFila, presentarPersona } from './actividad.vista.ts'

type Peticion = PeticionTabla<FiltrosActividad>

/** A search by text or record finds at most these, the newest; the answer says that there are more. */
const TOPE_DE_BUSQUEDA = 10_000
/** `length` -1 (all) of a table of millions. */
const TOPE_DE_PAGINA = 10_000
const FILAS_POR_TROZO = 200

/** A page: counts and rows in a number of queries that depends neither on its size nor on that of the log. */
export async function paginaDeActividad(ctx: Contexto, peticion: Peticion): Promise<RespuestaActividad> {
  const limite = peticion.limite ?? TOPE_DE_PAGINA
  const { claves, total, filtradas, hayMas } = await buscarClaves(ctx, peticion, {
    inicio: peticion.inicio,
    limite,
    tope: TOPE_DE_BUSQUEDA,
  })
  return {
    draw: peticion.dibujo,
    recordsTotal: total,
    recordsFiltered: filtradas,
    ...(hayMas ? { hay_mas: true as const } : {}),
    data: await leerFilas(ctx, claves),
  }
}

/** The newest rows, for the start page. */
export async function actividadReciente(ctx: Contexto, limite: number): Promise<FilaDeActividadJson[]> {
  return leerFilas(ctx, await repo.listarClavesRecientes(ctx.bd, limite))
}

async function leerFilas(ctx: Contexto, claves: readonly repo.ClaveDeFila[]): Promise<FilaDeActividadJson[]> {
  return (await repo.listarPorClave(ctx.bd, claves)).map((fila) => presentarFila(ctx, fila))
}

interface Claves {
  readonly claves: readonly repo.ClaveDeFila[]
  readonly total: number
  readonly filtradas: number
  readonly hayMas: boolean
}

async function buscarClaves(
  ctx: Contexto,
  { filtros, orden: pedido, busqueda }: Peticion,
  ventana: { inicio: number; limite: number; tope: number },
): Promise<Claves> {
  const orden = (pedido?.columna ?? 'fecha') as OrdenActividad
  const descendente = pedido?.descendente ?? true
  const texto = filtros.texto ?? (busqueda === '' ? null : busqueda)
  const tramo: Tramo = { desde: filtros.desde, hasta: filtros.hasta && finDeDia(filtros.hasta) }
  const contados = { usuario: filtros.usuario, evento: filtros.evento, tabla: filtros.tabla }
  const abierto = await repo.buscarMesAbierto(ctx.bd)
  if (texto === null && filtros.registro === null)
    return porConteos(ctx, { contados, tramo, abierto, orden, descendente }, ventana)
  const { total } = await repo.contarPorPartes(
    ctx.bd,
    { meses: null, directos: [] },
    { filtros: contados, orden: 'fecha', abierto, conTotal: true },
  )
  const buscados = {
    registros: filtros.registro === null ? null : await registrosDe(ctx, filtros.registro),
    texto: texto === null ? null : await textoBuscado(ctx, texto),
    intervalo: texto === null ? null : intervaloTecleado(texto),
  }
  const hallado = await repo.buscarFilas(ctx.bd, { contados, buscados, tramo }, { orden, descendente, ...ventana })
  return { claves: hallado.claves, total: total ?? 0, filtradas: hallado.halladas, hayMas: hallado.hayMas }
}

/** An id, a folio, or both when the folio is a number. */
async function registrosDe(ctx: Contexto, registro: string): Promise<NonNullable<repo.FiltrosBuscados['registros']>> {
  const porFolio = await repo.buscarPorFolio(ctx.bd, registro)
  return /^\d{1,15}$/.test(registro) ? [{ tabla: null, ids: [Number(registro)] }, ...porFolio] : porFolio
}

async function textoBuscado(ctx: Contexto, texto: string): Promise<NonNullable<repo.FiltrosBuscados['texto']>> {
  return {
    patron: texto,
    usuarios: await repo.buscarPersonas(ctx.bd, texto),
    sistema: SISTEMA.toLowerCase().includes(texto.toLowerCase()),
  }
}

interface PorConteos {
  readonly contados: repo.FiltrosContados
  readonly tramo: Tramo
  readonly abierto: FechaIso | null
  readonly orden: OrdenActividad
  readonly descendente: boolean
}

async function porConteos(
  ctx: Contexto,
  pedido: PorConteos,
  ventana: { inicio: number; limite: number },
): Promise<Claves> {
  const { contados, tramo, abierto, orden, descendente } = pedido
  const sinFiltro = [contados.usuario, contados.evento, contados.tabla, tramo.desde, tramo.hasta].every(
    (valor) => valor === null,
  )
  const { celdas, total } = await repo.contarPorPartes(ctx.bd, planDeConteo(tramo, abierto), {
    filtros: contados,
    orden,
    abierto,
    conTotal: !sinFiltro,
  })
  const filtradas = celdas.reduce((suma, { filas }) => suma + filas, 0)
  const segmentos = segmentosDePagina(await ordenar(ctx, celdas, orden, descendente), { ...ventana, descendente })
  const claves = await repo.listarClaves(ctx.bd, segmentos, { filtros: contados, orden, descendente })
  return { claves, total: total ?? filtradas, filtradas, hayMas: false }
}

/** A code that no longer exists has no name. */
const NOMBRES: Readonly<Record<number, string | undefined>> = NOMBRE_TABLA_LOG

/** Cells as they are shown: groups by what people read, and inside each one its days. */
async function ordenar(
  ctx: Contexto,
  celdas: readonly Celda[],
  orden: OrdenActividad,
  descendente: boolean,
): Promise<Celda[]> {
  const nombres = orden === 'nombre_completo' ? await repo.listarNombres(ctx.bd) : null
  const leido = (grupo: string): string => {
    if (orden === 'afectacion') return NOMBRES[Number(grupo)] ?? grupo
    return nombres ? (nombres.get(grupo) ?? SISTEMA) : grupo
  }
  const sentido = descendente ? -1 : 1
  const textos = new Map([...new Set(celdas.map(({ grupo }) => grupo))].map((grupo) => [grupo, leido(grupo)]))
  const comparar = new Intl.Collator('es').compare
  return [...celdas].sort(
    (a, b) =>
      sentido *
      (comparar(textos.get(a.grupo) ?? '', textos.get(b.grupo) ?? '') ||
        comparar(a.grupo, b.grupo) ||
        ((a.tramo.desde ?? '') < (b.tramo.desde ?? '') ? -1 : 1)),
  )
}

/** What the page draws besides the table: the choices of its filters. */
export async function verPagina(ctx: Contexto): Promise<PaginaActividad> {
  return {
    hoy: ctx.hoy,
    personas: await personasDelFiltro(ctx),
    tablas: Object.entries(NOMBRE_TABLA_LOG)
      .map(([codigo, nombre]) => ({ codigo: Number(codigo), nombre }))
      .sort((a, b) => a.nombre.localeCompare(b.nombre, 'es')),
    eventos: EVENTOS,
  }
}

/** Active people, for the filter (`registro_actividad/usuarios`). */
export async function personasDelFiltro(ctx: Contexto): Promise<PersonaJson[]> {
  return (await repo.listarPersonasActivas(ctx.bd)).map(presentarPersona)
}

/**
 * The first rows of what is filtered, in its order, up to the limit of the export; logged before the first byte leaves.
 * @throws DatosInvalidos when a column does not exist.
 */
export async function exportarActividad(
  ctx: Contexto,
  peticion: Peticion,
  { formato, columnas: claves }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const columnas = elegirColumnas(TABLA_ACTIVIDAD, claves)
  const tope = TOPE_DE_EXPORTACION
  const hallado = await buscarClaves(ctx, peticion, { inicio: 0, limite: tope, tope })
  const nombre = `registro-de-actividad-${ctx.hoy}`
  const cortado = hallado.hayMas || hallado.filtradas > hallado.claves.length ? ', las primeras de la consulta,' : ''
  await registrarExportacion(ctx, {
    tabla: TABLA_LOG.REGISTRO_ACTIVIDAD,
    registroId: null,
    detalle: `${plural(hallado.claves.length, 'fila', 'filas')} del registro de actividad${cortado} en ${nombre}.${formato}`,
  })
  return exportarContenido(formato, nombre, {
    hoja: 'Registro de actividad',
    columnas: columnas.map(({ titulo, tipo }) => ({ titulo, tipo: tipo === 'entero' ? 'entero' : 'texto' })),
    filas: filasParaLibro(
      ctx,
      hallado.claves,
      columnas.map(({ clave }) => clave),
    ),
  })
}

async function* filasParaLibro(
  ctx: Contexto,
  claves: readonly repo.ClaveDeFila[],
  columnas: readonly string[],
): AsyncGenerator<ValorExcel[]> {
  for (let desde = 0; desde < claves.length; desde += FILAS_POR_TROZO) {
    for (const fila of await leerFilas(ctx, claves.slice(desde, desde + FILAS_POR_TROZO))) {
      const valores: Readonly<Record<string, ValorExcel>> = { ...fila, fecha: fila.fecha_formateada }
      yield columnas.map((columna) => valores[columna] ?? null)
    }
  }
}
