/** Tab GPU's (produccion.md §7.6): partidas × days, each cell with its least advanced GPU; one or many are changed from here. */
import { plural } from '../../../comun/texto.ts'
import {
  ESTATUS_DE_GPU,
  RUTA_GPUS,
  RUTA_GUARDAR_GPUS,
  type CeldaGpu,
  type FilaGpu,
  type GridGpu,
  type GuardarGpus,
  type RegistroGpu,
  type RespuestaGuardarGpus,
} from '../../../modulos/produccion/gpu/gpu.contrato.ts'
import type { PaginaProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import { RUTA_EXPORTAR_GPUS, rutaDeReporte } from '../../../modulos/produccion/reportes/reportes.contrato.ts'
import { Captura } from '../../componentes/captura.ts'
import type { Aspecto, ColumnaCaptura, DatosCelda } from '../../componentes/captura/tipos.ts'
import { avisar } from '../../comun/avisos.ts'
import { campoDeDialogo, esperar, preguntar } from '../../comun/dialogo.ts'
import { crear, icono } from '../../comun/dom.ts'
import { enviarJson, FalloDeServidor, obtener } from '../../comun/http.ts'
import { actualizarGpu } from './_gpu-dialogo.ts'
import { claseDeEstatusGpu } from './_gpu-estatus.ts'
import type { PestanaDePagina } from './_pestana.ts'
import { alSeleccionar, lugarPedido, otElegida, seleccion, tomarLugarPedido } from './_seleccion.ts'

const DIAS = Array.from({ length: 31 }, (_, i) => i + 1)
const RECHAZADOS_A_LA_VISTA = 8
const ESTRECHA = window.matchMedia('(width < 769px)')

const diaDe = ({ clave }: Pick<ColumnaCaptura<FilaGpu>, 'clave'>): number | null =>
  clave.startsWith('dia_') ? Number(clave.slice(4)) : null

const celdaDe = (fila: FilaGpu, dia: number): CeldaGpu | null => fila[`dia_${dia}`] ?? null

const COLUMNAS: readonly ColumnaCaptura<FilaGpu>[] = [
  { clave: 'codigo', titulo: 'Partida', ancho: 90, fija: true, filtro: true, valor: ({ codigo }) => codigo },
  {
    clave: 'descripcion',
    titulo: 'Concepto',
    ancho: 180,
    fija: true,
    filtro: true,
    valor: ({ descripcion }) => descripcion,
  },
  { clave: 'anexo', titulo: 'Anexo', ancho: 80, fija: true, filtro: true, valor: ({ anexo }) => anexo },
  { clave: 'unidad', titulo: 'Unidad', ancho: 90, fija: true, valor: ({ unidad }) => unidad },
  ...DIAS.map((dia): ColumnaCaptura<FilaGpu> => ({
    clave: `dia_${String(dia)}`,
    titulo: String(dia),
    tituloLargo: `Día ${String(dia)}`,
    ancho: 140,
    valor: (fila) => celdaDe(fila, dia)?.estatus_texto ?? '',
  })),
]

function aspectoDe({ fila, columna }: DatosCelda<FilaGpu>): Aspecto | null {
  const dia = diaDe(columna)
  const celda = dia === null ? null : celdaDe(fila, dia)
  if (celda === null) return null
  const pie = [
    celda.registros.length > 1 ? plural(celda.registros.length, 'registro', 'registros') : '',
    celda.archivos_count > 0 ? plural(celda.archivos_count, 'evidencia', 'evidencias') : '',
  ]
  return {
    clases: claseDeEstatusGpu(celda.estatus_id),
    pie: pie.filter((parte) => parte !== '').join(' · '),
    ...(celda.es_excedente ? { icono: 'exclamation-triangle' } : {}),
  }
}

function describir({ fila, columna }: DatosCelda<FilaGpu>): string {
  const dia = diaDe(columna)
  if (dia === null) return columna.valor(fila)
  const celda = celdaDe(fila, dia)
  if (celda === null) return 'Sin producción'
  const registros = celda.registros.map(
    ({ tipo_tiempo: tipo, sitio, volumen, estatus_texto: estatus }) => `${tipo} ${sitio}: ${volumen}, ${estatus}`,
  )
  return [celda.es_excedente ? 'Excedente: bloqueado' : '', ...registros, 'Enter para actualizar']
    .filter((parte) => parte !== '')
    .join(' · ')
}

class PestanaGpu {
  private readonly datos: PaginaProduccion
  private readonly folio = crear('span', { class: 'folio-elegido' })
  private readonly nada = crear('p', { class: 'tenue' })
  private readonly marco = crear('div', { class: 'gpu-rejilla' })
  private readonly lista = crear('div', {
    class: 'desplazable',
    tabindex: 0,
    role: 'group',
    'aria-label': 'GPU del mes',
  })
  private readonly alternar = crear('button', { type: 'button', class: 'boton' }, 'Ver como tabla')
  private readonly masivo = crear('button', { type: 'button', class: 'boton boton-primario' }, 'Cambiar estatus')
  private readonly exportar = crear('a', { class: 'boton' }, icono('file-earmark-spreadsheet'), 'Exportar a Excel')
  private readonly rejilla: Captura<FilaGpu>
  private grid: GridGpu = { data: [] }
  private comoTabla = ESTRECHA.matches
  private pedidos = 0

  constructor(caja: HTMLElement, datos: PaginaProduccion) {
    this.datos = datos
    const barra = crear(
      'div',
      { class: 'gpu-barra' },
      this.folio,
      datos.puede.gpu ? this.masivo : null,
      this.alternar,
      datos.puede.exportar ? this.exportar : null,
    )
    caja.replaceChildren(barra, this.nada, this.marco, this.lista)
    this.rejilla = new Captura<FilaGpu>(this.marco, {
      nombre: 'GPU del mes',
      columnas: COLUMNAS,
      altoFila: 60,
      claveDe: ({ id_partida_anexo: id }) => String(id),
      nombreDe: ({ codigo }) => codigo,
      aspecto: aspectoDe,
      descripcion: describir,
      alDetallar: (celda) => void this.abrir(celda),
      menu: (celda) => [
        { texto: 'Actualizar GPU', hacer: () => void this.abrir(celda) },
        ...(datos.puede.gpu
          ? [{ texto: 'Cambiar el estatus de lo elegido', hacer: () => void this.cambiarElegidos() }]
          : []),
        ...(datos.puede.exportar
          ? [
              {
                texto: 'Exportar a Excel',
                hacer: () => {
                  this.exportar.click()
                },
              },
            ]
          : []),
      ],
      vacio: 'Sin GPU en este mes.',
    })
    this.escuchar()
    alSeleccionar((suceso) => {
      if (suceso !== 'pestana') void this.cargar()
      else if (seleccion().pestana === 'gpu') void this.cargar()
    })
    void this.cargar()
  }

  private escuchar(): void {
    this.alternar.addEventListener('click', () => {
      this.comoTabla = !this.comoTabla
      this.dibujar()
    })
    this.masivo.addEventListener('click', () => {
      void esperar(this.masivo, () => this.cambiarElegidos())
    })
    // A click on a cell with production opens it; a drag chooses a range.
    this.marco.addEventListener('click', (evento) => {
      if (evento.shiftKey || !(evento.target instanceof Element) || !evento.target.closest('[role="gridcell"]')) return
      const [celda, otra] = this.rejilla.celdasElegidas()
      if (celda && otra === undefined) void this.abrir(celda)
    })
    this.marco.addEventListener(
      'keydown',
      (evento) => {
        if (evento.key !== 'Enter' || evento.ctrlKey || evento.shiftKey) return
        const [celda, otra] = this.rejilla.celdasElegidas()
        if (!celda || otra !== undefined || diaDe(celda.columna) === null) return
        evento.preventDefault()
        evento.stopPropagation()
        void this.abrir(celda)
      },
      true,
    )
  }

  private async cargar(): Promise<void> {
    const { mes, anio, sitio, ot } = seleccion()
    this.pedidos += 1
    const mia = this.pedidos
    if (ot === null || sitio === null) {
      this.grid = { data: [] }
      this.dibujar()
      return
    }
    try {
      const grid = await obtener<GridGpu>(RUTA_GPUS, { id_ot: ot, mes, anio, id_sitio: sitio })
      if (mia !== this.pedidos) return
      this.grid = grid
      this.dibujar()
      this.irALaCeldaPedida(ot)
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
    }
  }

  /** A link may ask for a day of a partida: once, when its OT is loaded. */
  private irALaCeldaPedida(ot: number): void {
    const pedido = lugarPedido()
    if (pedido?.dia == null || pedido.partida === null || ot !== seleccion().ot) return
    const { dia, partida } = pedido
    tomarLugarPedido()
    const fila = this.grid.data.find(({ id_partida_anexo: id }) => id === partida)
    const celda = fila ? celdaDe(fila, dia) : null
    if (!fila || celda === null) return
    if (!this.comoTabla) this.rejilla.irA(String(partida), `dia_${String(dia)}`)
    void this.actualizar(fila, dia, celda)
  }

  private dibujar(): void {
    const ot = otElegida()
    const { data, mes_cerrado: cerrado } = this.grid
    this.folio.textContent = ot?.ot ?? ''
    this.nada.textContent =
      ot === null
        ? 'Elige una OT para ver sus GPU.'
        : data.length === 0
          ? 'Sin GPU en este mes: los llevan las partidas de los anexos C-2 y C-3 con producción.'
          : cerrado === true
            ? 'El mes está cerrado: sus GPU se consultan y ya no se modifican.'
            : ''
    this.nada.hidden = this.nada.textContent === ''
    this.marco.hidden = this.comoTabla || data.length === 0
    this.lista.hidden = !this.comoTabla || data.length === 0
    this.alternar.hidden = data.length === 0
    this.exportar.hidden = data.length === 0
    const { mes, anio, sitio } = seleccion()
    this.exportar.href = rutaDeReporte(RUTA_EXPORTAR_GPUS, { id_ot: ot?.id_ot ?? null, id_sitio: sitio, mes, anio })
    this.alternar.textContent = this.comoTabla ? 'Ver como rejilla' : 'Ver como tabla'
    this.masivo.hidden = this.comoTabla || data.length === 0 || cerrado === true
    if (this.comoTabla) this.lista.replaceChildren(this.tabla())
    else this.rejilla.ponerFilas(data)
  }

  /** The same as rows: for a telephone and for who listens to the page. */
  private tabla(): HTMLElement {
    const filas = DIAS.flatMap((dia) =>
      this.grid.data.flatMap((fila) => {
        const celda = celdaDe(fila, dia)
        if (celda === null) return []
        const boton = crear(
          'button',
          {
            type: 'button',
            class: `boton gpu-boton ${claseDeEstatusGpu(celda.estatus_id)}`,
            'aria-label': `${fila.codigo}, día ${String(dia)}: ${celda.estatus_texto}. Actualizar`,
          },
          celda.estatus_texto,
        )
        boton.addEventListener('click', () => void this.actualizar(fila, dia, celda))
        return [
          crear(
            'tr',
            {},
            crear('td', { class: 'cifras' }, String(dia)),
            crear('th', { scope: 'row' }, fila.codigo),
            crear('td', { class: 'cifras' }, celda.volumen),
            crear('td', {}, boton, celda.es_excedente ? icono('exclamation-triangle') : null),
          ),
        ]
      }),
    )
    const cabeza = ['Día', 'Partida', 'Volumen', 'Estatus'].map((titulo) => crear('th', { scope: 'col' }, titulo))
    return crear(
      'table',
      { class: 'tabla-simple' },
      crear('thead', {}, crear('tr', {}, ...cabeza)),
      crear('tbody', {}, ...filas),
    )
  }

  private async abrir({ fila, columna }: DatosCelda<FilaGpu>): Promise<void> {
    const dia = diaDe(columna)
    const celda = dia === null ? null : celdaDe(fila, dia)
    if (dia !== null && celda !== null) await this.actualizar(fila, dia, celda)
  }

  private async actualizar(fila: FilaGpu, dia: number, { registros }: CeldaGpu): Promise<void> {
    const { mes, anio } = seleccion()
    const dos = (n: number): string => String(n).padStart(2, '0')
    const cambio = await actualizarGpu({
      codigo: fila.codigo,
      descripcion: fila.descripcion,
      fecha: `${dos(dia)}/${dos(mes)}/${String(anio)}`,
      registros,
      mesCerrado: this.grid.mes_cerrado === true,
      puede: this.datos.puede,
    })
    if (cambio) await this.cargar()
  }

  /** One status for the GPUs of the chosen cells: what would happen first, then the change. */
  private async cambiarElegidos(): Promise<void> {
    const registros = this.rejilla.celdasElegidas().flatMap(({ fila, columna }): RegistroGpu[] => {
      const dia = diaDe(columna)
      return dia === null ? [] : (celdaDe(fila, dia)?.registros ?? [])
    })
    if (registros.length === 0) {
      avisar('advertencia', 'Elige en la rejilla las celdas que quieres cambiar (arrastra, o Mayús con las flechas).')
      return
    }
    const pedidos = registros.map(({ id_produccion, version }) => ({ id_produccion, version }))
    const estatus = crear(
      'select',
      { class: 'entrada' },
      ...ESTATUS_DE_GPU.map(({ id, texto }) => crear('option', { value: String(id) }, texto)),
    )
    const previa = crear('div', { role: 'status' })
    const { caja } = campoDeDialogo('Estatus', estatus)
    let ids: number[] = []
    const simular = async (): Promise<void> => {
      const r = await enviarJson<RespuestaGuardarGpus>(
        RUTA_GUARDAR_GPUS,
        { estatus_id: Number(estatus.value), registros: pedidos, simular: true } satisfies GuardarGpus,
        { sinAviso: true },
      )
      ids = r.ids
      previa.replaceChildren(...resumenDe(r))
    }
    estatus.addEventListener('change', () => void simular())
    await simular()
    const hecho = await preguntar<true>({
      titulo: `Cambiar el estatus de ${plural(registros.length, 'GPU', 'GPU')}`,
      cuerpo: [caja, previa],
      aceptar: 'Guardar Cambios',
      foco: estatus,
      alAceptar: async (): Promise<true> => {
        if (ids.length === 0) return true
        const elegidos = pedidos.filter(({ id_produccion: id }) => ids.includes(id))
        await enviarJson(RUTA_GUARDAR_GPUS, {
          estatus_id: Number(estatus.value),
          registros: elegidos,
        } satisfies GuardarGpus)
        return true
      },
    })
    if (hecho) await this.cargar()
  }
}

/** What a massive change would do: how many, and which cannot and why. */
function resumenDe({ cambian, sin_cambio: iguales, rechazados, detalles }: RespuestaGuardarGpus): HTMLElement[] {
  const visibles = rechazados.slice(0, RECHAZADOS_A_LA_VISTA)
  const resto = rechazados.length - visibles.length
  return [
    crear('p', {}, cambian === 0 ? 'Ninguno cambia.' : detalles),
    ...(iguales === 0 ? [] : [crear('p', { class: 'tenue' }, `${plural(iguales, 'ya lo tiene', 'ya lo tienen')}.`)]),
    ...(visibles.length === 0
      ? []
      : [
          crear('p', {}, 'Estos no cambian:'),
          crear(
            'ul',
            { class: 'gpu-rechazados' },
            ...visibles.map(({ clave, motivo }) => crear('li', {}, `${clave}: ${motivo}`)),
          ),
        ]),
    ...(resto > 0 ? [crear('p', { class: 'tenue' }, `Y ${String(resto)} más.`)] : []),
  ]
}

export const PESTANA_GPU: PestanaDePagina = {
  clave: 'gpu',
  titulo: "GPU's",
  crear: (caja, datos) => {
    new PestanaGpu(caja, datos)
  },
}
