/** Rows of the historical workbook and a picture of an empty database, for the tests of the import. */
import { leerLibroDeOts, type LibroInterpretado } from '../../src/modulos/ot/importacion/importacion.excel.ts'
import type { Columna, Foto, OtGuardada, Plan } from '../../src/modulos/ot/importacion/importacion.tipos.ts'
import { planear } from '../../src/modulos/ot/importacion/planear.reglas.ts'
import { libroDePrueba, type CeldaDePrueba } from './libro.ts'

export type FilaDePrueba = Partial<Record<Columna, CeldaDePrueba>>

export const COLUMNAS_DE_PRUEBA: readonly Columna[] = [
  'orden_trabajo',
  'oficio_ot',
  'descripcion_trabajo',
  'id_tipo_id',
  'id_estatus_ot_id',
  'id_pte_header_id',
  'ot_principal',
  'num_reprogramacion',
  'id_responsable_proyecto_id',
  'id_cliente_id',
  'responsable_cliente',
  'comentario',
  'estatus',
  'fecha_inicio_programado',
  'fecha_termino_programado',
  'fecha_inicio_real',
  'fecha_termino_real',
  'monto_mxn',
  'monto_usd',
  'id_frente',
  'id_embarcacion',
  'id_plataforma',
  'id_intercom',
  'id_patio',
  'plazo_dias',
]

const INICIAL: FilaDePrueba = {
  orden_trabajo: 'OT-1',
  oficio_ot: 'PEP-1-2024',
  descripcion_trabajo: 'Trabajo',
  id_tipo_id: 4,
  id_estatus_ot_id: 8,
  id_pte_header_id: 'PTE-1',
  id_responsable_proyecto_id: 3,
  id_cliente_id: 1,
  responsable_cliente: 'CLIENTE',
  estatus: 1,
}

/** A row of type 4 that is right in everything, but for what is told. */
export const inicial = (cambios: FilaDePrueba = {}): FilaDePrueba => ({ ...INICIAL, ...cambios })

/** A row of type 5 of OT-1. */
export const reprogramacion = (cambios: FilaDePrueba = {}): FilaDePrueba => ({
  orden_trabajo: 'OT-1',
  oficio_ot: 'PEP-2-2024',
  id_tipo_id: 5,
  id_estatus_ot_id: 8,
  ot_principal: 'OT-1',
  num_reprogramacion: 1,
  estatus: 1,
  ...cambios,
})

/** Bytes of a workbook with the header in its first row. */
export function libroDeOts(filas: readonly FilaDePrueba[], columnas: readonly Columna[] = COLUMNAS_DE_PRUEBA): Buffer {
  return libroDePrueba({
    hojas: [{ filas: [columnas, ...filas.map((fila) => columnas.map((columna) => fila[columna] ?? null))] }],
  })
}

/** A database with the catalogues and nothing else, but for what is told. */
export function fotoDe(cambios: Partial<Foto> = {}): Foto {
  return {
    responsables: new Map([
      [3, 'R3'],
      [4, 'R4'],
    ]),
    clientes: new Map([
      [1, 'C1'],
      [2, 'C2'],
    ]),
    estatus: new Map([5, 6, 7, 8, 9, 10, 11, 16].map((id) => [id, `E${String(id)}`])),
    sitios: new Map([
      [1, { idFrente: 6, texto: 'BARCO UNO' }],
      [6, { idFrente: 3, texto: 'PATIO SEIS' }],
      [9, { idFrente: 7, texto: 'PLATAFORMA NUEVE' }],
      [70, { idFrente: 5, texto: 'INTERCOM' }],
    ]),
    iniciales: [],
    reprogramaciones: [],
    foliosDeReprogramacion: new Set(),
    ptes: [{ id: 7, oficio_pte: 'PTE-1', clave: 'pte-1' }],
    oficiosPte: new Map([[7, 'PTE-1']]),
    ocupantes: [],
    huellas: new Map(),
    ...cambios,
  }
}

/** Reads a workbook of those rows and plans it. */
export async function planDe(
  filas: readonly FilaDePrueba[] | Buffer,
  foto: Foto = fotoDe(),
  opciones: { crearPtes?: boolean } = {},
): Promise<Plan & { libro: LibroInterpretado }> {
  const libro = await leerLibroDeOts(Buffer.isBuffer(filas) ? filas : libroDeOts(filas))
  return { ...planear(libro.encabezado, libro.filas, foto, { crearPtes: opciones.crearPtes ?? false }), libro }
}

/** The picture of the database after a plan was applied to it. */
export function aplicar(foto: Foto, plan: Plan): Foto {
  let siguiente = Math.max(0, ...[...foto.iniciales, ...foto.reprogramaciones].map(({ id }) => id)) + 1
  const ptes = plan.ptes.map(({ oficio_pte }, n) => ({ id: 1000 + n, oficio_pte, clave: oficio_pte.toLowerCase() }))
  const huellas = new Map(foto.huellas)
  const ids: number[] = []
  const nuevas = plan.crear.map((ot): OtGuardada => {
    const id = siguiente++
    ids.push(id)
    huellas.set(id, ot.huella)
    const principal = ot.n_principal === null ? ot.ot_principal : (ids[ot.n_principal] ?? null)
    return {
      ...ot,
      id,
      version: 1,
      ot_principal: principal,
      id_pte_header: ot.n_pte === null ? ot.id_pte_header : (ptes[ot.n_pte]?.id ?? null),
    }
  })
  const cambios = new Map(plan.actualizar.map((cambio) => [cambio.id, cambio]))
  const cambiar = (ot: OtGuardada): OtGuardada => {
    const cambio = cambios.get(ot.id)
    if (cambio === undefined) return ot
    if (cambio.huella !== null) huellas.set(ot.id, cambio.huella)
    const pte = cambio.n_pte === null ? {} : { id_pte_header: ptes[cambio.n_pte]?.id ?? null }
    return { ...ot, ...cambio.despues, ...pte, version: ot.version + 1 }
  }
  for (const { id, huella } of plan.reconocer) huellas.set(id, huella)
  return {
    ...foto,
    huellas,
    ptes: [...foto.ptes, ...ptes],
    iniciales: [...foto.iniciales.map(cambiar), ...nuevas.filter(({ id_tipo: tipo }) => tipo === 4)],
    reprogramaciones: [...foto.reprogramaciones.map(cambiar), ...nuevas.filter(({ id_tipo: tipo }) => tipo === 5)],
  }
}
