import { conMiles } from '../../../comun/dinero.ts'

/** A plain decimal as people read it: thousands, and no zeros at the end. */
export const volumenLegible = (plano: string): string =>
  conMiles(plano.includes('.') ? plano.replace(/\.?0+$/, '') : plano)
