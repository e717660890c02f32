import { Conflicto, SinPermiso } from '../../../comun/errores.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import type { AreaDePermisos } from '../usuarios.contrato.ts'
import type { Cuenta } from '../usuarios.tipos.ts'

/** Who acts, as these rules need it. */
type Actor = Pick<CtxLectura, 'usuario' | 'sistema' | 'permisos'>

/** A superuser and *Sistema* may do everything to everybody. */
function puedeTodo({ usuario, sistema }: Actor): boolean {
  return sistema || usuario?.esSuperusuario === true
}

/** Only a superuser makes another one, or takes it away. @throws SinPermiso */
export function exigirSuperusuario(actor: Actor): void {
  if (!puedeTodo(actor)) throw new SinPermiso('Solo un superusuario puede nombrar o quitar a otro superusuario.')
}

/**
 * Who is not a superuser administers only accounts that can do no more than themself: otherwise a new e-mail or a link
 * for the password would be a way up.
 * @throws SinPermiso
 */
export function exigirPuedeTocar(actor: Actor, cuenta: Pick<Cuenta, 'esSuperusuario' | 'alcanzables'>): void {
  if (puedeTodo(actor)) return
  if (cuenta.esSuperusuario) throw new SinPermiso('Solo un superusuario puede cambiar la cuenta de otro superusuario.')
  if (cuenta.alcanzables.some((codigo) => !actor.permisos.has(codigo)))
    throw new SinPermiso('Esa cuenta tiene permisos que tú no tienes: solo un superusuario puede cambiarla.')
}

/** Nobody gives what they do not hold. @throws SinPermiso naming the first that is missing. */
export function exigirPuedeDar(actor: Actor, codigos: readonly string[], etiquetas: ReadonlyMap<string, string>): void {
  if (puedeTodo(actor)) return
  const ajeno = codigos.find((codigo) => !actor.permisos.has(codigo))
  if (ajeno === undefined) return
  throw new SinPermiso(
    `No puedes dar un permiso que tú no tienes: «${etiquetas.get(ajeno) ?? ajeno}». Pídelo a un superusuario.`,
  )
}

/**
 * Nobody takes from a group what they do not hold: leaving a colleague without what they have over oneself would be the
 * first step to take over their account. @throws SinPermiso naming the first.
 */
export function exigirPuedeQuitar(
  actor: Actor,
  codigos: readonly string[],
  etiquetas: ReadonlyMap<string, string>,
): void {
  if (puedeTodo(actor)) return
  const ajeno = codigos.find((codigo) => !actor.permisos.has(codigo))
  if (ajeno === undefined) return
  throw new SinPermiso(
    `No puedes quitar a un grupo un permiso que tú no tienes: «${etiquetas.get(ajeno) ?? ajeno}». Pídelo a un superusuario.`,
  )
}

const DE_OTRA_PERSONA = {
  activo: 'No puedes desactivar tu propia cuenta. Pídelo a otra persona que administre usuarios.',
  permisos: 'No puedes cambiar tus propios permisos ni grupos. Pídelo a otra persona que administre usuarios.',
  email: 'Tu correo se cambia en Mi perfil, donde se pide tu contraseña.',
  clave: 'Tu contraseña se cambia en Mi perfil, donde se pide la de ahora.',
} as const

/**
 * A person cannot deactivate, demote nor promote themself (core.md §2.3). Their e-mail and password are changed in their
 * profile, which asks for the password: an open session that somebody found is not enough to keep the account.
 * @throws Conflicto
 */
export function exigirQueNoSeaPropia(
  actor: Actor,
  cuenta: Pick<Cuenta, 'id'>,
  que: keyof typeof DE_OTRA_PERSONA,
): void {
  if (actor.usuario?.id !== cuenta.id) return
  const detalles = DE_OTRA_PERSONA[que]
  throw new Conflicto(detalles, que === 'email' ? { campos: { email: detalles } } : {})
}

/** Part of the system a permission belongs to, in the order of the matrix. */
const AREAS: readonly (readonly [string, readonly string[]])[] = [
  ['PTE', ['pteheader', 'ptedetalle']],
  ['Órdenes de trabajo', ['ote', 'otdetalle']],
  [
    'Anexo C y producción',
    ['importacionanexo', 'produccion', 'reportediario', 'reportemensual', 'registrogpu', 'cicloguardia'],
  ],
  ['Estimaciones', ['estimacionheader', 'estimacion', 'tipocambio']],
  ['Contratos y precios', ['contrato', 'anexocontrato', 'subanexo', 'conceptomaestro', 'producto']],
  [
    'Catálogos',
    [
      'catalogos',
      'tipo',
      'estatus',
      'frente',
      'sitio',
      'unidadmedida',
      'responsableproyecto',
      'cliente',
      'paso',
      'pasoot',
      'categoria',
      'subcategoria',
      'clasificacion',
      'superintendente',
    ],
  ],
  ['Administración', ['registroactividad', 'user', 'parametro']],
]
const OTRA_AREA = 'Otros'

/** Area of a code `app.action_model`. */
export function areaDePermiso(codigo: string): string {
  const modelo = codigo.replace(/^[^.]*\.[^_]*_/, '')
  return AREAS.find(([, modelos]) => modelos.includes(modelo))?.[0] ?? OTRA_AREA
}

/** Permissions together by area, areas and permissions in their order. */
export function agruparPorArea<P extends { readonly codigo: string }>(
  permisos: readonly P[],
): { area: string; permisos: P[] }[] {
  return [...AREAS.map(([area]) => area), OTRA_AREA]
    .map((area) => ({ area, permisos: permisos.filter(({ codigo }) => areaDePermiso(codigo) === area) }))
    .filter((grupo) => grupo.permisos.length > 0)
}

/** The labels of what is held, by area; areas without any are left out. */
export function permisosPorArea(
  areas: readonly AreaDePermisos[],
  codigos: readonly string[],
): { area: string; permisos: string[] }[] {
  const tiene = new Set(codigos)
  return areas
    .map(({ area, permisos }) => ({
      area,
      permisos: permisos.filter(({ codigo }) => tiene.has(codigo)).map(({ etiqueta }) => etiqueta),
    }))
    .filter(({ permisos }) => permisos.length > 0)
}
