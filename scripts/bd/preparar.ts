// What a database needs before the application serves: migrations, catalogue rows, the first administrator and, on a
// new embedded database, the demo company. Run by `npm start` and by the entry point of the container; each part that
// is already there is skipped.
import { randomBytes } from 'node:crypto'
import { cargarDemo } from '../../prisma/seed/demo/cargar.ts'
import { avisoSinConexion, contextoDeSistema, prepararEsquema } from '../../src/comando.ts'
import { ErrorDeDominio } from '../../src/comun/errores.ts'
import { crearPrimerAdministrador } from '../../src/modulos/usuarios/index.ts'
import { almacenDe } from '../../src/plataforma/almacen.ts'
import { conectar, esErrorDeConexion } from '../../src/plataforma/bd.ts'
import { configDelProceso, ErrorDeConfig } from '../../src/plataforma/config.ts'

const embebida = process.argv.includes('--embebida')

try {
  const config = configDelProceso()
  const url = config.urlBase
  if (url === null) throw new ErrorDeConfig(['DATABASE_URL: falta. Con la base incluida usa «npm start».'])
  for (const nombre of await prepararEsquema(url)) console.log(`Migración aplicada: ${nombre}`)
  const conexion = conectar(url, { maximo: 3, alFallar: () => undefined })
  try {
    const ctx = contextoDeSistema(conexion, config, 'primer arranque')
    const { usuario: username, correo: email } = config.admin
    const clave = config.admin.clave ?? randomBytes(12).toString('base64url')
    // A password that the installer chose is held to the rule only in production; a random one always passes it.
    const exigirClaveFuerte = config.produccion
    const vacia = await crearPrimerAdministrador(ctx, { username, clave, email }, { exigirClaveFuerte })
    if (vacia && config.admin.clave === null)
      console.log(`Administrador: usuario «${username}», contraseña «${clave}» (se muestra solo esta vez).`)
    else if (vacia) console.log(`Administrador: usuario «${username}», con la contraseña de ADMIN_PASSWORD.`)
    if (vacia && (config.demo ?? embebida)) {
      const cargado = await cargarDemo(ctx, {
        produccion: config.produccion,
        almacen: almacenDe(config),
        dominio: config.publicUrl,
      })
      if (cargado) {
        const usuarios = cargado.usuarios.map(({ username }) => `«${username}»`).join(', ')
        console.log('Datos de demostración cargados; se quitan con «npm run datos:limpiar-demo».')
        console.log(`Usuarios de demostración: ${usuarios}; su contraseña es «sascop-demo-» y el nombre del grupo.`)
      }
    }
  } finally {
    await conexion.cerrar()
  }
} catch (error) {
  if (error instanceof ErrorDeConfig) console.error(error.message)
  else if (error instanceof ErrorDeDominio) console.error(`No se pudo preparar la base: ${error.detalles}`)
  else if (esErrorDeConexion(error)) console.error(avisoSinConexion(error))
  else console.error(error)
  process.exitCode = 1
}
