/** A row of GET `/operaciones/vistas/?tabla=`: `enlace` opens it and may be shared. */
export interface VistaGuardadaJson {
  id: number
  nombre: string
  estado: string
  enlace: string
}
