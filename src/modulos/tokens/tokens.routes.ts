import { SESION, accion, exito, pagina, vista } from '../../web/rutas.ts'
import { RUTA_TOKENS } from './tokens.contrato.ts'
import { CrearToken, RevocarToken } from './tokens.schema.ts'
import { crearToken, misTokens, revocarToken } from './tokens.service.ts'
import { paginaTokens } from './tokens.vista.ts'

/** Personal tokens of the API, in the profile of their person. */
export const rutasTokens = [
  pagina({
    ruta: RUTA_TOKENS.PAGINA,
    permiso: SESION,
    manejar: async ({ ctx }) => {
      const { tokens, posibles } = await misTokens(ctx)
      return vista(
        'tokens/lista',
        { datos: paginaTokens(tokens, posibles, ctx.ahora) },
        {
          titulo: 'Tokens de la API',
          migas: [
            { texto: 'Inicio', ruta: '/operaciones/' },
            { texto: 'Mi perfil', ruta: '/perfil/' },
            { texto: 'Tokens de la API' },
          ],
        },
      )
    },
  }),
  accion({
    ruta: RUTA_TOKENS.CREAR,
    permiso: SESION,
    cuerpo: CrearToken,
    limite: { maximo: 30, ventanaMs: 60 * 60_000, mensaje: 'Demasiados tokens en una hora. Intenta más tarde.' },
    manejar: async ({ ctx, cuerpo: { nombre, alcances, dias } }) => {
      const creado = await crearToken(ctx, { nombre: nombre ?? null, alcances, dias: dias ?? null })
      return exito('Token creado. Cópialo ahora: no se vuelve a mostrar.', creado)
    },
  }),
  accion({
    ruta: RUTA_TOKENS.REVOCAR,
    permiso: SESION,
    cuerpo: RevocarToken,
    manejar: async ({ ctx, cuerpo }) => {
      await revocarToken(ctx, cuerpo.id ?? null)
      return exito('Token revocado. Los programas que lo usaban ya no entran.')
    },
  }),
]
