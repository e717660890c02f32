/** Tab *Reportes Diarios* (produccion.md §7.3): the status of each day of the OTs of a site, marked as in a spreadsheet. */
import { plural } from '../../../comun/texto.ts'
import {
  RUTA_COMENTAR_DIA,
  RUTA_EXPORTAR_DIARIOS,
  RUTA_GUARDAR_DIARIOS,
  type CambioDeDia,
  type DiasDelMes,
  type EstatusDiario,
  type ConflictoDeDia,
  type GuardarDiarios,
  type OtDelMes,
  type RespuestaGuardarDiarios,
} from '../../../modulos/produccion/diario/diario.contrato.ts'
import type { PaginaProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import { Captura } from '../../componentes/captura.ts'
import type { CambioCelda, DatosCelda } from '../../componentes/captura/tipos.ts'
import { avisar } from '../../comun/avisos.ts'
import { borrarBorrador, guardarBorrador, leerBorrador } from '../../comun/borradores.ts'
import { esperar } from '../../comun/dialogo.ts'
import { crear, icono } from '../../comun/dom.ts'
import { enviarJson, FalloDeServidor } from '../../comun/http.ts'
import { BarraDeOt } from './_barra-ot.ts'
import { resolverConflictos } from './_captura-conflicto.ts'
import { aspectoDeDia, bloqueoDeDia, COLUMNAS_DIARIOS, descripcionDeDia, diaDeColumna } from './_diarios-columnas.ts'
import { TablaDeDias, vacioDelMes } from './_diarios-dia.ts'
import { pedirComentario, pedirMarcado, pedirTexto } from './_diarios-dialogos.ts'
import { pintarGuardiasEn } from './_guardias.ts'
import type { PestanaDePagina } from './_pestana.ts'
import {
  alSeleccionar,
  diasDelMesElegido,
  elegirOt,
  lugarPedido,
  otsDelMes,
  recargarOts,
  seleccion,
  tomarLugarPedido,
  vigilarPendientes,
  type Suceso,
} from './_seleccion.ts'

export const PESTANA_DIARIOS: PestanaDePagina = {
  clave: 'diarios',
  titulo: 'Reportes Diarios',
  crear: (caja, datos) => {
    new TabDiarios(caja, datos)
  },
}

const ESTRECHA = window.matchMedia('(width < 769px)')
const BORRADOR = 'reportes-diarios'

class TabDiarios {
  private readonly datos: PaginaProduccion
  private readonly captura: Captura<OtDelMes>
  private readonly dia: TablaDeDias
  private readonly barraOt: BarraDeOt
  private readonly marco = crear('div', { class: 'captura-marco' })
  private readonly vacio = crear('p', { class: 'captura-aviso', role: 'status' })
  private readonly nota = crear('div', { class: 'nota', hidden: true })
  private readonly sucio = crear('span', { class: 'insignia tono-amarillo', role: 'status', hidden: true })
  private readonly guardar = crear('button', { type: 'button', class: 'boton boton-primario' }, 'Guardar estatus')
  private readonly vista = crear(
    'button',
    { type: 'button', class: 'boton', 'aria-pressed': 'false' },
    icono('table'),
    'Ver como tabla',
  )
  private readonly exportar = crear('a', { class: 'boton' }, icono('file-earmark-spreadsheet'), 'Exportar a Excel')
  private comoTabla = ESTRECHA.matches

  constructor(caja: HTMLElement, datos: PaginaProduccion) {
    this.datos = datos
    this.captura = this.crearRejilla()
    pintarGuardiasEn(this.captura)
    this.dia = new TablaDeDias(this.captura, datos.puede, (ot, dia) => void this.comentar(ot, dia))
    this.barraOt = new BarraDeOt(datos.puede)
    caja.append(this.herramientas(), this.barraOt.caja, this.nota, this.vacio, this.marco, this.dia.caja)
    this.escucharEleccion()
    alSeleccionar((suceso) => {
      this.alSuceder(suceso)
    })
    vigilarPendientes({
      describir: () => `los estatus de ${plural(this.cambios().length, 'día', 'días')}`,
      hay: () => this.captura.hoja.hayEdiciones,
      descartar: () => {
        this.captura.hoja.descartar()
        this.trasCambiar()
      },
      alcance: 'mes',
    })
    this.alSuceder('ots')
  }

  private crearRejilla(): Captura<OtDelMes> {
    const { puede } = this.datos
    return new Captura<OtDelMes>(this.marco, {
      nombre: 'Estatus de los reportes diarios por OT y día',
      columnas: COLUMNAS_DIARIOS,
      claveDe: ({ id_ot: id }) => String(id),
      nombreDe: ({ ot }) => ot,
      bloqueo: (fila, columna) => bloqueoDeDia(fila, diaDeColumna(columna) ?? 0, puede),
      aspecto: aspectoDeDia,
      descripcion: descripcionDeDia,
      alCambiar: () => {
        this.trasCambiar()
      },
      alGuardar: () => void this.alGuardar(),
      menu: (celda) => this.menuDe(celda),
      vacio: 'No hay OT con esos filtros.',
    })
  }

  private herramientas(): HTMLElement {
    const { puede } = this.datos
    const marcar = crear('button', { type: 'button', class: 'boton' }, icono('check2-square'), 'Marcar varios días')
    marcar.addEventListener('click', () => void this.marcarVarios())
    this.guardar.addEventListener('click', () => void esperar(this.guardar, () => this.alGuardar(), 'Guardando...'))
    this.vista.addEventListener('click', () => {
      this.comoTabla = !this.comoTabla
      this.mostrar()
    })
    return crear(
      'div',
      { class: 'herramientas' },
      puede.diarios && this.guardar,
      puede.diarios && marcar,
      this.sucio,
      crear('span', { class: 'hueco' }),
      this.vista,
      this.datos.puede.exportar && this.exportar,
    )
  }

  /** A click or a move in the grid chooses its OT for the other tabs. */
  private escucharEleccion(): void {
    const elegir = (): void => {
      const [celda] = this.captura.celdasElegidas()
      if (celda) void elegirOt(celda.fila.id_ot)
    }
    this.marco.addEventListener('click', elegir)
    this.marco.addEventListener('keyup', ({ key }) => {
      if (key === 'Enter' || key.startsWith('Arrow')) elegir()
    })
  }

  private alSuceder(suceso: Suceso): void {
    if (suceso === 'mes') {
      this.captura.hoja.descartar()
      this.captura.hoja.olvidarPasos()
    }
    if (suceso === 'mes' || suceso === 'ots') {
      this.captura.ponerFilas(otsDelMes(), { marcarAjenas: suceso === 'ots' })
      this.mostrar()
      this.trasCambiar(false)
    }
    if (suceso === 'ots') this.ofrecerBorrador()
    this.barraOt.dibujar()
    if (suceso === 'ot') this.irAlDiaPedido()
  }

  /** A link may ask for a day of the chosen OT, or for the closing of its month. */
  private irAlDiaPedido(): void {
    const pedido = lugarPedido()
    const { ot, pestana } = seleccion()
    if (pedido === null || ot === null || pestana !== 'diarios') return
    tomarLugarPedido()
    if (pedido.cierre) void this.barraOt.abrirCierre()
    if (pedido.dia === null) return
    if (this.comoTabla) this.dia.elegirDia(pedido.dia)
    else this.captura.irA(String(ot), `dia${String(pedido.dia)}`)
  }

  private mostrar(): void {
    const vacio = otsDelMes().length === 0
    this.vacio.hidden = !vacio || this.comoTabla
    this.vacio.textContent = vacioDelMes()
    this.marco.hidden = this.comoTabla || vacio
    this.dia.caja.hidden = !this.comoTabla
    this.vista.setAttribute('aria-pressed', String(this.comoTabla))
    const { sitio, mes, anio } = seleccion()
    this.exportar.hidden = sitio === null || vacio
    const consulta = new URLSearchParams({ id_sitio: String(sitio), mes: String(mes), anio: String(anio) })
    this.exportar.href = `${RUTA_EXPORTAR_DIARIOS}?${consulta.toString()}`
    this.dia.dibujar()
    if (!this.marco.hidden) this.captura.refrescar()
  }

  // ---- what was marked

  private cambios(): CambioCelda<OtDelMes>[] {
    return this.captura.hoja.cambios()
  }

  private trasCambiar(recordar = true): void {
    const { length } = this.cambios()
    this.sucio.hidden = length === 0
    this.sucio.textContent = `${plural(length, 'día', 'días')} sin guardar`
    this.guardar.disabled = length === 0
    if (recordar) this.recordar()
  }

  private registro(): string {
    const { sitio, mes, anio } = seleccion()
    return [sitio, anio, mes].map(String).join('|')
  }

  /** What is not saved survives an expired session and a closed tab. */
  private recordar(): void {
    const cambios = this.cambios()
    if (cambios.length === 0) borrarBorrador(BORRADOR, this.registro())
    else
      guardarBorrador(
        BORRADOR,
        this.registro(),
        Object.fromEntries(cambios.map(({ clave, columna, valor }) => [`${clave} ${columna}`, valor])),
      )
  }

  private ofrecerBorrador(): void {
    const borrador = leerBorrador(BORRADOR, this.registro())
    this.nota.hidden = borrador === null || this.captura.hoja.hayEdiciones || otsDelMes().length === 0
    if (borrador === null || this.nota.hidden) return
    const accion = (texto: string, hacer: () => void): HTMLElement => {
      const boton = crear('button', { type: 'button', class: 'boton' }, texto)
      boton.addEventListener('click', () => {
        this.nota.hidden = true
        hacer()
      })
      return boton
    }
    const cuantos = plural(Object.keys(borrador.valores).length, 'día', 'días')
    this.nota.replaceChildren(
      crear('span', {}, `Quedaron sin guardar los estatus de ${cuantos}, marcados el ${borrador.cuando}.`),
      accion('Recuperar', () => {
        this.escribir(
          Object.entries(borrador.valores).map(([celda, texto]) => {
            const [clave = '', columna = ''] = celda.split(' ')
            return { clave, columna, texto }
          }),
        )
      }),
      accion('Descartar', () => {
        borrarBorrador(BORRADOR, this.registro())
      }),
    )
  }

  /** Marks many cells as one step that Ctrl+Z undoes. */
  private escribir(celdas: readonly { clave: string; columna: string; texto: string }[]): void {
    const { hoja } = this.captura
    const { saltadas } = hoja.escribir(
      celdas.flatMap(({ clave, columna, texto }) => {
        const fila = hoja.filaDe(clave)
        const una = hoja.columnaDe(columna)
        return fila !== undefined && una ? [{ fila, columna: una, texto }] : []
      }),
    )
    this.captura.refrescar()
    this.dia.dibujar()
    this.trasCambiar()
    if (saltadas > 0)
      avisar('advertencia', `${plural(saltadas, 'día no se marcó', 'días no se marcaron')}: ya no se pueden cambiar.`)
  }

  private async marcarVarios(): Promise<void> {
    const ots = otsDelMes()
    if (ots.length === 0) {
      avisar('advertencia', vacioDelMes())
      return
    }
    const elegidas = this.captura.celdasElegidas()
    const dias = elegidas.flatMap(({ columna }) => diaDeColumna(columna) ?? [])
    const ultimo = diasDelMesElegido()
    const varias = elegidas.length > 1 && dias.length > 0
    const marcado = await pedirMarcado({
      ots,
      elegidas: new Set(varias ? elegidas.map(({ fila }) => fila.id_ot) : ots.map(({ id_ot: id }) => id)),
      desde: varias ? Math.min(ultimo, ...dias) : 1,
      hasta: varias ? Math.min(ultimo, Math.max(...dias)) : ultimo,
      valor: (ot, dia) => {
        const columna = this.captura.hoja.columnaDe(`dia${String(dia)}`)
        return columna ? this.captura.hoja.valor(ot, columna) : ''
      },
      puedeAbrir: this.datos.puede.abrir_dia,
    })
    if (!marcado) return
    this.escribir(
      marcado.cambian.map(({ ot, dia }) => ({
        clave: String(ot.id_ot),
        columna: `dia${String(dia)}`,
        texto: marcado.estatus,
      })),
    )
  }

  // ---- saving

  private async alGuardar(): Promise<void> {
    this.captura.terminarEdicion()
    if (this.captura.hoja.rechazos().length > 0) {
      avisar('advertencia', 'Corrige las celdas en rojo antes de guardar.')
      return
    }
    const cambios = this.cambios()
    const { sitio, mes, anio } = seleccion()
    if (cambios.length === 0 || sitio === null) return
    const abiertos = cambios.filter(({ anterior }) => anterior === 'FIRMADO').length
    const motivo = abiertos === 0 ? undefined : await this.pedirMotivo(abiertos)
    if (motivo === null) return
    const cuerpo: GuardarDiarios = {
      id_sitio: sitio,
      mes,
      anio,
      cambios: cambios.map(cambioDeDia),
      ...(motivo === undefined ? {} : { motivo }),
    }
    try {
      await enviarJson<RespuestaGuardarDiarios>(RUTA_GUARDAR_DIARIOS, cuerpo)
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
      if (error.envoltura.codigo === 'CONFLICTOS') await this.resolver(error)
      return
    }
    borrarBorrador(BORRADOR, this.registro())
    this.darPorGuardados(cambios)
    await recargarOts()
  }

  /** What was saved is of the server from now on: the reload that follows marks only what others changed. */
  private darPorGuardados(cambios: readonly CambioCelda<OtDelMes>[]): void {
    const guardadas = new Map<number, DiasDelMes>()
    for (const { fila, columna, valor } of cambios)
      guardadas.set(fila.id_ot, {
        ...guardadas.get(fila.id_ot),
        [columna]: valor === '' ? null : (valor as EstatusDiario),
      })
    this.captura.hoja.descartar()
    this.captura.hoja.olvidarPasos()
    this.captura.ponerFilas(otsDelMes().map((ot) => ({ ...ot, ...guardadas.get(ot.id_ot) })))
  }

  private pedirMotivo(cuantos: number): Promise<string | null> {
    return pedirTexto({
      titulo: 'Abrir días firmados',
      explicacion: `Vas a abrir ${plural(cuantos, 'día firmado', 'días firmados')}: su producción podrá cambiar. El motivo queda en el registro de actividad.`,
      etiqueta: 'Por qué se abren',
      aceptar: 'Abrir y guardar',
      falta: 'Escribe por qué se abren los días firmados.',
      maximo: 500,
    })
  }

  /** Both values of each day, and which one stays; then it is saved over what is stored now. */
  private async resolver(fallo: FalloDeServidor): Promise<void> {
    const { conflictos } = fallo.envoltura as unknown as { conflictos: ConflictoDeDia[] }
    await recargarOts()
    const elegidos = await resolverConflictos(
      conflictos.map(({ id_ot: id, dia, ot, propuesto, guardado, usuario, fecha }) => ({
        clave: String(id),
        columna: `dia${String(dia)}`,
        nombre: `${ot} · día ${String(dia)}`,
        propuesto: propuesto || 'Sin estatus',
        guardado: guardado || 'Sin estatus',
        usuario,
        fecha,
      })),
    )
    if (elegidos === null) return
    this.captura.hoja.descartar(elegidos)
    this.captura.refrescar()
    this.dia.dibujar()
    this.trasCambiar()
    await this.alGuardar()
  }

  // ---- one cell

  private menuDe({
    fila,
    columna,
  }: DatosCelda<OtDelMes>): { texto: string; hacer: () => void; deshabilitada?: string }[] {
    const dia = diaDeColumna(columna)
    if (dia === null) return []
    const falta = this.sinComentario(fila, dia)
    return [
      {
        texto: fila.comentarios[String(dia)] === undefined ? 'Comentar el día' : 'Cambiar el comentario',
        hacer: () => void this.comentar(fila, dia),
        ...(falta === null ? {} : { deshabilitada: falta }),
      },
    ]
  }

  /** Why the day takes no comment; null when it does. */
  private sinComentario(ot: OtDelMes, dia: number): string | null {
    const bloqueo = bloqueoDeDia(ot, dia, this.datos.puede)
    if (bloqueo) return bloqueo.motivo
    const guardado = ot[`dia${dia}`] ?? null
    if (guardado === null) return 'Marca y guarda primero el estatus del día.'
    return guardado === 'FIRMADO' ? 'El día está firmado.' : null
  }

  private async comentar(ot: OtDelMes, dia: number): Promise<void> {
    const { sitio, mes, anio } = seleccion()
    const guardado = await pedirComentario(ot, dia, (comentario) =>
      enviarJson(RUTA_COMENTAR_DIA, {
        id_ot: ot.id_ot,
        id_sitio: sitio,
        mes,
        anio,
        dia,
        comentario,
        anterior: ot.comentarios[String(dia)] ?? '',
      }),
    )
    if (guardado) await recargarOts()
  }
}

function cambioDeDia({ fila, columna, valor, anterior }: CambioCelda<OtDelMes>): CambioDeDia {
  return {
    id_ot: fila.id_ot,
    dia: diaDeColumna({ clave: columna }) ?? 0,
    valor: valor as CambioDeDia['valor'],
    valor_anterior: anterior as CambioDeDia['valor'],
  }
}
