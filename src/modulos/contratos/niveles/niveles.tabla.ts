/** The tables of contracts, annexes and sub-annexes (catalogos.md §7). */
import { z } from 'zod'
import { limpiar } from '../../../comun/texto.ts'
import { col } from '../../../plataforma/columnas.ts'
import { contiene, sql, type Sql } from '../../../plataforma/sql.ts'
import { alguna, igualdades, type ColumnaTabla, type DefTabla } from '../../../plataforma/tabla.ts'
import { TEXTO_TIPO_ANEXO, type FilaAnexo, type FilaContrato, type FilaSubAnexo } from './niveles.contrato.ts'
import { FiltrosAnexos, FiltrosContratos, FiltrosSubAnexos } from './niveles.schema.ts'

const ALCANCE = { activos: sql`o.activo`, inactivos: sql`NOT o.activo`, todos: sql`TRUE` } as const

function porTexto(buscables: readonly Sql[], ...busquedas: readonly string[]): Sql[] {
  return busquedas
    .map(limpiar)
    .filter((buscado) => buscado !== '')
    .map((buscado) =>
      alguna(buscables.map((columna) => sql`texto_clave(${columna}) LIKE texto_clave(${contiene(buscado)}::text)`)),
    )
}

const por = (clave: string, titulo: string, tipo: ColumnaTabla['tipo'], expresion: Sql): ColumnaTabla => ({
  clave,
  titulo,
  tipo,
  orden: { expresion },
})
const texto = (clave: string, titulo: string, columna: Sql): ColumnaTabla =>
  por(clave, titulo, 'texto', sql`texto_clave(${columna})`)
const dinero = (clave: string, titulo: string, columna: Sql): ColumnaTabla => por(clave, titulo, 'dinero', columna)

const ESTATUS: ColumnaTabla = por('activo', 'Estatus', 'texto', sql`(NOT o.activo)`)
const ID: ColumnaTabla = { clave: 'id', titulo: 'ID', tipo: 'entero', orden: { expresion: sql`o.id`, sinNulos: true } }

/** Columns that every row brings. */
const COMUN = { id: z.number(), descripcion: z.string(), activo_bool: z.boolean(), version: z.number() }

const conEstatus = <F extends { activo_bool: boolean }>(fila: F): F & { activo: string } => ({
  ...fila,
  activo: fila.activo_bool ? 'Activo' : 'Inactivo',
})

// ------------------------------------------------------------------------------------------------------ contracts

const CLIENTE = sql`(SELECT r.descripcion FROM cliente r WHERE r.id = o.id_cliente)`
const ANEXOS = sql`(SELECT count(*) FROM contrato_anexo_maestro a WHERE a.id_contrato = o.id AND a.activo)`

const FilaDeContrato = z.object({
  ...COMUN,
  numero_contrato: z.string(),
  cliente: z.string(),
  fecha_inicio: col.fecha,
  fecha_termino: col.fecha,
  monto_mn: z.string(),
  monto_usd: z.string(),
  anexos: z.number(),
})

export const TABLA_CONTRATOS: DefTabla<FiltrosContratos> = {
  nombre: 'contratos',
  columnas: [
    ID,
    texto('numero_contrato', 'Número', sql`o.numero_contrato`),
    texto('descripcion', 'Descripción', sql`o.descripcion`),
    texto('cliente', 'Cliente', CLIENTE),
    por('fecha_inicio', 'Inicio', 'fecha', sql`o.fecha_inicio`),
    por('fecha_termino', 'Término', 'fecha', sql`o.fecha_termino`),
    dinero('monto_mn', 'Monto MN', sql`o.monto_mn`),
    dinero('monto_usd', 'Monto USD', sql`o.monto_usd`),
    por('anexos', 'Anexos', 'entero', ANEXOS),
    ESTATUS,
  ],
  indices: {
    0: 'numero_contrato',
    1: 'descripcion',
    2: 'cliente',
    3: 'fecha_inicio',
    4: 'fecha_termino',
    5: 'monto_mn',
    6: 'monto_usd',
    7: 'anexos',
    8: 'activo',
  },
  filtros: FiltrosContratos,
  desde: sql`contrato o`,
  desdeFila: sql`contrato o`,
  alcance: ({ estado }) => ALCANCE[estado],
  condiciones: ({ filtro, cliente }, busqueda) => [
    ...igualdades([[sql`o.id_cliente`, cliente]]),
    ...porTexto([sql`o.numero_contrato`, sql`o.descripcion`, CLIENTE], filtro ?? '', busqueda),
  ],
  seleccion: () => sql`o.id, o.numero_contrato, o.descripcion, ${CLIENTE} AS cliente, o.fecha_inicio, o.fecha_termino,
    o.monto_mn::text AS monto_mn, o.monto_usd::text AS monto_usd, ${ANEXOS} AS anexos, o.activo AS activo_bool, o.version`,
  fila: FilaDeContrato,
  presentar: (_ctx, fila: z.output<typeof FilaDeContrato>): FilaContrato & Record<string, unknown> => conEstatus(fila),
  ordenInicial: () => ({ columna: 'id', descendente: true }),
  sello: null,
}

// -------------------------------------------------------------------------------------------------------- annexes

const CONTRATO = sql`(SELECT k.numero_contrato FROM contrato k WHERE k.id = o.id_contrato)`
const sumaDe = (moneda: Sql): Sql =>
  sql`(SELECT coalesce(sum(s.${moneda}), 0.00) FROM contrato_sub_anexo s WHERE s.id_anexo_maestro = o.id AND s.activo)`
const SUMA_MN = sumaDe(sql`importe_mn`)
const SUMA_USD = sumaDe(sql`importe_usd`)
const SUB_ANEXOS = sql`(SELECT count(*) FROM contrato_sub_anexo s WHERE s.id_anexo_maestro = o.id AND s.activo)`

const FilaDeAnexo = z.object({
  ...COMUN,
  id_contrato: z.number(),
  contrato: z.string(),
  clave: z.string(),
  tipo: z.string(),
  monto_mn: z.string(),
  monto_usd: z.string(),
  suma_mn: z.string(),
  suma_usd: z.string(),
  sub_anexos: z.number(),
  archivo: z.string(),
})

export const TABLA_ANEXOS: DefTabla<FiltrosAnexos> = {
  nombre: 'anexos_contrato',
  columnas: [
    ID,
    texto('contrato', 'Contrato', CONTRATO),
    texto('clave', 'Clave', sql`o.clave`),
    texto('descripcion', 'Descripción', sql`o.descripcion`),
    por('tipo_texto', 'Tipo', 'texto', sql`o.tipo`),
    dinero('monto_mn', 'Monto MN', sql`o.monto_mn`),
    dinero('monto_usd', 'Monto USD', sql`o.monto_usd`),
    dinero('suma_mn', 'Sub-anexos MN', SUMA_MN),
    dinero('suma_usd', 'Sub-anexos USD', SUMA_USD),
    por('sub_anexos', 'Sub-anexos', 'entero', SUB_ANEXOS),
    texto('archivo', 'Archivo', sql`coalesce(o.archivo_nombre, '')`),
    ESTATUS,
  ],
  indices: {
    0: 'clave',
    1: 'descripcion',
    2: 'tipo_texto',
    3: 'monto_mn',
    4: 'monto_usd',
    5: 'archivo',
    6: 'activo',
  },
  filtros: FiltrosAnexos,
  desde: sql`contrato_anexo_maestro o`,
  desdeFila: sql`contrato_anexo_maestro o`,
  alcance: ({ estado }) => ALCANCE[estado],
  condiciones: ({ filtro, contrato, tipo }, busqueda) => [
    ...igualdades([[sql`o.id_contrato`, contrato]]),
    ...(tipo === null ? [] : [sql`o.tipo = ${tipo}`]),
    ...porTexto(
      [CONTRATO, sql`o.clave`, sql`o.descripcion`, sql`coalesce(o.archivo_nombre, '')`],
      filtro ?? '',
      busqueda,
    ),
  ],
  seleccion:
    () => sql`o.id, o.id_contrato, ${CONTRATO} AS contrato, o.clave, o.descripcion, o.tipo, o.monto_mn::text AS monto_mn,
    o.monto_usd::text AS monto_usd, ${SUMA_MN}::text AS suma_mn, ${SUMA_USD}::text AS suma_usd, ${SUB_ANEXOS} AS sub_anexos,
    coalesce(o.archivo_nombre, '') AS archivo, o.activo AS activo_bool, o.version`,
  fila: FilaDeAnexo,
  presentar: (_ctx, fila: z.output<typeof FilaDeAnexo>): FilaAnexo & Record<string, unknown> => ({
    ...conEstatus(fila),
    tipo_texto: TEXTO_TIPO_ANEXO[fila.tipo] ?? fila.tipo,
  }),
  ordenInicial: () => ({ columna: 'id', descendente: false }),
  sello: null,
}

// ---------------------------------------------------------------------------------------------------- sub-annexes

const DE_ANEXO = sql`contrato_sub_anexo o JOIN contrato_anexo_maestro a ON a.id = o.id_anexo_maestro JOIN contrato k ON k.id = a.id_contrato`
const UNIDAD = sql`coalesce((SELECT u.clave FROM unidad_medida u WHERE u.id = o.id_unidad_medida), '')`
const CONCEPTOS = sql`(SELECT count(*) FROM contrato_concepto_maestro c WHERE c.id_sub_anexo = o.id AND c.activo)`

const FilaDeSubAnexo = z.object({
  ...COMUN,
  id_contrato: z.number(),
  contrato: z.string(),
  id_anexo: z.number(),
  anexo: z.string(),
  clave_anexo: z.string(),
  unidad_medida: z.string(),
  cantidad: z.string(),
  precio_unitario_mn: z.string(),
  precio_unitario_usd: z.string(),
  importe_mn: z.string(),
  importe_usd: z.string(),
  conceptos: z.number(),
})

export const TABLA_SUB_ANEXOS: DefTabla<FiltrosSubAnexos> = {
  nombre: 'sub_anexos',
  columnas: [
    ID,
    texto('contrato', 'Contrato', sql`k.numero_contrato`),
    texto('anexo', 'Anexo', sql`a.clave`),
    por('clave_anexo', 'Clave', 'texto', sql`o.clave_orden`),
    texto('descripcion', 'Descripción', sql`o.descripcion`),
    texto('unidad_medida', 'Unidad', UNIDAD),
    por('cantidad', 'Cantidad', 'decimal', sql`o.cantidad`),
    dinero('precio_unitario_mn', 'P.U. MN', sql`o.precio_unitario_mn`),
    dinero('precio_unitario_usd', 'P.U. USD', sql`o.precio_unitario_usd`),
    dinero('importe_mn', 'Importe MN', sql`o.importe_mn`),
    dinero('importe_usd', 'Importe USD', sql`o.importe_usd`),
    por('conceptos', 'Conceptos', 'entero', CONCEPTOS),
    ESTATUS,
  ],
  indices: {
    0: 'clave_anexo',
    1: 'descripcion',
    2: 'unidad_medida',
    3: 'cantidad',
    4: 'precio_unitario_mn',
    5: 'precio_unitario_usd',
    6: 'importe_mn',
    7: 'importe_usd',
    8: 'conceptos',
    9: 'activo',
  },
  filtros: FiltrosSubAnexos,
  desde: DE_ANEXO,
  desdeFila: DE_ANEXO,
  alcance: ({ estado }) => ALCANCE[estado],
  condiciones: ({ filtro, contrato, anexo }, busqueda) => [
    ...igualdades([
      [sql`a.id_contrato`, contrato],
      [sql`o.id_anexo_maestro`, anexo],
    ]),
    ...porTexto(
      [sql`k.numero_contrato`, sql`a.clave`, sql`o.clave_anexo`, sql`o.descripcion`, UNIDAD],
      filtro ?? '',
      busqueda,
    ),
  ],
  seleccion:
    () => sql`o.id, k.id AS id_contrato, k.numero_contrato AS contrato, a.id AS id_anexo, a.clave AS anexo, o.clave_anexo, o.descripcion,
    ${UNIDAD} AS unidad_medida, o.cantidad::text AS cantidad, o.precio_unitario_mn::text AS precio_unitario_mn,
    o.precio_unitario_usd::text AS precio_unitario_usd, o.importe_mn::text AS importe_mn, o.importe_usd::text AS importe_usd,
    ${CONCEPTOS} AS conceptos, o.activo AS activo_bool, o.version`,
  fila: FilaDeSubAnexo,
  presentar: (_ctx, fila: z.output<typeof FilaDeSubAnexo>): FilaSubAnexo & Record<string, unknown> => conEstatus(fila),
  ordenInicial: () => ({ columna: 'clave_anexo', descendente: false }),
  sello: null,
}
