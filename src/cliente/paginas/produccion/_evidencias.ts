/** Evidence of a GPU: bringing files (picked, dropped, or taken with the camera), looking at them, taking them away with a reason. */
import { plural } from '../../../comun/texto.ts'
import {
  ACEPTA_EVIDENCIA,
  LARGO_NOTA_GPU,
  MAXIMO_EVIDENCIA_MB,
  RUTA_EVIDENCIAS,
  RUTA_RETIRAR_EVIDENCIA,
  RUTA_SUBIR_EVIDENCIA,
  rutaDeEvidencia,
  rutaDeGpu,
  rutaDeMiniatura,
  type Evidencia,
  type RespuestaEvidencias,
  type RespuestaSubirEvidencia,
  type UsoDeFoto,
} from '../../../modulos/produccion/gpu/gpu.contrato.ts'
import { avisar } from '../../comun/avisos.ts'
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { crear, icono, idUnico } from '../../comun/dom.ts'
import { enviar, FalloDeServidor, obtener } from '../../comun/http.ts'

interface Opciones {
  readonly puede: boolean
  /** Something was brought or taken away. */
  readonly alCambiar?: (vigentes: number) => void
}

const pesoDe = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${String(Math.max(1, Math.round(bytes / 1024)))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`

export class PanelEvidencias {
  readonly caja = crear('div', { class: 'evidencias' })
  private readonly lista = crear('ul', { class: 'evidencias-lista', 'aria-label': 'Archivos de evidencia' })
  private readonly estado = crear('p', { class: 'ayuda', role: 'status' })
  private readonly opciones: Opciones
  private idProduccion: number | null = null

  constructor(opciones: Opciones) {
    this.opciones = opciones
    this.caja.append(...(opciones.puede ? [this.zona()] : []), this.estado, this.lista)
  }

  /** Shows those of a production. */
  async mostrar(idProduccion: number, ya?: readonly Evidencia[]): Promise<void> {
    this.idProduccion = idProduccion
    this.estado.textContent = ya ? '' : 'Cargando evidencia…'
    if (ya) this.dibujar(ya)
    else await this.recargar()
  }

  private async recargar(): Promise<void> {
    const mia = this.idProduccion
    if (mia === null) return
    try {
      const { evidencias } = await obtener<RespuestaEvidencias>(RUTA_EVIDENCIAS, { id_produccion: mia })
      if (mia === this.idProduccion) this.dibujar(evidencias)
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
      this.estado.textContent = 'No se pudo leer la evidencia.'
    }
  }

  private dibujar(evidencias: readonly Evidencia[]): void {
    const vigentes = evidencias.filter(({ retiro }) => retiro === null).length
    this.estado.textContent =
      vigentes === 0
        ? 'Sin archivos de evidencia.'
        : plural(vigentes, 'archivo de evidencia.', 'archivos de evidencia.')
    this.lista.replaceChildren(...evidencias.map((una) => this.tarjeta(una)))
    this.opciones.alCambiar?.(vigentes)
  }

  /** Where files are dropped, with the button that picks them: on a telephone it offers the camera. */
  private zona(): HTMLElement {
    const entrada = crear('input', {
      type: 'file',
      multiple: true,
      accept: ACEPTA_EVIDENCIA,
      id: idUnico('evidencia'),
      class: 'entrada',
    })
    const zona = crear(
      'div',
      { class: 'evidencias-zona' },
      crear('label', { for: entrada.id }, icono('upload'), ' Agregar fotos o PDF'),
      entrada,
      crear(
        'p',
        { class: 'ayuda' },
        `También puedes arrastrarlos aquí. Hasta ${String(MAXIMO_EVIDENCIA_MB)} MB cada uno.`,
      ),
    )
    entrada.addEventListener('change', () => {
      const archivos = [...(entrada.files ?? [])]
      entrada.value = ''
      void this.subir(archivos)
    })
    const sobre = (si: boolean): void => {
      zona.classList.toggle('soltando', si)
    }
    zona.addEventListener('dragover', (evento) => {
      evento.preventDefault()
      sobre(true)
    })
    zona.addEventListener('dragleave', () => {
      sobre(false)
    })
    zona.addEventListener('drop', (evento) => {
      evento.preventDefault()
      sobre(false)
      void this.subir([...(evento.dataTransfer?.files ?? [])])
    })
    return zona
  }

  /** One by one: each has its answer, and one that is refused does not lose the rest. */
  private async subir(archivos: readonly File[]): Promise<void> {
    const id = this.idProduccion
    if (id === null || archivos.length === 0) return
    let guardados = 0
    let repetidas = 0
    for (const [i, archivo] of archivos.entries()) {
      this.estado.textContent = `Subiendo ${String(i + 1)} de ${String(archivos.length)}: ${archivo.name}`
      const datos = new FormData()
      datos.set('id_produccion', String(id))
      datos.append('archivos', archivo)
      try {
        const r = await enviar<RespuestaSubirEvidencia>(RUTA_SUBIR_EVIDENCIA, datos, { sinAviso: true })
        guardados += 1
        repetidas += r.repetidas
      } catch (error) {
        if (!(error instanceof FalloDeServidor)) throw error
        avisar('error', `${archivo.name}: ${error.envoltura.detalles}`)
      }
    }
    if (guardados > 0) avisar('exito', `${plural(guardados, 'archivo guardado', 'archivos guardados')} como evidencia`)
    if (repetidas > 0)
      avisar(
        'advertencia',
        `${plural(repetidas, 'foto ya se usó', 'fotos ya se usaron')} en otro GPU. Revisa dónde en la lista.`,
      )
    await this.recargar()
  }

  private tarjeta(una: Evidencia): HTMLElement {
    const ruta = rutaDeEvidencia(una.id)
    const vista = una.con_miniatura
      ? crear('img', {
          src: rutaDeMiniatura(una.id),
          alt: `Foto ${una.nombre}`,
          loading: 'lazy',
          width: 96,
          height: 72,
        })
      : crear('span', { class: 'evidencia-icono' }, icono('file-earmark-pdf'))
    const { retiro } = una
    return crear(
      'li',
      { class: `evidencia${retiro ? ' evidencia-retirada' : ''}` },
      crear('a', { href: ruta, class: 'evidencia-vista', 'aria-label': `Descargar ${una.nombre}` }, vista),
      crear(
        'div',
        { class: 'evidencia-datos' },
        crear('a', { href: ruta }, una.nombre),
        crear(
          'span',
          { class: 'tenue' },
          [
            pesoDe(una.bytes),
            una.ancho && una.alto ? `${String(una.ancho)} × ${String(una.alto)}` : '',
            una.usuario,
            una.fecha,
          ]
            .filter((parte) => parte !== '')
            .join(' · '),
        ),
        una.comentario === '' ? null : crear('span', {}, una.comentario),
        retiro === null
          ? null
          : crear('span', {}, `Retirada por ${retiro.usuario} el ${retiro.fecha}: ${retiro.motivo}`),
        ...una.usos.map(avisoDeUso),
      ),
      retiro === null && this.opciones.puede ? this.botonRetirar(una) : null,
    )
  }

  private botonRetirar(una: Evidencia): HTMLElement {
    const boton = crear(
      'button',
      { type: 'button', class: 'boton boton-icono', 'aria-label': `Retirar ${una.nombre}`, title: 'Retirar' },
      icono('trash'),
    )
    boton.addEventListener('click', () => {
      void retirar(una).then((hecho) => (hecho ? this.recargar() : undefined))
    })
    return boton
  }
}

/** Where the same photo, or one that looks like it, is already evidence. */
function avisoDeUso(uso: UsoDeFoto): HTMLElement {
  const donde = `${uso.ot}, partida ${uso.codigo}, ${uso.fecha} (${uso.tipo_tiempo}, ${uso.sitio})`
  return crear(
    'span',
    { class: 'evidencia-repetida' },
    icono('exclamation-triangle'),
    uso.exacta ? ' El mismo archivo está en ' : ' Se parece a una foto de ',
    crear('a', { href: rutaDeGpu(uso.id_gpu) }, donde),
    uso.retirada ? ' (retirada)' : '',
  )
}

async function retirar(una: Evidencia): Promise<boolean> {
  const motivo = crear('textarea', { class: 'entrada', rows: 2, maxlength: LARGO_NOTA_GPU })
  const { caja, error } = campoDeDialogo('Por qué se retira', motivo)
  const hecho = await preguntar<true>({
    titulo: `Retirar ${una.nombre}`,
    cuerpo: [
      crear('p', { class: 'tenue' }, 'Deja de contar como evidencia. El archivo se conserva con el motivo.'),
      caja,
    ],
    aceptar: 'Retirar',
    foco: motivo,
    alAceptar: async () => {
      if (motivo.value.trim() === '') {
        error.textContent = 'Escribe por qué se retira la evidencia.'
        motivo.setAttribute('aria-invalid', 'true')
        motivo.focus()
        return null
      }
      await enviar(RUTA_RETIRAR_EVIDENCIA, { id: una.id, motivo: motivo.value })
      return true
    },
  })
  return hecho === true
}
