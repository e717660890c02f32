/** List of estimations (estimaciones.md §7). */
import { cifraCorta, dinero, textoDineroBreve } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import {
  RUTA_ESTIMACION,
  rutaEstimacion,
  rutaNueva,
  TONO_ESTATUS,
  VISTAS_DE_ESTIMACIONES,
  type FilaEstimacion,
  type PaginaEstimaciones,
  type RespuestaEstimaciones,
} from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { botonIcono, buscar, crear, exigir, icono, leerDatosPagina } from '../../comun/dom.ts'
import { enviarJson } from '../../comun/http.ts'

const { puede, cancelables } = leerDatosPagina<PaginaEstimaciones>()

const importe = (valor: string): string => textoDineroBreve(dinero(valor))
const dia = (iso: string): string => aDdMmAaaa(leerFechaIso(iso)) ?? iso

const dineroDe = (nombre: keyof FilaEstimacion, titulo: string): Columna<FilaEstimacion> => ({
  nombre,
  titulo,
  ordenable: true,
  clase: 'numero',
  celda: (fila) => importe(String(fila[nombre])),
  texto: (fila) => String(fila[nombre]),
})

const COLUMNAS: Columna<FilaEstimacion>[] = [
  { nombre: 'id', titulo: 'ID', ordenable: true, visible: false, clase: 'numero' },
  {
    nombre: 'numero',
    titulo: 'No.',
    ordenable: true,
    celda: (fila) => crear('a', { href: rutaEstimacion(fila.id), class: 'folio' }, `EST-${String(fila.numero)}`),
    texto: (fila) => `EST-${String(fila.numero)}`,
  },
  { nombre: 'ot', titulo: 'OT', ordenable: true, clase: 'est-lista-ot' },
  { nombre: 'cliente', titulo: 'Cliente', ordenable: true, visible: false },
  {
    nombre: 'fecha_desde',
    titulo: 'Periodo',
    ordenable: true,
    clase: 'est-lista-periodo',
    celda: (fila) => `${dia(fila.fecha_desde)}\u00a0a ${dia(fila.fecha_hasta)}`,
    texto: (fila) => `${fila.fecha_desde} a ${fila.fecha_hasta}`,
  },
  {
    nombre: 'fecha_estimacion',
    titulo: 'Fecha',
    ordenable: true,
    clase: 'cifras',
    celda: (fila) => dia(fila.fecha_estimacion),
    texto: (fila) => fila.fecha_estimacion,
  },
  {
    nombre: 'estatus',
    titulo: 'Estatus',
    ordenable: true,
    clase: 'est-lista-estatus',
    celda: (fila) => crearInsignia(fila.estatus, TONO_ESTATUS[fila.clave_estatus]),
    texto: (fila) => fila.estatus,
  },
  {
    nombre: 'total_volumen_estimado',
    titulo: 'Vol. estimado',
    ordenable: true,
    clase: 'numero',
    celda: (fila) => cifraCorta(fila.total_volumen_estimado),
    texto: (fila) => fila.total_volumen_estimado,
  },
  dineroDe('total_importe_mn', 'Importe M.N.'),
  dineroDe('total_importe_usd', 'Importe USD'),
  dineroDe('total_homologado', 'Homologado'),
  { nombre: 'tipo_cambio', titulo: 'Tipo de cambio', ordenable: true, visible: false, clase: 'numero' },
  { nombre: 'tipo_cambio_fuente', titulo: 'Origen del tipo de cambio', visible: false, clase: 'texto-medio' },
  { ...dineroDe('neto_homologado', 'Neto homologado'), visible: false },
  { nombre: 'acciones', titulo: 'Opciones', fija: true, clase: 'columna-acciones', celda: opcionesDe },
]

/** What may be done with a row: see it, its documents, cancel it. */
function opcionesDe(fila: FilaEstimacion): HTMLElement {
  const nombre = `EST-${String(fila.numero)} de ${fila.ot}`
  const enlace = (dibujo: SVGSVGElement, texto: string, ruta: string, descarga: boolean): HTMLElement =>
    crear(
      'a',
      {
        class: 'boton boton-icono',
        href: ruta,
        title: texto,
        'aria-label': `${texto} ${nombre}`,
        ...(descarga ? { download: '' } : {}),
      },
      dibujo,
    )
  const consulta = `?id=${String(fila.id)}`
  return crear(
    'div',
    { class: 'acciones-fila' },
    enlace(icono('eye'), 'Ver', rutaEstimacion(fila.id), false),
    ...(puede.exportar
      ? [
          enlace(icono('file-earmark-spreadsheet'), 'Descargar Excel', `${RUTA_ESTIMACION.EXCEL}${consulta}`, true),
          enlace(icono('file-earmark-pdf'), 'Descargar PDF', `${RUTA_ESTIMACION.PDF}${consulta}`, true),
        ]
      : []),
    ...(puede.cancelar && cancelables.includes(fila.clave_estatus) ? [botonCancelar(fila, nombre)] : []),
  )
}

function botonCancelar(fila: FilaEstimacion, nombre: string): HTMLElement {
  const boton = botonIcono(icono('x-circle'), 'Cancelar', { 'aria-label': `Cancelar ${nombre}` })
  boton.addEventListener('click', () => void cancelar(fila, nombre))
  return boton
}

async function cancelar(fila: FilaEstimacion, nombre: string): Promise<void> {
  const motivo = crear('textarea', { class: 'entrada', rows: '3' })
  const { caja, error } = campoDeDialogo('Motivo', motivo)
  const hecho = await preguntar<true>({
    titulo: `Cancelar ${nombre}`,
    cuerpo: [
      crear(
        'p',
        {},
        'Libera toda su producción para otras estimaciones. Su número no se vuelve a usar y no hay vuelta atrás.',
      ),
      caja,
    ],
    aceptar: 'Cancelar estimación',
    cancelar: 'Volver',
    destructivo: true,
    foco: motivo,
    alAceptar: async () => {
      if (motivo.value.trim() === '') {
        error.textContent = 'Escribe el motivo.'
        motivo.setAttribute('aria-invalid', 'true')
        motivo.focus()
        return null
      }
      await enviarJson(RUTA_ESTIMACION.ESTATUS, {
        id: fila.id,
        version: fila.version,
        estatus: 'CANCELADA',
        motivo: motivo.value,
      })
      return true
    },
  })
  if (hecho) lista.tabla.recargar()
}

const lista = montarLista<FilaEstimacion, RespuestaEstimaciones>({
  caja: exigir('#tabla-estimaciones', HTMLElement),
  titulo: 'Estimaciones',
  ruta: RUTA_ESTIMACION.TABLA,
  columnas: COLUMNAS,
  sustantivo: ['estimación', 'estimaciones'],
  orden: { columna: 'id', descendente: true },
  filtros: {
    nombres: ['filtro', 'id_cliente', 'id_estatus_cobro', 'desde', 'hasta', 'id_ot'],
    rotuloBusqueda: 'OT, número o factura',
    ficha: (nombre, valor) => (nombre === 'id_ot' ? `OT con ID ${valor}` : `${nombre}: ${valor}`),
  },
  parametros: ({ filtro, ...resto }) => ({ ...resto, buscar: filtro }),
  vistas: VISTAS_DE_ESTIMACIONES,
  rutaExportar: puede.exportar ? RUTA_ESTIMACION.EXPORTAR_LISTA : null,
  sumas: ({ totales }) =>
    `Suma sin canceladas: ${importe(totales.total_importe_mn)} M.N. · ${importe(totales.total_importe_usd)} USD · ${importe(totales.total_homologado)} homologado, cada una con su tipo de cambio · ${cifraCorta(totales.total_volumen_estimado)} de volumen`,
  alAbrir: (fila) => {
    location.assign(rutaEstimacion(fila.id))
  },
  teclaAbrir: 'Abrir la estimación de la fila',
  vacio: {
    conFiltros: 'Ninguna estimación cumple con estos filtros.',
    sinNada:
      'Todavía no hay estimaciones. Con «Nueva estimación» eliges la OT y el periodo, y ves qué producción se puede cobrar.',
  },
})

buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => {
  const idOt = lista.filtros.aplicados['id_ot']
  location.assign(idOt === undefined ? RUTA_ESTIMACION.NUEVA : rutaNueva(Number(idOt)))
})
