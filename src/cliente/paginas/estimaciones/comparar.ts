/** Page of the comparison with the client's workbook: upload, what it is compared with, choose and apply. */
import {
  RUTA_COMPARAR,
  rutaComparar,
  type Comparacion,
  type PaginaComparar,
} from '../../../modulos/estimaciones/comparar/comparar.contrato.ts'
import type { Envoltura } from '../../../comun/envoltura.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { avisar } from '../../comun/avisos.ts'
import { esperar } from '../../comun/dialogo.ts'
import { buscar, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'
import { crearComparacion } from './_comparacion.ts'

interface Subida extends Envoltura {
  readonly id_comparacion: number
  readonly comparacion: Comparacion
}

const datos = leerDatosPagina<PaginaComparar>()
const forma = buscar('#forma-libro', HTMLFormElement)
const resultado = exigir('#resultado', HTMLElement)

if (forma !== null) {
  const archivo = exigir('#archivo', HTMLInputElement)
  const error = exigir('#archivo-error', HTMLElement)
  const decir = (texto: string): void => {
    error.textContent = texto
    if (texto === '') archivo.removeAttribute('aria-invalid')
    else archivo.setAttribute('aria-invalid', 'true')
  }
  archivo.addEventListener('change', () => {
    decir('')
  })
  forma.addEventListener('submit', (evento) => {
    evento.preventDefault()
    if (archivo.files?.length !== 1) {
      decir('Elige el libro de Excel del cliente.')
      archivo.focus()
      return
    }
    const cuerpo = new FormData()
    // The file goes last: what says what it is is read before it.
    cuerpo.append('id', String(datos.id))
    for (const nombre of ['mes', 'sitio']) cuerpo.append(nombre, buscar(`#${nombre}`, HTMLSelectElement)?.value ?? '')
    const [elegido] = archivo.files
    if (elegido !== undefined) cuerpo.append('archivo', elegido)
    void esperar(exigir('button[type=submit]', HTMLButtonElement, forma), async () => {
      try {
        const {
          detalles,
          id_comparacion: id,
          comparacion,
        } = await enviar<Subida>(RUTA_COMPARAR.SUBIR, cuerpo, { sinAviso: true })
        // A book with cells that could not be read is compared, but it is no success.
        const { impedimento } = comparacion
        recargarConAviso(
          impedimento === null ? 'exito' : 'advertencia',
          impedimento ?? detalles,
          `${rutaComparar(datos.id)}?comparacion=${String(id)}`,
        )
      } catch (fallo) {
        if (!(fallo instanceof FalloDeServidor)) throw fallo
        avisar(fallo.envoltura.tipo_aviso, fallo.envoltura.detalles)
        decir(fallo.envoltura.detalles)
      }
    })
  })
}

if (datos.comparacion !== null) resultado.append(...crearComparacion(datos.comparacion, datos))
