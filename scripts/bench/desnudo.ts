// The yardstick of the OT table: node:http + pg and nothing else, running the SQL it is given and answering the bytes it
// is given. Started by lista.ts in a process of its own: argument = file with { urlBase, consultas, cuerpo }.
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import pg from 'pg'

interface Encargo {
  readonly urlBase: string
  readonly consultas: readonly { readonly text: string; readonly values: unknown[] }[]
  readonly cuerpo: string
}

const { urlBase, consultas, cuerpo } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Encargo
const pool = new pg.Pool({ connectionString: urlBase, max: 10 })
const bytes = Buffer.from(cuerpo)

const servidor = createServer((_solicitud, respuesta) => {
  void (async () => {
    for (const consulta of consultas) await pool.query({ ...consulta })
    respuesta.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': bytes.length })
    respuesta.end(bytes)
  })()
})
servidor.listen(0, '127.0.0.1', () => {
  const direccion = servidor.address()
  console.log(typeof direccion === 'object' && direccion ? direccion.port : 0)
})
