/** The rows behind a number of the page, in a dialog: what, where, who and when, and the way to where each was captured. */
import { conMiles } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import {
  RUTA_DETALLE_PRODUCCION,
  type DetalleDeProduccion,
  type RenglonDeProduccion,
} from '../../../modulos/produccion/captura/detalle.contrato.ts'
import { enlaceProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { crear, oRaya } from '../../comun/dom.ts'
import { obtener } from '../../comun/http.ts'
import type { FilaCaptura } from './_captura-calculo.ts'
import { diaDe, type LugarDeCaptura } from './_captura-estado.ts'

interface Pedido {
  readonly titulo: string
  readonly idOt: number
  readonly dia?: number | null
  readonly idPartida?: number
  readonly anexo?: string
  readonly acumulado?: boolean
}

/** What a cell of the grid is made of. */
export function pedidoDeCelda(fila: FilaCaptura, columna: string, nombre: string): Pedido {
  const base = { titulo: nombre, idOt: fila.ot.idOt, dia: diaDe(columna), acumulado: columna === 'vol' }
  if (fila.clase === 'concepto') return { ...base, idPartida: fila.datos.id_partida_imp }
  return fila.clase === 'subtotal' ? { ...base, anexo: fila.anexo } : base
}

export async function verDetalle({ sitio, mes, anio }: LugarDeCaptura, pedido: Pedido): Promise<void> {
  const { idOt, dia, idPartida, anexo, acumulado } = pedido
  const { filas, cuantas, volumen } = await obtener<DetalleDeProduccion>(RUTA_DETALLE_PRODUCCION, {
    id_ot: idOt,
    id_sitio: sitio,
    mes,
    anio,
    dia,
    id_partida_imp: idPartida,
    anexo,
    acumulado: acumulado ? 1 : null,
  })
  const resumen =
    cuantas === 0
      ? 'Todavía no hay producción detrás de este número.'
      : `${plural(cuantas, 'registro', 'registros')}, volumen ${conMiles(volumen)}.${cuantas > filas.length ? ` Se muestran los primeros ${String(filas.length)}.` : ''}`
  const titulos = ['Fecha', 'Partida', 'Tipo', 'Frente', 'Volumen', 'GPU', 'Quién y cuándo']
  await confirmar({
    titulo: pedido.titulo,
    cuerpo: [
      crear('p', {}, resumen),
      crear(
        'div',
        {
          class: 'desplazable detalle-produccion',
          tabindex: 0,
          role: 'group',
          'aria-label': 'Registros de producción',
        },
        crear(
          'table',
          { class: 'tabla-simple compacta', hidden: cuantas === 0 },
          crear('thead', {}, crear('tr', {}, ...titulos.map((titulo) => crear('th', { scope: 'col' }, titulo)))),
          crear('tbody', {}, ...filas.map((fila) => renglon(fila, idOt))),
        ),
      ),
    ],
    aceptar: 'Cerrar',
    cancelar: 'Volver',
  })
}

function renglon(fila: RenglonDeProduccion, idOt: number): HTMLElement {
  const [anio = 0, mes = 0] = fila.fecha.split('-').map(Number)
  const lugar = enlaceProduccion({ sitio: fila.id_sitio, mes, anio, ot: idOt, pestana: 'produccion' })
  const fecha = leerFechaIso(fila.fecha)
  return crear(
    'tr',
    {},
    crear('th', { scope: 'row' }, crear('a', { href: lugar }, fecha === null ? fila.fecha : aDdMmAaaa(fecha))),
    crear('td', { title: fila.concepto }, `${fila.codigo} (${fila.anexo})`),
    crear('td', {}, fila.tipo_tiempo),
    crear('td', {}, fila.sitio),
    crear('td', { class: 'numero' }, `${conMiles(fila.volumen)}${fila.es_excedente ? ' excedente' : ''}`),
    crear('td', {}, oRaya(fila.gpu)),
    crear('td', {}, `${fila.usuario}, ${fila.cuando}`),
  )
}
