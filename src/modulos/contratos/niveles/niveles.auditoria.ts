/** How contracts, annexes and sub-annexes are described in the log (core.md §9.4). */
import { dinero } from '../../../comun/dinero.ts'
import { leerFechaIso } from '../../../comun/fechas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { registrarCambios, registrarEvento, type EntidadAuditada, type ValorAuditado } from '../../auditoria/index.ts'
import { nombreDe } from './niveles.reglas.ts'
import type { ArchivoGuardado, CampoDeNivel, Nivel, Registro, Valor } from './niveles.tipos.ts'

type Auditado = Record<string, ValorAuditado>
type TipoDeCampo = EntidadAuditada<Auditado>['campos'][string]['tipo']

const TIPO: Readonly<Record<CampoDeNivel['clase'], TipoDeCampo>> = {
  linea: 'texto',
  texto: 'texto',
  opcion: 'texto',
  referencia: 'referencia',
  dia: 'fecha',
  importe: 'dinero',
  cantidad: 'decimal',
}

function entidadDe({ tablaLog, campos, clave }: Nivel): EntidadAuditada<Auditado> {
  const propios = campos.map((campo): [string, { etiqueta: string; tipo: TipoDeCampo }] => [
    campo.columna,
    { etiqueta: campo.etiqueta, tipo: TIPO[campo.clase] },
  ])
  const archivo: typeof propios = clave === 'anexos' ? [['archivo', { etiqueta: 'Archivo', tipo: 'texto' }]] : []
  return { tabla: tablaLog, campos: Object.fromEntries([...propios, ...archivo]) }
}

function auditado(campo: CampoDeNivel, valor: Valor, texto: string): ValorAuditado {
  if (valor === null) return null
  switch (campo.clase) {
    case 'referencia':
      return { id: Number(valor), texto }
    case 'opcion':
      return campo.opciones[String(valor)] ?? valor
    case 'dia':
      return leerFechaIso(String(valor))
    case 'importe':
    case 'cantidad':
      return dinero(valor)
    case 'linea':
    case 'texto':
      return valor
  }
}

/** Two files with the same name are told apart by the beginning of their key. */
function textoDeArchivo(archivo: ArchivoGuardado | null): string | null {
  if (archivo === null) return null
  const marca = archivo.clave.slice(archivo.clave.lastIndexOf('/') + 1).slice(0, 8)
  return `${archivo.nombre} (${marca})`
}

function valoresAuditados({ campos, clave }: Nivel, { valores, textos, archivo }: Registro): Auditado {
  const propios = campos.map((campo): [string, ValorAuditado] => [
    campo.columna,
    auditado(campo, valores[campo.nombre] ?? null, textos[campo.nombre] ?? ''),
  ])
  return Object.fromEntries(clave === 'anexos' ? [...propios, ['archivo', textoDeArchivo(archivo)]] : propios)
}

/** «del contrato K-1 · Anexo C»: a key alone says little. */
function detalleDe(nivel: Nivel, registro: Registro): string {
  const padre = nivel.padre === null ? '' : ` de ${registro.textos[nivel.padre.campo] ?? ''}`
  return `${nivel.nombre} ${nombreDe(nivel, registro)}${padre}`
}

const VERBO = { CREAR: 'Creó', ELIMINAR: 'Eliminó', REACTIVAR: 'Reactivó' } as const

/** One line about a record as it is after the event. */
export function anotarEvento(
  tx: CtxTx,
  nivel: Nivel,
  evento: keyof typeof VERBO,
  registro: Registro,
  version: number,
): Promise<void> {
  return registrarEvento(tx, {
    tabla: nivel.tablaLog,
    registroId: registro.id,
    evento,
    campo: VERBO[evento],
    detalle: `el ${detalleDe(nivel, registro)}`,
    version,
  })
}

/** One line per field that changed; how many they were. */
export function anotarCambios(tx: CtxTx, nivel: Nivel, antes: Registro, despues: Registro): Promise<number> {
  return registrarCambios(tx, entidadDe(nivel), {
    registroId: despues.id,
    antes: valoresAuditados(nivel, antes),
    despues: valoresAuditados(nivel, despues),
    detalle: `del ${detalleDe(nivel, despues)}`,
    version: antes.version + 1,
  })
}

/** An export of the list of a level. */
export function anotarExportacion(tx: CtxTx, { tablaLog }: Nivel, detalle: string): Promise<void> {
  return registrarEvento(tx, { tabla: tablaLog, registroId: null, evento: 'EXPORTAR', campo: 'Exportó', detalle })
}
