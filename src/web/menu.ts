import { tienePermiso, type Contexto } from '../plataforma/contexto.ts'

/** An entry of the side menu, as the layout prints it. */
export interface EntradaDeMenu {
  readonly texto: string
  readonly ruta: string
  readonly icono: string
  readonly actual: boolean
}

const ENTRADAS = [
  { texto: 'Inicio', ruta: '/operaciones/', icono: 'house', permiso: null },
  { texto: "OT's", ruta: '/operaciones/ot/', icono: 'clipboard-check', permiso: 'operaciones.view_ote' },
  {
    texto: 'Importar histórico',
    ruta: '/operaciones/ot/importar/',
    icono: 'file-earmark-arrow-up',
    permiso: 'operaciones.importar_ote',
  },
] as const

/** The entries that the person may open; the longest address that contains the current one is marked. */
export function menuDe(ctx: Contexto, direccion: string): EntradaDeMenu[] {
  const visibles = ENTRADAS.filter(({ permiso }) => permiso === null || tienePermiso(ctx, permiso))
  // The start page answers at `/` too.
  const buscada = direccion === '/' ? '/operaciones/' : direccion
  const actual = visibles
    .filter(({ ruta }) => buscada.startsWith(ruta))
    .sort((a, b) => b.ruta.length - a.ruta.length)[0]
  return visibles.map(({ texto, ruta, icono }) => ({ texto, ruta, icono, actual: ruta === actual?.ruta }))
}
