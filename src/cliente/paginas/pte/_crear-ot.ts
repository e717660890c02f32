/** Dialog «Crear Orden de Trabajo» (pte.md §8.2.9): a refusal, of the page or of the server, keeps it open with what was typed. */
import { RUTA_PTE, TIPO_DE_OT, type RespuestaCrearOtDesdePte } from '../../../modulos/pte/pte.contrato.ts'
import { buscarOtIniciales } from '../../componentes/ot-iniciales.ts'
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { crear } from '../../comun/dom.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'
import { focoDe, hacerBuscable, textoElegido } from '../../comun/seleccion.ts'

/** Asks and creates; null when the person gave up. The notice leads to the new OT. */
export function crearOtDesdePte(pte: { id: number; oficio_pte: string }): Promise<RespuestaCrearOtDesdePte | null> {
  const partes = camposDelDialogo()
  const { tipo, principal, numero, folio, soloReprogramacion } = partes
  const mostrar = (): void => {
    soloReprogramacion.hidden = tipo.value !== TIPO_DE_OT.REPROGRAMACION
  }
  tipo.addEventListener('change', mostrar)
  mostrar()
  principal.addEventListener('change', () => {
    // A reprogramación may repeat the folio of its principal: it is what people usually want.
    if (folio.value.trim() === '') folio.value = textoElegido(principal)
  })
  const respuesta = preguntar<RespuestaCrearOtDesdePte>({
    titulo: 'Crear Orden de Trabajo',
    cuerpo: [
      crear('p', {}, '¿Crear una OT a partir de la PTE ', crear('strong', {}, pte.oficio_pte), '?'),
      crear('div', { class: 'formulario' }, ...partes.cajas),
    ],
    aceptar: 'Crear OT',
    foco: tipo,
    alAceptar: async () => {
      const faltas = revisar(partes)
      partes.marcar(faltas)
      if (Object.keys(faltas).length > 0) return null
      const esReprogramacion = tipo.value === TIPO_DE_OT.REPROGRAMACION
      try {
        return await enviar<RespuestaCrearOtDesdePte>(
          RUTA_PTE.crearOt,
          {
            pte_id: pte.id,
            oficio: folio.value.trim(),
            tipo_ot: tipo.value,
            ...(esReprogramacion ? { ot_principal: principal.value, num_reprogramacion: numero.value.trim() } : {}),
          },
          { enlace: enlaceAOt },
        )
      } catch (error) {
        if (error instanceof FalloDeServidor) partes.marcar(error.envoltura.campos ?? {})
        throw error
      }
    },
  })
  // Once it is on the page: the searchable list looks for its label there.
  hacerBuscable(principal, { marcador: 'Buscar OT por folio...', cargar: (texto) => buscarOtIniciales(texto) })
  return respuesta
}

/** Where the notice of the creation leads. */
export const enlaceAOt = (creada: RespuestaCrearOtDesdePte): { texto: string; ruta: string } => {
  const { orden_trabajo: folio, num_reprogramacion: numero, ruta } = creada
  return { texto: `Abrir ${folio}${numero === null ? '' : `, reprogramación ${String(numero)}`}`, ruta }
}

interface Campos {
  tipo: HTMLSelectElement
  principal: HTMLSelectElement
  numero: HTMLInputElement
  folio: HTMLInputElement
  soloReprogramacion: HTMLElement
  cajas: HTMLElement[]
  /** Messages by the names of the command; the focus goes to the first. */
  marcar: (faltas: Record<string, string>) => void
}

function camposDelDialogo(): Campos {
  const tipo = crear(
    'select',
    { class: 'entrada' },
    crear('option', { value: TIPO_DE_OT.INICIAL }, 'INICIAL'),
    crear('option', { value: TIPO_DE_OT.REPROGRAMACION }, 'REPROGRAMACIÓN'),
  )
  const principal = crear('select', { class: 'entrada' }, crear('option', { value: '' }))
  const numero = crear('input', { class: 'entrada', inputmode: 'numeric', autocomplete: 'off', maxlength: 4 })
  const folio = crear('input', { class: 'entrada', autocomplete: 'off', maxlength: 100 })
  const campos = {
    tipo_ot: { control: tipo, ...campoDeDialogo('Tipo de OT:', tipo) },
    ot_principal: { control: principal, ...campoDeDialogo('OT a reprogramar', principal) },
    num_reprogramacion: {
      control: numero,
      ...campoDeDialogo('Número de reprogramación', numero, { ayuda: 'Vacío: se asigna el siguiente.' }),
    },
    oficio: { control: folio, ...campoDeDialogo('Folio de la OT:', folio) },
  }
  const soloReprogramacion = crear(
    'div',
    { class: 'formulario' },
    campos.ot_principal.caja,
    campos.num_reprogramacion.caja,
  )
  const marcar = (faltas: Record<string, string>): void => {
    let primero: HTMLElement | null = null
    for (const [nombre, { control, error }] of Object.entries(campos)) {
      const falta = faltas[nombre] ?? ''
      error.textContent = falta
      const entrada = control instanceof HTMLSelectElement ? focoDe(control) : control
      entrada.setAttribute('aria-invalid', String(falta !== ''))
      if (falta !== '') primero ??= entrada
    }
    primero?.focus()
  }
  const cajas = [campos.tipo_ot.caja, soloReprogramacion, campos.oficio.caja]
  return { tipo, principal, numero, folio, soloReprogramacion, cajas, marcar }
}

function revisar({ tipo, principal, numero, folio }: Campos): Record<string, string> {
  const faltas: Record<string, string> = {}
  if (tipo.value === TIPO_DE_OT.REPROGRAMACION) {
    if (principal.value === '') faltas['ot_principal'] = 'Elige la OT a reprogramar.'
    if (!/^(?:[1-9]\d*)?$/.test(numero.value.trim()))
      faltas['num_reprogramacion'] = 'Escribe un número entero desde 1, o déjalo vacío.'
  }
  if (folio.value.trim() === '') faltas['oficio'] = 'Falta el folio de la OT.'
  return faltas
}
