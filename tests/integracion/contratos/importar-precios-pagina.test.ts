/** The page of the load of prices over HTTP, as a browser uses it; and who may. */
import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import type { PaginaImportar, PaginaDeLista } from '../../../src/modulos/importacion/importacion.contrato.ts'
import { tipado, type Agente } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { concepto, hojaDeContrato, hojaDePues, libroDeContrato, libroDePrecios, pue } from '../../apoyo/precios.ts'

const BASE = '/operaciones/catalogos/conceptos/importar/'
const app = await crearAppDePruebas({ cola: true })
const administrador = await app.entrarComo('administrador')
const agente = tipado(administrador.agente)

/** Page of a concept. */
const RUTA = /conceptos\/\d+\/$/

interface Respuesta {
  exito: boolean
  detalles: string
  tarea: number
  resultado?: {
    lote: number | null
    en_palabras: string
    listas: Record<string, number>
    conceptos: Record<string, number>
    contrato: string
    huella: string
  }
}

const analizar = (de: Agente, libro: Buffer, campos: Record<string, string>) => {
  const pedido = de.post<Respuesta>(`${BASE}analizar/`)
  for (const [campo, valor] of Object.entries(campos)) void pedido.field(campo, valor)
  return pedido.attach('archivo', libro, 'PRECIOS.xlsx')
}
const lista = async (tarea: number, nombre: string): Promise<PaginaDeLista['filas']> =>
  (await agente.get<PaginaDeLista>(`${BASE}lista/`).query({ tarea, lista: nombre })).body.filas

async function datosDePagina(): Promise<PaginaImportar> {
  const { text } = await agente.get(BASE)
  const json = /<script type="application\/json" id="datos-pagina">(.*?)<\/script>/s.exec(text)?.[1] ?? '{}'
  return JSON.parse(json) as PaginaImportar
}

describe('the page', () => {
  it('analysis, lists, confirmation, batch and undo; each command leaves its trace', async () => {
    const opciones = (await datosDePagina()).opciones
    expect(opciones.map(({ clave, valores }) => [clave, valores?.map(({ valor }) => valor) ?? null])).toEqual([
      ['contrato', ['CONTRATO POR DEFINIR']],
      ['crear', null],
    ])
    const libro = libroDePrecios(
      hojaDeContrato([
        concepto({ PARTIDA: 2, CONCEPTO: 'Suministro', UNIDAD: null, 'P.U. MN': null }),
        concepto(),
        concepto({ ANEXO: 'C-99', PARTIDA: '9.1.' }),
        concepto({ PARTIDA: '2.2.', UNIDAD: 'BARRIL' }),
      ]),
      hojaDePues([pue()]),
    )
    const { status, body } = await analizar(agente, libro, { contrato: 'CONTRATO POR DEFINIR', crear: '1' })
    expect([status, body.resultado?.conceptos, body.resultado?.listas]).toEqual([
      200,
      { total: 4, creadas: 3, actualizadas: 0, sin_cambio: 0, rechazadas: 1 },
      { rechazadas: 1, cambios: 0, creadas: 3, titulos: 2, advertencias: 0 },
    ])
    expect(body.resultado?.en_palabras).toBe('3 conceptos nuevos, 1 anexo nuevo y 1 título nuevo')
    expect(await lista(body.tarea, 'rechazadas')).toMatchObject([
      { hoja: 'Anexo C-2-CR', celda: 'D5', valor: 'BARRIL' },
    ])
    expect(await lista(body.tarea, 'titulos')).toEqual([
      { hoja: 'Anexo C-2-CR', fila: null, nombre: 'Anexo C-99' },
      { hoja: 'Anexo C-2-CR', fila: 2, nombre: '2 Suministro' },
    ])
    expect((await lista(body.tarea, 'creadas'))[0]).toMatchObject({
      codigo: '2.1.',
      fila: 3,
      anexo: 'C-2',
      mn: '11,813.30',
      descripcion: 'TUBO DE ACERO',
    })

    const confirmado = await agente.post<Respuesta>(`${BASE}confirmar/`).send({ tarea: body.tarea })
    expect([confirmado.status, confirmado.body.detalles]).toEqual([
      200,
      'Se importó: 3 conceptos creados, 1 anexo creado, 1 título creado. 1 fila se rechazó y no se importó.',
    ])
    const lote = confirmado.body.resultado?.lote ?? 0
    const creadas = await agente.get<PaginaDeLista>(`${BASE}lotes/${String(lote)}/lista/`).query({ lista: 'creadas' })
    expect(creadas.body).toMatchObject({
      total: 3,
      filas: [
        { codigo: '2.1.', hoja: 'Anexo C-2-CR', fila: 3, anexo: 'C-2' },
        { codigo: '9.1.', anexo: 'C-99' },
        { codigo: 'C2EXT-0001', hoja: 'PUE´s BME', fila: 2, anexo: 'S/A' },
      ],
    })
    expect((await agente.get(`${BASE}lotes/${String(lote)}/`)).status).toBe(200)
    const eventos = async (): Promise<{ evento: string }[]> =>
      (
        await app.conexion.pool.query<{ evento: string }>(
          'SELECT evento FROM registro_actividad WHERE usuario_id = $1 ORDER BY id',
          [administrador.usuarioId],
        )
      ).rows
    expect((await eventos()).at(-1)?.evento).toBe('IMPORTAR')

    const deshecho = await agente.post<Respuesta>(`${BASE}deshacer/`).send({ lote })
    expect([deshecho.status, deshecho.body.detalles]).toEqual([
      200,
      `El lote ${String(lote)} se deshizo: 3 conceptos eliminados, 1 anexo eliminado, 1 título eliminado.`,
    ])
    expect((await eventos()).at(-1)?.evento).toBe('ELIMINAR')
    expect((await datosDePagina()).lotes).toMatchObject([{ id: lote, creadas: 3, estado_texto: 'DESHECHO' }])
  })

  it('a batch tells the changed fields with what they were', async () => {
    const cargar = async (libro: Buffer): Promise<number> => {
      const { body } = await analizar(agente, libro, { contrato: 'CONTRATO POR DEFINIR' })
      const hecho = await agente.post<Respuesta>(`${BASE}confirmar/`).send({ tarea: body.tarea })
      return hecho.body.resultado?.lote ?? 0
    }
    await cargar(libroDeContrato(concepto({ PARTIDA: '5.5.' })))
    const lote = await cargar(libroDeContrato(concepto({ PARTIDA: '5.5.', 'P.U. MN': 7, 'P.U. USD': 1 })))
    const { body } = await agente.get<PaginaDeLista>(`${BASE}lotes/${String(lote)}/lista/`).query({ lista: 'cambios' })
    expect(body).toEqual({
      total: 2,
      inicio: 0,
      filas: [
        {
          ruta: expect.stringMatching(RUTA) as string,
          codigo: '5.5.',
          hoja: 'Anexo C-2-CR',
          fila: 2,
          campo: 'Precio MN',
          antes: '11,813.30',
          despues: '7.00',
        },
        {
          ruta: expect.stringMatching(RUTA) as string,
          codigo: '5.5.',
          hoja: 'Anexo C-2-CR',
          fila: 2,
          campo: 'Precio USD',
          antes: '0.00',
          despues: '1.00',
        },
      ],
    })
  })

  it('without a contract the only one is taken; one that does not exist is refused', async () => {
    const bien = await analizar(agente, libroDeContrato(concepto({ PARTIDA: '6.6.' })), {})
    expect(bien.body.resultado?.contrato).toBe('CONTRATO POR DEFINIR')
    const mal = await analizar(agente, libroDeContrato(concepto()), { contrato: 'K-NO' })
    expect([mal.status, mal.body.detalles]).toEqual([400, expect.stringContaining('No existe el contrato K-NO')])
    const otro = await analizar(agente, Buffer.from('no es un libro'), {})
    expect(otro.status).toBe(400)
  })

  it('the template is a workbook that loads', async () => {
    const { status, body } = await administrador.agente
      .get(`${BASE}plantilla/`)
      .buffer(true)
      .parse((res, listo) => {
        const trozos: Buffer[] = []
        res.on('data', (trozo: Buffer) => trozos.push(trozo))
        res.on('end', () => {
          listo(null, Buffer.concat(trozos))
        })
      })
    expect(status).toBe(200)
    const libro = new ExcelJS.Workbook()
    await libro.xlsx.load(body as never)
    expect(libro.worksheets.map(({ name }) => name)).toEqual(['Anexo C-2', 'PUE', 'Instrucciones', 'Unidades'])
    const analisis = await analizar(agente, body as Buffer, { contrato: 'CONTRATO POR DEFINIR' })
    expect(analisis.body.resultado?.conceptos).toMatchObject({ total: 3, creadas: 3, rechazadas: 0 })
  })
})

describe('permissions', () => {
  it.each(['operaciones', 'estimaciones', 'consulta'] as const)('%s neither opens it nor loads', async (grupo) => {
    const otro = tipado((await app.entrarComo(grupo)).agente)
    expect((await otro.get(BASE)).status).toBe(403)
    expect((await analizar(otro, libroDeContrato(concepto()), {})).status).toBe(403)
    expect((await otro.post(`${BASE}deshacer/`).send({ lote: 1 })).status).toBe(403)
  })
})
