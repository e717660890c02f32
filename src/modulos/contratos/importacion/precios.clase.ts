/** The load of prices as a class of import: its pages, background work, command and batches are those of all. */
import { LIMITES_LIBRO } from '../../../plataforma/excel/leer.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'
import {
  LISTA_ADVERTENCIAS,
  LISTA_RECHAZADAS,
  type ClaseImportacion,
  type LecturaDeClase,
  type ListaDeImportacion,
} from '../../importacion/index.ts'
import { rutaConcepto } from '../contratos.contrato.ts'
import { TABLA } from './cargar.service.ts'
import { deshacer } from './deshacer.service.ts'
import { contratosElegibles, resolverDestino, retratarPrecios, retratarProductos } from './destino.service.ts'
import { leerAparte } from './lectura.ts'
import { contarListas, filasDeLote } from './lote.ts'
import { planearPrecios } from './planear.reglas.ts'
import { planDePrecios, planDeProductos } from './planes.ts'
import { hojasDePlantilla } from './plantilla.excel.ts'
import type { InformePrecios, ResumenDeshacerPrecios } from './precios.informe.ts'
import * as repo from './precios.repo.ts'
import { planearProductos } from './productos.reglas.ts'
import { leerRechazadas } from './rechazadas.excel.ts'

export const RUTA_IMPORTAR_PRECIOS = '/operaciones/catalogos/conceptos/importar/'

const CONCEPTO = { uno: 'concepto', varios: 'conceptos', genero: 'm', con: ' con el historial de sus precios' } as const
const SUB_ANEXO = { uno: 'anexo', varios: 'anexos', genero: 'm' } as const
const SECCION = { uno: 'título', varios: 'títulos', genero: 'm' } as const

const HOJA = { titulo: 'Hoja', campo: 'hoja', clase: 'cifras' } as const

const conHoja = (lista: ListaDeImportacion): ListaDeImportacion => ({
  ...lista,
  columnas: [HOJA, ...lista.columnas],
})

const LUGAR = [HOJA, { titulo: 'Fila', campo: 'fila', clase: 'numero' }] as const

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
