/** «Detalle diario»: the lines of an estimation by concept, asked for when the tab is seen and drawn when their concept is opened. */
import { cifraCorta, dinero, sumar, textoDinero, textoPrecio, textoVolumen } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import {
  RUTA_ESTIMACION,
  type FilaDetalle,
  type PaginaEstimacion,
} from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { importeDe } from '../../../modulos/estimaciones/importes.contrato.ts'
import { campoDeEntrada, valoresDe } from '../../comun/campos-dialogo.ts'
import { confirmar, preguntar } from '../../comun/dialogo.ts'
import { botonIcono, crear, exigir, icono } from '../../comun/dom.ts'
import { FalloDeServidor, obtener } from '../../comun/http.ts'
import type { Cambiar } from './_cambiar.ts'
import { GrupoPlegable, MAXIMO_ABIERTAS, porConcepto } from './_grupos.ts'

const dia = (fecha: string): string => aDdMmAaaa(leerFechaIso(fecha)) ?? fecha
const numero = (texto: string): HTMLElement => crear('td', { class: 'numero' }, texto)

export class DetalleDiario {
  private readonly pagina: PaginaEstimacion
  private readonly cambiar: Cambiar
  private readonly caja = exigir('#tabla-detalle', HTMLElement)
  private readonly conAcciones: boolean
  private pedido = false

  constructor(pagina: PaginaEstimacion, cambiar: Cambiar) {
    this.pagina = pagina
    this.cambiar = cambiar
    this.conAcciones = pagina.puede.editar || pagina.puede.rechazar
  }

  /** Asks for the lines the first time; refused, it asks again the next. */
  async mostrar(): Promise<void> {
    if (this.pedido) return
    this.pedido = true
    try {
      const { data } = await obtener<{ data: FilaDetalle[] }>(
        RUTA_ESTIMACION.DETALLE,
        { id: this.pagina.id, agrupado: 0, length: -1 },
        { sinAviso: true },
      )
      this.caja.replaceChildren(this.tabla(data))
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
      this.pedido = false
      this.caja.replaceChildren(crear('p', { class: 'tenue', role: 'status' }, error.envoltura.detalles))
    }
  }

  private tabla(filas: readonly FilaDetalle[]): HTMLElement {
    const columna = (texto: string, clase = ''): HTMLElement => crear('th', { scope: 'col', class: clase }, texto)
    const grupos = porConcepto(filas).map((suyas) => this.grupo(suyas))
    if (filas.length <= MAXIMO_ABIERTAS) for (const grupo of grupos) grupo.abrir(true)
    return crear(
      'table',
      { class: 'tabla-simple' },
      crear('caption', { class: 'solo-lector' }, 'Detalle diario de la estimación'),
      crear(
        'thead',
        {},
        crear(
          'tr',
          {},
          columna('Fecha'),
          columna('Sitio'),
          columna('Tipo'),
          columna('Producido', 'numero'),
          columna('Estimado', 'numero'),
          columna('Importe M.N.', 'numero'),
          columna('Importe USD', 'numero'),
          columna('Comentario'),
          ...(this.conAcciones ? [columna('Acciones')] : []),
        ),
      ),
      ...grupos.map(({ cuerpo }) => cuerpo),
    )
  }

  /** A concept at its prices, rounded here as the document does (§4); what was rejected does not count. */
  private grupo(filas: readonly [FilaDetalle, ...FilaDetalle[]]): GrupoPlegable {
    const [primera] = filas
    const vivas = filas.filter(({ rechazada }) => !rechazada)
    const estimado = sumar(vivas.map((fila) => dinero(fila.volumen_estimado)))
    const [puMn, puUsd] = [dinero(primera.pu_mn), dinero(primera.pu_usd)]
    return new GrupoPlegable(primera, {
      columnas: 3,
      despues: [
        numero(textoVolumen(sumar(vivas.map((fila) => dinero(fila.volumen_actual))))),
        numero(textoVolumen(estimado)),
        numero(textoDinero(importeDe(estimado, puMn))),
        numero(textoDinero(importeDe(estimado, puUsd))),
        crear(
          'td',
          { colspan: this.conAcciones ? '2' : '1' },
          `${plural(filas.length, 'línea', 'líneas')} a ${textoPrecio(puMn)} M.N. y ${textoPrecio(puUsd)} USD`.replaceAll(
            '$ ',
            '$\u00a0',
          ),
        ),
      ],
      filas: () => filas.map((fila) => this.fila(fila)),
    })
  }

  private fila(fila: FilaDetalle): HTMLTableRowElement {
    return crear(
      'tr',
      { class: fila.rechazada ? 'inactiva' : '' },
      crear('td', { class: 'cifras' }, dia(fila.fecha)),
      crear('td', { class: 'est-sitio' }, fila.sitio),
      crear('td', {}, fila.tipo_tiempo),
      numero(cifraCorta(fila.volumen_actual)),
      numero(cifraCorta(fila.volumen_estimado)),
      numero(textoDinero(dinero(fila.importe_mn))),
      numero(textoDinero(dinero(fila.importe_usd))),
      crear('td', {}, ...(fila.excedente ? ['Ahora es excedente. '] : []), fila.comentario_ajuste || '—'),
      ...(this.conAcciones ? [this.accionesDe(fila)] : []),
    )
  }

  private ajustar(fila: FilaDetalle): void {
    const control = crear('input', { class: 'entrada', inputmode: 'decimal', value: cifraCorta(fila.volumen_estimado) })
    const comentario = crear('textarea', { class: 'entrada', rows: '2' }, fila.comentario_ajuste)
    const campos = {
      volumen_estimado: campoDeEntrada(
        'Volumen estimado',
        control,
        `Producido: ${cifraCorta(fila.volumen_actual)} ${fila.unidad}`,
      ),
      comentario_ajuste: campoDeEntrada('Comentario de ajuste', comentario, 'Necesario cuando no es todo el saldo.'),
    }
    void preguntar({
      titulo: `Ajustar ${fila.codigo} del ${dia(fila.fecha)}`,
      cuerpo: Object.values(campos).map(({ caja }) => caja),
      aceptar: 'Guardar',
      foco: control,
      alAceptar: () =>
        this.cambiar(
          RUTA_ESTIMACION.AJUSTAR,
          { id_detalle: fila.id_detalle, ...valoresDe(campos) },
          { campos, escrito: true },
        ),
    })
  }

  private async quitar(fila: FilaDetalle): Promise<void> {
    const cuerpo = [
      `${fila.codigo} del ${dia(fila.fecha)} (${cifraCorta(fila.volumen_estimado)} ${fila.unidad}) queda libre para otra estimación.`,
    ]
    if (await confirmar({ titulo: '¿Quitar la línea?', cuerpo, destructivo: true }))
      await this.cambiar(RUTA_ESTIMACION.QUITAR, { ids_detalle: [fila.id_detalle] })
  }

  private rechazar(fila: FilaDetalle): void {
    const comentario = crear('textarea', { class: 'entrada', rows: '3' })
    const campos = { comentario_ajuste: campoDeEntrada('Por qué se rechaza', comentario) }
    void preguntar({
      titulo: `Rechazar ${fila.codigo} del ${dia(fila.fecha)}`,
      cuerpo: [
        crear('p', {}, 'Sale de los totales y su volumen queda libre.'),
        ...Object.values(campos).map(({ caja }) => caja),
      ],
      aceptar: 'Rechazar la línea',
      foco: comentario,
      alAceptar: () =>
        this.cambiar(
          RUTA_ESTIMACION.RECHAZAR,
          { id_detalle: fila.id_detalle, ...valoresDe(campos) },
          { campos, escrito: true },
        ),
    })
  }

  private accionesDe(fila: FilaDetalle): HTMLElement {
    const nombre = `${fila.codigo} del ${dia(fila.fecha)}`
    const accion = (dibujo: SVGSVGElement, texto: string, hacer: () => void): HTMLElement => {
      const boton = botonIcono(dibujo, texto, { 'aria-label': `${texto} ${nombre}` })
      boton.addEventListener('click', hacer)
      return boton
    }
    if (fila.rechazada) return crear('td', {}, 'Rechazada')
    return crear(
      'td',
      { class: 'columna-acciones' },
      crear(
        'div',
        { class: 'acciones-fila' },
        ...(this.pagina.puede.editar
          ? [
              accion(icono('pencil'), 'Ajustar', () => {
                this.ajustar(fila)
              }),
              accion(icono('trash'), 'Quitar', () => void this.quitar(fila)),
            ]
          : []),
        ...(this.pagina.puede.rechazar
          ? [
              accion(icono('x-circle'), 'Rechazar', () => {
                this.rechazar(fila)
              }),
            ]
          : []),
      ),
    )
  }
}
