import type { FilaCliente, FilaResponsable, FilaSitio } from './tipos-de-fila.ts'

/**
 * Rows the historical workbook refers to by number. Their real names are of the owner and were not supplied: these
 * are stand-ins that an administrator renames in the catalogue (the seeds never overwrite a row that exists).
 */
const RENOMBRAR = 'Registro base. Captura aquí el nombre real.'
const DEDUCIDO = 'Registro base. Nombre deducido de los folios históricos; confírmalo.'

/** catalogos.md §4.4: client 1 is the contract client, 2-4 are intercompany clients. */
export const CLIENTES: readonly FilaCliente[] = [
  { id: 1, descripcion: 'CLIENTE CONTRATO', id_tipo: 15, comentario: RENOMBRAR },
  { id: 2, descripcion: 'CLIENTE INTERCOM A', id_tipo: 16, comentario: RENOMBRAR },
  { id: 3, descripcion: 'CLIENTE INTERCOM B', id_tipo: 16, comentario: RENOMBRAR },
  { id: 4, descripcion: 'CLIENTE INTERCOM C', id_tipo: 16, comentario: RENOMBRAR },
]

/** The ten project leads of the historical orders. */
export const RESPONSABLES: readonly FilaResponsable[] = [3, 4, 5, 6, 10, 11, 13, 17, 18, 21].map((id) => ({
  id,
  descripcion: `LÍDER DE PROYECTO ${String(id).padStart(2, '0')}`,
  comentario: RENOMBRAR,
}))

const PLATAFORMAS: Readonly<Record<number, string>> = {
  9: 'ABK-A',
  10: 'ABK-D',
  12: 'AKAL-B',
  14: 'AKAL-L',
  18: 'ATOYATL-A',
  22: 'BALAM-1',
  24: 'BALAM-TA2',
  25: 'BALAM-TD',
  26: 'CB-LIT-A',
  27: 'CHAC-A',
  29: 'ECO-1',
  30: 'EK-A',
  31: 'EK-TA',
  32: 'EK-TB',
  36: 'KU-A',
  38: 'KU-H',
  41: 'LITORAL-A',
  42: 'MACUIL-A',
  44: 'MULACH-A',
  46: 'NOHOCH-A',
  47: 'NOHOCH-A1',
  48: 'NOHOCH-A2',
  49: 'OGACHI-A',
  50: 'ONEL-A',
  52: 'PAKI-A',
  53: 'POKCHE-NE',
  54: 'POL-A',
  58: 'TARATUNICH-301',
  60: 'TENTOK-A',
  63: 'YAXCHE-C',
  65: 'ZAAP-C',
  70: 'ABK-POL-CHUC',
}

/** catalogos.md §4.5: vessels, the yard, the platforms of the historical orders and one intercom point. */
export const SITIOS: readonly FilaSitio[] = [
  { id: 1, descripcion: 'EMBARCACIÓN 1', id_frente: 6, comentario: RENOMBRAR },
  { id: 2, descripcion: 'EMBARCACIÓN 2', id_frente: 6, comentario: RENOMBRAR },
  { id: 3, descripcion: 'EMBARCACIÓN 3', id_frente: 6, comentario: RENOMBRAR },
  // Only products of the system before name it, and nobody knows what it was: kept for them, out of every selector.
  {
    id: 4,
    descripcion: 'SITIO 4',
    id_frente: 3,
    comentario: 'Registro base de los productos del sistema anterior. Captura aquí su nombre y su frente.',
    activo: false,
  },
  { id: 6, descripcion: 'PATIO DE FABRICACIÓN', id_frente: 3, comentario: RENOMBRAR },
  ...Object.entries(PLATAFORMAS).map(([id, descripcion]): FilaSitio => ({
    id: Number(id),
    descripcion,
    id_frente: 7,
    comentario: DEDUCIDO,
  })),
  { id: 71, descripcion: 'PATIO GENERAL', id_frente: 3, comentario: RENOMBRAR },
  { id: 72, descripcion: 'COSTA AFUERA GENERAL', id_frente: 7, comentario: RENOMBRAR },
  { id: 73, descripcion: 'INTERCOM GENERAL', id_frente: 5, comentario: RENOMBRAR },
]
