/** The historical import of PTEs (issue B §1, settled.md §1): history neither prettified nor lost. */
import { conMiles } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { claveFolio, recortar, sinAcentos } from '../../../comun/texto.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'
import {
  crearClase,
  TURNO_HISTORICO,
  type FilaDeLibro,
  type Juicio,
  type Propuesta,
  type Registro,
  type Valor,
} from '../../importacion/index.ts'
import { rutaListaPte, rutaPte } from '../pte.contrato.ts'
import { PERMISO_PTE } from '../pte.permisos.ts'
import { estatusMostrado, textoPrioridad } from '../pte.reglas.ts'
import { DESCRIPCION_POR_DEFINIR, ESTATUS_DE_PTE, ESTATUS_PTE, SIN_FOLIO, SOLICITUD_PENDIENTE } from '../pte.tipos.ts'
import { COLUMNAS_PTE, type ValoresPteImportada } from './pte.columnas.ts'
import * as repo from './pte.importacion.repo.ts'
import type { CamposPte } from './pte.importacion.repo.ts'

type Fila = FilaDeLibro<ValoresPteImportada>
type Dice = Juicio<ValoresPteImportada>

/** What the database knows of a workbook. */
interface FotoPte {
  readonly registros: readonly RegistroPte[]
  readonly tipos: ReadonlyMap<number, string>
  readonly clientes: ReadonlyMap<number, { readonly texto: string; readonly tipo: number | null }>
  readonly responsables: ReadonlyMap<number, string>
}

interface RegistroPte extends Registro<CamposPte> {
  readonly conTrabajo: boolean
}

const ETIQUETAS: Readonly<Record<keyof CamposPte, string>> = {
  id_tipo: 'Tipo',
  oficio_pte: 'Folio PTE',
  oficio_solicitud: 'Oficio Solicitud',
  descripcion_trabajo: 'Descripción del Trabajo',
  fecha_solicitud: 'Fecha de Solicitud',
  fecha_entrega: 'Fecha de Entrega',
  plazo_dias: 'Plazo en Días',
  id_orden_trabajo: 'Oficio OT',
  id_responsable_proyecto: 'Responsable del Proyecto',
  total_homologado: 'Total homologado',
  estatus: 'Estatus',
  prioridad: 'Prioridad',
  id_cliente: 'Cliente',
  comentario: 'Comentario',
}

export const CLASE_PTE = crearClase<ValoresPteImportada, CamposPte, FotoPte>({
  clave: 'pte',
  base: `${rutaListaPte}importar/`,
  permiso: PERMISO_PTE.IMPORTAR,
  migas: [
    { texto: 'Inicio', ruta: '/operaciones/' },
    { texto: "PTE's", ruta: rutaListaPte },
  ],
  textos: {
    titulo: 'Importar PTE históricas',
    ayuda: 'Un libro .xlsx con una fila por PTE; la plantilla explica cada columna.',
    plantilla: 'plantilla importar PTE.xlsx',
  },
  turno: TURNO_HISTORICO,
  cosa: { uno: 'PTE', varios: 'PTE', genero: 'f', con: ' con sus pasos' },
  grupo: 'ptes',
  renglon: 'PTE',
  tituloDeNombre: 'Folio PTE',
  tabla: 'pte_header',
  tablaLog: TABLA_LOG.PTE,
  formatos: [{ clave: 'pte', hojas: 'primera', columnas: COLUMNAS_PTE }],
  etiquetas: ETIQUETAS,
  // A folio does not identify a PTE (pte.md §14.5): two rows with the same one are two PTEs.
  repetidas: 'otro',
  mostrar,
  foto: async (ctx, { filas }, bloquear) => {
    const claves = new Set(
      filas.flatMap(({ valores }) => (tieneFolio(valores.oficio_pte) ? [claveFolio(valores.oficio_pte)] : [])),
    )
    const catalogo = await repo.listarCatalogos(ctx.bd)
    const de = (clase: repo.FilaDeCatalogo['clase']) => catalogo.filter((fila) => fila.clase === clase)
    return {
      registros: (await repo.listarPorFolio(ctx.bd, [...claves], bloquear)).map(comoRegistro),
      tipos: new Map(de('tipo').map(({ id, texto }) => [id, texto])),
      responsables: new Map(de('responsable').map(({ id, texto }) => [id, texto])),
      clientes: new Map(de('cliente').map(({ id, texto, tipo }) => [id, { texto, tipo }])),
    }
  },
  proponer,
  juzgarCambio: (registro, { id_cliente: cliente }, foto) => {
    if (cliente === undefined || !(registro as RegistroPte).conTrabajo) return null
    const tipoDe = (id: number | null): number | null => (id === null ? null : (foto.clientes.get(id)?.tipo ?? null))
    return tipoDe(cliente) === tipoDe(registro.campos.id_cliente)
      ? null
      : 'cambia a un cliente de otro tipo y sus pasos ya tienen avance, fechas, enlaces o comentarios.'
  },
  insertar: async (tx, nuevos) => {
    const ids = await repo.insertarImportadas(
      tx.bd,
      nuevos.map(({ campos }) => campos),
    )
    await repo.insertarPasosImportados(tx.bd, ids)
    return ids
  },
  actualizar,
  borrar: (tx, ids) => repo.borrarImportadas(tx.bd, ids),
  leer: async (ctx, ids, bloquear) => (await repo.listarPorId(ctx.bd, ids, bloquear)).map(comoRegistro),
  enUso: (ctx, ids) => repo.listarUsos(ctx.bd, ids),
  rutaDe: rutaPte,
  catalogos: async (ctx) => {
    const NOMBRE = {
      tipo: 'Tipo (id_tipo_id)',
      cliente: 'Cliente (id_cliente_id)',
      responsable: 'Responsable (id_responsable_proyecto_id)',
    }
    const activos = (await repo.listarCatalogos(ctx.bd)).filter(({ activo }) => activo)
    return activos.map(({ clase, id, texto }) => ({ catalogo: NOMBRE[clase], id, texto }))
  },
})

/** A changed client brings its own steps, while nobody worked on those there were (R-PTE-09). */
async function actualizar(
  tx: CtxTx,
  cambios: readonly { readonly id: number; readonly campos: Partial<CamposPte> }[],
): Promise<void> {
  await repo.actualizarImportadas(tx.bd, cambios)
  const conCliente = cambios.flatMap(({ id, campos }) => (campos.id_cliente === undefined ? [] : [id]))
  if (conCliente.length === 0) return
  await repo.insertarPasosImportados(tx.bd, await repo.quitarPasosAjenos(tx.bd, conCliente))
}

const tieneFolio = (folio: string | null): folio is string =>
  folio !== null && claveFolio(folio) !== claveFolio(SIN_FOLIO)

function nombreDe(folio: string, descripcion: string): string {
  return tieneFolio(folio) ? folio : `${SIN_FOLIO}: ${recortar(descripcion.replaceAll('\n', ' '), 80)}`
}

function comoRegistro({ id, version, con_trabajo, pasos_editados, ...campos }: repo.PteDeImportacion): RegistroPte {
  return {
    id,
    version,
    nombre: nombreDe(campos.oficio_pte, campos.descripcion_trabajo),
    claves: tieneFolio(campos.oficio_pte) ? [claveFolio(campos.oficio_pte)] : [],
    campos,
    vivo: campos.estatus !== ESTATUS_PTE.ELIMINADA,
    editado: pasos_editados,
    conTrabajo: con_trabajo,
  }
}

// -------------------------------------------------------------------------------------------------------------- rows

/** What a row asks for; ids that do not exist and a missing kind reject it. */
function proponer(fila: Fila, foto: FotoPte, dice: Dice): Propuesta<CamposPte> | null {
  const v = fila.valores
  if (v.id_tipo_id !== null && !foto.tipos.has(v.id_tipo_id)) dice.error('id_tipo_id', 'y no es un tipo de PTE.')
  if (v.id_cliente_id !== null && !foto.clientes.has(v.id_cliente_id))
    dice.error('id_cliente_id', 'y no es un cliente del catálogo.')
  if (v.id_responsable_proyecto_id !== null && !foto.responsables.has(v.id_responsable_proyecto_id))
    dice.error('id_responsable_proyecto_id', 'y no es un responsable del catálogo.')
  const nuevo: CamposPte = {
    id_tipo: v.id_tipo_id ?? 0,
    oficio_pte: v.oficio_pte ?? SIN_FOLIO,
    oficio_solicitud: v.oficio_solicitud ?? SOLICITUD_PENDIENTE,
    descripcion_trabajo: v.descripcion_trabajo ?? DESCRIPCION_POR_DEFINIR,
    fecha_solicitud: v.fecha_solicitud,
    fecha_entrega: v.fecha_entrega,
    plazo_dias: leerPlazo(fila, dice),
    id_orden_trabajo: v.id_orden_trabajo,
    id_responsable_proyecto: v.id_responsable_proyecto_id,
    total_homologado: v.total_homologado ?? '0.00',
    estatus: leerEstatus(fila, dice),
    prioridad: v.prioridad === null ? null : Number(v.prioridad),
    id_cliente: v.id_cliente_id,
    comentario: v.comentario,
  }
  avisar(fila, dice)
  return {
    claves: tieneFolio(v.oficio_pte) ? [claveFolio(v.oficio_pte)] : [],
    nombre: nombreDe(nuevo.oficio_pte, nuevo.descripcion_trabajo),
    campos: soloConColumna(nuevo, dice),
    nuevo,
  }
}

const COLUMNA_DE: Readonly<Record<keyof CamposPte, keyof ValoresPteImportada>> = {
  id_tipo: 'id_tipo_id',
  oficio_pte: 'oficio_pte',
  oficio_solicitud: 'oficio_solicitud',
  descripcion_trabajo: 'descripcion_trabajo',
  fecha_solicitud: 'fecha_solicitud',
  fecha_entrega: 'fecha_entrega',
  plazo_dias: 'plazo_dias',
  id_orden_trabajo: 'id_orden_trabajo',
  id_responsable_proyecto: 'id_responsable_proyecto_id',
  total_homologado: 'total_homologado',
  estatus: 'estatus',
  prioridad: 'prioridad',
  id_cliente: 'id_cliente_id',
  comentario: 'comentario',
}

/** A field whose column is not in the workbook is left alone. */
function soloConColumna(campos: CamposPte, dice: Dice): Partial<CamposPte> {
  return Object.fromEntries(
    Object.entries(campos).filter(([campo]) => dice.tiene(COLUMNA_DE[campo as keyof CamposPte])),
  )
}

/** No PTE has a term of 0 (R-PTE-01): read as none. */
function leerPlazo({ valores: { plazo_dias: plazo } }: Fila, dice: Dice): string | null {
  if (plazo === null || Number(plazo) > 0) return plazo
  dice.aviso('plazo_dias', 'y un plazo debe ser mayor a 0; se importó sin plazo.')
  return null
}

const POR_NOMBRE: ReadonlyMap<string, number> = new Map([
  ...ESTATUS_DE_PTE.map(({ id, texto }) => [texto.toLowerCase(), id] as const),
  ['eliminada', ESTATUS_PTE.ELIMINADA],
  ['suspendido', ESTATUS_PTE.SUSPENDIDA],
  ['cancelado', ESTATUS_PTE.CANCELADA],
  ['entregado', ESTATUS_PTE.ENTREGADA],
  ['en proceso', ESTATUS_PTE.PROCESO],
])
const CONOCIDOS: ReadonlySet<number> = new Set([ESTATUS_PTE.ELIMINADA, ...ESTATUS_DE_PTE.map(({ id }) => id)])

/** By its number or its name; 9 is the SUSPENDIDA of before; one that nobody knows is PENDIENTE, and it is said. */
function leerEstatus({ valores: { estatus: escrito } }: Fila, dice: Dice): number {
  if (escrito === null) {
    dice.avisoDeVacia('estatus', 'el estatus se importó como PENDIENTE.')
    return ESTATUS_PTE.PENDIENTE
  }
  const numero = /^\d{1,3}(?:\.0*)?$/.test(escrito) ? Number(escrito) : null
  const leido = numero ?? POR_NOMBRE.get(sinAcentos(escrito).toLowerCase())
  if (leido === ESTATUS_PTE.SUSPENDIDA_ANTERIOR) return ESTATUS_PTE.SUSPENDIDA
  if (leido !== undefined && CONOCIDOS.has(leido)) return leido
  dice.aviso('estatus', 'y no es un estatus de PTE; se importó como PENDIENTE.')
  return ESTATUS_PTE.PENDIENTE
}

/** What is odd and is stored as it stands. */
function avisar({ valores: v, vistos }: Fila, dice: Dice): void {
  if (v.id_cliente_id === null && vistos['id_cliente_id'] === undefined)
    dice.avisoDeVacia('id_cliente_id', 'la PTE se importó sin cliente y por eso sin pasos.')
  if (v.id_responsable_proyecto_id === null && vistos['id_responsable_proyecto_id'] === undefined)
    dice.avisoDeVacia('id_responsable_proyecto_id', 'la PTE se importó sin responsable del proyecto.')
  if (v.prioridad === null && vistos['prioridad'] === undefined)
    dice.avisoDeVacia('prioridad', 'la PTE se importó sin prioridad.')
  if (v.fecha_solicitud !== null && v.fecha_entrega !== null && v.fecha_entrega < v.fecha_solicitud)
    dice.aviso(
      'fecha_entrega',
      `y es anterior a la fecha de solicitud (${aDdMmAaaa(v.fecha_solicitud)}). Se importa como está.`,
    )
}

function mostrar(campo: keyof CamposPte, valor: Valor, foto: FotoPte): string {
  if (valor === null) return ''
  switch (campo) {
    case 'id_tipo':
      return foto.tipos.get(Number(valor)) ?? String(valor)
    case 'id_cliente':
      return foto.clientes.get(Number(valor))?.texto ?? String(valor)
    case 'id_responsable_proyecto':
      return foto.responsables.get(Number(valor)) ?? String(valor)
    case 'estatus':
      return valor === ESTATUS_PTE.ELIMINADA ? 'ELIMINADA' : estatusMostrado(Number(valor)).texto
    case 'prioridad':
      return textoPrioridad(Number(valor))
    case 'total_homologado':
      return `$ ${conMiles(String(valor))}`
    case 'fecha_solicitud':
    case 'fecha_entrega':
      return aDdMmAaaa(leerFechaIso(String(valor))) ?? ''
    default:
      return String(valor)
  }
}
