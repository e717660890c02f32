/** Deductions in the printed estimation (issue D §2): after its totals, with what is left; nothing when it has none. Pure. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { textoPlano, type Dinero } from '../../../comun/dinero.ts'
import { aLaDerecha, cabezas, cifra, tarjetas } from '../../../plataforma/pdf/piezas.ts'
import { netoDe, type Deduccion } from '../deducciones/deducciones.contrato.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import { origenDeTasa } from '../estimaciones.reglas.ts'

const importe = (valor: Dinero): string => cifra(textoPlano(valor, 2))

/** What is left in each currency, as the totals are shown; nothing when it has no deductions. */
export function netos(deducciones: readonly Deduccion[], e: Estimacion): Content[] {
  if (deducciones.length === 0) return []
  const { netoMn, netoUsd, netoHomologado } = netoDe(deducciones, e.totales, e.tipoCambio)
  return [
    tarjetas([
      ['Neto M.N.', `$ ${importe(netoMn)}`, 'Total menos deducciones'],
      ['Neto USD', `$ ${importe(netoUsd)}`, 'Total menos deducciones'],
      ['Neto homologado M.N.', `$ ${importe(netoHomologado)}`, 'Neto M.N. + neto USD, al mismo tipo de cambio'],
    ]),
  ]
}

/** The table with its two totals, kept on one page with its title where it fits. */
export function bloqueDeDeducciones(deducciones: readonly Deduccion[], e: Estimacion): Content[] {
  if (deducciones.length === 0) return []
  const neto = netoDe(deducciones, e.totales, e.tipoCambio)
  const fila = ({ nombre, porcentaje, importeMn, importeUsd }: Deduccion): TableCell[] => [
    { text: nombre, style: 'celda' },
    aLaDerecha(porcentaje === null ? '' : `${porcentaje.toFixed()} %`),
    aLaDerecha(importe(importeMn)),
    aLaDerecha(importe(importeUsd)),
    aLaDerecha(''),
  ]
  const suma = (rotulo: string, importes: readonly Dinero[]): TableCell[] => [
    { text: rotulo, style: 'subtotal', colSpan: 2 },
    {},
    ...importes.map((valor) => aLaDerecha(importe(valor), 'subtotal')),
  ]
  return [
    { text: 'Deducciones', style: 'seccion' },
    {
      table: {
        headerRows: 1,
        dontBreakRows: true,
        keepWithHeaderRows: 1,
        widths: ['*', 70, 90, 90, 110],
        body: [
          cabezas(['Deducción', 'Porcentaje', 'Importe M.N.', 'Importe USD', 'Homologado M.N.'], 4),
          ...deducciones.map(fila),
          suma('TOTAL DE DEDUCCIONES', [neto.deduccionMn, neto.deduccionUsd, neto.deduccionHomologado]),
          suma('NETO', [neto.netoMn, neto.netoUsd, neto.netoHomologado]),
        ],
      },
      layout: 'rayas',
    },
    {
      text: `Homologado: M.N. + USD × ${e.tipoCambio.toFixed(4)}. Tipo de cambio: ${origenDeTasa(e)}`,
      style: 'nota',
      margin: [0, 4, 0, 0],
    },
  ]
}
