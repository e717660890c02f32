// npm run importar-pte -- ARCHIVO.xlsx: the historical import of PTEs from a terminal, as contract.md §4 says for OTs.
import { CLASE_PTE } from '../src/modulos/pte/importacion/pte.importacion.comandos.ts'
import { importarDesdeTerminal } from './importacion/importar.ts'

await importarDesdeTerminal(CLASE_PTE, {
  nombre: 'importar-pte',
  ayuda: 'Importa el libro histórico de PTE. La plantilla, que explica cada columna, se descarga de la página.',
})
