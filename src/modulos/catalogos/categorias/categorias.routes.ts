import type { Contexto } from '../../../plataforma/contexto.ts'
import { datos, json, vista, type Respuesta, type Ruta } from '../../../web/rutas.ts'
import { CATEGORIAS, NIVELES_DE_CATEGORIAS } from '../descripciones/categorias.ts'
import { rutasDeCatalogo } from '../motor/motor.routes.ts'
import { permisosDe, rutaDe } from '../motor/motor.vista.ts'
import { arbolDeCategorias, paginaDeCategorias } from './categorias.service.ts'

async function mostrar(ctx: Contexto, nivel: string, registro: number | null): Promise<Respuesta> {
  const pagina = await paginaDeCategorias(ctx, registro === null ? null : { nivel, registro })
  return vista(
    'catalogos/categorias',
    { datos: pagina },
    {
      titulo: 'Categorías',
      migas: [{ texto: 'Inicio', ruta: '/operaciones/' }, { texto: 'Catálogos' }, { texto: 'Categorías' }],
    },
  )
}

/** Categories, subcategories and classifications: one page, and the rest as any catalogue (catalogos.md §8). */
export const rutasCategorias: Ruta[] = [
  datos({
    ruta: `${rutaDe(CATEGORIAS)}arbol/`,
    permiso: permisosDe(CATEGORIAS).VER,
    manejar: async ({ ctx }) => json(await arbolDeCategorias(ctx)),
  }),
  ...NIVELES_DE_CATEGORIAS.flatMap((def) =>
    rutasDeCatalogo(def, { mostrar: (ctx, registro) => mostrar(ctx, def.slug, registro) }),
  ),
]
