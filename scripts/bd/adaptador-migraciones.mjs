// PostgreSQL adapter for the migration engine. It mends three defects of PrismaPg in that use: it does not know the
// internal types "char" and name, it splits SQL scripts at every ';' (which breaks PL/pgSQL functions), and it drops
// the shadow database before closing its connections.
import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'

const TIPO_EQUIVALENTE = new Map([
  [18, 25],
  [19, 25],
  [1002, 1009],
  [1003, 1009],
])

class Pool extends pg.Pool {
  async query(...argumentos) {
    const resultado = await super.query(...argumentos)
    for (const campo of resultado?.fields ?? []) {
      campo.dataTypeID = TIPO_EQUIVALENTE.get(campo.dataTypeID) ?? campo.dataTypeID
    }
    return resultado
  }
}

export class AdaptadorMigraciones extends PrismaPg {
  #url

  constructor(url) {
    super(new Pool({ connectionString: url, allowExitOnIdle: true }), { disposeExternalPool: true })
    this.#url = url
  }

  async connect() {
    const conexion = await super.connect()
    const pool = conexion.underlyingDriver()
    conexion.executeScript = async (guion) => {
      await pool.query(guion).catch((error) => conexion.onError(error))
    }
    return conexion
  }

  async connectToShadowDb() {
    const principal = await this.connect()
    const nombre = `sombra_${randomUUID().replaceAll('-', '')}`
    await principal.executeScript(`CREATE DATABASE "${nombre}"`)
    const url = new URL(this.#url)
    url.pathname = `/${nombre}`
    const sombra = await new AdaptadorMigraciones(url.href).connect()
    const cerrar = sombra.dispose.bind(sombra)
    sombra.dispose = async () => {
      await cerrar()
      await principal.executeScript(`DROP DATABASE "${nombre}"`)
    }
    return sombra
  }
}
