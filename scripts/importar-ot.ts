// npm run importar-ot -- ARCHIVO.xlsx: the historical import from a terminal (contract.md §4).
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { ejecutarComando } from '../src/comando.ts'
import { DatosInvalidos } from '../src/comun/errores.ts'
import {
  analizarImportacion,
  aplicarImportacion,
  codigoDeSalida,
  escribirRechazadas,
  firmar,
  lineasDelInforme,
} from '../src/modulos/ot/importacion/importacion.comandos.ts'

await ejecutarComando(
  {
    nombre: 'importar-ot',
    ayuda: 'Importa el libro histórico de órdenes de trabajo: primero las OT iniciales y luego sus reprogramaciones.',
    argumentos: [{ nombre: 'ARCHIVO.xlsx', ayuda: 'el libro que se importa' }],
    opciones: {
      simular: { tipo: 'bandera', ayuda: 'lee, revisa e informa; no escribe nada' },
      si: { tipo: 'bandera', ayuda: 'no pregunta antes de importar' },
      'crear-ptes': { tipo: 'bandera', ayuda: 'crea las PTE que no existen' },
      'todo-o-nada': { tipo: 'bandera', ayuda: 'una fila mala detiene toda la importación' },
      informe: { tipo: 'texto', valor: 'RUTA', ayuda: 'escribe el informe en JSON' },
      errores: {
        tipo: 'texto',
        valor: 'RUTA.xlsx',
        ayuda: 'escribe las filas rechazadas, con lo que hay que corregir',
      },
      usuario: { tipo: 'texto', valor: 'NOMBRE', ayuda: 'quién firma en el registro (si no, el primer superusuario)' },
    },
    json: true,
    codigoDeFallo: 2,
  },
  async ({ ctx: sinFirma, argumentos, opciones, decir, entregar }) => {
    const ruta = resolve(argumentos[0] ?? '')
    const archivo = { ruta, nombre: basename(ruta) }
    const ctx = await firmar(sinFirma, opciones.usuario)
    const todoONada = opciones['todo-o-nada']
    const comun = { crearPtes: opciones['crear-ptes'], todoONada, alAvanzar: mostrarAvance }
    if (!opciones.simular && !opciones.si && !process.stdin.isTTY) {
      throw new DatosInvalidos(
        'Sin terminal no se puede preguntar: agrega --si para importar o --simular para solo revisar.',
      )
    }
    const concluir = async (informe: Awaited<ReturnType<typeof aplicarImportacion>>): Promise<number> => {
      for (const linea of lineasDelInforme(informe)) decir(linea)
      entregar(informe)
      if (opciones.informe !== undefined) await writeFile(opciones.informe, `${JSON.stringify(informe, null, 2)}\n`)
      if (opciones.errores !== undefined && informe.errores.length > 0) {
        await escribirRechazadas(createWriteStream(opciones.errores), ruta, informe.errores)
        decir(`Las filas rechazadas están en ${opciones.errores}.`)
      }
      return codigoDeSalida(informe, todoONada)
    }

    if (opciones.si && !opciones.simular) return concluir(await aplicarImportacion(ctx, archivo, comun))
    const {
      huella,
      crear: _crear,
      actualizar: _actualizar,
      ptes: _ptes,
      cuantas: _cuantas,
      ...analisis
    } = await analizarImportacion(ctx, archivo, comun)
    if (opciones.simular) return concluir(analisis)
    for (const linea of lineasDelInforme(analisis)) decir(linea)
    if (!(await preguntar('¿Importar? [s/N] '))) {
      decir('No se importó nada.')
      return 2
    }
    return concluir(await aplicarImportacion(ctx, archivo, { ...comun, huella }))
  },
)

/** One line that rewrites itself, and only where somebody is looking. */
function mostrarAvance(avance: number, mensaje: string): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r\u001b[K${avance >= 98 ? '' : `${String(Math.floor(avance))} % ${mensaje}`}`)
}

async function preguntar(pregunta: string): Promise<boolean> {
  const lector = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^s[ií]?$/i.test((await lector.question(pregunta)).trim())
  } finally {
    lector.close()
  }
}
