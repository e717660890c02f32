export {
  avanzarTarea,
  cerrarInterrumpidas,
  crearTarea,
  fallarTarea,
  tareaEnCurso,
  terminarTarea,
  verTarea,
} from './tareas.service.ts'
export type { EstadoTarea, Tarea } from './tareas.tipos.ts'
