/** The plan of what was chosen, line by line and with its totals, before it is applied with a reason. */
import { cifraCorta, conMiles } from '../../../comun/dinero.ts'
import type { Envoltura } from '../../../comun/envoltura.ts'
import { plural } from '../../../comun/texto.ts'
import {
  RUTA_COMPARAR,
  type Comparacion,
  type DestinoDeFaltantes,
  type Movimiento,
  type PlanDeAplicacion,
} from '../../../modulos/estimaciones/comparar/comparar.contrato.ts'
import { avisar } from '../../comun/avisos.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { crear } from '../../comun/dom.ts'
import { enviarJson, FalloDeServidor } from '../../comun/http.ts'

const MAXIMO_LISTADOS = 200
const ACCION: Readonly<Record<Movimiento['accion'], string>> = {
  ajustar: 'Ajustar',
  agregar: 'Agregar',
  quitar: 'Quitar',
}

/** Asks the server for the plan and shows it; accepting applies it. */
export async function verPlan(
  { id, version, huella }: Comparacion,
  claves: readonly string[],
  faltantes: DestinoDeFaltantes,
): Promise<void> {
  const pedido = { id, version, huella, claves, faltantes }
  const plan = await pedirPlan(pedido)
  if (plan === null) return
  const motivo = crear('textarea', { class: 'entrada', rows: '2', maxlength: '1000' })
  const { caja, error } = campoDeDialogo('Motivo (obligatorio)', motivo, {
    ayuda: 'Queda en el comentario de cada línea como «Cliente: …».',
  })
  await preguntar<true>({
    titulo: `Aplicar ${plural(claves.length, 'diferencia', 'diferencias')}`,
    ancho: true,
    cuerpo: [
      crear(
        'p',
        {},
        'Cuando el cliente reconoce menos se baja primero la última línea del concepto y día; cuando reconoce más, se sube hasta el saldo de las primeras y luego se agrega producción que se puede estimar.',
      ),
      tablaDeTotales(plan),
      tablaDeMovimientos(plan.movimientos),
      caja,
    ],
    aceptar: 'Aplicar',
    foco: motivo,
    alAceptar: async () => {
      error.textContent = ''
      try {
        const { detalles } = await enviarJson(
          RUTA_COMPARAR.APLICAR,
          { ...pedido, motivo: motivo.value },
          { sinAviso: true },
        )
        recargarConAviso('exito', detalles)
        return true
      } catch (fallo) {
        if (!(fallo instanceof FalloDeServidor)) throw fallo
        const { tipo_aviso, detalles, campos } = fallo.envoltura
        error.textContent = campos?.['motivo'] ?? ''
        if (error.textContent === '') avisar(tipo_aviso, detalles)
        else motivo.focus()
        return null
      }
    },
  })
}

async function pedirPlan(pedido: object): Promise<PlanDeAplicacion | null> {
  try {
    return await enviarJson<Envoltura & PlanDeAplicacion>(RUTA_COMPARAR.PLAN, pedido, { sinAviso: true })
  } catch (fallo) {
    if (!(fallo instanceof FalloDeServidor)) throw fallo
    avisar(fallo.envoltura.tipo_aviso, fallo.envoltura.detalles)
    return null
  }
}

const TOTALES = [
  ['Volumen estimado', 'volumen_estimado'],
  ['Importe M.N.', 'importe_mn'],
  ['Importe USD', 'importe_usd'],
  ['Homologado', 'homologado'],
] as const

function tablaDeTotales({ antes, despues }: PlanDeAplicacion): HTMLElement {
  const cifra = (plano = ''): string => (plano.split('.')[1]?.length === 6 ? cifraCorta(plano) : conMiles(plano))
  return crear(
    'table',
    { class: 'tabla-simple compacta' },
    crear('caption', { class: 'solo-lector' }, 'Totales de la estimación'),
    crear(
      'thead',
      {},
      crear(
        'tr',
        {},
        crear('th', { scope: 'col' }, 'Total'),
        crear('th', { scope: 'col', class: 'numero' }, 'Antes'),
        crear('th', { scope: 'col', class: 'numero' }, 'Después'),
      ),
    ),
    crear(
      'tbody',
      {},
      ...TOTALES.map(([texto, clave]) =>
        crear(
          'tr',
          {},
          crear('th', { scope: 'row' }, texto),
          crear('td', { class: 'numero' }, cifra(antes[clave])),
          crear('td', { class: 'numero' }, cifra(despues[clave])),
        ),
      ),
    ),
  )
}

function tablaDeMovimientos(movimientos: readonly Movimiento[]): HTMLElement {
  const columna = (texto: string, clase?: string): HTMLElement => crear('th', { scope: 'col', class: clase }, texto)
  return crear(
    'div',
    { class: 'desplazable comparar-plan', tabindex: 0, role: 'group', 'aria-label': 'Cambios de cada línea' },
    crear(
      'table',
      { class: 'tabla-simple' },
      crear('caption', { class: 'solo-lector' }, 'Cambios de cada línea'),
      crear(
        'thead',
        {},
        crear(
          'tr',
          {},
          columna('Qué'),
          columna('Partida'),
          columna('Fecha'),
          columna('Sitio'),
          columna('Tipo'),
          columna('De', 'numero'),
          columna('A', 'numero'),
        ),
      ),
      crear(
        'tbody',
        {},
        ...movimientos
          .slice(0, MAXIMO_LISTADOS)
          .map((movimiento) =>
            crear(
              'tr',
              {},
              crear('td', {}, ACCION[movimiento.accion]),
              crear('th', { scope: 'row' }, movimiento.codigo),
              crear('td', { class: 'cifras' }, movimiento.fecha),
              crear('td', {}, movimiento.sitio),
              crear('td', {}, movimiento.tipo_tiempo),
              crear('td', { class: 'numero' }, movimiento.accion === 'agregar' ? '—' : cifraCorta(movimiento.de)),
              crear('td', { class: 'numero' }, movimiento.accion === 'quitar' ? '—' : cifraCorta(movimiento.a)),
            ),
          ),
      ),
    ),
    movimientos.length > MAXIMO_LISTADOS
      ? crear('p', {}, `Y ${String(movimientos.length - MAXIMO_LISTADOS)} líneas más.`)
      : null,
  )
}
