/** From records of a contract to what pages and JSON answers show. Pure. */
import type { CampoFicha } from '../../../comun/contrato.ts'
import { conMiles, dinero, sumar, textoDinero, type Dinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, diasEntre, leerFechaIso, type FechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import { TIPO_ANEXO } from '../contratos.tipos.ts'
import {
  rutaDeArchivo,
  rutaDeRegistro,
  type CampoNivel,
  type Comparacion,
  type DatosNivel,
  type FilaAnexo,
  type FilaSubAnexo,
  type FormularioNivel,
  type PartesDeFicha,
} from './niveles.contrato.ts'
import { importeDe } from './niveles.reglas.ts'
import type { CampoDeNivel, Nivel, Registro } from './niveles.tipos.ts'

/** `…/obtener/`. */
export function datosDe(
  { campos, clave }: Nivel,
  { id, activo, version, valores, textos, archivo }: Registro,
): DatosNivel {
  return {
    id,
    ...Object.fromEntries(campos.map(({ nombre }) => [nombre, valores[nombre] ?? null])),
    ...(clave === 'anexos' ? { archivo: archivo?.nombre ?? '' } : {}),
    ...(clave === 'sub_anexos' ? importesDe(valores) : {}),
    activo,
    version,
    textos: { ...textos },
  }
}

const cifra = (valores: Registro['valores'], nombre: string): Dinero => dinero(valores[nombre] ?? 0)

function importesDe(valores: Registro['valores']): { importe_mn: string; importe_usd: string } {
  const cantidad = cifra(valores, 'cantidad')
  return {
    importe_mn: importeDe(cantidad, cifra(valores, 'precio_unitario_mn')).toFixed(2),
    importe_usd: importeDe(cantidad, cifra(valores, 'precio_unitario_usd')).toFixed(2),
  }
}

// -------------------------------------------------------------------------------------------------------- forms

const ARCHIVO: CampoNivel = {
  nombre: 'archivo',
  etiqueta: 'Archivo',
  clase: 'archivo',
  obligatorio: false,
  ayuda: 'PDF, Excel (.xlsx) o Word (.docx), de 50 MB como máximo.',
  maximo: 0,
  opciones: [],
}

/** Choices of each field by its name. */
export type Opciones = ReadonlyMap<string, { valor: string; texto: string }[]>

function campoDe(campo: CampoDeNivel, opciones: Opciones): CampoNivel {
  const { nombre, etiqueta, clase, obligatorio, ayuda = '' } = campo
  return {
    nombre,
    etiqueta,
    clase,
    obligatorio: obligatorio !== null,
    ayuda,
    maximo: clase === 'linea' ? campo.largo : 0,
    opciones:
      clase === 'opcion'
        ? Object.entries(campo.opciones).map(([valor, texto]) => ({ valor, texto }))
        : (opciones.get(nombre) ?? []),
  }
}

/** The form of a level; `enPadre`: where a new record of this page goes. */
export function formularioDe(
  { clave, nombre, campos, padre }: Nivel,
  opciones: Opciones,
  enPadre: number | null = null,
): FormularioNivel {
  const propios = campos.map((campo) => campoDe(campo, opciones))
  return {
    nivel: clave,
    nombre,
    campos: clave === 'anexos' ? [...propios, ARCHIVO] : propios,
    padre: padre?.campo ?? '',
    enPadre: enPadre === null ? '' : String(enPadre),
  }
}

// -------------------------------------------------------------------------------------------- page of a record

const dato = (etiqueta: string, valor: string, ruta?: string): CampoFicha =>
  ruta === undefined ? { etiqueta, valor } : { etiqueta, valor, ruta }
const monto = (etiqueta: string, valor: Dinero): CampoFicha => ({
  etiqueta,
  valor: textoDinero(valor),
  numerico: true,
})

/** How a contract stands today, from its days. */
export function vigenciaDe(inicio: FechaIso, termino: FechaIso, hoy: FechaIso): string {
  if (hoy < inicio) return `Empieza en ${plural(diasEntre(hoy, inicio), 'día', 'días')}`
  if (hoy > termino) return `Terminó hace ${plural(diasEntre(termino, hoy), 'día', 'días')}`
  if (hoy === termino) return 'Vigente, termina hoy'
  return `Vigente, termina en ${plural(diasEntre(hoy, termino), 'día', 'días')}`
}

export function gruposDeContrato({ valores, textos }: Registro, hoy: FechaIso): PaginaGrupos {
  const inicio = leerFechaIso(String(valores['fecha_inicio']))
  const termino = leerFechaIso(String(valores['fecha_termino']))
  return [
    {
      titulo: 'Contrato',
      campos: [
        dato('Cliente', textos['cliente'] ?? ''),
        dato('Inicio', aDdMmAaaa(inicio) ?? ''),
        dato('Término', aDdMmAaaa(termino) ?? ''),
        dato('Vigencia', inicio && termino ? vigenciaDe(inicio, termino, hoy) : ''),
      ],
    },
    {
      titulo: 'Montos',
      campos: [monto('Monto MN', cifra(valores, 'monto_mn')), monto('Monto USD', cifra(valores, 'monto_usd'))],
    },
  ]
}

type PaginaGrupos = { titulo: string; campos: CampoFicha[] }[]

/** `rutaContrato` undefined for who may not open it. */
export function gruposDeAnexo(
  { id, valores, textos, archivo }: Registro,
  tipo: string,
  rutaContrato: string | undefined,
): PaginaGrupos {
  return [
    {
      titulo: 'Anexo',
      campos: [
        dato('Contrato', textos['contrato'] ?? '', rutaContrato),
        dato('Tipo', tipo),
        archivo === null ? dato('Archivo', '') : dato('Archivo', archivo.nombre, rutaDeArchivo(id)),
      ],
    },
    {
      titulo: 'Montos',
      campos: [monto('Monto MN', cifra(valores, 'monto_mn')), monto('Monto USD', cifra(valores, 'monto_usd'))],
    },
  ]
}

/** `rutaAnexo` undefined for who may not open it. */
export function gruposDeSubAnexo({ valores, textos }: Registro, rutaAnexo: string | undefined): PaginaGrupos {
  const { importe_mn: mn, importe_usd: usd } = importesDe(valores)
  return [
    {
      titulo: 'Sub-anexo',
      campos: [
        dato('Anexo', textos['anexo_maestro'] ?? '', rutaAnexo),
        dato('Unidad de medida', textos['unidad_medida'] ?? ''),
        { etiqueta: 'Cantidad', valor: conMiles(String(valores['cantidad'] ?? '')), numerico: true },
      ],
    },
    {
      titulo: 'Importes',
      campos: [
        monto('P.U. MN', cifra(valores, 'precio_unitario_mn')),
        monto('P.U. USD', cifra(valores, 'precio_unitario_usd')),
        monto('Importe MN', dinero(mn)),
        monto('Importe USD', dinero(usd)),
      ],
    },
  ]
}

function comparar(moneda: string, declarado: Dinero, suma: Dinero): Comparacion {
  const diferencia = suma.minus(declarado)
  return {
    moneda,
    declarado: textoDinero(declarado),
    suma: textoDinero(suma),
    diferencia: textoDinero(diferencia),
    iguales: diferencia.isZero(),
  }
}

/** The declared amounts of a record beside the sums of its parts, in both currencies (catalogos.md §7). */
export function comparacionDe({ valores }: Registro, sumas: { mn: Dinero; usd: Dinero }): Comparacion[] {
  return [comparar('MN', cifra(valores, 'monto_mn'), sumas.mn), comparar('USD', cifra(valores, 'monto_usd'), sumas.usd)]
}

/** Sum of the amounts of the active financial annexes of a contract. */
export function sumaDeAnexos(anexos: readonly FilaAnexo[]): { mn: Dinero; usd: Dinero } {
  const suyos = anexos.filter(({ tipo, activo_bool: activo }) => activo && tipo === TIPO_ANEXO.FINANCIERO)
  return {
    mn: sumar(suyos.map(({ monto_mn: mn }) => dinero(mn))),
    usd: sumar(suyos.map(({ monto_usd: usd }) => dinero(usd))),
  }
}

/** Sum of the importes of the active sub-annexes of an annex. */
export function sumaDeSubAnexos(subAnexos: readonly FilaSubAnexo[]): { mn: Dinero; usd: Dinero } {
  const suyos = subAnexos.filter(({ activo_bool: activo }) => activo)
  return {
    mn: sumar(suyos.map(({ importe_mn: mn }) => dinero(mn))),
    usd: sumar(suyos.map(({ importe_usd: usd }) => dinero(usd))),
  }
}

const columna = (titulo: string, numerica = false) => ({ titulo, numerica })
const enPesos = (plano: string): string => textoDinero(dinero(plano))

/** Annexes of a contract; a financial one whose sub-annexes do not add up to its amount says so. */
export function partesDeContrato(id: number, anexos: readonly FilaAnexo[], puedeCrear: boolean): PartesDeFicha {
  const noSuma = ({
    tipo,
    activo_bool: activo,
    monto_mn: mn,
    monto_usd: usd,
    suma_mn: sMn,
    suma_usd: sUsd,
  }: FilaAnexo): boolean =>
    activo && tipo === TIPO_ANEXO.FINANCIERO && !(dinero(mn).equals(dinero(sMn)) && dinero(usd).equals(dinero(sUsd)))
  return {
    nivel: 'anexos',
    titulo: 'Anexos',
    vacio: 'Este contrato todavía no tiene anexos.',
    columnas: [
      columna('Descripción'),
      columna('Tipo'),
      columna('Monto MN', true),
      columna('Sub-anexos MN', true),
      columna('Monto USD', true),
      columna('Sub-anexos USD', true),
      columna('Archivo'),
    ],
    filas: anexos.map((anexo) => ({
      ruta: rutaDeRegistro('anexos', anexo.id),
      clave: anexo.clave,
      activa: anexo.activo_bool,
      celdas: [
        anexo.descripcion,
        anexo.tipo_texto,
        enPesos(anexo.monto_mn),
        enPesos(anexo.suma_mn),
        enPesos(anexo.monto_usd),
        enPesos(anexo.suma_usd),
        anexo.archivo,
      ],
      aviso: noSuma(anexo) ? 'No coincide' : '',
    })),
    rutaLista: `/operaciones/catalogos/anexos/?contrato=${String(id)}`,
    puedeCrear,
    textoCrear: 'Nuevo anexo',
  }
}

/** Sub-annexes of an annex with their importes. */
export function partesDeAnexo(id: number, subAnexos: readonly FilaSubAnexo[], puedeCrear: boolean): PartesDeFicha {
  return {
    nivel: 'sub_anexos',
    titulo: 'Sub-anexos',
    vacio: 'Este anexo todavía no tiene sub-anexos.',
    columnas: [
      columna('Descripción'),
      columna('Unidad'),
      columna('Cantidad', true),
      columna('P.U. MN', true),
      columna('Importe MN', true),
      columna('P.U. USD', true),
      columna('Importe USD', true),
      columna('Conceptos', true),
    ],
    filas: subAnexos.map((sub) => ({
      ruta: rutaDeRegistro('sub_anexos', sub.id),
      clave: sub.clave_anexo,
      activa: sub.activo_bool,
      celdas: [
        sub.descripcion,
        sub.unidad_medida,
        conMiles(sub.cantidad),
        enPesos(sub.precio_unitario_mn),
        enPesos(sub.importe_mn),
        enPesos(sub.precio_unitario_usd),
        enPesos(sub.importe_usd),
        conMiles(String(sub.conceptos)),
      ],
      aviso: '',
    })),
    rutaLista: `/operaciones/catalogos/sub_anexos/?anexo=${String(id)}`,
    puedeCrear,
    textoCrear: 'Nuevo sub-anexo',
  }
}
