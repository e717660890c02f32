import { CLASES_DE_IMPORTACION } from './importaciones.ts'
import { oficiosDeImportacion } from './modulos/importacion/importacion.jobs.ts'
import { OFICIOS_DE_ENLACES } from './modulos/usuarios/enlaces/enlaces.jobs.ts'
import type { Oficio } from './plataforma/cola.ts'

/** Every kind of background work, with its handler: the module exports it in `*.jobs.ts` and it is listed here. */
export const OFICIOS: readonly Oficio[] = [...oficiosDeImportacion(CLASES_DE_IMPORTACION), ...OFICIOS_DE_ENLACES]
