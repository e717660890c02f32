/** The workbook that people fill in: its columns with an example of each kind of row, what each one takes, and the ids. */
import { fechaIso, sumarDias, type FechaIso } from '../../../comun/fechas.ts'
import type {
  ColumnaExcel,
  ContenidoDeLibro,
  TipoColumnaExcel,
  ValorExcel,
} from '../../../plataforma/excel/escribir.ts'
import type { CatalogosOt } from '../ot.contrato.ts'
import { ESTATUS_OPERATIVOS, ESTATUS_OT, FRENTE_DE_SITIO, TIPO_OT } from '../ot.tipos.ts'
import { COLUMNAS, COLUMNAS_OBLIGATORIAS, type ClaseColumna, type Columna } from './importacion.tipos.ts'

const TIPO_DE: Readonly<Record<ClaseColumna, TipoColumnaExcel>> = {
  folio: 'texto',
  texto: 'texto',
  parrafos: 'texto',
  tipo: 'entero',
  estatus_operativo: 'entero',
  estatus_logico: 'entero',
  fecha: 'fecha',
  importe: 'dinero',
  plazo: 'entero',
  numero: 'entero',
  id: 'entero',
}

const FECHA = 'Fecha de Excel, o texto como 2024-03-15 o 15/03/2024 (día primero). Vacía: sin fecha.'
const IMPORTE = 'Número de cero en adelante, con dos decimales; se admite texto con $ y comas de millar. Vacío: 0.'
const sitio = (que: string): string => `Id de ${que} (hoja Catálogos). Vacío: sin ${que}.`

/** What each column takes, as the second sheet says it. */
const EXPLICACION: Readonly<Record<Columna, string>> = {
  orden_trabajo: 'Folio de la OT. En una reprogramación suele ser el mismo de su OT inicial.',
  oficio_ot: 'Oficio de la OT. Vacío: PENDIENTE.',
  descripcion_trabajo:
    'Qué se hace. Obligatoria en una OT inicial; una reprogramación sin ella toma la de su OT inicial.',
  id_tipo_id: '4 = OT inicial; 5 = reprogramación.',
  id_estatus_ot_id: 'Id del estatus (hoja Catálogos). Vacío o desconocido: 5 ASIGNADA, con advertencia.',
  id_pte_header_id:
    'Folio de la PTE de la que viene. Obligatorio en una OT inicial; la reprogramación toma la de su OT inicial.',
  ot_principal: 'Folio de la OT inicial que se reprograma. Obligatorio en una reprogramación; vacío en una inicial.',
  num_reprogramacion: 'Número de la reprogramación. Vacío: el siguiente de su familia.',
  id_responsable_proyecto_id: 'Id del responsable del proyecto (hoja Catálogos). Obligatorio en una OT inicial.',
  id_cliente_id: 'Id del cliente (hoja Catálogos).',
  responsable_cliente: 'Nombre de la persona responsable por el cliente. Vacío en una OT inicial: POR DEFINIR.',
  comentario: 'Texto libre.',
  estatus: '1 = activa (también vacío); -1 = por definir; 0 = eliminada.',
  fecha_inicio_programado: FECHA,
  fecha_termino_programado: FECHA,
  fecha_inicio_real: FECHA,
  fecha_termino_real: FECHA,
  monto_mxn: IMPORTE,
  monto_usd: IMPORTE,
  id_frente: '1 = TIERRA, 2 = BARCO, 4 = CP / PS, o vacío.',
  id_embarcacion: sitio('embarcación'),
  id_plataforma: sitio('plataforma'),
  id_intercom: sitio('intercom'),
  id_patio: sitio('patio'),
  plazo_dias: 'Días de plazo, número entero. Vacío: 0.',
}

const NOMBRE_SITIO: Readonly<Record<number, string>> = {
  [FRENTE_DE_SITIO.patio]: 'Patio (id_patio)',
  [FRENTE_DE_SITIO.intercom]: 'Intercom (id_intercom)',
  [FRENTE_DE_SITIO.embarcacion]: 'Embarcación (id_embarcacion)',
  [FRENTE_DE_SITIO.plataforma]: 'Plataforma (id_plataforma)',
}

type Ejemplo = Partial<Record<Columna, ValorExcel>>

/** Sheets of the template. Example ids are taken from the catalogues, so that they exist. */
export function hojasDePlantilla(catalogos: CatalogosOt, hoy: FechaIso): ContenidoDeLibro[] {
  return [hojaDeDatos(catalogos, hoy), hojaDeExplicacion(), hojaDeCatalogos(catalogos)]
}

const nombres = Object.keys(COLUMNAS) as Columna[]

function hojaDeDatos(catalogos: CatalogosOt, hoy: FechaIso): ContenidoDeLibro {
  const inicio = fechaIso(`${hoy.slice(0, 4)}-01-15`)
  const anio = hoy.slice(0, 4)
  const inicial: Ejemplo = {
    orden_trabajo: 'EJEMPLO-OT-001',
    oficio_ot: `PEP-DEMO-001-${anio}`,
    descripcion_trabajo: 'Ejemplo: borra esta fila. Mantenimiento de la línea de descarga',
    id_tipo_id: TIPO_OT.INICIAL,
    id_estatus_ot_id: ESTATUS_OT.EN_EJECUCION,
    id_pte_header_id: 'EJEMPLO-PTE-001',
    id_responsable_proyecto_id: catalogos.responsables[0]?.id ?? null,
    id_cliente_id: catalogos.clientes[0]?.id ?? null,
    responsable_cliente: 'Ing. Nombre Apellido',
    estatus: 1,
    fecha_inicio_programado: inicio,
    fecha_termino_programado: sumarDias(inicio, 44),
    fecha_inicio_real: sumarDias(inicio, 2),
    monto_mxn: '1250000.50',
    monto_usd: '0',
    id_frente: 2,
    id_embarcacion: catalogos.sitios.find(({ id_frente: f }) => f === FRENTE_DE_SITIO.embarcacion)?.id ?? null,
    plazo_dias: 45,
  }
  const reprogramacion: Ejemplo = {
    orden_trabajo: 'EJEMPLO-OT-001',
    oficio_ot: `PEP-DEMO-014-${anio}`,
    descripcion_trabajo: 'Ejemplo: borra esta fila. Se mueve el término por clima',
    id_tipo_id: TIPO_OT.REPROGRAMACION,
    id_estatus_ot_id: ESTATUS_OT.EN_EJECUCION,
    ot_principal: 'EJEMPLO-OT-001',
    num_reprogramacion: 1,
    estatus: 1,
    fecha_inicio_programado: inicio,
    fecha_termino_programado: sumarDias(inicio, 74),
    monto_mxn: '1410000',
    monto_usd: '0',
    plazo_dias: 75,
  }
  const columnas: ColumnaExcel[] = nombres.map((titulo) => ({ titulo, tipo: TIPO_DE[COLUMNAS[titulo]] }))
  return {
    hoja: 'OT',
    columnas,
    filas: [inicial, reprogramacion].map((ejemplo) => nombres.map((nombre) => ejemplo[nombre] ?? null)),
  }
}

function hojaDeExplicacion(): ContenidoDeLibro {
  const obligatoria = (nombre: Columna): string => {
    if (COLUMNAS_OBLIGATORIAS.includes(nombre)) return 'Sí'
    if (nombre === 'id_pte_header_id') return 'Si hay OT iniciales'
    return nombre === 'ot_principal' ? 'Si hay reprogramaciones' : 'No'
  }
  return {
    hoja: 'Explicación',
    columnas: [
      { titulo: 'Columna', tipo: 'texto', ancho: 30 },
      { titulo: '¿Debe estar la columna?', tipo: 'texto', ancho: 26 },
      { titulo: 'Qué lleva', tipo: 'texto', ancho: 110 },
    ],
    filas: nombres.map((nombre) => [nombre, obligatoria(nombre), EXPLICACION[nombre]]),
  }
}

function hojaDeCatalogos({ responsables, clientes, sitios }: CatalogosOt): ContenidoDeLibro {
  return {
    hoja: 'Catálogos',
    columnas: [
      { titulo: 'Catálogo', tipo: 'texto', ancho: 44 },
      { titulo: 'Id', tipo: 'entero' },
      { titulo: 'Nombre', tipo: 'texto', ancho: 60 },
    ],
    filas: [
      ...ESTATUS_OPERATIVOS.map(({ id, texto }) => ['Estatus (id_estatus_ot_id)', id, texto]),
      ...responsables.map(({ id, descripcion }) => ['Responsable (id_responsable_proyecto_id)', id, descripcion]),
      ...clientes.map(({ id, descripcion }) => ['Cliente (id_cliente_id)', id, descripcion]),
      ...sitios.map(({ id, descripcion, id_frente: f }) => [NOMBRE_SITIO[f] ?? 'Sitio', id, descripcion]),
    ],
  }
}
