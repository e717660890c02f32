/** Columns of the workbook of exchange rates. */
import type { DefColumnas, ValoresDe } from '../../importacion/index.ts'

export const COLUMNAS_TASAS = {
  fecha: {
    tipo: 'fecha',
    titulo: 'Fecha',
    titulos: ['dia', 'fecha_de_publicacion'],
    obligatoria: true,
    falta: 'la fecha',
    explicacion: 'Día del tipo de cambio: fecha de Excel, o el texto 2026-02-12 o 12/02/2026 (día primero).',
    ejemplos: ['2026-02-12', '2026-02-13'],
  },
  valor: {
    tipo: 'importe',
    titulo: 'Tipo de cambio',
    titulos: ['tipo_cambio', 'tipo_de_cambio', 'tc', 'valor', 'pesos_por_dolar'],
    enteros: 6,
    decimales: 4,
    cosa: 'tipo de cambio',
    obligatoria: true,
    falta: 'el tipo de cambio',
    explicacion: 'Pesos por dólar, mayor que cero, hasta cuatro decimales.',
    ejemplos: [17.2345, 17.25],
  },
  fuente: {
    tipo: 'texto',
    titulo: 'Fuente',
    titulos: ['origen'],
    largo: 100,
    explicacion: 'De dónde sale. Vacía: Diario Oficial.',
    ejemplos: ['Diario Oficial', null],
  },
} as const satisfies DefColumnas

export type ValoresDeTasa = ValoresDe<typeof COLUMNAS_TASAS>
