/**
 * Which concept of the family each partida of a version is (produccion.md §5.4.3). Pure. A concept is the same through
 * every version; when a partida that continues another comes with another annex, the concept changes its annex.
 */
import { claveSinAnexo, huellaDeClave, SIN_ANEXO, type ClaveDeConcepto } from '../clave.reglas.ts'
import type { CambiosDeConceptos, ConceptoDeFamilia } from './versiones.tipos.ts'

/** A partida whose concept is asked for: its own K, and the concept of the partida it continues. */
export interface PorResolver {
  readonly clave: ClaveDeConcepto
  readonly previo: number | null
}

/** The fingerprint of the concept of each partida, in order, and what changes in the family. */
export interface Resolucion extends CambiosDeConceptos {
  readonly huellas: readonly string[]
  /** Places of the partidas without annex that may be of several concepts: each stays a concept of its own. */
  readonly ambiguas: readonly number[]
}

/** Resolves the partidas of a version, all of them at once. */
export function resolverConceptos(partidas: readonly PorResolver[], familia: readonly ConceptoDeFamilia[]): Resolucion {
  const { claves, ambiguas } = resolverSinAnexo(partidas, familia)
  const huellas = claves.map(huellaDeClave)
  const conocidos = new Map(familia.map((concepto) => [concepto.huella, concepto]))
  const porId = new Map(familia.map((concepto) => [concepto.id, concepto]))
  const pedidas = new Set(huellas)
  const donantes = donantesSinAnexo(claves, familia)
  const nuevos = new Map<string, ClaveDeConcepto & { huella: string }>()
  const renombres = new Map<number, ClaveDeConcepto & { id: number; huella: string }>()
  const traslados = new Map<number, string>()
  /** Fingerprints that some concept gets with this version. */
  const estrenadas = new Set<string>()
  /** A concept that nobody asks for by its own K may become another, or give it its production. */
  const libre = (concepto: ConceptoDeFamilia | undefined): concepto is ConceptoDeFamilia =>
    concepto !== undefined && !pedidas.has(concepto.huella) && !renombres.has(concepto.id)

  for (const [i, clave] of claves.entries()) {
    const huella = huellas[i] ?? ''
    const previo = porId.get(partidas[i]?.previo ?? 0)
    const donante = donantes.get(huella)
    const propio = previo?.vivoEnOtros === false && libre(previo) ? previo : null
    if (conocidos.has(huella)) {
      for (const de of [propio, donante]) {
        if (libre(de ?? undefined) && de?.vivoEnOtros === false && !traslados.has(de.id)) traslados.set(de.id, huella)
      }
      continue
    }
    const base = propio ?? (libre(donante) ? donante : null)
    if (estrenadas.has(huella)) continue
    estrenadas.add(huella)
    if (base === null || traslados.has(base.id)) nuevos.set(huella, { ...clave, huella })
    else renombres.set(base.id, { ...clave, huella, id: base.id })
  }
  return {
    huellas,
    ambiguas,
    nuevos: [...nuevos.values()],
    renombres: [...renombres.values()],
    traslados: [...traslados].map(([de, a]) => ({ de, a })),
  }
}

const agrupar = (claves: Iterable<ClaveDeConcepto>): Map<string, Map<string, ClaveDeConcepto>> => {
  const grupos = new Map<string, Map<string, ClaveDeConcepto>>()
  for (const clave of claves) {
    if (clave.anexo === SIN_ANEXO) continue
    const resto = claveSinAnexo(clave)
    const grupo = grupos.get(resto) ?? new Map<string, ClaveDeConcepto>()
    grupo.set(clave.anexo, clave)
    grupos.set(resto, grupo)
  }
  return grupos
}

/** A partida without annex is the only concept like it that has one: of the version, else in force, else of the family. */
function resolverSinAnexo(
  partidas: readonly PorResolver[],
  familia: readonly ConceptoDeFamilia[],
): { claves: ClaveDeConcepto[]; ambiguas: number[] } {
  const ambiguas: number[] = []
  if (!partidas.some(({ clave }) => clave.anexo === SIN_ANEXO))
    return { claves: partidas.map(({ clave }) => clave), ambiguas }
  const capas = [
    agrupar(partidas.map(({ clave }) => clave)),
    agrupar(familia.filter(({ vivoEnOtros }) => vivoEnOtros)),
    agrupar(familia),
  ]
  const claves = partidas.map(({ clave }, i) => {
    if (clave.anexo !== SIN_ANEXO) return clave
    const grupo = capas.map((capa) => capa.get(claveSinAnexo(clave))).find((hallado) => hallado !== undefined)
    const [unica] = grupo?.values() ?? []
    if (grupo === undefined || unica === undefined) return clave
    if (grupo.size === 1) return { ...clave, anexo: unica.anexo }
    ambiguas.push(i)
    return clave
  })
  return { claves, ambiguas }
}

/** Concepts without annex of the family, by the fingerprint of the only concept with annex that they now are. */
function donantesSinAnexo(
  claves: readonly ClaveDeConcepto[],
  familia: readonly ConceptoDeFamilia[],
): Map<string, ConceptoDeFamilia> {
  const sinAnexo = familia.filter(({ anexo }) => anexo === SIN_ANEXO)
  if (sinAnexo.length === 0) return new Map()
  const conAnexo = agrupar([...claves, ...familia.filter(({ vivoEnOtros }) => vivoEnOtros)])
  const donantes = new Map<string, ConceptoDeFamilia>()
  for (const concepto of sinAnexo) {
    const grupo = conAnexo.get(claveSinAnexo(concepto))
    const [unica] = grupo?.values() ?? []
    if (grupo?.size === 1 && unica !== undefined) donantes.set(huellaDeClave(unica), concepto)
  }
  return donantes
}
