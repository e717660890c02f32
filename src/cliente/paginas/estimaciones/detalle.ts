/** Page of an estimation (estimaciones.md §7): its steps and its tabs. */
import { RUTA_ESTIMACION, type PaginaEstimacion } from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { activarActividad } from '../../componentes/actividad.ts'
import { activarPestanas } from '../../componentes/pestanas.ts'
import { campoDeEntrada, campoDeFecha, valoresDe, type CampoNombrado } from '../../comun/campos-dialogo.ts'
import { esperar, preguntar } from '../../comun/dialogo.ts'
import { crear, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { activarCabecera } from './_cabecera.ts'
import { crearCambiar } from './_cambiar.ts'
import { activarDeducciones } from './_deducciones.ts'
import { DetalleDiario } from './_detalle-diario.ts'
import { mostrarFuera } from './_fuera.ts'
import { activarExpediente } from './_expediente.ts'

const datos = leerDatosPagina<PaginaEstimacion>()
activarActividad()
activarExpediente()
const cambiar = crearCambiar(datos.id, datos.version)
const detalleDiario = new DetalleDiario(datos, cambiar)
activarPestanas((clave) => {
  if (clave === 'detalle-diario') void detalleDiario.mostrar()
})

const acciones = exigir('#acciones', HTMLElement)

void mostrarFuera(datos, async (ids) => {
  await cambiar(RUTA_ESTIMACION.AGREGAR, ids === null ? {} : { ids_produccion: ids })
})

// ---------------------------------------------------------------------------------------------------- the steps

type Campo = 'fecha_autorizacion' | 'folio_factura' | 'fecha_factura' | 'fecha_cobro' | 'motivo'

interface Paso {
  readonly boton: string
  readonly titulo: string
  readonly explica: string
  readonly campos: readonly (readonly [Campo, string])[]
  readonly peligro?: true
}

function pasoHacia(a: string): Paso {
  const atras =
    (a === 'ENVIADA' && datos.estatus === 'AUTORIZADA') || (a === 'AUTORIZADA' && datos.estatus === 'FACTURADA')
  if (atras)
    return {
      boton: 'Regresar',
      titulo: `Regresar ${datos.folio}`,
      explica: 'Vuelve al paso anterior; queda en el historial con su motivo.',
      campos: [['motivo', 'Motivo']],
    }
  const pasos: Readonly<Record<string, Paso>> = {
    ENVIADA: {
      boton: 'Enviar',
      titulo: `Enviar ${datos.folio}`,
      explica: 'Sus volúmenes, precios y tipo de cambio quedan congelados. La autoriza otra persona.',
      campos: [],
    },
    AUTORIZADA: {
      boton: 'Autorizar',
      titulo: `Autorizar ${datos.folio}`,
      explica: 'No puede autorizarla quien la envió.',
      campos: [['fecha_autorizacion', 'Fecha de autorización']],
    },
    RECHAZADA: {
      boton: 'Rechazar',
      titulo: `Rechazar ${datos.folio}`,
      explica: 'Sus líneas siguen apartadas: puede volver a borrador o cancelarse.',
      campos: [['motivo', 'Motivo']],
    },
    EN_ESTIMACION: {
      boton: 'Volver a borrador',
      titulo: `Volver ${datos.folio} a borrador`,
      explica: 'Sus líneas se pueden cambiar otra vez.',
      campos: [],
    },
    FACTURADA: {
      boton: 'Facturar',
      titulo: `Facturar ${datos.folio}`,
      explica: '',
      campos: [
        ['folio_factura', 'Folio de la factura'],
        ['fecha_factura', 'Fecha de la factura'],
      ],
    },
    COBRADA: {
      boton: 'Registrar cobro',
      titulo: `Registrar el cobro de ${datos.folio}`,
      explica: '',
      campos: [['fecha_cobro', 'Fecha de cobro']],
    },
    CANCELADA: {
      boton: 'Cancelar estimación',
      titulo: `Cancelar ${datos.folio}`,
      explica:
        'Libera toda su producción para otras estimaciones. Su número no se vuelve a usar y no hay vuelta atrás.',
      campos: [['motivo', 'Motivo']],
      peligro: true,
    },
  }
  const paso = pasos[a]
  if (!paso) throw new Error(`No step towards ${a}`)
  return paso
}

function controlDe(campo: Campo, etiqueta: string): CampoNombrado {
  if (campo.startsWith('fecha')) return campoDeFecha(campo, etiqueta, datos.hoy)
  return campoDeEntrada(
    etiqueta,
    campo === 'motivo'
      ? crear('textarea', { class: 'entrada', rows: '3' })
      : crear('input', { class: 'entrada', maxlength: '100' }),
  )
}

for (const [indice, a] of datos.transiciones.entries()) {
  const paso = pasoHacia(a)
  const boton = crear(
    'button',
    { type: 'button', class: `boton ${indice === 0 ? 'boton-primario' : paso.peligro ? 'boton-peligro' : ''}` },
    paso.boton,
  )
  boton.addEventListener('click', () => {
    const campos = Object.fromEntries(paso.campos.map(([campo, etiqueta]) => [campo, controlDe(campo, etiqueta)]))
    const [primero] = Object.values(campos)
    void preguntar({
      titulo: paso.titulo,
      cuerpo: [
        ...(paso.explica === '' ? [] : [crear('p', {}, paso.explica)]),
        ...Object.values(campos).map(({ caja }) => caja),
      ],
      aceptar: paso.boton,
      ...(paso.peligro ? { destructivo: true, cancelar: 'Volver' } : {}),
      ...(primero ? { foco: primero.entrada } : {}),
      alAceptar: () => cambiar(RUTA_ESTIMACION.ESTATUS, { estatus: a, ...valoresDe(campos) }, { campos }),
    })
  })
  // The step that goes forward is the one at the right, where the page puts what can be done with it.
  acciones.prepend(boton)
}

if (datos.puede.editar) {
  const precios = crear('button', { type: 'button', class: 'boton' }, 'Actualizar precios')
  precios.addEventListener('click', () => {
    void esperar(precios, async () => {
      await cambiar(RUTA_ESTIMACION.PRECIOS, {})
    })
  })
  acciones.prepend(precios)
}
activarCabecera(datos, acciones, cambiar)
activarDeducciones(datos.deducciones, cambiar)
