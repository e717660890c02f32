import type { FilaPaso, FilaPasoOt } from './tipos-de-fila.ts'

/**
 * PTE templates (pte.md §6, catalogos.md §4.7). Only three ids mean something to the program: 4 has substeps, 37 and
 * 44 are copied to OT steps 16 and 17. The rest are a working start that the owner edits in the catalogue.
 */
export const PASOS: readonly FilaPaso[] = [
  { id: 1, orden: '1', descripcion: 'Solicitud del cliente', tipo: 1, importancia: 10, id_tipo_cliente: 15 },
  { id: 2, orden: '2', descripcion: 'Visita al sitio', tipo: 1, importancia: 10, id_tipo_cliente: 15 },
  { id: 3, orden: '3', descripcion: 'Revisión de ingeniería', tipo: 1, importancia: 10, id_tipo_cliente: 15 },
  { id: 4, orden: '4', descripcion: 'Volumetría', tipo: 1, importancia: 0, id_tipo_cliente: 15 },
  { id: 5, orden: '4.1', descripcion: 'Volumetría de estructura', tipo: 2, importancia: 2.5, id_tipo_cliente: 15 },
  { id: 6, orden: '4.2', descripcion: 'Volumetría de tubería', tipo: 2, importancia: 2.5, id_tipo_cliente: 15 },
  {
    id: 7,
    orden: '4.3',
    descripcion: 'Volumetría eléctrica e instrumentos',
    tipo: 2,
    importancia: 2.5,
    id_tipo_cliente: 15,
  },
  { id: 8, orden: '4.4', descripcion: 'Volumetría de recubrimientos', tipo: 2, importancia: 2.5, id_tipo_cliente: 15 },
  { id: 9, orden: '5', descripcion: 'Análisis técnico', tipo: 1, importancia: 10, id_tipo_cliente: 15 },
  { id: 10, orden: '6', descripcion: 'Programa de ejecución', tipo: 1, importancia: 10, id_tipo_cliente: 15 },
  { id: 11, orden: '7', descripcion: 'Presupuesto', tipo: 1, importancia: 10, id_tipo_cliente: 15 },
  { id: 12, orden: '8', descripcion: 'Revisión interna', tipo: 1, importancia: 10, id_tipo_cliente: 15 },
  { id: 13, orden: '9', descripcion: 'Entrega de la propuesta', tipo: 1, importancia: 10, id_tipo_cliente: 15 },
  { id: 14, orden: '10', descripcion: 'Aprobación del cliente', tipo: 1, importancia: 10, id_tipo_cliente: 15 },

  { id: 36, orden: '1', descripcion: 'Solicitud de la filial', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
  { id: 37, orden: '2', descripcion: 'Alcance acordado', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
  { id: 38, orden: '3', descripcion: 'Visita al sitio', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
  { id: 39, orden: '4', descripcion: 'Volumetría de materiales', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
  { id: 40, orden: '5', descripcion: 'Análisis técnico', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
  { id: 41, orden: '6', descripcion: 'Programa de ejecución', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
  { id: 42, orden: '7', descripcion: 'Presupuesto', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
  { id: 43, orden: '8', descripcion: 'Revisión interna', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
  { id: 44, orden: '9', descripcion: 'Cotización aceptada', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
  { id: 45, orden: '10', descripcion: 'Orden de compra recibida', tipo: 1, importancia: 10, id_tipo_cliente: 16 },
]

/** OT templates: 4 INICIAL, 5 REPROGRAMACION, 18 INTERCOM, ten steps each. */
export const PASOS_OT: readonly FilaPasoOt[] = [
  ...plantilla(4, 15, 1, [
    'Oficio de la orden de trabajo',
    'Programa de ejecución autorizado',
    'Anexo C inicial',
    'Junta de arranque',
    'Ingeniería de detalle',
    'Procura de materiales',
    'Prefabricación en patio',
    'Instalación en sitio',
    'Pruebas y entrega',
    'Acta de entrega y expediente',
  ]),
  ...plantilla(18, 16, 11, [
    'Orden de compra de la filial',
    'Programa de ejecución',
    'Junta de arranque',
    'Ingeniería de detalle',
    'Procura de materiales',
    'Alcance acordado',
    'Cotización aceptada',
    'Ejecución en sitio',
    'Pruebas y entrega',
    'Acta de entrega y facturación',
  ]),
  ...plantilla(5, 15, 21, [
    'Solicitud de reprogramación',
    'Justificación técnica',
    'Programa modificado',
    'Anexo C modificado',
    'Revisión con el cliente',
    'Oficio de autorización',
    'Aviso a proveedores',
    'Ejecución del alcance reprogramado',
    'Pruebas y entrega',
    'Expediente de la reprogramación',
  ]),
]

/** R-PTE-16: OT step ← PTE step whose work it continues. */
function origenDe(idPasoOt: number): number | null {
  if (idPasoOt === 16) return 37
  return idPasoOt === 17 ? 44 : null
}

function plantilla(
  tipo: FilaPasoOt['tipo'],
  tipoCliente: FilaPasoOt['id_tipo_cliente'],
  primerId: number,
  descripciones: readonly string[],
): FilaPasoOt[] {
  return descripciones.map((descripcion, i) => ({
    id: primerId + i,
    orden: String(i + 1),
    descripcion,
    tipo,
    importancia: 10,
    id_tipo_cliente: tipoCliente,
    id_paso_origen: origenDe(primerId + i),
  }))
}
