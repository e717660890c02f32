import pg from 'pg'

/**
 * One connection of its own for what runs before or beside the pool: preparing a database, migrations, backups.
 * Whatever was not committed goes back with the connection.
 */
export async function conCliente<T>(url: string, hacer: (cliente: pg.Client) => Promise<T>): Promise<T> {
  const cliente = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  // The failure reaches the query in hand; an error of the idle connection would end the process.
  cliente.on('error', () => undefined)
  await cliente.connect()
  try {
    return await hacer(cliente)
  } finally {
    await cliente.end()
  }
}
