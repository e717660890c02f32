/** Names and words of the demo company. People, vessels, platforms and letters are invented. */

/** One person per seeded group, who can log in. */
export const PERSONAS_CON_ACCESO = [
  { grupo: 'administrador', nombre: 'Rebeca', apellidos: 'Landero Quijano' },
  { grupo: 'operaciones', nombre: 'Joaquín', apellidos: 'Uicab Moreno' },
  { grupo: 'estimaciones', nombre: 'Teresa', apellidos: 'Balderas Pino' },
  { grupo: 'consulta', nombre: 'Óscar', apellidos: 'Mendicuti Rey' },
] as const

/** Project leads (catalogue `responsable_proyecto`). */
export const LIDERES_DE_PROYECTO = [
  'Ing. Mariana Ucán Poot',
  'Ing. Abel Santisbón Lara',
  'Ing. Citlali Reyna Osorio',
  'Ing. Gerardo Tamay Núñez',
  'Ing. Lucía Berzunza Dorantes',
  'Ing. Rodrigo Palmeros Vidal',
  'Ing. Ximena Zetina Arjona',
  'Ing. Héctor Ibarrola Sansores',
] as const

/** Representatives of the client, with their post. */
export const REPRESENTANTES = [
  'Ing. Raúl Escamilla Torres, superintendencia de ductos',
  'Ing. Patricia Novelo Cruz, coordinación de integridad mecánica',
  'Ing. Samuel Arteaga Fuentes, mantenimiento a plataformas',
  'Ing. Verónica Lugo Sarmiento, coordinación de proyectos marinos',
  'Ing. Ernesto Pacheco Rubio, seguridad y confiabilidad',
  'Lic. Daniela Ordaz Ríos, administración del contrato',
] as const

/** Sites by the class that their front gives them (ot.md §3.5). */
export const SITIOS = {
  embarcacion: ['BUQUE SUBTEC ALBATROS', 'BUQUE SUBTEC PELÍCANO'],
  plataforma: [
    'ZAZIL-A',
    'ZAZIL-B PERFORACIÓN',
    'IXEL-1',
    'IXEL-2 COMPRESIÓN',
    'NICTÉ-A',
    'NICTÉ-C ENLACE',
    'TUUL-A2',
    'XUNÁN-B',
    'MUUL PB',
    'KAAN-D',
    'LOOL-BE A',
    'CHAAKAL-05',
  ],
  patio: ['PATIO EL FARO'],
  intercom: ['INTERCOM IXEL CENTRO DE PROCESO'],
} as const

const DIAMETROS = ['2', '4', '6', '8', '10', '12', '16', '20', '24', '36'] as const
const SERVICIOS = [
  'OLEOGASODUCTO',
  'GASODUCTO',
  'OLEODUCTO',
  'ACUEDUCTO DE INYECCIÓN',
  'LÍNEA DE GAS DE BOMBEO NEUMÁTICO',
] as const

/** A kind of work: what it is called, what it consists of, and how big it usually is. */
export interface Trabajo {
  readonly clave: string
  readonly titulo: string
  readonly alcance: readonly string[]
  /** Millions of pesos, from and to. */
  readonly millones: readonly [number, number]
  /** Days of programme, from and to. */
  readonly dias: readonly [number, number]
}

export const TRABAJOS: readonly Trabajo[] = [
  {
    clave: 'UDC',
    titulo: 'CORRECCIÓN DE HALLAZGO DE INTEGRIDAD MECÁNICA EN CIRCUITO DE {d}"Ø DE LA PLATAFORMA {s}',
    alcance: [
      'levantamiento del circuito y verificación de espesores',
      'prefabricado de carretes en taller',
      'sustitución de tramos en sitio con libranza programada',
      'prueba hidrostática y aplicación de recubrimiento',
    ],
    millones: [1.4, 9],
    dias: [12, 35],
  },
  {
    clave: 'DUCTO',
    titulo: 'REPARACIÓN DE {v} DE {d}"Ø, TRAMO {s} A {t}',
    alcance: [
      'inspección submarina con vehículo de operación remota',
      'instalación de abrazadera estructural y grapa de sello',
      'corrección de claros libres con costales de cemento y arena',
      'levantamiento de protección catódica y reposición de ánodos',
      'limpieza de la ruta y retiro de obstrucciones',
    ],
    millones: [18, 95],
    dias: [45, 120],
  },
  {
    clave: 'TENDIDO',
    titulo: 'TENDIDO E INSTALACIÓN DE {v} DE {d}"Ø x 4.2 km DE {s} HACIA {t}',
    alcance: [
      'ingeniería de instalación y análisis de esfuerzos',
      'doble unión y prefabricado de curvas de expansión en patio',
      'tendido con barco y empate en ductos ascendentes',
      'limpieza interior, calibración y prueba hidrostática de la línea regular',
      'interconexión superficial y puesta en operación',
    ],
    millones: [90, 320],
    dias: [110, 240],
  },
  {
    clave: 'ESTR',
    titulo: 'REFORZAMIENTO DE LA ESTRUCTURA DE {s} PARA LA INSTALACIÓN DE EQUIPO MODULAR DE PERFORACIÓN',
    alcance: [
      'ingeniería de detalle',
      'fabricación de refuerzos en patio',
      'izaje e instalación',
      'inspección de soldaduras',
    ],
    millones: [12, 70],
    dias: [30, 95],
  },
  {
    clave: 'DESM',
    titulo: 'DESMANTELAMIENTO DE EQUIPOS FUERA DE SERVICIO DEL SEGUNDO NIVEL DE {s}, FASE RETIRO Y TRANSPORTE',
    alcance: [
      'aseguramiento y lavado de equipos',
      'corte y preparación de izajes',
      'retiro con barco grúa',
      'entrega de chatarra en patio',
    ],
    millones: [8, 60],
    dias: [25, 70],
  },
  {
    clave: 'INSP',
    titulo: 'INSPECCIÓN SUBMARINA DE NUDOS Y MIEMBROS DE LA SUBESTRUCTURA DE {s}',
    alcance: [
      'limpieza de crecimiento marino',
      'inspección visual general y cercana',
      'medición de potenciales',
      'reporte con evidencia fotográfica',
    ],
    millones: [2.5, 14],
    dias: [14, 40],
  },
  {
    clave: 'HAB',
    titulo: 'SERVICIO DE HABITABILIDAD Y APOYO A CUADRILLAS EN {s} DURANTE LA CAMPAÑA DE MANTENIMIENTO',
    alcance: ['hospedaje y alimentación', 'transporte de personal', 'apoyo de grúa y cubierta'],
    millones: [6, 30],
    dias: [30, 90],
  },
  {
    clave: 'REC',
    titulo: 'APLICACIÓN DE RECUBRIMIENTO ANTICORROSIVO EN ZONA DE MAREAS DE {s}',
    alcance: ['limpieza con chorro de abrasivo', 'aplicación de sistema epóxico', 'pruebas de adherencia'],
    millones: [3, 16],
    dias: [18, 55],
  },
]

/** Long paragraph of some orders: lists and details must live with texts like the real ones. */
export const CONSIDERACIONES =
  'CONSIDERACIONES: LOS TRABAJOS SE EJECUTARÁN CON LA INSTALACIÓN EN OPERACIÓN, POR LO QUE CADA MANIOBRA REQUIERE PERMISO DE TRABAJO, ' +
  'ANÁLISIS DE RIESGO Y LIBRANZA AUTORIZADA CON 72 HORAS DE ANTICIPACIÓN. EL SUMINISTRO DE MATERIALES DE LÍNEA CORRE POR CUENTA DEL CLIENTE Y SE ' +
  'RECIBE EN PATIO CON CERTIFICADOS DE CALIDAD; LOS CONSUMIBLES, ANDAMIOS, EQUIPO DE IZAJE Y PERSONAL CALIFICADO LOS APORTA LA COMPAÑÍA. ' +
  'EL PROGRAMA SUPONE VENTANAS DE BUEN TIEMPO DE AL MENOS 36 HORAS (OLEAJE SIGNIFICANTE MENOR A 1.5 m Y VIENTO MENOR A 20 NUDOS) Y UN RELEVO DE CUADRILLA CADA 14 DÍAS.'

/** What people write when they reschedule, by reason. */
export const COMENTARIOS_DE_MOTIVO = {
  clima: [
    'Frentes fríos 12 al 15: nueve días sin ventana de trabajo.',
    'Puerto cerrado a la navegación por norte; barco en resguardo.',
    'Oleaje mayor a 2.5 m durante la segunda quincena.',
  ],
  recursos: [
    'El barco se asignó a una emergencia en otra instalación.',
    'Material de línea entregado con tres semanas de atraso.',
    'Cuadrilla de buzos incompleta por rol de guardias.',
  ],
  alcance: [
    'Se agregan dos carretes y una válvula por hallazgos en sitio.',
    'El cliente amplía el tramo por reparar después de la inspección.',
    'Se retira del alcance la interconexión superficial.',
  ],
  cliente: [
    'Libranza no otorgada: la instalación mantiene producción.',
    'El cliente solicita iniciar después del paro de planta.',
    'Sin espacio disponible en la plataforma por otra compañía.',
  ],
  otro: ['Ajuste de calendario acordado en minuta.', 'Cambio de prioridad dentro del programa anual.'],
} as const

/** Fills the places of a title. */
export function redactarTitulo(
  titulo: string,
  azar: { uno<T>(lista: readonly T[]): T },
  sitio: string,
  otro: string,
): string {
  return titulo
    .replace('{d}', azar.uno(DIAMETROS))
    .replace('{v}', azar.uno(SERVICIOS))
    .replace('{s}', sitio)
    .replace('{t}', otro)
}
