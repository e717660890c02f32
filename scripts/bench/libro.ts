import { createWriteStream } from 'node:fs'
import { fechaIso, sumarDias } from '../../src/comun/fechas.ts'
import { type ColumnaExcel, escribirLibro, type ValorExcel } from '../../src/plataforma/excel/escribir.ts'

const COLUMNAS: readonly ColumnaExcel[] = [
  { titulo: 'orden_trabajo', tipo: 'texto' },
  { titulo: 'oficio_ot', tipo: 'texto' },
  { titulo: 'descripcion_trabajo', tipo: 'texto' },
  { titulo: 'id_tipo_id', tipo: 'entero' },
  { titulo: 'id_estatus_ot_id', tipo: 'entero' },
  { titulo: 'id_pte_header_id', tipo: 'texto' },
  { titulo: 'ot_principal', tipo: 'texto' },
  { titulo: 'num_reprogramacion', tipo: 'entero' },
  { titulo: 'id_responsable_proyecto_id', tipo: 'entero' },
  { titulo: 'id_cliente_id', tipo: 'entero' },
  { titulo: 'responsable_cliente', tipo: 'texto' },
  { titulo: 'estatus', tipo: 'entero' },
  { titulo: 'fecha_inicio_programado', tipo: 'fecha' },
  { titulo: 'fecha_termino_programado', tipo: 'fecha' },
  { titulo: 'fecha_inicio_real', tipo: 'fecha' },
  { titulo: 'fecha_termino_real', tipo: 'fecha' },
  { titulo: 'monto_mxn', tipo: 'decimal' },
  { titulo: 'monto_usd', tipo: 'decimal' },
  { titulo: 'id_frente', tipo: 'entero' },
  { titulo: 'id_plataforma', tipo: 'entero' },
  { titulo: 'id_embarcacion', tipo: 'entero' },
  { titulo: 'plazo_dias', tipo: 'entero' },
]

/** A historical workbook without faults, with the columns and the kinds of values of the real one. */
export async function escribirHistorico(ruta: string, iniciales: number, reprogramaciones: number): Promise<void> {
  await escribirLibro(createWriteStream(ruta), {
    hoja: 'OT',
    columnas: COLUMNAS,
    filas: filas(iniciales, reprogramaciones),
  })
}

function* filas(iniciales: number, reprogramaciones: number): Generator<ValorExcel[]> {
  for (let i = 1; i <= iniciales; i += 1) yield fila(i, i, null)
  const familias = Math.max(Math.ceil(iniciales / 5), 1)
  for (let i = 1; i <= reprogramaciones; i += 1)
    yield fila(iniciales + i, 1 + ((i - 1) % familias), 1 + Math.floor((i - 1) / familias))
}

const INICIO = fechaIso('2019-02-01')

function fila(n: number, familia: number, numero: number | null): ValorExcel[] {
  const folio = `OT-GRZ-801-${String(19 + (familia % 7))}-${String(familia).padStart(6, '0')}-HIST`
  const inicio = sumarDias(INICIO, familia % 2400)
  const plazo = 10 + (n % 150)
  return [
    folio,
    `PEP-DG-SMLIC-GMICM-SSCIM-PEMP-801-${String(n)}-${String(2019 + (familia % 7))}`,
    `"REFORZAMIENTO Y ADECUACIONES EN LA ESTRUCTURA, PARA LA INSTALACIÓN DE UN EQUIPO MODULAR DE PERFORACIÓN ${String(n)}"`,
    numero === null ? 4 : 5,
    [10, 10, 10, 8, 5, 6][n % 6],
    `BME-3801-${String(familia)}-${String(2019 + (familia % 7))}`,
    numero === null ? null : folio,
    numero,
    [3, 4, 10, 13][n % 4],
    1,
    'REPRESENTANTE DEL CLIENTE 01',
    1,
    inicio,
    sumarDias(inicio, plazo - 1),
    inicio,
    n % 6 < 3 ? sumarDias(inicio, plazo + 3) : null,
    `${String(500_000 + ((n * 7919) % 90_000_000))}.37`,
    n % 2 === 0 ? `${String((n * 104_729) % 9_000_000)}.15` : '0',
    2,
    [9, 10, 12, 26][n % 4],
    1 + (n % 2),
    plazo,
  ]
}
