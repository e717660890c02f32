/** Colours of the statuses of a GPU (produccion.md §7.6): always with their word. */
const CLASES: Readonly<Record<number, string>> = {
  17: 'gpu-firmado',
  18: 'gpu-falta-firma',
  19: 'gpu-pendiente',
  20: 'gpu-proceso',
}

export const claseDeEstatusGpu = (id: number): string => CLASES[id] ?? 'gpu-otro'
