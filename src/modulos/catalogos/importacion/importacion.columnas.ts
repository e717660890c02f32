/** Columns of the workbook of a catalogue, from its description: those that its export writes. */
import type { DefColumna, DefColumnas } from '../../importacion/index.ts'
import { haceFalta } from '../motor/motor.reglas.ts'
import type { CampoCatalogo, DescripcionCatalogo } from '../motor/motor.tipos.ts'

const LARGO_DE_OPCION = 500
const LARGO_DE_ORDEN = 10
const LARGO_DE_COLOR = 7

function celdaDe(campo: CampoCatalogo): Pick<DefColumna, 'tipo'> & Record<string, unknown> {
  switch (campo.clase) {
    case 'linea':
      return { tipo: 'texto', largo: campo.largo }
    case 'texto':
      return { tipo: 'parrafos' }
    case 'nivel':
    case 'referencia':
      return { tipo: 'texto', largo: LARGO_DE_OPCION }
    case 'orden':
      return { tipo: 'texto', largo: LARGO_DE_ORDEN }
    case 'importancia':
      return { tipo: 'importe', enteros: 4, decimales: 2, cosa: 'porcentaje' }
    case 'color':
      return { tipo: 'texto', largo: LARGO_DE_COLOR }
  }
}

function explicacionDe(campo: CampoCatalogo): string {
  const obligatorio = haceFalta(campo) ? 'Obligatorio. ' : ''
  const ayuda = campo.ayuda === undefined ? '' : ` ${campo.ayuda}`
  if (campo.clase === 'nivel')
    return `${obligatorio}Una de: ${campo.opciones.map(({ texto }) => texto).join(', ')}.${ayuda}`
  if (campo.clase === 'referencia') return `${obligatorio}El texto o el ID de una opción de la hoja Catálogos.${ayuda}`
  if (campo.clase === 'linea') return `${obligatorio}Hasta ${String(campo.largo)} caracteres.${ayuda}`
  if (campo.clase === 'color') return `${obligatorio}Con # y seis cifras, por ejemplo #3498db.${ayuda}`
  return `${obligatorio}${campo.clase === 'texto' ? 'Texto libre.' : ''}${ayuda}`.trim() || 'Texto libre.'
}

function ejemploDe(campo: CampoCatalogo): string | number | null {
  switch (campo.clase) {
    case 'linea':
      return campo.mayusculas ? 'CLAVE' : 'Escribe aquí el nombre'
    case 'nivel':
      return campo.opciones[0]?.texto ?? null
    case 'orden':
      return '1'
    case 'importancia':
      return 10
    case 'color':
      return campo.porDefecto
    case 'texto':
    case 'referencia':
      return null
  }
}

/** By name of the field, with its label as another title; and the id and state of the export. */
export function columnasDe(def: DescripcionCatalogo): DefColumnas {
  return {
    id: {
      tipo: 'id',
      titulo: 'ID',
      explicacion:
        'ID de un registro que ya existe y que se va a cambiar. Vacío: se busca por su nombre y, si no está, se crea.',
      ejemplos: [null],
    },
    ...Object.fromEntries(
      def.campos.map((campo) => [
        campo.nombre,
        {
          ...celdaDe(campo),
          titulo: campo.etiqueta,
          obligatoria: haceFalta(campo),
          explicacion: explicacionDe(campo),
          ejemplos: [ejemploDe(campo)],
        } as DefColumna,
      ]),
    ),
    estatus: {
      tipo: 'opcion',
      titulo: 'Estatus',
      valores: { Activo: 'Activo', Inactivo: 'Inactivo' },
      explicacion: 'Solo informa: al importar nadie se activa ni se desactiva. Eso se hace en la página del catálogo.',
      ejemplos: [null],
    },
  }
}
