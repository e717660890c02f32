/** The Anexo C of an OT as somebody loads it: its workbook, its catalogue and its requests. */
import type pg from 'pg'
import type { AnalisisDeAnexo, Problema, RespuestaHistorial } from '../../src/modulos/anexo/anexo.contrato.ts'
import { RUTA_ANEXO } from '../../src/modulos/anexo/anexo.contrato.ts'
import type { Agente, Cuerpo } from './agente.ts'
import { libroDePrueba, type CeldaDePrueba } from './libro.ts'

/** Header of an Anexo C; the days go after it. */
export const CABECERA = ['ANEXO', 'PARTIDA', 'CONCEPTO', 'UNIDAD', 'VOLUMEN PTE', 'P.U. M.N.', 'P.U. USD'] as const

/** A sheet of notes, then the annex with its header in row 8 (anexo-c.md §11.1). */
export function libroDeAnexo(
  filas: readonly (readonly CeldaDePrueba[])[],
  { dias = [], cabecera = CABECERA }: { dias?: readonly CeldaDePrueba[]; cabecera?: readonly CeldaDePrueba[] } = {},
): Buffer {
  const titulos = Array.from({ length: 7 }, (_, i): CeldaDePrueba[] => (i === 2 ? ['SUBTEC, S.A. DE C.V.'] : []))
  return libroDePrueba({
    hojas: [
      { nombre: 'Notas', filas: [['Cualquier cosa']] },
      { nombre: 'ANEXO C OT', filas: [...titulos, [...cabecera, ...dias], ...filas] },
    ],
  })
}

export const X: readonly CeldaDePrueba[] = ['C-2', '2.1.', 'Tubo  de acero', 'm', '1,234.50', '$ 100.00', '-']
export const Y: readonly CeldaDePrueba[] = ['C-3', '3.5.', 'ESTRUCTURA', 'TON', 20.5, 2500.5, 0]
export const W: readonly CeldaDePrueba[] = ['C3EXT', 'C3EXT-1538.1', 'SERVICIO W', 'SERVICIO', 1, 0, 0]

/** Concepts X, Y, Z, Z2 and W of anexo-c.md §11. */
export async function sembrarCatalogo(pool: pg.Pool): Promise<void> {
  await pool.query(`
    WITH contrato AS (INSERT INTO contrato (numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino) VALUES ('640000001', 'CONTRATO', 1, '2025-01-01', '2027-12-31') RETURNING id),
    maestro AS (INSERT INTO contrato_anexo_maestro (id_contrato, clave, descripcion) SELECT id, 'C', 'ANEXO C' FROM contrato RETURNING id),
    sub AS (INSERT INTO contrato_sub_anexo (id_anexo_maestro, clave_anexo, descripcion)
      SELECT id, c, c FROM maestro, unnest(ARRAY['C-2', 'C-3', 'C-4']) c RETURNING id, clave_anexo)
    INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, partida_extraordinaria, descripcion, id_unidad_medida, precio_unitario_mn, precio_unitario_usd)
    SELECT tipo, (SELECT id FROM sub WHERE clave_anexo = anexo), ordinaria, ext, texto, (SELECT id FROM unidad_medida u WHERE u.clave = unidad), mn, usd
    FROM (VALUES (6, 'C-2', '2.1.', NULL, 'TUBO DE ACERO', 'M', 118.25, 0), (6, 'C-3', '3.5.', NULL, 'ESTRUCTURA', 'TON', 0, 0),
      (6, 'C-4', '4.7.', NULL, 'OPERARIO (SOLDADOR)', 'JORNADA', 50, 0), (6, 'C-4', '4.7.', NULL, 'OPERARIO (TUBERO)', 'JORNADA', 50, 0),
      (7, NULL, NULL, 'C3EXT-1538.1', 'SERVICIO W', 'SERVICIO', 0, 20.25)) AS v(tipo, anexo, ordinaria, ext, texto, unidad, mn, usd)`)
}

/** Answer of the endpoint, whichever. */
export interface CuerpoDeCarga extends Cuerpo {
  readonly mensaje: string
  readonly tarea: number
  readonly analisis: AnalisisDeAnexo | null
  readonly errores: readonly Problema[]
  readonly total_errores: number
  readonly libro_errores: string
  readonly huella: string
  readonly importacion_id: number
  readonly numero: number
  readonly total: number
  readonly creadas: number
  readonly actualizadas: number
  readonly recalculadas: number
  readonly advertencias: readonly Problema[]
  readonly produccion_sin_destino: readonly { clave: string; codigo: string }[]
}

/** What a browser does with the annexes. */
export function cargadorDe(de: Agente) {
  const pedir = (idOt: number | null, campos: Record<string, string>) => {
    const peticion = de.post<CuerpoDeCarga>(RUTA_ANEXO.IMPORTAR)
    if (idOt !== null) void peticion.field('ot_id', String(idOt))
    for (const [clave, valor] of Object.entries(campos)) void peticion.field(clave, valor)
    return peticion
  }
  return {
    cargar: (idOt: number | null, libro: Buffer, campos: Record<string, string> = {}, nombre = 'ANEXO.xlsx') =>
      pedir(idOt, campos).attach('archivo', libro, nombre),
    /** With the workbook that another task keeps. */
    seguir: (idOt: number, campos: Record<string, string>) => pedir(idOt, campos),
    historial: async (idOt: number) =>
      (await de.get<RespuestaHistorial>(RUTA_ANEXO.HISTORIAL).query({ ot_id: idOt })).body,
    deshacer: (id: number, confirmado = false) =>
      de
        .post<CuerpoDeCarga>(RUTA_ANEXO.DESHACER)
        .send({ importacion_id: id, confirmar_sin_destino: confirmado ? 1 : 0 }),
  }
}
