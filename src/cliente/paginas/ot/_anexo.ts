/** Anexo C of an OT: totals, partidas of the version in force, its load and its history (ot.md §6.16, anexo-c.md §8). */
import { cifraCorta, conMiles, dinero, textoDinero, textoPlano } from '../../../comun/dinero.ts'
import { RUTA_ANEXO, type RespuestaHistorial } from '../../../modulos/anexo/anexo.contrato.ts'
import type { FilaAnexo, RespuestaTablaAnexo } from '../../../modulos/ot/ot.contrato.ts'
import { filaVacia, Tabla } from '../../componentes/tabla.ts'
import { esperar } from '../../comun/dialogo.ts'
import { crear, icono, idUnico } from '../../comun/dom.ts'
import { obtener } from '../../comun/http.ts'
import { abrirHistorial } from './_anexo-historial.ts'
import { abrirCarga } from './_anexo-importar.ts'

type FilaConId = FilaAnexo & { id?: number }
type Respuesta = Omit<RespuestaTablaAnexo, 'data'> & { data: FilaConId[] }

/** The OT whose annex it is. */
export interface OtDeAnexo {
  id: number
  orden_trabajo: string
  esInicial: boolean
}

const BUSCAR_TRAS_MS = 300

const cifra = (valor: string, decimales: number): string => conMiles(textoPlano(dinero(valor), decimales))

/** Fills the box with the totals, the actions of this person and the table. */
export function crearAnexo(caja: HTMLElement, ot: OtDeAnexo): void {
  const total = (nombre: string, clase: string): HTMLElement =>
    crear('span', { class: `insignia ${clase}` }, `${nombre} $0.00`)
  const mn = total('MN:', 'tono-verde')
  const usd = total('USD:', 'tono-anexo-usd')
  const homologado = total('Total:', 'tono-naranja')
  const acciones = crear('div', { class: 'anexo-acciones' })
  const buscador = crear('input', {
    type: 'search',
    class: 'entrada',
    id: idUnico('buscar-anexo'),
    placeholder: 'Buscar partida o descripción',
    autocomplete: 'off',
    // A link may bring the partida that it wants seen.
    value: new URLSearchParams(location.search).get('anexo') ?? '',
  })
  const lugar = crear('div')
  let pedida = buscador.value !== ''
  caja.append(
    crear(
      'div',
      { class: 'anexo-barra' },
      crear('label', { for: buscador.id, class: 'solo-lector' }, `Buscar en el Anexo C de ${ot.orden_trabajo}`),
      buscador,
      acciones,
      crear('div', { class: 'totales-anexo', role: 'status' }, mn, usd, homologado),
    ),
    lugar,
  )
  const numero = (nombre: keyof FilaAnexo, titulo: string, mostrar: (valor: string) => string) => ({
    nombre,
    titulo,
    clase: 'numero',
    ordenable: true,
    celda: (fila: FilaConId) => mostrar(fila[nombre]),
  })
  const importe = (valor: string): string => `$ ${cifra(valor, 2)}`
  const tabla = new Tabla<FilaConId, Respuesta>({
    caja: lugar,
    titulo: 'Anexo C',
    ruta: '/operaciones/ot/datatable-importaciones/',
    parametros: () => ({ ot_id: String(ot.id), 'search[value]': buscador.value }),
    porPagina: 25,
    sustantivo: ['partida', 'partidas'],
    columnas: [
      { nombre: 'codigo_concepto', titulo: 'Partida', ordenable: true },
      { nombre: 'descripcion', titulo: 'Descripción', ordenable: true },
      { nombre: 'unidad', titulo: 'Unidad', ordenable: true },
      numero('cantidad', 'Cantidad', cifraCorta),
      numero('precio_unitario_mn', 'MXN', importe),
      numero('precio_unitario_usd', 'USD', importe),
      numero('importe', 'Importe homologado', importe),
    ],
    alDibujar: ({ totales }) => {
      mn.textContent = `MN: ${textoDinero(dinero(totales.mn))}`
      // Its own sign: the reference showed dollars as pesos (D-OT-33).
      if (pedida) {
        pedida = false
        caja.scrollIntoView({ block: 'center' })
        buscador.focus({ preventScroll: true })
      }
      usd.textContent = `USD: US${textoDinero(dinero(totales.usd))}`
      homologado.textContent = `Total: ${textoDinero(dinero(totales.homologado))} (TC ${totales.tipo_cambio})`
    },
    vacio: () =>
      filaVacia(
        buscador.value === '' ? 'No se han importado partidas para esta OT' : 'Ninguna partida tiene ese texto',
      ),
  })
  let espera = 0
  buscador.addEventListener('input', () => {
    window.clearTimeout(espera)
    espera = window.setTimeout(() => {
      tabla.recargar(true)
    }, BUSCAR_TRAS_MS)
  })
  void ponerAcciones(acciones, ot, () => {
    tabla.recargar(true)
  })
}

/** What this person may do today: load, and see the versions when there are. */
async function ponerAcciones(acciones: HTMLElement, ot: OtDeAnexo, recargar: () => void): Promise<void> {
  const historial = await obtener<RespuestaHistorial>(RUTA_ANEXO.HISTORIAL, { ot_id: ot.id })
  const { versiones, puede } = historial
  const alCambiar = (): void => {
    recargar()
    void ponerAcciones(acciones, ot, recargar).then(() => {
      // Its buttons are others: the one that had the focus is gone.
      if (document.activeElement === document.body) acciones.querySelector('button')?.focus()
    })
  }
  const boton = (texto: string, dibujo: string, hacer: (elemento: HTMLElement) => Promise<void>): HTMLButtonElement => {
    const elemento = crear('button', { type: 'button', class: 'boton' }, icono(dibujo), texto)
    elemento.addEventListener('click', () => void esperar(elemento, () => hacer(elemento)))
    return elemento
  }
  const vigentes = versiones.find(({ activa }) => activa)?.total ?? 0
  const importar = boton(
    `Importar Anexo C ${ot.esInicial ? 'inicial' : 'modificado'}`,
    'file-earmark-arrow-up',
    (desde) => abrirCarga({ idOt: ot.id, folio: ot.orden_trabajo, puede, vigentes, desde, alAplicar: alCambiar }),
  )
  const versionesBoton = boton(`Versiones (${String(versiones.length)})`, 'clock-history', () =>
    abrirHistorial({ idOt: ot.id, folio: ot.orden_trabajo, historial }, alCambiar),
  )
  acciones.replaceChildren(
    ...(puede.reemplazar || puede.actualizar ? [importar] : []),
    ...(versiones.length > 0 ? [versionesBoton] : []),
  )
}
