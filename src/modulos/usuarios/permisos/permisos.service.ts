import { DatosInvalidos } from '../../../comun/errores.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { PERMISOS } from '../permisos-por-grupo.ts'
import type { AreaDePermisos } from '../usuarios.contrato.ts'
import { agruparPorArea } from './permisos.reglas.ts'
import { listarPermisos } from './permisos.repo.ts'

/** Code → label of every permission that exists. */
export async function etiquetasDePermisos(ctx: CtxLectura): Promise<ReadonlyMap<string, string>> {
  return new Map((await listarPermisos(ctx.bd)).map(({ codigo, etiqueta }) => [codigo, etiqueta]))
}

/** @throws DatosInvalidos naming the codes that do not exist. */
export function exigirPermisosConocidos(codigos: readonly string[], etiquetas: ReadonlyMap<string, string>): void {
  const desconocidos = codigos.filter((codigo) => !etiquetas.has(codigo))
  if (desconocidos.length === 0) return
  const detalles = `No existe el permiso «${desconocidos.join('», «')}». Actualiza la página.`
  throw new DatosInvalidos(detalles, { campos: { permisos: detalles } })
}

/** Every permission by area, as forms and the matrix offer them; in each, in the order the program declares them. */
export async function areasDePermisos(ctx: CtxLectura): Promise<AreaDePermisos[]> {
  const declarados = PERMISOS.map(({ codigo }) => codigo)
  const lugar = (codigo: string): number => {
    const declarado = declarados.indexOf(codigo)
    return declarado === -1 ? declarados.length : declarado
  }
  return agruparPorArea((await listarPermisos(ctx.bd)).toSorted((a, b) => lugar(a.codigo) - lugar(b.codigo)))
}
