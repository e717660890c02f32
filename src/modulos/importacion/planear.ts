/** What an import would do with the rows of a workbook: which records they are, what changes, what is refused. */
import { createHash } from 'node:crypto'
import { setImmediate as respirar } from 'node:timers/promises'
import { diceQue, lugar, problema } from '../../plataforma/excel/encabezado.reglas.ts'
import type { EncabezadoDeHoja, Problema } from '../../plataforma/excel/hoja.tipos.ts'
import type { FilaDeLibro, HojaLeida } from './columnas.tipos.ts'
import type { CambioDeCampo, OpcionesElegidas } from './importacion.tipos.ts'
import type {
  Contenido,
  DefImportacion,
  Foto,
  Juicio,
  PlanDeMotor,
  Propuesta,
  Registro,
  RegistroCambiado,
  RegistroNuevo,
  Valor,
} from './motor.tipos.ts'

/** Rows after which others get their turn of the processor. */
const RESPIRO = 500

/** What the batches know: the hash of each record, and the records of each hash. */
export interface Memoria {
  readonly huellas: ReadonlyMap<number, string>
  readonly porHuella: ReadonlyMap<string, readonly number[]>
}

/** What a plan is made of. */
export interface Materia<V, C extends object, F extends Foto<C>> {
  readonly def: Pick<
    DefImportacion<V, C, F>,
    'proponer' | 'etiquetas' | 'mostrar' | 'repetidas' | 'eliminados' | 'juzgarCambio'
  >
  readonly contenido: Contenido<V>
  readonly foto: F
  /** Of `foto` and those that only their hash recognises. */
  readonly registros: readonly Registro<C>[]
  readonly memoria: Memoria
}

interface Candidata<V, C extends object> {
  readonly fila: FilaDeLibro<V>
  readonly propuesta: Propuesta<C>
  /** Hash of the row with what was chosen beside the workbook. */
  readonly huella: string
}

/** Plans a workbook. */
export function planear<V, C extends object, F extends Foto<C>>(materia: Materia<V, C, F>): Promise<PlanDeMotor<C>> {
  return new Planificador(materia).planear()
}

class Planificador<V, C extends object, F extends Foto<C>> {
  readonly #m: Materia<V, C, F>
  readonly #encabezados: ReadonlyMap<string, EncabezadoDeHoja>
  readonly #porId: ReadonlyMap<number, Registro<C>>
  readonly #porClave = new Map<string, Registro<C>[]>()
  readonly #crear: RegistroNuevo<C>[] = []
  readonly #actualizar: RegistroCambiado<C>[] = []
  readonly #reconocer: PlanDeMotor<C>['reconocer'][number][] = []
  readonly #errores: Problema[] = []
  readonly #advertencias: Problema[] = []
  /** Records that some row is about already, with that row. */
  readonly #tomados = new Map<number, number>()
  /** Rows accepted so far, by their first key. */
  readonly #vistas = new Map<string, number>()
  #total = 0
  #rechazadas = 0

  constructor(materia: Materia<V, C, F>) {
    this.#m = materia
    this.#encabezados = new Map(materia.contenido.hojas.map((hoja) => [hoja.hoja, encabezadoDe(hoja)]))
    this.#porId = new Map(materia.registros.map((registro) => [registro.id, registro]))
    for (const registro of this.#porId.values()) {
      for (const clave of registro.claves) this.#porClave.set(clave, [...(this.#porClave.get(clave) ?? []), registro])
    }
  }

  async planear(): Promise<PlanDeMotor<C>> {
    const candidatas = await this.#proponerTodas()
    // A row that was imported before is about the record it made then, whatever else looks like it: those go first.
    const conocidas = new Map(
      candidatas.flatMap((una) => {
        const registro = this.#porSuContenido(una.huella)
        if (registro === undefined) return []
        this.#tomados.set(registro.id, una.fila.fila)
        return [[una, registro] as const]
      }),
    )
    for (const [i, una] of candidatas.entries()) {
      if (i % RESPIRO === RESPIRO - 1) await respirar()
      const conocida = conocidas.get(una)
      if (conocida === undefined) this.#buscar(una)
      else this.#comparar(una, conocida)
    }
    return {
      crear: this.#crear,
      actualizar: this.#actualizar,
      reconocer: this.#reconocer,
      conteo: {
        total: this.#total,
        creadas: this.#crear.length,
        actualizadas: this.#actualizar.length,
        sin_cambio: this.#total - this.#crear.length - this.#actualizar.length - this.#rechazadas,
        rechazadas: this.#rechazadas,
      },
      errores: enOrden(this.#errores, this.#m.contenido.hojas),
      advertencias: enOrden(this.#advertencias, this.#m.contenido.hojas),
    }
  }

  async #proponerTodas(): Promise<Candidata<V, C>[]> {
    const { def, contenido, foto } = this.#m
    const candidatas: Candidata<V, C>[] = []
    for (const [i, fila] of contenido.filas.entries()) {
      if (i % RESPIRO === RESPIRO - 1) await respirar()
      const propios: Problema[] = []
      const avisos: Problema[] = []
      const propuesta = def.proponer(fila, foto, this.#juicio(fila, propios, avisos), contenido.opciones)
      if (propuesta === null && propios.length === 0) continue
      this.#total += 1
      this.#advertencias.push(...fila.advertencias, ...avisos)
      const errores = sinRepetir([...fila.errores, ...propios])
      if (propuesta === null || errores.length > 0) {
        this.#rechazadas += 1
        this.#errores.push(...errores)
      } else candidatas.push({ fila, propuesta, huella: huellaCon(fila.huella, contenido.opciones) })
    }
    return candidatas
  }

  #juicio(fila: FilaDeLibro<V>, errores: Problema[], avisos: Problema[]): Juicio<V> {
    const encabezado = this.#encabezadoDe(fila)
    const visto = (columna: string): string => fila.vistos[columna] ?? ''
    const dice = (columna: string, resto: string): Problema =>
      diceQue(encabezado, fila.fila, columna, visto(columna), resto)
    return {
      error: (columna, resto) => errores.push(dice(columna, resto)),
      falta: (columna, que) => {
        const mensaje = `En ${lugar(encabezado, fila.fila, columna)} falta ${que}.`
        errores.push(problema(encabezado, fila.fila, columna, '', mensaje))
      },
      aviso: (columna, resto) => avisos.push(dice(columna, resto)),
      avisoDeVacia: (columna, resto) => {
        if (!encabezado.columnas.has(columna)) return
        const mensaje = `${lugar(encabezado, fila.fila, columna)} está vacía; ${resto}`
        avisos.push(problema(encabezado, fila.fila, columna, '', mensaje))
      },
      tiene: (columna) => encabezado.columnas.has(columna),
    }
  }

  #encabezadoDe({ hoja }: FilaDeLibro<V>): EncabezadoDeHoja {
    const encabezado = this.#encabezados.get(hoja)
    if (encabezado === undefined) throw new Error(`No header of the sheet ${hoja}`)
    return encabezado
  }

  #porSuContenido(huella: string): Registro<C> | undefined {
    const ids = this.#m.memoria.porHuella.get(huella) ?? []
    return ids
      .filter((id) => !this.#tomados.has(id))
      .map((id) => this.#porId.get(id))
      .find((registro) => registro !== undefined)
  }

  /** The record of a row by its keys; none = it is new. */
  #buscar(una: Candidata<V, C>): void {
    const { repetidas = 'rechazar', eliminados = 'respetar' } = this.#m.def
    const [principal] = una.propuesta.claves
    const anterior = principal === undefined ? undefined : this.#vistas.get(principal)
    if (anterior !== undefined && repetidas === 'rechazar') {
      this.#rechazar(una, `es el mismo registro que la fila ${String(anterior)}. Deja una sola.`)
      return
    }
    for (const clave of una.propuesta.claves) {
      const todos = this.#porClave.get(clave) ?? []
      const libres = todos.filter(({ id, vivo }) => vivo && !this.#tomados.has(id))
      const [primero] = libres
      if (libres.length > 1) {
        this.#rechazar(
          una,
          `corresponde a ${String(libres.length)} registros (${libres.map(({ id }) => String(id)).join(', ')}) y no se sabe a cuál. Corrígelo en el sistema antes de importarlo.`,
        )
        return
      }
      if (primero !== undefined) {
        this.#comparar(una, primero)
        return
      }
      const tomado = todos.find(({ id, vivo }) => vivo && this.#tomados.has(id))
      if (tomado !== undefined && repetidas === 'rechazar') {
        this.#rechazar(una, `es el mismo registro que la fila ${String(this.#tomados.get(tomado.id))}. Deja una sola.`)
        return
      }
      const muerto = tomado === undefined && eliminados === 'respetar' ? todos.find(({ vivo }) => !vivo) : undefined
      if (muerto !== undefined) {
        this.#comparar(una, muerto)
        return
      }
    }
    if (anterior !== undefined)
      this.#avisar(una, `tiene la misma clave que la fila ${String(anterior)}; se importó como otro registro.`)
    this.#anotarVista(una)
    const { fila, propuesta, huella } = una
    this.#crear.push({ campos: propuesta.nuevo, nombre: propuesta.nombre, hoja: fila.hoja, fila: fila.fila, huella })
  }

  #anotarVista({ propuesta, fila }: Candidata<V, C>): void {
    const [principal] = propuesta.claves
    if (principal !== undefined && !this.#vistas.has(principal)) this.#vistas.set(principal, fila.fila)
  }

  #comparar(una: Candidata<V, C>, registro: Registro<C>): void {
    const { fila, propuesta, huella } = una
    this.#tomados.set(registro.id, fila.fila)
    this.#anotarVista(una)
    const cambios = this.#diferencias(propuesta.campos, registro.campos)
    if (!registro.vivo) {
      // A row that says the same as the deleted record was imported so: there is nothing to tell.
      if (cambios.length > 0)
        this.#avisar(una, 'corresponde a un registro eliminado en el sistema; no se cambia ni se crea de nuevo.')
      return
    }
    if (this.#m.memoria.huellas.get(registro.id) === huella) {
      if (cambios.length > 0)
        this.#avisar(
          una,
          `no cambió desde que se importó, y en el sistema alguien cambió después: ${cambios.map(({ etiqueta }) => etiqueta).join(', ')}. Se deja como está.`,
        )
      return
    }
    const { id, version } = registro
    if (cambios.length === 0) {
      this.#reconocer.push({ id, version, nombre: registro.nombre, huella })
      return
    }
    const campos = cambios.map(({ campo }) => campo as keyof C)
    const despues = elegir(propuesta.campos, campos)
    const impedimento = this.#m.def.juzgarCambio?.(registro, despues, this.#m.foto) ?? null
    if (impedimento !== null) {
      this.#rechazar(una, impedimento)
      return
    }
    this.#actualizar.push({
      id,
      version,
      nombre: registro.nombre,
      hoja: fila.hoja,
      fila: fila.fila,
      huella,
      antes: elegir(registro.campos, campos),
      despues,
      cambios,
    })
  }

  #diferencias(propuestos: Partial<C>, actuales: C): CambioDeCampo[] {
    const { def, foto } = this.#m
    const ver = (campo: keyof C & string, valor: Valor): string => def.mostrar?.(campo, valor, foto) ?? textoDe(valor)
    return (Object.keys(propuestos) as (keyof C & string)[])
      .filter((campo) => propuestos[campo] !== undefined && propuestos[campo] !== actuales[campo])
      .map((campo) => ({
        campo,
        etiqueta: def.etiquetas[campo],
        antes: ver(campo, actuales[campo] as Valor),
        despues: ver(campo, propuestos[campo] as Valor),
      }))
  }

  #rechazar(una: Candidata<V, C>, resto: string): void {
    this.#rechazadas += 1
    this.#errores.push(this.#deFila(una, resto))
  }

  #avisar(una: Candidata<V, C>, resto: string): void {
    this.#advertencias.push(this.#deFila(una, resto))
  }

  #deFila({ fila, propuesta }: Candidata<V, C>, resto: string): Problema {
    const { hoja, fila: numero } = fila
    const mensaje = `La fila ${String(numero)} (${propuesta.nombre}) ${resto}`
    return { hoja, fila: numero, columna: '', celda: '', valor: propuesta.nombre, mensaje }
  }
}

/** Hash of a row with what was chosen beside the workbook: the same row of another contract is another row. */
export function huellaCon(huella: string, opciones: OpcionesElegidas): string {
  const texto = JSON.stringify(Object.entries(opciones).filter(([, valor]) => typeof valor === 'string'))
  return texto === '[]' ? huella : createHash('sha256').update(huella).update(texto).digest('hex')
}

const encabezadoDe = ({ hoja, fila, columnas }: HojaLeida): EncabezadoDeHoja => ({
  hoja,
  fila,
  columnas: new Map(columnas.map(({ columna, indice, titulo }) => [columna, { indice, titulo }])),
  es1904: false,
})

function elegir<C extends object>(de: Partial<C>, campos: readonly (keyof C)[]): Partial<C> {
  const parte: Partial<C> = {}
  for (const campo of campos) {
    const valor = de[campo]
    if (valor !== undefined) parte[campo] = valor
  }
  return parte
}

/** A value that nobody said how to show. */
export function textoDe(valor: unknown): string {
  if (typeof valor === 'boolean') return valor ? 'Sí' : 'No'
  return typeof valor === 'string' || typeof valor === 'number' ? String(valor) : ''
}

/** A cell that cannot be read and that a rule misses too is said once. */
function sinRepetir(problemas: readonly Problema[]): Problema[] {
  const dichas = new Set<string>()
  return problemas.filter(({ celda, columna }) => {
    const llave = `${celda}/${columna}`
    if (dichas.has(llave)) return false
    dichas.add(llave)
    return true
  })
}

function enOrden(problemas: readonly Problema[], hojas: readonly HojaLeida[]): Problema[] {
  const lugarDe = new Map(hojas.map(({ hoja }, i) => [hoja, i]))
  return problemas.toSorted((a, b) => (lugarDe.get(a.hoja) ?? 0) - (lugarDe.get(b.hoja) ?? 0) || a.fila - b.fila)
}
