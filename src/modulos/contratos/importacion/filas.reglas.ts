/** What each row of a sheet of prices is: a concept, a heading, or nothing (catalogos.md §10.1, settled.md §6). */
import { conMiles } from '../../../comun/dinero.ts'
import { limpiar } from '../../../comun/texto.ts'
import { claveTitulo, diceQue, lugar, problema } from '../../../plataforma/excel/encabezado.reglas.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { Celda, FilaLeida } from '../../../plataforma/excel/leer.ts'
import { leerFecha, leerParrafos, leerTexto, mostrar, vacia } from '../../../plataforma/excel/valores.reglas.ts'
import { leerCifra, leerCodigo, leerEstatusPue, normalizarAnexo, type LecturaConDuda } from './celdas.reglas.ts'
import {
  LARGO,
  LIMITE_CANTIDAD,
  LIMITE_PRECIO,
  TITULOS,
  type Columna,
  type HojaDePrecios,
  type SeccionLeida,
  type ValoresConcepto,
} from './precios.tipos.ts'

/** By the key of each title, the column that it names. */
export const POR_TITULO: ReadonlyMap<string, Columna> = new Map(
  (Object.entries(TITULOS) as [Columna, readonly string[]][]).flatMap(([columna, titulos]) =>
    titulos.map((titulo): [string, Columna] => [titulo, columna]),
  ),
)

/** A price as its row says it. */
export interface ConceptoLeido {
  readonly que: 'concepto'
  readonly valores: ValoresConcepto
  readonly ilegibles: readonly Columna[]
  readonly errores: Problema[]
  readonly advertencias: Problema[]
}

/** What a row is. A row that is nothing may leave a warning. */
export type LecturaDeFila =
  | ConceptoLeido
  | { readonly que: 'seccion'; readonly seccion: Omit<SeccionLeida, 'hoja'>; readonly advertencias: Problema[] }
  | { readonly que: 'nada'; readonly advertencias: Problema[] }

/** What the sheet says of rows that lack it: the annex that its name tells. */
export function anexoDeLaHoja(nombre: string): string | null {
  const partes = /^ANEXO\s+(C(?:-\d+)*)(?:-CR)?$/i.exec(limpiar(nombre))
  return partes === null ? null : normalizarAnexo(partes[1] ?? '').clave
}

/** Reads a row below the header. @param hoja the sheet it is of. */
export function interpretarFila(hoja: HojaDePrecios, fila: FilaLeida): LecturaDeFila {
  return new LecturaDeUnaFila(hoja, fila).hacer()
}

const NADA: LecturaDeFila = { que: 'nada', advertencias: [] }
/** What people write for «no unit». */
const SIN_UNIDAD = /^[-.]*$/

class LecturaDeUnaFila {
  readonly #hoja: HojaDePrecios
  readonly #fila: FilaLeida
  readonly #errores: Problema[] = []
  readonly #advertencias: Problema[] = []
  readonly #ilegibles: Columna[] = []

  constructor(hoja: HojaDePrecios, fila: FilaLeida) {
    this.#hoja = hoja
    this.#fila = fila
  }

  hacer(): LecturaDeFila {
    const escrito = (columna: Columna): string => limpiar(mostrar(this.#celda(columna)))
    if (vacia(this.#celda('concepto'))) return this.#sinConcepto()
    if (claveTitulo(escrito('concepto')) === 'concepto' && claveTitulo(escrito('unidad')) === 'unidad') return NADA
    const hayCodigo = !vacia(this.#celda('partida')) || !vacia(this.#celda('partida_ext'))
    if (SIN_UNIDAD.test(escrito('unidad')) && vacia(this.#celda('partida_ext'))) return this.#seccion()
    if (!hayCodigo) return this.#nada('tiene concepto y unidad pero no partida; no se leyó.')
    return this.#concepto()
  }

  #celda(columna: Columna): Celda | undefined {
    const indice = this.#hoja.encabezado.columnas.get(columna)?.indice
    return indice === undefined ? undefined : this.#fila.celdas.get(indice)
  }

  /** Totals, places and signatures have no concept; a price without it is odd. */
  #sinConcepto(): LecturaDeFila {
    const conPrecio = !vacia(this.#celda('unidad')) && !vacia(this.#celda('partida'))
    return conPrecio ? this.#nada('tiene partida y unidad pero no concepto; no se leyó.') : NADA
  }

  #nada(motivo: string): LecturaDeFila {
    const { numero } = this.#fila
    const { encabezado } = this.#hoja
    return {
      que: 'nada',
      advertencias: [problema(encabezado, numero, 'concepto', '', `La fila ${String(numero)} ${motivo}`)],
    }
  }

  #seccion(): LecturaDeFila {
    const anexo = this.#anexo()
    const partida = this.#leer('partida', (celda) => leerCodigo(celda, LARGO.CODIGO))
    const descripcion = this.#leer('concepto', (celda) => leerParrafos(celda))
    // A heading that cannot be read is not worth a rejection: it is told, and it is not kept.
    if (this.#errores.length > 0) return { que: 'nada', advertencias: this.#errores }
    const precio = [this.#cifra('precio_mn', LIMITE_PRECIO), this.#cifra('precio_usd', LIMITE_PRECIO)]
    if (partida !== null && precio.some((cifra) => Number(cifra) > 0)) {
      this.#avisar(
        'unidad',
        '',
        `${lugar(this.#hoja.encabezado, this.#fila.numero, 'unidad')} está vacía: la fila se guarda como título, aunque trae precio.`,
      )
    }
    if (anexo === null || descripcion === null) return NADA
    return {
      que: 'seccion',
      seccion: { fila: this.#fila.numero, anexo, partida, descripcion },
      advertencias: this.#advertencias,
    }
  }

  #concepto(): LecturaDeFila {
    const deTexto = (columna: Columna, largo: number): string | null =>
      this.#opcional(columna, (celda) => leerTexto(celda, largo))
    const partida = this.#codigo('partida')
    const extraordinaria = this.#codigo('partida_ext')?.toUpperCase() ?? null
    const valores: ValoresConcepto = {
      anexo: this.#anexo(),
      partida,
      partida_ext: extraordinaria,
      concepto: this.#leer('concepto', (celda) => leerParrafos(celda)) ?? '',
      unidad: this.#unidad(),
      cantidad: this.#cifra('cantidad', LIMITE_CANTIDAD),
      precio_mn: this.#cifra('precio_mn', LIMITE_PRECIO),
      precio_usd: this.#cifra('precio_usd', LIMITE_PRECIO),
      categoria: deTexto('categoria', 1000),
      subcategoria: deTexto('subcategoria', 1000),
      clasificacion: deTexto('clasificacion', 1000),
      pte_creacion: deTexto('pte_creacion', LARGO.FOLIO),
      ot_creacion: deTexto('ot_creacion', LARGO.FOLIO),
      fecha_autorizacion: this.#fecha(),
      estatus: this.#dudosa('estatus', leerEstatusPue, 'y no es un estatus de PUE; queda vacío.'),
      comentario: this.#opcional('comentario', (celda) => leerParrafos(celda)),
    }
    this.#exigir(valores)
    return {
      que: 'concepto',
      valores,
      ilegibles: this.#ilegibles,
      errores: this.#errores,
      advertencias: this.#advertencias,
    }
  }

  // ------------------------------------------------------------------------------------------------- cell by cell

  /** Reads a cell whose faults reject the row. */
  #leer<T>(columna: Columna, leer: (celda: Celda | undefined) => LecturaConDuda<T>): T | null {
    const celda = this.#celda(columna)
    if (celda?.tipo === 'error') return this.#rechazar(columna, 'y es un error de Excel. Corrige la celda.')
    const { valor, error, aviso } = leer(celda)
    if (error !== undefined) return this.#rechazar(columna, error)
    if (aviso !== undefined) this.#avisarDe(columna, aviso)
    return valor
  }

  /** Reads a cell that may be left out: what cannot be read is told and kept out. */
  #dudosa<T>(columna: Columna, leer: (celda: Celda | undefined) => LecturaConDuda<T>, aviso: string): T | null {
    const celda = this.#celda(columna)
    const { valor, error, ilegible } = celda?.tipo === 'error' ? { valor: null, ilegible: true } : leer(celda)
    if (ilegible !== true && error === undefined) return valor
    this.#ilegibles.push(columna)
    this.#avisarDe(columna, aviso)
    return null
  }

  #opcional(columna: Columna, leer: (celda: Celda | undefined) => LecturaConDuda<string>): string | null {
    const celda = this.#celda(columna)
    if (celda?.tipo !== 'error') return this.#leer(columna, leer)
    return this.#dudosa(columna, leer, 'y es un error de Excel; queda vacío.')
  }

  #codigo(columna: 'partida' | 'partida_ext'): string | null {
    const celda = this.#celda(columna)
    if (celda?.tipo === 'numero' && celda.texto.includes('.') && (celda.formato ?? '') === '') {
      this.#avisarDe(
        columna,
        'y es un número: se lee como se ve. Si le falta un cero o un punto al final, escríbelo como texto.',
      )
    }
    return this.#leer(columna, (una) => leerCodigo(una, LARGO.CODIGO))
  }

  #cifra(columna: 'cantidad' | 'precio_mn' | 'precio_usd', limite: { enteros: number; decimales: number }): string {
    const celda = this.#celda(columna)
    const leida = celda?.tipo === 'error' ? { valor: null, ilegible: true as const } : leerCifra(celda, limite)
    if (leida.ilegible === true) {
      this.#ilegibles.push(columna)
      this.#avisarDe(columna, 'y no es un número: un concepto nuevo queda en 0 y uno que ya existe conserva el suyo.')
      return '0.00'
    }
    return this.#leer(columna, () => leida) ?? '0.00'
  }

  #fecha(): ValoresConcepto['fecha_autorizacion'] {
    const { es1904 } = this.#hoja.encabezado
    return this.#dudosa('fecha_autorizacion', (celda) => leerFecha(celda, es1904), 'y no es una fecha; queda vacía.')
  }

  #unidad(): string {
    const escrita = limpiar(mostrar(this.#celda('unidad')))
    if (SIN_UNIDAD.test(escrita)) {
      this.#faltar('unidad', 'la unidad')
      return ''
    }
    return (this.#leer('unidad', (celda) => leerTexto(celda, LARGO.CODIGO)) ?? '').toUpperCase()
  }

  /** The annex of the row; when it has none, the one that the name of a sheet of the contract tells. */
  #anexo(): string | null {
    const { clase, encabezado } = this.#hoja
    const escrito = this.#leer('anexo', (celda) => leerCodigo(celda, LARGO.CODIGO))
    const { clave, obvio } = normalizarAnexo(escrito ?? '')
    if (clave !== null && !obvio) this.#avisarDe('anexo', `y se lee como ${clave}.`)
    if (clave !== null || clase === 'pue' || this.#errores.length > 0) return clave
    const deLaHoja = anexoDeLaHoja(encabezado.hoja)
    if (deLaHoja !== null && !vacia(this.#celda('partida'))) {
      const donde = lugar(encabezado, this.#fila.numero, 'anexo')
      this.#avisar('anexo', '', `${donde} está vacía; se toma ${deLaHoja}, el anexo que nombra la hoja.`)
    }
    return deLaHoja
  }

  #exigir({ anexo, partida, partida_ext: extraordinaria, precio_mn, precio_usd }: ValoresConcepto): void {
    if (this.#hoja.clase === 'contrato') {
      if (anexo === null) this.#faltar('anexo', 'el anexo')
      return
    }
    if (extraordinaria === null && (anexo === null || partida === null)) {
      this.#faltar('partida_ext', 'la partida extraordinaria')
      return
    }
    if (partida !== null && anexo === null) {
      this.#avisarDe('partida', 'y no tiene anexo: queda como extraordinaria.')
    }
    const sinPrecio = Number(precio_mn) === 0 && Number(precio_usd) === 0
    if (partida !== null && anexo !== null && sinPrecio) {
      this.#avisarDe('partida', `y ya está autorizada, pero no trae precio (${conMiles('0.00')}).`)
    }
  }

  // --------------------------------------------------------------------------------------------------- what is told

  #rechazar(columna: Columna, error: string): null {
    this.#errores.push(this.#dice(columna, error))
    return null
  }

  #faltar(columna: Columna, que: string): void {
    const { encabezado } = this.#hoja
    const titulo = encabezado.columnas.get(columna)?.titulo ?? columna
    if (this.#errores.some((error) => error.columna === titulo)) return
    const donde = lugar(encabezado, this.#fila.numero, columna)
    this.#errores.push(problema(encabezado, this.#fila.numero, columna, '', `En ${donde} falta ${que}.`))
  }

  #avisarDe(columna: Columna, aviso: string): void {
    this.#advertencias.push(this.#dice(columna, aviso))
  }

  #avisar(columna: Columna, valor: string, mensaje: string): void {
    this.#advertencias.push(problema(this.#hoja.encabezado, this.#fila.numero, columna, valor, mensaje))
  }

  #dice(columna: Columna, resto: string): Problema {
    return diceQue(this.#hoja.encabezado, this.#fila.numero, columna, mostrar(this.#celda(columna)), resto)
  }
}
