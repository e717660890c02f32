/** Own open sessions: end one, or all the others. */
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { confirmar, esperar } from '../../comun/dialogo.ts'
import { origen } from '../../comun/dom.ts'
import { enviar } from '../../comun/http.ts'

document.addEventListener('click', (evento) => {
  const boton = origen(evento, '[data-cerrar-sesion], #cerrar-otras')
  if (boton instanceof HTMLButtonElement) void cerrar(boton)
})

async function cerrar(boton: HTMLButtonElement): Promise<void> {
  const sesion = boton.dataset['cerrarSesion']
  if (sesion === undefined) {
    const seguro = await confirmar({
      titulo: 'Confirmación',
      cuerpo: ['¿Cerrar todas tus otras sesiones? En esos navegadores habrá que iniciar sesión de nuevo.'],
      aceptar: 'Cerrar las demás',
    })
    if (!seguro) return
  }
  await esperar(boton, async () => {
    const ruta = sesion === undefined ? 'cerrar_otras' : 'cerrar'
    const { detalles } = await enviar(`/perfil/sesiones/${ruta}/`, sesion === undefined ? {} : { sesion }, {
      sinAviso: true,
    })
    recargarConAviso('exito', detalles)
  })
}
