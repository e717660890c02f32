import '../conexiones.ts'
import { rutasAcceso } from '../modulos/acceso/acceso.routes.ts'
import { rutasAnexo } from '../modulos/anexo/anexo.routes.ts'
import { rutasAuditoria } from '../modulos/auditoria/auditoria.routes.ts'
import { rutasApi } from '../modulos/api/api.routes.ts'
import { rutasBusqueda } from '../modulos/busqueda/busqueda.routes.ts'
import { rutasCatalogos } from '../modulos/catalogos/catalogos.routes.ts'
import { rutasNiveles } from '../modulos/contratos/niveles/niveles.routes.ts'
import { rutasConceptos } from '../modulos/contratos/conceptos.routes.ts'
import { rutasPrecios } from '../modulos/contratos/importacion/precios.routes.ts'
import { rutasEstimaciones } from '../modulos/estimaciones/estimaciones.routes.ts'
import { rutasDeducciones } from '../modulos/estimaciones/deducciones/deducciones.routes.ts'
import { rutasTasas } from '../modulos/estimaciones/tasas/tasas.routes.ts'
import { rutasComparar } from '../modulos/estimaciones/comparar/comparar.routes.ts'
import { rutasInicio } from '../modulos/inicio/inicio.routes.ts'
import { rutasOt } from '../modulos/ot/ot.routes.ts'
import { rutasProduccion } from '../modulos/produccion/produccion.routes.ts'
import { rutasParametros } from '../modulos/parametros/parametros.routes.ts'
import { rutasPte } from '../modulos/pte/pte.routes.ts'
import { rutasTareas } from '../modulos/tareas/tareas.routes.ts'
import { rutasTokens } from '../modulos/tokens/tokens.routes.ts'
import { rutasUsuarios } from '../modulos/usuarios/usuarios.routes.ts'
import { rutasVistas } from '../modulos/vistas/vistas.routes.ts'
import type { Ruta } from './rutas.ts'

/** Every route of the system: the list that the shell mounts and that the tests walk. */
export const RUTAS: readonly Ruta[] = [
  ...rutasAcceso,
  ...rutasUsuarios,
  ...rutasInicio,
  ...rutasTareas,
  ...rutasVistas,
  ...rutasCatalogos,
  ...rutasPte,
  // Before the pages of each concept, whose address would take `importar` for an id.
  ...rutasPrecios,
  ...rutasConceptos,
  ...rutasNiveles,
  ...rutasOt,
  ...rutasAnexo,
  ...rutasProduccion,
  ...rutasEstimaciones,
  ...rutasDeducciones,
  ...rutasTasas,
  ...rutasComparar,
  ...rutasParametros,
  ...rutasAuditoria,
  ...rutasTokens,
  ...rutasApi,
  ...rutasBusqueda,
]
