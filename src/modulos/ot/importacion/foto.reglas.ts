/** The picture of the database, from the blocks of JSON that PostgreSQL sent to the maps that the planner asks. */
import { claveFolio } from '../../../comun/texto.ts'
import type { Foto, OtGuardada } from './importacion.tipos.ts'

/** Arrays of rows as JSON texts: cheap to carry to another thread, which is the one that reads them. */
export interface FotoCruda {
  readonly iniciales: readonly string[]
  readonly reprogramaciones: readonly string[]
  readonly ptes: readonly string[]
  readonly ocupantes: readonly string[]
  readonly catalogos: readonly string[]
  readonly foliosDeReprogramacion: readonly string[]
}

interface FilaOt extends OtGuardada {
  readonly huella: string | null
}
interface FilaPte {
  readonly id: number
  readonly oficio_pte: string
  readonly nombrada: boolean
}
interface FilaCatalogo {
  readonly clase: 'responsable' | 'cliente' | 'estatus' | 'sitio'
  readonly id: number
  readonly texto: string
  readonly frente: number | null
}

/** Shapes are those of the queries of `importacion.repo.ts`, and only of them. */
export function revelar(cruda: FotoCruda): Foto {
  const iniciales = leer<FilaOt>(cruda.iniciales)
  const reprogramaciones = leer<FilaOt>(cruda.reprogramaciones)
  const ptes = leer<FilaPte>(cruda.ptes)
  const catalogo = leer<FilaCatalogo>(cruda.catalogos)
  const de = (clase: FilaCatalogo['clase']): Map<number, string> =>
    new Map(catalogo.filter((fila) => fila.clase === clase).map(({ id, texto }) => [id, texto]))
  const huellas = new Map<number, string>()
  for (const { id, huella } of [...iniciales, ...reprogramaciones]) if (huella !== null) huellas.set(id, huella)
  return {
    responsables: de('responsable'),
    clientes: de('cliente'),
    estatus: de('estatus'),
    sitios: new Map(
      catalogo
        .filter(({ clase }) => clase === 'sitio')
        .map(({ id, texto, frente }) => [id, { texto, idFrente: frente ?? 0 }]),
    ),
    iniciales,
    reprogramaciones,
    foliosDeReprogramacion: new Set(leer<{ clave: string }>(cruda.foliosDeReprogramacion).map(({ clave }) => clave)),
    ptes: ptes
      .filter(({ nombrada }) => nombrada)
      .map(({ id, oficio_pte }) => ({ id, oficio_pte, clave: claveFolio(oficio_pte) })),
    oficiosPte: new Map(ptes.map(({ id, oficio_pte }) => [id, oficio_pte])),
    ocupantes: leer(cruda.ocupantes),
    huellas,
  }
}

function leer<T>(bloques: readonly string[]): T[] {
  return bloques.flatMap((bloque) => JSON.parse(bloque) as T[])
}
