/** Page of one GPU: where it comes from, its status and its evidence. */
import type { PaginaGpu } from '../../../modulos/produccion/gpu/gpu.contrato.ts'
import { activarActividad } from '../../componentes/actividad.ts'
import { buscar, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { PanelEvidencias } from './_evidencias.ts'
import { actualizarGpu } from './_gpu-dialogo.ts'

const gpu = leerDatosPagina<PaginaGpu>()
const panel = new PanelEvidencias({ puede: gpu.puede_evidencia })
exigir('#gpu-evidencias', HTMLElement).replaceChildren(panel.caja)
void panel.mostrar(gpu.registro.id_produccion, gpu.evidencias)
activarActividad()

buscar('#boton-actualizar', HTMLButtonElement)?.addEventListener('click', () => {
  void actualizarGpu({
    codigo: gpu.codigo,
    descripcion: gpu.concepto,
    fecha: gpu.dia,
    registros: [gpu.registro],
    mesCerrado: gpu.mes_cerrado,
    puede: gpu.puede,
  }).then((cambio) => {
    if (cambio) location.reload()
  })
})
