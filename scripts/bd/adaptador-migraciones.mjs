// PostgreSQL adapter for the migration engine. It mends defects of PrismaPg and of the engine in that use: it does not know the
// internal types "char" and name, it splits SQL scripts at every ';' (which breaks PL/pgSQL functions), and it drops
// the shadow database before closing its connections, and it takes the INCLUDE columns of an index for keys.
import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'

const OID_CHAR = 18
const OID_TEXT = 25
const OID_TEXT_ARRAY = 1009
const TIPO_EQUIVALENTE = new Map([
  [OID_CHAR, OID_TEXT],
  [19, OID_TEXT], // name
  [1002, OID_TEXT_ARRAY], // "char"[]
  [1003, OID_TEXT_ARRAY], // name[]
])

class Pool extends pg.Pool {
  async query(...argumentos) {
    const resultado = await super.query(...argumentos)
    for (const campo of resultado?.fields ?? []) {
      campo.esCaracter = campo.dataTypeID === OID_CHAR
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
    // The engine reads the kind of a constraint as one character and breaks on a text.
    const ejecutar = conexion.performIO.bind(conexion)
    conexion.queryRaw = async (consulta) => {
      let campos = []
      const intermedia = Object.create(conexion, {
        performIO: {
          value: async (sentencia) => {
            const resultado = await ejecutar(sentencia)
            campos = resultado.fields
            return resultado
          },
        },
      })
      const sql = consulta.sql
        .replace('unnest(indkey) AS', 'unnest((indkey::int2[])[0:indnkeyatts - 1]) AS')
        .replace('generate_subscripts(indkey, 1)', 'generate_subscripts(indclass, 1)')
      const { columnNames, columnTypes, rows } = await Object.getPrototypeOf(conexion).queryRaw.call(intermedia, {
        ...consulta,
        sql,
      })
      const tipos = columnTypes.map((tipo, i) => (campos[i]?.esCaracter ? ColumnTypeEnum.Character : tipo))
      return { columnNames, columnTypes: tipos, rows }
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
