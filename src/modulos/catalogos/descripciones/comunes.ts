/** Pieces that several descriptions share. */
import { sql } from '../../../plataforma/sql.ts'
import type {
  CampoCatalogo,
  CampoDe,
  ColumnaCatalogo,
  MensajesDeCatalogo,
  OpcionFija,
  UsoDeCatalogo,
} from '../motor/motor.tipos.ts'

/** Levels of `tipo` (catalogos.md §3.1). */
export const NIVEL_TIPO = { PTE: 1, OT: 2, PARTIDA: 3, PRODUCCION: 4, CLIENTES: 5 } as const

export const descripcion = (largo: number, etiqueta = 'Descripción'): CampoCatalogo => ({
  nombre: 'descripcion',
  columna: 'descripcion',
  etiqueta,
  sujeto: etiqueta === 'Nombre' ? 'El nombre' : 'La descripción',
  obligatorio: 'La descripción es obligatoria',
  clase: 'linea',
  largo,
})

export const COMENTARIO: CampoCatalogo = {
  nombre: 'comentario',
  columna: 'comentario',
  etiqueta: 'Comentario',
  sujeto: 'El comentario',
  obligatorio: null,
  clase: 'texto',
}

/** What a row applies to: `nivel_afectacion`, which requests call `afectacion`. */
export const afectacion = (opciones: readonly OpcionFija[]): CampoCatalogo => ({
  nombre: 'afectacion',
  columna: 'nivel_afectacion',
  etiqueta: 'Afectación',
  sujeto: 'La afectación',
  obligatorio: 'La afectación es obligatoria',
  fijoEnUso: true,
  clase: 'nivel',
  opciones,
})

/** A choice among the types of a level, in the order of their ids. */
export const tipoDeNivel = (
  nivel: number,
  campo: Pick<CampoCatalogo, 'nombre' | 'columna' | 'etiqueta' | 'sujeto' | 'obligatorio'>,
): CampoDe<'referencia'> => ({
  ...campo,
  clase: 'referencia',
  tabla: 'tipo',
  condicion: sql`r.nivel_afectacion = ${nivel}`,
  texto: sql`r.descripcion`,
  orden: sql`r.id`,
})

export const COLUMNA_ID: ColumnaCatalogo = { clave: 'id', titulo: 'ID', campo: 'id', como: 'valor' }
export const COLUMNA_DESCRIPCION: ColumnaCatalogo = {
  clave: 'descripcion',
  titulo: 'Descripción',
  campo: 'descripcion',
  como: 'valor',
}
export const COLUMNA_COMENTARIO: ColumnaCatalogo = {
  clave: 'comentario',
  titulo: 'Comentario',
  campo: 'comentario',
  como: 'valor',
  visible: false,
}

/** The sentences of a catalogue whose name takes one form everywhere. */
export function mensajes(nombre: string, genero: 'o' | 'a', pregunta: string): MensajesDeCatalogo {
  const sujeto = nombre.charAt(0).toUpperCase() + nombre.slice(1)
  return {
    creado: `${sujeto} cread${genero} correctamente`,
    actualizado: `${sujeto} actualizad${genero} correctamente`,
    desactivado: `${sujeto} desactivad${genero} correctamente`,
    reactivado: `${sujeto} reactivad${genero} correctamente`,
    noEncontrado: `${sujeto} no encontrad${genero}`,
    sinId: `ID de ${nombre} no proporcionado`,
    pregunta,
  }
}

const OT_VIVA = sql`u.estatus <> 0`
const PTE_VIVA = sql`u.estatus <> 0`
const ACTIVO = sql`u.activo`

export const usoEnOt = (...columnas: string[]): UsoDeCatalogo => ({
  uno: 'OT',
  varios: 'OTs',
  tabla: 'ot',
  columnas,
  vivos: OT_VIVA,
})

export const usoEnPte = (...columnas: string[]): UsoDeCatalogo => ({
  uno: 'PTE',
  varios: 'PTEs',
  tabla: 'pte_header',
  columnas,
  vivos: PTE_VIVA,
})

/** Use in another catalogue, counted while its row is active. */
export const usoEnCatalogo = (tabla: string, uno: string, varios: string, ...columnas: string[]): UsoDeCatalogo => ({
  uno,
  varios,
  tabla,
  columnas,
  vivos: ACTIVO,
})

/** Use in a table of production: its rows are never deactivated, so all of them count. */
export const usoEnProduccion = (tabla: string, uno: string, varios: string, ...columnas: string[]): UsoDeCatalogo => ({
  uno,
  varios,
  tabla,
  columnas,
  vivos: sql`TRUE`,
})

/** Use in the guards of a site, while no later configuration of that site took their place. */
export const usoEnGuardias = (...columnas: string[]): UsoDeCatalogo => ({
  uno: 'ciclo de guardia',
  varios: 'ciclos de guardia',
  tabla: 'guardias',
  columnas,
  vivos: sql`NOT EXISTS (SELECT 1 FROM guardias g WHERE g.id_sitio = u.id_sitio AND g.vigente_desde > u.vigente_desde)`,
})

export const PASOS_DE_OT_VIVAS: UsoDeCatalogo = {
  uno: 'paso de OT',
  varios: 'pasos de OT',
  tabla: 'ot_detalle',
  columnas: ['id_paso'],
  vivos: sql`EXISTS (SELECT 1 FROM ot o WHERE o.id = u.id_ot AND o.estatus <> 0)`,
}

export const PASOS_DE_PTE_VIVAS: UsoDeCatalogo = {
  uno: 'paso de PTE',
  varios: 'pasos de PTE',
  tabla: 'pte_detalle',
  columnas: ['id_paso'],
  vivos: sql`EXISTS (SELECT 1 FROM pte_header p WHERE p.id = u.id_pte_header AND p.estatus <> 0)`,
}

const deCatalogoDePrecios =
  (tabla: string, uno: string, varios: string) =>
  (columna: string): UsoDeCatalogo =>
    usoEnCatalogo(tabla, uno, varios, columna)

export const usoEnConcepto = deCatalogoDePrecios('contrato_concepto_maestro', 'concepto', 'conceptos')
export const usoEnProducto = deCatalogoDePrecios(
  'producto',
  'producto del sistema anterior',
  'productos del sistema anterior',
)
