import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { sql } from '../../plataforma/sql.ts'

/** What must always be true of people (issue B §4). */
export const INVARIANTES_USUARIOS: readonly Invariante[] = [
  porConsulta(
    'usuarios_superusuario',
    'Hay al menos un superusuario activo',
    sql`SELECT 'no hay ninguno entre ' || count(*) || ' cuentas' AS caso FROM "user" HAVING count(*) > 0 AND NOT bool_or(is_active AND is_superuser)`,
  ),
  porConsulta(
    'usuarios_sesiones',
    'Ninguna cuenta desactivada tiene sesiones abiertas',
    sql`SELECT DISTINCT u.username AS caso FROM session s JOIN "user" u ON u.id::text = s.sess ->> 'usuarioId' WHERE NOT u.is_active`,
  ),
]
