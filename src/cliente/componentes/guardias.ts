/** Guards of the superintendents (produccion.md §7.5): those of a month, and the dialog that gives a site its cycle. */
import { aDdMmAaaa } from '../../comun/fechas.ts'
import {
  RUTA_CICLO,
  RUTA_CONFIGURAR_CICLO,
  RUTA_GUARDIAS_MES,
  type BloqueGuardia,
  type RespuestaCiclo,
  type RespuestaGuardiasMes,
} from '../../modulos/produccion/guardias/guardias.contrato.ts'
import { avisar } from '../comun/avisos.ts'
import {
  campoDeEntrada,
  campoDeFecha,
  marcarCampos,
  revisarCampos,
  valoresDe,
  type CampoNombrado,
} from '../comun/campos-dialogo.ts'
import { preguntar } from '../comun/dialogo.ts'
import { crear } from '../comun/dom.ts'
import { enviar, FalloDeServidor, obtener } from '../comun/http.ts'

/** Guards of a site in a month, as the grids paint them; none when the server does not answer (its notice is on screen). */
export async function obtenerGuardias(sitio: number, mes: number, anio: number): Promise<BloqueGuardia[]> {
  try {
    const { guardias } = await obtener<RespuestaGuardiasMes>(RUTA_GUARDIAS_MES, { id_sitio: sitio, mes, anio })
    return guardias
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    return []
  }
}

/**
 * Dialog «Configurar Ciclo de Guardia» of a site, with its configuration of today.
 * @returns what the server said when it was saved, for the caller to show; null when nothing was.
 */
export async function configurarCicloDeGuardia(sitio: number | null): Promise<string | null> {
  if (sitio === null) {
    avisar('advertencia', 'Selecciona un sitio primero.')
    return null
  }
  let datos: RespuestaCiclo
  try {
    datos = await obtener<RespuestaCiclo>(RUTA_CICLO, { id_sitio: sitio })
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    return null
  }
  const falta = loQueFalta(datos)
  if (falta === null) return abrirDialogo(sitio, datos)
  avisar('advertencia', falta)
  return null
}

function loQueFalta({ sitio, supers }: RespuestaCiclo): string | null {
  if (supers.length > 1) return null
  return supers.length === 0
    ? `${sitio} no tiene superintendentes activos. Agrégalos en Catálogos, Superintendentes.`
    : `${sitio} tiene un solo superintendente activo y el ciclo necesita dos. Agrega otro en Catálogos, Superintendentes.`
}

function abrirDialogo(sitio: number, datos: RespuestaCiclo): Promise<string | null> {
  const { ciclo } = datos
  const campos: Record<string, CampoNombrado> = {
    id_super_a: campoDeSuper('Superintendente A', datos, 'a'),
    id_super_b: campoDeSuper('Superintendente B', datos, 'b'),
    fecha_inicio_a: campoDeFecha('fecha_inicio_a', 'Fecha de Inicio de Guardia (Super A)', ciclo?.fecha_inicio_a ?? ''),
    vigente_desde: campoDeFecha(
      'vigente_desde',
      'Vale desde (opcional)',
      '',
      ciclo
        ? `Los días anteriores conservan su guardia. Vacío: desde hoy, ${aDdMmAaaa(datos.hoy)}, o desde el inicio de guardia si es posterior.`
        : 'Es el primer ciclo del sitio: también pinta los meses anteriores.',
    ),
  }
  return preguntar<string>({
    titulo: 'Configurar Ciclo de Guardia',
    cuerpo: [
      crear('p', {}, crear('strong', {}, datos.sitio)),
      crear('p', {}, 'El ciclo se configura una sola vez: los relevos se calculan solos cada 14 días.'),
      ...Object.values(campos).map(({ caja }) => caja),
    ],
    aceptar: 'Guardar Configuración',
    ...(campos['id_super_a'] ? { foco: campos['id_super_a'].entrada } : {}),
    alAceptar: () => guardar(sitio, campos),
  })
}

async function guardar(sitio: number, campos: Record<string, CampoNombrado>): Promise<string | null> {
  if (!revisarCampos(campos)) return null
  try {
    const { detalles } = await enviar(
      RUTA_CONFIGURAR_CICLO,
      { id_sitio: sitio, ...valoresDe(campos) },
      { sinAviso: true },
    )
    return detalles
  } catch (fallo) {
    if (!(fallo instanceof FalloDeServidor)) throw fallo
    const { campos: faltas, tipo_aviso: tipo, detalles } = fallo.envoltura
    if (faltas) marcarCampos(campos, faltas)
    else if (fallo.estado !== 401) avisar(tipo, detalles)
    return null
  }
}

function campoDeSuper(etiqueta: string, { supers, ciclo }: RespuestaCiclo, cual: 'a' | 'b'): CampoNombrado {
  const elegido = ciclo?.[`id_super_${cual}`]
  const entrada = crear('select', { class: 'entrada' }, crear('option', { value: '' }, 'Elige un superintendente'))
  for (const { id, nombre } of supers) entrada.append(crear('option', { value: id, selected: id === elegido }, nombre))
  // One that the catalogue no longer offers is named, so that nobody wonders who it was.
  const ausente = ciclo !== null && !supers.some(({ id }) => id === elegido)
  const ayuda = ausente ? `Hoy es ${ciclo[`super_${cual}`]}, que ya no está activo en este sitio. Elige a otro.` : null
  return campoDeEntrada(etiqueta, entrada, ayuda ?? undefined)
}
