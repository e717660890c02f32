import { tienePermiso, type Contexto } from '../plataforma/contexto.ts'

/** An entry of the side menu, as the layout prints it. */
export interface EntradaDeMenu {
  readonly texto: string
  readonly ruta: string
  readonly icono: string
  readonly actual: boolean
}

/** Entries under one heading that opens and closes; the one of the current page starts open. */
export interface GrupoDeMenu {
  readonly texto: string
  readonly icono: string
  readonly abierto: boolean
  readonly hijas: readonly EntradaDeMenu[]
}

export type ElementoDeMenu = EntradaDeMenu | GrupoDeMenu

interface Entrada {
  readonly texto: string
  readonly ruta: string
  readonly icono: string
  /** Null = anybody with a session. */
  readonly permiso: string | null
  /** Addresses below this one are of the entry too, when they are not below its own. */
  readonly dentro?: readonly string[]
}

interface Grupo {
  readonly texto: string
  readonly icono: string
  readonly hijas: readonly Entrada[]
}

const PRINCIPALES: readonly Entrada[] = [
  { texto: 'Inicio', ruta: '/operaciones/', icono: 'house', permiso: null },
  { texto: "PTE's", ruta: '/operaciones/pte/', icono: 'file-earmark-text', permiso: 'operaciones.view_pteheader' },
  { texto: "OT's", ruta: '/operaciones/ot/', icono: 'clipboard-check', permiso: 'operaciones.view_ote' },
  {
    texto: 'Producción',
    ruta: '/operaciones/produccion/',
    icono: 'bar-chart-line',
    permiso: 'operaciones.view_produccion',
  },
  {
    texto: 'Guardias',
    ruta: '/operaciones/produccion/guardias/',
    icono: 'calendar3',
    permiso: 'operaciones.view_produccion',
  },
  {
    texto: 'Estimaciones',
    ruta: '/operaciones/estimaciones/',
    icono: 'receipt',
    permiso: 'operaciones.view_estimacionheader',
  },
  {
    texto: 'Radar de cobro',
    ruta: '/operaciones/estimaciones/radar/',
    icono: 'bullseye',
    permiso: 'operaciones.view_estimacionheader',
  },
  {
    texto: 'Tipos de cambio',
    ruta: '/operaciones/tipos-cambio/',
    icono: 'currency-exchange',
    permiso: 'operaciones.view_estimacionheader',
  },
]

/** An entry of a catalogue, with the view permission of its model. */
const catalogo = (texto: string, ruta: string, modelo: string, dibujo: { readonly icono: string }): Entrada => ({
  texto,
  ruta: `/operaciones/catalogos/${ruta}/`,
  permiso: `operaciones.view_${modelo}`,
  ...dibujo,
})

const CATALOGOS: Grupo = {
  texto: 'Catálogos',
  icono: 'journal-text',
  hijas: [
    catalogo('Tipos', 'tipos', 'tipo', { icono: 'tag' }),
    catalogo('Estatus', 'estatus', 'estatus', { icono: 'flag' }),
    catalogo('Frentes', 'frentes', 'frente', { icono: 'signpost-split' }),
    catalogo('Sitios', 'sitios', 'sitio', { icono: 'geo-alt' }),
    catalogo('Unidades de medida', 'unidad_medida', 'unidadmedida', { icono: 'rulers' }),
    catalogo('Responsables', 'responsable', 'responsableproyecto', { icono: 'person-badge' }),
    catalogo('Clientes', 'cliente', 'cliente', { icono: 'building' }),
    catalogo('Pasos PTE', 'pasos', 'paso', { icono: 'list-ol' }),
    catalogo('Pasos OT', 'pasos_ot', 'pasoot', { icono: 'list-check' }),
    catalogo('Superintendentes', 'superintendentes', 'superintendente', { icono: 'person-lines-fill' }),
    catalogo('Categorías', 'categorias', 'categoria', { icono: 'diagram-3' }),
    {
      ...catalogo('Contratos', 'contratos', 'contrato', { icono: 'file-earmark-ruled' }),
      dentro: [
        '/operaciones/catalogos/contratos/',
        '/operaciones/catalogos/anexos/',
        '/operaciones/catalogos/sub_anexos/',
      ],
    },
    {
      texto: 'Conceptos ordinarios',
      ruta: '/operaciones/catalogos/conceptos/ordinarios/',
      dentro: ['/operaciones/catalogos/conceptos/'],
      icono: 'currency-dollar',
      permiso: 'operaciones.view_conceptomaestro',
    },
    {
      texto: 'Conceptos extraordinarios',
      ruta: '/operaciones/catalogos/conceptos/extraordinarios/',
      icono: 'patch-plus',
      permiso: 'operaciones.view_conceptomaestro',
    },
  ],
}

const IMPORTACIONES: Grupo = {
  texto: 'Importaciones',
  icono: 'file-earmark-arrow-up',
  hijas: [
    {
      texto: 'Importar OT históricas',
      ruta: '/operaciones/ot/importar/',
      icono: 'file-earmark-arrow-up',
      permiso: 'operaciones.importar_ote',
    },
    {
      texto: 'Importar PTE históricas',
      ruta: '/operaciones/pte/importar/',
      icono: 'file-earmark-arrow-up',
      permiso: 'operaciones.importar_pteheader',
    },
    {
      texto: 'Importar precios',
      ruta: '/operaciones/catalogos/conceptos/importar/',
      icono: 'file-earmark-arrow-up',
      permiso: 'operaciones.importar_conceptomaestro',
    },
  ],
}

const ADMINISTRACION: Grupo = {
  texto: 'Administración',
  icono: 'person-gear',
  hijas: [
    {
      texto: 'Registro de actividad',
      ruta: '/operaciones/registro_actividad/',
      icono: 'clock-history',
      permiso: 'operaciones.view_registroactividad',
    },
    { texto: 'Usuarios', ruta: '/administracion/usuarios/', icono: 'people', permiso: 'auth.view_user' },
    { texto: 'Grupos', ruta: '/administracion/grupos/', icono: 'collection', permiso: 'auth.view_user' },
    { texto: 'Permisos', ruta: '/administracion/permisos/', icono: 'shield-check', permiso: 'auth.view_user' },
    {
      texto: 'Parámetros',
      ruta: '/administracion/parametros/',
      icono: 'sliders',
      permiso: 'operaciones.change_parametro',
    },
  ],
}

/** The longest address of an entry that contains the current one; 0 = none. */
const alcance = ({ ruta, dentro = [ruta] }: Entrada, direccion: string): number =>
  Math.max(0, ...dentro.filter((suya) => direccion.startsWith(suya)).map((suya) => suya.length))

/** The entries that the person may open; the longest address that contains the current one is marked. */
export function menuDe(ctx: Contexto, direccion: string): ElementoDeMenu[] {
  const visible = ({ permiso }: Entrada): boolean => permiso === null || tienePermiso(ctx, permiso)
  const principales = PRINCIPALES.filter(visible)
  const grupos = [CATALOGOS, IMPORTACIONES, ADMINISTRACION]
    .map((grupo) => ({ ...grupo, hijas: grupo.hijas.filter(visible) }))
    .filter(({ hijas }) => hijas.length > 0)
  // The start page answers at `/` too.
  const buscada = direccion === '/' ? '/operaciones/' : direccion
  const actual = [...principales, ...grupos.flatMap(({ hijas }) => hijas)]
    .filter((entrada) => alcance(entrada, buscada) > 0)
    .sort((a, b) => alcance(b, buscada) - alcance(a, buscada))[0]
  const presentar = ({ texto, ruta, icono }: Entrada): EntradaDeMenu => ({
    texto,
    ruta,
    icono,
    actual: ruta === actual?.ruta,
  })
  return [
    ...principales.map(presentar),
    ...grupos.map(({ texto, icono, hijas }) => ({
      texto,
      icono,
      abierto: hijas.some(({ ruta }) => ruta === actual?.ruta),
      hijas: hijas.map(presentar),
    })),
  ]
}
