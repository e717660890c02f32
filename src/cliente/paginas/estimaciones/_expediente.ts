/** A big expediente is armed by the server meanwhile; a small one is a plain download. */
import type { Envoltura } from '../../../comun/envoltura.ts'
import { avisar } from '../../comun/avisos.ts'
import { preguntar } from '../../comun/dialogo.ts'
import { crear } from '../../comun/dom.ts'
import { FalloDeServidor, obtener } from '../../comun/http.ts'
import { seguirTarea } from '../../comun/tareas.ts'
import { crearAvance } from '../../componentes/avance.ts'

/** Follows the task of a link marked by the server as slow, and downloads its file. */
export function activarExpediente(): void {
  const enlace = document.querySelector<HTMLAnchorElement>('a[data-segundo-plano]')
  enlace?.addEventListener('click', (evento) => {
    evento.preventDefault()
    void armar(enlace)
  })
}

async function armar(enlace: HTMLAnchorElement): Promise<void> {
  try {
    const id = new URL(enlace.href).searchParams.get('id')
    const { tarea } = await obtener<Envoltura & { tarea: number }>(enlace.pathname, { id, asincrono: 1 })
    const avance = crearAvance('Si cierras esta ventana, pídelo otra vez cuando lo necesites.')
    const fin = seguirTarea(tarea, avance.mostrar)
    await preguntar<true>({
      titulo: enlace.dataset['titulo'] ?? 'Expediente',
      cuerpo: [
        crear(
          'p',
          {},
          'Tiene muchas líneas o fotos: se arma en el servidor. Presiona Descargar y espera a que termine.',
        ),
        avance.caja,
      ],
      aceptar: 'Descargar',
      cancelar: 'Cerrar',
      alAceptar: async () => {
        const { estado, mensaje } = await fin
        if (estado === 'terminada') {
          bajar(`${enlace.href}&tarea=${String(tarea)}`)
          return true
        }
        avisar('error', mensaje)
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
  }
}

function bajar(ruta: string): void {
  const enlace = crear('a', { href: ruta, download: '' })
  document.body.append(enlace)
  enlace.click()
  enlace.remove()
}
