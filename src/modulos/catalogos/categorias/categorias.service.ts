/** The three levels of the technical classification as one tree (catalogos.md §8). */
import { tienePermiso, type Contexto, type CtxLectura } from '../../../plataforma/contexto.ts'
import type { NodoDeCategorias, PaginaCategorias } from '../catalogos.contrato.ts'
import { CATEGORIAS, CLASIFICACIONES, NIVELES_DE_CATEGORIAS, SUBCATEGORIAS } from '../descripciones/categorias.ts'
import { opcionesDeCatalogo } from '../motor/motor.consultas.service.ts'
import { listarTodos } from '../motor/motor.repo.ts'
import type { DescripcionCatalogo, Registro } from '../motor/motor.tipos.ts'
import { paginaDe, permisosDe, puedeEn } from '../motor/motor.vista.ts'

const ordenados = (filas: readonly Registro[]): Registro[] =>
  [...filas].sort((a, b) =>
    String(a.valores['clave']).localeCompare(String(b.valores['clave']), 'es', { numeric: true }),
  )

async function filasDe(ctx: CtxLectura, def: DescripcionCatalogo): Promise<Registro[]> {
  return tienePermiso(ctx, permisosDe(def).VER) ? ordenados(await listarTodos(ctx.bd, def, false)) : []
}

function nodo(def: DescripcionCatalogo, fila: Registro, sobre: string, hijas: NodoDeCategorias[]): NodoDeCategorias {
  const codigo = `${sobre}${String(fila.valores['clave'])}`
  return {
    nivel: def.slug,
    id: fila.id,
    codigo,
    descripcion: String(fila.valores['descripcion']),
    activo: fila.activo,
    hijas,
  }
}

/** Every node, active or not, by key: three queries whatever their number. */
export async function arbolDeCategorias(ctx: CtxLectura): Promise<NodoDeCategorias[]> {
  const [categorias, subcategorias, clasificaciones] = await Promise.all([
    filasDe(ctx, CATEGORIAS),
    filasDe(ctx, SUBCATEGORIAS),
    filasDe(ctx, CLASIFICACIONES),
  ])
  const dentro = (filas: readonly Registro[], campo: string): Map<number, Registro[]> => {
    const grupos = new Map<number, Registro[]>()
    for (const fila of filas) {
      const padre = Number(fila.valores[campo])
      grupos.set(padre, [...(grupos.get(padre) ?? []), fila])
    }
    return grupos
  }
  const porCategoria = dentro(subcategorias, 'categoria')
  const porSubcategoria = dentro(clasificaciones, 'subcategoria')
  return categorias.map((categoria) => {
    const clave = `${String(categoria.valores['clave'])}.`
    return nodo(
      CATEGORIAS,
      categoria,
      '',
      (porCategoria.get(categoria.id) ?? []).map((sub) =>
        nodo(
          SUBCATEGORIAS,
          sub,
          clave,
          (porSubcategoria.get(sub.id) ?? []).map((clasificacion) =>
            nodo(CLASIFICACIONES, clasificacion, `${clave}${String(sub.valores['clave'])}.`, []),
          ),
        ),
      ),
    )
  })
}

/** What the page of the tree needs: each level as its own catalogue, and the row that the address names. */
export async function paginaDeCategorias(
  ctx: Contexto,
  abierto: { readonly nivel: string; readonly registro: number } | null,
): Promise<PaginaCategorias> {
  const niveles = await Promise.all(
    NIVELES_DE_CATEGORIAS.map(async (def) =>
      paginaDe(def, {
        opciones: await opcionesDeCatalogo(ctx, def),
        puede: puedeEn(def, (codigo) => tienePermiso(ctx, codigo)),
        ordenable: false,
        registro: abierto?.nivel === def.slug ? abierto.registro : null,
      }),
    ),
  )
  return { niveles }
}
