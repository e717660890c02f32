// npm run importar-conceptos -- ARCHIVO.xlsx --contrato=NUMERO: the workbooks of prices from a terminal (settled.md §6).
import { CLASE_PRECIOS } from '../src/modulos/contratos/importacion/precios.comandos.ts'
import { importarDesdeTerminal } from './importacion/importar.ts'

await importarDesdeTerminal(CLASE_PRECIOS, {
  nombre: 'importar-conceptos',
  ayuda:
    'Carga un libro de precios: el catálogo de un contrato, sus PUE o los productos del sistema anterior. Se reconoce por sus encabezados.',
})
