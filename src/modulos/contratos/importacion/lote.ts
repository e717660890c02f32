/** What the page of a batch lists: read from what the batch noted, and from the concepts as they are now. */
import { conMiles } from '../../../comun/dinero.ts'
import { recortar } from '../../../comun/texto.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { contarCambios, type FilaDeLista } from '../../importacion/index.ts'
import { rutaConcepto } from '../contratos.contrato.ts'
import { TABLA } from './cargar.service.ts'
import * as repo from './precios.repo.ts'

const DE_TITULOS = [TABLA.CONTRATO, TABLA.ANEXO, TABLA.SUB_ANEXO, TABLA.SECCION]

/** How many rows each list of a batch has. */
export async function contarListas({ bd }: CtxLectura, lote: number): Promise<Record<string, number>> {
  const cuentas = await contarCambios(bd, lote)
  const suma = (tablas: readonly string[], de: 'creadas' | 'cambios'): number =>
    cuentas.filter(({ tabla }) => tablas.includes(tabla)).reduce((total, cuenta) => total + cuenta[de], 0)
  const conPrecio = [TABLA.CONCEPTO, TABLA.PRODUCTO]
  return {
    creadas: suma(conPrecio, 'creadas'),
    cambios: suma(conPrecio, 'cambios'),
    titulos: suma(DE_TITULOS, 'creadas'),
  }
}

/** A page of a list of a batch. */
export async function filasDeLote(
  { bd }: CtxLectura,
  lote: number,
  lista: string,
  inicio: number,
  largo: number,
): Promise<FilaDeLista[]> {
  switch (lista) {
    case 'creadas':
      return (await repo.listarCreados(bd, lote, inicio, largo)).map(filaCreada)
    case 'titulos':
      return repo.listarNombres(bd, lote, DE_TITULOS, inicio, largo)
    default:
      return (await repo.listarCampos(bd, lote, inicio, largo)).map(({ id, nombre, hoja, fila, cambio }) => ({
        codigo: nombre,
        ruta: id === null ? null : rutaConcepto(id),
        hoja,
        fila,
        campo: cambio.etiqueta,
        antes: cambio.antes,
        despues: cambio.despues,
      }))
  }
}

const filaCreada = ({
  id,
  nombre,
  hoja,
  fila,
  anexo,
  unidad,
  mn,
  usd,
  descripcion,
}: repo.CreadoPorLote): FilaDeLista => ({
  codigo: nombre,
  ruta: id === null ? null : rutaConcepto(id),
  hoja,
  fila,
  anexo: descripcion === null ? '' : (anexo ?? 'S/A'),
  unidad,
  mn: mn === null ? '' : conMiles(mn),
  usd: usd === null ? '' : conMiles(usd),
  descripcion: descripcion === null ? 'Ya no existe' : recortar(descripcion, 300),
})
