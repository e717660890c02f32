/** Guards of the superintendents of each site (produccion.md §5.10). */
import { DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { aDdMmAaaa, type FechaIso } from '../../../comun/fechas.ts'
import type { Contexto, CtxLectura } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarCambios, registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import { sitiosActivos, sitiosPorId, superintendentesDeSitio } from '../../catalogos/index.ts'
import { cicloParaLog, ENTIDAD_CICLO } from './guardias.auditoria.ts'
import type { BloqueGuardia, OpcionSuper, RespuestaCiclo } from './guardias.contrato.ts'
import { bloquesDelMes, cicloDelDia, faltasDelCiclo, vigenciaPorOmision } from './guardias.reglas.ts'
import * as repo from './guardias.repo.ts'
import type { ConfigurarCiclo } from './guardias.schema.ts'
import { DIAS_DE_GUARDIA, type BloqueDeGuardia, type Ciclo, type CicloGuardado } from './guardias.tipos.ts'

/** Active superintendents of a site (§6.10); none for a site that is not said. */
export async function supersDeSitio(ctx: CtxLectura, idSitio: number | null): Promise<OpcionSuper[]> {
  if (idSitio === null) return []
  return (await superintendentesDeSitio(ctx, idSitio)).map(({ id, nombre }) => ({ id, nombre }))
}

/** Who has the guard of a site on each day of a month; none without cycle. */
export async function guardiasDelMes(
  ctx: CtxLectura,
  idSitio: number,
  anio: number,
  mes: number,
): Promise<BloqueDeGuardia[]> {
  return bloquesDelMes(await repo.listarCiclos(ctx.bd, idSitio), anio, mes)
}

/** The same as it travels (§6.12): bad parameters give an empty list. */
export async function guardiasParaGrilla(
  ctx: CtxLectura,
  pedido: { id_sitio: number | null; mes: number | null; anio: number | null },
): Promise<BloqueGuardia[]> {
  const { id_sitio: idSitio, mes, anio } = pedido
  if (idSitio === null || mes === null || anio === null) return []
  return (await guardiasDelMes(ctx, idSitio, anio, mes)).map(({ superintendente: { nombre, color }, inicio, fin }) => ({
    nombre,
    color,
    inicio,
    fin,
  }))
}

/** What the dialog of a site opens with. @throws NoEncontrado when there is no such site. */
export async function cicloDeSitio(ctx: Contexto, idSitio: number | null): Promise<RespuestaCiclo> {
  const sitio = await exigirSitio(ctx, idSitio)
  const [supers, ciclos] = await Promise.all([supersDeSitio(ctx, sitio.id), repo.listarCiclos(ctx.bd, sitio.id)])
  const vigente = cicloDelDia(ciclos, ctx.hoy)
  return {
    sitio: sitio.descripcion,
    supers,
    hoy: ctx.hoy,
    ciclo: vigente && {
      id_super_a: vigente.a.id,
      id_super_b: vigente.b.id,
      super_a: vigente.a.nombre,
      super_b: vigente.b.nombre,
      fecha_inicio_a: vigente.inicioA,
      dias_ciclo: vigente.dias,
      vigente_desde: vigente.vigenteDesde,
    },
  }
}

async function exigirSitio(ctx: CtxLectura, idSitio: number | null): Promise<{ id: number; descripcion: string }> {
  const sitio = idSitio === null ? undefined : (await sitiosPorId(ctx, [idSitio])).get(idSitio)
  if (!sitio) throw new NoEncontrado('El sitio no existe.')
  return sitio
}

/**
 * Gives a site a cycle from a day on (§6.11): the days before it keep who they had, what was set for later is replaced.
 * @returns the day from which it holds, and whether anything changed.
 * @throws DatosInvalidos with the fields; NoEncontrado when there is no such site.
 */
export async function configurarCiclo(
  ctx: Contexto,
  datos: ConfigurarCiclo,
): Promise<{ vigenteDesde: FechaIso; cambio: boolean }> {
  if (datos.id_sitio === null) throw faltas({ id_sitio: 'Elige el sitio.' })
  const sitio = await exigirSitio(ctx, datos.id_sitio)
  return conTransaccion(ctx, async (tx) => {
    await repo.bloquearSitio(tx, sitio.id)
    const ciclos = await repo.listarCiclos(tx.bd, sitio.id)
    const nuevo = await armarCiclo(tx, sitio.id, datos, ciclos)
    const enVigor = cicloDelDia(ciclos, nuevo.vigenteDesde)
    const hayPosteriores = ciclos.some(({ vigenteDesde }) => vigenteDesde > nuevo.vigenteDesde)
    if (enVigor !== null && !hayPosteriores && mismaRotacion(enVigor, nuevo))
      return { vigenteDesde: enVigor.vigenteDesde, cambio: false }
    await repo.borrarCiclosDesde(tx, sitio.id, nuevo.vigenteDesde)
    const id = await repo.insertarCiclo(tx, sitio.id, nuevo)
    const detalle = `el ciclo de guardia de: ${sitio.descripcion}, desde el ${aDdMmAaaa(nuevo.vigenteDesde)}`
    if (enVigor === null)
      await registrarEvento(tx, {
        tabla: TABLA_LOG.CICLO_GUARDIA,
        registroId: id,
        evento: 'CREAR',
        campo: 'Creó',
        actual: `${nuevo.a.nombre} y ${nuevo.b.nombre}, desde el ${aDdMmAaaa(nuevo.inicioA)}`,
        detalle,
      })
    else
      await registrarCambios(tx, ENTIDAD_CICLO, {
        registroId: id,
        antes: cicloParaLog(enVigor),
        despues: cicloParaLog(nuevo),
        detalle,
      })
    return { vigenteDesde: nuevo.vigenteDesde, cambio: true }
  })
}

async function armarCiclo(
  ctx: CtxLectura,
  idSitio: number,
  datos: ConfigurarCiclo,
  ciclos: readonly CicloGuardado[],
): Promise<Ciclo> {
  const { id_super_a: idA, id_super_b: idB, fecha_inicio_a: inicioA, vigente_desde: pedida } = datos
  const supers = await superintendentesDeSitio(ctx, idSitio)
  const encontradas = faltasDelCiclo({ idA, idB, inicioA }, supers)
  const a = supers.find(({ id }) => id === idA)
  const b = supers.find(({ id }) => id === idB)
  if (!a || !b || inicioA === null || Object.keys(encontradas).length > 0) throw faltas(encontradas)
  const vigenteDesde = pedida ?? vigenciaPorOmision(ciclos.length > 0, inicioA, ctx.hoy)
  return { a, b, inicioA, dias: DIAS_DE_GUARDIA, vigenteDesde }
}

const mismaRotacion = (uno: Ciclo, otro: Ciclo): boolean =>
  uno.a.id === otro.a.id && uno.b.id === otro.b.id && uno.inicioA === otro.inicioA && uno.dias === otro.dias

const faltas = (campos: Record<string, string>): DatosInvalidos =>
  new DatosInvalidos(Object.values(campos)[0] ?? 'Revisa los datos del ciclo de guardia.', { campos })

/** Sites with their configurations, newest first, and every active site for the selector. */
export async function calendarioDeGuardias(
  ctx: CtxLectura,
  idSitio: number | null,
): Promise<{ sitios: { id: number; descripcion: string }[]; ciclos: CicloGuardado[] }> {
  const [sitios, ciclos] = await Promise.all([sitiosActivos(ctx), repo.listarCiclos(ctx.bd, idSitio)])
  return { sitios, ciclos }
}
