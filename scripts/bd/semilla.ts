// npm run bd:semilla — inserts the catalogue rows, permissions and groups that are missing; what exists is not touched.
import { sembrarCatalogos } from '../../prisma/seed/catalogos/index.ts'
import { ejecutarComando } from '../../src/comando.ts'

await ejecutarComando(
  { nombre: 'bd:semilla', ayuda: 'Inserta las filas de catálogo que falten.', opciones: {}, json: true },
  async ({ conexion, decir, entregar }) => {
    const cliente = await conexion.pool.connect()
    try {
      const nuevas = await sembrarCatalogos(cliente)
      entregar(nuevas)
      const lineas = Object.entries(nuevas).map(([tabla, cuantas]) => `${tabla}: ${cuantas} filas nuevas`)
      decir(lineas.length > 0 ? lineas.join('\n') : 'No faltaba ninguna fila de catálogo.')
    } finally {
      cliente.release()
    }
    return 0
  },
)
