/** The workbook that people fill in: a sheet of the contract, one of PUEs, what each column takes, and the units. */
import { fechaIso } from '../../../comun/fechas.ts'
import type { ContenidoDeLibro, ValorExcel } from '../../../plataforma/excel/escribir.ts'
import { columnasDe, comoColumna } from './columnas.excel.ts'
import type { ClaseDeHoja, Columna } from './precios.tipos.ts'

const PRECIO = 'Número de cero en adelante; se admite texto con $ y comas de millar. Vacío o «-»: 0.'

const EXPLICACION: Readonly<Partial<Record<Columna, string>>> = {
  anexo: 'Clave del anexo (C-2, C-3…). En la hoja de PUE, solo si la PUE ya se autorizó.',
  partida: 'Código de la partida. Es el texto que muestra la celda: 2.10 y 2.1 son distintas; escríbelo como texto.',
  concepto: 'Descripción completa. El mismo código con otra descripción es otro concepto.',
  unidad: 'Clave de la unidad (hoja Unidades). Una fila con partida y concepto pero sin unidad es un título.',
  cantidad: 'Cantidad de referencia. Vacía o «-»: 0.',
  precio_mn: PRECIO,
  precio_usd: PRECIO,
  categoria: 'Categoría, texto libre.',
  subcategoria: 'Subcategoría, texto libre.',
  clasificacion: 'Clasificación, texto libre.',
  pte_creacion: 'Folio de la PTE donde nació la PUE.',
  ot_creacion: 'Folio de la OT donde nació la PUE.',
  fecha_autorizacion:
    'Fecha de Excel, o texto como 2024-03-15 o 15/03/2024 (día primero). Ilegible: queda vacía, con advertencia.',
  partida_ext: 'Partida extraordinaria (C2EXT-0001). Con ella se reconoce la PUE en la siguiente carga.',
  estatus: 'EN ELABORACION, AUTORIZADO, CANCELADA o vacío. Con anexo y partida queda AUTORIZADO.',
  comentario: 'Texto libre.',
}

type Ejemplo = Partial<Record<Columna, ValorExcel>>

const CONTRATO: readonly Ejemplo[] = [
  { anexo: 'C-2', partida: '2', concepto: 'Suministro y prefabricación de estructuras' },
  {
    anexo: 'C-2',
    partida: '2.1.',
    concepto: 'EJEMPLO: TUBO DE ACERO DE 8", CÉDULA 80. Borra esta fila.',
    unidad: 'M',
    cantidad: 76,
    precio_mn: 11813.3,
    precio_usd: 0,
  },
]
const PUE: readonly Ejemplo[] = [
  {
    concepto: 'EJEMPLO: SERVICIO ESPECIAL. Borra esta fila.',
    unidad: 'SERVICIO',
    cantidad: 1,
    precio_mn: 0,
    precio_usd: 0,
    partida_ext: 'C2EXT-0001',
    estatus: 'EN ELABORACION',
  },
  {
    anexo: 'C-7',
    partida: '1C-7.',
    concepto: 'EJEMPLO: PUE ya autorizada. Borra esta fila.',
    unidad: 'PIEZA',
    cantidad: 1,
    precio_mn: 1250.5,
    precio_usd: 0,
    fecha_autorizacion: fechaIso('2025-01-23'),
    partida_ext: 'C2EXT-0002',
  },
]

/** Sheets of the template. @param unidades the active ones. */
export function hojasDePlantilla(unidades: readonly { readonly clave: string }[]): ContenidoDeLibro[] {
  return [
    hojaDeDatos('Anexo C-2', 'contrato', CONTRATO),
    hojaDeDatos('PUE', 'pue', PUE),
    {
      hoja: 'Instrucciones',
      columnas: [
        { titulo: 'Columna', tipo: 'texto', ancho: 30 },
        { titulo: 'Qué lleva', tipo: 'texto', ancho: 100 },
      ],
      filas: columnasDe('pue').map(({ columna, titulo }) => [titulo, EXPLICACION[columna] ?? '']),
    },
    {
      hoja: 'Unidades',
      columnas: [{ titulo: 'Clave', tipo: 'texto', ancho: 16 }],
      filas: unidades.map(({ clave }) => [clave]),
    },
  ]
}

function hojaDeDatos(hoja: string, clase: ClaseDeHoja, ejemplos: readonly Ejemplo[]): ContenidoDeLibro {
  const columnas = columnasDe(clase)
  return {
    hoja,
    columnas: columnas.map(comoColumna),
    filas: ejemplos.map((ejemplo) => columnas.map(({ columna }) => ejemplo[columna] ?? null)),
  }
}
