/** The version that a workbook makes on top of the active one, whole or updated (anexo-c.md §6.1, §6.2). Pure. */
import { dinero, textoPlano } from '../../../comun/dinero.ts'
import { direccion } from '../../../plataforma/excel/celda.reglas.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import {
  anexoNormal,
  claveDeConcepto,
  claveSinAnexo,
  codigoNormal,
  huellaDeClave,
  SIN_ANEXO,
  type ClaveDeConcepto,
} from '../clave.reglas.ts'
import type { AnexoLeido, PartidaLeida } from '../lectura/lectura.tipos.ts'
import { resolverConceptos, type Resolucion } from './conceptos.reglas.ts'
import type {
  ConceptoDeFamilia,
  DatosDePartida,
  ModoDeCarga,
  PartidaDeVersion,
  PartidaPlaneada,
  PlanDeVersion,
} from './versiones.tipos.ts'

/** What a plan is made from. */
export interface BaseDePlan {
  /** Partidas of the active version, in its order; empty without one. */
  readonly vigentes: readonly PartidaDeVersion[]
  readonly familia: readonly ConceptoDeFamilia[]
}

interface Candidata {
  datos: DatosDePartida
  clave: ClaveDeConcepto
  previo: number | null
  continua: number | null
  indices: number[]
}

/** The version that the workbook makes. */
export function planearVersion(leido: AnexoLeido, modo: ModoDeCarga, base: BaseDePlan): PlanDeVersion {
  if (modo === 'reemplazo') {
    const candidatas = leido.partidas.map((partida) => candidataNueva(partida, partida.fila))
    return armar(leido, modo, candidatas, base, { advertencias: [], etiquetas: 0 })
  }
  const { candidatas, ...resto } = actualizar(leido, base)
  return armar(leido, modo, candidatas, base, resto)
}

function candidataNueva(partida: PartidaLeida, orden: number): Candidata {
  const { codigo, descripcion, idUnidad, volumen, precioMn, precioUsd, idConcepto, indice, clave } = partida
  const anexo = partida.anexo === '' ? SIN_ANEXO : partida.anexo
  return {
    datos: {
      codigo,
      descripcion,
      anexo,
      idUnidad,
      volumen,
      precioMn,
      precioUsd,
      orden,
      origen: 'archivo',
      idConceptoMaestro: idConcepto,
    },
    clave,
    previo: null,
    continua: null,
    indices: [indice],
  }
}

// -------------------------------------------------------------------------------------------------------- update mode

/** Only labels and programme change; what is new is added, what is absent stays (§6.2). */
function actualizar(
  leido: AnexoLeido,
  { vigentes, familia }: BaseDePlan,
): { candidatas: Candidata[]; advertencias: Problema[]; etiquetas: number } {
  const claves = new Map(familia.map((concepto) => [concepto.id, concepto]))
  const candidatas = vigentes.map((partida): Candidata => {
    const concepto = claves.get(partida.idConcepto)
    return {
      datos: partida,
      clave: concepto ?? claveDe(partida),
      previo: partida.idConcepto,
      continua: partida.id,
      indices: [],
    }
  })
  const advertencias: Problema[] = []
  let etiquetas = 0
  let orden = Math.max(0, ...vigentes.map((partida) => partida.orden))
  const pareja = emparejar(leido.partidas, candidatas)
  for (const partida of leido.partidas) {
    const actual = pareja.get(partida.indice)
    if (actual === undefined) {
      candidatas.push(candidataNueva(partida, (orden += 1)))
      continue
    }
    actual.indices.push(partida.indice)
    if (cambiaEtiqueta(actual.datos.anexo, partida.anexo)) {
      etiquetas += 1
      actual.datos = { ...actual.datos, anexo: partida.anexo }
      actual.clave = { ...actual.clave, anexo: anexoNormal(partida.anexo) }
    }
    if (!dinero(actual.datos.volumen).eq(partida.volumen)) advertencias.push(otroVolumen(leido, partida, actual.datos))
  }
  return { candidatas, advertencias, etiquetas }
}

const claveDe = (partida: DatosDePartida): ClaveDeConcepto =>
  claveDeConcepto({ ...partida, idUnidad: partida.idUnidad ?? 0 })

/** A row without annex says nothing of the label. */
const cambiaEtiqueta = (guardada: string | null, leida: string): boolean =>
  anexoNormal(leida) !== SIN_ANEXO && (guardada ?? '') !== leida

/** Each row with the partida it speaks of: by K, else by K without annex, else by a code that only one partida has. */
function emparejar(leidas: readonly PartidaLeida[], candidatas: readonly Candidata[]): Map<number, Candidata> {
  const pareja = new Map<number, Candidata>()
  const tomadas = new Set<Candidata>()
  const porCodigo = contar(candidatas, ({ clave }) => clave.codigo)
  const pasos: ((clave: ClaveDeConcepto) => Candidata | undefined)[] = [
    buscador(candidatas, ({ clave }) => huellaDeClave(clave), huellaDeClave),
    buscador(candidatas, ({ clave }) => claveSinAnexo(clave), claveSinAnexo),
    (clave) => {
      const iguales = porCodigo.get(codigoNormal(clave.codigo)) ?? []
      return iguales.length === 1 ? iguales[0] : undefined
    },
  ]
  for (const buscar of pasos) {
    for (const { indice, clave } of leidas) {
      if (pareja.has(indice)) continue
      const hallada = buscar(clave)
      if (hallada === undefined || tomadas.has(hallada)) continue
      pareja.set(indice, hallada)
      tomadas.add(hallada)
    }
  }
  return pareja
}

function contar(candidatas: readonly Candidata[], por: (candidata: Candidata) => string): Map<string, Candidata[]> {
  const grupos = new Map<string, Candidata[]>()
  for (const candidata of candidatas) {
    const grupo = grupos.get(por(candidata))
    if (grupo === undefined) grupos.set(por(candidata), [candidata])
    else grupo.push(candidata)
  }
  return grupos
}

/** Finds the only candidate with that value; several are nobody's. */
function buscador(
  candidatas: readonly Candidata[],
  por: (candidata: Candidata) => string,
  deClave: (clave: ClaveDeConcepto) => string,
): (clave: ClaveDeConcepto) => Candidata | undefined {
  const grupos = contar(candidatas, por)
  return (clave) => {
    const grupo = grupos.get(deClave(clave)) ?? []
    return grupo.length === 1 ? grupo[0] : undefined
  }
}

function otroVolumen(leido: AnexoLeido, partida: PartidaLeida, guardada: DatosDePartida): Problema {
  return avisar(leido, partida.fila, partida.volumen, {
    columna: 'volumen',
    mensaje: `${guardada.codigo}: el volumen guardado es ${sinCeros(guardada.volumen)} y el del libro ${sinCeros(partida.volumen)}. Se conserva el guardado.`,
  })
}

/** A decimal as people read it: without zeros at the end. */
export const sinCeros = (decimal: string): string => dinero(decimal).toFixed()

function avisar(
  leido: AnexoLeido,
  fila: number,
  valor: string,
  { columna, mensaje }: { columna: 'volumen' | 'anexo'; mensaje: string },
): Problema {
  const titulo = leido.columnas.find((una) => una.columna === columna)
  return {
    hoja: leido.hoja,
    fila,
    columna: titulo?.titulo ?? '',
    celda: titulo === undefined ? '' : direccion(fila, titulo.indice),
    valor,
    mensaje,
  }
}

// ------------------------------------------------------------------------------------------------------------ the plan

function armar(
  leido: AnexoLeido,
  modo: ModoDeCarga,
  candidatas: readonly Candidata[],
  { familia }: BaseDePlan,
  propio: { advertencias: Problema[]; etiquetas: number },
): PlanDeVersion {
  const resuelta = resolverConceptos(candidatas, familia)
  const partidas = juntarIguales(candidatas, resuelta.huellas)
  const { nuevos, renombres, traslados } = resuelta
  return {
    modo,
    partidas,
    nuevos,
    renombres,
    traslados,
    enVigor: enVigor(resuelta, familia),
    etiquetas: propio.etiquetas,
    advertencias: [...propio.advertencias, ...avisosDeAmbiguas(leido, candidatas, resuelta)],
  }
}

/** Two rows that are the same concept (one of them without annex) are one partida: volumes are added. */
function juntarIguales(candidatas: readonly Candidata[], huellas: readonly string[]): PartidaPlaneada[] {
  const partidas = new Map<string, PartidaPlaneada>()
  for (const [i, { datos, continua, indices }] of candidatas.entries()) {
    const huella = huellas[i] ?? ''
    const otra = partidas.get(huella)
    if (otra === undefined) {
      partidas.set(huella, { ...copiarDatos(datos), huella, continua, indices })
      continue
    }
    partidas.set(huella, {
      ...otra,
      anexo: anexoNormal(otra.anexo ?? '') === SIN_ANEXO ? datos.anexo : otra.anexo,
      volumen: textoPlano(dinero(otra.volumen).plus(datos.volumen), 6),
      continua: otra.continua ?? continua,
      indices: [...otra.indices, ...indices],
    })
  }
  return [...partidas.values()]
}

const copiarDatos = ({
  codigo,
  descripcion,
  anexo,
  idUnidad,
  volumen,
  precioMn,
  precioUsd,
  orden,
  origen,
  idConceptoMaestro,
}: DatosDePartida): DatosDePartida => ({
  codigo,
  descripcion,
  anexo,
  idUnidad,
  volumen,
  precioMn,
  precioUsd,
  orden,
  origen,
  idConceptoMaestro,
})

/** Ids of the concepts of the family that have a partida in force after the version. */
function enVigor(resuelta: Resolucion, familia: readonly ConceptoDeFamilia[]): number[] {
  const pedidas = new Set(resuelta.huellas)
  const siguen = new Set([...resuelta.renombres.map(({ id }) => id), ...resuelta.traslados.map(({ de }) => de)])
  return familia
    .filter(({ id, huella, vivoEnOtros }) => vivoEnOtros || pedidas.has(huella) || siguen.has(id))
    .map(({ id }) => id)
}

function avisosDeAmbiguas(leido: AnexoLeido, candidatas: readonly Candidata[], { ambiguas }: Resolucion): Problema[] {
  return ambiguas.flatMap((i) => {
    const candidata = candidatas[i]
    const partida = leido.partidas[candidata?.indices[0] ?? -1]
    if (candidata === undefined || partida === undefined) return []
    return [
      avisar(leido, partida.fila, '', {
        columna: 'anexo',
        mensaje: `${candidata.datos.codigo} no dice su anexo y la OT tiene ese concepto en varios: queda aparte, sin anexo.`,
      }),
    ]
  })
}
