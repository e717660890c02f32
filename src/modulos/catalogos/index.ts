export {
  buscarCliente,
  buscarEstatus,
  buscarResponsable,
  clientesActivos,
  exigirVigente,
  pasosDePlantillaOt,
  responsablesActivos,
  sitiosActivos,
  sitiosPorId,
} from './catalogos.service.ts'
export type { Cliente, Elemento, Opcion, OpcionSitio, PasoOt, Sitio } from './catalogos.tipos.ts'
