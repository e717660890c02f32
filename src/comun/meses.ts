/** Months as people name them. */
export const MESES = [
  'Enero',
  'Febrero',
  'Marzo',
  'Abril',
  'Mayo',
  'Junio',
  'Julio',
  'Agosto',
  'Septiembre',
  'Octubre',
  'Noviembre',
  'Diciembre',
] as const

/** 'Febrero de 2026'. */
export const nombreDelMes = (mes: number, anio: number): string => `${MESES[mes - 1] ?? ''} de ${String(anio)}`
