/** Frame of the page: site, month, year and OT, and the tabs that show them. */
import type { Opcion } from '../../../comun/contrato.ts'
import { RUTA_SITIOS, type PaginaProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import { TECLAS_CAPTURA } from '../../componentes/captura/teclas.ts'
import { crearPestanas } from '../../componentes/pestanas.ts'
import { esperar } from '../../comun/dialogo.ts'
import { exigir, leerDatosPagina } from '../../comun/dom.ts'
import { obtener } from '../../comun/http.ts'
import { declararTeclas } from '../../comun/teclado.ts'
import { PESTANA_PRODUCCION } from './_captura.ts'
import { dibujarAcciones } from './_acciones.ts'
import { PESTANA_DIARIOS } from './_diarios.ts'
import type { PestanaDePagina } from './_pestana.ts'
import { PESTANA_GPU } from './_gpu.ts'
import {
  actualizar,
  alSeleccionar,
  elegirMes,
  elegirOt,
  elegirPestana,
  empezarSeleccion,
  otsDelMes,
  seleccion,
} from './_seleccion.ts'

const datos = leerDatosPagina<PaginaProduccion>()

/** In the order of the page. */
const PESTANAS: readonly PestanaDePagina[] = [PESTANA_DIARIOS, PESTANA_PRODUCCION, PESTANA_GPU]

const control = (nombre: string): HTMLSelectElement => exigir(`#produccion-${nombre}`, HTMLSelectElement)
const sitio = control('sitio')
const mes = control('mes')
const anio = control('anio')
const ot = control('ot')

/** What the controls say follows the selection, also when the person preferred to keep their changes. */
function mostrarSeleccion(): void {
  const actual = seleccion()
  sitio.value = actual.sitio === null ? '' : String(actual.sitio)
  mes.value = String(actual.mes)
  // A link may bring a year that the list does not offer.
  if (![...anio.options].some(({ value }) => value === String(actual.anio)))
    anio.add(new Option(String(actual.anio), String(actual.anio)))
  anio.value = String(actual.anio)
  ot.value = actual.ot === null ? '' : String(actual.ot)
}

function mostrarOts(vacio: string): void {
  const ots = otsDelMes()
  ot.replaceChildren(
    new Option(ots.length === 0 ? vacio : 'Elige una OT', ''),
    ...ots.map(({ id_ot: id, ot: folio, desc }) => {
      const opcion = new Option(folio, String(id))
      opcion.title = desc
      return opcion
    }),
  )
  ot.disabled = ots.length === 0
}

async function prepararSitios(): Promise<number[]> {
  const sitios = await obtener<Pick<Opcion, 'id' | 'descripcion'>[]>(RUTA_SITIOS)
  const primera = sitios.length === 0 ? 'No hay frentes con OTs activas' : 'Seleccione un frente'
  sitio.replaceChildren(
    new Option(primera, ''),
    ...sitios.map(({ id, descripcion }) => new Option(descripcion, String(id))),
  )
  sitio.disabled = sitios.length === 0
  return sitios.map(({ id }) => id)
}

function escucharControles(): void {
  const alCambiar = (select: HTMLSelectElement, elegir: () => Promise<boolean>): void => {
    select.addEventListener('change', () => void elegir().then(mostrarSeleccion))
  }
  alCambiar(sitio, () => elegirMes({ sitio: sitio.value === '' ? null : Number(sitio.value) }))
  alCambiar(mes, () => elegirMes({ mes: Number(mes.value) }))
  alCambiar(anio, () => elegirMes({ anio: Number(anio.value) }))
  alCambiar(ot, () => elegirOt(ot.value === '' ? null : Number(ot.value)))
  exigir('#produccion-controles', HTMLFormElement).addEventListener('submit', (evento) => {
    evento.preventDefault()
  })
  const boton = exigir('#produccion-actualizar', HTMLButtonElement)
  boton.addEventListener('click', () => {
    void esperar(boton, async () => {
      await actualizar()
    })
  })
}

function dibujarPestanas(): void {
  const visibles = PESTANAS.filter(({ visible }) => visible?.(datos.puede) ?? true)
  exigir('#produccion-pestanas', HTMLElement).replaceChildren(
    crearPestanas(
      'Reportes y producción',
      visibles.map(({ titulo, crear: dibujar }) => ({
        titulo,
        crear: (caja) => {
          dibujar(caja, datos)
        },
      })),
      {
        inicial: Math.max(
          0,
          visibles.findIndex(({ clave }) => clave === seleccion().pestana),
        ),
        alElegir: (elegida) => {
          const pestana = visibles[elegida]
          if (pestana) elegirPestana(pestana.clave)
        },
      },
    ),
  )
}

async function empezar(): Promise<void> {
  declararTeclas([
    ...TECLAS_CAPTURA,
    { tecla: 'F, P, …', hace: 'En Reportes Diarios, el principio del estatus: F de FIRMADO, PR de PROCESO' },
  ])
  dibujarAcciones(datos)
  escucharControles()
  alSeleccionar((suceso) => {
    if (suceso === 'mes') mostrarOts(seleccion().sitio === null ? 'Elige un frente' : 'Cargando OTs…')
    if (suceso === 'ots') mostrarOts(seleccion().sitio === null ? 'Elige un frente' : 'Sin OTs en este mes')
    mostrarSeleccion()
  })
  const sitios = await prepararSitios()
  const dibujado = empezarSeleccion(datos, sitios)
  dibujarPestanas()
  await dibujado
}

void empezar()
