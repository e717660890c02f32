/** What must always be true of the PTEs; `npm run verificar` and the tests run the same list. */
import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { sql } from '../../plataforma/sql.ts'

export const INVARIANTES_PTE: readonly Invariante[] = [
  porConsulta(
    'pte_con_pasos',
    'Cada PTE viva tiene pasos, si su cliente tiene plantilla',
    // A PTE of the historical import without client has no template to take them from.
    sql`SELECT 'PTE ' || p.id || ' (' || p.oficio_pte || ')' AS caso FROM pte_header p JOIN cliente c ON c.id = p.id_cliente
      WHERE p.estatus > 0 AND NOT EXISTS (SELECT 1 FROM pte_detalle d WHERE d.id_pte_header = p.id)
        AND EXISTS (SELECT 1 FROM paso s WHERE s.id_tipo_cliente = c.id_tipo AND s.activo) ORDER BY p.id`,
  ),
  porConsulta(
    'pte_pasos_unicos',
    'Ninguna PTE tiene dos veces el mismo paso',
    sql`SELECT 'paso ' || id_paso || ' de la PTE ' || id_pte_header AS caso FROM pte_detalle
      GROUP BY id_pte_header, id_paso HAVING count(*) > 1 ORDER BY id_pte_header`,
  ),
  porConsulta(
    'pte_padres_con_sus_subpasos',
    'Un paso con subpasos está COMPLETADO cuando todos ellos lo están, y solo entonces',
    sql`WITH pasos AS (
        SELECT d.id, d.id_pte_header AS pte, d.estatus_paso AS estatus, s.tipo, s.orden, split_part(s.orden, '.', 1)::int AS entera
        FROM pte_detalle d JOIN paso s ON s.id = d.id_paso JOIN pte_header p ON p.id = d.id_pte_header WHERE p.estatus > 0),
      padres AS (SELECT DISTINCT ON (pte, entera) id, pte, entera, estatus, orden FROM pasos WHERE tipo = 1
        ORDER BY pte, entera, string_to_array(orden, '.')::int[], id)
      SELECT 'paso ' || f.orden || ' de la PTE ' || f.pte AS caso FROM padres f JOIN pasos h ON h.pte = f.pte AND h.entera = f.entera AND h.tipo = 2
      GROUP BY f.id, f.pte, f.orden, f.estatus HAVING bool_and(h.estatus IN (3, 14)) <> (f.estatus = 3) ORDER BY f.pte`,
  ),
  porConsulta(
    'pte_estatus',
    'El estatus de cada PTE es uno de los suyos',
    sql`SELECT 'PTE ' || id || ': ' || estatus AS caso FROM pte_header WHERE estatus NOT IN (0, 1, 2, 3, 4, 15) ORDER BY id`,
  ),
  porConsulta(
    'pte_estatus_de_pasos',
    'El estatus de cada paso de PTE es de paso',
    sql`SELECT 'paso ' || id || ': ' || estatus_paso AS caso FROM pte_detalle WHERE estatus_paso NOT IN (1, 2, 3, 4, 14, 15) ORDER BY id`,
  ),
  porConsulta(
    'pte_tipo_de_su_nivel',
    'El tipo de cada PTE es de PTE',
    sql`SELECT 'PTE ' || p.id || ': ' || t.descripcion AS caso FROM pte_header p JOIN tipo t ON t.id = p.id_tipo
      WHERE t.nivel_afectacion <> 1 ORDER BY p.id`,
  ),
  porConsulta(
    'pte_entrega_de_pasos',
    'Solo los pasos COMPLETADO de una PTE tienen fecha de entrega',
    sql`SELECT 'paso ' || id || ' de la PTE ' || id_pte_header AS caso FROM pte_detalle
      WHERE fecha_entrega IS NOT NULL AND estatus_paso <> 3 ORDER BY id`,
  ),
  porConsulta(
    'pte_bitacora',
    'La bitácora no menciona versiones que su PTE no ha alcanzado',
    sql`SELECT 'PTE ' || p.id || ': versión ' || p.version || ', bitácora ' || max(a.version) AS caso
      FROM registro_actividad a JOIN pte_header p ON p.id = a.registro_id WHERE a.tabla_log = 0 AND a.version IS NOT NULL
      GROUP BY p.id HAVING max(a.version) > p.version ORDER BY p.id`,
  ),
]
