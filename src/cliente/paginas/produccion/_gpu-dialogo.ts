/** «Actualizar GPU» (produccion.md §7.6): the records of the cell first, then status, link, observations and evidence of one. */
import { recortar } from '../../../comun/texto.ts'
import {
  ESTATUS_DE_GPU,
  LARGO_ENLACE_GPU,
  LARGO_NOTA_GPU,
  RUTA_GUARDAR_GPU,
  rutaDeGpu,
  type GuardarGpu,
  type RegistroGpu,
  type RespuestaGuardarGpu,
} from '../../../modulos/produccion/gpu/gpu.contrato.ts'
import { rutaEstimacion } from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { leerEnlace } from '../../../comun/url.ts'
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { crear, icono, idUnico } from '../../comun/dom.ts'
import { enviarJson } from '../../comun/http.ts'
import { claseDeEstatusGpu } from './_gpu-estatus.ts'
import { PanelEvidencias } from './_evidencias.ts'

const LARGO_TITULO = 53
const FIRMADO = 17

export interface GpuPorActualizar {
  readonly codigo: string
  readonly descripcion: string
  readonly fecha: string
  readonly registros: readonly RegistroGpu[]
  readonly mesCerrado: boolean
  readonly puede: { readonly gpu: boolean; readonly abrir_gpu: boolean }
}

/** Why a record is only read, or null. */
function soloLectura(gpu: RegistroGpu, { mesCerrado, puede }: GpuPorActualizar): string | null {
  if (!puede.gpu) return 'No tienes permiso para modificar GPU.'
  if (mesCerrado) return 'El mes está cerrado: sus GPU ya no se modifican.'
  if (gpu.estimado) return 'Ya está en una estimación: su estatus y su evidencia ya no se modifican.'
  if (gpu.estatus_id === FIRMADO && !puede.abrir_gpu)
    return 'Está firmado: solo lo modifica quien puede abrir GPU firmados.'
  return null
}

const nombreDe = ({ tipo_tiempo: tipo, sitio, volumen }: RegistroGpu): string => `${tipo} · ${sitio} · ${volumen}`

/** Opens it. @returns whether something changed (also only evidence). */
export async function actualizarGpu(datos: GpuPorActualizar): Promise<boolean> {
  const [primero] = datos.registros
  if (!primero) return false
  let elegido = primero
  let cambio = false
  const estatus = crear(
    'select',
    { class: 'entrada' },
    ...ESTATUS_DE_GPU.map(({ id, texto }) => crear('option', { value: String(id) }, texto)),
  )
  const enlace = crear('input', {
    class: 'entrada',
    type: 'url',
    placeholder: 'https://...',
    maxlength: LARGO_ENLACE_GPU,
    autocomplete: 'off',
  })
  const nota = crear('textarea', { class: 'entrada', rows: 2, maxlength: LARGO_NOTA_GPU })
  const campoEstatus = campoDeDialogo('Estatus', estatus)
  const campoEnlace = campoDeDialogo('Enlace de Evidencia', enlace)
  const campoNota = campoDeDialogo('Observaciones', nota)
  const avisos = crear('div', { class: 'gpu-avisos' })
  const enlaces = crear('p', { class: 'gpu-enlaces' })
  const evidencias = crear('div', {})

  const mostrar = (gpu: RegistroGpu): void => {
    elegido = gpu
    estatus.value = String(gpu.estatus_id)
    enlace.value = gpu.archivo ?? ''
    nota.value = gpu.nota_bloqueo
    const motivo = soloLectura(gpu, datos)
    for (const control of [estatus, enlace, nota]) control.disabled = motivo !== null
    avisos.replaceChildren(
      ...(motivo === null ? [] : [crear('p', { class: 'ayuda' }, icono('lock-fill'), ` ${motivo}`)]),
      ...(gpu.bloqueado
        ? [
            crear(
              'p',
              { class: 'gpu-bloqueado' },
              icono('exclamation-triangle'),
              ' Bloqueado por excedente: no se puede firmar ni estimar.',
            ),
          ]
        : []),
    )
    enlaces.replaceChildren(
      ...(gpu.archivo === null
        ? []
        : [crear('a', { href: gpu.archivo, target: '_blank', rel: 'noopener noreferrer' }, 'Ver archivo'), ' ']),
      ...(gpu.id_gpu === null ? [] : [crear('a', { href: rutaDeGpu(gpu.id_gpu) }, 'Abrir su página')]),
      ...gpu.estimaciones.flatMap(({ id, folio, estatus }) => [
        ' ',
        crear('a', { href: rutaEstimacion(id) }, icono('coin'), ` ${folio} (${estatus})`),
      ]),
    )
    const panel = new PanelEvidencias({
      puede: motivo === null,
      alCambiar: (vigentes) => {
        if (vigentes !== elegido.evidencias) cambio = true
      },
    })
    evidencias.replaceChildren(panel.caja)
    void panel.mostrar(gpu.id_produccion)
  }

  mostrar(primero)
  await preguntar<true>({
    titulo: `Actualizar GPU: ${datos.codigo} – ${recortar(datos.descripcion, LARGO_TITULO)}`,
    cuerpo: [
      crear('p', { class: 'tenue' }, datos.fecha),
      datos.registros.length > 1
        ? selectorDeRegistros(datos.registros, mostrar)
        : crear('p', { class: 'cifras' }, nombreDe(primero)),
      avisos,
      campoEstatus.caja,
      campoEnlace.caja,
      enlaces,
      campoNota.caja,
      crear('h3', {}, 'Evidencia'),
      evidencias,
    ],
    aceptar: datos.puede.gpu && !datos.mesCerrado ? 'Guardar Cambios' : 'Cerrar',
    foco: estatus,
    alAceptar: async () => {
      if (soloLectura(elegido, datos) !== null) return true
      const escrito = enlace.value.trim()
      if (escrito !== '' && leerEnlace(escrito) === null) {
        campoEnlace.error.textContent = `Escribe una dirección que empiece con http:// o https://, de ${String(LARGO_ENLACE_GPU)} caracteres como máximo.`
        enlace.setAttribute('aria-invalid', 'true')
        enlace.focus()
        return null
      }
      await enviarJson<RespuestaGuardarGpu>(RUTA_GUARDAR_GPU, {
        id_produccion: elegido.id_produccion,
        estatus_id: Number(estatus.value),
        archivo: escrito,
        nota_bloqueo: nota.value,
        // A GPU that was made by its evidence meanwhile has its first version.
        ...(elegido.version === 0 ? {} : { version: elegido.version }),
      } satisfies GuardarGpu)
      cambio = true
      return true
    },
  })
  return cambio
}

/** The records of the cell, one of them chosen. */
function selectorDeRegistros(registros: readonly RegistroGpu[], alElegir: (gpu: RegistroGpu) => void): HTMLElement {
  const nombre = idUnico('registro')
  return crear(
    'fieldset',
    { class: 'gpu-registros' },
    crear('legend', {}, `Registros del día (${String(registros.length)})`),
    ...registros.map((gpu, i) => {
      const radio = crear('input', { type: 'radio', name: nombre, value: String(gpu.id_produccion), checked: i === 0 })
      radio.addEventListener('change', () => {
        alElegir(gpu)
      })
      return crear(
        'label',
        { class: 'casilla' },
        radio,
        crear('span', { class: 'cifras' }, nombreDe(gpu)),
        crear('span', { class: `gpu-estatus ${claseDeEstatusGpu(gpu.estatus_id)}` }, gpu.estatus_texto),
      )
    }),
  )
}
