// npm run importar-ot -- ARCHIVO.xlsx: the historical import of OTs from a terminal (contract.md §4).
import { CLASE_OT } from '../src/modulos/ot/importacion/importacion.comandos.ts'
import { importarDesdeTerminal } from './importacion/importar.ts'

await importarDesdeTerminal(CLASE_OT, {
  nombre: 'importar-ot',
  ayuda: 'Importa el libro histórico de órdenes de trabajo: primero las OT iniciales y luego sus reprogramaciones.',
})
