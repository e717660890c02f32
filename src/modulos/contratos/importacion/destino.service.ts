/** The contract and the price list that a workbook is loaded into, and what the database knows of what it names. */
import { Conflicto, DatosInvalidos } from '../../../comun/errores.ts'
import { claveFolio } from '../../../comun/texto.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { listarConceptosDeContrato, listarConceptosPorId, listarConceptosPorPartidaExt } from '../conceptos.repo.ts'
import {
  buscarContratoPorNumero,
  listarAnexos,
  listarAnexosFinancieros,
  listarSeccionesDeContrato,
  listarSubAnexosDeContrato,
} from '../contratos.repo.ts'
import { listarProductos } from '../productos.repo.ts'
import type { AnexoContrato, Concepto } from '../contratos.tipos.ts'
import type { Destino, FotoDePrecios } from './plan.tipos.ts'
import type { LibroDePrecios } from './precios.tipos.ts'
import * as repo from './precios.repo.ts'
import type { FotoDeProductos } from './productos.reglas.ts'

/** Between the number of a contract and the key of its price list, when it has several. */
const SEPARADOR = ' » '
/** Key of a price list that is created. */
const CLAVE_NUEVA = 'C'

/** The contracts to choose from: one by its number, or by number and key when it has several price lists. */
export async function contratosElegibles(ctx: CtxLectura): Promise<{ valor: string; texto: string }[]> {
  const anexos = await listarAnexosFinancieros(ctx.bd, ctx.hoy)
  const cuantos = new Map<string, number>()
  for (const { contrato } of anexos) cuantos.set(contrato, (cuantos.get(contrato) ?? 0) + 1)
  return anexos.map(({ contrato, clave, descripcion }) => ({
    valor: (cuantos.get(contrato) ?? 0) > 1 ? `${contrato}${SEPARADOR}${clave}` : contrato,
    texto: `${contrato} · Anexo ${clave} (${descripcion})`,
  }))
}

/**
 * What was chosen, in the database.
 * @param elegido number of a contract, with the key of its price list when it has several; '' = the only one there is.
 * @throws DatosInvalidos when it is not known which, or it does not exist and nothing is to be created.
 */
export async function resolverDestino(ctx: CtxLectura, elegido: string, crear: boolean): Promise<Destino> {
  const [numero = '', clave = ''] = (elegido.trim() === '' ? await elUnico(ctx) : elegido).split(SEPARADOR)
  const contrato = await buscarContratoPorNumero(ctx.bd, numero)
  if (contrato === null) {
    if (!crear) {
      throw new DatosInvalidos(
        `No existe el contrato ${numero}. Regístralo, o pide que se cree lo que falte (--crear en la terminal).`,
      )
    }
    return { contrato: { id: null, numero: numero.trim() }, anexo: { id: null, clave: clave || CLAVE_NUEVA } }
  }
  if (!contrato.activo) throw new Conflicto(`El contrato ${contrato.numeroContrato} está desactivado.`)
  const anexo = elegirAnexo(contrato.numeroContrato, await listarAnexos(ctx.bd, contrato.id), clave)
  if (anexo === null && !crear) {
    throw new DatosInvalidos(
      `El contrato ${contrato.numeroContrato} no tiene un anexo financiero${clave === '' ? '' : ` ${clave}`}. Regístralo, o pide que se cree lo que falte (--crear en la terminal).`,
    )
  }
  return {
    contrato: { id: contrato.id, numero: contrato.numeroContrato },
    anexo: anexo ?? { id: null, clave: clave || CLAVE_NUEVA },
  }
}

async function elUnico(ctx: CtxLectura): Promise<string> {
  const [unico, otro] = await contratosElegibles(ctx)
  if (unico !== undefined && otro === undefined) return unico.valor
  throw new DatosInvalidos('Elige el contrato al que pertenecen los precios.', {
    campos: { contrato: 'Elige el contrato al que pertenecen los precios.' },
  })
}

function elegirAnexo(
  numero: string,
  anexos: readonly AnexoContrato[],
  clave: string,
): { id: number; clave: string } | null {
  const vivos = anexos.filter(({ tipo, activo }) => tipo === 'FINANCIERO' && activo)
  const propios = clave === '' ? vivos : vivos.filter((anexo) => claveFolio(anexo.clave) === claveFolio(clave))
  if (propios.length > 1) {
    const cuales = propios.map((anexo) => `«${numero}${SEPARADOR}${anexo.clave}»`).join(', ')
    throw new DatosInvalidos(`El contrato ${numero} tiene varias listas de precios. Di cuál: ${cuales}.`)
  }
  return propios[0] ?? null
}

/**
 * What the database knows of what a workbook of prices names.
 * @param bloquear whether the concepts stay locked until the end of the transaction.
 */
export async function retratarPrecios(
  ctx: CtxLectura,
  libro: LibroDePrecios,
  destino: Destino,
  bloquear: boolean,
): Promise<FotoDePrecios> {
  const { bd } = ctx
  const { id: idContrato } = destino.contrato
  const extraordinarias = [...new Set(libro.filas.flatMap(({ valores }) => valores.partida_ext ?? []))]
  const todos = idContrato === null ? [] : await listarSubAnexosDeContrato(bd, idContrato)
  const subAnexos = todos.filter(({ idAnexoMaestro }) => idAnexoMaestro === destino.anexo.id)
  const propios = new Set(subAnexos.map(({ id }) => id))
  const deAnexo = (
    idContrato === null || propios.size === 0 ? [] : await listarConceptosDeContrato(bd, idContrato, bloquear)
  ).filter(({ idSubAnexo }) => idSubAnexo !== null && propios.has(idSubAnexo))
  const porClave = extraordinarias.length === 0 ? [] : await listarConceptosPorPartidaExt(bd, extraordinarias, bloquear)
  const conceptos = sinRepetir([...deAnexo, ...porClave])
  const apagados = await repo.listarDesactivados(bd, [...propios], extraordinarias)
  return {
    destino,
    unidades: await repo.listarUnidades(bd),
    subAnexos,
    secciones: (idContrato === null ? [] : await listarSeccionesDeContrato(bd, idContrato)).filter(({ idSubAnexo }) =>
      propios.has(idSubAnexo),
    ),
    conceptos,
    desactivados: await listarConceptosPorId(bd, apagados),
    huellas: new Map(
      (
        await repo.listarHuellas(
          bd,
          conceptos.map(({ id }) => id),
        )
      ).map(({ id, huella }) => [id, huella]),
    ),
  }
}

const sinRepetir = (conceptos: readonly Concepto[]): Concepto[] => [
  ...new Map(conceptos.map((concepto) => [concepto.id, concepto])).values(),
]

/** What the database knows that a workbook of products needs. */
export async function retratarProductos({ bd }: CtxLectura): Promise<FotoDeProductos> {
  const sitios = await repo.listarSitios(bd)
  const unidades = await repo.listarUnidades(bd)
  return {
    sitios: new Map(sitios.map(({ id, nombre }) => [id, nombre])),
    unidades: new Map(unidades.map(({ id, clave }) => [id, clave])),
    productos: await listarProductos(bd),
  }
}
