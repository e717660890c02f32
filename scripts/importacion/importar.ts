// The command of an import from a terminal, the same for every class (contract.md §4).
import { createWriteStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { ejecutarComando, type Opcion } from '../../src/comando.ts'
import { DatosInvalidos } from '../../src/comun/errores.ts'
import {
  analizar,
  aplicar,
  codigoDeSalida,
  comoOpcion,
  escribirRechazadas,
  exigirOpcionesDeComando,
  firmar,
  lineasDelInforme,
  type ClaseImportacion,
  type InformeBase,
  type OpcionDeClase,
  type ResumenDeshacerBase,
} from '../../src/modulos/importacion/importacion.comandos.ts'

const OPCIONES = {
  simular: { tipo: 'bandera', ayuda: 'lee, revisa e informa; no escribe nada' },
  si: { tipo: 'bandera', ayuda: 'no pregunta antes de importar' },
  'todo-o-nada': { tipo: 'bandera', ayuda: 'una fila mala detiene toda la importación' },
  informe: { tipo: 'texto', valor: 'RUTA', ayuda: 'escribe el informe en JSON' },
  errores: { tipo: 'texto', valor: 'RUTA.xlsx', ayuda: 'escribe las filas rechazadas, con lo que hay que corregir' },
  usuario: { tipo: 'texto', valor: 'NOMBRE', ayuda: 'quién firma en el registro (si no, el primer superusuario)' },
} as const satisfies Record<string, Opcion>

const deClase = ({ clave, texto, valores }: OpcionDeClase): [string, Opcion] => [
  comoOpcion(clave),
  valores === undefined
    ? { tipo: 'bandera', ayuda: texto.toLocaleLowerCase('es-MX') }
    : { tipo: 'texto', valor: 'VALOR', ayuda: texto.toLocaleLowerCase('es-MX') },
]

/** Runs the import of a class with the options of the contract and its own. Ends the process. */
export async function importarDesdeTerminal<I extends InformeBase, R extends ResumenDeshacerBase>(
  clase: ClaseImportacion<I, R>,
  comando: { nombre: string; ayuda: string },
): Promise<void> {
  const propias: Record<string, Opcion> = Object.fromEntries(clase.opciones.map(deClase))
  await ejecutarComando(
    {
      ...comando,
      argumentos: [{ nombre: 'ARCHIVO.xlsx', ayuda: 'el libro que se importa' }],
      opciones: { ...propias, ...OPCIONES },
      json: true,
      codigoDeFallo: 2,
    },
    async ({ ctx: sinFirma, argumentos, opciones: todas, decir, entregar }) => {
      const opciones = todas as Readonly<Record<string, string | boolean | undefined>> & {
        readonly simular: boolean
        readonly si: boolean
        readonly informe: string | undefined
        readonly errores: string | undefined
        readonly usuario: string | undefined
      }
      const ruta = resolve(argumentos[0] ?? '')
      const archivo = { ruta, nombre: basename(ruta) }
      const ctx = await firmar(sinFirma, opciones.usuario)
      const todoONada = opciones['todo-o-nada'] === true
      const elegidas = Object.fromEntries(
        clase.opciones.map(({ clave, valores }) => [
          clave,
          opciones[comoOpcion(clave)] ?? (valores === undefined ? false : ''),
        ]),
      )
      if (!opciones.simular && !opciones.si && !process.stdin.isTTY) {
        throw new DatosInvalidos(
          'Sin terminal no se puede preguntar: agrega --si para importar o --simular para solo revisar.',
        )
      }
      await exigirOpcionesDeComando(ctx, clase, elegidas)
      const comun = { opciones: elegidas, todoONada, alAvanzar: mostrarAvance }
      const concluir = async (informe: I): Promise<number> => {
        for (const linea of lineasDelInforme(clase, informe)) decir(linea)
        entregar(informe)
        if (opciones.informe !== undefined) await writeFile(opciones.informe, `${JSON.stringify(informe, null, 2)}\n`)
        if (opciones.errores !== undefined && informe.errores.length > 0) {
          await escribirRechazadas(createWriteStream(opciones.errores), clase, ruta, informe.errores)
          decir(`Las filas rechazadas están en ${opciones.errores}.`)
        }
        return codigoDeSalida(clase, informe, todoONada)
      }

      if (opciones.si && !opciones.simular) return concluir(await aplicar(ctx, clase, archivo, comun))
      const { informe, plan } = await analizar(ctx, clase, archivo, comun)
      if (opciones.simular) return concluir(informe)
      for (const linea of lineasDelInforme(clase, informe)) decir(linea)
      if (!(await preguntar('¿Importar? [s/N] '))) {
        decir('No se importó nada.')
        return 2
      }
      return concluir(await aplicar(ctx, clase, archivo, { ...comun, huella: plan.huella }))
    },
  )
}

/** One line that rewrites itself, and only where somebody is looking. */
function mostrarAvance(avance: number, mensaje: string): void {
  if (!process.stderr.isTTY) return
  process.stderr.write(`\r\u001b[K${avance >= 98 ? '' : `${String(Math.floor(avance))} % ${mensaje}`}`)
}

/** Asks for a yes on the terminal. */
export async function preguntar(pregunta: string): Promise<boolean> {
  const lector = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^s[ií]?$/i.test((await lector.question(pregunta)).trim())
  } finally {
    lector.close()
  }
}
