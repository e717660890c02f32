import { OFICIOS_DE_IMPORTACION } from './modulos/ot/importacion/importacion.jobs.ts'
import type { Oficio } from './plataforma/cola.ts'

/** Every kind of background work, with its handler: the module exports it in `*.jobs.ts` and it is listed here. */
export const OFICIOS: readonly Oficio[] = [...OFICIOS_DE_IMPORTACION]
