/** Workbooks of prices and a picture of an empty contract, for the tests of their load. */
import { existsSync } from 'node:fs'
import type { Concepto } from '../../src/modulos/contratos/contratos.tipos.ts'
import type { FotoDePrecios, PlanDePrecios } from '../../src/modulos/contratos/importacion/plan.tipos.ts'
import { planearPrecios } from '../../src/modulos/contratos/importacion/planear.reglas.ts'
import { leerLibroDePrecios } from '../../src/modulos/contratos/importacion/precios.excel.ts'
import type { LibroDePrecios } from '../../src/modulos/contratos/importacion/precios.tipos.ts'
import { dinero } from '../../src/comun/dinero.ts'
import { libroDePrueba, type CeldaDePrueba, type HojaDePrueba } from './libro.ts'

/** The real workbooks, which stay outside of the project; null when they are not there. */
const REALES = new URL('../../../shared/fixtures/contrato/', import.meta.url).pathname
export const libroReal = (nombre: string): string => `${REALES}${nombre}.xlsx`
export const HAY_REALES = existsSync(libroReal('ANEXO_C_CONTRATO'))

type Titulo =
  | 'ANEXO'
  | 'PARTIDA'
  | 'CONCEPTO'
  | 'UNIDAD'
  | 'CANTIDADES DE REFERENCIA'
  | 'P.U. MN'
  | 'P.U. USD'
  | 'PTE CREACION'
  | 'OT CREACION'
  | 'FECHA SANCION'
  | 'PARTIDA EXT'
  | 'ESTATUS'
  | 'COMENTARIO'

export type FilaDePrecio = Partial<Record<Titulo, CeldaDePrueba>>

const DE_CONTRATO: readonly Titulo[] = [
  'ANEXO',
  'PARTIDA',
  'CONCEPTO',
  'UNIDAD',
  'CANTIDADES DE REFERENCIA',
  'P.U. MN',
  'P.U. USD',
]
const DE_PUE: readonly Titulo[] = [
  ...DE_CONTRATO,
  'PTE CREACION',
  'OT CREACION',
  'FECHA SANCION',
  'PARTIDA EXT',
  'ESTATUS',
  'COMENTARIO',
]

const CONCEPTO: FilaDePrecio = {
  ANEXO: 'C-2',
  PARTIDA: '2.1.',
  CONCEPTO: 'TUBO DE ACERO',
  UNIDAD: 'M',
  'CANTIDADES DE REFERENCIA': 76,
  'P.U. MN': 11813.3,
  'P.U. USD': 0,
}

/** A row of the contract that is right in everything, but for what is told. */
export const concepto = (cambios: FilaDePrecio = {}): FilaDePrecio => ({ ...CONCEPTO, ...cambios })

/** A row of the PUEs. */
export const pue = (cambios: FilaDePrecio = {}): FilaDePrecio => ({
  CONCEPTO: 'SERVICIO ESPECIAL',
  UNIDAD: 'SERVICIO',
  'CANTIDADES DE REFERENCIA': 1,
  'P.U. MN': 0,
  'P.U. USD': 0,
  'PARTIDA EXT': 'C2EXT-0001',
  ...cambios,
})

const hojaCon =
  (columnas: readonly Titulo[], porOmision: string) =>
  (filas: readonly FilaDePrecio[], nombre = porOmision): HojaDePrueba => ({
    nombre,
    filas: [columnas, ...filas.map((fila) => columnas.map((columna) => fila[columna] ?? null))],
  })

export const hojaDeContrato = hojaCon(DE_CONTRATO, 'Anexo C-2-CR')
export const hojaDePues = hojaCon(DE_PUE, 'PUE´s BME')

/** Cell with a number and a format of two decimals: 2.1 is seen as 2.10. */
export const conDosDecimales = (numero: number): CeldaDePrueba => ({
  xml: `<c r="{r}" s="1"><v>${String(numero)}</v></c>`,
})
const ESTILOS =
  '<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0.00"/><numFmt numFmtId="171" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>'

/** Bytes of a workbook of those sheets. */
export const libroDePrecios = (...hojas: readonly HojaDePrueba[]): Buffer =>
  libroDePrueba({ hojas, partes: { 'xl/styles.xml': ESTILOS } })

/** Bytes of a workbook of one sheet of the contract. */
export const libroDeContrato = (...filas: readonly FilaDePrecio[]): Buffer => libroDePrecios(hojaDeContrato(filas))
/** Bytes of a workbook of one sheet of PUEs. */
export const libroDePues = (...filas: readonly FilaDePrecio[]): Buffer => libroDePrecios(hojaDePues(filas))

/** Bytes of a workbook of products of the system before. */
export function libroDeProductos(filas: readonly (readonly CeldaDePrueba[])[]): Buffer {
  const titulos = [
    'id_partida',
    'descripcion_concepto',
    'anexo',
    'id_sitio',
    'id_tipo_partida',
    'id_unidad_medida',
    'precio_unitario_mn',
    'precio_unitario_usd',
    'activo',
  ]
  return libroDePrueba({ hojas: [{ nombre: 'FUENTE', filas: [titulos, ...filas] }] })
}

/** A contract with the annexes C-2 and C-7, both empty, but for what is told. */
export function fotoDePrecios(cambios: Partial<FotoDePrecios> = {}): FotoDePrecios {
  const subAnexo = (id: number, claveAnexo: string, activo = true) => ({
    id,
    idAnexoMaestro: 1,
    claveAnexo,
    descripcion: claveAnexo,
    activo,
  })
  return {
    destino: { contrato: { id: 1, numero: 'K-1' }, anexo: { id: 1, clave: 'C' } },
    unidades: [
      { id: 1, clave: 'PIEZA', activo: true },
      { id: 5, clave: 'DÍA', activo: true },
      { id: 11, clave: 'M', activo: true },
      { id: 14, clave: 'SERVICIO', activo: true },
      { id: 15, clave: 'TON', activo: true },
      { id: 99, clave: 'VIEJA', activo: false },
    ],
    subAnexos: [subAnexo(2, 'C-2'), subAnexo(7, 'C-7'), subAnexo(9, 'C-9', false)],
    secciones: [],
    conceptos: [],
    desactivados: [],
    huellas: new Map(),
    ...cambios,
  }
}

/** A concept as it is stored: the one of `concepto()` unless told. */
export const guardado = (cambios: Partial<Concepto> = {}): Concepto => ({
  id: 100,
  idTipoPartida: 6,
  idSubAnexo: 2,
  idSeccion: null,
  orden: 2,
  partidaOrdinaria: '2.1.',
  partidaExtraordinaria: null,
  codigoInterno: null,
  descripcion: 'TUBO DE ACERO',
  idUnidadMedida: 11,
  cantidad: dinero('76'),
  precioUnitarioMn: dinero('11813.30'),
  precioUnitarioUsd: dinero('0'),
  categoria: null,
  subcategoria: null,
  clasificacion: null,
  pteCreacion: null,
  otCreacion: null,
  idPteCreacion: null,
  idOtCreacion: null,
  fechaAutorizacion: null,
  estatus: null,
  comentario: null,
  activo: true,
  version: 1,
  ...cambios,
})

/** A PUE as it is stored: the one of `pue()` unless told. */
export const pueGuardada = (cambios: Partial<Concepto> = {}): Concepto =>
  guardado({
    id: 200,
    idTipoPartida: 7,
    idSubAnexo: null,
    orden: null,
    partidaOrdinaria: null,
    partidaExtraordinaria: 'C2EXT-0001',
    descripcion: 'SERVICIO ESPECIAL',
    idUnidadMedida: 14,
    cantidad: dinero('1'),
    precioUnitarioMn: dinero('0'),
    ...cambios,
  })

/** Reads a workbook of prices. */
export async function leerPrecios(bytes: Buffer): Promise<LibroDePrecios> {
  const libro = await leerLibroDePrecios(bytes)
  if (libro.clase !== 'precios') throw new Error('It is a workbook of products')
  return libro
}

/** Reads a workbook and plans it. */
export async function planDePrecios(
  bytes: Buffer,
  foto: FotoDePrecios = fotoDePrecios(),
  crear = false,
): Promise<PlanDePrecios & { libro: LibroDePrecios; mensajes: string[]; avisos: string[] }> {
  const libro = await leerPrecios(bytes)
  const plan = planearPrecios(libro, foto, { crear })
  return {
    ...plan,
    libro,
    mensajes: plan.errores.map(({ mensaje }) => mensaje),
    avisos: plan.advertencias.map(({ mensaje }) => mensaje),
  }
}
