// npm run pte:crear-pasos-faltantes: gives its steps to every live PTE that has none (pte.md §11).
import { ejecutarComando } from '../src/comando.ts'
import { crearPasosFaltantes, lineasDePasosFaltantes } from '../src/modulos/pte/pte.comandos.ts'

await ejecutarComando(
  {
    nombre: 'pte:crear-pasos-faltantes',
    ayuda:
      'Crea los pasos de cada PTE viva que no tiene ninguno, según el tipo de su cliente. Repetirlo no cambia nada.',
    opciones: {},
    json: true,
  },
  async ({ ctx, decir, entregar }) => {
    const resultado = await crearPasosFaltantes(ctx)
    for (const linea of lineasDePasosFaltantes(resultado)) decir(linea)
    entregar(resultado)
    return 0
  },
)
