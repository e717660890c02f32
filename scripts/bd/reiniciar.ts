// npm run bd:reiniciar -- --si — throws away every row and starts from an empty, migrated and seeded database.
import pg from 'pg'
import { ejecutarComando, prepararEsquema } from '../../src/comando.ts'

await ejecutarComando(
  {
    nombre: 'bd:reiniciar',
    ayuda: 'BORRA todos los datos y deja la base como recién instalada. No se admite en producción.',
    opciones: { si: { tipo: 'bandera', ayuda: 'confirma que se borra todo' } },
  },
  async ({ config, urlBase, opciones, decir }) => {
    if (config.produccion || !opciones.si) {
      decir(config.produccion ? 'No se admite en producción.' : 'Se borrarían todos los datos. Confirma con --si.')
      return 1
    }
    const cliente = new pg.Client(urlBase)
    await cliente.connect()
    try {
      await cliente.query('DROP SCHEMA IF EXISTS trabajos CASCADE; DROP SCHEMA public CASCADE; CREATE SCHEMA public')
    } finally {
      await cliente.end()
    }
    await prepararEsquema(urlBase)
    decir('La base quedó vacía, con sus catálogos. El próximo «npm start» crea el primer administrador.')
    return 0
  },
)
