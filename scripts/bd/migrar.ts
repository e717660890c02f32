// npm run bd:migrar — applies what is pending and the missing catalogue rows; also before a deployment starts to serve.
import { avisoSinConexion, prepararEsquema } from '../../src/comando.ts'
import { usarBaseEmbebida } from '../../src/plataforma/bd-embebida.ts'
import { esErrorDeConexion } from '../../src/plataforma/bd.ts'
import { configDelProceso } from '../../src/plataforma/config.ts'

const config = configDelProceso()
const embebida = config.urlBase === null ? await usarBaseEmbebida({ carpeta: config.carpetaDatos }) : null
try {
  const aplicadas = await prepararEsquema(config.urlBase ?? embebida?.url ?? '')
  for (const nombre of aplicadas) console.log(`Migración aplicada: ${nombre}`)
  if (aplicadas.length === 0) console.log('La base ya estaba al día.')
} catch (error) {
  if (!esErrorDeConexion(error)) throw error
  console.error(avisoSinConexion(error))
  process.exitCode = 1
} finally {
  await embebida?.soltar()
}
