/**
 * Rows made per test, by SQL and with the least each table demands; whatever matters to the test is given by it:
 *
 *   const crea = fabricas(app.conexion.pool)
 *   const inicial = await crea.ot({ id_cliente: 2, pasos: [3, 1] })          // two steps: COMPLETADO and PENDIENTE
 *   const hija = await crea.reprogramacion(inicial, { num_reprogramacion: 1 })
 *
 * Columns are named as in the database; absent ones take what is below or the default of the column.
 */
import type pg from 'pg'

type Valor = string | number | boolean | null
type Columnas = Record<string, Valor>

/** Ids of the seeded catalogues that the tests lean on. */
export const SEMILLA = {
  responsable: 3,
  otroResponsable: 4,
  clienteContrato: 1,
  clienteIntercom: 3,
  embarcacion: 1,
  patio: 6,
  plataforma: 9,
  intercom: 73,
} as const

let serie = 0
const unico = (prefijo: string): string => `${prefijo}-${String((serie += 1)).padStart(4, '0')}`

/** Makers of rows over a connection of the test. */
export function fabricas(pool: pg.Pool) {
  const insertar = async (tabla: string, columnas: Columnas): Promise<number> => {
    const nombres = Object.keys(columnas)
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO ${tabla} (${nombres.join(', ')}) VALUES (${nombres.map((_, i) => `$${i + 1}`).join(', ')}) RETURNING id`,
      Object.values(columnas),
    )
    return Number(rows[0]?.id)
  }
  const pte = (columnas: Columnas = {}): Promise<number> =>
    insertar('pte_header', { id_tipo: 12, oficio_pte: unico('PTE'), ...columnas })

  /**
   * A PTE with everything the form asks for and steps of the template of its client, by `orden`: one status for each, or
   * by number of step ({ '4.1': 3 }), the rest PENDIENTE. It answers the ids of its steps in the same order.
   */
  const pteConPasos = async (
    estatus: readonly number[] | Readonly<Record<string, number>> = {},
    columnas: Columnas = {},
  ): Promise<{ pte: number; pasos: number[]; porOrden: Readonly<Record<string, number>> }> => {
    const idPte = await pte({
      id_cliente: SEMILLA.clienteContrato,
      id_responsable_proyecto: SEMILLA.responsable,
      plazo_dias: 30,
      prioridad: 1,
      ...columnas,
    })
    const { rows } = await pool.query<{ id: string; orden: string }>(
      `SELECT s.id, s.orden FROM paso s JOIN cliente c ON c.id_tipo = s.id_tipo_cliente JOIN pte_header p ON p.id_cliente = c.id
       WHERE p.id = $1 AND s.activo ORDER BY string_to_array(s.orden, '.')::int[]`,
      [idPte],
    )
    const lista = Array.isArray(estatus) ? (estatus as readonly number[]) : null
    const elegidos = lista === null ? rows : rows.slice(0, lista.length)
    const pasos: number[] = []
    for (const [i, { id, orden }] of elegidos.entries()) {
      const suyo = lista === null ? ((estatus as Readonly<Record<string, number>>)[orden] ?? 1) : (lista[i] ?? 1)
      pasos.push(
        await insertar('pte_detalle', {
          id_pte_header: idPte,
          id_paso: Number(id),
          estatus_paso: suyo,
          comentario: '',
        }),
      )
    }
    return { pte: idPte, pasos, porOrden: Object.fromEntries(elegidos.map(({ orden }, i) => [orden, pasos[i] ?? 0])) }
  }

  /** `pasos`: status of each step of the OT, over the rows of the template of initial orders. */
  const ot = async ({
    pasos = [],
    ...columnas
  }: { pasos?: readonly number[] } & Record<string, Valor | readonly number[]> = {}): Promise<number> => {
    const id = await insertar('ot', {
      id_tipo: 4,
      orden_trabajo: unico('OT'),
      descripcion_trabajo: 'Trabajo de prueba',
      id_responsable_proyecto: SEMILLA.responsable,
      responsable_cliente: 'Ing. Cliente',
      id_cliente: SEMILLA.clienteContrato,
      ...(columnas as Columnas),
    })
    if (pasos.length > 0) {
      await pool.query(
        `INSERT INTO ot_detalle (id_ot, id_paso, estatus_paso)
         SELECT $1, p.id, e.estatus FROM unnest($2::int[]) WITH ORDINALITY AS e(estatus, n)
         JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM paso_ot) p ON p.n = e.n`,
        [id, [...pasos]],
      )
    }
    return id
  }
  return {
    pte,
    pteConPasos,
    /** Stored row of a PTE. */
    async leerPte(id: number): Promise<Record<string, unknown>> {
      const { rows } = await pool.query<{ fila: Record<string, unknown> }>(
        'SELECT to_jsonb(p) AS fila FROM pte_header p WHERE id = $1',
        [id],
      )
      return rows[0]?.fila ?? {}
    },
    /** Stored rows of the steps of a PTE by `orden`, each with its `orden`. */
    async leerPasosDePte(idPte: number): Promise<Record<string, unknown>[]> {
      const { rows } = await pool.query<{ fila: Record<string, unknown> }>(
        `SELECT to_jsonb(d) || jsonb_build_object('orden', s.orden) AS fila FROM pte_detalle d JOIN paso s ON s.id = d.id_paso
         WHERE d.id_pte_header = $1 ORDER BY string_to_array(s.orden, '.')::int[], d.id`,
        [idPte],
      )
      return rows.map(({ fila }) => fila)
    },
    ot,
    /** A reprogramación of an order. */
    reprogramacion: (principal: number, columnas: Columnas = {}): Promise<number> =>
      ot({ id_tipo: 5, ot_principal: principal, ...columnas }),
    cliente: (columnas: Columnas = {}): Promise<number> =>
      insertar('cliente', { descripcion: unico('Cliente'), id_tipo: 15, ...columnas }),
    /** Stored row of an OT as text, day by day: what a test compares. */
    async leerOt(id: number): Promise<Record<string, unknown>> {
      const { rows } = await pool.query<{ fila: Record<string, unknown> }>(
        'SELECT to_jsonb(o) AS fila FROM ot o WHERE id = $1',
        [id],
      )
      return rows[0]?.fila ?? {}
    },
    /** Steps of an OT, by id of the template. */
    async leerPasos(idOt: number): Promise<Record<string, unknown>[]> {
      const { rows } = await pool.query<{ fila: Record<string, unknown> }>(
        'SELECT to_jsonb(d) AS fila FROM ot_detalle d WHERE id_ot = $1 ORDER BY id_paso',
        [idOt],
      )
      return rows.map(({ fila }) => fila)
    },
    /** Rows of the log about a record, oldest first. */
    async leerBitacora(
      tabla: number,
      registroId: number,
    ): Promise<
      { evento: string; campo: string; campo_clave: string; anterior: string; actual: string; detalle: string }[]
    > {
      const { rows } = await pool.query<{
        evento: string
        campo: string
        campo_clave: string
        anterior: string
        actual: string
        detalle: string
      }>(
        `SELECT evento, campo, campo_clave, valor_anterior AS anterior, valor_actual AS actual, detalle FROM registro_actividad
         WHERE tabla_log = $1 AND registro_id = $2 ORDER BY id`,
        [tabla, registroId],
      )
      return rows
    },
  }
}
