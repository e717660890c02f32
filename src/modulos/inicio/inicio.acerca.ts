/** What `/acerca_de/` says (core.md §8), in one place that anybody can edit. */
export interface ModuloDescrito {
  readonly nombre: string
  readonly estado: 'En uso' | 'Siguiente'
  readonly area: string
  readonly beneficiados: string
  readonly tareas: readonly string[]
}

const MODULOS: readonly ModuloDescrito[] = [
  {
    nombre: "Módulo 1 · PTE's",
    estado: 'En uso',
    area: 'Planeación',
    beneficiados: 'Operaciones, Dirección',
    tareas: [
      'Alta y edición de propuestas con sus pasos y sub-pasos',
      'Entrega, estatus y enlaces de cada entregable',
      'Creación de la orden de trabajo desde la propuesta',
      'Importación del histórico',
    ],
  },
  {
    nombre: "Módulo 2 · OT's",
    estado: 'En uso',
    area: 'Operaciones',
    beneficiados: 'Planeación, Producción, Dirección',
    tareas: ['Órdenes iniciales y reprogramadas con su linaje', 'Pasos, estatus y fechas', 'Importación del histórico'],
  },
  {
    nombre: 'Catálogos y precios',
    estado: 'En uso',
    area: 'Administración',
    beneficiados: 'Todas las áreas',
    tareas: [
      'Catálogos con historial, importación y exportación',
      'Contratos, anexos y conceptos con la historia de su precio',
      'Conversión de PUE a conceptos ordinarios',
    ],
  },
  {
    nombre: 'Módulo 3 · Producción',
    estado: 'En uso',
    area: 'Producción',
    beneficiados: 'Operaciones, Estimaciones',
    tareas: [
      'Anexo C con sus versiones y su comparación',
      'Captura del mes por OT o por sitio',
      'Reportes diarios, cierre del mes y guardias',
      "GPU's con su evidencia y reportes en Excel y PDF",
    ],
  },
  {
    nombre: 'Estimaciones',
    estado: 'En uso',
    area: 'Estimaciones',
    beneficiados: 'Producción, Dirección',
    tareas: ['Lo producido y firmado que falta estimar', 'Ajustes, autorización y cobro de cada estimación'],
  },
  {
    nombre: 'Módulo 4 · Centro de Consulta',
    estado: 'Siguiente',
    area: 'Dirección',
    beneficiados: 'Todas las áreas',
    tareas: ['Avance de entregables', 'Consulta y exportación'],
  },
]

export const ACERCA = {
  modulos: MODULOS,
  en_uso: MODULOS.filter(({ estado }) => estado === 'En uso').length,
  antes: [
    'Hojas de cálculo por área, sin una versión única',
    'Avance de los entregables conocido solo por quien los lleva',
    'Precios buscados a mano en los anexos',
    'Sin registro de quién cambió qué',
  ],
  ahora: [
    'Una sola fuente para propuestas, órdenes y precios',
    'Quién tiene la pelota, a la vista y al día',
    'Cualquier concepto, folio u oficio con Ctrl+K',
    'Cada cambio con su autor, su fecha y su valor anterior',
  ],
  entregables: [
    { nombre: 'Manual de usuario', texto: 'Un capítulo por página, con imágenes (docs/manual).' },
    { nombre: 'Flujo estandarizado', texto: 'PTE → OT → Producción → Estimaciones, con reglas en el servidor.' },
    {
      nombre: 'KPIs de monitoreo',
      texto: 'Conteos por estatus, pendientes vencidos y términos próximos en el inicio.',
    },
    {
      nombre: 'Formatos estandarizados',
      texto: 'Plantillas de importación que se explican solas y exportación a Excel.',
    },
  ],
} as const
