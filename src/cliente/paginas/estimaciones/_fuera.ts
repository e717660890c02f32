/** «Lo que no entró»: production of the period that is not in the estimation, by reason, each row with the way to what to mend. */
import { cifraCorta, conMiles, dinero, textoDinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import {
  rutaEstimacion,
  rutaNueva,
  type PaginaEstimacion,
} from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import {
  FILAS_POR_GRUPO,
  GRUPOS_FUERA,
  RUTA_FUERA,
  type FilaFuera,
  type GrupoDeFuera,
  type GrupoFuera,
  type MasFuera,
  type RespuestaFuera,
} from '../../../modulos/estimaciones/fuera.contrato.ts'
import { esperar } from '../../comun/dialogo.ts'
import { buscar, crear, exigir } from '../../comun/dom.ts'
import { FalloDeServidor, obtener } from '../../comun/http.ts'
import { enlacesDeMotivos } from './_motivos.ts'

/** What the page does when the person adds lines: all that may be, or those. */
type Agregar = (ids: readonly number[] | null) => Promise<void>

/** Fills the panel of the page. */
export async function mostrarFuera(pagina: PaginaEstimacion, agregar: Agregar): Promise<void> {
  const caja = exigir('#fuera', HTMLElement)
  try {
    const respuesta = await obtener<RespuestaFuera>(RUTA_FUERA, { id: pagina.id }, { deFondo: true, sinAviso: true })
    caja.replaceChildren(...partes(respuesta, pagina, agregar))
    contarEnPestana(respuesta)
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    caja.replaceChildren(crear('p', { class: 'tenue' }, error.envoltura.detalles))
  }
}

/** The tab says how many, so that nobody has to open it to know. */
function contarEnPestana({ total, avisos }: RespuestaFuera): void {
  const cuantas = total + avisos.reduce((suma, grupo) => suma + grupo.cuantas, 0)
  const pestana = buscar('#pestana-fuera', HTMLElement)
  if (pestana && cuantas > 0) pestana.textContent = `Lo que no entró (${conMiles(String(cuantas))})`
}

function partes({ total, grupos, avisos }: RespuestaFuera, pagina: PaginaEstimacion, agregar: Agregar): HTMLElement[] {
  if (pagina.estatus === 'CANCELADA')
    return [crear('p', {}, 'La estimación se canceló: toda su producción quedó libre.')]
  const deAvisos = avisos.map((grupo) => cajaDeGrupo(grupo, pagina, { agregar, aviso: true }))
  const titulo = pagina.estatus === 'EN_ESTIMACION' ? 'Líneas que impiden enviarla' : 'Líneas que cambiaron después'
  return [
    ...(deAvisos.length === 0 ? [] : [crear('h2', {}, titulo), ...deAvisos]),
    crear(
      'p',
      {},
      total === 0
        ? 'Toda la producción del periodo está en esta estimación.'
        : `${plural(total, 'producción', 'producciones')} del periodo ${total === 1 ? 'no está' : 'no están'} en esta estimación. Cada una aparece una vez, en su primer motivo.`,
    ),
    ...grupos.map((grupo) => cajaDeGrupo(grupo, pagina, { agregar, aviso: false })),
  ]
}

const importes = (mn: string, usd: string): string =>
  [`${textoDinero(dinero(mn))} M.N.`, ...(dinero(usd).isZero() ? [] : [`${textoDinero(dinero(usd))} USD`])].join(' · ')

function cajaDeGrupo(
  grupo: GrupoDeFuera,
  pagina: PaginaEstimacion,
  { agregar, aviso }: { agregar: Agregar; aviso: boolean },
): HTMLElement {
  const { grupo: clave, cuantas, importe_mn: mn, importe_usd: usd } = grupo
  return crear(
    'details',
    // What can be done at once is in sight.
    { class: 'est-fuera', open: clave === 'ESTIMABLE' && !aviso },
    crear(
      'summary',
      {},
      crear('strong', {}, GRUPOS_FUERA[clave]),
      crear(
        'span',
        { class: 'cifras' },
        aviso ? plural(cuantas, 'línea', 'líneas') : `${conMiles(String(cuantas))} · ${importes(mn, usd)}`,
      ),
    ),
    ...accionDe(grupo, pagina, agregar),
    ...(grupo.estimaciones.length === 0
      ? []
      : [
          crear(
            'ul',
            {},
            ...grupo.estimaciones.map((otra) =>
              crear(
                'li',
                {},
                crear('a', { href: rutaEstimacion(otra.id) }, otra.folio),
                ` (${otra.estatus}): ${plural(otra.cuantas, 'producción', 'producciones')}, ${importes(otra.importe_mn, otra.importe_usd)}`,
              ),
            ),
          ),
        ]),
    ...tablaDeGrupo(grupo, pagina, aviso),
  )
}

/** What can be done with a whole group, on a draft: add it; later, bill it apart. */
function accionDe(grupo: GrupoDeFuera, pagina: PaginaEstimacion, agregar: Agregar): HTMLElement[] {
  const { grupo: clave, filas, cuantas } = grupo
  if (clave !== 'ESTIMABLE' && clave !== 'RECHAZADA') return []
  if (!pagina.puede.editar)
    return pagina.puede_crear && clave === 'ESTIMABLE'
      ? [crear('p', {}, crear('a', { class: 'boton', href: rutaNueva(pagina.id_ot) }, 'Estimarla en otra'))]
      : []
  // Without a list the server adds everything; what somebody rejected comes back only by its name.
  const ids = clave === 'ESTIMABLE' ? null : filas.map(({ id_produccion: id }) => id)
  const texto =
    ids === null
      ? 'Agregar lo que ya se puede'
      : cuantas > ids.length
        ? `Volver a agregar las primeras ${String(ids.length)}`
        : 'Volver a agregar lo rechazado'
  const boton = crear('button', { type: 'button', class: `boton ${ids === null ? 'boton-primario' : ''}` }, texto)
  boton.addEventListener('click', () => void esperar(boton, () => agregar(ids)))
  return [crear('p', {}, boton)]
}

/** The first rows, and the rest as it is asked for. */
function tablaDeGrupo(
  { grupo, cuantas, filas }: GrupoDeFuera,
  pagina: PaginaEstimacion,
  aviso: boolean,
): HTMLElement[] {
  const cuerpo = crear('tbody', {}, ...filas.map(renglon))
  const titulo = `${GRUPOS_FUERA[grupo]}: producción`
  const columnas = ['Partida', 'Fecha', 'Sitio', 'Tipo', 'Saldo', 'Importe M.N.', 'Importe USD', 'Motivo']
  const tabla = crear(
    'div',
    { class: 'desplazable', tabindex: 0, role: 'group', 'aria-label': titulo },
    crear(
      'table',
      { class: 'tabla-simple compacta' },
      crear('caption', { class: 'solo-lector' }, titulo),
      crear(
        'thead',
        {},
        crear(
          'tr',
          {},
          ...columnas.map((texto, i) => crear('th', { scope: 'col', class: i >= 4 && i <= 6 ? 'numero' : '' }, texto)),
        ),
      ),
      cuerpo,
    ),
  )
  const quedan = (): number => cuantas - cuerpo.childElementCount
  if (quedan() <= 0) return [tabla]
  if (aviso) return [tabla, crear('p', { class: 'tenue' }, `Y ${plural(quedan(), 'línea', 'líneas')} más.`)]
  const mas = crear('button', { type: 'button', class: 'boton' }, '')
  const rotular = (): void => {
    mas.hidden = quedan() <= 0
    mas.textContent =
      quedan() > FILAS_POR_GRUPO
        ? `Ver ${String(FILAS_POR_GRUPO)} más de ${conMiles(String(quedan()))}`
        : `Ver ${String(quedan())} más`
  }
  rotular()
  mas.addEventListener('click', () => {
    void esperar(mas, () => pedirMas(pagina.id, grupo, cuerpo)).then(rotular)
  })
  return [tabla, crear('p', {}, mas)]
}

async function pedirMas(id: number, grupo: GrupoFuera, cuerpo: HTMLElement): Promise<void> {
  const { filas } = await obtener<MasFuera>(RUTA_FUERA, { id, grupo, desde: cuerpo.childElementCount })
  cuerpo.append(...filas.map(renglon))
}

function renglon(fila: FilaFuera): HTMLElement {
  return crear(
    'tr',
    {},
    crear('th', { scope: 'row', title: `${fila.anexo} · ${fila.concepto}` }, fila.codigo),
    crear('td', { class: 'cifras' }, aDdMmAaaa(leerFechaIso(fila.fecha)) ?? fila.fecha),
    crear('td', {}, fila.sitio),
    crear('td', {}, fila.tipo_tiempo),
    crear('td', { class: 'numero' }, `${cifraCorta(fila.saldo)} ${fila.unidad}`),
    crear('td', { class: 'numero' }, textoDinero(dinero(fila.importe_mn))),
    crear('td', { class: 'numero' }, textoDinero(dinero(fila.importe_usd))),
    crear('td', {}, ...(fila.motivos.length === 0 ? ['—'] : enlacesDeMotivos(fila.id_produccion, fila.motivos))),
  )
}
