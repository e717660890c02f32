/** The load of prices as a class of import: its pages, background work, command and batches are those of all. */
import { createHash } from 'node:crypto'
import { conMiles } from '../../../comun/dinero.ts'
import { recortar } from '../../../comun/texto.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { LIMITES_LIBRO } from '../../../plataforma/excel/leer.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'
import {
  LISTA_ADVERTENCIAS,
  LISTA_RECHAZADAS,
  type ClaseImportacion,
  type Conteo,
  type FilaDeLista,
  type LecturaDeClase,
  type ListaDeImportacion,
  type PlanDeClase,
} from '../../importacion/index.ts'
import { rutaConcepto } from '../contratos.contrato.ts'
import { codigoDe, escribirPrecios, escribirProductos, TABLA } from './cargar.service.ts'
import { deshacer } from './deshacer.service.ts'
import { contratosElegibles, resolverDestino, retratarPrecios, retratarProductos } from './destino.service.ts'
import { leerAparte } from './lectura.ts'
import type { FotoDePrecios, PlanDePrecios } from './plan.tipos.ts'
import { planearPrecios } from './planear.reglas.ts'
import { hojasDePlantilla } from './plantilla.excel.ts'
import type { InformePrecios, ResumenDeshacerPrecios } from './precios.informe.ts'
import * as repo from './precios.repo.ts'
import type { LibroDePrecios } from './precios.tipos.ts'
import { planearProductos, type PlanDeProductos } from './productos.reglas.ts'
import type { LibroDeProductos } from './productos.tipos.ts'
import { leerRechazadas } from './rechazadas.excel.ts'

export const RUTA_IMPORTAR_PRECIOS = '/operaciones/catalogos/conceptos/importar/'

const CONCEPTO = { uno: 'concepto', varios: 'conceptos', genero: 'm', con: ' con el historial de sus precios' } as const
const SUB_ANEXO = { uno: 'anexo', varios: 'anexos', genero: 'm' } as const
const SECCION = { uno: 'título', varios: 'títulos', genero: 'm' } as const

const conHoja = (lista: ListaDeImportacion): ListaDeImportacion => ({
  ...lista,
  columnas: [{ titulo: 'Hoja', campo: 'hoja' }, ...lista.columnas],
})

const LUGAR = [
  { titulo: 'Hoja', campo: 'hoja' },
  { titulo: 'Fila', campo: 'fila', clase: 'numero' },
] as const

const LISTAS: readonly ListaDeImportacion[] = [
  conHoja(LISTA_RECHAZADAS),
  {
    clave: 'cambios',
    futuro: 'Cambios',
    pasado: 'Cambios',
    columnas: [
      { titulo: 'Partida', campo: 'codigo', enlace: true },
      ...LUGAR,
      { titulo: 'Dato', campo: 'campo' },
      { titulo: 'Antes', campo: 'antes', clase: 'texto-largo' },
      { titulo: 'Después', campo: 'despues', clase: 'texto-largo' },
    ],
  },
  {
    clave: 'creadas',
    futuro: 'Conceptos nuevos',
    pasado: 'Conceptos creados',
    columnas: [
      { titulo: 'Partida', campo: 'codigo', enlace: true },
      ...LUGAR,
      { titulo: 'Anexo', campo: 'anexo' },
      { titulo: 'Unidad', campo: 'unidad' },
      { titulo: 'Precio MN', campo: 'mn', clase: 'numero' },
      { titulo: 'Precio USD', campo: 'usd', clase: 'numero' },
      { titulo: 'Descripción', campo: 'descripcion', clase: 'texto-largo' },
    ],
  },
  {
    clave: 'titulos',
    futuro: 'Anexos y títulos nuevos',
    pasado: 'Anexos y títulos creados',
    columnas: [...LUGAR, { titulo: 'Anexo o título', campo: 'nombre', clase: 'texto-largo' }],
  },
  conHoja(LISTA_ADVERTENCIAS),
]

/** The three workbooks of prices (catalogos.md §10.1, settled.md §6). */
export const CLASE_PRECIOS: ClaseImportacion<InformePrecios, ResumenDeshacerPrecios> = {
  clave: 'precios',
  base: RUTA_IMPORTAR_PRECIOS,
  permiso: 'operaciones.importar_conceptomaestro',
  migas: [{ texto: 'Inicio', ruta: '/' }, { texto: 'Catálogos' }],
  textos: {
    titulo: 'Importar precios',
    ayuda:
      'Un libro .xlsx de precios: el catálogo del contrato (una hoja por anexo), las PUE o los productos del sistema anterior. Se reconoce por sus encabezados.',
    plantilla: 'plantilla importar precios.xlsx',
  },
  opciones: [
    {
      clave: 'contrato',
      texto: 'Contrato y lista de precios',
      ayuda: 'A dónde van los precios. Los productos del sistema anterior no lo necesitan.',
      valores: contratosElegibles,
      libre: true,
    },
    {
      clave: 'crear',
      texto: 'Crear los anexos que falten',
      ayuda: 'Sin esta opción, una fila cuyo anexo no existe en el contrato se rechaza.',
    },
  ],
  listas: LISTAS,
  tablaLog: TABLA_LOG.CONCEPTO,
  abrir,
  renglones: ({ clase, conceptos }) => [
    { texto: clase === 'productos' ? 'Productos' : 'Conceptos', conteo: conceptos },
  ],
  hechos: ({ conceptos, sub_anexos_creados: anexos, secciones }) => ({
    creados: [
      { n: conceptos.creadas, que: CONCEPTO },
      { n: anexos, que: SUB_ANEXO },
      { n: secciones.creadas, que: SECCION },
    ],
    actualizados: [{ n: conceptos.actualizadas, que: CONCEPTO }],
    rechazadas: conceptos.rechazadas,
  }),
  extras: ({ clase, contrato, conceptos, repetidas, secciones, sub_anexos_creados }) => ({
    clase,
    contrato,
    conceptos,
    repetidas,
    secciones,
    sub_anexos_creados,
  }),
  contarListas,
  filasDeLote,
  deshacer,
  deshechos: ({ conceptos_borrados, conceptos_restaurados, sub_anexos_borrados, secciones_borradas }) => ({
    eliminados: [
      { n: conceptos_borrados, que: CONCEPTO },
      { n: sub_anexos_borrados, que: SUB_ANEXO },
      { n: secciones_borradas, que: SECCION },
    ],
    restaurados: [{ n: conceptos_restaurados, que: CONCEPTO }],
  }),
  rutaDe: (tabla, id) => (tabla === TABLA.CONCEPTO ? rutaConcepto(id) : null),
  rechazadas: leerRechazadas,
  plantilla: async (ctx) => hojasDePlantilla((await repo.listarUnidades(ctx.bd)).filter(({ activo }) => activo)),
}

async function abrir(ruta: string): Promise<LecturaDeClase<InformePrecios>> {
  const libro = await leerAparte(ruta, LIMITES_LIBRO)
  return {
    sha256: libro.sha256,
    filas: libro.filas.length,
    planear: async (ctx, { opciones, todoONada }, bloquear) => {
      if (libro.clase === 'productos') {
        return planDeProductos(libro, planearProductos(libro, await retratarProductos(ctx)), todoONada)
      }
      const crear = opciones['crear'] === true
      const elegido = typeof opciones['contrato'] === 'string' ? opciones['contrato'] : ''
      const destino = await resolverDestino(ctx, elegido, crear)
      const foto = await retratarPrecios(ctx, libro, destino, bloquear)
      return planDePrecios(libro, foto, planearPrecios(libro, foto, { crear }), todoONada)
    },
    cerrar: () => Promise.resolve(),
  }
}

/** Nothing goes in: what would have been created or changed counts as rejected, for the group to add up. */
const nada = ({ total, sin_cambio }: Conteo): Conteo => ({
  total,
  sin_cambio,
  creadas: 0,
  actualizadas: 0,
  rechazadas: total - sin_cambio,
})

const sha256 = (valor: unknown): string => createHash('sha256').update(JSON.stringify(valor)).digest('hex')

// ---------------------------------------------------------------------------------------------------------- prices

function planDePrecios(
  libro: LibroDePrecios,
  foto: FotoDePrecios,
  completo: PlanDePrecios,
  todoONada: boolean,
): PlanDeClase<InformePrecios> {
  const detenido = todoONada && completo.conteo.rechazadas > 0
  const plan: PlanDePrecios = detenido
    ? {
        ...completo,
        crear: [],
        actualizar: [],
        reconocer: [],
        subAnexos: [],
        secciones: [],
        conteo: nada(completo.conteo),
      }
    : completo
  const { crear, actualizar, subAnexos, secciones, conteo, repetidas, errores, advertencias } = plan
  return {
    huella: sha256([
      foto.destino,
      crear.map(({ fila, concepto }) => [fila.huella, concepto.subAnexo, concepto.idUnidadMedida]),
      actualizar.map(({ antes, cambios }) => [antes.id, antes.version, cambios]),
      subAnexos,
      secciones,
    ]),
    cuantas: { crear: crear.length, actualizar: actualizar.length },
    escribe: crear.length + actualizar.length + subAnexos.length + secciones.length > 0,
    informe: {
      clase: 'precios',
      contrato: foto.destino.contrato.numero,
      filas: conteo.total + repetidas,
      conceptos: conteo,
      repetidas,
      secciones: { total: libro.secciones.length, creadas: secciones.length },
      sub_anexos_creados: subAnexos.length,
      errores,
      advertencias: [...avisosDeDestino(foto, plan), ...avisoDeRepetidas(libro, repetidas), ...advertencias],
    },
    listas: {
      creadas: () => filasCreadas(libro, plan),
      cambios: () => filasCambiadas(libro, plan),
      titulos: () => filasDeTitulos(libro, plan),
    },
    escribir: (tx, lote, avanzar) => escribirPrecios(tx, lote, libro, foto, plan, avanzar),
  }
}

/** What is created above the concepts has stand-ins that somebody must correct. */
function avisosDeDestino({ destino }: FotoDePrecios, { subAnexos }: PlanDePrecios): InformePrecios['advertencias'] {
  if (subAnexos.length === 0 || destino.contrato.id !== null) return []
  return [
    {
      hoja: '',
      fila: 0,
      columna: '',
      celda: '',
      valor: destino.contrato.numero,
      mensaje: `El contrato ${destino.contrato.numero} se crea con cliente, descripción y fechas provisionales. Corrígelos en su página.`,
    },
  ]
}

function avisoDeRepetidas({ hojas }: LibroDePrecios, repetidas: number): InformePrecios['advertencias'] {
  if (repetidas === 0) return []
  const cuantas = repetidas === 1 ? 'Una fila repite otra' : `${conMiles(String(repetidas))} filas repiten otra`
  const hoja = hojas[0]?.encabezado.hoja ?? ''
  return [
    {
      hoja,
      fila: 0,
      columna: '',
      celda: '',
      valor: '',
      mensaje: `${cuantas} al pie de la letra y no se ${repetidas === 1 ? 'cargó' : 'cargaron'}.`,
    },
  ]
}

const hojaDe = ({ hojas }: LibroDePrecios, indice: number): string => hojas[indice]?.encabezado.hoja ?? ''

function* filasCreadas(libro: LibroDePrecios, { crear }: PlanDePrecios): Generator<FilaDeLista> {
  for (const { fila, concepto } of crear)
    yield {
      codigo: codigoDe(concepto),
      hoja: hojaDe(libro, fila.hoja),
      fila: fila.fila,
      anexo: concepto.subAnexo ?? 'S/A',
      unidad: fila.valores.unidad,
      mn: conMiles(fila.valores.precio_mn),
      usd: conMiles(fila.valores.precio_usd),
      descripcion: recortar(concepto.descripcion, 300),
    }
}

function* filasCambiadas(libro: LibroDePrecios, { actualizar }: PlanDePrecios): Generator<FilaDeLista> {
  for (const { fila, despues, cambios } of actualizar)
    for (const { etiqueta, antes, despues: valor } of cambios)
      yield {
        codigo: codigoDe(despues),
        ruta: rutaConcepto(despues.id),
        hoja: hojaDe(libro, fila.hoja),
        fila: fila.fila,
        campo: etiqueta,
        antes,
        despues: valor,
      }
}

function* filasDeTitulos(libro: LibroDePrecios, { subAnexos, secciones }: PlanDePrecios): Generator<FilaDeLista> {
  for (const { clave, hoja } of subAnexos) yield { hoja, fila: null, nombre: `Anexo ${clave}` }
  for (const lugar of secciones) {
    const seccion = libro.secciones[lugar]
    if (seccion === undefined) continue
    const { hoja, fila, partida, descripcion } = seccion
    yield { hoja: hojaDe(libro, hoja), fila, nombre: partida === null ? descripcion : `${partida} ${descripcion}` }
  }
}

// -------------------------------------------------------------------------------------------------------- products

function planDeProductos(
  libro: LibroDeProductos,
  completo: PlanDeProductos,
  todoONada: boolean,
): PlanDeClase<InformePrecios> {
  const detenido = todoONada && completo.conteo.rechazadas > 0
  const plan: PlanDeProductos = detenido
    ? { ...completo, crear: [], actualizar: [], conteo: nada(completo.conteo) }
    : completo
  const { crear, actualizar, conteo, errores, advertencias } = plan
  const { hoja } = libro.encabezado
  return {
    huella: sha256([
      crear.map(({ fila }) => fila.valores),
      actualizar.map(({ antes, cambios }) => [antes.id, cambios]),
    ]),
    cuantas: { crear: crear.length, actualizar: actualizar.length },
    escribe: crear.length + actualizar.length > 0,
    informe: {
      clase: 'productos',
      contrato: null,
      filas: conteo.total,
      conceptos: conteo,
      repetidas: 0,
      secciones: { total: 0, creadas: 0 },
      sub_anexos_creados: 0,
      errores,
      advertencias,
    },
    listas: {
      creadas: () => productosCreados(hoja, plan),
      cambios: () => productosCambiados(hoja, plan),
      titulos: () => [],
    },
    escribir: (tx, lote, avanzar) => escribirProductos(tx, lote, hoja, plan, avanzar),
  }
}

function* productosCreados(hoja: string, { crear }: PlanDeProductos): Generator<FilaDeLista> {
  for (const { fila, producto } of crear)
    yield {
      codigo: producto.idPartida,
      hoja,
      fila: fila.fila,
      anexo: producto.anexo ?? '',
      unidad: String(producto.idUnidadMedida),
      mn: conMiles(fila.valores.precio_unitario_mn ?? ''),
      usd: conMiles(fila.valores.precio_unitario_usd ?? ''),
      descripcion: recortar(producto.descripcionConcepto, 300),
    }
}

function* productosCambiados(hoja: string, { actualizar }: PlanDeProductos): Generator<FilaDeLista> {
  for (const { fila, despues, cambios } of actualizar)
    for (const { etiqueta, antes, despues: valor } of cambios)
      yield { codigo: despues.idPartida, hoja, fila: fila.fila, campo: etiqueta, antes, despues: valor }
}

// --------------------------------------------------------------------------------------------------------- batches

const DE_TITULOS = [TABLA.CONTRATO, TABLA.ANEXO, TABLA.SUB_ANEXO, TABLA.SECCION]

async function contarListas({ bd }: CtxLectura, lote: number): Promise<Record<string, number>> {
  const cuentas = await repo.contarCambios(bd, lote)
  const suma = (tablas: readonly string[], de: 'creados' | 'campos'): number =>
    cuentas.filter(({ tabla }) => tablas.includes(tabla)).reduce((total, cuenta) => total + cuenta[de], 0)
  const conPrecio = [TABLA.CONCEPTO, TABLA.PRODUCTO]
  return {
    creadas: suma(conPrecio, 'creados'),
    cambios: suma(conPrecio, 'campos'),
    titulos: suma(DE_TITULOS, 'creados'),
  }
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
      return (await repo.listarCreados(bd, lote, inicio, largo)).map(filaCreada)
    case 'titulos':
      return repo.listarNombres(bd, lote, DE_TITULOS, inicio, largo)
    default:
      return (await repo.listarCampos(bd, lote, inicio, largo)).map(({ id, nombre, hoja, fila, cambio }) => ({
        codigo: nombre,
        ruta: id === null ? null : rutaConcepto(id),
        hoja,
        fila,
        campo: cambio.etiqueta,
        antes: cambio.antes,
        despues: cambio.despues,
      }))
  }
}

const filaCreada = ({
  id,
  nombre,
  hoja,
  fila,
  anexo,
  unidad,
  mn,
  usd,
  descripcion,
}: repo.CreadoPorLote): FilaDeLista => ({
  codigo: nombre,
  ruta: id === null ? null : rutaConcepto(id),
  hoja,
  fila,
  anexo: descripcion === null ? '' : (anexo ?? 'S/A'),
  unidad,
  mn: mn === null ? '' : conMiles(mn),
  usd: usd === null ? '' : conMiles(usd),
  descripcion: descripcion === null ? 'Ya no existe' : recortar(descripcion, 300),
})
