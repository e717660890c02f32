/** The modules the system is born with (core.md §6). Without an address they are not shown: they have no screens yet. */
export interface ModuloDelSistema {
  readonly app_name: string
  readonly nombre: string
  readonly descripcion: string
  readonly icono: string
  readonly orden: number
  readonly activo: boolean
  readonly ruta: string | null
}

export const MODULOS: readonly ModuloDelSistema[] = [
  {
    app_name: 'operaciones',
    nombre: 'Sistema de Operaciones',
    descripcion: 'Gestión de PTEs y procesos operativos',
    icono: 'engineering',
    orden: 1,
    activo: true,
    ruta: '/operaciones/',
  },
  {
    app_name: 'costa_fuera',
    nombre: 'Costa Fuera',
    descripcion: 'Reportes diarios de operaciones en costa fuera',
    icono: 'sailing',
    orden: 2,
    activo: false,
    ruta: null,
  },
  {
    app_name: 'reportes',
    nombre: 'Sistema de Reportes',
    descripcion: 'Generación y visualización de reportes',
    icono: 'assessment',
    orden: 3,
    activo: false,
    ruta: null,
  },
  {
    app_name: 'tiempos_barco',
    nombre: 'Tiempos de Barco',
    descripcion: 'Bitácora de embarcaciones',
    icono: 'directions_boat',
    orden: 4,
    activo: true,
    // Its address arrives with its screens: a card that leads nowhere helps nobody.
    ruta: null,
  },
]
