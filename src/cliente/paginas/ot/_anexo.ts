/** Concepts of the active Anexo C of an OT, to read (ot.md §6.16, §7.3). */
import { conMiles, dinero, textoDinero, textoPlano } from '../../../comun/dinero.ts'
import type { FilaAnexo, RespuestaTablaAnexo } from '../../../modulos/ot/ot.contrato.ts'
import { filaVacia, Tabla } from '../../componentes/tabla.ts'
import { crear } from '../../comun/dom.ts'

type FilaConId = FilaAnexo & { id?: number }
type Respuesta = Omit<RespuestaTablaAnexo, 'data'> & { data: FilaConId[] }

const cifra = (valor: string, decimales: number): string => conMiles(textoPlano(dinero(valor), decimales))

/** Fills the box with the three totals and the table. */
export function crearAnexo(caja: HTMLElement, idOt: number): void {
  const total = (nombre: string, clase: string): HTMLElement => crear('span', { class: `insignia ${clase}` }, nombre)
  const mn = total('MN:', 'tono-verde')
  const usd = total('USD:', 'tono-anexo-usd')
  const homologado = total('Total:', 'tono-naranja')
  const lugar = crear('div')
  caja.append(crear('div', { class: 'totales-anexo', role: 'status' }, mn, usd, homologado), lugar)
  const numero = (nombre: keyof FilaAnexo, titulo: string, decimales: number) => ({
    nombre,
    titulo,
    clase: 'numero',
    ordenable: true,
    celda: (fila: FilaConId) => cifra(fila[nombre], decimales),
  })
  new Tabla<FilaConId, Respuesta>({
    caja: lugar,
    titulo: 'Anexo C',
    ruta: '/operaciones/ot/datatable-importaciones/',
    parametros: () => ({ ot_id: String(idOt) }),
    porPagina: 25,
    sustantivo: ['partida', 'partidas'],
    columnas: [
      { nombre: 'codigo_concepto', titulo: 'Partida', ordenable: true },
      { nombre: 'descripcion', titulo: 'Descripción', ordenable: true },
      { nombre: 'unidad', titulo: 'Unidad', ordenable: true },
      numero('cantidad', 'Cantidad', 4),
      numero('precio_unitario_mn', 'MXN', 2),
      numero('precio_unitario_usd', 'USD', 2),
      numero('importe', 'Importe homologado', 2),
    ],
    alDibujar: ({ totales }) => {
      mn.textContent = `MN: ${textoDinero(dinero(totales.mn))}`
      // Its own sign: the reference showed dollars as pesos (D-OT-33).
      usd.textContent = `USD: US${textoDinero(dinero(totales.usd))}`
      homologado.textContent = `Total: ${textoDinero(dinero(totales.homologado))}`
    },
    vacio: () => filaVacia('No se han importado partidas para esta OT'),
  })
}
