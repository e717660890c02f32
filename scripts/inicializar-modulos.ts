// npm run inicializar-modulos: registers the modules of the system that are missing (core.md §6); never changes one.
import { ejecutarComando } from '../src/comando.ts'
import { inicializarModulos } from '../src/modulos/inicio/inicio.comandos.ts'

await ejecutarComando(
  {
    nombre: 'inicializar-modulos',
    ayuda:
      'Registra los módulos del sistema que faltan. Los que ya están no se tocan, aunque les hayan cambiado el nombre.',
    opciones: {},
    json: true,
  },
  async ({ ctx, decir, entregar }) => {
    const modulos = await inicializarModulos(ctx)
    for (const { app_name, nuevo } of modulos) decir(`${app_name}: ${nuevo ? 'registrado' : 'ya existía'}`)
    entregar({ modulos })
    return 0
  },
)
