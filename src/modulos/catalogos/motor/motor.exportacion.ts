/** A catalogue as a workbook or CSV: the fields of its form, so that what leaves can come back by the import. */
import { dinero } from '../../../comun/dinero.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { exportarContenido, type Exportacion } from '../../../plataforma/exportar-tabla.ts'
import type { ColumnaExcel, ValorExcel } from '../../../plataforma/excel/escribir.ts'
import { idsDeTabla, type DefTabla, type PeticionTabla } from '../../../plataforma/tabla.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { anotarLibro } from './motor.auditoria.ts'
import * as repo from './motor.repo.ts'
import type { FiltrosCatalogo } from './motor.schema.ts'
import type { DescripcionCatalogo, Registro } from './motor.tipos.ts'

const FILAS_POR_TROZO = 200

/** Heading of the column with the state of the row. */
export const COLUMNA_ESTATUS = 'Estatus'
export const COLUMNA_ID = 'ID'

/** Columns of the workbook: the id, each field by its label, and the state. */
export function columnasDeLibro(def: DescripcionCatalogo): ColumnaExcel[] {
  return [
    { titulo: COLUMNA_ID, tipo: 'entero' },
    ...def.campos.map(({ etiqueta, clase }): ColumnaExcel =>
      clase === 'importancia'
        ? { titulo: etiqueta, tipo: 'decimal' }
        : { titulo: etiqueta, tipo: 'texto', ancho: clase === 'texto' || clase === 'linea' ? 40 : undefined },
    ),
    { titulo: COLUMNA_ESTATUS, tipo: 'texto' },
  ]
}

/** Values of a row in those columns; choices go by their text. */
export function celdasDe(def: DescripcionCatalogo, registro: Registro): ValorExcel[] {
  const campos = def.campos.map(({ nombre, clase }): ValorExcel => {
    if (clase === 'nivel' || clase === 'referencia') return registro.textos[nombre] ?? ''
    const valor = registro.valores[nombre] ?? null
    return clase === 'importancia' && valor !== null ? dinero(valor) : valor
  })
  return [registro.id, ...campos, registro.activo ? 'Activo' : 'Inactivo']
}

async function* filasDe(ctx: Contexto, def: DescripcionCatalogo, ids: readonly number[]): AsyncGenerator<ValorExcel[]> {
  for (let desde = 0; desde < ids.length; desde += FILAS_POR_TROZO)
    for (const registro of await repo.listarPorId(ctx.bd, def, ids.slice(desde, desde + FILAS_POR_TROZO)))
      yield celdasDe(def, registro)
}

/** The rows of the list with those filters, in its order. It is logged before the first byte leaves. */
export async function exportarCatalogo(
  ctx: Contexto,
  def: DescripcionCatalogo,
  tabla: DefTabla<FiltrosCatalogo>,
  peticion: PeticionTabla<FiltrosCatalogo>,
  formato: 'xlsx' | 'csv',
): Promise<Exportacion> {
  const ids = await idsDeTabla(ctx, tabla, peticion)
  const nombre = `catalogo-${def.slug.replaceAll('_', '-')}-${ctx.hoy}`
  await conTransaccion(ctx, (tx) =>
    anotarLibro(tx, def, {
      evento: 'EXPORTAR',
      campo: 'Exportó',
      detalle: `${plural(ids.length, 'registro', 'registros')} del catálogo ${def.nombre} en ${nombre}.${formato}`,
    }),
  )
  return exportarContenido(formato, nombre, {
    hoja: def.nombre.slice(0, 31),
    columnas: columnasDeLibro(def),
    filas: filasDe(ctx, def, ids),
  })
}
