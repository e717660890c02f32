/** Initial orders by folio, for the lists that ask the server as the person types. */
import type { OtInicial } from '../../modulos/ot/ot.contrato.ts'
import { obtener } from '../comun/http.ts'
import type { OpcionSeleccion } from '../comun/seleccion.ts'

/** @param excepto an OT that cannot be its own principal */
export async function buscarOtIniciales(texto: string, excepto?: number): Promise<OpcionSeleccion[]> {
  const ots = await obtener<OtInicial[]>('/operaciones/ot/obtener_ot_iniciales/', { q: texto, ot_id: excepto })
  return ots.map((ot) => ({
    valor: String(ot.id),
    texto: ot.orden_trabajo,
    detalle: `${ot.oficio_ot} · ${ot.descripcion_trabajo}`,
  }))
}
