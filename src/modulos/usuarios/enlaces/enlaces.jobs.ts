import { oficio } from '../../../plataforma/cola.ts'
import { recuperarClave } from './enlaces.service.ts'
import { RECUPERAR_CLAVE } from './enlaces.tipos.ts'

export const OFICIOS_DE_ENLACES = [
  oficio(RECUPERAR_CLAVE, (ctx, { correo, ...envio }) => recuperarClave(ctx, correo, envio)),
]
