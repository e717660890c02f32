/** What must always be true of the catalogues; `npm run verificar` and the long tests run the same list. */
import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { identificador, sql, unir, type Sql } from '../../plataforma/sql.ts'
import { CATALOGOS } from './descripciones/index.ts'
import type { CampoDe, DescripcionCatalogo, UsoDeCatalogo } from './motor/motor.tipos.ts'

const todos = (consultas: readonly Sql[]): Sql => unir([...consultas], ' UNION ALL ')

function protegidos({ tabla, nombre, protegidos: ids }: DescripcionCatalogo): Sql {
  return sql`SELECT ${`${nombre} `}::text || p.id AS caso FROM unnest(${[...ids]}::bigint[]) AS p(id)
    LEFT JOIN ${identificador(tabla)} o ON o.id = p.id WHERE o.activo IS NOT TRUE`
}

function usado({ tabla, nombre }: DescripcionCatalogo, uso: UsoDeCatalogo, columna: string): Sql {
  const id = sql`u.${identificador(columna)}`
  return sql`SELECT DISTINCT ${`${nombre} `}::text || ${id} || ${` (lo usa ${uso.uno})`}::text AS caso
    FROM ${identificador(uso.tabla)} u LEFT JOIN ${identificador(tabla)} o ON o.id = ${id} WHERE ${id} IS NOT NULL AND o.id IS NULL`
}

/** A choice that is not one of its list: a client whose type is not of clients, a site whose front is not of sites. */
function fueraDeLista({ tabla, nombre }: DescripcionCatalogo, campo: CampoDe<'referencia'>): Sql {
  const id = sql`o.${identificador(campo.columna)}`
  return sql`SELECT ${`${nombre} `}::text || o.id || ${`: ${campo.etiqueta}`}::text AS caso FROM ${identificador(tabla)} o
    WHERE ${id} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM ${identificador(campo.tabla)} r WHERE r.id = ${id} AND ${campo.condicion})`
}

const conProtegidos = CATALOGOS.filter((def) => def.protegidos.size > 0)
const usos = CATALOGOS.flatMap((def) =>
  def.usos.flatMap((uso) => uso.columnas.map((columna) => usado(def, uso, columna))),
)
const referencias = CATALOGOS.flatMap((def) =>
  def.campos.flatMap((campo) => (campo.clase === 'referencia' ? [fueraDeLista(def, campo)] : [])),
)

export const INVARIANTES_CATALOGOS: readonly Invariante[] = [
  porConsulta(
    'catalogos_protegidos',
    'Los registros que el programa necesita existen y están activos',
    todos(conProtegidos.map(protegidos)),
  ),
  porConsulta('catalogos_en_uso', 'Ningún registro de catálogo en uso falta', todos(usos)),
  porConsulta('catalogos_de_su_lista', 'Cada opción elegida en un catálogo es de su lista', todos(referencias)),
  porConsulta(
    'catalogos_plantillas',
    'Cada tipo de cliente y cada plantilla de OT tienen al menos un paso activo',
    sql`SELECT 'PTE de ' || t.descripcion AS caso FROM tipo t WHERE t.id IN (15, 16)
        AND NOT EXISTS (SELECT 1 FROM paso p WHERE p.activo AND p.id_tipo_cliente = t.id)
      UNION ALL SELECT 'OT ' || t.descripcion FROM tipo t WHERE t.id IN (4, 5, 18)
        AND NOT EXISTS (SELECT 1 FROM paso_ot p WHERE p.activo AND p.tipo = t.id)`,
  ),
  porConsulta(
    'catalogos_bitacora',
    'La bitácora no menciona versiones que su registro de catálogo no ha alcanzado',
    todos(
      CATALOGOS.map(
        ({ tabla, nombre, tablaLog }) => sql`SELECT ${`${nombre} `}::text || o.id AS caso FROM registro_actividad a
          JOIN ${identificador(tabla)} o ON o.id = a.registro_id WHERE a.tabla_log = ${tablaLog} AND a.version IS NOT NULL
          GROUP BY o.id, o.version HAVING max(a.version) > o.version`,
      ),
    ),
  ),
]
