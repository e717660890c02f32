/** Pure rules of the engine: what must be there, what changes, what is said when a row is in use. */
import { Conflicto, DatosInvalidos } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import type { CampoCatalogo, ConteoDeUso, DescripcionCatalogo, Registro, Valor } from './motor.tipos.ts'

/** What came in a request: an absent field is not touched, null came empty (pte.md §1.6). */
export type Enviado = Readonly<Record<string, Valor | undefined>>
export type Valores = Readonly<Record<string, Valor>>

const MENSAJE_PROTEGIDO = 'Este registro es del sistema y no puede desactivarse.'
const MENSAJE_PROTEGIDO_EDITAR = 'Este registro es del sistema: solo se pueden cambiar su descripción y su comentario.'

/**
 * Every field that is required and has nothing, in the order of the form; the sentence is the first (catalogos.md §5).
 * @throws DatosInvalidos with `campos`, as a warning.
 */
export function exigirObligatorios(def: DescripcionCatalogo, enviado: Enviado, alta: boolean): void {
  const faltan = def.campos.filter(
    ({ nombre, obligatorio }) =>
      obligatorio !== null && (enviado[nombre] === null || (alta && enviado[nombre] === undefined)),
  )
  rechazarCampos(faltan.map(({ nombre, obligatorio }) => [nombre, obligatorio ?? '']))
}

/** Checks of the catalogue itself, over the whole row. @throws DatosInvalidos with `campos`. */
export function exigirCoherencia(def: DescripcionCatalogo, valores: Valores): void {
  rechazarCampos(Object.entries(def.revisar?.(valores) ?? {}))
}

function rechazarCampos(faltas: readonly (readonly [string, string])[]): void {
  const primera = faltas[0]
  if (primera === undefined) return
  throw new DatosInvalidos(primera[1], { tipoAviso: 'advertencia', campos: Object.fromEntries(faltas) })
}

/** What a field holds when a new row does not say. */
export function porDefecto(campo: CampoCatalogo): Valor | undefined {
  return campo.clase === 'nivel' || campo.clase === 'color' ? campo.porDefecto : undefined
}

/** Values of a new row: defaults for what it needs and did not come. */
export function completar(def: DescripcionCatalogo, enviado: Enviado): Enviado {
  return Object.fromEntries(
    def.campos.map((campo) => {
      const valor = enviado[campo.nombre]
      return [campo.nombre, valor === undefined ? porDefecto(campo) : valor]
    }),
  )
}

/** The row as it will be: what did not come stays. */
export function aplicar(def: DescripcionCatalogo, actual: Valores, enviado: Enviado): Valores {
  return Object.fromEntries(
    def.campos.map(({ nombre }) => {
      const valor = enviado[nombre]
      return [nombre, valor === undefined ? (actual[nombre] ?? null) : valor]
    }),
  )
}

/** Names of the fields that are not as they were. */
export function cambiados(antes: Valores, despues: Valores): string[] {
  return Object.keys(despues).filter((nombre) => (antes[nombre] ?? null) !== despues[nombre])
}

/**
 * §1.3: of a row that the program knows only the name and the comment change.
 * @throws Conflicto naming the fields.
 */
export function exigirEditable(def: DescripcionCatalogo, id: number, cambios: readonly string[]): void {
  if (!def.protegidos.has(id)) return
  const fijos = cambios.filter((nombre) => nombre !== def.titular && nombre !== 'comentario')
  if (fijos.length === 0) return
  throw new Conflicto(MENSAJE_PROTEGIDO_EDITAR, {
    campos: Object.fromEntries(fijos.map((nombre) => [nombre, MENSAJE_PROTEGIDO_EDITAR])),
  })
}

/** @throws Conflicto when the row is already as asked, or the program needs it (§1.3). */
export function exigirDesactivable(def: DescripcionCatalogo, registro: Registro): void {
  if (def.protegidos.has(registro.id)) throw new Conflicto(MENSAJE_PROTEGIDO, { tipoAviso: 'error' })
  if (!registro.activo) throw new Conflicto('Este registro ya está inactivo.')
}

/** «3 OTs y 1 PTE»; empty when nothing uses it. */
export function enumerarUsos(usos: readonly ConteoDeUso[]): string {
  const textos = usos
    .filter(({ cuantos }) => cuantos > 0)
    .map(({ uno, varios, cuantos }) => plural(cuantos, uno, varios))
  const ultimo = textos.pop()
  if (ultimo === undefined) return ''
  return textos.length === 0 ? ultimo : `${textos.join(', ')} y ${ultimo}`
}

/**
 * §1.3: a row in use is deactivated only by who has read how many records use it.
 * @throws Conflicto with `requiere_confirmacion`.
 */
export function exigirConfirmacion(titular: string, usos: readonly ConteoDeUso[], confirmado: boolean): void {
  const enUso = usos.filter(({ cuantos }) => cuantos > 0)
  if (enUso.length === 0 || confirmado) return
  const usan = enUso.length === 1 && enUso[0]?.cuantos === 1 ? 'Lo usa' : 'Lo usan'
  throw new Conflicto(
    `«${titular}» está en uso. ${usan}: ${enumerarUsos(enUso)}. Si continúas dejará de ofrecerse en los formularios; lo que ya lo usa lo conserva.`,
    {
      extra: {
        requiere_confirmacion: true,
        usos: enUso.map(({ varios, cuantos }) => ({ texto: varios, cuantos })),
      },
    },
  )
}

/** @throws Conflicto when a field that other rows depend on changes while something uses this one. */
export function exigirFijosSinUso(
  def: DescripcionCatalogo,
  cambios: readonly string[],
  usos: readonly ConteoDeUso[],
): void {
  const campo = def.campos.find(({ nombre, fijoEnUso }) => fijoEnUso === true && cambios.includes(nombre))
  const enUso = enumerarUsos(usos)
  if (campo === undefined || enUso === '') return
  const mensaje = `${campo.sujeto} no se puede cambiar: el registro está en uso (${enUso}).`
  throw new Conflicto(mensaje, { campos: { [campo.nombre]: mensaje } })
}

/** Text of a choice of a fixed list; «No definido» when it is none of them (§3.1). */
export function textoDeNivel(campo: CampoCatalogo, valor: Valor): string {
  if (campo.clase !== 'nivel') return ''
  return campo.opciones.find(({ id }) => id === valor)?.texto ?? 'No definido'
}

/** Whether a new row cannot do without it. */
export const haceFalta = (campo: CampoCatalogo): boolean =>
  campo.obligatorio !== null && porDefecto(campo) === undefined
