/** History of the versions of the Anexo C of an OT: download, comparison and undo. */
import {
  CODIGO_ANEXO,
  RUTA_ANEXO,
  type ConceptoSinDestino,
  type FilaVersion,
  type RespuestaHistorial,
} from '../../../modulos/anexo/anexo.contrato.ts'
import { crearDetalle, pestanaSinDestino } from '../../componentes/cambios-anexo.ts'
import { crear, icono, oRaya } from '../../comun/dom.ts'
import { avisar } from '../../comun/avisos.ts'
import { confirmar, preguntar } from '../../comun/dialogo.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'

const TONO: Readonly<Record<FilaVersion['estado'], string>> = {
  VIGENTE: 'verde',
  ANTERIOR: 'gris',
  DESHECHA: 'naranja',
}

/** Shows the versions of an OT. @param alDeshacer the active version is another. */
export async function abrirHistorial(
  { idOt, folio, historial }: { idOt: number; folio: string; historial: RespuestaHistorial },
  alDeshacer: () => void,
): Promise<void> {
  const { versiones, puede } = historial
  const comparar = (antes: number, despues: number): string =>
    `${RUTA_ANEXO.COMPARAR}?ot_id=${String(idOt)}&antes=${String(antes)}&despues=${String(despues)}`
  const renglon = (version: FilaVersion, i: number): HTMLElement => {
    const anterior = versiones[i + 1]
    return crear(
      'tr',
      {},
      crear('th', { scope: 'row' }, `Versión ${String(version.numero)}`),
      crear(
        'td',
        { 'data-titulo': 'Estado' },
        crear('span', { class: `insignia tono-${TONO[version.estado]}` }, version.estado),
      ),
      crear('td', { class: 'cifras', 'data-titulo': 'Fecha' }, version.fecha),
      crear('td', { 'data-titulo': 'Quién' }, version.usuario),
      crear('td', { 'data-titulo': 'Modo' }, version.modo),
      crear('td', { class: 'numero', 'data-titulo': 'Partidas' }, String(version.total)),
      crear(
        'td',
        { class: 'texto-largo', 'data-titulo': 'Libro' },
        version.ruta === ''
          ? oRaya(version.archivo)
          : crear('a', { href: version.ruta }, icono('download'), ' ', version.archivo),
        version.detalle === '' ? null : crear('div', { class: 'tenue' }, version.detalle),
      ),
      crear(
        'td',
        { 'data-titulo': 'Comparar' },
        anterior === undefined
          ? '—'
          : crear('a', { href: comparar(anterior.id, version.id) }, `Con la ${String(anterior.numero)}`),
      ),
    )
  }
  const titulos = ['Versión', 'Estado', 'Fecha', 'Quién', 'Modo', 'Partidas', 'Libro', 'Comparar']
  const activa = versiones.find((version) => version.activa)
  const deshace = puede.deshacer && activa !== undefined
  const aceptado = await preguntar<true>({
    titulo: `Versiones del Anexo C · ${folio}`,
    ancho: true,
    cuerpo: [
      crear(
        'div',
        { class: 'desplazable', tabindex: 0, role: 'region', 'aria-label': 'Versiones' },
        crear(
          'table',
          { class: 'tabla-simple tabla-apilable' },
          crear('caption', { class: 'solo-lector' }, 'Versiones'),
          crear('thead', {}, crear('tr', {}, ...titulos.map((titulo) => crear('th', { scope: 'col' }, titulo)))),
          crear('tbody', {}, ...versiones.map(renglon)),
        ),
      ),
      versiones.length > 2
        ? crear('a', { href: `${RUTA_ANEXO.COMPARAR}?ot_id=${String(idOt)}` }, 'Comparar dos versiones cualesquiera')
        : '',
    ],
    cancelar: 'Cerrar',
    aceptar: deshace ? `Deshacer la versión ${String(activa.numero)}` : 'Aceptar',
    destructivo: deshace,
    alAceptar: () => true,
  })
  if (aceptado === true && deshace && (await deshacer(activa, versiones))) alDeshacer()
}

async function deshacer(activa: FilaVersion, versiones: readonly FilaVersion[]): Promise<boolean> {
  const anterior = versiones.find(({ numero, estado }) => numero < activa.numero && estado === 'ANTERIOR')
  const queda =
    anterior === undefined
      ? 'La OT se queda sin Anexo C.'
      : `Vuelve a estar vigente la versión ${String(anterior.numero)}, con sus ${String(anterior.total)} partidas.`
  const seguro = await confirmar({
    titulo: `Deshacer la versión ${String(activa.numero)}`,
    cuerpo: [crear('p', {}, queda), crear('p', {}, 'La producción se conserva y se acomoda a esa versión.')],
    aceptar: 'Deshacer',
    destructivo: true,
  })
  return seguro && mandar(activa.id, false)
}

async function mandar(idVersion: number, confirmado: boolean): Promise<boolean> {
  try {
    const { detalles } = await enviar(
      RUTA_ANEXO.DESHACER,
      { importacion_id: idVersion, confirmar_sin_destino: confirmado ? 1 : 0 },
      { sinAviso: true },
    )
    avisar('exito', detalles)
    return true
  } catch (fallo) {
    if (!(fallo instanceof FalloDeServidor)) throw fallo
    const { codigo, detalles } = fallo.envoltura
    if (codigo !== CODIGO_ANEXO.SIN_DESTINO) {
      avisar('advertencia', detalles)
      return false
    }
    const { produccion_sin_destino: conceptos } = fallo.envoltura as unknown as {
      produccion_sin_destino: ConceptoSinDestino[]
    }
    const seguro = await confirmar({
      titulo: 'Producción sin partida',
      cuerpo: [crear('p', {}, detalles), crearDetalle('Producción sin partida', pestanaSinDestino(conceptos), '')],
      aceptar: 'Deshacer de todos modos',
      destructivo: true,
    })
    return seguro && mandar(idVersion, true)
  }
}
