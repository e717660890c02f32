// The real reading of an Anexo C in a process of its own, so that its memory is its own: argument = workbook.
// Prints one line of JSON: what was read, milliseconds, peak resident memory in MB.
import { leerAnexoEnOtroHilo } from '../../src/modulos/anexo/lectura/index.ts'
import { ANEXO_GRANDE, conceptoDePrueba } from './libro-anexo.ts'

const [ruta = ''] = process.argv.slice(2)
const conceptos = Array.from({ length: ANEXO_GRANDE.partidas }, (_, i) => {
  const { anexo, codigo, descripcion, precio } = conceptoDePrueba(i)
  return {
    id: i + 1,
    ordinaria: codigo,
    extraordinaria: null,
    descripcion,
    idUnidad: 1,
    precioMn: precio,
    precioUsd: '0',
    anexo,
  }
})
const inicio = performance.now()
const { partidas, programado, totalErrores, totalAdvertencias } = await leerAnexoEnOtroHilo(ruta, {
  unidades: [{ id: 1, clave: 'M', descripcion: 'METRO' }],
  conceptos,
  vigencia: { inicio: null, termino: null },
})
console.log(
  JSON.stringify({
    partidas: partidas.length,
    dias: programado.dias,
    problemas: totalErrores + totalAdvertencias,
    ms: performance.now() - inicio,
    memoriaMb: process.resourceUsage().maxRSS / 1024,
  }),
)
