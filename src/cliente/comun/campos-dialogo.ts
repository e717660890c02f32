/** Fields of a dialog by the name that the server gives them: what is wrong is said at each one and the focus goes to the first. */
import { crearFecha } from './campo-fecha.ts'
import { campoDeDialogo } from './dialogo.ts'

type Entrada = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

export interface CampoNombrado {
  readonly caja: HTMLElement
  readonly error: HTMLElement
  readonly entrada: Entrada
  /** As it is sent. */
  readonly valor: () => string
}

export type Campos = Readonly<Record<string, CampoNombrado>>

export function campoDeEntrada(etiqueta: string, entrada: Entrada, ayuda?: string): CampoNombrado {
  const campo = campoDeDialogo(etiqueta, entrada, ayuda === undefined ? {} : { ayuda })
  return { ...campo, entrada, valor: () => entrada.value }
}

/** A day; `valor` answers the last one that was well written, so look at `revisarCampos` before. */
export function campoDeFecha(nombre: string, etiqueta: string, valor: string, ayuda?: string): CampoNombrado {
  const { caja, texto, nativa } = crearFecha({ nombre, etiqueta, valor })
  const campo = campoDeDialogo(etiqueta, caja, { entrada: texto, ...(ayuda === undefined ? {} : { ayuda }) })
  return { ...campo, entrada: texto, valor: () => nativa.value }
}

/** Says what is wrong with each field and takes it away from the others. @returns whether some field was marked. */
export function marcarCampos(campos: Campos, faltas: Readonly<Record<string, string>>): boolean {
  let primera: HTMLElement | null = null
  for (const [nombre, { error, entrada }] of Object.entries(campos)) {
    error.textContent = faltas[nombre] ?? ''
    if (faltas[nombre] === undefined) entrada.removeAttribute('aria-invalid')
    else {
      entrada.setAttribute('aria-invalid', 'true')
      primera ??= entrada
    }
  }
  primera?.focus()
  return primera !== null
}

/** What the controls can say by themselves: a day that does not exist never goes out as another one. */
export function revisarCampos(campos: Campos): boolean {
  const mal = Object.entries(campos).filter(([, { entrada }]) => !entrada.checkValidity())
  return !marcarCampos(
    campos,
    Object.fromEntries(mal.map(([nombre, { entrada }]) => [nombre, entrada.validationMessage])),
  )
}

export const valoresDe = (campos: Campos): Record<string, string> =>
  Object.fromEntries(Object.entries(campos).map(([nombre, { valor }]) => [nombre, valor()]))
