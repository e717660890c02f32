/**
 * The statuses as plain tables, for phones and for who does not see the grid: one day with a choice per OT, or the whole month to read. What is
 * chosen goes to the same sheet, so that saving, drafts and conflicts are one.
 */
import { ESTATUS_DIARIO, type OtDelMes } from '../../../modulos/produccion/diario/diario.contrato.ts'
import type { PuedeProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import type { Captura } from '../../componentes/captura.ts'
import { botonIcono, crear, icono, idUnico, oRaya } from '../../comun/dom.ts'
import { hoy } from '../../comun/hoy.ts'
import { bloqueoDeDia, claseDeEstatus } from './_diarios-columnas.ts'
import { diasDelMesElegido, elegirOt, otsDelMes, seleccion } from './_seleccion.ts'

const TODO_EL_MES = 'mes'

export class TablaDeDias {
  readonly caja = crear('div', { class: 'diarios-dia', hidden: true })
  private readonly captura: Captura<OtDelMes>
  private readonly puede: PuedeProduccion
  private readonly comentar: (ot: OtDelMes, dia: number) => void
  private readonly dia = crear('select', { class: 'entrada', id: idUnico('dia') })
  private readonly cuerpo = crear('div', {
    class: 'desplazable',
    tabindex: 0,
    role: 'group',
    'aria-label': 'Estatus por OT',
  })
  /** Month whose days the selector offers. */
  private mes = ''

  constructor(captura: Captura<OtDelMes>, puede: PuedeProduccion, comentar: (ot: OtDelMes, dia: number) => void) {
    this.captura = captura
    this.puede = puede
    this.comentar = comentar
    this.dia.addEventListener('change', () => {
      this.dibujar()
    })
    this.caja.append(
      crear('div', { class: 'campo diarios-dia-campo' }, crear('label', { for: this.dia.id }, 'Día'), this.dia),
      this.cuerpo,
    )
  }

  dibujar(): void {
    if (this.caja.hidden) return
    this.ofrecerDias()
    const ots = otsDelMes()
    if (ots.length === 0) this.cuerpo.replaceChildren(crear('p', { class: 'tenue' }, vacioDelMes()))
    else if (this.dia.value === TODO_EL_MES) this.cuerpo.replaceChildren(this.tablaDelMes(ots))
    else this.cuerpo.replaceChildren(this.tablaDeUnDia(ots, Number(this.dia.value)))
  }

  /** Shows that day, when the month has it. */
  elegirDia(dia: number): void {
    this.ofrecerDias()
    this.dia.value = String(Math.min(dia, diasDelMesElegido()))
    this.dibujar()
    this.dia.focus()
  }

  /** The day of today when the month is the current one, else the first. */
  private ofrecerDias(): void {
    const { mes, anio } = seleccion()
    const clave = `${String(anio)}-${String(mes).padStart(2, '0')}`
    if (this.mes === clave) return
    this.mes = clave
    const dias = Array.from({ length: diasDelMesElegido() }, (_, i) => String(i + 1))
    this.dia.replaceChildren(
      ...dias.map((dia) => new Option(dia, dia)),
      new Option('Todo el mes (para leer)', TODO_EL_MES),
    )
    this.dia.value = hoy().startsWith(clave) ? String(Number(hoy().slice(8))) : '1'
  }

  private valor(ot: OtDelMes, dia: number): string {
    const columna = this.captura.hoja.columnaDe(`dia${String(dia)}`)
    return columna ? this.captura.hoja.valor(ot, columna) : ''
  }

  private tablaDeUnDia(ots: readonly OtDelMes[], dia: number): HTMLElement {
    const titulos = ['OT', 'Estatus', 'Comentario']
    return crear(
      'table',
      { class: 'tabla-simple tabla-apilable tabla-de-un-dia' },
      crear('caption', { class: 'solo-lector' }, `Estatus del día ${String(dia)}`),
      crear('thead', {}, crear('tr', {}, ...titulos.map((titulo) => crear('th', { scope: 'col' }, titulo)))),
      crear('tbody', {}, ...ots.map((ot) => this.filaDeUnDia(ot, dia))),
    )
  }

  private filaDeUnDia(ot: OtDelMes, dia: number): HTMLElement {
    const bloqueo = bloqueoDeDia(ot, dia, this.puede)
    const valor = this.valor(ot, dia)
    const folio = crear('button', { type: 'button', class: 'boton-enlace' }, ot.ot)
    folio.addEventListener('click', () => void elegirOt(ot.id_ot))
    const comentario = ot.comentarios[String(dia)] ?? ''
    const puedeComentar = bloqueo === null && (ot[`dia${dia}`] ?? '') !== '' && ot[`dia${dia}`] !== 'FIRMADO'
    const boton = botonIcono(icono('chat-left-text'), `Comentar el día ${String(dia)} de ${ot.ot}`)
    boton.addEventListener('click', () => {
      this.comentar(ot, dia)
    })
    return crear(
      'tr',
      {},
      crear('th', { scope: 'row' }, folio, crear('small', { class: 'tenue descripcion-corta' }, ot.desc)),
      crear('td', {}, bloqueo === null ? this.eleccion(ot, dia, valor) : textoBloqueado(valor, bloqueo.motivo)),
      crear('td', {}, comentario === '' ? '' : crear('span', {}, comentario), puedeComentar && boton),
    )
  }

  private eleccion(ot: OtDelMes, dia: number, valor: string): HTMLSelectElement {
    const opciones = [new Option('Sin estatus', ''), ...ESTATUS_DIARIO.map((uno) => new Option(uno, uno))]
    const select = crear(
      'select',
      { class: `entrada ${claseDeEstatus(valor)}`, 'aria-label': `Estatus de ${ot.ot}` },
      ...opciones,
    )
    select.value = valor
    select.addEventListener('change', () => {
      select.className = `entrada ${claseDeEstatus(select.value)}`
      this.captura.escribir(String(ot.id_ot), `dia${String(dia)}`, select.value)
    })
    return select
  }

  private tablaDelMes(ots: readonly OtDelMes[]): HTMLElement {
    const dias = Array.from({ length: diasDelMesElegido() }, (_, i) => i + 1)
    return crear(
      'table',
      { class: 'tabla-simple tabla-del-mes' },
      crear('caption', { class: 'solo-lector' }, 'Estatus de cada día del mes por OT'),
      crear(
        'thead',
        {},
        crear(
          'tr',
          {},
          crear('th', { scope: 'col' }, 'OT'),
          ...dias.map((dia) => crear('th', { scope: 'col' }, String(dia))),
        ),
      ),
      crear(
        'tbody',
        {},
        ...ots.map((ot) =>
          crear(
            'tr',
            {},
            crear('th', { scope: 'row' }, ot.ot),
            ...dias.map((dia) => {
              const valor = this.valor(ot, dia)
              return crear(
                'td',
                { class: claseDeEstatus(valor) },
                ot.dias_bloqueados.includes(dia) ? 'Fuera' : oRaya(valor),
              )
            }),
          ),
        ),
      ),
    )
  }
}

function textoBloqueado(valor: string, motivo: string): HTMLElement {
  return crear(
    'span',
    {},
    valor === '' ? '' : crear('strong', {}, `${valor}. `),
    crear('small', { class: 'tenue' }, motivo),
  )
}

/** Why there are no OTs to show. */
export function vacioDelMes(): string {
  return seleccion().sitio === null
    ? 'Elige un frente para ver los reportes diarios de sus OT.'
    : 'Ninguna OT con Anexo C está vigente en este frente en este mes.'
}
