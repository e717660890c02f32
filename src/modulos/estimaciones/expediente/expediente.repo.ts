import { z } from 'zod'
import { unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql } from '../../../plataforma/sql.ts'

/** How much the expediente of an estimation holds: lines, and files of evidence of their GPUs (those of now). */
export async function medirExpediente(
  bd: Bd | BdTx,
  idEstimacion: number,
): Promise<{ lineas: number; archivos: number }> {
  const fila = await unaFila(
    bd,
    sql`SELECT (SELECT count(*) FROM estimacion_detalle WHERE id_estimacion_header = ${idEstimacion}) AS lineas,
      (SELECT count(*) FROM estimacion_detalle d JOIN registro_generadores_pu g ON g.id_produccion = d.id_produccion
        JOIN evidencia_gpu e ON e.id_gpu = g.id AND e.fecha_retiro IS NULL WHERE d.id_estimacion_header = ${idEstimacion}) AS archivos`,
    z.object({ lineas: col.entero, archivos: col.entero }),
  )
  return fila ?? { lineas: 0, archivos: 0 }
}
