import { DatosInvalidos } from '../../comun/errores.ts'
import { sinAcentos } from '../../comun/texto.ts'
import { CLAVES_COMUNES } from './usuarios.claves-comunes.tipos.ts'
import { LARGO_CLAVE, LARGO_USUARIO } from './usuarios.tipos.ts'

/** What a password must not resemble. */
export interface DatosPersonales {
  readonly username: string
  readonly firstName?: string
  readonly lastName?: string
  readonly email: string
}

const PARECIDO_MAXIMO = 0.7

/**
 * The first reason to refuse a password, or null (core.md §2.1): at least 8 characters, not only digits, not a common
 * one, not similar to the user name, the name or the e-mail.
 */
export function motivoDeClaveDebil(clave: string, datos: DatosPersonales): string | null {
  const largo = Array.from(clave).length
  if (largo < LARGO_CLAVE.minimo) return `La contraseña debe tener al menos ${LARGO_CLAVE.minimo} caracteres.`
  if (largo > LARGO_CLAVE.maximo) return `La contraseña admite hasta ${LARGO_CLAVE.maximo} caracteres.`
  if (/^\d+$/.test(clave)) return 'La contraseña no puede tener solo números.'
  const llana = clave.toLowerCase()
  if (CLAVES_COMUNES.has(llana) || new Set(llana).size < 3) {
    return 'Esa contraseña es de las que todo el mundo prueba. Elige otra.'
  }
  if (seParece(llana, datos)) return 'La contraseña se parece demasiado a tu usuario, tu nombre o tu correo.'
  return null
}

function seParece(clave: string, { username, firstName = '', lastName = '', email }: DatosPersonales): boolean {
  const enteros = [username, firstName, lastName, `${firstName} ${lastName}`, email].map((valor) => valor.toLowerCase())
  const partes = enteros.flatMap((valor) => [valor, valor.replaceAll(' ', ''), ...valor.split(/[\W_]+/)])
  const llana = sinAcentos(clave)
  return partes.some((parte) => parte.length >= 3 && parecido(llana, sinAcentos(parte)) >= PARECIDO_MAXIMO)
}

/** From 0 to 1: twice the longest piece that both share, over the length of the two. */
function parecido(a: string, b: string): number {
  let mayor = 0
  let previa: number[] = Array.from({ length: b.length + 1 }, () => 0)
  for (const letra of a) {
    const fila = [0]
    for (let j = 0; j < b.length; j += 1) fila.push(letra === b[j] ? (previa[j] ?? 0) + 1 : 0)
    mayor = Math.max(mayor, ...fila)
    previa = fila
  }
  return (2 * mayor) / (a.length + b.length)
}

/** A user name as people may write it: letters, digits and `@ . + - _`, without blanks. */
const FORMA_USERNAME = /^[\p{L}\p{N}@.+_-]+$/u
const FORMA_EMAIL = /^[^\s@<>()",;:\\]+@[^\s@<>()",;:\\]+$/

/** What is wrong in a user name and an e-mail, by field. */
export function faltasDeCuenta(datos: Pick<DatosPersonales, 'username' | 'email'>): Record<string, string> {
  const campos: Record<string, string> = {}
  if (!FORMA_USERNAME.test(datos.username) || datos.username.length > LARGO_USUARIO.username) {
    campos['username'] = 'El usuario lleva letras, números y los signos @ . + - _, sin espacios (hasta 150 caracteres).'
  }
  if (!FORMA_EMAIL.test(datos.email) || datos.email.length > LARGO_USUARIO.email)
    campos['email'] = 'El correo no es válido.'
  return campos
}

/** What is wrong in a new password typed twice, by field. */
export function faltasDeClave(clave: string, confirmacion: string, datos: DatosPersonales): Record<string, string> {
  const debil = motivoDeClaveDebil(clave, datos)
  return {
    ...(debil === null ? {} : { clave: debil }),
    ...(clave === confirmacion ? {} : { clave_confirmacion: 'Las dos contraseñas no coinciden.' }),
  }
}

/** @throws DatosInvalidos with the first sentence and every field; nothing when there is none. */
export function rechazarFaltas(campos: Readonly<Record<string, string>>): void {
  const [primero] = Object.values(campos)
  if (primero !== undefined) throw new DatosInvalidos(primero, { campos })
}

/**
 * Judges the data of a new person.
 * @throws DatosInvalidos with every field that is wrong.
 */
export function validarUsuarioNuevo(
  datos: DatosPersonales & { clave: string },
  opciones: { claveDelInstalador: boolean },
): void {
  const debil = opciones.claveDelInstalador
    ? datos.clave === ''
      ? 'La contraseña no puede estar vacía.'
      : null
    : motivoDeClaveDebil(datos.clave, datos)
  rechazarFaltas({ ...faltasDeCuenta(datos), ...(debil === null ? {} : { clave: debil }) })
}
