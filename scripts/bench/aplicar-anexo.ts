/** The same workbook loaded whole over HTTP: read, compared, stored with its programme, while its task is followed. */
import { readFileSync } from 'node:fs'
import pg from 'pg'
import { PEQUENO } from './datos.ts'
import type { Entorno } from './entorno.ts'
import { empezar, formulario, terminar } from './importacion.ts'
import { ANEXO_GRANDE, conceptoDePrueba } from './libro-anexo.ts'

export interface AplicacionDeAnexo {
  readonly segundos: number
  readonly memoriaMb: number
  /** Days stored. */
  readonly dias: number
}

export async function aplicarAnexo(entorno: Entorno, libro: string): Promise<AplicacionDeAnexo> {
  const urlBase = await entorno.crearBase('anexo', PEQUENO)
  const idOt = await sembrar(urlBase)
  const app = await entorno.iniciarApp(urlBase)
  try {
    const quien = await app.entrar()
    const { cuerpo, tipo } = formulario({ ot_id: String(idOt), asincrono: '1' }, readFileSync(libro), 'ANEXO.xlsx')
    app.olvidarPico()
    const tarea = await empezar(quien, '/operaciones/ot/importar_anexo_ot/', cuerpo, tipo)
    const segundos = await terminar(quien, tarea)
    const memoriaMb = app.memoria().pico
    return { segundos, memoriaMb, dias: await contarDias(urlBase) }
  } finally {
    await app.detener()
  }
}

async function conBase<T>(urlBase: string, hacer: (cliente: pg.Client) => Promise<T>): Promise<T> {
  const cliente = new pg.Client({ connectionString: urlBase })
  await cliente.connect()
  try {
    return await hacer(cliente)
  } finally {
    await cliente.end()
  }
}

/** The concepts of the workbook in the catalogue, and an initial OT. */
function sembrar(urlBase: string): Promise<number> {
  const conceptos = Array.from({ length: ANEXO_GRANDE.partidas }, (_, i) => conceptoDePrueba(i))
  return conBase(urlBase, async (cliente) => {
    await cliente.query(
      `WITH k AS (INSERT INTO contrato (numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino)
          VALUES ('BENCH', 'CONTRATO', 1, '2025-01-01', '2027-12-31') RETURNING id),
        m AS (INSERT INTO contrato_anexo_maestro (id_contrato, clave, descripcion) SELECT id, 'C', 'ANEXO C' FROM k RETURNING id),
        s AS (INSERT INTO contrato_sub_anexo (id_anexo_maestro, clave_anexo, descripcion)
          SELECT m.id, c.anexo, c.anexo FROM m, (SELECT DISTINCT anexo FROM jsonb_to_recordset($1::jsonb) AS d(anexo text)) c RETURNING id, clave_anexo)
       INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, descripcion, id_unidad_medida, precio_unitario_mn)
       SELECT 6, s.id, d.codigo, d.descripcion, (SELECT id FROM unidad_medida WHERE clave = 'M'), d.precio
       FROM jsonb_to_recordset($1::jsonb) AS d(anexo text, codigo text, descripcion text, precio numeric) JOIN s ON s.clave_anexo = d.anexo`,
      [JSON.stringify(conceptos)],
    )
    const { rows } = await cliente.query<{ id: string }>(
      'SELECT min(id) AS id FROM ot WHERE id_tipo = 4 AND estatus = 1',
    )
    return Number(rows[0]?.id)
  })
}

function contarDias(urlBase: string): Promise<number> {
  return conBase(urlBase, async (cliente) => {
    const { rows } = await cliente.query<{ n: string }>('SELECT count(*) AS n FROM partida_proyectada_dia')
    return Number(rows[0]?.n)
  })
}
