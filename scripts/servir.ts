// The server process alone, over a database that is already prepared: what `npm start` watches over and what the
// container runs. It refuses to start when migrations are missing.
import { avisoSinConexion } from '../src/comando.ts'
import { iniciarServidor, pararConSenales } from '../src/main.ts'
import { ErrorDeBaseEmbebida, usarBaseEmbebida } from '../src/plataforma/bd-embebida.ts'
import { esErrorDeConexion } from '../src/plataforma/bd.ts'
import { configDelProceso, ErrorDeConfig } from '../src/plataforma/config.ts'

try {
  const config = configDelProceso()
  const embebida = config.urlBase === null ? await usarBaseEmbebida({ carpeta: config.carpetaDatos }) : null
  try {
    const servidor = await iniciarServidor(config, config.urlBase ?? embebida?.url ?? '')
    pararConSenales(servidor, async () => embebida?.soltar())
  } catch (error) {
    await embebida?.soltar()
    throw error
  }
} catch (error) {
  if (error instanceof ErrorDeConfig || error instanceof ErrorDeBaseEmbebida) console.error(error.message)
  else if (esErrorDeConexion(error)) console.error(avisoSinConexion(error))
  else console.error(error)
  process.exit(1)
}
