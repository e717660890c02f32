/** What a row of the workbook of a catalogue asks for. Pure. */
import { limpiar, sinAcentos } from '../../../comun/texto.ts'
import type { FilaDeLibro, Foto, Juicio, Propuesta, Registro } from '../../importacion/index.ts'
import { haceFalta, porDefecto } from '../motor/motor.reglas.ts'
import type { CampoCatalogo, DescripcionCatalogo, Valor } from '../motor/motor.tipos.ts'
import type { OpcionDeLibro } from './importacion.repo.ts'

export type CamposDeCatalogo = Readonly<Record<string, Valor>>
export type ValoresDeLibro = Readonly<Record<string, string | number | null>>

/** What the database knows of a catalogue for its import. */
export interface FotoDeCatalogo extends Foto<CamposDeCatalogo> {
  readonly registros: readonly Registro<CamposDeCatalogo>[]
  readonly opciones: ReadonlyMap<string, readonly OpcionDeLibro[]>
  /** Rows that something refers to. */
  readonly usados: ReadonlySet<number>
  /** Names and keys that the rows of the file take, with their first row: another one cannot. */
  readonly tomados: Map<string, number>
}

type Fila = FilaDeLibro<ValoresDeLibro>
type Dice = Juicio<ValoresDeLibro>

/** What two texts are compared by: whatever the case, accents and blanks. */
export const clave = (texto: Valor | undefined): string => sinAcentos(limpiar(String(texto ?? ''))).toLowerCase()

export const claveDeId = (id: number): string => `id ${String(id)}`

/** The name of a row inside its scope. */
export function claveDeNombre(def: DescripcionCatalogo, campos: CamposDeCatalogo): string {
  const ambito = def.ambito.map((nombre) => String(campos[nombre] ?? ''))
  return `nombre ${[...ambito, clave(campos[def.titular])].join('/')}`
}

const clavesUnicas = (def: DescripcionCatalogo, campos: CamposDeCatalogo): string[] =>
  (def.unicos ?? []).map((nombre) => `${nombre} ${clave(campos[nombre])}`)

/** What a stored row is recognised by. */
export function clavesDeRegistro(def: DescripcionCatalogo, id: number, campos: CamposDeCatalogo): string[] {
  return [claveDeId(id), claveDeNombre(def, campos), ...clavesUnicas(def, campos)]
}

function leerOpcion(
  campo: CampoCatalogo,
  texto: string,
  opciones: readonly OpcionDeLibro[],
  actual: Valor | undefined,
  dice: Dice,
): Valor {
  const porTexto = opciones.filter(({ descripcion }) => clave(descripcion) === clave(texto))
  const halladas = porTexto.length > 0 ? porTexto : opciones.filter(({ id }) => String(id) === texto.trim())
  // The choice that the row has already is the one, among several with its text or although it is inactive.
  const elegida = halladas.find(({ id }) => id === actual) ?? halladas.find(({ activo }) => activo) ?? halladas[0]
  if (elegida === undefined) dice.error(campo.nombre, 'y no es una opción del catálogo.')
  else if (elegida.id !== actual && halladas.filter(({ activo }) => activo).length > 1)
    dice.error(campo.nombre, 'y hay varias opciones con ese texto. Escribe su ID.')
  else if (!elegida.activo && elegida.id !== actual) dice.error(campo.nombre, 'y está inactivo. Elige otro.')
  return elegida?.id ?? null
}

function leerNivel(campo: CampoCatalogo, texto: string, dice: Dice): Valor {
  const opciones = campo.clase === 'nivel' ? campo.opciones : []
  const elegida = opciones.find((opcion) => clave(opcion.texto) === clave(texto) || String(opcion.id) === texto.trim())
  if (elegida === undefined) dice.error(campo.nombre, `y debe ser una de: ${opciones.map((o) => o.texto).join(', ')}.`)
  return elegida?.id ?? null
}

function leerCampo(
  campo: CampoCatalogo,
  fila: Fila,
  foto: FotoDeCatalogo,
  actual: Valor | undefined,
  dice: Dice,
): Valor {
  const crudo = fila.valores[campo.nombre] ?? null
  if (crudo === null) return null
  const texto = String(crudo)
  switch (campo.clase) {
    case 'referencia':
      return leerOpcion(campo, texto, foto.opciones.get(campo.nombre) ?? [], actual, dice)
    case 'nivel':
      return leerNivel(campo, texto, dice)
    case 'orden':
      if (!/^\d+(\.\d+)*$/.test(texto))
        dice.error(campo.nombre, 'y se escribe con números y puntos, por ejemplo 4 o 4.1.')
      return texto
    case 'color':
      if (!/^#[\da-f]{6}$/i.test(texto)) dice.error(campo.nombre, 'y se escribe con # y seis cifras.')
      return texto.toLowerCase()
    case 'importancia':
      return Number(texto).toFixed(2)
    case 'linea':
      return campo.mayusculas ? texto.toUpperCase() : texto
    case 'texto':
      return texto
  }
}

/** The record that the row is about, by its id or else by its name: to know which choices it may keep. */
function registroDe(
  def: DescripcionCatalogo,
  fila: Fila,
  foto: FotoDeCatalogo,
): Registro<CamposDeCatalogo> | undefined {
  const { id } = fila.valores
  if (typeof id === 'number') {
    const porId = foto.registros.find((registro) => registro.id === id)
    if (porId) return porId
  }
  const nombre = clave(fila.valores[def.titular])
  const iguales = foto.registros.filter(({ campos, vivo }) => vivo && clave(campos[def.titular]) === nombre)
  return iguales.length === 1 ? iguales[0] : undefined
}

/** Nobody else has the name nor the keys, in the database nor in the rows before. */
function exigirLibres(
  def: DescripcionCatalogo,
  campos: CamposDeCatalogo,
  propio: number | undefined,
  fila: Fila,
  foto: FotoDeCatalogo,
  dice: Dice,
): void {
  const columnas: [string, string, boolean][] = [
    [def.titular, claveDeNombre(def, campos), true],
    ...(def.unicos ?? []).map((nombre): [string, string, boolean] => [
      nombre,
      `${nombre} ${clave(campos[nombre])}`,
      false,
    ]),
  ]
  for (const [columna, llave, soloVivos] of columnas) {
    const otro = foto.registros.find(
      ({ id, vivo, claves }) => id !== propio && (vivo || !soloVivos) && claves.includes(llave),
    )
    const antes = foto.tomados.get(llave)
    if (otro && propio !== undefined) dice.error(columna, `y ya lo tiene el registro ${String(otro.id)}.`)
    else if (otro && !otro.vivo) dice.error(columna, `y lo tiene el registro ${String(otro.id)}, que está inactivo.`)
    else if (antes !== undefined) dice.error(columna, `y ya está en la fila ${String(antes)}.`)
    else foto.tomados.set(llave, fila.fila)
  }
}

/** What a row asks for; what is missing of a new one, and what is not a choice, rejects it. */
export function proponer(
  def: DescripcionCatalogo,
  fila: Fila,
  foto: FotoDeCatalogo,
  dice: Dice,
): Propuesta<CamposDeCatalogo> {
  const registro = registroDe(def, fila, foto)
  const nuevo: Record<string, Valor> = {}
  const campos: Record<string, Valor> = {}
  for (const campo of def.campos) {
    const { nombre } = campo
    const tiene = dice.tiene(nombre)
    const leido = tiene ? leerCampo(campo, fila, foto, registro?.campos[nombre], dice) : null
    if (tiene && leido === null && haceFalta(campo) && (fila.valores[nombre] ?? null) === null)
      dice.falta(
        nombre,
        campo.sujeto.replace(/^\p{Lu}/u, (letra) => letra.toLowerCase()),
      )
    const inicial = porDefecto(campo) ?? null
    nuevo[nombre] = leido ?? inicial
    if (tiene) campos[nombre] = leido ?? (campo.obligatorio === null ? null : (registro?.campos[nombre] ?? inicial))
  }
  const completo = { ...nuevo, ...registro?.campos, ...campos }
  for (const [columna, mensaje] of Object.entries(def.revisar?.(completo) ?? {}))
    dice.error(columna, `y no puede quedar así. ${mensaje}`)
  exigirLibres(def, completo, registro?.id, fila, foto, dice)
  if (typeof fila.valores['id'] === 'number' && registro?.id !== fila.valores['id'])
    dice.aviso('id', 'y no hay un registro con ese ID: se busca por su nombre.')
  const estatus = fila.valores['estatus'] ?? null
  if (estatus === 'Inactivo' && registro?.vivo !== false)
    dice.aviso('estatus', 'pero al importar nadie se desactiva. Hazlo en la página del catálogo.')
  return {
    claves: [
      ...(typeof fila.valores['id'] === 'number' ? [claveDeId(fila.valores['id'])] : []),
      claveDeNombre(def, completo),
      ...clavesUnicas(def, completo),
    ],
    nombre: String(completo[def.titular] ?? ''),
    campos,
    nuevo,
  }
}

/** Why a row cannot take those changes (§1.3): it is of the system, or something depends on the field. */
export function juzgarCambio(
  def: DescripcionCatalogo,
  { id }: Pick<Registro<CamposDeCatalogo>, 'id'>,
  despues: CamposDeCatalogo,
  foto: Pick<FotoDeCatalogo, 'usados'>,
): string | null {
  const cambian = Object.keys(despues)
  if (def.protegidos.has(id) && cambian.some((nombre) => nombre !== def.titular && nombre !== 'comentario'))
    return 'es del sistema: solo se pueden cambiar su descripción y su comentario.'
  const fijo = def.campos.find(({ nombre, fijoEnUso }) => fijoEnUso === true && cambian.includes(nombre))
  if (fijo !== undefined && foto.usados.has(id))
    return `está en uso y no puede cambiar de ${fijo.etiqueta.toLowerCase()}.`
  return null
}
