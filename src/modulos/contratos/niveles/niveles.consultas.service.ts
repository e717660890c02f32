/** What the pages of contracts, annexes and sub-annexes read, and their exports. */
import { plural } from '../../../comun/texto.ts'
import { tienePermiso, type Contexto, type CtxLectura } from '../../../plataforma/contexto.ts'
import {
  elegirColumnas,
  exportarTabla,
  type Exportacion,
  type OpcionesDeExportacion,
} from '../../../plataforma/exportar-tabla.ts'
import { consultarTabla, idsDeTabla, type DefTabla, type PeticionTabla } from '../../../plataforma/tabla.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { historialDe } from '../../auditoria/index.ts'
import { tonoActivo } from '../conceptos.vista.ts'
import { RUTA_CONCEPTO } from '../contratos.contrato.ts'
import { PERMISO_CONCEPTO, permisosDeNivel } from '../contratos.permisos.ts'
import { anotarExportacion } from './niveles.auditoria.ts'
import {
  rutaDeRegistro,
  TEXTO_TIPO_ANEXO,
  type FilaAnexo,
  type FilaSubAnexo,
  type PaginaNivel,
  type PaginaNiveles,
  type PuedeNivel,
} from './niveles.contrato.ts'
import { ANEXOS, CONTRATOS, SUB_ANEXOS } from './niveles.ts'
import { nombreDe } from './niveles.reglas.ts'
import * as repo from './niveles.repo.ts'
import { leerRegistro } from './niveles.service.ts'
import { TABLA_ANEXOS, TABLA_SUB_ANEXOS } from './niveles.tabla.ts'
import type { Nivel, Registro } from './niveles.tipos.ts'
import {
  comparacionDe,
  formularioDe,
  gruposDeAnexo,
  gruposDeContrato,
  gruposDeSubAnexo,
  partesDeAnexo,
  partesDeContrato,
  sumaDeAnexos,
  sumaDeSubAnexos,
  type Opciones,
} from './niveles.vista.ts'

const puedeVer = (ctx: CtxLectura, { modelo }: Nivel): boolean => tienePermiso(ctx, permisosDeNivel(modelo).VER)

function puedeEn(ctx: CtxLectura, { modelo }: Nivel): PuedeNivel {
  const permiso = permisosDeNivel(modelo)
  return {
    crear: tienePermiso(ctx, permiso.CREAR),
    editar: tienePermiso(ctx, permiso.EDITAR),
    eliminar: tienePermiso(ctx, permiso.ELIMINAR),
  }
}

type Opcion = Awaited<ReturnType<typeof repo.listarOpciones>>[number]

const comoOpciones = (opciones: readonly Opcion[]) =>
  opciones.map(({ id, descripcion, activo }) => ({
    valor: String(id),
    texto: activo ? descripcion : `${descripcion} (inactivo)`,
  }))

/** Every row of the lists behind the selects of a level, by name of the field. */
async function listasDe(ctx: CtxLectura, { campos }: Nivel): Promise<ReadonlyMap<string, Opcion[]>> {
  const referencias = campos.flatMap((campo) => (campo.clase === 'referencia' ? [campo] : []))
  const listas = await Promise.all(referencias.map((campo) => repo.listarOpciones(ctx.bd, campo)))
  return new Map(referencias.map(({ nombre }, n) => [nombre, listas[n] ?? []]))
}

/** What a form offers: active rows only. */
const activas = (listas: ReadonlyMap<string, readonly Opcion[]>): Opciones =>
  new Map([...listas].map(([nombre, lista]) => [nombre, comoOpciones(lista.filter(({ activo }) => activo))]))

const TIPOS = Object.entries(TEXTO_TIPO_ANEXO).map(([valor, texto]) => ({ valor, texto }))

/** `v.datos` of the list of a level. */
export async function paginaDeNiveles(ctx: CtxLectura, nivel: Nivel): Promise<PaginaNiveles> {
  const listas = await listasDe(ctx, nivel)
  const todas = (campo: string) => comoOpciones(listas.get(campo) ?? [])
  const filtros: Record<Nivel['clave'], PaginaNiveles['filtros']> = {
    contratos: [{ nombre: 'cliente', etiqueta: 'Cliente', opciones: todas('cliente') }],
    anexos: [
      { nombre: 'contrato', etiqueta: 'Contrato', opciones: todas('contrato') },
      { nombre: 'tipo', etiqueta: 'Tipo', opciones: TIPOS },
    ],
    sub_anexos: [{ nombre: 'anexo', etiqueta: 'Anexo', opciones: todas('anexo_maestro') }],
  }
  return {
    nivel: nivel.clave,
    titulo: nivel.titulo,
    puede: puedeEn(ctx, nivel),
    filtros: filtros[nivel.clave],
    formulario: formularioDe(nivel, activas(listas)),
  }
}

/** Every row of a table with some filters. */
async function filasDe<F, Fila>(ctx: Contexto, tabla: DefTabla<F>, filtros: F): Promise<Fila[]> {
  const peticion: PeticionTabla<F> = { dibujo: 0, inicio: 0, limite: null, busqueda: '', orden: null, filtros }
  return (await consultarTabla(ctx, tabla, peticion)).data as unknown as Fila[]
}

/** What each level shows that the others do not. */
type Propio = Pick<PaginaNivel, 'grupos' | 'comparacion' | 'partes' | 'secciones' | 'conceptos' | 'formularios'>

const SIN_PARTES = { comparacion: null, partes: null, secciones: null, conceptos: null } as const

async function formularios(
  ctx: CtxLectura,
  nivel: Nivel,
  hijo: Nivel | null,
  registro: Registro,
): Promise<PaginaNivel['formularios']> {
  const propio = registro.activo && puedeEn(ctx, nivel).editar
  const deHijo = hijo !== null && registro.activo && puedeEn(ctx, hijo).crear
  return [
    ...(propio ? [formularioDe(nivel, activas(await listasDe(ctx, nivel)))] : []),
    ...(deHijo ? [formularioDe(hijo, activas(await listasDe(ctx, hijo)), registro.id)] : []),
  ]
}

async function deContrato(ctx: Contexto, registro: Registro): Promise<Propio> {
  const comun = {
    ...SIN_PARTES,
    grupos: gruposDeContrato(registro, ctx.hoy),
    formularios: await formularios(ctx, CONTRATOS, ANEXOS, registro),
  }
  if (!puedeVer(ctx, ANEXOS)) return comun
  const filtros = { contrato: registro.id, estado: 'todos', tipo: null } as const
  const anexos = await filasDe<typeof filtros, FilaAnexo>(ctx, TABLA_ANEXOS as DefTabla<typeof filtros>, filtros)
  return {
    ...comun,
    comparacion: {
      titulo: 'Montos contra sus anexos',
      declarado: 'Monto del contrato',
      suma: 'Suma de sus anexos financieros activos',
      filas: comparacionDe(registro, sumaDeAnexos(anexos)),
    },
    partes: partesDeContrato(registro.id, anexos, registro.activo && puedeEn(ctx, ANEXOS).crear),
  }
}

async function deAnexo(ctx: Contexto, registro: Registro): Promise<Propio> {
  const { valores } = registro
  const rutaContrato = puedeVer(ctx, CONTRATOS) ? rutaDeRegistro('contratos', Number(valores['contrato'])) : undefined
  const comun = {
    ...SIN_PARTES,
    grupos: gruposDeAnexo(registro, TEXTO_TIPO_ANEXO[String(valores['tipo'])] ?? '', rutaContrato),
    formularios: await formularios(ctx, ANEXOS, SUB_ANEXOS, registro),
  }
  if (!puedeVer(ctx, SUB_ANEXOS)) return comun
  const filtros = { anexo: registro.id, estado: 'todos' } as const
  const tabla = TABLA_SUB_ANEXOS as DefTabla<typeof filtros>
  const subAnexos = await filasDe<typeof filtros, FilaSubAnexo>(ctx, tabla, filtros)
  return {
    ...comun,
    comparacion: {
      titulo: 'Montos contra sus sub-anexos',
      declarado: 'Monto del anexo',
      suma: 'Suma de importes de sus sub-anexos activos',
      filas: comparacionDe(registro, sumaDeSubAnexos(subAnexos)),
    },
    partes: partesDeAnexo(registro.id, subAnexos, registro.activo && puedeEn(ctx, SUB_ANEXOS).crear),
  }
}

async function deSubAnexo(ctx: Contexto, registro: Registro): Promise<Propio> {
  const rutaAnexo = puedeVer(ctx, ANEXOS)
    ? rutaDeRegistro('anexos', Number(registro.valores['anexo_maestro']))
    : undefined
  const comun = {
    ...SIN_PARTES,
    grupos: gruposDeSubAnexo(registro, rutaAnexo),
    formularios: await formularios(ctx, SUB_ANEXOS, null, registro),
  }
  if (!tienePermiso(ctx, PERMISO_CONCEPTO.VER)) return comun
  const cuantos = await repo.contarPartesActivas(ctx.bd, SUB_ANEXOS, registro.id)
  return {
    ...comun,
    secciones: (await repo.listarSecciones(ctx.bd, registro.id)).map(({ partida, ...seccion }) => ({
      ...seccion,
      partida: partida ?? '',
    })),
    conceptos: {
      texto: plural(cuantos, 'concepto activo', 'conceptos activos'),
      ruta: `${RUTA_CONCEPTO.ordinarios}?sub_anexo=${String(registro.id)}`,
    },
  }
}

/** `v.datos` of the page of a record. @throws NoEncontrado. */
export async function paginaDeNivel(ctx: Contexto, nivel: Nivel, id: number): Promise<PaginaNivel> {
  const registro = await leerRegistro(ctx, nivel, id)
  const { activo } = registro
  const propio = { contratos: deContrato, anexos: deAnexo, sub_anexos: deSubAnexo }[nivel.clave]
  return {
    nivel: nivel.clave,
    id,
    nombre: nivel.nombre,
    clave: nombreDe(nivel, registro),
    descripcion: String(registro.valores['descripcion'] ?? ''),
    activo,
    insignia: { id: Number(activo), texto: activo ? 'Activo' : 'Inactivo', tono: tonoActivo(activo) },
    puede: puedeEn(ctx, nivel),
    actividad: await historialDe(ctx, nivel.tablaLog, id),
    ...(await propio(ctx, registro)),
  }
}

/** Export of the list of a level as it is filtered, logged before the first byte leaves. */
export async function exportarNivel<F>(
  ctx: Contexto,
  nivel: Nivel,
  tabla: DefTabla<F>,
  peticion: PeticionTabla<F>,
  { formato, columnas }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const ids = await idsDeTabla(ctx, tabla, peticion)
  const archivo = exportarTabla(ctx, tabla, ids, {
    formato,
    nombre: `${nivel.clave.replaceAll('_', '-')}-${ctx.hoy}`,
    hoja: nivel.titulo,
    columnas: elegirColumnas(tabla, columnas),
  })
  const cuantos = plural(ids.length, nivel.nombre, `${nivel.nombre}s`)
  await conTransaccion(ctx, (tx) => anotarExportacion(tx, nivel, `${cuantos} en ${archivo.nombre}`))
  return archivo
}
