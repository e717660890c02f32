/** Dialog that loads the Anexo C of an OT (anexo-c.md §8): choose, read what it would do, accept. */
import { conMiles } from '../../../comun/dinero.ts'
import { plural } from '../../../comun/texto.ts'
import {
  CODIGO_ANEXO,
  RUTA_ANEXO,
  type AnalisisDeAnexo,
  type ConceptoSinDestino,
  type LibroDeAnexo,
  type PendienteDeAnexo,
  type RespuestaAnalisis,
  type RespuestaDeImportar,
  type RespuestaHistorial,
  type RespuestaImportacion,
} from '../../../modulos/anexo/anexo.contrato.ts'
import { crearAvance } from '../../componentes/avance.ts'
import {
  crearDetalle,
  pestanaSinDestino,
  pestanasDeCambios,
  pestanasDeProblemas,
  tablaDeTotales,
} from '../../componentes/cambios-anexo.ts'
import { avisar } from '../../comun/avisos.ts'
import { confirmar, esperar } from '../../comun/dialogo.ts'
import { crear, icono, idUnico } from '../../comun/dom.ts'
import { enviar, FalloDeServidor, obtener } from '../../comun/http.ts'
import { seguirTarea } from '../../comun/tareas.ts'

/** What the dialog is about. */
export interface CargaDeAnexo {
  idOt: number
  folio: string
  puede: RespuestaHistorial['puede']
  /** Partidas of the active version; 0 without one. */
  vigentes: number
  /** Button that opened it: the focus goes back there. */
  desde: HTMLElement
  /** Something was applied: the table and the badges are of before. */
  alAplicar: () => void
}

interface Fallo {
  estado?: number
  codigo?: string | null
  extra?: {
    libro?: LibroDeAnexo
    produccion_sin_destino?: ConceptoSinDestino[]
  } & Partial<RespuestaAnalisis>
}

type ResultadoDeTarea =
  (RespuestaAnalisis & { clase: 'analisis'; libro: LibroDeAnexo }) | (RespuestaImportacion & { clase: 'importacion' })

const COLUMNAS =
  'ANEXO, PARTIDA, CONCEPTO, UNIDAD, VOLUMEN PTE y P.U. M.N.; si los hay, P.U. USD, OK y una columna por día programado.'

/** Opens the dialog; it begins where this person left it. */
export async function abrirCarga(carga: CargaDeAnexo): Promise<void> {
  const { pendiente } = await obtener<{ pendiente: PendienteDeAnexo | null }>(RUTA_ANEXO.PENDIENTE, {
    ot_id: carga.idOt,
  })
  new DialogoDeCarga(carga).abrir(pendiente)
}

class DialogoDeCarga {
  private readonly carga: CargaDeAnexo
  private readonly cuerpo = crear('div', { class: 'dialogo-cuerpo', tabindex: -1 })
  private readonly pie = crear('div', { class: 'dialogo-pie' })
  private readonly dialogo: HTMLDialogElement
  private abierto = true

  constructor(carga: CargaDeAnexo) {
    this.carga = carga
    const idTitulo = idUnico('dialogo')
    const titulo = crear('h2', { id: idTitulo }, `Importar Anexo C · ${carga.folio}`)
    this.dialogo = crear(
      'dialog',
      { class: 'dialogo dialogo-ancho', 'aria-labelledby': idTitulo },
      crear(
        'form',
        { method: 'dialog', novalidate: true },
        crear('div', { class: 'dialogo-titulo' }, titulo),
        this.cuerpo,
        this.pie,
      ),
    )
  }

  abrir(pendiente: PendienteDeAnexo | null): void {
    document.body.append(this.dialogo)
    this.dialogo.addEventListener('close', () => {
      this.abierto = false
      this.dialogo.remove()
      if (this.carga.desde.isConnected) this.carga.desde.focus()
    })
    this.dialogo.showModal()
    if (pendiente === null) this.elegir()
    else if (pendiente.analisis !== null && pendiente.libro !== null)
      this.mostrarAnalisis({ ...pendiente.analisis, tarea: pendiente.tarea }, pendiente.libro)
    else void this.seguir(pendiente.tarea)
  }

  private pintar(contenido: (Node | string | null)[], botones: (HTMLElement | null)[], foco?: HTMLElement): void {
    const visibles = (lista: (Node | string | null)[]): (Node | string)[] => lista.filter((uno) => uno !== null)
    this.cuerpo.replaceChildren(...visibles(contenido))
    this.pie.replaceChildren(...visibles(botones))
    ;(foco ?? this.cuerpo).focus()
  }

  private boton(texto: string, clase: string, hacer: (boton: HTMLButtonElement) => void): HTMLButtonElement {
    const boton = crear('button', { type: 'button', class: `boton ${clase}` }, texto)
    boton.addEventListener('click', () => {
      hacer(boton)
    })
    return boton
  }

  private cerrar(texto = 'Cancelar'): HTMLButtonElement {
    return this.boton(texto, '', () => {
      this.dialogo.close()
    })
  }

  // --------------------------------------------------------------------------------------------------------- the file

  private elegir(mensaje = ''): void {
    const { puede } = this.carga
    const archivo = crear('input', { type: 'file', class: 'entrada', id: idUnico('libro'), accept: '.xlsx,.xlsm' })
    const error = crear('p', { class: 'error-campo', id: `${archivo.id}-error`, role: 'alert' }, mensaje)
    const ayuda = crear('p', { class: 'ayuda', id: `${archivo.id}-ayuda` }, `Columnas que debe tener: ${COLUMNAS}`)
    archivo.setAttribute('aria-describedby', `${ayuda.id} ${error.id}`)
    // Only what this person may do can be chosen; the first load is always whole.
    const actualizar = crear('input', {
      type: 'checkbox',
      role: 'switch',
      id: idUnico('modo'),
      checked: puede.actualizar && !puede.reemplazar,
      disabled: !puede.actualizar || !puede.reemplazar,
    })
    const soloRango = crear('input', { type: 'checkbox', id: idUnico('alcance') })
    const rango = crear(
      'label',
      { class: 'interruptor' },
      soloRango,
      'Del programa, cambiar solo los días que trae el libro',
    )
    const alCambiar = (): void => {
      rango.hidden = !actualizar.checked
    }
    actualizar.addEventListener('change', alCambiar)
    alCambiar()
    const analizar = this.boton('Analizar', 'boton-primario', (boton) => {
      const [libro] = archivo.files ?? []
      if (libro === undefined) {
        error.textContent = 'Elige primero el libro de Excel del Anexo C.'
        archivo.setAttribute('aria-invalid', 'true')
        avisar('advertencia', error.textContent)
        archivo.focus()
        return
      }
      const datos = this.datos({
        modo: actualizar.checked ? 'actualizacion' : 'reemplazo',
        alcance: soloRango.checked ? 'rango' : 'todo',
      })
      datos.set('archivo', libro, libro.name)
      datos.set('simular', '1')
      void esperar(boton, () => this.mandar(datos), 'Verificando...')
    })
    archivo.addEventListener('change', () => {
      error.textContent = ''
      archivo.removeAttribute('aria-invalid')
    })
    this.pintar(
      [
        crear(
          'div',
          { class: 'campo' },
          crear('label', { for: archivo.id }, 'Seleccione el archivo Excel (.xlsx)'),
          archivo,
          ayuda,
          error,
        ),
        crear(
          'div',
          { class: 'campo' },
          crear('label', { class: 'interruptor' }, actualizar, 'Actualizar Anexo/Proyección'),
          crear(
            'p',
            { class: 'ayuda' },
            'Encendido: ya hay un Anexo C y solo se actualiza el anexo de cada partida o la sábana calendarizada. Apagado: se carga un Anexo C nuevo, que reemplaza al vigente.',
          ),
        ),
        rango,
      ],
      [this.cerrar(), analizar],
      archivo,
    )
    if (mensaje !== '') archivo.setAttribute('aria-invalid', 'true')
  }

  private datos({ modo, alcance }: Pick<LibroDeAnexo, 'modo' | 'alcance'>): FormData {
    const datos = new FormData()
    datos.set('ot_id', String(this.carga.idOt))
    datos.set('modo_actualizacion', String(modo === 'actualizacion'))
    datos.set('alcance_programacion', alcance)
    datos.set('asincrono', '1')
    return datos
  }

  // --------------------------------------------------------------------------------------------------------- the work

  private async mandar(datos: FormData): Promise<void> {
    try {
      const { tarea } = await enviar<RespuestaDeImportar>(RUTA_ANEXO.IMPORTAR, datos, { sinAviso: true })
      await this.seguir(tarea)
    } catch (fallo) {
      if (!(fallo instanceof FalloDeServidor)) throw fallo
      this.elegir(fallo.envoltura.detalles)
    }
  }

  private async seguir(tarea: number): Promise<void> {
    const avance = crearAvance('Puedes cerrar esta ventana: el trabajo sigue y al volver verás cómo va.')
    avance.mostrar({ avance: 0, mensaje: 'En espera de turno…' })
    this.pintar([avance.caja], [this.cerrar('Cerrar')])
    const { estado, mensaje, resultado } = await seguirTarea(tarea, avance.mostrar)
    if (estado === 'terminada') {
      const hecho = resultado as ResultadoDeTarea
      if (hecho.clase === 'importacion') this.aplicado(mensaje)
      else if (this.abierto) this.mostrarAnalisis({ ...hecho, tarea }, hecho.libro)
      return
    }
    if (this.abierto) this.rechazado(tarea, mensaje, resultado as Fallo | null)
  }

  private aplicado(mensaje: string): void {
    avisar('exito', mensaje)
    this.dialogo.close()
    this.carga.alAplicar()
  }

  private rechazado(tarea: number, mensaje: string, fallo: Fallo | null): void {
    const libro = fallo?.extra?.libro
    avisar('advertencia', mensaje)
    if (libro !== undefined && (fallo?.codigo === CODIGO_ANEXO.CAMBIO || fallo?.codigo === CODIGO_ANEXO.SIN_DESTINO)) {
      // The data moved: what was accepted is not what would be done.
      const datos = this.datos(libro)
      datos.set('tarea', String(tarea))
      datos.set('simular', '1')
      void this.mandar(datos)
      return
    }
    this.elegir(mensaje)
  }

  // ----------------------------------------------------------------------------------------------------- the analysis

  private mostrarAnalisis(respuesta: RespuestaAnalisis, libro: LibroDeAnexo): void {
    const { analisis, tarea } = respuesta
    const otro = this.boton('Elegir otro archivo', '', (boton) => {
      void esperar(boton, async () => {
        await enviar(RUTA_ANEXO.DESCARTAR, { tarea }, { sinAviso: true })
        this.elegir()
      })
    })
    if (analisis === null) {
      const cuantas = plural(respuesta.total_errores, 'error', 'errores')
      this.pintar(
        [
          crear(
            'p',
            { class: 'importacion-dicho' },
            `${libro.nombre} tiene ${cuantas}: no se puede cargar y no se guardó nada.`,
          ),
          crearDetalle('Problemas del libro', pestanasDeProblemas(respuesta), ''),
        ],
        [
          otro,
          crear(
            'a',
            { class: 'boton boton-primario', href: respuesta.libro_errores },
            icono('download'),
            'Descargar filas con errores',
          ),
          this.cerrar('Cerrar'),
        ],
      )
      return
    }
    const importar = this.boton('Importar', 'boton-primario', (boton) => {
      void this.aceptar(boton, respuesta, analisis, libro)
    })
    const despues = libro.modo === 'reemplazo' ? analisis.programa.libro : null
    this.pintar(
      [
        crear('p', { class: 'importacion-dicho' }, `${libro.nombre}: ${fraseDe(analisis, libro)}`),
        analisis.produccion_sin_destino.length === 0
          ? null
          : crear(
              'p',
              { class: 'nota nota-advertencia', role: 'alert' },
              fraseSinDestino(analisis.produccion_sin_destino.length),
            ),
        tablaDeTotales(analisis.totales, {
          antes: analisis.programa.antes,
          despues: despues ?? (analisis.programa.libro.dias === 0 ? analisis.programa.antes : analisis.programa.libro),
        }),
        crearDetalle(
          'Qué cambia',
          [
            ...pestanaSinDestino(analisis.produccion_sin_destino),
            ...pestanasDeCambios(analisis),
            ...pestanasDeProblemas(respuesta),
          ],
          'Las partidas quedan como están.',
        ),
      ],
      [otro, this.cerrar('Cerrar'), importar],
    )
  }

  private async aceptar(
    boton: HTMLButtonElement,
    { tarea, huella }: RespuestaAnalisis,
    analisis: AnalisisDeAnexo,
    libro: LibroDeAnexo,
  ): Promise<void> {
    const sinDestino = analisis.produccion_sin_destino.length
    const reemplaza = libro.modo === 'reemplazo' && this.carga.vigentes > 0
    if (reemplaza || sinDestino > 0) {
      const seguro = await confirmar({
        titulo: 'Importar Anexo C',
        destructivo: sinDestino > 0,
        cuerpo: [
          reemplaza ? crear('p', {}, fraseReemplazo(this.carga, analisis)) : '',
          sinDestino > 0 ? crear('p', {}, fraseSinDestino(sinDestino)) : '',
          crear('p', {}, 'La versión anterior queda en el historial y se puede deshacer esta carga.'),
        ],
        aceptar: 'Importar',
      })
      if (!seguro) return
    }
    const datos = this.datos(libro)
    datos.set('tarea', String(tarea))
    datos.set('huella', huella)
    if (sinDestino > 0) datos.set('confirmar_sin_destino', '1')
    await esperar(boton, () => this.mandar(datos), 'Verificando...')
  }
}

function fraseDe({ conteos, sin_cambio: iguales }: AnalisisDeAnexo, { modo }: LibroDeAnexo): string {
  const partes = [
    plural(conteos.nuevas, 'partida nueva', 'partidas nuevas'),
    plural(conteos.cambiadas, 'cambio', 'cambios'),
    ...(modo === 'reemplazo' ? [plural(conteos.eliminadas, 'quitada', 'quitadas')] : []),
    `${conMiles(String(iguales))} sin cambio`,
  ]
  return `${partes.join(', ')}. Todavía no se ha guardado nada.`
}

const fraseSinDestino = (conceptos: number): string =>
  `${plural(conceptos, 'concepto con producción no está', 'conceptos con producción no están')} en el libro. Si importas, se conservan con volumen 0 y su producción queda como excedente.`

const fraseReemplazo = ({ vigentes, folio }: CargaDeAnexo, { produccion }: AnalisisDeAnexo): string =>
  `La OT ${folio} ya tiene un Anexo C de ${plural(vigentes, 'partida', 'partidas')} y ${plural(produccion.producciones, 'producción capturada', 'producciones capturadas')}. El libro lo reemplaza; la producción se conserva.`
