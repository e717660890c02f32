import type { HistorialDeRegistro } from '../../auditoria/index.ts'
import { permisosPorArea } from '../permisos/permisos.reglas.ts'
import { RUTA_USUARIOS, type AreaDePermisos, type PaginaDeRegistro } from '../usuarios.contrato.ts'
import type { GrupoConPermisos } from '../usuarios.tipos.ts'
import { esGrupoBase } from './grupos.reglas.ts'

/** The group as its page shows it. */
export function fichaDeGrupo(
  grupo: GrupoConPermisos,
  areas: readonly AreaDePermisos[],
  actividad: HistorialDeRegistro,
): PaginaDeRegistro {
  return {
    id: grupo.id,
    titulo: grupo.nombre,
    insignia: { id: 0, texto: grupo.activo ? 'Activo' : 'Inactivo', tono: grupo.activo ? 'verde' : 'gris' },
    ficha: [
      {
        titulo: 'Grupo',
        campos: [
          { etiqueta: 'Origen', valor: esGrupoBase(grupo.nombre) ? 'Viene con el sistema' : 'Creado aquí' },
          {
            etiqueta: 'Personas activas',
            valor: String(grupo.personas),
            ruta: `${RUTA_USUARIOS}?${new URLSearchParams({ grupo: grupo.nombre }).toString()}`,
          },
        ],
      },
    ],
    permisos: { nota: '', areas: permisosPorArea(areas, grupo.permisos) },
    actividad,
  }
}
