import { oficio, type Oficio } from '../../plataforma/cola.ts'
import type { TransporteDeCorreo } from '../../plataforma/correo.ts'
import { enviarCorreo } from './correo.service.ts'
import { ENVIAR_CORREO } from './correo.tipos.ts'

/** The mail goes out through the transport of the process. */
export function oficiosDeCorreo(transporte: TransporteDeCorreo): readonly Oficio[] {
  return [oficio(ENVIAR_CORREO, (ctx, { id }) => enviarCorreo(ctx, transporte, id))]
}
