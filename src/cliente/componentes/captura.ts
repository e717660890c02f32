/**
 * The capture grid: keys, clipboard, filling, undoing and finding as in a spreadsheet, over rows that the page brings (decision 0026). It
 * knows nothing of production: columns, kinds of cells, locks and looks are given. What is pure is in `captura/`, tested without a page.
 */
import { avisar } from '../comun/avisos.ts'
import { crear } from '../comun/dom.ts'
import { abrirMenu, type EntradaMenu } from '../comun/menu-flotante.ts'
import { BuscadorDeCeldas } from './captura/buscar.ts'
import { opcionPorInicial } from './captura/clases.ts'
import { Cuaderno } from './captura/cuaderno.ts'
import { abrirLista, Editor, type Modo, type Salida } from './captura/editor.ts'
import { abrirFiltro } from './captura/filtros.ts'
import type { CeldaDeBorrador, HojaCaptura, ResultadoEscritura } from './captura/hoja.ts'
import { inicioDeFila, mover, saltar } from './captura/navegacion.ts'
import { aclararComas } from './captura/pegado.ts'
import { Pie } from './captura/pie.ts'
import { describirCelda, nombreDeCelda, pinturaDe } from './captura/pintura.ts'
import { leerBloque } from './captura/portapapeles.ts'
import { activarPunteros } from './captura/punteros.ts'
import { alcanceDeArrastre, arrastre, haciaAbajo, haciaDerecha } from './captura/relleno.ts'
import { accionDe, type Accion } from './captura/teclas.ts'
import type { DatosCelda, OpcionesCaptura, Posicion, Rango } from './captura/tipos.ts'
import { Vista, type Banda } from './captura/vista.ts'

const ALTO_FILA = 40
/** Letters typed within this time look for one option together. */
const PAUSA_DE_LETRAS_MS = 700

export class Captura<F> {
  /** What was typed: changes, refusals, drafts. After changing it from outside, `refrescar`. */
  readonly hoja: HojaCaptura<F>
  private readonly opciones: OpcionesCaptura<F>
  private readonly cuaderno: Cuaderno<F>
  private readonly vista: Vista<F>
  private readonly editor: Editor
  private readonly pie = new Pie()
  private readonly busqueda: BuscadorDeCeldas
  private readonly asa = crear('div', { class: 'captura-asa', 'aria-hidden': 'true' })
  private readonly nada: HTMLElement
  private porLlenar: Rango | null = null
  /** Esc was pressed: the next Tab leaves the grid. */
  private saliendo = false
  private letras = { texto: '', cuando: 0 }

  constructor(caja: HTMLElement, opciones: OpcionesCaptura<F>) {
    this.opciones = opciones
    const cuaderno = new Cuaderno(opciones)
    this.cuaderno = cuaderno
    this.hoja = cuaderno.hoja
    this.vista = new Vista<F>({
      nombre: opciones.nombre,
      columnas: opciones.columnas,
      altoFila: opciones.altoFila ?? ALTO_FILA,
      total: () => cuaderno.total,
      pintar: (f, c) => pinturaDe(opciones, cuaderno, f, c),
      esTitulo: (f) => {
        const fila = cuaderno.fila(f)
        return fila !== undefined && cuaderno.hoja.esTitulo(fila)
      },
      seleccion: () => ({ activa: cuaderno.activa, rango: cuaderno.rango, arrastre: this.porLlenar }),
    })
    this.editor = new Editor(this.vista.capa, () => {
      this.hacer({ tipo: 'guardar' })
    })
    this.vista.capa.append(this.asa)
    this.busqueda = new BuscadorDeCeldas({
      filas: () => cuaderno.total,
      columnas: cuaderno.columnas.length,
      texto: (f, c) => cuaderno.texto(f, c),
      actual: () => cuaderno.activa,
      ir: (donde) => {
        this.elegir(donde)
      },
      alCerrar: () => {
        this.enfocar()
      },
    })
    this.nada = crear('p', { class: 'captura-vacia', hidden: true }, opciones.vacio ?? 'No hay renglones.')
    caja.replaceChildren(
      crear('div', { class: 'captura' }, this.busqueda.caja, this.vista.rollo, this.nada, this.pie.caja),
    )
    this.vista.rejilla.addEventListener('keydown', (evento) => {
      this.alTeclear(evento)
    })
    this.activarPortapapeles()
    this.activarPunteros()
  }

  /** Rows of the server. What was typed stays; with `marcarAjenas` the cells that others changed since the rows before are marked. */
  ponerFilas(filas: readonly F[], opciones: { marcarAjenas?: boolean } = {}): void {
    this.editor.confirmar()
    this.cuaderno.ponerFilas(filas, opciones.marcarAjenas === true)
    this.refrescar()
  }

  /** Draws everything again. */
  refrescar(): void {
    this.vista.pintar(true)
    this.contar()
  }

  /** Draws some rows again: their values or looks follow other cells. */
  refrescarFilas(claves: Iterable<string>): void {
    const indices = new Set<number>()
    for (const clave of claves) {
      const indice = this.cuaderno.indiceDe(clave)
      if (indice !== undefined) indices.add(indice)
    }
    this.vista.repintarFilas(indices)
    this.contar()
  }

  /** Keeps what is being typed in a cell that is still open. */
  terminarEdicion(): void {
    this.editor.confirmar()
  }

  /** Types a text in a cell as the person would: for the form of the table alternative. */
  escribir(clave: string, columna: string, texto: string): void {
    const fila = this.hoja.filaDe(clave)
    const una = this.hoja.columnaDe(columna)
    if (fila !== undefined && una) this.tras(this.hoja.escribir([{ fila, columna: una, texto }]))
  }

  /** Types a draft again; gives back the cells that could not take it. */
  recuperar(borrador: readonly CeldaDeBorrador[]): ReturnType<HojaCaptura<F>['recuperar']>['perdidas'] {
    const { resultado, perdidas } = this.hoja.recuperar(borrador)
    this.tras(resultado)
    return perdidas
  }

  /** Goes to a cell, taking away the filters that hide it. */
  irA(clave: string, columna: string): void {
    if (this.cuaderno.indiceDe(clave) === undefined && this.hoja.filaDe(clave) !== undefined) {
      this.cuaderno.quitarFiltros()
      this.refrescar()
    }
    const f = this.cuaderno.indiceDe(clave)
    const c = this.cuaderno.columnas.findIndex((una) => una.clave === columna)
    if (f === undefined || c === -1) return
    this.elegir({ f, c })
    this.enfocar()
  }

  enfocar(): void {
    this.vista.rejilla.focus({ preventScroll: true })
  }

  ponerBandas(bandas: readonly Banda[]): void {
    this.vista.ponerBandas(bandas)
  }

  /** Rows in sight as people read them, titles first: for an export. */
  comoTabla(): string[][] {
    const filas = Array.from({ length: this.cuaderno.total }, (_, f) =>
      this.cuaderno.columnas.map((_columna, c) => this.cuaderno.texto(f, c)),
    )
    return [this.cuaderno.columnas.map(({ titulo }) => titulo), ...filas]
  }

  /** Cells of the selection: for commands of the page over many (mark a range of days). */
  celdasElegidas(): DatosCelda<F>[] {
    return [...this.cuaderno.celdas(this.cuaderno.rango)].map(({ fila, columna }) => ({
      fila,
      columna,
      valor: this.hoja.valor(fila, columna),
    }))
  }

  // ---- selection

  private elegir(donde: Posicion): void {
    this.editor.confirmar()
    this.cuaderno.elegir(donde)
    this.mostrar(this.cuaderno.activa)
  }

  private extender(hasta: Posicion): void {
    this.cuaderno.extender(hasta)
    this.mostrar(this.cuaderno.punta)
  }

  private mostrar(donde: Posicion): void {
    this.saliendo = false
    // Letters of another cell do not go on in this one: F, arrow, P are two cells, not «FP».
    this.letras = { texto: '', cuando: 0 }
    this.vista.verCelda(donde)
    this.vista.pintar(false)
    this.contar()
  }

  /** Foot, tooltip of the active cell, handle. */
  private contar(): void {
    const { activa, rango } = this.cuaderno
    const { texto, alerta } = describirCelda(this.opciones, this.cuaderno, activa.f, activa.c)
    this.pie.describir(texto, alerta)
    const celda = this.vista.celda(activa.f, activa.c)
    if (celda) celda.title = texto
    this.pie.sumar(this.cuaderno.sumas())
    this.nada.hidden = this.cuaderno.total > 0
    const conAsa = this.cuaderno.total > 0 && this.cuaderno.columna(rango.c2).clase !== undefined
    this.asa.hidden = !conAsa
    const { arriba, izquierda, ancho, alto } = this.vista.rectangulo({ f: rango.f2, c: rango.c2 })
    this.asa.style.top = `${String(arriba + alto - 6)}px`
    this.asa.style.left = `${String(izquierda + ancho - 6)}px`
  }

  // ---- keys

  private alTeclear(evento: KeyboardEvent): void {
    if (evento.target !== this.vista.rejilla || evento.isComposing) return
    const accion = accionDe(evento)
    if (accion === null) return
    if (accion.tipo === 'siguiente' && accion.por === 'filas' && this.saliendo) return
    if (accion.tipo === 'escribir') {
      this.alEscribir(evento)
      return
    }
    if (this.hacer(accion)) evento.preventDefault()
  }

  /** False when the browser is to do what the key does by itself. */
  private hacer(accion: Accion): boolean {
    const { cuaderno } = this
    switch (accion.tipo) {
      case 'mover':
      case 'pagina':
      case 'inicio':
      case 'fin':
        this.irSegun(accion)
        return true
      case 'siguiente':
        if (!cuaderno.avanzar(accion)) return false
        this.mostrar(cuaderno.activa)
        return true
      case 'editar':
        this.editar('corregir')
        return true
      case 'borrar':
        this.tras(cuaderno.llenarRango(''))
        return true
      case 'todo':
        cuaderno.elegirRango({
          f1: 0,
          c1: cuaderno.primera,
          f2: cuaderno.total - 1,
          c2: this.ultimaCapturable(),
        })
        this.mostrar(cuaderno.activa)
        return true
      case 'fila':
        cuaderno.elegirRango({ ...cuaderno.rango, c1: 0, c2: cuaderno.columnas.length - 1 })
        this.mostrar(cuaderno.activa)
        return true
      case 'columna':
        cuaderno.elegirRango({ ...cuaderno.rango, f1: 0, f2: cuaderno.total - 1 })
        this.mostrar(cuaderno.activa)
        return true
      case 'deshacer':
        this.volver(this.hoja.deshacer(), 'No hay nada que deshacer.')
        return true
      case 'rehacer':
        this.volver(this.hoja.rehacer(), 'No hay nada que rehacer.')
        return true
      case 'rellenar-abajo':
        this.tras(cuaderno.copiarCeldas(haciaAbajo(cuaderno.rango)))
        return true
      case 'rellenar-derecha':
        this.tras(cuaderno.copiarCeldas(haciaDerecha(cuaderno.rango)))
        return true
      case 'buscar':
        this.busqueda.abrir()
        return true
      case 'filtro':
        this.filtrar(cuaderno.columna(cuaderno.activa.c).clave)
        return true
      case 'detalle':
        this.detallar()
        return true
      case 'guardar':
        this.opciones.alGuardar?.()
        return true
      case 'menu':
        this.abrirMenu(null)
        return true
      case 'salir':
        this.saliendo = true
        this.pie.decir('Presiona Tab para salir de la rejilla, o una flecha para seguir en ella.')
        return true
      case 'escribir':
        return false
    }
  }

  private irSegun(accion: Extract<Accion, { extender: boolean }>): void {
    const { cuaderno } = this
    const desde = accion.extender ? cuaderno.punta : cuaderno.activa
    const hasta = this.destino(accion, desde)
    if (accion.extender) this.extender(hasta)
    else this.elegir(hasta)
  }

  private destino(accion: Extract<Accion, { extender: boolean }>, desde: Posicion): Posicion {
    const { terreno, total, primera } = this.cuaderno
    if (accion.tipo === 'mover')
      return accion.salto ? saltar(terreno, desde, accion.hacia) : mover(terreno, desde, accion.hacia)
    if (accion.tipo === 'pagina') return mover(terreno, desde, accion.hacia, this.vista.filasPorPagina())
    const ultima = this.ultimaCapturable()
    if (accion.tipo === 'inicio') return accion.todo ? { f: 0, c: primera } : inicioDeFila(terreno, desde)
    if (accion.todo) return { f: total - 1, c: ultima }
    return { f: desde.f, c: desde.c === ultima ? this.cuaderno.columnas.length - 1 : ultima }
  }

  private ultimaCapturable(): number {
    return this.cuaderno.columnas.findLastIndex(({ clase }) => clase !== undefined)
  }

  // ---- typing

  private alEscribir(evento: KeyboardEvent): void {
    const { cuaderno } = this
    const opciones = cuaderno.columna(cuaderno.activa.c).clase?.opciones
    if (!opciones) {
      // The key itself falls into the editor, with its accents and its keyboard of phone.
      if (!this.editar('sustituir')) evento.preventDefault()
      return
    }
    evento.preventDefault()
    const ahora = performance.now()
    const seguidas = ahora - this.letras.cuando < PAUSA_DE_LETRAS_MS ? this.letras.texto : ''
    this.letras = { texto: seguidas + evento.key, cuando: ahora }
    const opcion = opcionPorInicial(opciones, this.letras.texto)
    if (opcion) this.tras(cuaderno.llenarRango(opcion.texto))
  }

  /** False when the cell does not take anything: the reason is said. */
  private editar(modo: Modo): boolean {
    const { cuaderno } = this
    const { activa } = cuaderno
    const fila = cuaderno.fila(activa.f)
    if (fila === undefined) return false
    const columna = cuaderno.columna(activa.c)
    const bloqueo = this.hoja.bloqueo(fila, columna)
    if (bloqueo) {
      this.pie.decir(bloqueo.motivo)
      return false
    }
    this.vista.verCelda(activa)
    this.vista.pintar(false)
    const nombre = nombreDeCelda(this.opciones, cuaderno, activa.f, activa.c)
    const celda = this.vista.celda(activa.f, activa.c)
    if (columna.clase?.opciones) {
      if (celda) {
        const valor = this.hoja.valor(fila, columna)
        const lista = abrirLista(celda, nombre, columna.clase.opciones, valor, (texto) => {
          this.tras(cuaderno.llenarRango(texto))
        })
        this.alCerrar(lista, celda)
      }
      return true
    }
    this.editor.abrir(
      this.vista.rectangulo(activa),
      { nombre, texto: this.hoja.texto(fila, columna), modo, numero: columna.clase?.micras !== undefined },
      (texto, salida, devolverFoco) => {
        this.alTerminarEdicion(texto, salida, devolverFoco)
      },
    )
    return true
  }

  private alTerminarEdicion(texto: string | null, salida: Salida, devolverFoco: boolean): void {
    if (texto !== null) this.tras(this.cuaderno.escribirEnActiva(texto))
    if (devolverFoco) this.enfocar()
    if (salida === 'queda') return
    if (salida === 'derecha' || salida === 'izquierda')
      this.cuaderno.avanzar({ por: 'filas', atras: salida === 'izquierda' })
    else this.cuaderno.avanzar({ por: 'columnas', atras: salida === 'arriba' })
    this.mostrar(this.cuaderno.activa)
  }

  /** After any change: tells the page, draws, and says what was passed over or refused. */
  private tras(resultado: ResultadoEscritura<F>, silencioso = false): void {
    const { cambiadas, saltadas, motivoDeSalto, rechazadas } = resultado
    if (cambiadas.length > 0) this.opciones.alCambiar?.(cambiadas)
    this.refrescar()
    if (silencioso) return
    if (saltadas === 1 && motivoDeSalto !== null) this.pie.decir(motivoDeSalto)
    else if (saltadas > 1)
      avisar('advertencia', `${String(saltadas)} celdas no se cambiaron. ${motivoDeSalto ?? ''}`.trim())
    if (rechazadas > 1) {
      avisar('advertencia', `${String(rechazadas)} celdas quedaron en rojo: lo que dicen no se puede guardar.`)
    }
  }

  private volver(resultado: ResultadoEscritura<F> | null, nada: string): void {
    if (resultado === null) {
      this.pie.decir(nada)
      return
    }
    this.tras(resultado)
    const [primera] = resultado.cambiadas
    const f = primera && this.cuaderno.indiceDe(this.opciones.claveDe(primera.fila))
    if (primera && f !== undefined)
      this.elegir({ f, c: this.cuaderno.columnas.findIndex(({ clave }) => clave === primera.columna.clave) })
  }

  // ---- clipboard

  private activarPortapapeles(): void {
    const { rejilla } = this.vista
    rejilla.addEventListener('copy', (evento) => {
      this.alPortapapeles(evento)
    })
    rejilla.addEventListener('cut', (evento) => {
      this.alPortapapeles(evento)
      this.tras(this.cuaderno.llenarRango(''))
    })
    rejilla.addEventListener('paste', (evento) => {
      const texto = evento.clipboardData?.getData('text/plain') ?? ''
      evento.preventDefault()
      if (texto !== '') void this.pegar(texto)
    })
  }

  private alPortapapeles(evento: ClipboardEvent): void {
    evento.clipboardData?.setData('text/plain', this.cuaderno.copiar())
    evento.preventDefault()
  }

  private async pegar(texto: string): Promise<void> {
    const bloque = leerBloque(texto)
    const conNumeros = this.cuaderno.columnas.some(({ clase }) => clase?.micras !== undefined)
    const claro = conNumeros ? await aclararComas(bloque) : bloque
    this.enfocar()
    if (claro) this.tras(this.cuaderno.pegar(claro))
  }

  // ---- mouse, menus

  private activarPunteros(): void {
    const { cuaderno } = this
    activarPunteros(this.vista, this.asa, {
      elegir: (donde, extender) => {
        if (extender) this.extender(donde)
        else this.elegir(donde)
      },
      elegirColumna: (c) => {
        cuaderno.elegirRango({ f1: 0, f2: cuaderno.total - 1, c1: c, c2: c })
        this.vista.pintar(false)
        this.contar()
      },
      editar: () => {
        this.editar('corregir')
      },
      arrastrar: ({ f, c }) => {
        this.porLlenar = alcanceDeArrastre(cuaderno.rango, f, c)
        this.vista.pintarSeleccion()
      },
      soltar: () => {
        const hasta = this.porLlenar
        this.porLlenar = null
        if (!hasta) return
        const resultado = cuaderno.copiarCeldas(arrastre(cuaderno.rango, hasta))
        cuaderno.elegirRango(hasta)
        this.tras(resultado)
        this.enfocar()
      },
      menu: (x, y) => {
        this.abrirMenu({ x, y })
      },
      filtro: (columna) => {
        this.filtrar(columna)
      },
      senalar: (celda, { f, c }) => {
        if (celda.title === '') celda.title = describirCelda(this.opciones, cuaderno, f, c).texto
      },
    })
    this.vista.rejilla.addEventListener(
      'contextmenu',
      (evento) => {
        const donde = this.vista.posicionDe(evento)
        const { rango } = cuaderno
        if (
          donde &&
          donde.f >= 0 &&
          (donde.f < rango.f1 || donde.f > rango.f2 || donde.c < rango.c1 || donde.c > rango.c2)
        )
          this.elegir(donde)
      },
      { capture: true },
    )
  }

  private filtrar(clave: string): void {
    const c = this.cuaderno.columnas.findIndex((columna) => columna.clave === clave)
    const columna = this.cuaderno.columnas[c]
    const ancla = this.vista.titulo(c)
    if (!columna?.filtro || !ancla) {
      this.pie.decir('Esta columna no tiene filtro.')
      return
    }
    abrirFiltro(
      ancla,
      {
        titulo: columna.tituloLargo ?? columna.titulo,
        valores: this.cuaderno.valoresDe(clave),
        fuera: this.cuaderno.fueraDe(clave),
      },
      {
        cambiar: (fuera) => {
          this.cuaderno.filtrarPor(clave, fuera)
          ancla.classList.toggle('filtrada', fuera.size > 0)
          this.refrescar()
        },
        cerrar: () => {
          this.enfocar()
        },
      },
    )
  }

  /** The cell does not take the focus: when its menu closes, the grid does. */
  private alCerrar(panel: HTMLElement, celda: HTMLElement): void {
    panel.addEventListener('toggle', () => {
      if (panel.matches(':popover-open')) return
      celda.removeAttribute('aria-expanded')
      celda.removeAttribute('aria-haspopup')
      if (document.activeElement === document.body || document.activeElement === null) this.enfocar()
    })
  }

  private celdaActiva(): DatosCelda<F> | null {
    const { activa } = this.cuaderno
    const fila = this.cuaderno.fila(activa.f)
    if (fila === undefined) return null
    const columna = this.cuaderno.columna(activa.c)
    return { fila, columna, valor: this.hoja.valor(fila, columna) }
  }

  private detallar(): void {
    const celda = this.celdaActiva()
    if (celda) this.opciones.alDetallar?.(celda)
  }

  private abrirMenu(donde: { x: number; y: number } | null): void {
    const activa = this.celdaActiva()
    const celda = this.vista.celda(this.cuaderno.activa.f, this.cuaderno.activa.c)
    if (!activa || !celda) return
    const entradas: EntradaMenu[] = [
      ...(this.opciones.menu?.(activa) ?? []),
      { texto: 'Rellenar hacia abajo (Ctrl + D)', hacer: () => this.hacer({ tipo: 'rellenar-abajo' }) },
      { texto: 'Rellenar hacia la derecha (Ctrl + R)', hacer: () => this.hacer({ tipo: 'rellenar-derecha' }) },
      { texto: 'Vaciar (Supr)', hacer: () => this.hacer({ tipo: 'borrar' }) },
      { texto: 'Deshacer (Ctrl + Z)', hacer: () => this.hacer({ tipo: 'deshacer' }) },
    ]
    if (this.opciones.alDetallar)
      entradas.unshift({
        texto: 'Ver registros (Ctrl + Enter)',
        hacer: () => {
          this.detallar()
        },
      })
    this.alCerrar(abrirMenu(celda, 'Acciones de la celda', entradas, donde), celda)
  }
}
