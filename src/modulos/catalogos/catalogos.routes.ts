import { datos, json, SESION } from '../../web/rutas.ts'
import { SitiosDeFrente } from './catalogos.schema.ts'
import { clientesActivos, responsablesActivos, sitiosActivos } from './catalogos.service.ts'
import { rutasCategorias } from './categorias/categorias.routes.ts'
import { NIVELES_DE_CATEGORIAS } from './descripciones/categorias.ts'
import { CATALOGOS } from './descripciones/index.ts'
import type { DescripcionCatalogo } from './motor/motor.tipos.ts'
import { PASOS, PASOS_OT } from './descripciones/pasos.ts'
import { CLASES_DE_CATALOGO } from './importacion/importacion.clase.ts'
import { rutasDeImportacion } from '../importacion/index.ts'
import { rutasDeCatalogo } from './motor/motor.routes.ts'
import { rutasDeOrden } from './orden/orden.routes.ts'

const soloOpcion = ({ id, descripcion }: { id: number; descripcion: string }) => ({ id, descripcion })

/** Their page is the tree. */
const NIVELES: readonly DescripcionCatalogo[] = NIVELES_DE_CATEGORIAS

const ORDENABLES = [PASOS, PASOS_OT]

/** Lists of the selects that several modules share (catalogos.md §5): any person with a session. Then, each catalogue. */
export const rutasCatalogos = [
  datos({
    ruta: '/operaciones/pte/obtener_responsables/',
    permiso: SESION,
    manejar: async ({ ctx }) => json(await responsablesActivos(ctx)),
  }),
  datos({
    ruta: '/operaciones/pte/obtener_clientes/',
    permiso: SESION,
    manejar: async ({ ctx }) => json(await clientesActivos(ctx)),
  }),
  datos({
    ruta: '/operaciones/ot/obtener_sitios/',
    permiso: SESION,
    manejar: async ({ ctx }) => json((await sitiosActivos(ctx)).map(soloOpcion)),
  }),
  datos({
    ruta: '/operaciones/ot/obtener_sitios_frente/',
    permiso: SESION,
    consulta: SitiosDeFrente,
    manejar: async ({ ctx, consulta }) =>
      json(consulta.frente_id == null ? [] : (await sitiosActivos(ctx, consulta.frente_id)).map(soloOpcion)),
  }),
  ...rutasCategorias,
  ...CATALOGOS.filter((def) => !NIVELES.includes(def)).flatMap((def) =>
    rutasDeCatalogo(def, { ordenable: ORDENABLES.includes(def) }),
  ),
  ...ORDENABLES.flatMap(rutasDeOrden),
  ...CLASES_DE_CATALOGO.flatMap((clase) => rutasDeImportacion(clase)),
]
