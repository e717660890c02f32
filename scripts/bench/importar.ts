// The real import service in a process of its own, so that its memory is its own: arguments = database, workbook.
// Prints one line of JSON: report, milliseconds of each stage, peak resident memory in MB.
import { aplicarImportacion } from '../../src/modulos/ot/importacion/importacion.comandos.ts'
import { contextoDeSistema } from '../../src/comando.ts'
import { conectar } from '../../src/plataforma/bd.ts'

const [urlBase = '', ruta = ''] = process.argv.slice(2)
const conexion = conectar(urlBase, { alFallar: () => undefined })
const etapas: { mensaje: string; ms: number }[] = []
const inicio = performance.now()
const informe = await aplicarImportacion(
  contextoDeSistema(conexion, { reloj: null }, 'bench'),
  { ruta, nombre: 'historico.xlsx' },
  {
    crearPtes: true,
    todoONada: false,
    alAvanzar: (_avance, mensaje) => {
      etapas.push({ mensaje, ms: performance.now() - inicio })
    },
  },
)
const total = performance.now() - inicio
await conexion.cerrar()
const desde = (patron: RegExp) => etapas.find(({ mensaje }) => patron.test(mensaje))?.ms ?? total
const revisar = desde(/^Revisando/)
const escribir = desde(/^(Preparando|Guardando)/)
const { errores, iniciales, reprogramaciones } = informe
console.log(
  JSON.stringify({
    errores: errores.length,
    creadas: iniciales.creadas + reprogramaciones.creadas,
    ms: { total, leer: revisar, revisar: escribir - revisar, escribir: total - escribir },
    memoriaMb: process.resourceUsage().maxRSS / 1024,
  }),
)
