/** Columns of the historical workbook of PTEs, by the names that a dump of the old system gives them (pte.md §3.1). */
import type { DefColumnas, ValoresDe } from '../../importacion/index.ts'
import { LARGO_PTE } from '../pte.tipos.ts'

const FECHA = 'Fecha de Excel, o texto como 2024-03-15 o 15/03/2024 (día primero). Vacía: sin fecha.'

export const COLUMNAS_PTE = {
  oficio_pte: {
    tipo: 'folio',
    largo: LARGO_PTE.oficioPte,
    titulos: ['folio_pte', 'folio'],
    obligatoria: true,
    explicacion:
      'Folio de la PTE. Vacío: SIN FOLIO. Con folio se reconoce la PTE que ya está en el sistema; sin él, por todo el contenido de la fila.',
    ejemplos: ['EJEMPLO-PTE-001-2024', null],
  },
  id_tipo_id: {
    tipo: 'id',
    titulos: ['id_tipo', 'tipo_id'],
    obligatoria: true,
    falta: 'el tipo de la PTE',
    explicacion: 'Id del tipo de PTE (hoja Catálogos).',
    ejemplos: [12, 19],
  },
  descripcion_trabajo: {
    tipo: 'parrafos',
    titulos: ['descripcion', 'descripcion_del_trabajo'],
    obligatoria: true,
    explicacion: 'Qué se propone hacer. Vacía: POR DEFINIR.',
    ejemplos: [
      'Ejemplo: borra esta fila. Mantenimiento de la línea de descarga',
      'Ejemplo: borra esta fila. PTE que todavía no tiene folio',
    ],
  },
  estatus: {
    tipo: 'texto',
    largo: 40,
    titulos: ['estatus_pte', 'id_estatus'],
    obligatoria: true,
    explicacion:
      '1 PENDIENTE, 2 PROCESO, 3 ENTREGADA, 4 CANCELADA, 15 SUSPENDIDA (9 se lee como 15), 0 eliminada; con el número o con el nombre. Vacío o desconocido: PENDIENTE, con advertencia.',
    ejemplos: [3, 1],
  },
  id_cliente_id: {
    tipo: 'id',
    titulos: ['id_cliente', 'cliente_id'],
    obligatoria: true,
    explicacion:
      'Id del cliente (hoja Catálogos). Su tipo decide los pasos. Vacío: sin cliente ni pasos, con advertencia.',
    ejemplos: [1, 1],
  },
  oficio_solicitud: {
    tipo: 'folio',
    largo: LARGO_PTE.oficioSolicitud,
    titulos: ['solicitud', 'oficio_de_solicitud'],
    explicacion: 'Oficio con que el cliente la pidió. Vacío: PENDIENTE.',
    ejemplos: ['PEP-DEMO-100-2024', null],
  },
  fecha_solicitud: { tipo: 'fecha', explicacion: FECHA, ejemplos: ['2024-01-15', '2024-03-01'] },
  fecha_entrega: {
    tipo: 'fecha',
    explicacion: `${FECHA} En una PTE ENTREGADA es también la entrega de sus pasos.`,
    ejemplos: ['2024-02-20', null],
  },
  plazo_dias: {
    tipo: 'importe',
    enteros: 8,
    decimales: 2,
    cosa: 'plazo',
    titulos: ['plazo', 'plazo_en_dias'],
    explicacion: 'Plazo en días, mayor a 0, hasta dos decimales. Vacío o 0: sin plazo.',
    ejemplos: [45, 30],
  },
  id_orden_trabajo: {
    tipo: 'folio',
    largo: LARGO_PTE.oficioOt,
    titulos: ['orden_trabajo', 'ot_relacionada', 'oficio_ot'],
    explicacion: 'Folio de la OT que nació de ella. Vacío: ninguna.',
    ejemplos: ['EJEMPLO-OT-001', null],
  },
  id_responsable_proyecto_id: {
    tipo: 'id',
    titulos: ['id_responsable_proyecto', 'responsable_proyecto_id'],
    explicacion: 'Id del responsable del proyecto (hoja Catálogos). Vacío: sin responsable, con advertencia.',
    ejemplos: [3, 3],
  },
  total_homologado: {
    tipo: 'importe',
    enteros: 13,
    decimales: 2,
    titulos: ['total', 'monto_homologado'],
    explicacion: 'Total en pesos, de cero en adelante; se admite texto con $ y comas de millar. Vacío: 0.',
    ejemplos: [1250000.5, 0],
  },
  prioridad: {
    tipo: 'opcion',
    valores: { '1': '1', '2': '2', '3': '3', '4': '4', ALTA: '1', MEDIA: '2', BAJA: '3', TBD: '4' },
    titulos: ['id_prioridad'],
    explicacion:
      '1 ALTA, 2 MEDIA, 3 BAJA, 4 TBD; con el número o con el nombre. Vacía: sin prioridad, con advertencia.',
    ejemplos: ['ALTA', 'MEDIA'],
  },
  comentario: { tipo: 'parrafos', titulos: ['comentarios'], explicacion: 'Texto libre.', ejemplos: [null, null] },
} as const satisfies DefColumnas

export type ValoresPteImportada = ValoresDe<typeof COLUMNAS_PTE>
