/**
 * Who listens to whom: modules that others depend on call back through what is connected here, once, when the program
 * starts (the pages, the background work and the commands import this file).
 */
import { conectarProduccion } from './modulos/anexo/index.ts'
import { alCambiarFamilia } from './modulos/ot/index.ts'
import { alCambiarFamilias, PRODUCCION_DE_LA_FAMILIA } from './modulos/produccion/index.ts'

conectarProduccion(PRODUCCION_DE_LA_FAMILIA)
alCambiarFamilia(alCambiarFamilias)
