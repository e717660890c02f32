import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CATALOGOS } from '../../../src/modulos/catalogos/descripciones/index.ts'
import { CLASES_DE_IMPORTACION } from '../../../src/importaciones.ts'
import { RUTAS } from '../../../src/web/rutas-montadas.ts'
import { CLAVE, crearPersonaConClave, entrar, tokenDe } from '../../apoyo/acceso.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'
import { ESTATUS, fabricasProduccion } from '../../apoyo/produccion.ts'
import { crearSuperintendente } from '../../apoyo/guardias.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const crea = fabricas(pool)
const creaProduccion = fabricasProduccion(pool)

/** An OT of its own with a pending step, for each command that changes one. */
async function otConPaso(): Promise<{ ot: number; paso: number }> {
  const ot = await crea.ot({ pasos: [1], id_frente: 1, id_patio: SEMILLA.patio })
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM ot_detalle WHERE id_ot = $1', [ot])
  return { ot, paso: Number(rows[0]?.id) }
}

/** A PTE of its own with a pending step. */
async function pteConPaso(estatus = 1): Promise<{ pte: number; paso: number }> {
  const { pte, pasos } = await crea.pteConPasos([estatus])
  return { pte, paso: pasos[0] ?? 0 }
}

/** An OT of June 2025 at the yard, with an annex, and where its days are. */
async function otEnJunio(partidas: Parameters<typeof creaProduccion.version>[1] = []) {
  const ot = await crea.ot({
    estatus: 1,
    id_frente: 1,
    id_patio: SEMILLA.patio,
    fecha_inicio_programado: '2025-06-01',
    fecha_termino_programado: '2025-06-30',
  })
  const anexo = await creaProduccion.version(ot, partidas)
  return { lugar: { id_ot: ot, id_sitio: SEMILLA.patio, mes: 6, anio: 2025 }, partidas: anexo.partidas }
}

/** The same with its month closed. */
async function mesCerrado(columnas: Record<string, unknown> = {}): Promise<object> {
  const { lugar } = await otEnJunio()
  const cierre = { id_estatus: ESTATUS.MES_CERRADO, fecha_cierre: '2025-07-01T12:00:00Z' }
  await creaProduccion.carpeta(lugar.id_ot, '2025-06-01', { ...cierre, ...columnas })
  return lugar
}

/** A production of its own with GPU and a file of evidence. */
async function unGpu(): Promise<{ produccion: number; evidencia: number }> {
  const { partida, version, produccion: producir } = creaProduccion
  const { id } = await version(await crea.ot({}), [])
  const produccion = await producir(await partida(id, { codigo: '2.1.', anexo: 'C-2' }), {
    fecha: '2025-06-10',
    volumen: '1',
  })
  const { rows } = await pool.query<{ id: string }>(
    `WITH a AS (INSERT INTO archivo (sha256, clase, bytes, clave) VALUES (encode(sha256($1::text::bytea), 'hex'), 'pdf', 1, $1) RETURNING id)
     INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre) SELECT g.id, a.id, 'x.pdf' FROM a, registro_generadores_pu g WHERE g.id_produccion = $2 RETURNING id`,
    [`contenido/aa/${String(produccion)}.pdf`, produccion],
  )
  return { produccion, evidencia: Number(rows[0]?.id) }
}

let puesCreados = 0
/** A PUE that nobody converted yet. */
async function pue(): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO contrato_concepto_maestro (id_tipo_partida, partida_extraordinaria, descripcion, id_unidad_medida, cantidad)
     VALUES (7, $1, 'Concepto', 15, 1) RETURNING id`,
    [`AUDITADO-${String((puesCreados += 1))}`],
  )
  return Number(rows[0]?.id)
}

let creados = 0
/** A record of its own of each level of a contract. */
async function deContrato(nivel: 'contrato' | 'anexo' | 'sub', activo = true): Promise<number> {
  const clave = `AUD-${String((creados += 1))}`
  const alta = async (consulta: string, valores: readonly unknown[]): Promise<number> =>
    Number((await pool.query<{ id: string }>(`${consulta} RETURNING id`, [...valores])).rows[0]?.id)
  if (nivel === 'contrato')
    return alta(
      `INSERT INTO contrato (numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino, activo) VALUES ($1, 'Contrato', $2, '2025-01-01', '2025-12-31', $3)`,
      [clave, SEMILLA.clienteContrato, activo],
    )
  if (nivel === 'anexo')
    return alta(
      `INSERT INTO contrato_anexo_maestro (id_contrato, clave, descripcion, activo) VALUES ($1, $2, 'Anexo', $3)`,
      [await deContrato('contrato'), clave, activo],
    )
  return alta(
    `INSERT INTO contrato_sub_anexo (id_anexo_maestro, clave_anexo, descripcion, id_unidad_medida, activo) VALUES ($1, $2, 'Sub', 15, $3)`,
    [await deContrato('anexo'), clave, activo],
  )
}

/**
 * For each command, what to send so that it succeeds. A command that is missing here fails the test: it gets an example
 * or says `sinAuditoria`, with the reason. (The commands of the import have their own walk, beside their workbooks.)
 */
const EJEMPLOS: Readonly<Record<string, () => Promise<object>>> = {
  '/operaciones/produccion/vincular_partida_ot/': async () => {
    const { lugar } = await otEnJunio()
    return { id_ot: lugar.id_ot, id_producto: await pue() }
  },
  '/operaciones/produccion/guardar_produccion_masiva/': async () => {
    const { lugar, partidas } = await otEnJunio([{ codigo: '1.1', volumen: '10' }])
    const cambios = [{ id_partida_imp: partidas[0]?.id, dia: 10, valor: '1.5', valor_anterior: '' }]
    return { ...lugar, tipo_tiempo: 'TE', cambios }
  },
  '/administracion/parametros/deducciones/': () =>
    Promise.resolve({ deducciones: [{ nombre: 'Fondo de garantía', porcentaje: '5' }] }),
  '/administracion/parametros/cambiar/': () => Promise.resolve({ clave: 'exigir_mes_cerrado', valor: true }),
  '/operaciones/catalogos/concepto/convertir_pue/': async () => ({
    id_pue: await pue(),
    nueva_partida: '2.901.',
    nuevo_anexo: 'C-2',
  }),
  '/operaciones/catalogos/concepto/convertir_pues/': async () => ({
    conversiones: [{ id_pue: await pue(), nueva_partida: '2.902.', nuevo_anexo: 'C-2' }],
  }),
  '/operaciones/catalogos/contratos/crear/': () =>
    Promise.resolve({
      numero_contrato: 'AUDITADO',
      descripcion: 'Contrato',
      cliente: SEMILLA.clienteContrato,
      fecha_inicio: '2025-01-01',
      fecha_termino: '2025-12-31',
    }),
  '/operaciones/catalogos/anexos/crear/': async () => ({
    contrato: await deContrato('contrato'),
    clave: 'AUDITADO',
    descripcion: 'Anexo',
  }),
  '/operaciones/catalogos/sub_anexos/crear/': async () => ({
    anexo_maestro: await deContrato('anexo'),
    clave_anexo: 'AUDITADO',
    descripcion: 'Sub-anexo',
    unidad_medida: 15,
  }),
  '/operaciones/catalogos/contratos/editar/': async () => ({ id: await deContrato('contrato'), descripcion: 'Otra' }),
  '/operaciones/catalogos/contratos/eliminar/': async () => ({ id: await deContrato('contrato') }),
  '/operaciones/catalogos/contratos/reactivar/': async () => ({ id: await deContrato('contrato', false) }),
  '/operaciones/catalogos/anexos/editar/': async () => ({ id: await deContrato('anexo'), descripcion: 'Otra' }),
  '/operaciones/catalogos/anexos/eliminar/': async () => ({ id: await deContrato('anexo') }),
  '/operaciones/catalogos/anexos/reactivar/': async () => ({ id: await deContrato('anexo', false) }),
  '/operaciones/catalogos/sub_anexos/editar/': async () => ({ id: await deContrato('sub'), descripcion: 'Otra' }),
  '/operaciones/catalogos/sub_anexos/eliminar/': async () => ({ id: await deContrato('sub') }),
  '/operaciones/catalogos/sub_anexos/reactivar/': async () => ({ id: await deContrato('sub', false) }),
  '/operaciones/catalogos/producto/crear/': () =>
    Promise.resolve({ id_partida: 'C2EXT-1', descripcion: 'Concepto', unidad_medida: 15, cantidad: '1' }),
  '/operaciones/catalogos/producto/editar/': async () => ({ id: await pue(), comentario: 'otro comentario' }),
  '/operaciones/catalogos/producto/eliminar/': async () => ({ id: await pue() }),
  '/operaciones/catalogos/producto/reactivar/': async () => {
    const id = await pue()
    await pool.query('UPDATE contrato_concepto_maestro SET activo = false WHERE id = $1', [id])
    return { id }
  },
  '/administracion/usuarios/crear/': () =>
    Promise.resolve({
      username: 'auditada',
      email: 'auditada@example.com',
      clave: 'boya naranja 7',
      clave_confirmacion: 'boya naranja 7',
      grupos: ['consulta'],
    }),
  '/administracion/usuarios/editar/': async () => ({ id: await cuenta(), first_name: 'Otra' }),
  '/administracion/usuarios/eliminar/': async () => ({ id: await cuenta() }),
  '/administracion/usuarios/reactivar/': async () => ({ id: await cuenta({ activa: false }) }),
  '/administracion/usuarios/restablecer_clave/': async () => ({ id: await cuenta() }),
  '/administracion/grupos/crear/': () => Promise.resolve({ name: 'auditores', permisos: ['operaciones.view_ote'] }),
  '/administracion/grupos/editar/': async () => ({ id: await grupo(), name: 'otro nombre' }),
  '/administracion/grupos/eliminar/': async () => ({ id: await grupo() }),
  '/administracion/grupos/reactivar/': async () => ({ id: await grupo(false) }),
  '/administracion/permisos/cambiar/': async () => ({
    grupo: await grupo(),
    permiso: 'operaciones.view_ote',
    concedido: true,
  }),
  '/perfil/sesiones/cerrar/': async () => ({ sesion: await otraSesion() }),
  '/perfil/sesiones/cerrar_otras/': async () => {
    await otraSesion()
    return {}
  },
  '/operaciones/ot/crear-ot-reprogramacion/': () =>
    Promise.resolve({
      id_tipo: 4,
      orden_trabajo: 'OT-AUDITADA',
      descripcion_trabajo: 'Trabajo',
      responsable_proyecto: SEMILLA.responsable,
      responsable_cliente: 'Ing. Cliente',
      id_cliente: SEMILLA.clienteContrato,
      id_frente: 1,
      id_patio: SEMILLA.patio,
    }),
  '/operaciones/ot/crear-desde-pte/': async () => ({ pte_id: (await pteConPaso(3)).pte, oficio: 'OT-AUDITADA-DE-PTE' }),
  '/operaciones/produccion/cerrar_mes/': async () => (await otEnJunio()).lugar,
  '/operaciones/produccion/firmar_mes/': () => mesCerrado({ archivo: 'https://ejemplo.mx/mes' }),
  '/operaciones/produccion/reabrir_mes/': async () => ({ ...(await mesCerrado()), comentario: 'Faltó una partida' }),
  '/operaciones/produccion/guardar_archivo_mensual/': async () => ({
    ...(await otEnJunio()).lugar,
    archivo: 'https://ejemplo.mx/mes',
  }),
  '/operaciones/produccion/quitar_archivo_mensual/': () => mesCerrado({ archivo: 'https://ejemplo.mx/mes' }),
  '/operaciones/produccion/comentar_reporte_diario/': async () => {
    const { lugar } = await otEnJunio()
    const { id_ot: ot, id_sitio: sitio } = lugar
    await creaProduccion.reporteDiario({ ot, fecha: '2025-06-10', sitio, estatus: ESTATUS.PROCESO })
    return { ...lugar, dia: 10, comentario: 'Mal tiempo' }
  },
  '/operaciones/produccion/guardar_reportes_diarios_masiva/': async () => {
    const {
      lugar: { id_ot: idOt, ...lugar },
    } = await otEnJunio()
    return { ...lugar, cambios: [{ id_ot: idOt, dia: 10, valor: 'PROCESO', valor_anterior: '' }] }
  },
  '/operaciones/produccion/guardar_estatus_gpu/': async () => ({
    id_produccion: (await unGpu()).produccion,
    estatus_id: 18,
  }),
  '/operaciones/produccion/guardar_estatus_gpus/': async () => ({
    estatus_id: 18,
    registros: [{ id_produccion: (await unGpu()).produccion }],
  }),
  '/operaciones/produccion/retirar_evidencia_gpu/': async () => ({ id: (await unGpu()).evidencia, motivo: 'Borrosa' }),
  '/operaciones/produccion/configurar_ciclo_guardia/': async () => ({
    id_sitio: SEMILLA.patio,
    id_super_a: await crearSuperintendente(pool, SEMILLA.patio),
    id_super_b: await crearSuperintendente(pool, SEMILLA.patio),
    fecha_inicio_a: '2025-06-16',
  }),
  '/operaciones/pte/crear/': () =>
    Promise.resolve({
      id_cliente: SEMILLA.clienteContrato,
      responsable_proyecto: SEMILLA.responsable,
      id_tipo: 12,
      plazo_dias: 30,
      id_prioridad: 1,
    }),
  '/operaciones/pte/editar/': async () => ({ id: (await pteConPaso()).pte, comentario_general: 'otro comentario' }),
  '/operaciones/pte/eliminar/': async () => ({ id: (await pteConPaso()).pte }),
  '/operaciones/pte/cambiar_estatus_pte/': async () => ({ pte_id: (await pteConPaso()).pte, nuevo_estatus: 2 }),
  '/operaciones/pte/cambiar_estatus_paso/': async () => ({ paso_id: (await pteConPaso()).paso, nuevo_estatus: 2 }),
  '/operaciones/pte/actualizar-fecha/': async () => ({
    id_paso: (await pteConPaso()).paso,
    tipo: '1',
    fecha: '2025-06-10',
  }),
  '/operaciones/pte/guardar_archivo_pte/': async () => ({
    paso_id: (await pteConPaso()).paso,
    archivo: 'https://ejemplo.mx/volumetria.pdf',
  }),
  '/operaciones/ot/editar/': async () => ({ id: (await otConPaso()).ot, comentario_general: 'otro comentario' }),
  '/operaciones/ot/eliminar/': async () => ({ id: (await otConPaso()).ot }),
  '/operaciones/ot/cambiar_estatus_ot/': async () => ({ ot_id: (await otConPaso()).ot, nuevo_estatus_id: 8 }),
  '/operaciones/ot/cambiar_estatus_paso/': async () => ({ paso_id: (await otConPaso()).paso, nuevo_estatus: 2 }),
  '/operaciones/ot/actualizar-fecha/': async () => ({
    id_paso: (await otConPaso()).paso,
    tipo: '1',
    fecha: '2025-06-10',
  }),
  '/operaciones/ot/guardar_archivo_ot/': async () => ({
    paso_id: (await otConPaso()).paso,
    archivo: 'https://ejemplo.mx/acta.pdf',
  }),
  '/operaciones/ot/importaciones/deshacer/': async () => {
    const ot = await crea.ot()
    const { id } = await creaProduccion.version(ot, [{ codigo: '1.1', volumen: '10' }])
    return { importacion_id: id }
  },
  '/operaciones/tipos-cambio/crear/': () =>
    Promise.resolve({ fecha: '2024-01-02', valor: '17.1', fuente: 'Diario Oficial' }),
  '/operaciones/tipos-cambio/corregir/': async () => {
    const { rows } = await pool.query<{ id: string }>(
      "INSERT INTO tipo_cambio (fecha, valor, fuente) VALUES ('2024-01-03', 17, 'Diario Oficial') RETURNING id",
    )
    return { id: Number(rows[0]?.id), version: 1, valor: '17.2', motivo: 'mal tecleado' }
  },
  '/perfil/tokens/crear/': () => Promise.resolve({ nombre: 'Tablero', alcances: ['operaciones.view_ote'], dias: 90 }),
  '/perfil/tokens/revocar/': async () => {
    const { usuarioId } = await app.entrarComo('superusuario')
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO token_acceso (id_usuario, nombre, prefijo, huella, alcances, creado_en, caduca_en)
       VALUES ($1, 'Por revocar', 'sascop_abcdef', repeat('0', 64), '{operaciones.view_ote}', now(), now() + interval '1 day') RETURNING id`,
      [usuarioId],
    )
    return { id: Number(rows[0]?.id) }
  },
}

/** Commands whose walk needs a file or a lot, and is beside them; the catalogues have one for all (catalogos.test.ts). */
const CON_PRUEBA_PROPIA = [
  '/operaciones/estimaciones/',
  '/operaciones/produccion/subir_evidencia_gpu/',
  '/operaciones/ot/importar/',
  // anexo/versiones.test.ts
  '/operaciones/ot/importar_anexo_ot/',
  '/operaciones/catalogos/conceptos/importar/',
  ...CLASES_DE_IMPORTACION.map(({ base }) => base),
  ...CATALOGOS.map(({ slug }) => `/operaciones/catalogos/${slug}/`),
]

/** An account without e-mail, which needs no queue for its messages. */
async function cuenta(columnas = { activa: true }): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO "user" (username, password, is_active) VALUES ('cuenta' || nextval('user_id_seq'), '!', $1) RETURNING id`,
    [columnas.activa],
  )
  return Number(rows[0]?.id)
}

async function grupo(activo = true): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO "group" (name, activo) VALUES ('grupo ' || nextval('group_id_seq'), $1) RETURNING id`,
    [activo],
  )
  return Number(rows[0]?.id)
}

/** Another browser of the same person, as its page names it. */
async function otraSesion(): Promise<string> {
  const { sid } = await app.entrarComo('superusuario')
  return createHash('sha256').update(sid).digest('hex').slice(0, 32)
}

async function filas(): Promise<number> {
  const { rows } = await pool.query<{ n: string }>('SELECT count(*) AS n FROM registro_actividad')
  return Number(rows[0]?.n)
}

describe('every command leaves its trace (architecture §8)', () => {
  const mandatos = RUTAS.filter(
    (ruta) =>
      ruta.clase === 'accion' &&
      ruta.sinAuditoria === null &&
      !CON_PRUEBA_PROPIA.some((grupo) => ruta.ruta.startsWith(grupo)),
  )

  it('there is an example of each', () => {
    expect(mandatos.map(({ ruta }) => ruta).sort()).toEqual(Object.keys(EJEMPLOS).sort())
  })

  it.each(mandatos.map(({ ruta }) => ({ ruta })))('$ruta', async ({ ruta }) => {
    const { agente, usuarioId } = await app.entrarComo('superusuario')
    const cuerpo = await EJEMPLOS[ruta]?.()
    const antes = await filas()
    // What a browser says of its own actions is ignored (core.md §16.8).
    const r = await agente.post(ruta).send({ ...cuerpo, registro_actividad: JSON.stringify({ evento: 'FALSO' }) })
    expect([r.status, r.body]).toEqual([200, expect.objectContaining({ exito: true })])
    expect(await filas()).toBeGreaterThan(antes)
    const { rows } = await pool.query(
      'SELECT usuario_id, transaccion, ip, agente, evento FROM registro_actividad ORDER BY id DESC LIMIT 1',
    )
    expect(rows[0]).toMatchObject({
      usuario_id: String(usuarioId),
      transaccion: expect.any(String) as string,
      ip: expect.any(String) as string,
    })
    expect((rows[0] as { evento: string }).evento).not.toBe('FALSO')
  })

  it('the forms too: login, password and logout', async () => {
    await crearPersonaConClave(app, { username: 'rastreada', email: 'rastreada@example.com' })
    const agente = app.anonimo()
    const cuentas = [await filas()]
    await entrar(agente, { username: 'rastreada' })
    cuentas.push(await filas())
    const clave = 'ancla verde 22'
    const csrf = async () => ({ csrfmiddlewaretoken: await tokenDe(agente, '/perfil/') })
    await agente
      .post('/perfil/clave/')
      .type('form')
      .send({ ...(await csrf()), clave_actual: CLAVE, clave, clave_confirmacion: clave })
    cuentas.push(await filas())
    await agente
      .post('/accounts/logout/')
      .type('form')
      .send(await csrf())
    cuentas.push(await filas())
    expect(cuentas.map((cuenta) => cuenta - (cuentas[0] ?? 0))).toEqual([0, 1, 2, 3])
    const formularios = RUTAS.filter(({ clase }) => clase === 'formulario').map(({ ruta }) => ruta)
    expect(formularios.sort()).toEqual([
      // What these two leave is looked at in usuarios/enlaces.test.ts; the first one of the profile, in usuarios/perfil.test.ts.
      '/accounts/clave/:token/',
      '/accounts/login/',
      '/accounts/logout/',
      '/accounts/recuperar/',
      '/perfil/',
      '/perfil/clave/',
    ])
  })

  it('the log is append-only', async () => {
    await expect(pool.query('UPDATE registro_actividad SET detalle = $1', ['x'])).rejects.toThrow()
    await expect(pool.query('DELETE FROM registro_actividad')).rejects.toThrow()
    await expect(pool.query('TRUNCATE registro_actividad')).rejects.toThrow()
  })
})
