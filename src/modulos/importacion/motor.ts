/** Makes a class of import from the description of its columns and of its table. */
import { createHash } from 'node:crypto'
import type { CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import { registrarEventos } from '../auditoria/index.ts'
import type { FilaDeLibro, LibroLeido } from './columnas.tipos.ts'
import type { AlAvanzar, ClaseImportacion, LecturaDeClase, Peticion, PlanDeClase } from './importacion.clase.ts'
import type { FilaDeLista, ListaDeImportacion } from './importacion.contrato.ts'
import { LISTA_ADVERTENCIAS, LISTA_RECHAZADAS } from './importacion.listas.ts'
import type { Conteo } from './importacion.tipos.ts'
import { leerRechazadas } from './lector.ts'
import { leerEnOtroHilo } from './lectura.ts'
import * as repo from './lote.repo.ts'
import { eventoDeCambio, POR_VEZ, versionDe } from './motor.auditoria.ts'
import { deshacer } from './motor.deshacer.ts'
import type { DefImportacion, Foto, InformeDeMotor, PlanDeMotor, ResumenDeMotor } from './motor.tipos.ts'
import { huellaCon, planear } from './planear.ts'
import { hojasDePlantilla } from './plantilla.ts'

type Def<V, C extends object, F extends Foto<C>> = DefImportacion<V, C, F>

/** The class of import of a description. */
export function crearClase<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
): ClaseImportacion<InformeDeMotor, ResumenDeMotor> {
  const { cosa } = def
  return {
    clave: def.clave,
    base: def.base,
    permiso: def.permiso,
    migas: def.migas,
    textos: def.textos,
    opciones: def.opciones ?? [],
    listas: listasDe(def),
    tablaLog: def.tablaLog,
    ...(def.turno === undefined ? {} : { turno: def.turno }),
    abrir: (ruta) => abrir(def, ruta),
    renglones: (informe) => [{ texto: def.renglon, conteo: conteoDe(def, informe) }],
    hechos: (informe) => {
      const { creadas, actualizadas, rechazadas } = conteoDe(def, informe)
      return { creados: [{ n: creadas, que: cosa }], actualizados: [{ n: actualizadas, que: cosa }], rechazadas }
    },
    contarListas: async (ctx, lote) => {
      const cuenta = (await repo.contarCambios(ctx.bd, lote)).find(({ tabla }) => tabla === def.tabla)
      return { creadas: cuenta?.creadas ?? 0, cambios: cuenta?.cambios ?? 0 }
    },
    filasDeLote: (ctx, lote, lista, inicio, largo) => filasDeLote(def, ctx, lote, lista, inicio, largo),
    deshacer: (tx, lote) => deshacer(def, tx, lote),
    deshechos: ({ eliminadas, restauradas }) => ({
      eliminados: [{ n: eliminadas, que: cosa }],
      restaurados: [{ n: restauradas, que: cosa }],
    }),
    rutaDe: (tabla, id) => (tabla === def.tabla ? (def.rutaDe?.(id) ?? null) : null),
    rechazadas: (ruta, errores) => leerRechazadas(ruta, def.formatos, errores),
    plantilla: (ctx) => def.plantilla?.(ctx) ?? hojasDePlantilla(def, ctx),
  }
}

function listasDe<V, C extends object, F extends Foto<C>>({
  cosa,
  tituloDeNombre,
}: Def<V, C, F>): ListaDeImportacion[] {
  const nombre = { titulo: tituloDeNombre, campo: 'nombre', enlace: true }
  const fila = { titulo: 'Fila', campo: 'fila', clase: 'numero' } as const
  const [nuevos, creados] = cosa.genero === 'f' ? ['nuevas', 'creadas'] : ['nuevos', 'creados']
  const enTitulo = cosa.varios.charAt(0).toLocaleUpperCase('es-MX') + cosa.varios.slice(1)
  return [
    LISTA_RECHAZADAS,
    {
      clave: 'cambios',
      futuro: 'Cambios',
      pasado: 'Cambios',
      columnas: [
        nombre,
        fila,
        { titulo: 'Dato', campo: 'campo' },
        { titulo: 'Antes', campo: 'antes', clase: 'texto-largo' },
        { titulo: 'Después', campo: 'despues', clase: 'texto-largo' },
      ],
    },
    {
      clave: 'creadas',
      futuro: `${enTitulo} ${nuevos}`,
      pasado: `${enTitulo} ${creados}`,
      columnas: [{ ...nombre, clase: 'texto-largo' }, { titulo: 'Hoja', campo: 'hoja' }, fila],
    },
    LISTA_ADVERTENCIAS,
  ]
}

/** The counts are in the report under the name of their group, as its JSON says them. */
function conteoDe<V, C extends object, F extends Foto<C>>({ grupo }: Def<V, C, F>, informe: object): Conteo {
  return (informe as Readonly<Record<string, Conteo>>)[grupo] ?? NADA
}
const NADA: Conteo = { total: 0, creadas: 0, actualizadas: 0, sin_cambio: 0, rechazadas: 0 }

// -------------------------------------------------------------------------------------------------------------- plan

async function abrir<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
  ruta: string,
): Promise<LecturaDeClase<InformeDeMotor>> {
  const libro = await leerEnOtroHilo(ruta, def.formatos)
  const filas = libro.bloques.flatMap((bloque) => JSON.parse(bloque) as FilaDeLibro<V>[])
  return {
    sha256: libro.sha256,
    filas: libro.filas,
    planear: (ctx, peticion, bloquear) => planearLibro(def, ctx, { libro, filas, peticion, bloquear }),
    cerrar: () => Promise.resolve(),
  }
}

interface LibroEnMano<V> {
  readonly libro: LibroLeido
  readonly filas: readonly FilaDeLibro<V>[]
  readonly peticion: Peticion
  readonly bloquear: boolean
}

async function planearLibro<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
  ctx: CtxLectura,
  { libro, filas, peticion, bloquear }: LibroEnMano<V>,
): Promise<PlanDeClase<InformeDeMotor>> {
  const { formato, hojas } = libro
  const { opciones, todoONada } = peticion
  const contenido = { formato, hojas, filas, opciones }
  const foto = await def.foto(ctx, contenido, bloquear)
  const huellas = filas.map(({ huella }) => huellaCon(huella, opciones))
  const conocidas = await repo.buscarPorHuella(ctx.bd, def.tabla, huellas)
  const enFoto = new Set(foto.registros.map(({ id }) => id))
  const faltan = [...new Set(conocidas.map(({ id }) => id))].filter((id) => !enFoto.has(id))
  const registros = [...foto.registros, ...(faltan.length === 0 ? [] : await def.leer(ctx, faltan, bloquear))]
  const ultimas = await repo.listarHuellas(
    ctx.bd,
    def.tabla,
    registros.map(({ id }) => id),
  )
  const plan = await planear({
    def,
    contenido,
    foto,
    registros,
    memoria: { huellas: new Map(ultimas.map(({ id, huella }) => [id, huella])), porHuella: agrupar(conocidas) },
  })
  return comoPlan(def, foto, todoONada && plan.errores.length > 0 ? sinEscribir(plan) : plan, libro)
}

function agrupar(conocidas: readonly { id: number; huella: string }[]): Map<string, number[]> {
  const grupos = new Map<string, number[]>()
  for (const { id, huella } of conocidas) grupos.set(huella, [...(grupos.get(huella) ?? []), id])
  return grupos
}

/** Nothing goes in: what would have been created or changed counts as rejected, for the counts to add up. */
function sinEscribir<C extends object>(plan: PlanDeMotor<C>): PlanDeMotor<C> {
  const { total, sin_cambio } = plan.conteo
  const conteo = { total, sin_cambio, creadas: 0, actualizadas: 0, rechazadas: total - sin_cambio }
  return { ...plan, crear: [], actualizar: [], reconocer: [], conteo }
}

function comoPlan<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
  foto: F,
  plan: PlanDeMotor<C>,
  libro: LibroLeido,
): PlanDeClase<InformeDeMotor> {
  const { crear, actualizar, conteo, errores } = plan
  const hash = createHash('sha256')
  for (const registro of [...crear, ...actualizar]) hash.update(JSON.stringify(registro))
  const informe = {
    filas: conteo.total,
    [def.grupo]: conteo,
    errores,
    advertencias: [...libro.advertencias, ...plan.advertencias],
  }
  return {
    huella: hash.digest('hex'),
    escribe: crear.length + actualizar.length > 0,
    cuantas: { crear: crear.length, actualizar: actualizar.length },
    informe: informe as unknown as PlanDeClase<InformeDeMotor>['informe'],
    listas: {
      creadas: () => crear.map(({ nombre, hoja, fila }) => ({ nombre, hoja, fila, ruta: null })),
      cambios: () =>
        actualizar.flatMap(({ id, nombre, fila, cambios }) =>
          cambios.map(({ etiqueta: campo, antes, despues }) => ({
            nombre,
            fila,
            campo,
            antes,
            despues,
            ruta: def.rutaDe?.(id) ?? null,
          })),
        ),
    },
    escribir: (tx, lote, avanzar) => escribir(def, tx, { lote, plan, foto, avanzar }),
  }
}

// ------------------------------------------------------------------------------------------------------------- write

interface Escritura<C extends object, F> {
  readonly lote: number
  readonly plan: PlanDeMotor<C>
  readonly foto: F
  readonly avanzar: AlAvanzar
}

async function escribir<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
  tx: CtxTx,
  { lote, plan, foto, avanzar }: Escritura<C, F>,
): Promise<void> {
  const origen = `lote ${String(lote)}`
  for (let i = 0; i < plan.crear.length; i += POR_VEZ) {
    await avanzar(35 + (50 * i) / plan.crear.length, `Guardando ${def.cosa.varios}`)
    const nuevos = plan.crear.slice(i, i + POR_VEZ)
    const ids = await def.insertar(tx, nuevos, foto, origen)
    const conIds = nuevos.map((nuevo, n) => ({ ...nuevo, id: exigirId(ids[n]) }))
    const versiones = new Map((await def.leer(tx, [...ids], false)).map(({ id, version }) => [id, version]))
    await repo.insertarCambios(
      tx.bd,
      lote,
      conIds.map(({ id, nombre, hoja, fila, huella, campos }) => ({
        tabla: def.tabla,
        id_registro: id,
        accion: 'creado',
        huella,
        antes: null,
        despues: campos,
        version_despues: versiones.get(id) ?? null,
        nombre,
        hoja,
        fila,
      })),
    )
    await registrarEventos(
      tx,
      conIds.map(({ id, nombre }) => ({
        tabla: def.tablaLog,
        registroId: id,
        evento: 'CREAR',
        campo: 'Creó',
        detalle: `${nombre} (${origen})`,
        ...versionDe(versiones.get(id)),
      })),
    )
  }
  for (let i = 0; i < plan.actualizar.length; i += POR_VEZ) {
    await avanzar(85 + (12 * i) / plan.actualizar.length, `Actualizando ${def.cosa.varios}`)
    const cambiados = plan.actualizar.slice(i, i + POR_VEZ)
    await def.actualizar(
      tx,
      cambiados.map(({ id, despues }) => ({ id, campos: despues })),
    )
    await repo.insertarCambios(
      tx.bd,
      lote,
      cambiados.map(({ id, nombre, hoja, fila, huella, antes, despues, cambios, version }) => ({
        tabla: def.tabla,
        id_registro: id,
        accion: 'actualizado',
        huella,
        antes,
        despues,
        version_despues: version === null ? null : version + 1,
        nombre,
        hoja,
        fila,
        cambios,
      })),
    )
    await registrarEventos(
      tx,
      cambiados.flatMap(({ id, nombre, version, cambios }) =>
        cambios.map((cambio) => eventoDeCambio(def, id, cambio, `${nombre} (${origen})`, version)),
      ),
    )
  }
  await repo.insertarCambios(
    tx.bd,
    lote,
    plan.reconocer.map(({ id, huella, version, nombre }) => ({
      tabla: def.tabla,
      id_registro: id,
      accion: 'sin_cambio',
      huella,
      antes: null,
      despues: null,
      version_despues: version,
      nombre,
    })),
  )
}

function exigirId(id: number | undefined): number {
  if (id === undefined) throw new Error('insertar() answered fewer ids than records')
  return id
}

// ------------------------------------------------------------------------------------------------------------- lists

async function filasDeLote<V, C extends object, F extends Foto<C>>(
  def: Def<V, C, F>,
  ctx: CtxLectura,
  lote: number,
  lista: string,
  inicio: number,
  largo: number,
): Promise<FilaDeLista[]> {
  const filas =
    lista === 'creadas'
      ? await repo.listarCreados(ctx.bd, lote, def.tabla, inicio, largo)
      : await repo.listarCampos(ctx.bd, lote, def.tabla, inicio, largo)
  if (def.rutaDe === undefined) return filas.map((fila) => ({ ...fila, ruta: null }))
  const ids = [...new Set(filas.map(({ id }) => id))]
  const vivos = new Set((await def.leer(ctx, ids, false)).filter(({ vivo }) => vivo).map(({ id }) => id))
  return filas.map((fila) => ({ ...fila, ruta: vivos.has(fila.id) ? (def.rutaDe?.(fila.id) ?? null) : null }))
}
