/** Sheet of the deductions of an estimation (issue D §2): there is none when it has no deductions. Pure. */
import type { Dinero } from '../../../comun/dinero.ts'
import type { ContenidoDeLibro, ValorExcel } from '../../../plataforma/excel/escribir.ts'
import { netoDe } from '../deducciones/deducciones.contrato.ts'
import type { DocumentoDeEstimacion } from './exportes.tipos.ts'
import { origenDeTasa } from '../estimaciones.reglas.ts'

/** Each deduction, what they add up to, and the net of each currency and homologado with its rate. */
export function hojaDeDeducciones({ estimacion: e, deducciones }: DocumentoDeEstimacion): ContenidoDeLibro[] {
  if (deducciones.length === 0) return []
  const neto = netoDe(deducciones, e.totales, e.tipoCambio)
  const fila = (rotulo: string, porcentaje: Dinero | null, ...importes: (Dinero | null)[]): ValorExcel[] => [
    rotulo,
    porcentaje === null ? null : { como: 'volumen', valor: porcentaje },
    ...importes.map((valor): ValorExcel => (valor === null ? null : { como: 'importe', valor })),
  ]
  return [
    {
      hoja: 'Deducciones',
      columnas: [
        { titulo: 'Deducción', tipo: 'texto', ancho: 40 },
        { titulo: 'Porcentaje', tipo: 'volumen' },
        { titulo: 'Importe M.N.', tipo: 'importe' },
        { titulo: 'Importe USD', tipo: 'importe' },
        { titulo: 'Homologado M.N.', tipo: 'importe' },
      ],
      filas: [
        fila('Importe de la estimación', null, e.totales.importeMn, e.totales.importeUsd, e.totales.homologado),
        ...deducciones.map((d) => fila(d.nombre, d.porcentaje, d.importeMn, d.importeUsd, null)),
        fila('Total de deducciones', null, neto.deduccionMn, neto.deduccionUsd, neto.deduccionHomologado),
        fila('NETO', null, neto.netoMn, neto.netoUsd, neto.netoHomologado),
        [`Tipo de cambio: ${e.tipoCambio.toFixed(4)}, ${origenDeTasa(e)}`, null, null, null, null],
      ],
    },
  ]
}
