import { almacenEnDisco } from './almacen-disco.ts'
import { almacenEnS3 } from './almacen-s3.ts'
import type { Almacen } from './archivos.ts'
import type { Config } from './config.ts'

/** The store that the installer chose (contract.md §2, `ALMACEN`). */
export function almacenDe({ almacen, carpetaSubidas }: Pick<Config, 'almacen' | 'carpetaSubidas'>): Almacen {
  return almacen.clase === 's3' ? almacenEnS3(almacen) : almacenEnDisco(carpetaSubidas)
}
