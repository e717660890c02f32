/** Exchange rates by date (issue D §2): each row says up to which day it holds, so that the days without one are seen. */
import { aDdMmAaaa, diasEntre, fechaIso, leerFechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import {
  RUTA_TASAS,
  VISTAS_DE_TASAS,
  type FilaTasa,
  type PaginaTasas,
} from '../../../modulos/estimaciones/tasas/tasas.contrato.ts'
import { alNoAbrir, montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { botonIcono, buscar, crear, exigir, icono, leerDatosPagina } from '../../comun/dom.ts'
import { DialogoDeTasa } from './_dialogo-tasa.ts'

const { hoy, puede } = leerDatosPagina<PaginaTasas>()

const dia = (iso: string): string => aDdMmAaaa(leerFechaIso(iso)) ?? iso

/** «13/02/2026» alone, or with the days that nobody captured: «15/02/2026, 2 días sin captura». */
function hastaCuando({ fecha, vale_hasta: hasta }: FilaTasa): string {
  const sinCaptura = diasEntre(fechaIso(fecha), fechaIso(hasta))
  return sinCaptura <= 0 ? dia(hasta) : `${dia(hasta)}, ${plural(sinCaptura, 'día', 'días')} sin captura`
}

const dialogo =
  puede.crear || puede.editar
    ? new DialogoDeTasa(hoy, () => {
        lista.tabla.recargar(false)
      })
    : null

const COLUMNAS: Columna<FilaTasa>[] = [
  { nombre: 'id', titulo: 'ID', ordenable: true, visible: false, clase: 'numero' },
  {
    nombre: 'fecha',
    titulo: 'Fecha',
    ordenable: true,
    clase: 'fecha-celda',
    celda: (fila) => dia(fila.fecha),
    texto: (fila) => fila.fecha,
  },
  { nombre: 'valor', titulo: 'Tipo de cambio', ordenable: true, clase: 'numero' },
  { nombre: 'fuente', titulo: 'Fuente', ordenable: true, clase: 'texto-medio' },
  { nombre: 'vale_hasta', titulo: 'Vale hasta', celda: hastaCuando, texto: (fila) => fila.vale_hasta },
  { nombre: 'capturado_por', titulo: 'Capturó' },
  { nombre: 'fecha_captura', titulo: 'Capturado el', ordenable: true, clase: 'fecha-celda' },
  { nombre: 'estimaciones', titulo: 'Estimaciones', ordenable: true, clase: 'numero' },
]

if (puede.editar)
  COLUMNAS.push({
    nombre: 'acciones',
    titulo: 'Opciones',
    fija: true,
    celda: (fila) => {
      const boton = botonIcono(icono('pencil'), `Corregir el del ${dia(fila.fecha)}`)
      boton.addEventListener('click', () => {
        abrir(fila)
      })
      return crear('div', { class: 'acciones-fila' }, boton)
    },
  })

function abrir(fila: FilaTasa): void {
  if (dialogo === null || !puede.editar) return
  void dialogo.corregir(fila.id).catch(
    alNoAbrir(() => {
      lista.tabla.recargar(false)
    }),
  )
}

const lista = montarLista<FilaTasa>({
  caja: exigir('#tabla-tasas', HTMLElement),
  titulo: 'Tipos de cambio',
  ruta: RUTA_TASAS.TABLA,
  columnas: COLUMNAS,
  sustantivo: ['tipo de cambio', 'tipos de cambio'],
  orden: { columna: 'fecha', descendente: true },
  filtros: {
    nombres: ['filtro', 'desde', 'hasta'],
    rotuloBusqueda: 'fecha, valor o fuente',
    ficha: (nombre, valor) => `${nombre}: ${valor}`,
  },
  parametros: ({ filtro, ...resto }) => ({ ...resto, buscar: filtro }),
  vistas: VISTAS_DE_TASAS,
  rutaExportar: puede.exportar ? RUTA_TASAS.EXPORTAR : null,
  alAbrir: abrir,
  teclaAbrir: 'Corregir el tipo de cambio de la fila',
  vacio: {
    conFiltros: 'Ningún tipo de cambio cumple con estos filtros.',
    sinNada: 'Todavía no hay tipos de cambio. Mientras, las estimaciones toman el del sistema.',
  },
})

buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => dialogo?.capturar())
