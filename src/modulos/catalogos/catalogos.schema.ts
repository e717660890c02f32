import { z } from 'zod'
import { id } from '../../comun/entrada.ts'

/** `ot/obtener_sitios_frente/`: without front the answer is empty, a front that is no number is a fault. */
export const SitiosDeFrente = z.object({ frente_id: id('El frente').optional() })
