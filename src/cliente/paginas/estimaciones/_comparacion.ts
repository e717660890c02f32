/** What a comparison says: its figures, what is odd in the workbook, what has to be chosen, and its rows. */
import { cifraCorta, dinero, textoDinero } from '../../../comun/dinero.ts'
import { plural } from '../../../comun/texto.ts'
import {
  NO_COMPARAR,
  RESULTADOS,
  RUTA_COMPARAR,
  type Comparacion,
  type ConceptoDeFamilia,
  type GrupoDelArchivo,
  type PaginaComparar,
  type Resultado,
} from '../../../modulos/estimaciones/comparar/comparar.contrato.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { esperar } from '../../comun/dialogo.ts'
import { crear, idUnico, oRaya } from '../../comun/dom.ts'
import { enviarJson, FalloDeServidor } from '../../comun/http.ts'
import { TablaDeComparacion } from './_comparacion-tabla.ts'

/** Problems of the workbook that the page lists. */
const MAXIMO_LISTADOS = 200

export function crearComparacion(comparacion: Comparacion, pagina: PaginaComparar): HTMLElement[] {
  const puede = pagina.puede.comparar && comparacion.impedimento === null
  return [
    seccion('Resultado', [resumen(comparacion), ...avisos(comparacion)]),
    ...(comparacion.ambiguas.length === 0 ? [] : [ambiguas(comparacion, pagina.puede.comparar)]),
    ...(comparacion.sin_concepto.length === 0 ? [] : [sinConcepto(comparacion.sin_concepto)]),
    new TablaDeComparacion(comparacion, puede).elemento,
  ]
}

function seccion(titulo: string, hijos: readonly (Node | string)[]): HTMLElement {
  const id = idUnico('titulo')
  return crear(
    'section',
    { class: 'seccion', 'aria-labelledby': id },
    crear('h2', { id }, titulo),
    crear('div', { class: 'seccion-cuerpo comparar-cuerpo' }, ...hijos),
  )
}

function tabla(nombre: string, columnas: readonly (readonly [string, string?])[], filas: HTMLElement[]): HTMLElement {
  return crear(
    'div',
    { class: 'desplazable', tabindex: 0, role: 'group', 'aria-label': nombre },
    crear(
      'table',
      { class: 'tabla-simple tabla-apilable' },
      crear('caption', { class: 'solo-lector' }, nombre),
      crear(
        'thead',
        {},
        crear('tr', {}, ...columnas.map(([titulo, clase]) => crear('th', { scope: 'col', class: clase }, titulo))),
      ),
      crear('tbody', {}, ...filas),
    ),
  )
}

const celda = (titulo: string, contenido: Node | string, clase?: string): HTMLElement =>
  crear('td', { 'data-titulo': titulo, class: clase }, contenido)

function resumen({ resumen: cuentas, hoja, disposicion, con_sitio, con_tipo }: Comparacion): HTMLElement {
  const filas = (Object.keys(RESULTADOS) as Resultado[]).map((resultado) => {
    const { filas: cuantas, nuestro, suyo, diferencia_mn: mn, diferencia_usd: usd } = cuentas[resultado]
    return crear(
      'tr',
      {},
      crear('th', { scope: 'row' }, RESULTADOS[resultado]),
      celda('Renglones', String(cuantas), 'numero'),
      celda('Estimación', cifraCorta(nuestro), 'numero'),
      celda('Archivo', cifraCorta(suyo), 'numero'),
      celda('Diferencia M.N.', textoDinero(dinero(mn)), 'numero'),
      celda('Diferencia USD', textoDinero(dinero(usd)), 'numero'),
    )
  })
  const nivel = ['concepto', 'día', ...(con_sitio ? ['sitio'] : []), ...(con_tipo ? ['tipo de tiempo'] : [])]
  const detalle = `${nivel.slice(0, -1).join(', ')} y ${nivel.at(-1) ?? ''}`
  const forma = disposicion === 'lista' ? 'lista' : 'sábana'
  return crear(
    'div',
    {},
    crear('p', { class: 'ayuda' }, `Hoja «${hoja}», en forma de ${forma}: se compara por ${detalle}.`),
    tabla(
      'Cuántos renglones son iguales y cuántos no',
      [
        ['Resultado'],
        ['Renglones', 'numero'],
        ['Estimación', 'numero'],
        ['Archivo', 'numero'],
        ['Diferencia M.N.', 'numero'],
        ['Diferencia USD', 'numero'],
      ],
      filas,
    ),
  )
}

function avisos(c: Comparacion): HTMLElement[] {
  const lista = (problemas: Comparacion['errores'], total: number, titulo: string, abierta: boolean): HTMLElement[] =>
    total === 0
      ? []
      : [
          crear(
            'details',
            abierta ? { open: true } : {},
            crear('summary', {}, titulo),
            crear(
              'ul',
              {},
              ...problemas
                .slice(0, MAXIMO_LISTADOS)
                .map(({ celda: donde, mensaje }) =>
                  crear('li', {}, donde === '' || mensaje.includes(donde) ? mensaje : `${donde}: ${mensaje}`),
                ),
              total > MAXIMO_LISTADOS ? crear('li', {}, `Y ${plural(total - MAXIMO_LISTADOS, 'más', 'más')}.`) : null,
            ),
          ),
        ]
  return [
    ...(c.impedimento === null ? [] : [crear('p', { class: 'nota nota-advertencia' }, c.impedimento)]),
    ...lista(
      c.errores,
      c.total_errores,
      plural(c.total_errores, 'celda que no se pudo leer', 'celdas que no se pudieron leer'),
      true,
    ),
    ...lista(
      c.advertencias,
      c.total_advertencias,
      plural(c.total_advertencias, 'advertencia', 'advertencias'),
      c.total_advertencias <= 5,
    ),
  ]
}

const dice = ({ anexo, codigo, concepto, unidad }: GrupoDelArchivo): string =>
  [anexo, codigo, concepto, unidad].filter((uno) => uno !== null).join(' · ')
const nombre = ({ anexo, codigo, concepto, unidad }: ConceptoDeFamilia): string =>
  `${anexo} · ${codigo} · ${concepto.slice(0, 90)} (${unidad})`

/** Groups that several concepts may be: somebody says which. */
function ambiguas({ id, ambiguas: grupos }: Comparacion, puede: boolean): HTMLElement {
  const selectores = grupos.map((grupo) => {
    const selector = crear(
      'select',
      { class: 'entrada', 'aria-label': `Concepto de ${dice(grupo)}`, disabled: !puede },
      crear('option', { value: '' }, 'Elige…'),
      ...grupo.opciones.map((opcion) => crear('option', { value: opcion.clave }, nombre(opcion))),
      crear('option', { value: NO_COMPARAR }, 'No comparar estas filas'),
    )
    selector.value = grupo.elegida ?? ''
    return { grupo, selector }
  })
  const boton = crear('button', { type: 'button', class: 'boton boton-primario' }, 'Guardar lo elegido')
  boton.addEventListener('click', () => {
    const elecciones = Object.fromEntries(
      selectores
        .filter(({ grupo, selector }) => selector.value !== '' && selector.value !== grupo.elegida)
        .map(({ grupo, selector }) => [grupo.clave, selector.value]),
    )
    void esperar(boton, async () => {
      try {
        const { detalles } = await enviarJson(RUTA_COMPARAR.ELEGIR, { id, elecciones })
        recargarConAviso('exito', detalles)
      } catch (error) {
        if (!(error instanceof FalloDeServidor)) throw error
      }
    })
  })
  return seccion('Partidas que pueden ser varias', [
    crear(
      'p',
      { class: 'ayuda' },
      'Su código está en varios conceptos y el archivo no dice cuál es. Mientras no elijas, nada de esos conceptos se aplica.',
    ),
    tabla(
      'Partidas del archivo que pueden ser varias',
      [['El archivo dice'], ['Celda'], ['Volumen', 'numero'], ['Es']],
      selectores.map(({ grupo, selector }) =>
        crear(
          'tr',
          {},
          crear('th', { scope: 'row' }, dice(grupo)),
          celda('Celda', grupo.celda, 'cifras'),
          celda('Volumen', cifraCorta(grupo.volumen), 'numero'),
          celda('Es', selector),
        ),
      ),
    ),
    ...(puede ? [crear('div', { class: 'acciones-formulario acciones-inicio' }, boton)] : []),
  ])
}

function sinConcepto(grupos: readonly GrupoDelArchivo[]): HTMLElement {
  const listados = grupos.slice(0, MAXIMO_LISTADOS)
  return seccion('Partidas del archivo que no son de esta OT', [
    tabla(
      'Partidas del archivo que no son de esta OT',
      [['Partida'], ['Anexo'], ['Concepto'], ['Celda'], ['Volumen', 'numero']],
      listados.map(({ codigo, anexo, concepto, celda: donde, volumen }) =>
        crear(
          'tr',
          {},
          crear('th', { scope: 'row' }, codigo),
          celda('Anexo', oRaya(anexo)),
          celda('Concepto', oRaya(concepto)),
          celda('Celda', donde, 'cifras'),
          celda('Volumen', cifraCorta(volumen), 'numero'),
        ),
      ),
    ),
    ...(grupos.length > listados.length
      ? [crear('p', { class: 'ayuda' }, `Y ${String(grupos.length - listados.length)} más.`)]
      : []),
  ])
}
