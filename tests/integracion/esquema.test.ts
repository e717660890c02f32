import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sembrarCatalogos } from '../../prisma/seed/catalogos/index.ts'
import { PERMISOS, permisosDeGrupo } from '../../src/modulos/usuarios/permisos-por-grupo.ts'
import { claveFolio } from '../../src/comun/texto.ts'
import { Conflicto, DatosInvalidos } from '../../src/comun/errores.ts'
import { FRASES, traducirErrorBd } from '../../src/plataforma/errores-bd.ts'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import { baseDePruebas } from '../apoyo/bd.ts'

const { conexion, url } = await baseDePruebas()
const cliente = new pg.Client(url)

beforeAll(async () => {
  await cliente.connect()
})
afterAll(async () => {
  await cliente.end()
})

/** First column of every row. */
async function columna(consulta: string, valores: unknown[] = []): Promise<string[]> {
  const { rows } = await cliente.query<Record<string, unknown>>(consulta, valores)
  return rows.map((fila) => String(Object.values(fila)[0]))
}

/** Runs the statements in order inside a transaction that is always undone; gives back what the last one threw. */
async function intentar(...sentencias: string[]): Promise<pg.DatabaseError | null> {
  await cliente.query('BEGIN')
  try {
    for (const sentencia of sentencias) await cliente.query(sentencia)
    return null
  } catch (error) {
    return error as pg.DatabaseError
  } finally {
    await cliente.query('ROLLBACK')
  }
}

/** INSERT of an OT: a good initial order unless a column says otherwise (values are SQL). */
function ot(columnas: Record<string, string> = {}): string {
  const todas: Record<string, string> = {
    id: '900',
    id_tipo: '4',
    orden_trabajo: "'OT-900'",
    descripcion_trabajo: "'Trabajo'",
    id_responsable_proyecto: '3',
    responsable_cliente: "'Representante'",
    ...columnas,
  }
  return `INSERT INTO ot (${Object.keys(todas).join(', ')}) VALUES (${Object.values(todas).join(', ')})`
}

const REPROGRAMACION = { id: '901', id_tipo: '5', ot_principal: '900', num_reprogramacion: '1' }
/** INSERT of a contract with its annex and sub-annex, and of a concept in it (values are SQL). */
const CONTRATO = `INSERT INTO contrato (id, numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino) VALUES (900, '640', 'X', 1, '2024-01-01', '2034-01-01')`
const ANEXO = `INSERT INTO contrato_anexo_maestro (id, id_contrato, clave, descripcion) VALUES (900, 900, 'C', 'Precios')`
const SUB_ANEXO = `INSERT INTO contrato_sub_anexo (id, id_anexo_maestro, clave_anexo, descripcion) VALUES (900, 900, 'X-2', 'X')`
function concepto(columnas: Record<string, string> = {}): string {
  const todas: Record<string, string> = {
    id: '900',
    id_tipo_partida: '6',
    id_sub_anexo: '900',
    partida_ordinaria: "'2.10.'",
    descripcion: "'Tubo de acero'",
    id_unidad_medida: '15',
    ...columnas,
  }
  return `INSERT INTO contrato_concepto_maestro (${Object.keys(todas).join(', ')}) VALUES (${Object.values(todas).join(', ')})`
}
const PUE = {
  id_tipo_partida: '7',
  id_sub_anexo: 'NULL',
  partida_ordinaria: 'NULL',
  partida_extraordinaria: "'C2EXT-9001'",
}
const PRECIO = `INSERT INTO contrato_concepto_precio (id_concepto, numero, precio_mn, precio_usd, cantidad, fecha, origen) VALUES (900, 1, 0, 0, 0, now(), 'captura')`
const CONTRATO_ENTERO = [CONTRATO, ANEXO, SUB_ANEXO]
const PTE = 'INSERT INTO pte_header (id, id_tipo, plazo_dias) VALUES (900, 12, 5)'
const PERSONA = `INSERT INTO "user" (id, username, email, password) VALUES (900, 'ana', 'ana@ejemplo.mx', 'x')`

describe('names of the constraints', () => {
  // Why a constraint needs no sentence: no form, file or address of a person reaches it.
  const INALCANZABLES: readonly [RegExp, string][] = [
    [/^(?!(user_groups|user_permissions|group_permissions)_).*_pkey$/, 'ids come from sequences'],
    [/_version_positiva$/, 'the services raise the version'],
    [
      /^(tarea|lote_importacion|lote_cambio|dato_demo|session|permission|sello_auditoria|conteo_auditoria)_/,
      'written by the program alone',
    ],
    [/^correo_saliente_/, 'written by the program alone'],
    [
      /^importacion_anexo_(usuario_fk|total_no_negativo|numero_positivo|modo_valido)$/,
      'the program writes the person of the session, the count, the number and the mode',
    ],
    [
      /^(archivo|partida_proyectada)_|^concepto_consolidado_huella_|^partida_anexo_importada_(id_concepto|origen_valido)$/,
      'written by the program alone',
    ],
    [
      /^reporte_mensual_header_(id_mes|estatus_valido|cierre_completo|cerrado_por_fk)$|^produccion_(captura_fk|actualizacion_fk|cobro_valido)$/,
      'the program writes statuses and the person of the session',
    ],
    [
      /^reporte_diario_detalle_(bloqueo_coherente|firma_completa|huella_completa|firmado_por_fk|actualizacion_fk)$|^registro_generadores_pu_firmado_por_fk$/,
      'the program writes who signs',
    ],
    [
      /^estimacion_header_(numero_positivo|estatus_valido|totales_no_negativos|enviada_completa|(creado|actualizado|enviado|autorizado)_por_fk)$|^estimacion_detalle_precio_no_negativo$|^estimacion_comparacion_((creado|aplicado)_por_fk|cuentas_no_negativas|nombre_no_vacio)$|^(estimacion_deduccion|deduccion_usual)_orden_unico$/,
      'the program numbers, adds up and writes who did it',
    ],
    [/^estimacion_prueba_(?!cuadra$)/, 'written by the program alone, which says it before'],
    [/^estimacion_instantanea_(forma|sha256_valida)$/, 'the program writes what a sent estimation prints'],
    [/^(parametro_|tipo_cambio_usuario_fk|registro_generadores_pu_linea_fk)/, 'written by the program alone'],
    [/^(evidencia_gpu_(usuario|retirada_por)_fk|guardias_usuario_fk)$/, 'the person of the session'],
    [/^(contrato_seccion|contrato_concepto_precio|producto)_/, 'written by the program alone, and by the loader'],
    [
      /^enlace_clave_(huella_unica|motivo_valido|vence_despues|creador_fk)$/,
      'the program makes the token, the reason and the expiry',
    ],
    [/^_prisma_migrations/, 'table of Prisma'],
  ]

  // Tables whose triggers name what they refuse; one a line, in any order.
  const CON_DISPARADORES = [
    'contrato_concepto_precio',
    'estimacion_comparacion',
    'estimacion_deduccion',
    'estimacion_detalle',
    'estimacion_header',
    'estimacion_instantanea',
    'estimacion_prueba',
    'importacion_anexo',
    'ot',
    'produccion',
    'pte_header',
    'registro_actividad',
    'registro_generadores_pu',
    'reporte_diario_detalle',
    'reporte_mensual_header',
    'sitio',
    'user',
  ]

  test('each one that a person can reach has its sentence', async () => {
    const existentes = await columna(`
      SELECT conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
      WHERE t.relnamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u', 'p', 'x')
      UNION
      SELECT i.relname FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
      WHERE x.indisunique AND i.relnamespace = 'public'::regnamespace
      ORDER BY 1`)
    expect(existentes.length).toBeGreaterThan(150)
    const sinFrase = existentes.filter(
      (nombre) => !(nombre in FRASES) && !INALCANZABLES.some(([forma]) => forma.test(nombre)),
    )
    expect(sinFrase).toEqual([])
    // What triggers raise has a name too, which pg_constraint does not know.
    const deDisparadores = (
      await columna(`
      SELECT DISTINCT (regexp_matches(prosrc, '''([a-z_]+)''', 'g'))[1] FROM pg_proc
      WHERE pronamespace = 'public'::regnamespace AND prosrc LIKE '%CONSTRAINT = %' ORDER BY 1`)
    ).filter((nombre) => CON_DISPARADORES.some((tabla) => nombre.startsWith(`${tabla}_`)))
    expect(deDisparadores.length).toBeGreaterThan(6)
    expect(deDisparadores.filter((nombre) => !(nombre in FRASES))).toEqual([])
    const conocidas = new Set([...existentes, ...deDisparadores])
    expect(Object.keys(FRASES).filter((nombre) => !conocidas.has(nombre))).toEqual([])
  })

  test('no constraint nor index has a name made up by PostgreSQL', async () => {
    const nombres = await columna(`
      SELECT conname FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
      WHERE t.relnamespace = 'public'::regnamespace AND contype IN ('c', 'f', 'u') AND conname ~ '(_check|_fkey|_key)[0-9]*$'
      UNION SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('i', 'I')
        -- The copies that each partition has of an index of its table are named by PostgreSQL.
        AND NOT c.relispartition AND c.relname ~ '_(idx|key)[0-9]*$'`)
    expect(nombres).toEqual([])
  })
})

describe('what the specification requires', () => {
  test.each([
    ['ot_tipo_estatus_id', '(id_tipo, estatus, id)'],
    ['ot_principal_tipo_estatus', '(ot_principal, id_tipo, estatus)'],
    ['ot_pte', '(id_pte_header)'],
    ['ot_lista_id', '(id_tipo, id) INCLUDE (busqueda, monto_mxn, monto_usd) WHERE (estatus = ANY'],
    ['ot_lista_folio', '(id_tipo, texto_clave((orden_trabajo)::text), id) WHERE'],
    ['ot_lista_inicio_real_asc', '(id_tipo, fecha_inicio_real, id) WHERE'],
    ['ot_lista_inicio_real_desc', '(id_tipo, fecha_inicio_real DESC NULLS LAST, id DESC) WHERE'],
    ['ot_lista_termino_real_asc', '(id_tipo, fecha_termino_real, id) WHERE'],
    ['ot_lista_termino_real_desc', '(id_tipo, fecha_termino_real DESC NULLS LAST, id DESC) WHERE'],
    ['ot_lista_estatus', '(id_tipo, id_estatus_ot, id) WHERE'],
    ['ot_lista_responsable', '(id_responsable_proyecto, id_tipo, id) WHERE'],
    ['ot_lista_cliente', '(id_cliente, id_tipo, id) WHERE'],
    ['ot_lista_anio', '(id_tipo, anio, id) WHERE'],
    ['ot_lista_embarcacion', '(id_embarcacion, id_tipo, id) WHERE'],
    ['ot_lista_plataforma', '(id_plataforma, id_tipo, id) WHERE'],
    ['ot_lista_intercom', '(id_intercom, id_tipo, id) WHERE'],
    ['ot_lista_patio', '(id_patio, id_tipo, id) WHERE'],
    ['ot_familia', '(ot_principal, num_reprogramacion, id) WHERE'],
    ['ot_folio_busqueda', 'gin (orden_trabajo gin_trgm_ops)'],
    ['ot_busqueda', 'gin (busqueda gin_trgm_ops)'],
    ['ot_detalle_paso_unico', '(id_ot, id_paso) INCLUDE (estatus_paso)'],
    ['pte_header_estatus_id', '(estatus, id)'],
    ['pte_header_tipo', '(id_tipo)'],
    ['pte_header_cliente', '(id_cliente)'],
    ['pte_header_responsable', '(id_responsable_proyecto)'],
    ['pte_header_folio_clave', '(folio_clave((oficio_pte)::text)) WHERE'],
    ['pte_header_oficio_orden', '(texto_clave((oficio_pte)::text), id)'],
    ['pte_header_oficio_busqueda', 'gin (oficio_pte gin_trgm_ops)'],
    ['pte_detalle_paso_unico', '(id_pte_header, id_paso)'],
    ['pte_header_lista', '(id) INCLUDE (total_homologado) WHERE (estatus > 0)'],
    ['pte_header_anio', '(anio, id) WHERE (estatus > 0)'],
    ['pte_header_busqueda', 'gin (busqueda gin_trgm_ops) WHERE (estatus > 0)'],
    ['pte_detalle_paso', '(id_paso)'],
    ['paso_tipo_cliente_activo', '(id_tipo_cliente, activo)'],
    ['paso_ot_tipo_activo', '(tipo, activo)'],
    ['sitio_frente', '(id_frente)'],
    ['registro_actividad_fecha', '(fecha DESC, id DESC)'],
    ['registro_actividad_usuario', '(usuario_id, fecha DESC, id DESC)'],
    ['registro_actividad_registro', '(registro_id, tabla_log, fecha DESC, id DESC)'],
    ['registro_actividad_evento', '(evento, fecha DESC, id DESC)'],
    ['registro_actividad_tabla', '(tabla_log, fecha DESC, id DESC)'],
  ])('index %s', async (nombre, definicion) => {
    const [encontrada] = await columna('SELECT indexdef FROM pg_indexes WHERE indexname = $1', [nombre])
    expect(encontrada).toContain(definicion)
  })

  test('foreign keys refuse a deletion, except the details that go with their header', async () => {
    const { rows } = await cliente.query<{ conname: string; confdeltype: string }>(
      `SELECT conname, confdeltype FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace ORDER BY 1`,
    )
    const conCascada = rows.filter((fila) => fila.confdeltype === 'c').map((fila) => fila.conname)
    expect(conCascada).toEqual([
      'contrato_concepto_precio_concepto_fk',
      'group_permissions_grupo_fk',
      'lote_cambio_lote_fk',
      'ot_detalle_ot_fk',
      'partida_anexo_importada_importacion_fk',
      'partida_proyectada_partida_fk',
      'pte_detalle_pte_fk',
      'user_groups_usuario_fk',
      'user_permissions_usuario_fk',
      'vista_guardada_usuario_fk',
    ])
    // NO ACTION also refuses, but at the end of the statement: undoing an import deletes whole families at once.
    expect(rows.filter((fila) => fila.confdeltype === 'a').map((fila) => fila.conname)).toEqual(['ot_principal_fk'])
    expect(rows.map((fila) => fila.conname)).toEqual(
      expect.arrayContaining([
        'ot_principal_fk',
        'ot_embarcacion_fk',
        'ot_plataforma_fk',
        'ot_intercom_fk',
        'ot_patio_fk',
        'paso_ot_paso_origen_fk',
        'registro_actividad_usuario_fk',
      ]),
    )
  })

  test('triggers', async () => {
    expect(await columna('SELECT DISTINCT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1')).toEqual([
      'cliente_anota_cambio_de_ot',
      'cliente_anota_cambio_de_pte',
      'contrato_anexo_maestro_anota_cambio',
      'contrato_anota_cambio',
      'contrato_concepto_maestro_anota_cambio',
      'contrato_concepto_maestro_busqueda_borrar',
      'contrato_concepto_maestro_busqueda_cambiar',
      'contrato_concepto_maestro_busqueda_insertar',
      'contrato_concepto_precio_sin_vaciar',
      'contrato_concepto_precio_solo_altas',
      'contrato_sub_anexo_anota_cambio',
      'estimacion_comparacion_no_cambia',
      'estimacion_comparacion_no_se_borra',
      'estimacion_deduccion_tras_borrar',
      'estimacion_deduccion_tras_cambiar',
      'estimacion_deduccion_tras_insertar',
      'estimacion_detalle_permanece',
      'estimacion_detalle_tras_borrar',
      'estimacion_detalle_tras_cambiar',
      'estimacion_detalle_tras_insertar',
      'estimacion_header_antes',
      'estimacion_header_guardas',
      'estimacion_header_tras_cambiar',
      'estimacion_instantanea_congelada',
      'estimacion_prueba_resumen_tras_borrar',
      'estimacion_prueba_resumen_tras_cambiar',
      'estimacion_prueba_resumen_tras_insertar',
      'estimacion_prueba_sin_borrador',
      'estimacion_prueba_sin_linea',
      'estimacion_prueba_tras_borrar',
      'estimacion_prueba_tras_cambiar',
      'estimacion_prueba_tras_insertar',
      'evidencia_gpu_estimada',
      'frente_anota_cambio_de_ot',
      'importacion_anexo_estimada',
      'ot_anota_cambio',
      'ot_busqueda_borrar',
      'ot_busqueda_cambiar',
      'ot_busqueda_insertar',
      'ot_detalle_anota_cambio',
      'ot_estimada_no_se_borra',
      'ot_estimada_no_se_elimina',
      'ot_referencias_alta',
      'ot_referencias_cambio',
      'ot_tipo_inmutable',
      'partida_anexo_importada_estimada',
      'produccion_dia_firmado_alta',
      'produccion_dia_firmado_baja',
      'produccion_dia_firmado_cambio',
      'produccion_estimada_no_cambia',
      'produccion_estimada_no_se_borra',
      'produccion_mes_cerrado_alta',
      'produccion_mes_cerrado_baja',
      'produccion_mes_cerrado_cambio',
      'producto_anota_cambio',
      'pte_detalle_anota_cambio_pte',
      'pte_header_anota_cambio',
      'pte_header_anota_cambio_pte',
      'pte_header_busqueda_borrar',
      'pte_header_busqueda_cambiar',
      'pte_header_busqueda_insertar',
      'pte_header_tipo_alta',
      'pte_header_tipo_cambio',
      'radar_concepto_cambio',
      'radar_dia_alta',
      'radar_dia_baja',
      'radar_dia_cambio',
      'radar_estimacion_cambio',
      'radar_evidencia_alta',
      'radar_evidencia_baja',
      'radar_evidencia_cambio',
      'radar_gpu_alta',
      'radar_gpu_baja',
      'radar_gpu_cambio',
      'radar_linea_alta',
      'radar_linea_baja',
      'radar_linea_cambio',
      'radar_partida_cambio',
      'radar_produccion_alta',
      'radar_produccion_baja',
      'radar_produccion_cambio',
      'registro_actividad_solo_altas',
      'registro_generadores_pu_estimado',
      'registro_generadores_pu_estimado_no_se_borra',
      'reporte_diario_detalle_estimado_no_cambia',
      'reporte_diario_detalle_estimado_no_se_borra',
      'reporte_diario_detalle_estimado_no_se_mueve',
      'reporte_mensual_header_estimado_no_cambia',
      'reporte_mensual_header_estimado_no_se_borra',
      'responsable_proyecto_anota_cambio_de_ot',
      'responsable_proyecto_anota_cambio_de_pte',
      'responsable_proyecto_busqueda_borrar',
      'responsable_proyecto_busqueda_cambiar',
      'responsable_proyecto_busqueda_insertar',
      'sello_auditoria_inmutable',
      'sitio_anota_cambio_de_contrato',
      'sitio_anota_cambio_de_ot',
      'sitio_clase_en_uso',
      'sitio_estimado_no_se_borra',
      'tipo_anota_cambio_de_contrato',
      'tipo_anota_cambio_de_pte',
      'unidad_medida_anota_cambio_de_contrato',
      'user_busqueda_borrar',
      'user_busqueda_cambiar',
      'user_busqueda_insertar',
      'user_ultimo_superusuario_baja',
      'user_ultimo_superusuario_cambio',
    ])
  })

  test('the meaning of the columns of ot is written in the database', async () => {
    const [cuantas] = await columna(
      `SELECT count(*) FROM pg_attribute WHERE attrelid = 'ot'::regclass AND col_description(attrelid, attnum) IS NOT NULL`,
    )
    expect(Number(cuantas)).toBeGreaterThanOrEqual(20)
  })
})

describe('constraints that fire', () => {
  test.each<[string, ...string[]]>([
    ['ot_reprogramacion_con_principal', ot({ id_tipo: '5' })],
    ['ot_inicial_sin_principal', ot(), ot({ id: '901', orden_trabajo: "'OT-901'", ot_principal: '900' })],
    ['ot_inicial_sin_principal', ot({ num_reprogramacion: '1' })],
    ['ot_inicial_sin_principal', ot({ motivo_reprogramacion: "'clima'" })],
    ['ot_inicial_sin_principal', ot({ comentario_reprogramacion: "'x'" })],
    ['ot_principal_distinta', ot(REPROGRAMACION).replaceAll('901', '900')],
    ['ot_principal_fk', ot(REPROGRAMACION)],
    ['ot_principal_fk', ot(), ot(REPROGRAMACION), 'DELETE FROM ot WHERE id = 900'],
    ['ot_principal_inicial', ot(), ot(REPROGRAMACION), ot({ ...REPROGRAMACION, id: '902', ot_principal: '901' })],
    [
      'ot_principal_inicial',
      ot(),
      ot(REPROGRAMACION),
      ot({ ...REPROGRAMACION, id: '902', num_reprogramacion: '2' }),
      'UPDATE ot SET ot_principal = 901 WHERE id = 902',
    ],
    ['ot_tipo_valido', ot({ id_tipo: '18' })],
    ['ot_tipo_inmutable', ot(), 'UPDATE ot SET id_tipo = 5 WHERE id = 900'],
    ['ot_estatus_valido', ot({ estatus: '10' })],
    ['ot_folio_no_vacio', ot({ orden_trabajo: "'  '" })],
    ['ot_descripcion_no_vacia', ot({ descripcion_trabajo: "E' \\n'" })],
    ['ot_folio_unico', ot(), ot({ id: '901', orden_trabajo: "U&' ot-900\\00A0\\200B'" })],
    ['ot_numero_reprogramacion_unico', ot(), ot(REPROGRAMACION), ot({ ...REPROGRAMACION, id: '902' })],
    ['ot_numero_reprogramacion_positivo', ot(), ot({ ...REPROGRAMACION, num_reprogramacion: '0' })],
    ['ot_motivo_valido', ot(), ot({ ...REPROGRAMACION, motivo_reprogramacion: "'pereza'" })],
    ['ot_monto_mxn_no_negativo', ot({ monto_mxn: '-0.01' })],
    ['ot_monto_usd_no_negativo', ot({ monto_usd: '-0.01' })],
    ['ot_plazo_no_negativo', ot({ plazo_dias: '-1' })],
    ['ot_frente_valido', ot({ id_frente: '6' })],
    ['ot_patio_requerido', ot({ id_frente: '2', requiere_patio: 'true' })],
    ['ot_patio_requerido', ot({ id_frente: '1', id_patio: '6', requiere_patio: 'true' })],
    ['ot_embarcacion_clase', ot({ id_embarcacion: '9' })],
    ['ot_plataforma_clase', ot({ id_plataforma: '1' })],
    ['ot_intercom_clase', ot({ id_intercom: '6' })],
    ['ot_patio_clase', ot(), 'UPDATE ot SET id_patio = 73 WHERE id = 900'],
    ['ot_embarcacion_fk', ot({ id_embarcacion: '99999' })],
    ['ot_estatus_ot_nivel', ot({ id_estatus_ot: '3' })],
    ['ot_version_positiva', ot({ version: '0' })],
    ['sitio_clase_en_uso', ot({ id_patio: '6' }), 'UPDATE sitio SET id_frente = 7 WHERE id = 6'],
    ['ot_responsable_fk', ot(), 'DELETE FROM responsable_proyecto WHERE id = 3'],
    [
      'ot_detalle_paso_unico',
      ot(),
      'INSERT INTO ot_detalle (id_ot, id_paso) VALUES (900, 1)',
      'INSERT INTO ot_detalle (id_ot, id_paso) VALUES (900, 1)',
    ],
    ['ot_detalle_estatus_valido', ot(), 'INSERT INTO ot_detalle (id_ot, id_paso, estatus_paso) VALUES (900, 1, 5)'],
    [
      'ot_detalle_archivo_enlace',
      ot(),
      "INSERT INTO ot_detalle (id_ot, id_paso, archivo) VALUES (900, 1, 'javascript:alert(1)')",
    ],
    ['ot_detalle_archivo_enlace', ot(), "INSERT INTO ot_detalle (id_ot, id_paso, archivo) VALUES (900, 1, '')"],
    [
      'ot_detalle_archivo_enlace',
      ot(),
      "INSERT INTO ot_detalle (id_ot, id_paso, archivo) VALUES (900, 1, 'https://x.mx/' || repeat('a', 2000))",
    ],
    ['pte_header_estatus_valido', 'INSERT INTO pte_header (id_tipo, estatus) VALUES (12, 5)'],
    ['pte_header_tipo_nivel', 'INSERT INTO pte_header (id_tipo) VALUES (4)'],
    ['pte_header_solicitud_no_vacia', "INSERT INTO pte_header (id_tipo, oficio_solicitud) VALUES (12, ' ')"],
    ['pte_header_descripcion_no_vacia', "INSERT INTO pte_header (id_tipo, descripcion_trabajo) VALUES (12, E'\\n ')"],
    ['pte_header_prioridad_valida', 'INSERT INTO pte_header (id_tipo, prioridad) VALUES (12, 5)'],
    ['pte_header_plazo_positivo', 'INSERT INTO pte_header (id_tipo, plazo_dias) VALUES (12, 0)'],
    ['pte_header_total_no_negativo', 'INSERT INTO pte_header (id_tipo, total_homologado) VALUES (12, -1)'],
    [
      'pte_detalle_paso_unico',
      PTE,
      'INSERT INTO pte_detalle (id_pte_header, id_paso) VALUES (900, 1)',
      'INSERT INTO pte_detalle (id_pte_header, id_paso) VALUES (900, 1)',
    ],
    [
      'pte_detalle_estatus_valido',
      PTE,
      'INSERT INTO pte_detalle (id_pte_header, id_paso, estatus_paso) VALUES (900, 1, 13)',
    ],
    [
      'importacion_anexo_activo_unico',
      ot(),
      "INSERT INTO importacion_anexo (id_ot, archivo_excel) VALUES (900, 'a.xlsx')",
      "INSERT INTO importacion_anexo (id_ot, numero, archivo_excel) VALUES (900, 2, 'b.xlsx')",
    ],
    ['contrato_numero_unico', CONTRATO, CONTRATO.replace('900', '901').replace("'640'", "' 640'")],
    ['contrato_fechas_en_orden', CONTRATO.replace('2034', '2023')],
    ['contrato_anexo_maestro_tipo_valido', CONTRATO, ANEXO, "UPDATE contrato_anexo_maestro SET tipo = 'OTRO'"],
    ['contrato_sub_anexo_clave_forma', CONTRATO, ANEXO, SUB_ANEXO.replace('X-2', 'x-2')],
    ['contrato_sub_anexo_clave_unica', ...CONTRATO_ENTERO, SUB_ANEXO.replace('(900', '(901')],
    ['contrato_concepto_maestro_ordinario_completo', concepto({ id_sub_anexo: 'NULL' })],
    ['contrato_concepto_maestro_ordinario_completo', ...CONTRATO_ENTERO, concepto({ partida_ordinaria: 'NULL' })],
    ['contrato_concepto_maestro_extraordinario_completo', concepto({ ...PUE, partida_extraordinaria: 'NULL' })],
    ['contrato_concepto_maestro_tipo_valido', concepto({ id_tipo_partida: '5' })],
    ['contrato_concepto_maestro_precio_mn_no_negativo', concepto({ ...PUE, precio_unitario_mn: '-1' })],
    ['contrato_concepto_maestro_cantidad_no_negativa', concepto({ ...PUE, cantidad: '-1' })],
    ['contrato_concepto_maestro_estatus_valido', concepto({ ...PUE, estatus: "'OTRO'" })],
    [
      'contrato_concepto_maestro_ordinario_unico',
      ...CONTRATO_ENTERO,
      concepto(),
      concepto({ id: '901', partida_ordinaria: "' 2.10.'", descripcion: "E'TUBO  de\\nacero'" }),
    ],
    [
      'contrato_concepto_maestro_extraordinario_unico',
      concepto(PUE),
      concepto({ ...PUE, id: '901', partida_extraordinaria: "' c2ext-9001 '" }),
    ],
    ['contrato_concepto_precio_numero_unico', concepto(PUE), PRECIO, PRECIO],
    ['contrato_concepto_precio_solo_altas', concepto(PUE), PRECIO, 'UPDATE contrato_concepto_precio SET precio_mn = 1'],
    ['contrato_concepto_precio_solo_altas', concepto(PUE), PRECIO, 'DELETE FROM contrato_concepto_precio'],
    ['contrato_concepto_precio_solo_altas', 'TRUNCATE contrato_concepto_precio'],
    ['contrato_concepto_precio_importado_con_fila', concepto(PUE), PRECIO.replace('captura', 'importacion')],
    ['tipo_descripcion_unica', "INSERT INTO tipo (descripcion, nivel_afectacion) VALUES ('Licitación ', 1)"],
    [
      'cat_estatus_clave_unica',
      "INSERT INTO cat_estatus (descripcion, nivel_afectacion, clave) VALUES ('X', 2, 'ASIGNADA')",
    ],
    ['unidad_medida_clave_unica', "INSERT INTO unidad_medida (clave, descripcion) VALUES ('M2', 'X')"],
    ['paso_orden_forma', "INSERT INTO paso (descripcion, orden) VALUES ('X', '4.')"],
    ['user_username_unico', PERSONA, `INSERT INTO "user" (username, password) VALUES ('ANA', 'x')`],
    [
      'user_email_unico',
      PERSONA,
      `INSERT INTO "user" (username, email, password) VALUES ('eva', 'Ana@Ejemplo.MX', 'x')`,
    ],
    [
      'vista_guardada_nombre_unico',
      PERSONA,
      "INSERT INTO vista_guardada (id_usuario, tabla, nombre, estado) VALUES (900, 'ot', 'Mías', '')",
      "INSERT INTO vista_guardada (id_usuario, tabla, nombre, estado) VALUES (900, 'ot', 'Mías', '')",
    ],
    [
      'user_ultimo_superusuario',
      PERSONA,
      'UPDATE "user" SET is_superuser = true WHERE id = 900',
      'UPDATE "user" SET is_active = false WHERE id = 900',
    ],
    [
      'user_ultimo_superusuario',
      PERSONA,
      'UPDATE "user" SET is_superuser = true WHERE id = 900',
      'DELETE FROM "user" WHERE id = 900',
    ],
    ['group_nombre_unico', 'INSERT INTO "group" (name) VALUES (\'Consulta\')'],
    ['registro_actividad_solo_altas', "UPDATE registro_actividad SET detalle = ''"],
    ['registro_actividad_solo_altas', 'DELETE FROM registro_actividad'],
    ['registro_actividad_solo_altas', 'TRUNCATE registro_actividad'],
  ])('%s', async (restriccion, ...sentencias) => {
    expect((await intentar(...sentencias))?.constraint).toBe(restriccion)
  })

  test.each<[string, ...string[]]>([
    ['a reprogramación repeats the folio of its principal (O-32)', ot(), ot(REPROGRAMACION)],
    ['a deleted order frees its folio', ot({ estatus: '0' }), ot({ id: '901' })],
    [
      'a deleted reprogramación frees its number in the index (the service never reuses it)',
      ot(),
      ot({ ...REPROGRAMACION, estatus: '0' }),
      ot({ ...REPROGRAMACION, id: '902' }),
    ],
    [
      'two reprogramaciones without number',
      ot(),
      ot({ ...REPROGRAMACION, num_reprogramacion: 'NULL' }),
      ot({ ...REPROGRAMACION, id: '902', num_reprogramacion: 'NULL' }),
    ],
    [
      'history: an end before its start, sites that are not of the front',
      ot({
        fecha_inicio_real: "'2024-05-10'",
        fecha_termino_real: "'2024-05-01'",
        id_frente: '1',
        id_embarcacion: '1',
      }),
    ],
    ['a yard phase on BARCO', ot({ id_frente: '2', id_patio: '6', requiere_patio: 'true' })],
    ['a whole family goes in one statement', ot(), ot(REPROGRAMACION), 'DELETE FROM ot'],
    ['the history of a price goes with its concept', concepto(PUE), PRECIO, 'DELETE FROM contrato_concepto_maestro'],
    [
      'one code with two descriptions or two units (settled §6)',
      ...CONTRATO_ENTERO,
      concepto(),
      concepto({ id: '901', descripcion: "'Codo'" }),
      concepto({ id: '902', id_unidad_medida: '1' }),
    ],
    [
      'NA as many times as wanted, and the key of a deactivated PUE',
      concepto({ ...PUE, partida_extraordinaria: "'NA'" }),
      concepto({ ...PUE, id: '901', partida_extraordinaria: "' na'" }),
      concepto({ ...PUE, id: '902', activo: 'false' }),
      concepto({ ...PUE, id: '903' }),
    ],
    ['steps go with their order', ot(), 'INSERT INTO ot_detalle (id_ot, id_paso) VALUES (900, 1)', 'DELETE FROM ot'],
    ['the class of a site that no order uses', 'UPDATE sitio SET id_frente = 7 WHERE id = 6'],
    ['a PTE without term, born in an import', 'INSERT INTO pte_header (id_tipo) VALUES (12)'],
    [
      'the e-mail of a deactivated person',
      PERSONA.replace("'ana'", "'eva'"),
      `UPDATE "user" SET is_active = false`,
      PERSONA.replace('900', '901'),
    ],
  ])('accepted: %s', async (_caso, ...sentencias) => {
    expect(await intentar(...sentencias)).toBeNull()
  })

  test('a bulk insert is refused whole when one row has a wrong site', async () => {
    const error = await intentar(
      `INSERT INTO ot (id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente, id_embarcacion)
       SELECT 4, 'OT-' || g, 'Trabajo', 3, 'R', CASE g WHEN 777 THEN 9 ELSE 1 END FROM generate_series(1, 1000) g`,
    )
    expect(error?.constraint).toBe('ot_embarcacion_clase')
  })
})

describe('what the database computes', () => {
  test.each([
    ['BME-OT-001-2024', '2025-02-01', 2024],
    ['PENDIENTE', '2025-05-01', 2025],
    ['PENDIENTE', null, null],
    ['BME-OT-001-20245', '2025-02-01', 2025],
  ])('year of the letter %s that starts on %s: %s (O-49)', async (oficio, inicio, anio) => {
    await cliente.query('BEGIN')
    await cliente.query(
      ot({ oficio_ot: `'${oficio}'`, fecha_inicio_programado: inicio === null ? 'NULL' : `'${inicio}'` }),
    )
    const { rows } = await cliente.query<{ anio: number | null }>('SELECT anio FROM ot WHERE id = 900')
    await cliente.query('ROLLBACK')
    expect(rows[0]?.anio).toBe(anio)
  })

  test.each(['  OT  801\t-23 ', 'Ñandú-01\u00a0', '\u200bOT\ufeff-1', 'ot-É', ' a\u2003b\u2028c '])(
    'folio_clave(%j) is claveFolio of the code',
    async (texto) => {
      expect(await columna('SELECT folio_clave($1)', [texto])).toEqual([claveFolio(texto)])
    },
  )

  test('orden_natural: catalogos §15.12', async () => {
    expect(
      await columna(
        `SELECT t FROM unnest(ARRAY['2.10.', '2.2.', '2.1.', '10C-11.', '1C-11.', 'C2EXT-0010', 'c2ext-9']) t ORDER BY orden_natural(t) COLLATE "C"`,
      ),
    ).toEqual(['1C-11.', '2.1.', '2.2.', '2.10.', '10C-11.', 'c2ext-9', 'C2EXT-0010'])
  })

  test('texto_busqueda leaves accents, case and runs of blanks aside', async () => {
    expect(await columna(`SELECT texto_busqueda(E' Suministro  de\nTUBERÍA\u00a0ñ ')`)).toEqual([
      'suministro de tuberia n',
    ])
    // Signs of codes are letters for the trigram index: one for one.
    expect(await columna(`SELECT texto_busqueda('2.10-3/4"')`)).toEqual(['2ж10щ3ч4ш'])
  })

  test('texto_clave leaves case and accents aside', async () => {
    expect(
      await columna("SELECT t FROM unnest(ARRAY['zeta', 'Ébano', 'ABETO', 'ébano 2', 'Ñu']) t ORDER BY texto_clave(t)"),
    ).toEqual(['ABETO', 'Ébano', 'ébano 2', 'Ñu', 'zeta'])
  })

  test.each([
    ['ot', ot()],
    ['ot_detalle', 'DELETE FROM ot_detalle'],
    ['pte_header', PTE],
  ])('every change of %s advances cambios_ot and holds the shared lock', async (_tabla, sentencia) => {
    const antes = Number((await columna('SELECT last_value FROM cambios_ot'))[0])
    await cliente.query('BEGIN')
    await cliente.query(sentencia)
    const cerrojos = await columna(
      `SELECT mode FROM pg_locks WHERE locktype = 'advisory' AND objid = 734501 AND pid = pg_backend_pid()`,
    )
    await cliente.query('ROLLBACK')
    expect(cerrojos).toEqual(['ShareLock'])
    expect(Number((await columna('SELECT last_value FROM cambios_ot'))[0])).toBeGreaterThan(antes)
  })
})

describe('keys of the advisory locks', () => {
  /** The seal of the lists is shared by design (conteos.ts). */
  const COMPARTIDA = '734501'

  test('each is of one holder: whoever waits, waits for its own', async () => {
    const { rows } = await cliente.query<{ funcion: string; llave: string }>(
      `SELECT p.proname AS funcion, m[1] AS llave FROM pg_proc p, regexp_matches(p.prosrc, 'advisory\\w*\\((7345\\d\\d)', 'g') m
       WHERE p.pronamespace = 'public'::regnamespace`,
    )
    const fuentes = readdirSync(join(RAIZ, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((ruta) => ruta.endsWith('.ts'))
      .flatMap((ruta) =>
        [...readFileSync(join(RAIZ, 'src', ruta), 'utf8').matchAll(/\b734_?5\d\d\b/g)].map(([llave]) => ({
          funcion: ruta,
          llave: llave.replace('_', ''),
        })),
      )
    const deQuien = new Map<string, Set<string>>()
    for (const { funcion, llave } of [...rows, ...fuentes])
      if (llave !== COMPARTIDA) deQuien.set(llave, (deQuien.get(llave) ?? new Set()).add(funcion))
    expect([...deQuien].filter(([, quienes]) => quienes.size > 1)).toEqual([])
    expect([...deQuien.keys()].sort()).toEqual(['734502', '734503', '734504', '734505', '734510', '734511', '734520'])
  })
})

describe('sentences through Prisma', () => {
  const datosOt = {
    idTipo: 4n,
    ordenTrabajo: 'OT-PRISMA',
    descripcionTrabajo: 'Trabajo',
    idResponsableProyecto: 3n,
    responsableCliente: 'R',
  }

  test.each([
    ['unique index', { ...datosOt }, Conflicto, 'orden_trabajo'],
    ['CHECK', { ...datosOt, ordenTrabajo: 'A', plazoDias: -1 }, DatosInvalidos, 'plazo_dias'],
    ['foreign key', { ...datosOt, ordenTrabajo: 'B', idCliente: 99_999n }, DatosInvalidos, 'id_cliente'],
    ['trigger', { ...datosOt, ordenTrabajo: 'C', idPatio: 1n }, DatosInvalidos, 'id_patio'],
    ['text too long', { ...datosOt, ordenTrabajo: 'x'.repeat(101) }, DatosInvalidos, null],
  ])('%s', async (_clase, datos, Clase, campo) => {
    await conexion.bd.ot.upsert({ where: { id: 800n }, create: { id: 800n, ...datosOt }, update: {} })
    const error: unknown = await conexion.bd.ot.create({ data: datos }).catch((causa: unknown) => causa)
    const traducido = traducirErrorBd(error)
    expect(traducido).toBeInstanceOf(Clase)
    expect(Object.keys(traducido?.campos ?? {})).toEqual(campo === null ? [] : [campo])
  })

  test('the same from raw SQL', async () => {
    const error: unknown = await conexion.bd.$executeRaw`UPDATE ot SET id_tipo = 5 WHERE id = 800`.catch(
      (causa: unknown) => causa,
    )
    expect(traducirErrorBd(error)?.detalles).toBe('El tipo de una OT no se puede cambiar.')
  })
})

describe('base rows', () => {
  test('a second run adds nothing and respects what people edited', async () => {
    await cliente.query("UPDATE sitio SET descripcion = 'GRACE OCEAN' WHERE id = 1")
    await cliente.query(
      `DELETE FROM group_permissions gp USING "group" g WHERE g.id = gp.group_id AND g.name = 'consulta'`,
    )
    expect(await sembrarCatalogos(cliente)).toEqual({})
    expect(await columna('SELECT descripcion FROM sitio WHERE id = 1')).toEqual(['GRACE OCEAN'])
    expect(
      await columna(
        `SELECT count(*) FROM group_permissions gp JOIN "group" g ON g.id = gp.group_id WHERE g.name = 'consulta'`,
      ),
    ).toEqual(['0'])
  })

  test('a row that is missing comes back, with the sequence after the highest id', async () => {
    await cliente.query('DELETE FROM unidad_medida WHERE id = 24')
    expect(await sembrarCatalogos(cliente)).toEqual({ unidad_medida: 1 })
    const [id] = await columna("INSERT INTO unidad_medida (clave, descripcion) VALUES ('VIAJE', 'Viaje') RETURNING id")
    expect(Number(id)).toBeGreaterThan(24)
  })

  test('ids the code and the historical workbook rely on', async () => {
    expect(await columna('SELECT clave FROM cat_estatus WHERE nivel_afectacion = 2 ORDER BY id')).toEqual([
      'ASIGNADA',
      'CANCELADA',
      'DIFERIDA',
      'EN_EJECUCION',
      'SUSPENDIDA',
      'TERMINADA',
      'POR_CANCELAR',
      'DIFERIDA_SIN_INICIAR',
    ])
    expect(
      await columna(
        "SELECT id || '<-' || id_paso_origen || '/' || tipo FROM paso_ot WHERE id_paso_origen IS NOT NULL ORDER BY id",
      ),
    ).toEqual(['16<-37/18', '17<-44/18'])
    expect(await columna('SELECT orden FROM paso WHERE tipo = 2 AND id_tipo_cliente = 15 ORDER BY id')).toEqual([
      '4.1',
      '4.2',
      '4.3',
      '4.4',
    ])
    expect(await columna('SELECT id_tipo FROM cliente ORDER BY id LIMIT 4')).toEqual(['15', '16', '16', '16'])
    expect(await columna('SELECT count(*) FROM paso_ot GROUP BY tipo ORDER BY tipo')).toEqual(['10', '10', '10'])
    expect(
      await columna(
        `SELECT string_agg(id::text, ',' ORDER BY id) FROM sitio WHERE id <= 70 AND activo GROUP BY id_frente ORDER BY id_frente`,
      ),
    ).toEqual([
      '6',
      '1,2,3',
      '9,10,12,14,18,22,24,25,26,27,29,30,31,32,36,38,41,42,44,46,47,48,49,50,52,53,54,58,60,63,65,70',
    ])
  })

  test('the matrix of groups: nobody but administrador deletes, imports or reads the log', () => {
    // To cancel an estimation is of who estimates (settled.md §5: everything of estimaciones).
    const reservados = PERMISOS.map((permiso) => permiso.codigo).filter((codigo) =>
      /delete_(?!estimacionheader)|importar_|registroactividad/.test(codigo),
    )
    expect(permisosDeGrupo('administrador')).toEqual(PERMISOS.map((permiso) => permiso.codigo))
    expect(new Set(permisosDeGrupo('administrador')).size).toBe(PERMISOS.length)
    for (const grupo of ['operaciones', 'estimaciones', 'consulta'] as const)
      expect(permisosDeGrupo(grupo).filter((codigo) => reservados.includes(codigo))).toEqual([])
    expect(permisosDeGrupo('consulta').every((codigo) => /view_|exportar_/.test(codigo))).toBe(true)
  })
})
