/**
 * What an import would do, decided without touching anything: rows and a picture of the database go in, the complete
 * plan comes out. Linear in the rows. Rules: ot.md §9 and settled.md §1.
 */
import { textoDinero, dinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, type FechaIso } from '../../../comun/fechas.ts'
import { claveFolio } from '../../../comun/texto.ts'
import {
  ESTATUS_LOGICO,
  ESTATUS_OT,
  ESTATUS_PASO,
  FRENTE_DE_SITIO,
  FRENTE_OT,
  OFICIO_PENDIENTE,
  RESPONSABLE_CLIENTE_POR_DEFINIR,
  TIPO_OT,
  type ClaseSitio,
} from '../ot.tipos.ts'
import { AVISO_ESTATUS } from './celdas.reglas.ts'
import { diceQue } from './filas.reglas.ts'
import type {
  AccionFila,
  CambioDeCampo,
  CamposOt,
  Columna,
  Encabezado,
  FilaInterpretada,
  Foto,
  Nombrados,
  OtCambiada,
  OtGuardada,
  OtNueva,
  PasosNuevos,
  Plan,
  PteNueva,
} from './importacion.tipos.ts'

/** A row with the hash of its cleaned values. */
export interface FilaConHuella extends FilaInterpretada {
  readonly huella: string
}

/** Keys of the folios that the picture of the database must bring. */
export function nombradosEn(filas: readonly FilaInterpretada[]): Nombrados {
  const folios = new Set<string>()
  const ptes = new Set<string>()
  for (const { valores } of filas) {
    const folio = valores.id_tipo_id === TIPO_OT.REPROGRAMACION ? valores.ot_principal : valores.orden_trabajo
    if (folio !== null) folios.add(claveFolio(folio))
    if (valores.id_tipo_id === TIPO_OT.INICIAL && valores.id_pte_header_id !== null)
      ptes.add(claveFolio(valores.id_pte_header_id))
  }
  return { folios: [...folios], ptes: [...ptes] }
}

/** Status and dates of the steps of a new OT (ot.md §9.7). */
export function pasosDeEstatus(
  ot: Pick<CamposOt, 'id_estatus_ot' | 'estatus' | 'fecha_inicio_real' | 'fecha_termino_real'>,
): PasosNuevos {
  const entregada = ot.estatus === ESTATUS_LOGICO.ACTIVA && ot.id_estatus_ot === ESTATUS_OT.TERMINADA
  return {
    estatus_paso: ESTATUS_DE_PASO[ot.id_estatus_ot] ?? ESTATUS_PASO.PENDIENTE,
    paso_inicio: ot.fecha_inicio_real,
    paso_termino: ot.fecha_termino_real,
    paso_entrega: entregada ? ot.fecha_termino_real : null,
  }
}

const ESTATUS_DE_PASO: Readonly<Record<number, number>> = {
  [ESTATUS_OT.ASIGNADA]: ESTATUS_PASO.PROCESO,
  [ESTATUS_OT.DIFERIDA]: ESTATUS_PASO.PROCESO,
  [ESTATUS_OT.EN_EJECUCION]: ESTATUS_PASO.PROCESO,
  [ESTATUS_OT.POR_CANCELAR]: ESTATUS_PASO.PROCESO,
  [ESTATUS_OT.CANCELADA]: ESTATUS_PASO.CANCELADO,
  [ESTATUS_OT.TERMINADA]: ESTATUS_PASO.COMPLETADO,
}

/**
 * The plan of a file.
 * @param opciones.crearPtes whether a PTE that does not exist is created.
 */
export function planear(
  encabezado: Encabezado,
  filas: readonly FilaConHuella[],
  foto: Foto,
  opciones: { readonly crearPtes: boolean },
): Plan {
  // Rows are told things here; planning them again against another picture must start from what was read.
  const propias = filas.map((fila) => ({ ...fila, errores: [...fila.errores], advertencias: [...fila.advertencias] }))
  return new Planeacion(encabezado, foto, opciones.crearPtes).hacer(propias)
}

/** Where the principal of a reprogramación is: stored, or born in this same import. */
interface Principal {
  readonly id: number | null
  readonly posicion: number | null
  readonly nombre: string
  readonly valores: Pick<
    CamposOt,
    'id_pte_header' | 'descripcion_trabajo' | 'id_responsable_proyecto' | 'responsable_cliente' | 'id_cliente'
  >
  readonly nPte: number | null
}

/** What became of the initial order of a folio in the file. */
type Inicial = { readonly fila: number; readonly principal: Principal | null; readonly eliminada: boolean }

class Planeacion {
  readonly #encabezado: Encabezado
  readonly #foto: Foto
  readonly #crearPtes: boolean
  readonly #vivas = new Map<string, OtGuardada>()
  readonly #eliminadas = new Map<string, OtGuardada>()
  readonly #familias = new Map<number, OtGuardada[]>()
  readonly #ptes = new Map<string, number>()
  readonly #ptesRepetidas = new Set<string>()
  readonly #ptesNuevas = new Map<string, number>()
  /** Initial orders of each PTE, by the key of their folio: stored and of this file. */
  readonly #ocupantes = new Map<string, Map<string, string>>()
  readonly #inicialesDelArchivo = new Map<string, Inicial>()
  readonly #numerosDelArchivo = new Map<string, number>()
  readonly #foliosReprogramados: Set<string>

  readonly #crear: OtNueva[] = []
  readonly #actualizar: OtCambiada[] = []
  readonly #reconocer: { id: number; huella: string; version: number }[] = []
  readonly #ptesPorCrear: PteNueva[] = []
  readonly #acciones = new Map<number, AccionFila>()

  constructor(encabezado: Encabezado, foto: Foto, crearPtes: boolean) {
    this.#encabezado = encabezado
    this.#foto = foto
    this.#crearPtes = crearPtes
    this.#foliosReprogramados = new Set(foto.foliosDeReprogramacion)
    for (const ot of foto.iniciales) {
      const grupo = ot.estatus === ESTATUS_LOGICO.ELIMINADA ? this.#eliminadas : this.#vivas
      grupo.set(claveFolio(ot.orden_trabajo), ot)
    }
    for (const ot of foto.reprogramaciones) agregar(this.#familias, ot.ot_principal ?? 0, ot)
    for (const { clave, id } of foto.ptes) {
      if (this.#ptes.has(clave)) this.#ptesRepetidas.add(clave)
      else this.#ptes.set(clave, id)
    }
    for (const { id_pte_header: pte, orden_trabajo: folio } of foto.ocupantes) this.#ocupar(`#${String(pte)}`, folio)
  }

  hacer(filas: readonly FilaConHuella[]): Plan {
    const iniciales = filas.filter(({ valores }) => valores.id_tipo_id === TIPO_OT.INICIAL)
    const reprogramaciones = filas.filter(({ valores }) => valores.id_tipo_id === TIPO_OT.REPROGRAMACION)
    for (const { valores } of reprogramaciones) {
      // Most reprogramaciones repeat the folio of their principal: only another folio is of a reprogramación and no more.
      const propio = claveFolio(valores.orden_trabajo ?? '')
      if (propio !== claveFolio(valores.ot_principal ?? '')) this.#foliosReprogramados.add(propio)
    }
    for (const fila of filas) if (fila.valores.id_tipo_id === null) this.#acciones.set(fila.fila, 'rechazada')
    for (const fila of iniciales) this.#acciones.set(fila.fila, this.#inicial(fila))
    this.#planearReprogramaciones(reprogramaciones)
    this.#moverFamilias()
    return {
      crear: this.#crear,
      actualizar: this.#actualizar,
      reconocer: this.#reconocer,
      ptes: this.#ptesPorCrear,
      filas: filas.length,
      iniciales: this.#contar(iniciales),
      reprogramaciones: this.#contar(reprogramaciones),
      otras: {
        total: filas.length - iniciales.length - reprogramaciones.length,
        rechazadas: filas.length - iniciales.length - reprogramaciones.length,
      },
      errores: filas.flatMap(({ errores }) => errores),
      advertencias: filas.flatMap(({ advertencias }) => advertencias),
      rechazadas: filas.filter(({ fila }) => this.#acciones.get(fila) === 'rechazada').map(({ fila }) => fila),
    }
  }

  #contar(filas: readonly FilaConHuella[]): Plan['iniciales'] {
    const de = (accion: AccionFila): number => filas.filter(({ fila }) => this.#acciones.get(fila) === accion).length
    return {
      total: filas.length,
      creadas: de('crear'),
      actualizadas: de('actualizar'),
      sin_cambio: de('sin_cambio'),
      rechazadas: de('rechazada'),
    }
  }

  // ------------------------------------------------------------------------------------------------ initial orders

  #inicial(fila: FilaConHuella): AccionFila {
    const folio = fila.valores.orden_trabajo
    const clave = folio === null ? '' : claveFolio(folio)
    const previa = this.#inicialesDelArchivo.get(clave)
    if (folio !== null && previa !== undefined) {
      this.#error(fila, 'orden_trabajo', folio, `y ese folio ya está en la fila ${String(previa.fila)}.`)
    }
    const campos = this.#campos(fila, null)
    const pte = this.#pteDe(fila)
    if (fila.errores.length > 0 || folio === null) {
      if (folio !== null && previa === undefined)
        this.#inicialesDelArchivo.set(clave, { fila: fila.fila, principal: null, eliminada: false })
      return 'rechazada'
    }
    return this.#guardarInicial(fila, folio, clave, campos, pte)
  }

  #guardarInicial(
    fila: FilaConHuella,
    folio: string,
    clave: string,
    campos: CamposOt,
    pte: PteDeFila | null,
  ): AccionFila {
    const existente = this.#vivas.get(clave) ?? this.#eliminadas.get(clave)
    this.#avisarOtraEnLaPte(fila, folio, pte)
    // A row that changes nothing must not bring a PTE to life.
    const esLaMisma =
      existente !== undefined &&
      (this.#foto.huellas.get(existente.id) === fila.huella || existente.estatus === ESTATUS_LOGICO.ELIMINADA)
    const nPte = pte?.id === null && !esLaMisma ? this.#pteNueva(pte, campos) : null
    const completos: CamposOt = Object.assign(campos, {
      id_pte_header: pte?.id ?? (esLaMisma ? existente.id_pte_header : null),
    })
    const anotar = (id: number | null, posicion: number | null, valores: CamposOt, eliminada: boolean): void => {
      this.#inicialesDelArchivo.set(clave, {
        fila: fila.fila,
        eliminada,
        principal: { id, posicion, nombre: folio, valores, nPte },
      })
    }
    if (existente === undefined) {
      anotar(null, this.#crear.length, completos, completos.estatus === ESTATUS_LOGICO.ELIMINADA)
      this.#nueva(fila, completos, { tipo: TIPO_OT.INICIAL, numero: null, principal: null, nPte })
      return 'crear'
    }
    const accion = this.#existente(fila, existente, completos, nPte)
    const eliminada =
      existente.estatus === ESTATUS_LOGICO.ELIMINADA ||
      (accion === 'actualizar' && this.#enColumnas('estatus') && completos.estatus === ESTATUS_LOGICO.ELIMINADA)
    anotar(
      existente.id,
      null,
      accion === 'actualizar' ? { ...existente, ...this.#presentes(fila, completos) } : existente,
      eliminada,
    )
    return accion
  }

  /** The PTE of the row: its id, or null when it is to be created. */
  #pteDe(fila: FilaConHuella): PteDeFila | null {
    const folio = fila.valores.id_pte_header_id
    if (folio === null) return null
    const clave = claveFolio(folio)
    const id = this.#ptes.get(clave)
    if (id === undefined) {
      if (!this.#crearPtes) {
        this.#error(
          fila,
          'id_pte_header_id',
          folio,
          'y no existe una PTE con ese folio. Créala o importa con la opción de crear las que faltan.',
        )
      }
      return { id: null, clave, folio }
    }
    if (this.#ptesRepetidas.has(clave)) {
      this.#aviso(fila, 'id_pte_header_id', folio, 'y hay varias PTE con ese folio; se tomó la más antigua.')
    }
    return { id, clave, folio }
  }

  #pteNueva(pte: PteDeFila, campos: CamposOt): number {
    const previa = this.#ptesNuevas.get(pte.clave)
    if (previa !== undefined) return previa
    this.#ptesNuevas.set(pte.clave, this.#ptesPorCrear.length)
    return (
      this.#ptesPorCrear.push({
        oficio_pte: pte.folio,
        descripcion_trabajo: campos.descripcion_trabajo,
        id_cliente: campos.id_cliente,
        id_responsable_proyecto: campos.id_responsable_proyecto,
      }) - 1
    )
  }

  #ocupar(pte: string, folio: string): void {
    const ocupantes = this.#ocupantes.get(pte) ?? new Map<string, string>()
    ocupantes.set(claveFolio(folio), folio)
    this.#ocupantes.set(pte, ocupantes)
  }

  #avisarOtraEnLaPte(fila: FilaConHuella, folio: string, pte: PteDeFila | null): void {
    if (pte === null) return
    const clave = pte.id === null ? pte.clave : `#${String(pte.id)}`
    const otra = primeraDistinta(this.#ocupantes.get(clave) ?? new Map<string, string>(), claveFolio(folio))
    if (otra !== undefined) {
      this.#aviso(
        fila,
        'id_pte_header_id',
        pte.folio,
        `y esa PTE ya tiene otra OT inicial (${otra}). Se importa como está.`,
      )
    }
    this.#ocupar(clave, folio)
  }

  // --------------------------------------------------------------------------------------------- reprogramaciones

  #planearReprogramaciones(filas: readonly FilaConHuella[]): void {
    const sinNumero: [FilaConHuella, Principal, CamposOt][] = []
    for (const fila of filas) {
      const principal = this.#principalDe(fila)
      const campos = this.#campos(fila, principal)
      this.#revisarNumero(fila)
      if (principal === null || fila.errores.length > 0) {
        this.#acciones.set(fila.fila, 'rechazada')
        continue
      }
      this.#avisarFolioDistinto(fila, principal)
      const completos = Object.assign(campos, { id_pte_header: principal.valores.id_pte_header })
      if (fila.valores.num_reprogramacion === null) sinNumero.push([fila, principal, completos])
      else this.#acciones.set(fila.fila, this.#conNumero(fila, principal, completos, fila.valores.num_reprogramacion))
    }
    this.#numerar(sinNumero)
  }

  /** The live initial order the row names, in the file if accepted or in the database. */
  #principalDe(fila: FilaConHuella): Principal | null {
    const folio = fila.valores.ot_principal
    if (folio === null) return null
    const clave = claveFolio(folio)
    const delArchivo = this.#inicialesDelArchivo.get(clave)
    if (delArchivo !== undefined) {
      if (delArchivo.principal !== null && !delArchivo.eliminada) return delArchivo.principal
      const suFila = String(delArchivo.fila)
      const porque = delArchivo.eliminada
        ? `y esa OT inicial (fila ${suFila}) está eliminada.`
        : `y su OT inicial se rechazó (fila ${suFila}).`
      this.#error(fila, 'ot_principal', folio, porque)
      return null
    }
    const guardada = this.#vivas.get(clave)
    if (guardada !== undefined)
      return { id: guardada.id, posicion: null, nombre: guardada.orden_trabajo, valores: guardada, nPte: null }
    this.#error(fila, 'ot_principal', folio, this.#porQueNoHayPrincipal(clave))
    return null
  }

  #porQueNoHayPrincipal(clave: string): string {
    if (this.#eliminadas.has(clave)) return 'y esa OT inicial está eliminada.'
    if (this.#foliosReprogramados.has(clave))
      return 'y esa OT es una reprogramación. Escribe el folio de su OT inicial.'
    return 'y no existe una OT inicial con ese folio.'
  }

  #revisarNumero(fila: FilaConHuella): void {
    const { ot_principal: principal, num_reprogramacion: numero } = fila.valores
    if (principal === null || numero === null) return
    const clave = `${claveFolio(principal)}\n${String(numero)}`
    const previa = this.#numerosDelArchivo.get(clave)
    if (previa === undefined) this.#numerosDelArchivo.set(clave, fila.fila)
    else
      this.#error(
        fila,
        'num_reprogramacion',
        String(numero),
        `y esa reprogramación de ${principal} ya está en la fila ${String(previa)}.`,
      )
  }

  #avisarFolioDistinto(fila: FilaConHuella, principal: Principal): void {
    const folio = fila.valores.orden_trabajo ?? ''
    if (claveFolio(folio) === claveFolio(principal.nombre)) return
    this.#aviso(
      fila,
      'orden_trabajo',
      folio,
      `y el folio de su OT inicial es ${principal.nombre}. Se importa como está.`,
    )
  }

  #conNumero(fila: FilaConHuella, principal: Principal, campos: CamposOt, numero: number): AccionFila {
    const familia = (principal.id === null ? undefined : this.#familias.get(principal.id)) ?? []
    const iguales = familia.filter(({ num_reprogramacion: suyo }) => suyo === numero)
    const existente = iguales.find(({ estatus }) => estatus !== ESTATUS_LOGICO.ELIMINADA) ?? iguales[0]
    if (existente !== undefined) return this.#existente(fila, existente, campos, principal.nPte)
    this.#nueva(fila, campos, { tipo: TIPO_OT.REPROGRAMACION, numero, principal, nPte: principal.nPte })
    return 'crear'
  }

  /**
   * Rows without number, after all the numbered ones (§5.3): recognised by their content, or given max(count, highest)
   * + 1 of the family, deleted ones included. Two equal rows are two records, told apart by their order.
   */
  #numerar(filas: readonly (readonly [FilaConHuella, Principal, CamposOt])[]): void {
    const cuentas = this.#cuentasPorFamilia()
    const porHuella = this.#registrosPorHuella()
    const vistas = new Map<string, number>()
    for (const [fila, principal, campos] of filas) {
      const familia = claveDePrincipal(principal)
      const igual = `${familia} ${fila.huella}`
      const conocida = porHuella.get(igual)?.shift()
      if (conocida !== undefined) {
        this.#acciones.set(fila.fila, this.#existente(fila, conocida, campos, principal.nPte))
        continue
      }
      const previa = vistas.get(igual)
      if (previa !== undefined) {
        this.#aviso(
          fila,
          'orden_trabajo',
          fila.valores.orden_trabajo ?? '',
          `y la fila es idéntica a la ${String(previa)}. Se importaron las dos.`,
        )
      }
      vistas.set(igual, fila.fila)
      const cuenta = cuentas.get(familia) ?? { cuantas: 0, mayor: 0 }
      const numero = Math.max(cuenta.cuantas, cuenta.mayor) + 1
      cuentas.set(familia, { cuantas: cuenta.cuantas + 1, mayor: numero })
      this.#nueva(fila, campos, { tipo: TIPO_OT.REPROGRAMACION, numero, principal, nPte: principal.nPte })
      this.#acciones.set(fila.fila, 'crear')
    }
  }

  #cuentasPorFamilia(): Map<string, { cuantas: number; mayor: number }> {
    const cuentas = new Map<string, { cuantas: number; mayor: number }>()
    const contar = (familia: string, numero: number | null): void => {
      const { cuantas, mayor } = cuentas.get(familia) ?? { cuantas: 0, mayor: 0 }
      cuentas.set(familia, { cuantas: cuantas + 1, mayor: Math.max(mayor, numero ?? 0) })
    }
    for (const [id, ots] of this.#familias) for (const ot of ots) contar(`#${String(id)}`, ot.num_reprogramacion)
    for (const ot of this.#crear) {
      if (ot.id_tipo !== TIPO_OT.REPROGRAMACION) continue
      contar(
        ot.ot_principal === null ? `n${String(ot.n_principal)}` : `#${String(ot.ot_principal)}`,
        ot.num_reprogramacion,
      )
    }
    return cuentas
  }

  #registrosPorHuella(): Map<string, OtGuardada[]> {
    const tomados = new Set([...this.#actualizar, ...this.#reconocer].map(({ id }) => id))
    const registros = new Map<string, OtGuardada[]>()
    for (const [principal, ots] of this.#familias) {
      for (const ot of ots) {
        const huella = this.#foto.huellas.get(ot.id)
        if (huella !== undefined && !tomados.has(ot.id)) agregar(registros, `#${String(principal)} ${huella}`, ot)
      }
    }
    return registros
  }

  // -------------------------------------------------------------------------------------------- values of the row

  /** Columns of the table from the row, with what is empty taken from the principal or from its default. */
  #campos(fila: FilaConHuella, principal: Principal | null): CamposOt {
    const { valores } = fila
    const frente = this.#frente(fila)
    const patio = this.#sitio(fila, 'id_patio', 'patio')
    return {
      id_pte_header: null,
      orden_trabajo: valores.orden_trabajo ?? '',
      oficio_ot: valores.oficio_ot ?? OFICIO_PENDIENTE,
      descripcion_trabajo: valores.descripcion_trabajo ?? principal?.valores.descripcion_trabajo ?? '',
      id_responsable_proyecto: this.#responsable(fila, principal),
      responsable_cliente:
        valores.responsable_cliente ?? principal?.valores.responsable_cliente ?? RESPONSABLE_CLIENTE_POR_DEFINIR,
      id_cliente: this.#cliente(fila, principal),
      id_estatus_ot: this.#estatus(fila),
      estatus: valores.estatus ?? ESTATUS_LOGICO.ACTIVA,
      fecha_inicio_programado: valores.fecha_inicio_programado,
      fecha_termino_programado: valores.fecha_termino_programado,
      fecha_inicio_real: valores.fecha_inicio_real,
      fecha_termino_real: valores.fecha_termino_real,
      monto_mxn: valores.monto_mxn ?? '0.00',
      monto_usd: valores.monto_usd ?? '0.00',
      id_frente: frente,
      id_embarcacion: this.#sitio(fila, 'id_embarcacion', 'embarcacion'),
      id_plataforma: this.#sitio(fila, 'id_plataforma', 'plataforma'),
      id_intercom: this.#sitio(fila, 'id_intercom', 'intercom'),
      id_patio: patio,
      requiere_patio: patio !== null && (frente === FRENTE_OT.BARCO || frente === FRENTE_OT.CP_PS),
      plazo_dias: valores.plazo_dias ?? 0,
      comentario: valores.comentario ?? '',
    }
  }

  #estatus(fila: FilaConHuella): number {
    const id = fila.valores.id_estatus_ot_id
    if (id !== null && this.#foto.estatus.has(id)) return id
    if (id !== null) this.#aviso(fila, 'id_estatus_ot_id', fila.vistos.id_estatus_ot_id ?? '', AVISO_ESTATUS)
    return ESTATUS_OT.ASIGNADA
  }

  #responsable(fila: FilaConHuella, principal: Principal | null): number {
    const id = fila.valores.id_responsable_proyecto_id
    if (id !== null && this.#foto.responsables.has(id)) return id
    if (id !== null) this.#desconocido(fila, 'id_responsable_proyecto_id', 'un responsable del proyecto')
    return principal?.valores.id_responsable_proyecto ?? 0
  }

  #cliente(fila: FilaConHuella, principal: Principal | null): number | null {
    const id = fila.valores.id_cliente_id
    if (id !== null && this.#foto.clientes.has(id)) return id
    if (id !== null) this.#desconocido(fila, 'id_cliente_id', 'un cliente')
    return principal?.valores.id_cliente ?? null
  }

  /** An unknown responsable or client rejects an initial order; a reprogramación takes that of its principal. */
  #desconocido(fila: FilaConHuella, columna: Columna, que: string): void {
    const visto = fila.vistos[columna] ?? ''
    if (fila.valores.id_tipo_id === TIPO_OT.REPROGRAMACION) {
      this.#aviso(fila, columna, visto, `y no existe ${que} con ese número; se tomó el de la OT inicial.`)
    } else this.#error(fila, columna, visto, `y no existe ${que} con ese número.`)
  }

  #frente(fila: FilaConHuella): number | null {
    const id = fila.valores.id_frente
    if (id === null || FRENTES.has(id)) return id
    this.#error(
      fila,
      'id_frente',
      fila.vistos.id_frente ?? '',
      'y el frente debe ser 1 (TIERRA), 2 (BARCO), 4 (CP / PS) o quedar vacío.',
    )
    return null
  }

  #sitio(fila: FilaConHuella, columna: ColumnaSitio, clase: ClaseSitio): number | null {
    const id = fila.valores[columna]
    if (id === null) return null
    const sitio = this.#foto.sitios.get(id)
    if (sitio?.idFrente === FRENTE_DE_SITIO[clase]) return id
    const visto = fila.vistos[columna] ?? ''
    const porque =
      sitio === undefined
        ? 'y no existe un sitio con ese número.'
        : `y ese sitio (${sitio.texto}) no es ${ARTICULO[clase]}.`
    this.#error(fila, columna, visto, porque)
    return null
  }

  // ---------------------------------------------------------------------------------------------- what is done

  #nueva(
    fila: FilaConHuella,
    campos: CamposOt,
    lazo: { tipo: OtNueva['id_tipo']; numero: number | null; principal: Principal | null; nPte: number | null },
  ): void {
    // One object and not three: with 50,000 rows the copies were half of the memory.
    this.#crear.push(
      Object.assign(campos, pasosDeEstatus(campos), {
        n: this.#crear.length,
        id_tipo: lazo.tipo,
        num_reprogramacion: lazo.numero,
        ot_principal: lazo.principal?.id ?? null,
        n_principal: lazo.principal?.posicion ?? null,
        n_pte: lazo.nPte,
        fila: fila.fila,
        huella: fila.huella,
      }),
    )
  }

  /**
   * A row whose record exists. The same row as last time changes nothing, even if a person edited the record since;
   * a deleted record is neither revived nor created again.
   */
  #existente(fila: FilaConHuella, ot: OtGuardada, campos: CamposOt, nPte: number | null): AccionFila {
    if (ot.estatus === ESTATUS_LOGICO.ELIMINADA) {
      if (campos.estatus !== ESTATUS_LOGICO.ELIMINADA) {
        this.#aviso(fila, 'orden_trabajo', campos.orden_trabajo, 'y esa OT está eliminada en el sistema; se dejó así.')
      }
      return 'sin_cambio'
    }
    const cambios = this.#diferencias(fila, ot, campos, nPte)
    if (this.#foto.huellas.get(ot.id) === fila.huella) {
      if (cambios.length > 0) {
        this.#aviso(
          fila,
          'orden_trabajo',
          campos.orden_trabajo,
          `y alguien la cambió después de importarla (${cambios.map(({ etiqueta }) => etiqueta).join(', ')}); se conservó su cambio.`,
        )
      }
      return 'sin_cambio'
    }
    if (cambios.length === 0) {
      this.#reconocer.push({ id: ot.id, huella: fila.huella, version: ot.version })
      return 'sin_cambio'
    }
    const claves = cambios.map(({ campo }) => campo as keyof CamposOt)
    this.#actualizar.push({
      id: ot.id,
      fila: fila.fila,
      folio: ot.orden_trabajo,
      huella: fila.huella,
      version: ot.version,
      antes: soloClaves(ot, claves),
      despues: soloClaves(campos, claves),
      n_pte: claves.includes('id_pte_header') ? nPte : null,
      cambios,
    })
    return 'actualizar'
  }

  /** When an initial order changes its PTE, all its stored reprogramaciones follow it, in the file or not (S-02). */
  #moverFamilias(): void {
    const posicion = new Map(this.#actualizar.map(({ id }, i) => [id, i]))
    for (const madre of [...this.#actualizar]) {
      if (!('id_pte_header' in madre.despues)) continue
      const cambio = madre.cambios.find(({ campo: nombre }) => nombre === 'id_pte_header')
      for (const hija of this.#familias.get(madre.id) ?? []) {
        const lugarEnLista = posicion.get(hija.id)
        const previo = lugarEnLista === undefined ? undefined : this.#actualizar[lugarEnLista]
        const movida: OtCambiada = {
          ...(previo ?? {
            id: hija.id,
            fila: madre.fila,
            folio: hija.orden_trabajo,
            huella: null,
            version: hija.version,
          }),
          antes: { ...previo?.antes, id_pte_header: hija.id_pte_header },
          despues: { ...previo?.despues, id_pte_header: madre.despues.id_pte_header ?? null },
          n_pte: madre.n_pte,
          cambios: [...(previo?.cambios ?? []), ...(cambio === undefined ? [] : [cambio])],
        }
        if (lugarEnLista === undefined) this.#actualizar.push(movida)
        else this.#actualizar[lugarEnLista] = movida
      }
    }
  }

  #enColumnas(columna: Columna): boolean {
    return this.#encabezado.columnas.has(columna)
  }

  /** Values that the row really brings: a column that the workbook has not is left alone, what a type 5 inherits too. */
  #presentes(fila: FilaConHuella, campos: CamposOt): Partial<CamposOt> {
    const esInicial = fila.valores.id_tipo_id === TIPO_OT.INICIAL
    // The PTE of a reprogramación is that of its initial order, whatever its cell says (S-02).
    const claves = CAMPOS.filter(
      ({ columna, campo: nombre }) => this.#enColumnas(columna) && (esInicial || nombre !== 'id_pte_header'),
    )
      .filter(
        ({ columna, hereda }) =>
          !(hereda && fila.valores.id_tipo_id === TIPO_OT.REPROGRAMACION && fila.valores[columna] === null),
      )
      .map(({ campo }) => campo)
    if (claves.includes('id_patio') || claves.includes('id_frente')) claves.push('requiere_patio')
    return soloClaves(campos, claves)
  }

  #diferencias(fila: FilaConHuella, ot: OtGuardada, campos: CamposOt, nPte: number | null): CambioDeCampo[] {
    const presentes = this.#presentes(fila, campos)
    const cambios: CambioDeCampo[] = []
    for (const { campo, etiqueta, tipo } of CAMPOS_CON_PATIO) {
      if (!(campo in presentes)) continue
      const nueva = campo === 'id_pte_header' && nPte !== null
      if (!nueva && ot[campo] === presentes[campo]) continue
      const despues = nueva ? (this.#ptesPorCrear[nPte]?.oficio_pte ?? '') : this.#texto(tipo, presentes[campo])
      cambios.push({ campo, etiqueta, antes: this.#texto(tipo, ot[campo]), despues })
    }
    return cambios
  }

  #texto(tipo: TipoTexto, valor: string | number | boolean | null | undefined): string {
    if (valor === null || valor === undefined || valor === '') return ''
    if (typeof valor === 'boolean') return valor ? 'Sí' : 'No'
    switch (tipo) {
      case 'fecha':
        return aDdMmAaaa(valor as FechaIso)
      case 'importe':
        return textoDinero(dinero(valor))
      case 'responsable':
        return this.#foto.responsables.get(Number(valor)) ?? String(valor)
      case 'cliente':
        return this.#foto.clientes.get(Number(valor)) ?? String(valor)
      case 'estatus':
        return this.#foto.estatus.get(Number(valor)) ?? String(valor)
      case 'sitio':
        return this.#foto.sitios.get(Number(valor))?.texto ?? String(valor)
      case 'pte':
        return this.#foto.oficiosPte.get(Number(valor)) ?? `PTE ${String(valor)}`
      default:
        return String(valor)
    }
  }

  #error(fila: FilaConHuella, columna: Columna, valor: string, resto: string): void {
    fila.errores.push(diceQue(this.#encabezado, fila.fila, columna, valor, resto))
  }

  #aviso(fila: FilaConHuella, columna: Columna, valor: string, resto: string): void {
    fila.advertencias.push(diceQue(this.#encabezado, fila.fila, columna, valor, resto))
  }
}

interface PteDeFila {
  readonly id: number | null
  readonly clave: string
  readonly folio: string
}

type ColumnaSitio = 'id_patio' | 'id_embarcacion' | 'id_plataforma' | 'id_intercom'
type TipoTexto = 'texto' | 'fecha' | 'importe' | 'responsable' | 'cliente' | 'estatus' | 'sitio' | 'pte'

const FRENTES: ReadonlySet<number> = new Set(Object.values(FRENTE_OT))

const ARTICULO: Readonly<Record<ClaseSitio, string>> = {
  patio: 'un patio',
  embarcacion: 'una embarcación',
  plataforma: 'una plataforma',
  intercom: 'un intercom',
}

interface CampoImportado {
  readonly campo: keyof CamposOt
  readonly columna: Columna
  readonly etiqueta: string
  readonly tipo: TipoTexto
  /** Whether a reprogramación takes it from its principal when its cell is empty. */
  readonly hereda: boolean
}

const campo = (
  nombre: keyof CamposOt,
  etiqueta: string,
  tipo: TipoTexto = 'texto',
  columna = nombre as Columna,
  hereda = false,
): CampoImportado => ({
  campo: nombre,
  columna,
  etiqueta,
  tipo,
  hereda,
})

/** Labels are those of the form of an OT (ot.md §7.6). */
const CAMPOS: readonly CampoImportado[] = [
  campo('orden_trabajo', 'Folio OT'),
  campo('oficio_ot', 'Oficio OT'),
  campo('descripcion_trabajo', 'Descripción del Trabajo', 'texto', 'descripcion_trabajo', true),
  campo('id_pte_header', 'PTE proveniente', 'pte', 'id_pte_header_id'),
  campo('id_responsable_proyecto', 'Responsable del Proyecto', 'responsable', 'id_responsable_proyecto_id', true),
  campo('responsable_cliente', 'Responsable del cliente', 'texto', 'responsable_cliente', true),
  campo('id_cliente', 'Cliente', 'cliente', 'id_cliente_id', true),
  campo('id_estatus_ot', 'Estatus', 'estatus', 'id_estatus_ot_id'),
  campo('estatus', 'Estatus lógico'),
  campo('fecha_inicio_programado', 'Fecha de inicio programado', 'fecha'),
  campo('fecha_termino_programado', 'Fecha de termino programado', 'fecha'),
  campo('fecha_inicio_real', 'Fecha de inicio real', 'fecha'),
  campo('fecha_termino_real', 'Fecha de termino real', 'fecha'),
  campo('plazo_dias', 'Plazo(días)'),
  campo('monto_mxn', 'Monto MXN', 'importe'),
  campo('monto_usd', 'Monto USD', 'importe'),
  campo('id_frente', 'Frente'),
  campo('id_embarcacion', 'Embarcacion', 'sitio'),
  campo('id_plataforma', 'Plataforma', 'sitio'),
  campo('id_intercom', 'Intercom', 'sitio'),
  campo('id_patio', 'Patio', 'sitio'),
  campo('comentario', 'Comentario'),
]

const CAMPOS_CON_PATIO: readonly Omit<CampoImportado, 'columna' | 'hereda'>[] = [
  ...CAMPOS,
  { campo: 'requiere_patio', etiqueta: '¿Aplica fase en Patio?', tipo: 'texto' },
]

function soloClaves(de: CamposOt, claves: readonly (keyof CamposOt)[]): Partial<CamposOt> {
  return Object.fromEntries(claves.map((clave) => [clave, de[clave]]))
}

function primeraDistinta(ocupantes: ReadonlyMap<string, string>, propia: string): string | undefined {
  for (const [clave, folio] of ocupantes) if (clave !== propia) return folio
  return undefined
}

const claveDePrincipal = (principal: Principal): string =>
  principal.id === null ? `n${String(principal.posicion)}` : `#${String(principal.id)}`

function agregar<K, V>(mapa: Map<K, V[]>, clave: K, valor: V): void {
  const lista = mapa.get(clave)
  if (lista === undefined) mapa.set(clave, [valor])
  else lista.push(valor)
}
