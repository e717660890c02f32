/**
 * What loading a workbook of prices would do, decided without touching anything (catalogos.md §10.1, settled.md §6):
 * rows and a picture of the database go in, the complete plan comes out. Linear in the rows.
 */
import { dinero } from '../../../comun/dinero.ts'
import { claveFolio, sinAcentos } from '../../../comun/texto.ts'
import { diceQue } from '../../../plataforma/excel/encabezado.reglas.ts'
import { ESTATUS_PUE, TIPO_PARTIDA, type Concepto, type SubAnexo } from '../contratos.tipos.ts'
import { CAMPOS, diferencias, type Nombres } from './campos.reglas.ts'
import { normalizarAnexo } from './celdas.reglas.ts'
import {
  claveDeSeccion,
  claveDeUnidad,
  esLibre,
  identidadDe,
  identidadOrdinaria,
  IndiceDeOrdinarios,
  lugarDe,
  porExtraordinaria,
} from './claves.reglas.ts'
import type {
  ConceptoPlaneado,
  ConceptoPorCambiar,
  ConceptoPorCrear,
  FotoDePrecios,
  PlanDePrecios,
  Unidad,
} from './plan.tipos.ts'
import type { Columna, FilaConcepto, LibroDePrecios } from './precios.tipos.ts'

/** @param opciones.crear whether sub-annexes that do not exist are created. */
export function planearPrecios(
  libro: LibroDePrecios,
  foto: FotoDePrecios,
  opciones: { readonly crear: boolean },
): PlanDePrecios {
  return new Planeacion(libro, foto, opciones.crear).hacer()
}

type Accion = 'crear' | 'actualizar' | 'sin_cambio' | 'rechazada' | 'repetida'

const PROVISIONAL = -1

class Planeacion {
  readonly #libro: LibroDePrecios
  readonly #foto: FotoDePrecios
  readonly #crearAnexos: boolean
  readonly #unidades = new Map<string, Unidad>()
  readonly #unidadesSinAcento = new Map<string, Unidad>()
  readonly #subAnexos = new Map<string, SubAnexo>()
  readonly #subAnexosNuevos = new Map<string, string>()
  readonly #ordinarios: IndiceDeOrdinarios
  readonly #ordinariosApagados: IndiceDeOrdinarios
  readonly #porExtraordinaria: Map<string, Concepto[]>
  readonly #extraordinariasApagadas: Map<string, Concepto[]>
  /** Identities of all the rows of the file. */
  readonly #identidades: ReadonlySet<string>
  /** First row of the file with each identity. */
  readonly #vistas = new Map<string, FilaConcepto>()
  /** Concepts that a row of the file already is. */
  readonly #tomados = new Set<number>()
  /** Who will hold each place of the unique index of ordinary concepts. */
  readonly #lugares = new Map<string, string>()
  readonly #crear: ConceptoPorCrear[] = []
  readonly #actualizar: ConceptoPorCambiar[] = []
  readonly #reconocer: PlanDePrecios['reconocer'][number][] = []
  readonly #acciones: Record<Accion, number> = { crear: 0, actualizar: 0, sin_cambio: 0, rechazada: 0, repetida: 0 }
  readonly #nombres: Nombres

  constructor(libro: LibroDePrecios, foto: FotoDePrecios, crear: boolean) {
    this.#libro = libro
    this.#foto = foto
    this.#crearAnexos = crear
    this.#identidades = new Set(libro.filas.map(identidadDe))
    for (const unidad of foto.unidades) {
      this.#unidades.set(claveDeUnidad(unidad.clave), unidad)
      this.#unidadesSinAcento.set(sinAcentos(claveDeUnidad(unidad.clave)), unidad)
    }
    for (const sub of foto.subAnexos) this.#subAnexos.set(normalizarAnexo(sub.claveAnexo).clave ?? sub.claveAnexo, sub)
    this.#ordinarios = new IndiceDeOrdinarios(foto.conceptos)
    this.#ordinariosApagados = new IndiceDeOrdinarios(foto.desactivados)
    this.#porExtraordinaria = porExtraordinaria(foto.conceptos)
    this.#extraordinariasApagadas = porExtraordinaria(foto.desactivados)
    for (const concepto of foto.conceptos) {
      const lugar = lugarDe(concepto)
      if (lugar !== null) this.#lugares.set(lugar, `#${String(concepto.id)}`)
    }
    const unidades = new Map(foto.unidades.map(({ id, clave }) => [id, clave]))
    const subAnexos = new Map(foto.subAnexos.map(({ id, claveAnexo }) => [id, claveAnexo]))
    this.#nombres = {
      unidad: (id) => unidades.get(id) ?? String(id),
      subAnexo: (id) => subAnexos.get(id) ?? String(id),
    }
  }

  hacer(): PlanDePrecios {
    const filas = this.#libro.filas.map((fila) => ({
      ...fila,
      errores: [...fila.errores],
      advertencias: [...fila.advertencias],
    }))
    for (const fila of filas) this.#acciones[this.#planear(fila)] += 1
    const { crear, actualizar, sin_cambio, rechazada, repetida } = this.#acciones
    const { nuevas, guardadas, anexos } = this.#planearSecciones()
    return {
      crear: this.#crear,
      actualizar: this.#actualizar,
      reconocer: this.#reconocer,
      subAnexos: [...this.#subAnexosNuevos].map(([clave, hoja]) => ({ clave, hoja })),
      secciones: nuevas,
      anexoDeSeccion: anexos,
      seccionesGuardadas: guardadas,
      conteo: {
        total: crear + actualizar + sin_cambio + rechazada,
        creadas: crear,
        actualizadas: actualizar,
        sin_cambio,
        rechazadas: rechazada,
      },
      repetidas: repetida,
      errores: filas.flatMap(({ errores }) => errores),
      advertencias: [...this.#libro.advertencias, ...filas.flatMap(({ advertencias }) => advertencias)],
    }
  }

  // ----------------------------------------------------------------------------------------------------- each row

  #planear(fila: FilaConcepto): Accion {
    const unidad = this.#unidad(fila)
    const subAnexo = this.#subAnexo(fila)
    const identidad = identidadDe(fila)
    const previa = this.#vistas.get(identidad)
    if (previa === undefined) this.#vistas.set(identidad, fila)
    else if (previa.huella === fila.huella) return 'repetida'
    else this.#rechazarRepetida(fila, previa)
    if (fila.errores.length > 0 || unidad === null) return 'rechazada'
    const existente = this.#existente(fila, subAnexo, unidad)
    if (existente === null) {
      if (this.#estaDesactivado(fila, subAnexo, unidad)) return 'sin_cambio'
      return this.#nuevo(fila, subAnexo, unidad)
    }
    this.#tomados.add(existente.id)
    return this.#comparar(fila, existente, subAnexo, unidad)
  }

  #unidad(fila: FilaConcepto): Unidad | null {
    const { unidad } = fila.valores
    if (unidad === '') return null
    const hallada = this.#unidades.get(claveDeUnidad(unidad))
    if (hallada?.activo === true) return hallada
    if (hallada !== undefined) return this.#error(fila, 'unidad', unidad, 'y esa unidad está desactivada.')
    const parecida = this.#unidadesSinAcento.get(sinAcentos(claveDeUnidad(unidad)))
    const pregunta = parecida === undefined ? '' : ` ¿Quisiste decir ${parecida.clave}?`
    return this.#error(fila, 'unidad', unidad, `y no es la clave de una unidad.${pregunta}`)
  }

  /** Key of the sub-annex of a row, as it is or will be stored. */
  #subAnexo(fila: FilaConcepto): string | null {
    const { anexo } = fila.valores
    if (anexo === null) return null
    const guardado = this.#subAnexos.get(anexo)
    if (guardado?.activo === false) return this.#error(fila, 'anexo', anexo, 'y ese anexo está desactivado.')
    if (guardado !== undefined) return guardado.claveAnexo
    if (this.#crearAnexos) return anexo
    const { contrato, anexo: lista } = this.#foto.destino
    return this.#error(
      fila,
      'anexo',
      anexo,
      `y ese anexo no existe en la lista de precios ${lista.clave} del contrato ${contrato.numero}. Créalo, o elige que se cree lo que falte.`,
    )
  }

  #rechazarRepetida(fila: FilaConcepto, previa: FilaConcepto): void {
    const extraordinaria = fila.valores.partida_ext
    const columna = extraordinaria === null ? 'partida' : 'partida_ext'
    const codigo = extraordinaria ?? fila.valores.partida ?? ''
    const hoja = previa.hoja === fila.hoja ? '' : ` de la hoja «${this.#nombreDeHoja(previa)}»`
    this.#error(
      fila,
      columna,
      codigo,
      `y el mismo concepto ya está, con otros datos, en la fila ${String(previa.fila)}${hoja}.`,
    )
  }

  /** The concept that a row already is: by its extraordinary partida, or by annex, partida, description and unit. */
  #existente(fila: FilaConcepto, subAnexo: string | null, unidad: Unidad): Concepto | null {
    const extraordinaria = fila.valores.partida_ext
    const candidatas = extraordinaria === null ? [] : (this.#porExtraordinaria.get(claveFolio(extraordinaria)) ?? [])
    const libres = candidatas.filter(({ id }) => !this.#tomados.has(id))
    const porClave = esLibre(extraordinaria)
      ? libres.find((una) => claveFolio(una.descripcion) === claveFolio(fila.valores.concepto))
      : libres[0]
    if (porClave !== undefined) return porClave
    const guardado = this.#guardado(subAnexo)
    if (guardado === null || fila.valores.partida === null) return null
    return this.#ordinarios.buscar(guardado.id, fila.valores.partida, fila.valores.concepto, unidad.id, (una) =>
      this.#esLibre(una),
    )
  }

  /** Whether no row of the file is that concept to the letter, unit included. */
  #esLibre(concepto: Concepto): boolean {
    if (this.#tomados.has(concepto.id) || concepto.idSubAnexo === null) return false
    const anexo = normalizarAnexo(this.#nombres.subAnexo(concepto.idSubAnexo)).clave
    const { partidaOrdinaria: partida, descripcion, idUnidadMedida } = concepto
    return !this.#identidades.has(
      identidadOrdinaria(anexo, partida ?? '', descripcion, this.#nombres.unidad(idUnidadMedida)),
    )
  }

  #guardado(subAnexo: string | null): SubAnexo | null {
    return subAnexo === null ? null : (this.#subAnexos.get(normalizarAnexo(subAnexo).clave ?? subAnexo) ?? null)
  }

  /** What somebody deactivated does not come back by itself, nor twice. */
  #estaDesactivado(fila: FilaConcepto, subAnexo: string | null, unidad: Unidad): boolean {
    const { partida, partida_ext: extraordinaria, concepto } = fila.valores
    const guardado = this.#guardado(subAnexo)
    const porClave = esLibre(extraordinaria)
      ? undefined
      : this.#extraordinariasApagadas.get(claveFolio(extraordinaria ?? ''))?.[0]
    const apagado =
      porClave ??
      (guardado === null || partida === null
        ? null
        : this.#ordinariosApagados.buscar(guardado.id, partida, concepto, unidad.id, () => true))
    if (apagado === null) return false
    this.#avisar(
      fila,
      extraordinaria === null ? 'partida' : 'partida_ext',
      'y ese concepto está desactivado: no cambia ni se crea otra vez.',
    )
    return true
  }

  // ----------------------------------------------------------------------------------------------- create and change

  #nuevo(fila: FilaConcepto, subAnexo: string | null, unidad: Unidad): Accion {
    const concepto = this.#concepto(fila, subAnexo, unidad)
    const lugar = lugarDe({ ...concepto, idSubAnexo: subAnexo })
    if (!this.#ocupar(fila, lugar, `fila ${String(fila.fila)}`)) return 'rechazada'
    this.#necesitar(fila, subAnexo)
    this.#crear.push({ fila, concepto })
    return 'crear'
  }

  #comparar(fila: FilaConcepto, antes: Concepto, subAnexo: string | null, unidad: Unidad): Accion {
    const planeado = this.#concepto(fila, subAnexo, unidad)
    const yaConvertida =
      antes.idTipoPartida === TIPO_PARTIDA.ORDINARIA && planeado.idTipoPartida === TIPO_PARTIDA.EXTRAORDINARIA
    const { columnas } = this.#encabezado(fila)
    const presentes = CAMPOS.filter(
      ({ campo, columna }) => (columnas.has(columna) || campo === 'idSubAnexo') && !fila.ilegibles.includes(columna),
    )
    const despues = this.#aplicar(antes, planeado, presentes)
    const cambios = diferencias(antes, despues, presentes, this.#conNuevo(subAnexo))
    if (this.#foto.huellas.get(antes.id) === fila.huella) {
      if (cambios.length > 0)
        this.#avisarEditado(
          fila,
          cambios.map(({ etiqueta }) => etiqueta),
        )
      return 'sin_cambio'
    }
    if (yaConvertida) {
      this.#avisar(
        fila,
        'partida_ext',
        `y ya es la partida ordinaria ${antes.partidaOrdinaria ?? ''}: una PUE autorizada no vuelve atrás; no cambia.`,
      )
      return 'sin_cambio'
    }
    if (cambios.length === 0) {
      this.#reconocer.push({ fila, concepto: antes })
      return 'sin_cambio'
    }
    const lugar = lugarDe(despues.idSubAnexo === PROVISIONAL ? { ...despues, idSubAnexo: subAnexo } : despues)
    if (lugar !== lugarDe(antes) && !this.#ocupar(fila, lugar, `#${String(antes.id)}`)) return 'rechazada'
    this.#avisarPreciosEnCero(fila, antes, despues)
    this.#necesitar(fila, subAnexo)
    this.#actualizar.push({ fila, antes, despues, subAnexo, cambios })
    return 'actualizar'
  }

  #aplicar(antes: Concepto, planeado: ConceptoPlaneado, presentes: typeof CAMPOS): Concepto {
    const { subAnexo, seccion: _seccion, ...resto } = planeado
    const idSubAnexo = subAnexo === null ? null : (this.#guardado(subAnexo)?.id ?? PROVISIONAL)
    const completo = { ...antes, ...resto, idSubAnexo, codigoInterno: antes.codigoInterno }
    const propios = Object.fromEntries(presentes.map(({ campo }) => [campo, completo[campo]]))
    // A row of the contract says nothing of the life that a concept had as PUE.
    const deContrato = !presentes.some(({ campo }) => campo === 'partidaExtraordinaria')
    return {
      ...antes,
      ...propios,
      ...(deContrato ? { estatus: antes.estatus } : { estatus: planeado.estatus ?? null }),
    }
  }

  #concepto(fila: FilaConcepto, subAnexo: string | null, unidad: Unidad): ConceptoPlaneado {
    const { valores } = fila
    const ordinario = this.#clase(fila) === 'contrato' || (subAnexo !== null && valores.partida !== null)
    const dePue = this.#clase(fila) === 'pue'
    return {
      idTipoPartida: ordinario ? TIPO_PARTIDA.ORDINARIA : TIPO_PARTIDA.EXTRAORDINARIA,
      subAnexo,
      seccion: fila.seccion,
      orden: dePue ? null : fila.fila,
      partidaOrdinaria: valores.partida,
      partidaExtraordinaria: valores.partida_ext,
      codigoInterno: null,
      descripcion: valores.concepto,
      idUnidadMedida: unidad.id,
      cantidad: dinero(valores.cantidad),
      precioUnitarioMn: dinero(valores.precio_mn),
      precioUnitarioUsd: dinero(valores.precio_usd),
      categoria: valores.categoria,
      subcategoria: valores.subcategoria,
      clasificacion: valores.clasificacion,
      pteCreacion: valores.pte_creacion,
      otCreacion: valores.ot_creacion,
      idPteCreacion: null,
      idOtCreacion: null,
      fechaAutorizacion: valores.fecha_autorizacion,
      estatus: dePue && ordinario ? ESTATUS_PUE.AUTORIZADO : valores.estatus,
      comentario: valores.comentario,
      activo: true,
    }
  }

  /** Takes a place of the unique index of ordinary concepts; refuses the row when another concept has it. */
  #ocupar(fila: FilaConcepto, lugar: string | null, quien: string): boolean {
    if (lugar === null) return true
    const dueno = this.#lugares.get(lugar)
    if (dueno !== undefined && dueno !== quien) {
      const { partida, anexo } = fila.valores
      this.#error(
        fila,
        'partida',
        partida ?? '',
        `y esa partida, con la misma descripción y unidad, ya existe en el anexo ${anexo ?? ''}.`,
      )
      return false
    }
    this.#lugares.set(lugar, quien)
    return true
  }

  #necesitar(fila: FilaConcepto, subAnexo: string | null): void {
    if (subAnexo === null || this.#guardado(subAnexo) !== null || this.#subAnexosNuevos.has(subAnexo)) return
    this.#subAnexosNuevos.set(subAnexo, this.#nombreDeHoja(fila))
  }

  // ---------------------------------------------------------------------------------------------------- headings

  /** Headings of sub-annexes that exist or will; the same one again, in the same sheet, is the next of its name. */
  #planearSecciones(): { nuevas: number[]; guardadas: Map<number, number>; anexos: Map<number, string> } {
    const libres = new Map<string, number[]>()
    for (const { id, idSubAnexo, partida, descripcion } of this.#foto.secciones) {
      const clave = claveDeSeccion(this.#nombres.subAnexo(idSubAnexo), partida, descripcion)
      libres.set(clave, [...(libres.get(clave) ?? []), id])
    }
    const nuevas: number[] = []
    const guardadas = new Map<number, number>()
    const anexos = new Map<number, string>()
    for (const [i, { anexo, partida, descripcion }] of this.#libro.secciones.entries()) {
      const subAnexo = this.#subAnexos.get(anexo)?.claveAnexo ?? (this.#subAnexosNuevos.has(anexo) ? anexo : null)
      if (subAnexo === null) continue
      anexos.set(i, subAnexo)
      const previa = libres.get(claveDeSeccion(subAnexo, partida, descripcion))?.shift()
      if (previa === undefined) nuevas.push(i)
      else guardadas.set(i, previa)
    }
    return { nuevas, guardadas, anexos }
  }

  // -------------------------------------------------------------------------------------------------- what is told

  #avisarEditado(fila: FilaConcepto, etiquetas: readonly string[]): void {
    this.#avisar(
      fila,
      fila.valores.partida_ext === null ? 'partida' : 'partida_ext',
      `y la fila no ha cambiado desde que se cargó; se conserva lo que alguien capturó después (${etiquetas.join(', ')}).`,
    )
  }

  #avisarPreciosEnCero(fila: FilaConcepto, antes: Concepto, despues: Concepto): void {
    for (const [campo, columna] of [
      ['precioUnitarioMn', 'precio_mn'],
      ['precioUnitarioUsd', 'precio_usd'],
    ] as const) {
      if (!despues[campo].isZero() || antes[campo].isZero()) continue
      this.#avisar(fila, columna, `y el sistema tiene ${antes[campo].toFixed(2)}: el precio quedaría en 0.`)
    }
  }

  #clase(fila: FilaConcepto): 'contrato' | 'pue' {
    return this.#libro.hojas[fila.hoja]?.clase ?? 'contrato'
  }

  #encabezado(fila: FilaConcepto): LibroDePrecios['hojas'][number]['encabezado'] {
    const hoja = this.#libro.hojas[fila.hoja]
    if (hoja === undefined) throw new Error('A row of no sheet')
    return hoja.encabezado
  }

  #nombreDeHoja(fila: FilaConcepto): string {
    return this.#encabezado(fila).hoja
  }

  #conNuevo(subAnexo: string | null): Nombres {
    return { ...this.#nombres, subAnexo: (id) => (id === PROVISIONAL ? (subAnexo ?? '') : this.#nombres.subAnexo(id)) }
  }

  #error(fila: FilaConcepto, columna: Columna, valor: string, resto: string): null {
    fila.errores.push(diceQue(this.#encabezado(fila), fila.fila, columna, valor, resto))
    return null
  }

  #avisar(fila: FilaConcepto, columna: Columna, resto: string): void {
    const valor = fila.valores[columna as keyof typeof fila.valores] ?? ''
    fila.advertencias.push(diceQue(this.#encabezado(fila), fila.fila, columna, valor, resto))
  }
}
