/** Lineage of an OT: the picture, the table with differences, and the comparison of two versions. */
import { dinero, textoDinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import type { DiferenciaVersion, PaginaLinajeOt, VersionLinaje } from '../../../modulos/ot/ot.contrato.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { dibujarLinaje } from '../../componentes/linaje.ts'
import { crear, exigir, leerDatosPagina, oRaya } from '../../comun/dom.ts'
import { hoy } from '../../comun/hoy.ts'

const { id, versiones, suma } = leerDatosPagina<PaginaLinajeOt>()

const DIFERENCIAS = ['Inicio', 'Término', 'Días', 'MXN', 'USD']

const dia = (iso: string | null): string => {
  const fecha = iso === null ? null : leerFechaIso(iso)
  return fecha === null ? '—' : aDdMmAaaa(fecha)
}
const importe = (valor: string): string => textoDinero(dinero(valor))

/** Signed, with the sign said by the text and not only by the colour. */
function celdaDias(valor: number | null, unidad: string): HTMLElement {
  if (valor === null) return crear('td', { class: 'numero' }, '—')
  const signo = valor > 0 ? '+' : valor < 0 ? '−' : ''
  return crear(
    'td',
    { class: `numero${valor > 0 ? ' crece' : valor < 0 ? ' baja' : ''}` },
    `${signo}${String(Math.abs(valor))}${unidad}`,
  )
}

function celdaImporte(valor: string): HTMLElement {
  const decimal = dinero(valor)
  return crear(
    'td',
    { class: 'numero' },
    decimal.isPositive() && !decimal.isZero() ? `+${textoDinero(decimal)}` : textoDinero(decimal),
  )
}

function celdasDiferencia(diferencia: DiferenciaVersion | null): HTMLElement[] {
  if (!diferencia) return DIFERENCIAS.map(() => crear('td', { class: 'numero' }, '—'))
  return [
    celdaDias(diferencia.inicio, ' d'),
    celdaDias(diferencia.termino, ' d'),
    celdaDias(diferencia.dias, ' d'),
    celdaImporte(diferencia.monto_mxn),
    celdaImporte(diferencia.monto_usd),
  ]
}

function fila(version: VersionLinaje): HTMLElement {
  const nombre = version.id === id ? `${version.etiqueta} (esta)` : version.etiqueta
  return crear(
    'tr',
    { class: version.id === id ? 'actual' : null },
    crear('th', { scope: 'row' }, crear('a', { href: version.ruta }, nombre)),
    crear('td', {}, oRaya(version.oficio_ot)),
    crear('td', { class: 'cifras' }, dia(version.inicio)),
    crear('td', { class: 'cifras' }, dia(version.termino)),
    crear('td', { class: 'numero' }, oRaya(version.dias)),
    crear('td', { class: 'numero' }, importe(version.monto_mxn)),
    crear('td', { class: 'numero' }, importe(version.monto_usd)),
    ...celdasDiferencia(version.contra_anterior),
    ...celdasDiferencia(version.contra_inicial),
    crear('td', {}, oRaya(version.motivo)),
    crear('td', { class: 'texto-libre' }, oRaya(version.comentario)),
    crear('td', {}, crearInsignia(version.estatus.texto, version.estatus.tono)),
  )
}

function tablaDeVersiones(): HTMLTableElement {
  const sueltas = ['Versión', 'Oficio OT', 'Inicio', 'Término', 'Días', 'MXN', 'USD']
  const finales = ['Motivo', 'Comentario', 'Estatus']
  const alta = (titulo: string): HTMLElement => crear('th', { scope: 'col', rowspan: 2 }, titulo)
  const cabeza = crear(
    'thead',
    {},
    crear(
      'tr',
      {},
      ...sueltas.map(alta),
      crear('th', { scope: 'colgroup', colspan: DIFERENCIAS.length }, 'Contra la anterior'),
      crear('th', { scope: 'colgroup', colspan: DIFERENCIAS.length }, 'Contra la inicial (acumulado)'),
      ...finales.map(alta),
    ),
    crear(
      'tr',
      {},
      ...[...DIFERENCIAS, ...DIFERENCIAS].map((titulo) => crear('th', { scope: 'col', class: 'numero' }, titulo)),
    ),
  )
  const pie = suma
    ? crear(
        'tfoot',
        {},
        crear(
          'tr',
          {},
          crear('th', { scope: 'row', colspan: sueltas.length }, 'Suma de las diferencias = última menos inicial'),
          ...celdasDiferencia(suma),
          crear('td', { colspan: DIFERENCIAS.length + finales.length }),
        ),
      )
    : null
  return crear('table', { class: 'tabla-simple tabla-linaje' }, cabeza, crear('tbody', {}, ...versiones.map(fila)), pie)
}

const dibujo = dibujarLinaje(
  versiones.map((version) => ({
    etiqueta: version.etiqueta,
    inicio: version.inicio,
    termino: version.termino,
    inicioReal: version.inicio_real,
    terminoReal: version.termino_real,
    dias: version.dias,
    montoMxn: version.monto_mxn,
    montoUsd: version.monto_usd,
    movimiento: version.contra_anterior?.termino ?? null,
    motivo: version.motivo,
  })),
  hoy(),
)
exigir('#linaje-dibujo', HTMLElement).replaceChildren(
  dibujo ??
    crear(
      'p',
      { class: 'tenue' },
      'Ninguna versión tiene inicio y término programados; captúralos para ver la línea de tiempo.',
    ),
)
exigir('#linaje-tabla', HTMLElement).replaceChildren(tablaDeVersiones())
exigir('#boton-imprimir', HTMLButtonElement).addEventListener('click', () => {
  window.print()
})
