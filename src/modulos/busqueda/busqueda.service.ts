import { tienePermiso, type Contexto } from '../../plataforma/contexto.ts'
import type { GrupoDeResultados } from './busqueda.contrato.ts'
import { interpretar } from './busqueda.reglas.ts'
import { buscar, type TipoDeRegistro } from './busqueda.repo.ts'

interface Clase {
  readonly tipo: TipoDeRegistro
  readonly titulo: string
  /** Who may not see the list does not find its records, nor learns that they exist. */
  readonly permiso: string
  readonly ruta: (hallada: { readonly id_registro: number; readonly subtitulo: string }) => string
}

const pagina =
  (raiz: string): Clase['ruta'] =>
  ({ id_registro: id }) =>
    `${raiz}${String(id)}/`

/** In the order they are shown. */
const CLASES: readonly Clase[] = [
  { tipo: 'ot', titulo: 'Órdenes de trabajo', permiso: 'operaciones.view_ote', ruta: pagina('/operaciones/ot/') },
  { tipo: 'pte', titulo: 'PTE', permiso: 'operaciones.view_pteheader', ruta: pagina('/operaciones/pte/') },
  {
    tipo: 'concepto',
    titulo: 'Conceptos',
    permiso: 'operaciones.view_conceptomaestro',
    ruta: pagina('/operaciones/catalogos/conceptos/'),
  },
  {
    tipo: 'responsable',
    titulo: 'Responsables de proyecto',
    permiso: 'operaciones.view_responsableproyecto',
    ruta: pagina('/operaciones/catalogos/responsable/'),
  },
  {
    tipo: 'usuario',
    titulo: 'Usuarios',
    permiso: 'auth.view_user',
    ruta: pagina('/administracion/usuarios/'),
  },
]

/**
 * Everything the person may see whose codes or words answer a text: parts of a folio, words in any order, without
 * accents. Groups without results are left out.
 */
export async function buscarEnTodo(ctx: Contexto, texto: string): Promise<GrupoDeResultados[]> {
  const consulta = interpretar(texto)
  const clases = CLASES.filter(({ permiso }) => tienePermiso(ctx, permiso))
  if (consulta === null || clases.length === 0) return []
  const halladas = await buscar(
    ctx,
    clases.map(({ tipo }) => tipo),
    consulta,
  )
  return clases
    .map(({ tipo, titulo, ruta }) => ({
      tipo,
      titulo,
      resultados: halladas
        .filter((fila) => fila.tipo === tipo)
        .map((fila) => ({ ruta: ruta(fila), titulo: fila.titulo, subtitulo: fila.subtitulo })),
    }))
    .filter(({ resultados }) => resultados.length > 0)
}
