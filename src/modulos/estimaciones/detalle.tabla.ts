/** The tables of one estimation (§6): it is read whole anyway, so they are paged, sorted and searched here (pte.md §1.7). */
import { dinero } from '../../comun/dinero.ts'
import type { RespuestaTabla } from '../../comun/contrato.ts'
import { leerPaginacion } from '../../comun/paginacion.ts'
import { limpiar } from '../../comun/texto.ts'

type Fila = Readonly<Record<string, unknown>>

interface Orden {
  readonly nombre: string | undefined
  readonly descendente: boolean
}

const NUMERICAS = new Set(['volumen_actual', 'volumen_estimado', 'pu_mn', 'pu_usd', 'importe_mn', 'importe_usd'])
const BUSCABLES = ['anexo', 'codigo', 'concepto', 'unidad', 'sitio', 'fecha', 'comentario_ajuste'] as const

/** The page asked for; without an order, that of the document. */
export function paginarDetalle<F extends Fila>(
  filas: readonly F[],
  consulta: Readonly<Record<string, unknown>>,
  orden: Orden,
): RespuestaTabla<F> {
  const { dibujo, inicio, limite } = leerPaginacion(consulta)
  const texto = limpiar(enTexto(consulta['search[value]'])).toLowerCase()
  const halladas = filas.filter((fila) => BUSCABLES.some((clave) => enTexto(fila[clave]).toLowerCase().includes(texto)))
  const ordenadas = ordenar(halladas, orden)
  return {
    draw: dibujo,
    recordsTotal: filas.length,
    recordsFiltered: halladas.length,
    data: ordenadas.slice(inicio, limite === null ? undefined : inicio + limite),
  }
}

function ordenar<F extends Fila>(filas: readonly F[], orden: Orden): readonly F[] {
  const [primera] = filas
  const { nombre, descendente } = orden
  if (!primera || nombre === undefined || !Object.hasOwn(primera, nombre)) return filas
  const sentido = descendente ? -1 : 1
  return filas.toSorted((una, otra) => sentido * comparar(nombre, una[nombre], otra[nombre]))
}

const NATURAL = new Intl.Collator('es-MX', { numeric: true })

function comparar(clave: string, uno: unknown, otro: unknown): number {
  return NUMERICAS.has(clave)
    ? dinero(enTexto(uno)).comparedTo(dinero(enTexto(otro)))
    : NATURAL.compare(enTexto(uno), enTexto(otro))
}

function enTexto(valor: unknown): string {
  return typeof valor === 'string' || typeof valor === 'number' || typeof valor === 'boolean' ? String(valor) : ''
}
