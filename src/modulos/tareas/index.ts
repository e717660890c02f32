export {
  avanzarTarea,
  cerrarInterrumpidas,
  crearTarea,
  dejarArchivoEnTarea,
  ejecutarTarea,
  esperarTarea,
  soltarArchivoDeTarea,
  tareaEnCurso,
  tareasConArchivo,
  tareasOlvidadas,
  terminarTarea,
  ultimaTarea,
  verTarea,
} from './tareas.service.ts'
export { responderTarea } from './respuesta.routes.ts'
export type { FalloDeTarea } from './tareas.service.ts'
export type { EstadoTarea, Tarea } from './tareas.tipos.ts'
