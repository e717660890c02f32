// npm run bench [-- lista lista-pte importacion exportacion pagina auditoria conceptos busqueda precios produccion anexo estimaciones
// expediente radar] [--salida=RUTA] — speed of the goals of docs/rendimiento.md, on a
// PostgreSQL of its own that disappears at the end. Prints a table and writes JSON.
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { RAIZ } from '../src/plataforma/raiz.ts'
import { medirAnexo } from './bench/anexo.ts'
import { medirAuditoria } from './bench/auditoria.ts'
import { medirConceptos } from './bench/conceptos.ts'
import { medirBusqueda } from './bench/busqueda.ts'
import { conEntorno, type Entorno } from './bench/entorno.ts'
import { medirEstimaciones } from './bench/estimaciones.ts'
import { medirExpediente } from './bench/expediente.ts'
import { medirExportacion } from './bench/exportacion.ts'
import { medirImportacion } from './bench/importacion.ts'
import { medirListaPte } from './bench/lista-pte.ts'
import { medirLista } from './bench/lista.ts'
import { medirPagina } from './bench/pagina.ts'
import { medirPrecios } from './bench/precios.ts'
import { medirProduccion } from './bench/produccion.ts'
import { medirRadar } from './bench/radar.ts'
import { type Renglon, tablaDeTexto } from './bench/medidas.ts'

type Parte = (entorno: Entorno, decir: (linea: string) => void) => Promise<{ resultado: unknown; renglones: Renglon[] }>

const PARTES: Readonly<Record<string, Parte>> = {
  lista: medirLista,
  'lista-pte': medirListaPte,
  importacion: medirImportacion,
  exportacion: medirExportacion,
  pagina: medirPagina,
  auditoria: medirAuditoria,
  conceptos: medirConceptos,
  busqueda: medirBusqueda,
  precios: medirPrecios,
  produccion: medirProduccion,
  anexo: medirAnexo,
  estimaciones: medirEstimaciones,
  expediente: medirExpediente,
  radar: medirRadar,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { salida: { type: 'string' }, ayuda: { type: 'boolean' } },
})
const desconocida = positionals.find((nombre) => !(nombre in PARTES))
if (values.ayuda === true || desconocida !== undefined) {
  if (desconocida !== undefined) console.error(`No existe la parte «${desconocida}».`)
  console.log(
    `Uso: npm run bench -- [${Object.keys(PARTES).join('] [')}] [--salida=RUTA]\nSin partes, todas. El resultado queda también en .cache/bench.json.`,
  )
  process.exit(desconocida === undefined ? 0 : 1)
}

const decir = (linea: string) => {
  console.error(linea)
}
const pedidas = positionals.length > 0 ? positionals : Object.keys(PARTES)
const resultados: Record<string, unknown> = {}
const renglones: Renglon[] = []
for (const nombre of pedidas) {
  const medir = PARTES[nombre]
  if (!medir) continue
  // Each part with a PostgreSQL of its own: none finds the memory warm, or the disk busy, by the one before.
  const medido = await conEntorno((entorno) => medir(entorno, decir))
  resultados[nombre] = medido.resultado
  renglones.push(...medido.renglones)
}

const salida = resolve(values.salida ?? join(RAIZ, '.cache/bench.json'))
mkdirSync(dirname(salida), { recursive: true })
const equipo = { node: process.version, cpu: cpus()[0]?.model ?? '', nucleos: cpus().length }
writeFileSync(
  salida,
  `${JSON.stringify({ fecha: new Date().toISOString(), equipo, renglones, resultados }, null, 2)}\n`,
)
const juicio = ({ cumple }: Renglon) => (cumple === null ? '' : cumple ? 'sí' : 'NO')
console.log(
  tablaDeTexto([
    ['parte', 'medida', 'valor', 'meta', 'cumple'],
    ...renglones.map((renglon) => [renglon.parte, renglon.medida, renglon.valor, renglon.meta, juicio(renglon)]),
  ]),
)
console.log(`Detalle: ${salida}`)
