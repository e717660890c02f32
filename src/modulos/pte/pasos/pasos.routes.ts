import { ActualizarFecha, CambiarEstatusPaso, GuardarArchivo } from '../../../comun/pasos.entrada.ts'
import { accion, datos, exito, json } from '../../../web/rutas.ts'
import { pasosDePlantilla, progresoDePte } from '../pte.consultas.service.ts'
import { PERMISO_PTE } from '../pte.permisos.ts'
import { PasosDePlantilla, PasosDePte, PorCabecera, PorPte } from './pasos.schema.ts'
import {
  actualizarFechaPaso,
  cambiarEstatusPaso,
  guardarArchivoPaso,
  pasosDePte,
  progresoDelPadre,
  subpasosDePte,
} from './pasos.service.ts'

const { VER, PASOS } = PERMISO_PTE

/** Steps of a PTE (pte.md §7.4 to §7.6, §7.13 to §7.17). */
export const rutasPasos = [
  datos({
    ruta: '/operaciones/pte/detalle/datatable/',
    permiso: VER,
    consulta: PasosDePte,
    manejar: async ({ ctx, consulta }) => json(await pasosDePte(ctx, consulta)),
  }),
  datos({
    ruta: '/operaciones/pte/datatable-subpasos/',
    permiso: VER,
    consulta: PasosDePte,
    manejar: async ({ ctx, consulta }) => json(await subpasosDePte(ctx, consulta)),
  }),
  datos({
    ruta: '/operaciones/pte/obtener_pasos/',
    permiso: VER,
    consulta: PasosDePlantilla,
    manejar: async ({ ctx, consulta }) => json(await pasosDePlantilla(ctx, consulta.tipo_cliente ?? null)),
  }),
  datos({
    ruta: '/operaciones/pte/obtener-progreso-general-pte/',
    permiso: VER,
    consulta: PorPte,
    manejar: async ({ ctx, consulta }) => json({ exito: true, ...(await progresoDePte(ctx, consulta.pte_id)) }),
  }),
  datos({
    ruta: '/operaciones/pte/obtener-progreso-paso4/',
    permiso: VER,
    consulta: PorCabecera,
    manejar: async ({ ctx, consulta }) =>
      json({ exito: true, ...(await progresoDelPadre(ctx, consulta.pte_header_id)) }),
  }),
  accion({
    ruta: '/operaciones/pte/cambiar_estatus_paso/',
    permiso: PASOS,
    cuerpo: CambiarEstatusPaso,
    manejar: async ({ ctx, cuerpo }) =>
      exito('Estatus del paso actualizado correctamente', { ...(await cambiarEstatusPaso(ctx, cuerpo)) }),
  }),
  accion({
    ruta: '/operaciones/pte/actualizar-fecha/',
    permiso: PASOS,
    cuerpo: ActualizarFecha,
    manejar: async ({ ctx, cuerpo }) =>
      exito('Fecha actualizada correctamente', { fecha_actualizada: await actualizarFechaPaso(ctx, cuerpo) }),
  }),
  accion({
    ruta: '/operaciones/pte/guardar_archivo_pte/',
    permiso: PASOS,
    cuerpo: GuardarArchivo,
    manejar: async ({ ctx, cuerpo }) =>
      exito('URL asignada correctamente', { archivo: (await guardarArchivoPaso(ctx, cuerpo)) ?? '' }),
  }),
]
