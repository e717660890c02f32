/**
 * A door between a server and PostgreSQL that stops a transaction between two of its statements, so that a test can kill
 * the server right there, however fast the machine is:
 *
 *   const cortador = await abrirCortador(app.url)          // the server is given cortador.url
 *   const corte = await cortador.armar(/FROM ot/, 3)       // after asking the server for something
 *   // 'detenida': two statements of that transaction went through and the third never will; 'cometida': it had fewer
 *   // than three, its COMMIT was made and the server does not know. Either way that connection says nothing more.
 *   cortador.soltar()                                      // the server is dead: its connections end
 *
 * It reads only what the client says: messages of a letter, a length and a text («Message Formats» of PostgreSQL), of
 * which `Q` (simple query) and `P` (parse) begin a statement; nobody here prepares statements to use them twice.
 */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** Before which statement of a transaction it stops (1 = the first after BEGIN), or `fin`: before it knows that it committed. */
export type Parada = number | 'COMMIT' | 'fin'
/** How an armed transaction ended: stopped before a statement, or committed with its answer kept back. */
export type Corte = 'detenida' | 'cometida'

interface Armado {
  /** What the first statement of the transaction says: the server's background work begins others meanwhile. */
  readonly primera: RegExp
  readonly parada: Parada
  readonly avisar: (corte: Corte) => void
}

export interface Cortador {
  readonly url: string
  /** The next transaction that begins with `primera` stops there; if it has fewer statements, as at `fin`. */
  armar(primera: RegExp, parada: Parada): Promise<Corte>
  /** Ends every connection. */
  soltar(): void
  cerrar(): Promise<void>
}

/** Opens the door of a database. */
export async function abrirCortador(urlBase: string): Promise<Cortador> {
  const url = new URL(urlBase)
  const [puerto, anfitrion] = [Number(url.port), url.hostname]
  const abiertas = new Set<Socket>()
  const armados: Armado[] = []
  const puerta = createServer((cliente) => {
    const base = connect(puerto, anfitrion)
    for (const [socket, otro] of [
      [cliente, base],
      [base, cliente],
    ] as const) {
      abiertas.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        abiertas.delete(socket)
        otro.destroy()
      })
    }
    unir(cliente, base, armados)
  })
  puerta.listen(0, '127.0.0.1')
  await once(puerta, 'listening')
  url.hostname = '127.0.0.1'
  url.port = String((puerta.address() as AddressInfo).port)
  const soltar = (): void => {
    for (const socket of abiertas) socket.destroy()
  }
  return {
    url: url.href,
    armar: (primera, parada) => new Promise((avisar) => armados.push({ primera, parada, avisar })),
    soltar,
    async cerrar() {
      soltar()
      puerta.close()
      await once(puerta, 'close')
    },
  }
}

/** Passes what each side says to the other, until an armed transaction arrives where it stops. */
function unir(cliente: Socket, base: Socket, armados: Armado[]): void {
  let armado: Armado | undefined
  let sentencias = 0
  let anterior = ''
  let muda = false
  /** Whether a statement goes on. */
  const pasa = (sentencia: string): boolean => {
    if (!armado && anterior === 'BEGIN') {
      const cual = armados.findIndex(({ primera }) => primera.test(sentencia))
      if (cual >= 0) [armado] = armados.splice(cual, 1)
    }
    anterior = sentencia
    if (!armado) return true
    const { parada, avisar } = armado
    sentencias += 1
    const aqui = parada === sentencias || parada === sentencia
    muda = aqui || sentencia === 'COMMIT'
    if (aqui) avisar('detenida')
    else if (muda)
      base.once('data', () => {
        avisar('cometida')
      })
    return !aqui
  }
  const leer = lectorDeMensajes()
  cliente.on('data', (trozo) => {
    for (const { bytes, sentencia } of leer(trozo)) {
      if (muda || (sentencia !== null && !pasa(sentencia))) return
      base.write(bytes)
    }
  })
  base.on('data', (trozo) => {
    if (!muda) cliente.write(trozo)
  })
}

interface Mensaje {
  readonly bytes: Buffer
  /** Text of the statement that it begins, if it begins one. */
  readonly sentencia: string | null
}

/** Whole messages of a client, from pieces cut anywhere; the first of all, the greeting, has no letter. */
function lectorDeMensajes(): (trozo: Buffer) => Mensaje[] {
  let resto: Buffer = Buffer.alloc(0)
  let letra = 0
  return (trozo) => {
    resto = Buffer.concat([resto, trozo])
    const mensajes: Mensaje[] = []
    while (resto.length >= letra + 4) {
      const largo = letra + resto.readInt32BE(letra)
      if (resto.length < largo) break
      mensajes.push({
        bytes: resto.subarray(0, largo),
        sentencia: letra === 0 ? null : sentenciaDe(resto.subarray(0, largo)),
      })
      resto = resto.subarray(largo)
      letra = 1
    }
    return mensajes
  }
}

function sentenciaDe(mensaje: Buffer): string | null {
  const textos = mensaje.toString('utf8', 5).split('\0')
  const tipo = String.fromCharCode(mensaje[0] ?? 0)
  // A parse says the name of the statement before its text; ours have none.
  return (tipo === 'Q' ? textos[0] : tipo === 'P' ? textos[1] : null) ?? null
}
