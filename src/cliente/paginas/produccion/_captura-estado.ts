/** What the tab *Producción* has loaded, with what was typed over it; each sum is worked out when somebody looks at it, and kept. */
import type { HojaCaptura } from '../../componentes/captura/hoja.ts'
import type { Bloqueo, ColumnaCaptura } from '../../componentes/captura/tipos.ts'
import { diasDelMes } from '../../../comun/fechas.ts'
import { TEXTO_BLOQUEO_CELDA } from '../../../modulos/produccion/captura/captura.contrato.ts'
import type { PuedeProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import {
  derivar,
  filasDeCaptura,
  subtotalDe,
  tarjetasDe,
  type Derivado,
  type FilaCaptura,
  type FilaConcepto,
  type OtDeCaptura,
  type Subtotal,
  type Tarjetas,
  type VistaDeCaptura,
} from './_captura-calculo.ts'

export interface LugarDeCaptura extends VistaDeCaptura {
  readonly mes: number
  readonly anio: number
}

/** Days of an order by why they are closed. */
interface DiasCerrados {
  readonly fuera: ReadonlySet<number>
  readonly firmados: ReadonlySet<number>
}

export const diaDe = (columna: string): number | null => {
  const dia = /^dia(\d+)$/.exec(columna)?.[1]
  return dia === undefined ? null : Number(dia)
}

export class EstadoCaptura {
  lugar: LugarDeCaptura = { tipo: 'TE', sitio: 0, mes: 1, anio: 2000 }
  filas: readonly FilaCaptura[] = []
  ots: readonly OtDeCaptura[] = []
  private readonly puede: PuedeProduccion
  private hoja: HojaCaptura<FilaCaptura> | null = null
  private derivados = new Map<string, Derivado>()
  private subtotales = new Map<string, Subtotal>()
  private cerrados = new Map<number, DiasCerrados>()

  constructor(puede: PuedeProduccion) {
    this.puede = puede
  }

  unir(hoja: HojaCaptura<FilaCaptura>): void {
    this.hoja = hoja
  }

  poner(lugar: LugarDeCaptura, ots: readonly OtDeCaptura[]): void {
    this.lugar = lugar
    this.ots = ots
    this.filas = filasDeCaptura(ots)
    this.cerrados = new Map(
      ots.map(({ idOt, sabana }) => [
        idOt,
        { fuera: new Set(sabana.dias_fuera_vigencia), firmados: new Set(sabana.dias_firmados) },
      ]),
    )
    this.olvidarTodo()
  }

  olvidarTodo(): void {
    this.derivados.clear()
    this.subtotales.clear()
  }

  /** After typing in those rows; returns the keys of the rows whose sums change with them. */
  olvidar(filas: Iterable<FilaCaptura>): Set<string> {
    const afectadas = new Set<string>()
    for (const fila of filas) {
      this.derivados.delete(fila.clave)
      afectadas.add(fila.clave)
      if (fila.clase !== 'concepto') continue
      afectadas.add(`${String(fila.ot.idOt)}|SUBTOTAL|${fila.datos.anexo_clave}`)
      afectadas.add(`${String(fila.ot.idOt)}|OT`)
    }
    for (const clave of afectadas) this.subtotales.delete(clave)
    return afectadas
  }

  derivado(fila: FilaConcepto): Derivado {
    let derivado = this.derivados.get(fila.clave)
    if (!derivado) {
      const { hoja } = this
      derivado = derivar(fila.datos, this.lugar, (dia) => {
        const columna = hoja?.columnaDe(`dia${String(dia)}`)
        return hoja && columna ? hoja.valor(fila, columna) : null
      })
      this.derivados.set(fila.clave, derivado)
    }
    return derivado
  }

  /** Of an annex, or of a whole order. */
  subtotal(fila: Exclude<FilaCaptura, FilaConcepto>): Subtotal {
    let subtotal = this.subtotales.get(fila.clave)
    if (!subtotal) {
      const anexo = fila.clase === 'subtotal' ? fila.anexo : null
      subtotal = subtotalDe(
        this.conceptos()
          .filter(({ ot, datos }) => ot.idOt === fila.ot.idOt && (anexo === null || datos.anexo_clave === anexo))
          .map((una) => ({ datos: una.datos, derivado: this.derivado(una) })),
      )
      this.subtotales.set(fila.clave, subtotal)
    }
    return subtotal
  }

  conceptos(): FilaConcepto[] {
    return this.filas.filter((fila) => fila.clase === 'concepto')
  }

  tarjetas(): Tarjetas {
    return tarjetasDe(this.conceptos().map((fila) => ({ datos: fila.datos, derivado: this.derivado(fila) })))
  }

  /** §5.3, what the browser can know of it: closed month, day outside, signed day, cell of a signed GPU or of an estimation. */
  bloqueo(fila: FilaCaptura, columna: ColumnaCaptura<FilaCaptura>): Bloqueo | null {
    const dia = diaDe(columna.clave)
    if (fila.clase !== 'concepto' || dia === null) return null
    const { mes, anio } = this.lugar
    const cerrados = this.cerrados.get(fila.ot.idOt)
    if (dia > diasDelMes(anio, mes)) return { motivo: 'El mes no tiene ese día.', clase: 'bloqueo-fuera' }
    if (cerrados?.fuera.has(dia))
      return { motivo: 'El día está fuera de la vigencia de la OT en este frente.', clase: 'bloqueo-fuera' }
    // First by whom it is billed: neither the day nor the month opens while it is (estimaciones.md §7).
    const estimacion = fila.datos[`dia${dia as 1}`]?.estimacion
    if (estimacion !== undefined)
      return { motivo: `No se puede cambiar: ya está en ${estimacion}.`, clase: 'bloqueo-firmado' }
    if (fila.ot.sabana.mes_cerrado) return { motivo: 'El mes está cerrado.', clase: 'bloqueo-firmado' }
    if (cerrados?.firmados.has(dia))
      return {
        motivo: 'El día está firmado en este frente: pide que lo abran para cambiarlo.',
        clase: 'bloqueo-firmado',
      }
    return this.bloqueoDeCelda(fila, dia)
  }

  private bloqueoDeCelda(fila: FilaConcepto, dia: number): Bloqueo | null {
    const celda = fila.datos[`dia${dia as 1}`]
    if (celda?.bloqueado)
      return { motivo: `No se puede cambiar: ${TEXTO_BLOQUEO_CELDA[celda.bloqueado]}.`, clase: 'bloqueo-firmado' }
    if (!this.puede.editar) return { motivo: 'No tienes permiso para capturar producción.' }
    const vacia = Number(celda?.valor ?? 0) === 0
    return vacia && !this.puede.crear ? { motivo: 'No tienes permiso para registrar producción nueva.' } : null
  }
}
