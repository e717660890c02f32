/** What changes from one Anexo C to another: totals before and after, and the partidas by tabs. */
import { cifraCorta, conMiles, dinero, textoDinero } from '../../comun/dinero.ts'
import {
  MAXIMO_DE_LISTA,
  type CambioDePartida,
  type Comparacion,
  type ConceptoSinDestino,
  type PartidaBreve,
  type Problema,
} from '../../modulos/anexo/anexo.contrato.ts'
import { crear } from '../comun/dom.ts'
import { crearListaPaginada, type ColumnaDeLista } from './lista-paginada.ts'
import { crearPestanas, type Pestana } from './pestanas.ts'

const POR_PAGINA = 50

const CAMPO: Readonly<Record<CambioDePartida['campo'], string>> = {
  anexo: 'Anexo',
  codigo: 'Partida',
  concepto: 'Descripción',
  volumen: 'Cantidad',
  precio_unitario_mn: 'MXN',
  precio_unitario_usd: 'USD',
}

const valorDe = ({ campo }: CambioDePartida, valor: string): string =>
  campo === 'anexo' || campo === 'codigo' || campo === 'concepto' ? valor : cifraCorta(valor)

const COLUMNAS_PARTIDA: readonly ColumnaDeLista<PartidaBreve>[] = [
  { titulo: 'Partida', celda: ({ codigo }) => codigo },
  { titulo: 'Anexo', celda: ({ anexo }) => anexo },
  { titulo: 'Descripción', clase: 'texto-largo', celda: ({ concepto }) => concepto },
  { titulo: 'Unidad', celda: ({ unidad }) => unidad },
  { titulo: 'Cantidad', clase: 'numero', celda: ({ volumen }) => cifraCorta(volumen) },
  { titulo: 'MXN', clase: 'numero', celda: ({ precio_unitario_mn: mn }) => cifraCorta(mn) },
  { titulo: 'USD', clase: 'numero', celda: ({ precio_unitario_usd: usd }) => cifraCorta(usd) },
]

const COLUMNAS_CAMBIO: readonly ColumnaDeLista<CambioDePartida>[] = [
  { titulo: 'Partida', clase: 'texto-largo', celda: ({ clave }) => clave },
  { titulo: 'Dato', celda: ({ campo }) => CAMPO[campo] },
  { titulo: 'Antes', celda: (cambio) => valorDe(cambio, cambio.antes) },
  { titulo: 'Después', celda: (cambio) => valorDe(cambio, cambio.despues) },
]

const COLUMNAS_PROBLEMA: readonly ColumnaDeLista<Problema>[] = [
  {
    titulo: 'Celda',
    celda: ({ hoja, celda, fila }) => (celda === '' ? `${hoja}, fila ${String(fila)}` : `${hoja}!${celda}`),
  },
  { titulo: 'Columna', celda: ({ columna }) => columna },
  { titulo: 'Valor', celda: ({ valor }) => valor },
  { titulo: 'Qué pasa', clase: 'texto-largo', celda: ({ mensaje }) => mensaje },
]

const COLUMNAS_SIN_DESTINO: readonly ColumnaDeLista<ConceptoSinDestino>[] = [
  { titulo: 'Concepto', clase: 'texto-largo', celda: ({ clave }) => clave },
  { titulo: 'Producciones', clase: 'numero', celda: ({ producciones }) => String(producciones) },
  { titulo: 'Volumen', clase: 'numero', celda: ({ volumen }) => cifraCorta(volumen) },
]

/** A list whose rows are already here. */
function lista<F>(nombre: string, filas: readonly F[], columnas: readonly ColumnaDeLista<F>[]): HTMLElement {
  return crearListaPaginada<F>({
    nombre,
    total: filas.length,
    porPagina: POR_PAGINA,
    columnas,
    pedir: (inicio) => Promise.resolve(filas.slice(inicio, inicio + POR_PAGINA)),
  })
}

function pestana<F>(
  titulo: string,
  filas: readonly F[],
  total: number,
  columnas: readonly ColumnaDeLista<F>[],
): Pestana[] {
  if (total === 0) return []
  return [
    {
      titulo: `${titulo} (${conMiles(String(total))})`,
      crear: (caja) => {
        caja.append(lista(titulo, filas, columnas))
        if (total > filas.length)
          caja.append(crear('p', { class: 'ayuda' }, `Se muestran las primeras ${String(MAXIMO_DE_LISTA)}.`))
      },
    },
  ]
}

/** Problems of a workbook with the cell of each. */
export function pestanasDeProblemas(datos: {
  errores: readonly Problema[]
  total_errores: number
  advertencias: readonly Problema[]
  total_advertencias: number
}): Pestana[] {
  return [
    ...pestana('Errores', datos.errores, datos.total_errores, COLUMNAS_PROBLEMA),
    ...pestana('Advertencias', datos.advertencias, datos.total_advertencias, COLUMNAS_PROBLEMA),
  ]
}

/** New, changed and removed partidas. */
export function pestanasDeCambios({
  nuevas,
  cambiadas,
  eliminadas,
  conteos,
}: Pick<Comparacion, 'nuevas' | 'cambiadas' | 'eliminadas' | 'conteos'>): Pestana[] {
  return [
    ...pestana('Nuevas', nuevas, conteos.nuevas, COLUMNAS_PARTIDA),
    ...pestana('Cambios', cambiadas, conteos.cambiadas, COLUMNAS_CAMBIO),
    ...pestana('Quitadas', eliminadas, conteos.eliminadas, COLUMNAS_PARTIDA),
  ]
}

/** Production that would be left without a partida. */
export function pestanaSinDestino(conceptos: readonly ConceptoSinDestino[]): Pestana[] {
  return pestana('Producción sin partida', conceptos, conceptos.length, COLUMNAS_SIN_DESTINO)
}

/** The tabs that have something, or that there is nothing to tell. */
export function crearDetalle(nombre: string, pestanas: Pestana[], nada: string): HTMLElement {
  return pestanas.length === 0 ? crear('p', {}, nada) : crearPestanas(nombre, pestanas)
}

/** Totals of the annex before and after. */
export function tablaDeTotales(
  totales: Comparacion['totales'],
  programa: { antes: Comparacion['programa']['antes']; despues: Comparacion['programa']['despues'] },
  titulos: readonly [string, string] = ['Antes', 'Después'],
): HTMLElement {
  const renglon = (nombre: string, antes: string, despues: string): HTMLElement =>
    crear(
      'tr',
      { class: antes === despues ? '' : 'distinto' },
      crear('th', { scope: 'row' }, nombre),
      crear('td', { class: 'numero', 'data-titulo': titulos[0] }, antes),
      crear('td', { class: 'numero', 'data-titulo': titulos[1] }, despues),
    )
  const { antes, despues } = totales
  const importe = (texto: string): string => textoDinero(dinero(texto))
  const programado = ({ dias, volumen }: { dias: number; volumen: string }): string =>
    dias === 0 ? 'Sin programa' : `${conMiles(String(dias))} días · ${cifraCorta(volumen)}`
  return crear(
    'div',
    { class: 'desplazable', tabindex: 0, role: 'group', 'aria-label': 'Totales' },
    crear(
      'table',
      { class: 'tabla-simple tabla-apilable' },
      crear('caption', { class: 'solo-lector' }, 'Totales'),
      crear(
        'thead',
        {},
        crear(
          'tr',
          {},
          crear('th', { scope: 'col' }, 'Totales'),
          ...titulos.map((titulo) => crear('th', { scope: 'col', class: 'numero' }, titulo)),
        ),
      ),
      crear(
        'tbody',
        {},
        renglon('Partidas', conMiles(String(antes.partidas)), conMiles(String(despues.partidas))),
        renglon('Pesos', importe(antes.mn), importe(despues.mn)),
        renglon('Dólares', `US${importe(antes.usd)}`, `US${importe(despues.usd)}`),
        renglon(`Homologado (TC ${despues.tipo_cambio})`, importe(antes.homologado), importe(despues.homologado)),
        renglon('Programa', programado(programa.antes), programado(programa.despues)),
      ),
    ),
  )
}
