import { instanteLocal } from '../../comun/fechas.ts'
import { estadoDeToken, type EstadoDeToken } from './tokens.reglas.ts'
import type { FilaDeToken } from './tokens.contrato.ts'
import { ALCANCES, DIAS_DE_VIDA, type Alcance, type TokenGuardado } from './tokens.tipos.ts'

const ESTADO: Readonly<Record<EstadoDeToken, Pick<FilaDeToken, 'estado' | 'tono'>>> = {
  vigente: { estado: 'Vigente', tono: 'verde' },
  caducado: { estado: 'Caducado', tono: 'naranja' },
  revocado: { estado: 'Revocado', tono: 'gris' },
}

const TEXTO_DE_ALCANCE = new Map(ALCANCES.map(({ codigo, texto }) => [codigo, texto]))

/** `v.datos` of views/tokens/lista.ejs. */
export interface PaginaTokens {
  readonly tokens: readonly FilaDeToken[]
  readonly posibles: readonly Alcance[]
  readonly vigencias: readonly { readonly valor: number; readonly texto: string }[]
}

export function paginaTokens(
  tokens: readonly TokenGuardado[],
  posibles: readonly Alcance[],
  ahora: Date,
): PaginaTokens {
  return {
    tokens: tokens.map((token) => filaDeToken(token, ahora)),
    posibles,
    vigencias: DIAS_DE_VIDA.map((dias) => ({ valor: dias, texto: `${String(dias)} días` })),
  }
}

function filaDeToken(token: TokenGuardado, ahora: Date): FilaDeToken {
  const estado = estadoDeToken(token, ahora)
  return {
    id: token.id,
    nombre: token.nombre,
    prefijo: `${token.prefijo}…`,
    alcances: token.alcances.map((codigo) => TEXTO_DE_ALCANCE.get(codigo) ?? codigo).join(', '),
    creado: instanteLocal(token.creadoEn),
    caduca: instanteLocal(token.caducaEn),
    ultimo_uso: token.ultimoUso ? instanteLocal(token.ultimoUso) : '—',
    ...ESTADO[estado],
    vigente: estado === 'vigente',
  }
}
