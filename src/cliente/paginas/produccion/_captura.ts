/** Tab *Producción* (produccion.md §7.4): the month of an order, or of all the orders of a site, typed as in a spreadsheet. */
import { plural } from '../../../comun/texto.ts'
import type { TipoTiempo } from '../../../modulos/produccion/captura/captura.contrato.ts'
import type { PaginaProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import { Captura } from '../../componentes/captura.ts'
import { avisar } from '../../comun/avisos.ts'
import { esperar } from '../../comun/dialogo.ts'
import { crear } from '../../comun/dom.ts'
import { FalloDeServidor } from '../../comun/http.ts'
import { avisarExcedente } from './_captura-alerta.ts'
import { Barra } from './_captura-barra.ts'
import { guardarCeldas, leerCeldas, type CeldaGuardada } from './_captura-borrador.ts'
import type { FilaCaptura, OtDeCaptura } from './_captura-calculo.ts'
import { cargarOts } from './_captura-carga.ts'
import { aspectoDe, columnasDeCaptura, descripcionDe } from './_captura-columnas.ts'
import { resolverConflictos, type ConflictoDeCaptura } from './_captura-conflicto.ts'
import { pedidoDeCelda, verDetalle } from './_captura-detalle.ts'
import { diaDe, EstadoCaptura, type LugarDeCaptura } from './_captura-estado.ts'
import { descargarCsv } from './_captura-exportar.ts'
import { guardarCambios, type ResultadoDeOt } from './_captura-guardado.ts'
import { Problemas } from './_captura-problemas.ts'
import { TablaAlterna } from './_captura-tabla.ts'
import { CajasDeTotales, type Cifra } from './_captura-tarjetas.ts'
import { vincularPartida } from './_captura-vincular.ts'
import { pintarGuardiasEn } from './_guardias.ts'
import type { PestanaDePagina } from './_pestana.ts'
import {
  alSeleccionar,
  lugarPedido,
  otElegida,
  otsDelMes,
  puedeSalir,
  recargarOts,
  seleccion,
  tomarLugarPedido,
  vigilarPendientes,
  type Suceso,
} from './_seleccion.ts'

export const PESTANA_PRODUCCION: PestanaDePagina = {
  clave: 'produccion',
  titulo: 'Producción',
  crear: (caja, datos) => {
    new TabProduccion(caja, datos)
  },
}

/** What was typed is kept this long after the last key. */
const ANTES_DE_GUARDAR_BORRADOR_MS = 400
const ESTRECHA = window.matchMedia('(width < 769px)')

class TabProduccion {
  private readonly datos: PaginaProduccion
  private readonly estado: EstadoCaptura
  private readonly captura: Captura<FilaCaptura>
  private readonly barra: Barra
  private readonly tabla: TablaAlterna
  private readonly problemas = new Problemas()
  private readonly totales: CajasDeTotales
  private readonly marco = crear('div', { class: 'captura-marco', hidden: true })
  private readonly vacio = crear('p', { class: 'captura-aviso', role: 'status' })
  private tipo: TipoTiempo = lugarPedido()?.tipo ?? 'TE'
  /** All the orders of the site, one under another. */
  private todas = false
  private comoTabla = ESTRECHA.matches
  private cargas = 0
  private reloj = 0
  /** Something changed while another tab was shown. */
  private atrasada = false
  /** The reload that a save of this tab asked for is not news. */
  private recargando = false

  constructor(caja: HTMLElement, datos: PaginaProduccion) {
    this.datos = datos
    this.estado = new EstadoCaptura(datos.puede)
    this.captura = this.crearRejilla()
    pintarGuardiasEn(this.captura)
    this.estado.unir(this.captura.hoja)
    this.tabla = new TablaAlterna(this.estado, this.captura)
    this.totales = new CajasDeTotales(datos.tipo_cambio, (cifra) => void this.verCifra(cifra))
    this.barra = new Barra(datos.puede, {
      tipo: (tipo) => void this.cambiarTipo(tipo),
      guardar: () => void this.guardar(),
      agregar: () => void this.agregar(),
      todas: () => void this.alternarTodas(),
      tabla: () => {
        this.comoTabla = !this.comoTabla
        this.mostrarCuerpo()
      },
      exportar: () => {
        descargarCsv(`Sábana-Produccion-${this.todas ? 'frente' : (otElegida()?.ot ?? '')}`, this.captura.comoTabla())
      },
    })
    caja.append(this.barra.caja, this.problemas.caja, this.vacio, this.marco, this.tabla.caja, this.totales.caja)
    alSeleccionar((suceso) => {
      this.alSuceder(suceso)
    })
    vigilarPendientes({
      describir: () => plural(this.captura.hoja.cuantas, 'celda de producción', 'celdas de producción'),
      hay: () => this.captura.hoja.hayEdiciones,
      descartar: () => {
        this.descartar()
      },
      alcance: 'ot',
    })
    window.addEventListener('pagehide', () => {
      this.guardarBorrador()
    })
    this.mostrarCuerpo()
    void this.cargar()
  }

  private crearRejilla(): Captura<FilaCaptura> {
    const { estado } = this
    return new Captura<FilaCaptura>(this.marco, {
      nombre: 'Volúmenes del mes por partida y día',
      columnas: columnasDeCaptura(estado),
      claveDe: ({ clave }) => clave,
      nombreDe: nombreDeFila,
      esTitulo: ({ clase }) => clase !== 'concepto',
      bloqueo: (fila, columna) => estado.bloqueo(fila, columna),
      aspecto: (celda) => aspectoDe(estado, celda),
      descripcion: (celda) => descripcionDe(estado, celda),
      alCambiar: (cambiadas) => {
        this.captura.refrescarFilas(estado.olvidar(cambiadas.map(({ fila }) => fila)))
        this.trasCambiar()
      },
      alDetallar: ({ fila, columna }) => {
        const nombre = `${nombreDeFila(fila)}, ${columna.tituloLargo ?? columna.titulo}`
        void this.detallar(pedidoDeCelda(fila, columna.clave, nombre))
      },
      alGuardar: () => void this.guardar(),
      vacio: 'No hay partidas con esos filtros.',
    })
  }

  // ---- what is looked at

  private alSuceder(suceso: Suceso): void {
    if (this.recargando) return
    if (suceso === 'ot') this.todas = false
    const visible = seleccion().pestana === 'produccion'
    if (suceso === 'pestana') {
      if (visible && this.atrasada) void this.cargar()
    } else if (visible) void this.cargar()
    else this.atrasada = true
  }

  private get lugar(): LugarDeCaptura {
    const { sitio, mes, anio } = seleccion()
    return { tipo: this.tipo, sitio: sitio ?? 0, mes, anio }
  }

  /** Loads what is chosen. The same place again keeps what was typed, and with `marcar` shows what others changed. */
  private async cargar(marcar = false): Promise<void> {
    this.atrasada = false
    this.cargas += 1
    const mia = this.cargas
    const { lugar } = this
    const elegida = otElegida()
    const pedidas = this.todas ? otsDelMes() : elegida ? [elegida] : []
    this.barra.ponerOt(elegida?.ot ?? null, this.todas, otsDelMes().length > 1)
    try {
      const ots = await cargarOts(lugar, pedidas)
      if (mia === this.cargas) this.poner(lugar, ots, marcar)
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
    }
  }

  private poner(lugar: LugarDeCaptura, ots: OtDeCaptura[], marcar: boolean): void {
    const otroLugar = claveDeLugar(lugar, ots) !== claveDeLugar(this.estado.lugar, this.estado.ots)
    if (otroLugar) {
      this.captura.terminarEdicion()
      this.guardarBorrador()
      this.captura.hoja.descartar()
      this.problemas.quitar()
    }
    this.estado.poner(lugar, ots)
    this.captura.ponerFilas(this.estado.filas, { marcarAjenas: marcar })
    this.mostrarCuerpo()
    if (otroLugar) this.recuperar()
    this.trasCambiar()
    this.irALaCeldaPedida()
  }

  /** A link may ask for a day of a partida: once, when its OT is loaded. */
  private irALaCeldaPedida(): void {
    const pedido = lugarPedido()
    const { ot } = seleccion()
    if (pedido?.dia == null || pedido.partida === null || ot === null) return
    if (!this.estado.ots.some(({ idOt }) => idOt === ot)) return
    tomarLugarPedido()
    const clave = this.claveDe(ot, pedido.partida)
    if (this.comoTabla) this.tabla.elegir(clave, pedido.dia)
    else this.captura.irA(clave, `dia${String(pedido.dia)}`)
  }

  private mostrarCuerpo(): void {
    const { filas, ots } = this.estado
    const hay = filas.length > 0
    this.vacio.hidden = hay
    if (!hay) this.vacio.textContent = this.textoVacio(ots.length > 0)
    this.marco.hidden = !hay || this.comoTabla
    this.tabla.caja.hidden = !hay || !this.comoTabla
    this.barra.ponerTabla(this.comoTabla)
    this.marco.classList.toggle('captura-cma', this.tipo === 'CMA')
    if (!this.tabla.caja.hidden) this.tabla.abrir(this.diaDeHoy())
    if (!this.marco.hidden) this.captura.refrescar()
  }

  private textoVacio(sinPartidas: boolean): string {
    if (sinPartidas) return 'La OT todavía no tiene partidas. Importa su Anexo C o agrega una partida.'
    return seleccion().sitio === null ? 'Selecciona un frente.' : 'Selecciona una OT primero.'
  }

  private diaDeHoy(): number | null {
    const { mes, anio } = this.estado.lugar
    const [anioDeHoy, mesDeHoy, dia] = this.datos.hoy.split('-').map(Number)
    return anio === anioDeHoy && mes === mesDeHoy ? (dia ?? null) : null
  }

  private async cambiarTipo(tipo: TipoTiempo): Promise<void> {
    if (await puedeSalir('ot')) {
      this.tipo = tipo
      this.barra.ponerTipo(tipo)
      await this.cargar()
    } else this.barra.ponerTipo(this.tipo)
  }

  private async alternarTodas(): Promise<void> {
    if (!(await puedeSalir('ot'))) return
    this.todas = !this.todas
    await this.cargar()
  }

  private async agregar(): Promise<void> {
    const ot = otElegida()
    if (!ot) avisar('advertencia', 'Selecciona una OT primero')
    else if (await vincularPartida(ot.id_ot, ot.ot)) await this.cargar(true)
  }

  private async detallar(pedido: Parameters<typeof verDetalle>[1]): Promise<void> {
    try {
      await verDetalle(this.estado.lugar, pedido)
    } catch (error) {
      // Its notice is on screen.
      if (!(error instanceof FalloDeServidor)) throw error
    }
  }

  /** The cards are of one order; of a whole site, each order has its own title row. */
  private async verCifra(cifra: Cifra): Promise<void> {
    const [ot, ...mas] = this.estado.ots
    if (!ot || mas.length > 0) {
      avisar('advertencia', 'Elige una OT para ver los registros de la tarjeta.')
      return
    }
    const titulo = cifra === 'mes' ? 'Prod. del Mes' : 'Prod. general acumulada'
    await this.detallar({ titulo: `${titulo}, ${ot.folio}`, idOt: ot.idOt, acumulado: cifra === 'general' })
  }

  // ---- what was typed

  private trasCambiar(): void {
    const { hoja } = this.captura
    this.barra.ponerSucias(hoja.cuantas)
    this.totales.mostrar(this.estado.filas.length === 0 ? null : this.estado.tarjetas())
    if (!hoja.hayEdiciones) this.problemas.quitar()
    window.clearTimeout(this.reloj)
    this.reloj = window.setTimeout(() => {
      this.guardarBorrador()
    }, ANTES_DE_GUARDAR_BORRADOR_MS)
  }

  private guardarBorrador(): void {
    window.clearTimeout(this.reloj)
    const { lugar, ots } = this.estado
    const porOt = new Map(ots.map(({ idOt }) => [idOt, [] as CeldaGuardada[]]))
    for (const { fila, ...celda } of this.captura.hoja.paraBorrador()) porOt.get(fila.ot.idOt)?.push(celda)
    for (const [idOt, celdas] of porOt) guardarCeldas(idOt, lugar, celdas)
  }

  private descartar(): void {
    this.captura.hoja.descartar()
    this.estado.olvidarTodo()
    this.captura.refrescar()
    this.guardarBorrador()
    this.trasCambiar()
  }

  /** Types again what was left unsaved. What somebody changed meanwhile is asked about, never written over in silence. */
  private recuperar(): void {
    const { lugar, ots } = this.estado
    const borradores = ots.flatMap(({ idOt }) => leerCeldas(idOt, lugar) ?? [])
    const celdas = borradores.flatMap((borrador) => borrador.celdas)
    const [primero] = borradores
    if (!primero) return
    const perdidas = this.captura.recuperar(celdas)
    if (perdidas.length > 0)
      this.problemas.mostrar(
        `No se pudieron recuperar ${plural(perdidas.length, 'celda', 'celdas')}`,
        perdidas.map(({ clave, columna, texto, motivo }) => ({
          nombre: `${this.nombreDeCelda(clave, columna)} = ${texto}`,
          motivo,
        })),
      )
    const recuperadas = celdas.length - perdidas.length
    if (recuperadas === 0) return
    const cuantas = recuperadas === 1 ? 'Recuperamos 1 celda' : `Recuperamos ${String(recuperadas)} celdas`
    avisar('advertencia', `${cuantas} sin guardar del ${primero.cuando}. Revísalas y guarda.`, {
      accion: {
        texto: 'Descartarlas',
        hacer: () => {
          this.descartar()
        },
      },
    })
    const cambiadas = celdas.filter(({ clave, columna, anterior }) => {
      const guardado = this.guardadoEn(clave, columna)
      return guardado !== null && guardado !== anterior && this.escritoEn(clave, columna) !== guardado
    })
    if (cambiadas.length > 0) void this.alConflicto(cambiadas.map((celda) => this.conflictoDe(celda)))
  }

  private guardadoEn(clave: string, columna: string): string | null {
    const fila = this.captura.hoja.filaDe(clave)
    return fila ? (this.captura.hoja.columnaDe(columna)?.valor(fila) ?? null) : null
  }

  private escritoEn(clave: string, columna: string): string {
    const fila = this.captura.hoja.filaDe(clave)
    const una = this.captura.hoja.columnaDe(columna)
    return fila && una ? this.captura.hoja.texto(fila, una) : ''
  }

  private conflictoDe({ clave, columna, texto }: CeldaGuardada): ConflictoDeCaptura {
    const fila = this.captura.hoja.filaDe(clave)
    const celda = fila?.clase === 'concepto' ? fila.datos[`dia${(diaDe(columna) ?? 1) as 1}`] : null
    return {
      clave,
      columna,
      nombre: this.nombreDeCelda(clave, columna),
      propuesto: texto,
      guardado: this.guardadoEn(clave, columna) ?? '',
      usuario: celda?.autor?.usuario ?? '',
      fecha: celda?.autor?.fecha ?? '',
    }
  }

  private nombreDeCelda(clave: string, columna: string): string {
    const fila = this.captura.hoja.filaDe(clave)
    // A row that is gone is still known by the code that its key carries.
    const nombre = fila ? nombreDeFila(fila) : (clave.split('|')[2] ?? clave)
    return `${nombre} · día ${String(diaDe(columna) ?? '')}`
  }

  // ---- saving

  private async guardar(): Promise<void> {
    if (this.estado.ots.length === 0) {
      avisar('advertencia', 'Selecciona una OT primero')
      return
    }
    this.captura.terminarEdicion()
    this.guardarBorrador()
    const { hoja } = this.captura
    const ilegibles = hoja.rechazos().filter(({ ilegible }) => ilegible)
    if (ilegibles.length > 0) {
      this.listar(`Corrige ${plural(ilegibles.length, 'celda', 'celdas')} antes de guardar`, ilegibles)
      return
    }
    const cambios = hoja.cambios()
    if (cambios.length === 0) {
      avisar('advertencia', 'No hay cambios que guardar.')
      return
    }
    let conflictos: ConflictoDeCaptura[] = []
    await esperar(this.barra.guardar, async () => {
      const resultados = await guardarCambios(this.estado.lugar, cambios)
      if (!resultados.some((resultado) => 'fallo' in resultado && resultado.estado === 401))
        conflictos = await this.trasGuardar(resultados)
    })
    // Once the button is free: what is chosen is saved again.
    if (conflictos.length > 0) await this.alConflicto(conflictos)
  }

  /** What is left to be chosen. */
  private async trasGuardar(resultados: readonly ResultadoDeOt[]): Promise<ConflictoDeCaptura[]> {
    this.problemas.quitar()
    await this.cargar(true)
    this.anunciar(resultados)
    const errores: { clave: string; columna: string; motivo: string }[] = []
    const conflictos: ConflictoDeCaptura[] = []
    for (const resultado of resultados) {
      if (!('fallo' in resultado)) continue
      const clave = (id: number): string => this.claveDe(resultado.ot.idOt, id)
      for (const { id_partida_imp: id, dia, motivo } of resultado.errores)
        errores.push({ clave: clave(id), columna: `dia${String(dia)}`, motivo })
      for (const { id_partida_imp: id, dia, propuesto, guardado, usuario, fecha } of resultado.conflictos) {
        const columna = `dia${String(dia)}`
        const nombre = this.nombreDeCelda(clave(id), columna)
        conflictos.push({ clave: clave(id), columna, nombre, propuesto, guardado, usuario, fecha })
      }
    }
    for (const { clave, columna, motivo } of errores) this.captura.hoja.rechazar(clave, columna, motivo)
    if (errores.length > 0) {
      this.captura.refrescar()
      this.listar(`No se guardaron: ${plural(errores.length, 'celda', 'celdas')}`, errores)
    }
    await this.avisarALasOtras(resultados)
    return conflictos
  }

  private anunciar(resultados: readonly ResultadoDeOt[]): void {
    const guardados = resultados.flatMap((resultado) => ('guardado' in resultado ? [resultado.guardado] : []))
    const [uno] = guardados
    if (guardados.length === 1 && uno) avisar(uno.tipo_aviso, uno.detalles)
    else if (guardados.length > 1)
      avisar('exito', `Producción ${this.tipo} guardada en ${String(guardados.length)} OTs`)
    for (const resultado of resultados) {
      if ('fallo' in resultado && resultado.conflictos.length === 0)
        avisar(resultado.fallo.tipo_aviso, resultado.fallo.detalles)
    }
    const excedentes = guardados.flatMap(({ excedentes_nuevos: nuevos }) => nuevos)
    if (excedentes.length > 0) avisarExcedente(excedentes)
  }

  /** The other tabs look at the same month: statuses of its days, GPUs. */
  private async avisarALasOtras(resultados: readonly ResultadoDeOt[]): Promise<void> {
    if (!resultados.some((resultado) => 'guardado' in resultado)) return
    this.recargando = true
    try {
      await recargarOts()
    } finally {
      this.recargando = false
    }
  }

  private claveDe(ot: number, idPartida: number): string {
    const de = (filas: readonly FilaCaptura[]): FilaCaptura | undefined =>
      filas.find((fila) => fila.clase === 'concepto' && fila.ot.idOt === ot && fila.datos.id_partida_imp === idPartida)
    return de(this.estado.filas)?.clave ?? String(idPartida)
  }

  private async alConflicto(conflictos: readonly ConflictoDeCaptura[]): Promise<void> {
    const ajenos = await resolverConflictos(conflictos)
    if (ajenos === null) {
      this.listar(
        'Alguien más cambió estas celdas; lo tuyo sigue sin guardar',
        conflictos.map((una) => ({
          ...una,
          motivo: `escribiste ${oVacio(una.propuesto)}, está guardado ${oVacio(una.guardado)}`,
        })),
      )
      return
    }
    this.captura.hoja.descartar(ajenos)
    this.estado.olvidarTodo()
    this.captura.refrescar()
    this.trasCambiar()
    if (this.captura.hoja.hayEdiciones) await this.guardar()
  }

  private listar(titulo: string, celdas: readonly { clave: string; columna: string; motivo: string }[]): void {
    this.problemas.mostrar(
      titulo,
      celdas.map(({ clave, columna, motivo }) => ({
        nombre: this.nombreDeCelda(clave, columna),
        motivo,
        ir: () => {
          if (this.comoTabla) {
            this.comoTabla = false
            this.mostrarCuerpo()
          }
          this.captura.irA(clave, columna)
        },
      })),
    )
  }
}

const oVacio = (texto: string): string => (texto === '' ? 'vacío' : texto)

function nombreDeFila(fila: FilaCaptura): string {
  if (fila.clase === 'ot') return fila.ot.folio
  return fila.clase === 'subtotal' ? `TOTAL ANEXO: ${fila.anexo}` : fila.datos.codigo
}

const claveDeLugar = ({ tipo, sitio, mes, anio }: LugarDeCaptura, ots: readonly OtDeCaptura[]): string =>
  [tipo, sitio, mes, anio, ...ots.map(({ idOt }) => idOt)].join('|')
