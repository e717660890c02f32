/** Personal tokens: a new one is shown once, in a dialog; revoking names what stops working. */
import { RUTA_TOKENS, type RespuestaDeCrear } from '../../../modulos/tokens/tokens.contrato.ts'
import { mostrarUnaVez } from '../../componentes/mostrar-una-vez.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { buscar, crear, origen, todos } from '../../comun/dom.ts'
import { Formulario } from '../../comun/formulario.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'

const forma = buscar('#forma-token', HTMLFormElement)
if (forma) {
  const alcances = (): string[] =>
    todos('[data-alcance]', HTMLInputElement, forma)
      .filter(({ checked }) => checked)
      .map(({ value }) => value)
  new Formulario(forma, {
    validar: () => {
      const faltas: Record<string, string> = {}
      if (alcances().length === 0) faltas['alcances'] = 'Elige al menos una cosa que el token pueda leer.'
      return faltas
    },
    guardando: 'Creando…',
    alEnviar: async (datos) => {
      for (const alcance of alcances()) datos.append('alcances', alcance)
      const { token } = await enviar<RespuestaDeCrear>(RUTA_TOKENS.CREAR, datos, { sinAviso: true })
      await mostrarUnaVez({
        titulo: 'Tu token nuevo',
        texto: 'Cópialo ahora y guárdalo en el programa que lo usará: no se vuelve a mostrar.',
        rotulo: 'Token',
        valor: token,
      })
      recargarConAviso('exito', 'Token creado.')
    },
  }).empezar('')
}

document.addEventListener('click', (evento) => {
  const boton = origen(evento, '[data-revocar]')
  if (boton) void revocar(boton.dataset['revocar'] ?? '', boton.dataset['nombre'] ?? '')
})

async function revocar(id: string, nombre: string): Promise<void> {
  const seguro = await confirmar({
    titulo: 'Confirmación',
    cuerpo: [
      crear('p', {}, '¿Revocar el token ', crear('strong', {}, nombre), '?'),
      crear('p', {}, 'Los programas que lo usan dejan de entrar en este momento, y no se puede deshacer.'),
    ],
    aceptar: 'Revocar',
    destructivo: true,
  })
  if (!seguro) return
  try {
    const { detalles } = await enviar(RUTA_TOKENS.REVOCAR, { id }, { sinAviso: true })
    recargarConAviso('exito', detalles)
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
  }
}
