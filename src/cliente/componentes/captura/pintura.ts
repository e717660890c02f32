/** How each cell is seen and told, from what the sheet knows and what the page adds. */
import type { Cuaderno } from './cuaderno.ts'
import type { OpcionesCaptura } from './tipos.ts'
import type { Pintura } from './vista.ts'

const NADA: Pintura = { texto: '', pie: '', clases: '', icono: null, soloLectura: true, invalida: false }

export function pinturaDe<F>(opciones: OpcionesCaptura<F>, cuaderno: Cuaderno<F>, f: number, c: number): Pintura {
  const fila = cuaderno.fila(f)
  if (fila === undefined) return NADA
  const { hoja } = cuaderno
  const columna = cuaderno.columna(c)
  const valor = hoja.valor(fila, columna)
  const motivo = hoja.motivo(fila, columna)
  const titulo = hoja.esTitulo(fila)
  const bloqueo = columna.clase === undefined ? null : hoja.bloqueo(fila, columna)
  const aspecto = opciones.aspecto?.({ fila, columna, valor }) ?? {}
  const clases = [
    aspecto.clases,
    bloqueo && !titulo ? `bloqueada ${bloqueo.clase ?? ''}` : '',
    motivo === null ? '' : 'rechazada',
    hoja.editada(fila, columna) ? 'editada' : '',
    hoja.ajena(fila, columna) === null ? '' : 'ajena',
  ]
  return {
    texto:
      motivo === null
        ? (aspecto.texto ?? (columna.clase ? columna.clase.mostrar(valor) : valor))
        : hoja.texto(fila, columna),
    pie: aspecto.pie ?? '',
    clases: clases.filter(Boolean).join(' '),
    icono: aspecto.icono ?? null,
    soloLectura: columna.clase === undefined || bloqueo !== null,
    invalida: motivo !== null,
  }
}

export function nombreDeCelda<F>(
  opciones: Pick<OpcionesCaptura<F>, 'nombreDe'>,
  cuaderno: Cuaderno<F>,
  f: number,
  c: number,
): string {
  const fila = cuaderno.fila(f)
  const { tituloLargo, titulo } = cuaderno.columna(c)
  return `${fila === undefined ? '' : opciones.nombreDe(fila)}, ${tituloLargo ?? titulo}`
}

/** Name of the cell, why it is refused or locked, who changed it, and what the page tells of it. */
export function describirCelda<F>(
  opciones: OpcionesCaptura<F>,
  cuaderno: Cuaderno<F>,
  f: number,
  c: number,
): { texto: string; alerta: boolean } {
  const fila = cuaderno.fila(f)
  if (fila === undefined) return { texto: '', alerta: false }
  const { hoja } = cuaderno
  const columna = cuaderno.columna(c)
  const valor = hoja.valor(fila, columna)
  const motivo = hoja.motivo(fila, columna)
  const ajena = hoja.ajena(fila, columna)
  const capturable = columna.clase !== undefined && !hoja.esTitulo(fila)
  const partes = [
    nombreDeCelda(opciones, cuaderno, f, c),
    motivo,
    capturable ? hoja.bloqueo(fila, columna)?.motivo : null,
    ajena === null ? null : `Otra persona la cambió: antes decía ${ajena === '' ? 'vacío' : ajena}.`,
    opciones.descripcion?.({ fila, columna, valor }) ?? (columna.clase ? null : valor),
  ]
  return { texto: partes.filter(Boolean).join(' · '), alerta: motivo !== null }
}
