/** From the rows of the sheet to its partidas: which count, what each says, what is wrong in it (anexo-c.md §5.3 and §5.4). */
import { recortar } from '../../../comun/texto.ts'
import type { Celda, FilaLeida } from '../../../plataforma/excel/leer.ts'
import { huellaDeClave, claveDeConcepto, SIN_ANEXO, type ClaveDeConcepto } from '../clave.reglas.ts'
import { codigoDe, otroAnexo, type ConceptoHallado, type IndiceDeCatalogo } from './catalogo.reglas.ts'
import { codigoVisto, limpio, visto } from '../../../plataforma/excel/textos.reglas.ts'
import { claveDeTitulo, NOMBRE_DE_COLUMNA, type ColumnaDeDia } from './encabezado.reglas.ts'
import type { AnexoLeido, ColumnaAnexo, ColumnaLeida, PartidaLeida, ResumenDePrograma } from './lectura.tipos.ts'
import {
  leerNumero,
  PRECIO,
  textoCorto,
  textoEscalado,
  tope,
  VOLUMEN,
  VOLUMEN_DE_DIA,
  type MedidaDeNumero,
} from '../../../plataforma/excel/numeros.reglas.ts'
import { numeroInvalido, type Lugar, type Problemas } from '../../../plataforma/excel/problemas.ts'
import type { Programa } from './programa.ts'

const LARGO_DE_CLAVE = 50
/** Prices that differ by more than half a cent, in ten thousandths. */
const TOLERANCIA_DE_PRECIO = 50n
/** Units that only fill the cell: titles, groups, totals, signatures. */
const SIN_UNIDAD = new Set(['', '-', '.'])

/** Texts of a row that counts. */
interface Textos {
  readonly codigo: string
  readonly descripcion: string
  readonly unidad: string
  readonly anexo: string
}

interface Precios {
  readonly mn: bigint
  readonly usd: bigint
}

/** A partida while rows are still being added to it. */
interface EnCurso {
  readonly indice: number
  readonly filas: number[]
  readonly codigo: string
  readonly descripcion: string
  readonly anexo: string
  readonly idConcepto: number
  readonly clave: ClaveDeConcepto
  volumen: bigint
  readonly precios: Precios
  programado: ResumenDePrograma | null
  totalProgramado: bigint
  otrosPrecios: boolean
}

/** The table that is being read. */
export interface TablaDeHoja {
  readonly columnas: ReadonlyMap<ColumnaAnexo, ColumnaLeida>
  readonly dias: readonly ColumnaDeDia[]
  readonly catalogo: IndiceDeCatalogo
}

export class LectorDeFilas {
  /** Rows that count, in order, with or without errors. */
  readonly filas: number[] = []
  readonly #tabla: TablaDeHoja
  readonly #dias: ReadonlyMap<number, ColumnaDeDia>
  readonly #programa: Programa
  readonly #problemas: Problemas
  readonly #partidas: EnCurso[] = []
  readonly #porClave = new Map<string, EnCurso>()

  constructor(tabla: TablaDeHoja, programa: Programa, problemas: Problemas) {
    this.#tabla = tabla
    this.#dias = new Map(tabla.dias.map((dia) => [dia.indice, dia]))
    this.#programa = programa
    this.#problemas = problemas
  }

  /** Reads a row below the header; what it has of the programme is already in hand. */
  leer(fila: FilaLeida): void {
    const textos = this.#textosDe(fila)
    if (textos === null) return
    this.filas.push(fila.numero)
    const antes = this.#problemas.totalErrores
    this.#revisarTextos(fila, textos)
    const volumen = this.#numero(fila, 'volumen', VOLUMEN)
    const precios = { mn: this.#numero(fila, 'precio_mn', PRECIO), usd: this.#numero(fila, 'precio_usd', PRECIO) }
    this.#leerPrograma(fila)
    const hallado = this.#buscarConcepto(fila.numero, textos)
    if (hallado === null || this.#problemas.totalErrores > antes) return
    this.#agregar(fila.numero, textos, { hallado, volumen, precios: this.#conCatalogo(fila.numero, precios, hallado) })
  }

  /** The partidas, once every row was read; warns of those whose programme is not their volume (§5.4 h). */
  terminar(): PartidaLeida[] {
    for (const partida of this.#partidas) this.#revisarPartida(partida)
    return this.#partidas.map((partida) => {
      const { indice, filas, codigo, descripcion, anexo, idConcepto, clave, programado } = partida
      return {
        indice,
        fila: filas[0] ?? 0,
        filas,
        codigo,
        descripcion,
        anexo,
        idUnidad: clave.idUnidad,
        idConcepto,
        volumen: textoEscalado(partida.volumen, VOLUMEN.decimales),
        precioMn: textoEscalado(partida.precios.mn, PRECIO.decimales),
        precioUsd: textoEscalado(partida.precios.usd, PRECIO.decimales),
        clave,
        programado,
      }
    })
  }

  /** The whole programme, in three numbers. */
  programado(): AnexoLeido['programado'] {
    const conPrograma = this.#partidas.flatMap(({ programado }) => programado ?? [])
    const total = this.#partidas.reduce((suma, { totalProgramado }) => suma + totalProgramado, 0n)
    return {
      partidas: conPrograma.length,
      dias: conPrograma.reduce((suma, { dias }) => suma + dias, 0),
      volumen: textoEscalado(total, VOLUMEN.decimales),
    }
  }

  // ------------------------------------------------------------------------------------------------------------ cells

  /** Null for a row that does not count (§5.3). */
  #textosDe(fila: FilaLeida): Textos | null {
    if (this.#tabla.columnas.has('ok') && limpio(this.#celda(fila, 'ok')) !== 'OK') return null
    const unidad = limpio(this.#celda(fila, 'unidad'))
    if (SIN_UNIDAD.has(unidad)) return null
    const codigo = codigoVisto(this.#celda(fila, 'partida'))
    const descripcion = limpio(this.#celda(fila, 'concepto'))
    if (codigo === '' || descripcion === '') {
      this.#avisarIgnorada(fila, codigo, descripcion)
      return null
    }
    if (claveDeTitulo(unidad) === 'UNIDAD' && claveDeTitulo(codigo) === 'PARTIDA') return null
    const anexo = limpio(this.#celda(fila, 'anexo'))
    return { codigo, descripcion, unidad, anexo: anexo === '' ? SIN_ANEXO : anexo }
  }

  /** A row with unit and volume that lacks its code or its concept is not read, but somebody may have meant it. */
  #avisarIgnorada(fila: FilaLeida, codigo: string, descripcion: string): void {
    if (codigo === '' && descripcion === '') return
    const leido = leerNumero(this.#celda(fila, 'volumen'), VOLUMEN)
    if ('valor' in leido && leido.valor === 0n) return
    const falta = codigo === '' ? 'partida' : 'concepto'
    const nombre = NOMBRE_DE_COLUMNA[falta]
    this.#problemas.advertir(
      this.#lugar(fila.numero, falta, ''),
      `La fila ${String(fila.numero)} tiene unidad y volumen pero no ${nombre}: no se leyó.`,
    )
  }

  #revisarTextos(fila: FilaLeida, textos: Textos): void {
    for (const columna of ['anexo', 'partida', 'concepto', 'unidad'] as const) {
      const celda = this.#celda(fila, columna)
      if (celda?.tipo !== 'error') continue
      const que = celda.texto.startsWith('#') ? 'hay un error de Excel' : `hay una ${celda.texto}`
      this.#problemas.error(
        this.#lugar(fila.numero, columna, celda.texto),
        `En la columna ${this.#titulo(columna)} ${que}.`,
      )
    }
    const largos = { partida: textos.codigo, anexo: textos.anexo }
    for (const columna of ['partida', 'anexo'] as const) {
      if (largos[columna].length <= LARGO_DE_CLAVE) continue
      const mensaje = `${this.#titulo(columna)} pasa de ${String(LARGO_DE_CLAVE)} caracteres.`
      this.#problemas.error(this.#lugar(fila.numero, columna, largos[columna]), mensaje)
    }
  }

  #numero(fila: FilaLeida, columna: ColumnaAnexo, medida: MedidaDeNumero): bigint {
    const celda = this.#celda(fila, columna)
    const leido = leerNumero(celda, medida)
    if ('valor' in leido) return leido.valor
    const lugar = this.#lugar(fila.numero, columna, visto(celda))
    this.#problemas.error(lugar, numeroInvalido(medida, lugar, leido.error))
    return 0n
  }

  /** The cells of days that were not plain numbers. */
  #leerPrograma({ numero, celdas }: FilaLeida): void {
    for (const [indice, celda] of celdas) {
      const dia = this.#dias.get(indice)
      if (dia === undefined) continue
      const leido = leerNumero(celda, VOLUMEN_DE_DIA)
      if ('valor' in leido) this.#programa.sumar(indice, leido.valor)
      else {
        const lugar = { fila: numero, indice, columna: dia.titulo, valor: visto(celda) }
        this.#problemas.error(lugar, numeroInvalido(VOLUMEN_DE_DIA, lugar, leido.error))
      }
    }
    this.#revisarDesbordado(numero)
  }

  #revisarDesbordado(fila: number): void {
    const dia = this.#programa.desbordado()
    if (dia === null) return
    const columna = this.#tabla.dias.find(({ fecha }) => fecha === dia)
    const lugar = { fila, indice: columna?.indice ?? 0, columna: columna?.titulo ?? dia, valor: '' }
    this.#problemas.error(lugar, numeroInvalido(VOLUMEN_DE_DIA, lugar, 'la suma del día es demasiado grande'))
  }

  // --------------------------------------------------------------------------------------------------------- catalogue

  #buscarConcepto(fila: number, textos: Textos): ConceptoHallado | null {
    const { catalogo } = this.#tabla
    const unidad = catalogo.unidad(textos.unidad)
    if (unidad === null) {
      const mensaje = `La unidad ${recortar(textos.unidad, 40)} no existe en el sistema.`
      this.#problemas.error(this.#lugar(fila, 'unidad', textos.unidad), mensaje)
      return null
    }
    const hallado = catalogo.concepto(textos, unidad.id)
    if (hallado === null) {
      for (const { columna, mensaje } of catalogo.explicar(textos, unidad))
        this.#problemas.error(this.#lugar(fila, columna, valorDe(textos, columna)), mensaje)
      return null
    }
    this.#avisarDeConcepto(fila, textos, hallado)
    return hallado
  }

  #avisarDeConcepto(fila: number, textos: Textos, { concepto, varios }: ConceptoHallado): void {
    const otro = otroAnexo(concepto, textos.anexo)
    if (varios.length > 0) {
      const cual = otro === null && concepto.anexo !== null ? `el del anexo ${concepto.anexo}` : 'el más nuevo'
      const mensaje = `El catálogo tiene ${String(varios.length)} conceptos con el código ${codigoDe(concepto)}, esa descripción y esa unidad: se tomó ${cual}.`
      this.#problemas.advertir(this.#lugar(fila, 'partida', textos.codigo), mensaje)
    }
    if (otro === null) return
    const dice = textos.anexo === SIN_ANEXO ? 'La fila no dice su anexo' : `La fila dice ${textos.anexo}`
    this.#problemas.advertir(
      this.#lugar(fila, 'anexo', textos.anexo),
      `${dice} y el concepto del catálogo es del anexo ${otro}.`,
    )
  }

  /** The price of the catalogue when it has one, else that of the workbook (§5.4 e). */
  #conCatalogo(fila: number, libro: Precios, { concepto }: ConceptoHallado): Precios {
    return {
      mn: this.#precio(fila, 'precio_mn', libro.mn, concepto.precioMn),
      usd: this.#precio(fila, 'precio_usd', libro.usd, concepto.precioUsd),
    }
  }

  #precio(fila: number, columna: ColumnaAnexo, delLibro: bigint, enCatalogo: string): bigint {
    const leido = leerNumero({ tipo: 'texto', texto: enCatalogo }, PRECIO)
    if (!('valor' in leido)) {
      const lugar = this.#lugar(fila, columna, enCatalogo)
      this.#problemas.error(lugar, `El precio del catálogo, ${enCatalogo}, no cabe en un Anexo C.`)
      return 0n
    }
    if (leido.valor === 0n) return delLibro
    const diferencia = delLibro > leido.valor ? delLibro - leido.valor : leido.valor - delLibro
    if (delLibro > 0n && diferencia > TOLERANCIA_DE_PRECIO) {
      const [dice, dira] = [textoCorto(delLibro, PRECIO.decimales), textoCorto(leido.valor, PRECIO.decimales)]
      this.#problemas.advertir(
        this.#lugar(fila, columna, dice),
        `El precio de ${this.#titulo(columna)} es ${dice} y el del catálogo ${dira}: se usa el del catálogo.`,
      )
    }
    return leido.valor
  }

  // ---------------------------------------------------------------------------------------------------------- partidas

  #agregar(
    fila: number,
    { codigo, descripcion, anexo }: Textos,
    { hallado, volumen, precios }: { hallado: ConceptoHallado; volumen: bigint; precios: Precios },
  ): void {
    if (this.#problemas.malas.has(fila)) return
    const { id: idConcepto, idUnidad } = hallado.concepto
    const clave = { ...claveDeConcepto({ anexo, codigo, descripcion, idUnidad }), concepto: descripcion }
    const huella = huellaDeClave(clave)
    const previa = this.#porClave.get(huella)
    if (previa !== undefined) {
      this.#juntar(fila, previa, volumen, precios)
      return
    }
    const indice = this.#partidas.length
    const guardado = this.#programa.guardar(indice)
    const partida: EnCurso = {
      indice,
      filas: [fila],
      codigo,
      descripcion,
      anexo,
      idConcepto,
      clave,
      volumen,
      precios,
      programado: guardado?.resumen ?? null,
      totalProgramado: guardado?.total ?? 0n,
      otrosPrecios: false,
    }
    this.#partidas.push(partida)
    this.#porClave.set(huella, partida)
  }

  /** Rows with the same K are one partida: volumes and programmes are added (§5.4 g). */
  #juntar(fila: number, previa: EnCurso, volumen: bigint, precios: Precios): void {
    this.#programa.recuperar(previa.indice)
    this.#revisarDesbordado(fila)
    const suma = previa.volumen + volumen
    if (suma >= tope(VOLUMEN)) {
      const lugar = this.#lugar(fila, 'volumen', textoCorto(suma, VOLUMEN.decimales))
      this.#problemas.error(lugar, `La suma de las filas ${lista([...previa.filas, fila])} es demasiado grande.`)
    }
    if (this.#problemas.malas.has(fila)) return
    previa.filas.push(fila)
    previa.volumen = suma
    const guardado = this.#programa.guardar(previa.indice)
    previa.programado = guardado?.resumen ?? null
    previa.totalProgramado = guardado?.total ?? 0n
    previa.otrosPrecios ||= precios.mn !== previa.precios.mn || precios.usd !== previa.precios.usd
  }

  #revisarPartida({ codigo, filas, volumen, totalProgramado, otrosPrecios }: EnCurso): void {
    if (filas.length > 1) {
      const queda = otrosPrecios ? ` Sus precios difieren y quedan los de la fila ${String(filas[0] ?? 0)}.` : ''
      const mensaje = `Las filas ${lista(filas)} son la misma partida, ${codigo}: se sumaron.${queda}`
      this.#problemas.advertir(this.#lugar(filas[0] ?? 0, 'partida', codigo), mensaje)
    }
    if (this.#tabla.dias.length === 0 || volumen === totalProgramado) return
    const [programado, dicho] = [textoCorto(totalProgramado, 6), textoCorto(volumen, 6)]
    this.#problemas.advertir(
      this.#lugar(filas[0] ?? 0, 'volumen', dicho),
      `${codigo}: el programa suma ${programado} y el volumen es ${dicho}.`,
    )
  }

  // ----------------------------------------------------------------------------------------------------------- helpers

  #celda({ celdas }: FilaLeida, columna: ColumnaAnexo): Celda | undefined {
    const indice = this.#tabla.columnas.get(columna)?.indice
    return indice === undefined ? undefined : celdas.get(indice)
  }

  #titulo(columna: ColumnaAnexo): string {
    return this.#tabla.columnas.get(columna)?.titulo ?? NOMBRE_DE_COLUMNA[columna]
  }

  #lugar(fila: number, columna: ColumnaAnexo, valor: string): Lugar {
    return {
      fila,
      indice: this.#tabla.columnas.get(columna)?.indice ?? 0,
      columna: this.#titulo(columna),
      valor,
    }
  }
}

function valorDe(textos: Textos, columna: ColumnaAnexo): string {
  if (columna === 'concepto') return textos.descripcion
  return columna === 'unidad' ? textos.unidad : textos.codigo
}

/** '12, 15 y 40'; of many, the first ones. */
function lista(filas: readonly number[]): string {
  const textos = filas.slice(0, 10).map(String)
  if (filas.length > 10) return `${textos.join(', ')} y ${String(filas.length - 10)} más`
  return `${textos.slice(0, -1).join(', ')} y ${textos.at(-1) ?? ''}`
}
