/** From concepts to what pages and JSON answers show. Pure. */
import type { Tono } from '../../comun/colores.ts'
import type { CampoFicha } from '../../comun/contrato.ts'
import { conMiles, textoDinero, textoPlano } from '../../comun/dinero.ts'
import { aDdMmAaaa, instanteLocal } from '../../comun/fechas.ts'
import { TEXTO_TIPO_PARTIDA, type TextosDeConceptos } from './conceptos.auditoria.ts'
import type { ConceptoBuscado } from './busqueda.repo.ts'
import type { PrecioDeConcepto } from './conceptos.repo.ts'
import { partidaDe } from './conceptos.reglas.ts'
import type { ConceptoHallado, DatosConcepto, FilaPrecio } from './contratos.contrato.ts'
import { TIPO_PARTIDA, type Concepto } from './contratos.tipos.ts'

const SIN_ANEXO = 'S/A'

/** `producto/obtener/`. */
export function datosConcepto(concepto: Concepto, textos: TextosDeConceptos): DatosConcepto {
  const unidad = textos.unidades.get(concepto.idUnidadMedida) ?? ''
  return {
    id: concepto.id,
    id_partida: partidaDe(concepto),
    descripcion_concepto: concepto.descripcion,
    anexo: concepto.idSubAnexo === null ? SIN_ANEXO : (textos.subAnexos.get(concepto.idSubAnexo) ?? SIN_ANEXO),
    tipo_partida_id: concepto.idTipoPartida,
    unidad_medida_id: concepto.idUnidadMedida,
    precio_unitario_mn: textoPlano(concepto.precioUnitarioMn),
    precio_unitario_usd: textoPlano(concepto.precioUnitarioUsd),
    comentario: concepto.comentario ?? '',
    activo: concepto.activo,
    cantidad_referencia: textoPlano(concepto.cantidad),
    pte_origen: concepto.pteCreacion ?? '',
    ot_origen: concepto.otCreacion ?? '',
    version: concepto.version,
    textos: { unidad_medida: unidad },
  }
}

/** `produccion/buscar_productos_catalogo/` (produccion.md §6.7). */
export function conceptoHallado(hallado: ConceptoBuscado): ConceptoHallado {
  const clave = hallado.anexo ?? SIN_ANEXO
  return {
    id: hallado.id,
    text: `${hallado.partida} - ${hallado.descripcion} - ${clave}`,
    partida: hallado.partida,
    unidad: hallado.unidad,
    precio: textoPlano(hallado.precioMn),
    precio_usd: textoPlano(hallado.precioUsd),
    clave_anexo: clave,
  }
}

// --------------------------------------------------------------------------------------- page of a concept

/** What a concept hangs from, and the folios where it was born. */
export interface Procedencia {
  readonly contrato: string
  readonly anexo: string
  readonly subAnexo: string
  readonly seccion: string
  readonly rutaContrato: string | null
  readonly rutaAnexo: string | null
  readonly rutaSubAnexo: string | null
  readonly rutaPte: string | null
  readonly rutaOt: string | null
}

const ORIGEN: Readonly<Record<PrecioDeConcepto['origen'], string>> = {
  captura: 'Captura',
  edicion: 'Edición',
  conversion: 'Conversión de PUE',
  importacion: 'Importación',
  deshacer: 'Importación deshecha',
}

/** The history of a price as its table shows it, the current one first. */
export function filasDePrecio(precios: readonly PrecioDeConcepto[], rutaLote: (id: number) => string): FilaPrecio[] {
  return precios.map((precio, n) => ({
    numero: precio.numero,
    vigente: n === 0,
    precio_mn: textoDinero(precio.precioMn),
    precio_usd: textoDinero(precio.precioUsd),
    cantidad: conMiles(textoPlano(precio.cantidad)),
    fecha: instanteLocal(precio.fecha),
    usuario: precio.usuario ?? 'Sistema',
    origen: ORIGEN[precio.origen],
    procedencia:
      precio.archivo === null ? '' : `${precio.archivo}, hoja ${precio.hoja ?? ''}, fila ${String(precio.fila ?? '')}`,
    ruta: precio.idLote === null ? '' : rutaLote(precio.idLote),
  }))
}

export const tonoActivo = (activo: boolean): Tono => (activo ? 'verde' : 'naranja')

/** Data of the concept, one card per group. */
export function gruposDeConcepto(
  concepto: Concepto,
  textos: TextosDeConceptos,
  de: Procedencia,
): { titulo: string; campos: CampoFicha[] }[] {
  const ordinaria = concepto.idTipoPartida === TIPO_PARTIDA.ORDINARIA
  const dato = (etiqueta: string, valor: string | null, ruta: string | null = null): CampoFicha =>
    ruta === null ? { etiqueta, valor: valor ?? '' } : { etiqueta, valor: valor ?? '', ruta }
  return [
    {
      titulo: 'Precio',
      campos: [
        { etiqueta: 'Precio MN', valor: textoDinero(concepto.precioUnitarioMn), numerico: true },
        { etiqueta: 'Precio USD', valor: textoDinero(concepto.precioUnitarioUsd), numerico: true },
        { etiqueta: 'Cantidad de referencia', valor: conMiles(textoPlano(concepto.cantidad)), numerico: true },
        dato('Unidad de medida', textos.unidades.get(concepto.idUnidadMedida) ?? null),
        {
          etiqueta: 'Importe de referencia MN',
          valor: textoDinero(concepto.cantidad.times(concepto.precioUnitarioMn)),
          numerico: true,
        },
        {
          etiqueta: 'Importe de referencia USD',
          valor: textoDinero(concepto.cantidad.times(concepto.precioUnitarioUsd)),
          numerico: true,
        },
      ],
    },
    {
      titulo: 'De dónde viene',
      campos: [
        dato('Tipo', TEXTO_TIPO_PARTIDA[concepto.idTipoPartida] ?? null),
        dato('Contrato', de.contrato, de.rutaContrato),
        dato('Anexo', de.anexo, de.rutaAnexo),
        dato('Sub-anexo', de.subAnexo, de.rutaSubAnexo),
        dato('Sección', de.seccion),
        ...(ordinaria ? [dato('PUE de origen', concepto.partidaExtraordinaria)] : []),
        dato('PTE origen', concepto.pteCreacion, de.rutaPte),
        dato('OT origen', concepto.otCreacion, de.rutaOt),
      ],
    },
    {
      titulo: 'Otros datos',
      campos: [
        dato('Estatus PUE', concepto.estatus),
        dato('Fecha sanción', aDdMmAaaa(concepto.fechaAutorizacion)),
        dato('Código interno', concepto.codigoInterno),
        dato(
          'Clasificación',
          [concepto.categoria, concepto.subcategoria, concepto.clasificacion].filter(Boolean).join(' / '),
        ),
        dato('Comentario', concepto.comentario),
      ],
    },
  ]
}
