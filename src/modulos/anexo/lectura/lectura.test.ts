import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { abrirLibro, type FilaLeida } from '../../../plataforma/excel/leer.ts'
import { mostrar } from '../../../plataforma/excel/valores.reglas.ts'
import {
  CATALOGO,
  concepto,
  CONCEPTOS,
  dichos,
  errores,
  filaX,
  hoja,
  leer,
  programaDe,
  TITULOS,
} from '../../../../tests/apoyo/libro-anexo.ts'
import { libroDePrueba, type CeldaDePrueba } from '../../../../tests/apoyo/libro.ts'
import { nombreDeErrores } from './index.ts'
import { LIMITES_ANEXO } from './lector.ts'
import { textoEscalado } from '../../../plataforma/excel/numeros.reglas.ts'

const vacias = (n: number): CeldaDePrueba[][] => Array.from({ length: n }, () => [])
const fecha = (dia: string): CeldaDePrueba => ({ fecha: dia })

describe('acceptance examples of anexo-c §11 that concern the reading', () => {
  it('anexo-c §11.1: happy path', async () => {
    const leido = await leer([
      { nombre: 'Notas', filas: [['Anexo de la OT'], ['PARTIDA', 'CONCEPTO']] },
      {
        nombre: 'Anexo C OT',
        filas: [
          ...vacias(7),
          [...TITULOS, fecha('2026-03-05'), fecha('2026-03-06')],
          ['C-2', '2.1.', 'Tubo  de acero', 'm', '1,234.50', '$ 100.00', '-', 10, 20.5],
        ],
      },
    ])
    expect(leido.totalErrores).toBe(0)
    expect(leido.hoja).toBe('Anexo C OT')
    expect(leido.filaEncabezado).toBe(8)
    expect(leido.partidas).toEqual([
      {
        indice: 0,
        fila: 9,
        filas: [9],
        codigo: '2.1.',
        descripcion: 'TUBO DE ACERO',
        anexo: 'C-2',
        idUnidad: 1,
        idConcepto: 1,
        volumen: '1234.500000',
        precioMn: '118.2500',
        precioUsd: '0.0000',
        clave: { anexo: 'C-2', codigo: '2.1', concepto: 'TUBO DE ACERO', idUnidad: 1 },
        programado: { dias: 2, volumen: '30.500000', primero: '2026-03-05', ultimo: '2026-03-06' },
      },
    ])
    expect(programaDe(leido)).toEqual({ '2.1. TUBO DE ACERO': { '2026-03-05': '10', '2026-03-06': '20.5' } })
    expect(leido.programado).toEqual({ partidas: 1, dias: 2, volumen: '30.500000' })
    expect(leido.calendario).toEqual({ primero: '2026-03-05', ultimo: '2026-03-06', dias: 2 })
    expect(dichos(leido.advertencias)).toEqual([
      'F9: El precio de P.U. M.N. es 100 y el del catálogo 118.25: se usa el del catálogo.',
      'E9: 2.1.: el programa suma 30.5 y el volumen es 1234.5.',
    ])
  })

  it('anexo-c §11.2: the price of the workbook where the catalogue has none', async () => {
    const { partidas } = await leer([hoja([['C-3', '3.5.', 'ESTRUCTURA', 'TON', 1, '2,500.50', '']])])
    expect(partidas[0]).toMatchObject({ precioMn: '2500.5000', precioUsd: '0.0000' })
  })

  it('anexo-c §11.3: volumes and prices of both currencies reach the totals exactly', async () => {
    const conceptos = [
      concepto(1, { ordinaria: '1.', descripcion: 'A', idUnidad: 1, precioMn: '100.00', precioUsd: '5.00' }),
      concepto(2, { ordinaria: '2.', descripcion: 'B', idUnidad: 1, precioUsd: '20.25' }),
    ]
    const filas = [
      ['C-2', '1.', 'A', 'M', 10],
      ['C-2', '2.', 'B', 'M', 3.5],
    ]
    const { partidas } = await leer([hoja(filas)], { ...CATALOGO, conceptos })
    expect(partidas.map(({ volumen, precioMn, precioUsd }) => [volumen, precioMn, precioUsd])).toEqual([
      ['10.000000', '100.0000', '5.0000'],
      ['3.500000', '0.0000', '20.2500'],
    ])
  })

  it('anexo-c §11.4: a header without ANEXO names it', async () => {
    const sinAnexo = { nombre: 'ANEXO C', filas: [TITULOS.slice(1), filaX().slice(1)] }
    await expect(leer([sinAnexo])).rejects.toMatchObject({
      tipoAviso: 'advertencia',
      detalles: 'En la hoja «ANEXO C» falta la columna ANEXO en los encabezados de la fila 1.',
    })
  })

  const CONTRATO = new URL('../../../../../shared/fixtures/contrato/', import.meta.url).pathname
  const hay = existsSync(CONTRATO)
  const aviso = hay ? '' : ' (skipped: ../shared/fixtures/contrato is not there)'

  it.skipIf(!hay)(
    `anexo-c §11.5: the workbooks of the contract are refused, each sheet with what it lacks${aviso}`,
    async () => {
      const rechazo = async (archivo: string): Promise<string> => {
        const error: unknown = await leer(readFileSync(`${CONTRATO}${archivo}`)).catch((e: unknown) => e)
        expect(error).toMatchObject({ tipoAviso: 'advertencia', estado: 400 })
        return (error as { detalles: string }).detalles
      }
      const contrato = await rechazo('ANEXO_C_CONTRATO.xlsx')
      expect(contrato).toContain('El libro no tiene una tabla de Anexo C válida')
      for (const nombre of [
        'Anexo C-2-CR',
        'Anexo C-3-CR',
        'Anexo C-4-CR',
        'Anexo C-4-1',
        'Anexo C-5-CR',
        'Anexo C-5-1',
        'Anexo C-6-CR',
      ])
        expect(contrato).toContain(`«${nombre}»: falta VOLUMEN PTE`)
      expect(contrato).toContain('«Anexo C-CR»: no tiene ninguna de las columnas')
      expect(await rechazo('ANEXO_C_PUES.xlsx')).toContain('«PUE´s BME»: falta VOLUMEN PTE')
      expect(await rechazo('PRODUCTOS_IMPORTAR.xlsx')).toContain('«FUENTE (3)»: no tiene ninguna de las columnas')
    },
  )

  it('anexo-c §11.6: one bad row rejects all, and the workbook goes back with the bad cells painted', async () => {
    const filas = Array.from({ length: 40 }, () => filaX(1))
    filas[10] = ['C-2', '2.1.', 'TUBO DE ACERO', 'MTS', 1]
    filas[13] = ['C-2', '9.9.', 'TUBO DE ACERO', 'M', 1, 5, 0]
    const leido = await leer([hoja(filas)])
    expect([leido.totalErrores, leido.filasConError, leido.programa]).toEqual([2, 2, []])
    expect(dichos(leido.errores)).toEqual([
      'D12: La unidad MTS no existe en el sistema.',
      'B15: Código incorrecto: 9.9. no existe en el catálogo; esa descripción es de 2.1..',
    ])
    expect(leido.errores[0]).toEqual({
      hoja: 'ANEXO C',
      fila: 12,
      columna: 'UNIDAD',
      celda: 'D12',
      valor: 'MTS',
      mensaje: 'La unidad MTS no existe en el sistema.',
    })
    const libro = await abrirLibro(await errores([hoja(filas)]))
    const escritas: FilaLeida[] = []
    const [primera] = libro.hojas
    expect(primera?.nombre).toBe('Errores Importacion')
    await libro.leerFilas(primera ?? expect.fail(), (fila) => {
      escritas.push(fila)
      return undefined
    })
    libro.cerrar()
    expect(escritas.map(({ celdas }) => [...celdas.values()].map(mostrar))).toEqual([
      ['OBSERVACIONES_SISTEMA', 'FILA_EXCEL', ...TITULOS],
      ['La unidad MTS no existe en el sistema.', '12', 'C-2', '2.1.', 'TUBO DE ACERO', 'MTS', '1'],
      [
        'Código incorrecto: 9.9. no existe en el catálogo; esa descripción es de 2.1..',
        '15',
        'C-2',
        '9.9.',
        'TUBO DE ACERO',
        'M',
        '1',
        '5',
        '0',
      ],
    ])
  })

  it('anexo-c §11.7: only rows whose OK says OK', async () => {
    const conOk = (oks: readonly string[]) =>
      leer([
        hoja(
          oks.map((ok, i) => filaX(i + 1, ok)),
          [...TITULOS, 'OK'],
        ),
      ])
    const { partidas } = await conOk(['OK', 'ok', '', 'NO', 'OK '])
    expect(partidas.flatMap(({ filas }) => filas)).toEqual([2, 3, 6])
    await expect(conOk(['NO', ''])).rejects.toMatchObject({
      tipoAviso: 'advertencia',
      detalles: 'La hoja «ANEXO C» tiene la columna OK y ninguna fila con partida tiene en ella el valor OK.',
    })
  })

  it('anexo-c §11.8: bad numbers are errors; a blank volume is zero', async () => {
    const leido = await leer([hoja([filaX('12,5'), filaX('(5)'), filaX(null)])])
    expect(dichos(leido.errores)).toEqual([
      'E2: Volumen inválido en la columna VOLUMEN PTE: «12,5» no es un número. ¿Quisiste decir 12.5?',
      'E3: Volumen inválido en la columna VOLUMEN PTE: «(5)» no puede ser negativo.',
    ])
    expect((await leer([hoja([filaX(null)])])).partidas[0]?.volumen).toBe('0.000000')
  })

  it('anexo-c §11.9: ISO headers, repeated ones added, 2026 is not a day', async () => {
    const leido = await leer([
      hoja([filaX(10, 99, 4, 6, 99)], [...TITULOS, '2026', '05/03/2026', fecha('2026-03-05'), 'TOTAL']),
    ])
    expect(programaDe(leido)).toEqual({ '2.1. TUBO DE ACERO': { '2026-03-05': '10' } })
    expect(dichos(leido.advertencias)).toEqual(['J1: El día 05/03/2026 está en I1 y J1: sus volúmenes se sumaron.'])
    const iso = await leer([hoja([filaX(7, 7)], [...TITULOS, '2026-03-05'])])
    expect(programaDe(iso)).toEqual({ '2.1. TUBO DE ACERO': { '2026-03-05': '7' } })
  })

  it('anexo-c §11.10: homonyms are two partidas, each with its programme', async () => {
    const leido = await leer([
      hoja(
        [
          ['C-4', '4.7.', 'OPERARIO (SOLDADOR)', 'JORNADA', 10, 50, 0, null],
          ['C-4', '4.7.', 'OPERARIO (TUBERO)', 'JORNADA', 50, 50, 0, 3],
        ],
        [...TITULOS, '07/03/2026'],
      ),
    ])
    expect(leido.partidas.map(({ codigo, idConcepto, volumen }) => [codigo, idConcepto, volumen])).toEqual([
      ['4.7.', 3, '10.000000'],
      ['4.7.', 4, '50.000000'],
    ])
    expect(programaDe(leido)).toEqual({ '4.7. OPERARIO (TUBERO)': { '2026-03-07': '3' } })
  })

  it('anexo-c §11.14: a long code whole', async () => {
    const { partidas } = await leer([hoja([['C3-EXT', 'C3EXT-1538.1', 'Servicio W', 'SERVICIO', 1, 0, 3]])])
    expect(partidas[0]).toMatchObject({ codigo: 'C3EXT-1538.1', precioUsd: '20.2500', clave: { anexo: 'C3EXT' } })
  })

  it('anexo-c §11.15: codes are texts, also when every one looks like a number', async () => {
    const conceptos = [...CONCEPTOS, concepto(9, { ordinaria: '2.10', descripcion: 'OTRO', idUnidad: 1 })]
    const leido = await leer(
      [hoja([filaX(), ['C-2', '2.10', 'OTRO', 'M', 1], ['C-2', '2.10', 'TUBO DE ACERO', 'M', 1]])],
      {
        ...CATALOGO,
        conceptos,
      },
    )
    expect(leido.errores.map(({ fila }) => fila)).toEqual([4])
    const textos = await leer([hoja([filaX().with(1, '2.1'), ['C-2', '2.10', 'OTRO', 'M', 1]])], {
      ...CATALOGO,
      conceptos,
    })
    expect(textos.partidas.map(({ codigo, idConcepto }) => [codigo, idConcepto])).toEqual([
      ['2.1', 1],
      ['2.10', 9],
    ])
  })

  it('anexo-c §11.15: a number shown with two decimals is that text', async () => {
    const conceptos = [concepto(9, { ordinaria: '2.10', descripcion: 'OTRO', idUnidad: 1 }), ...CONCEPTOS]
    const celda = (estilo: string): CeldaDePrueba => ({ xml: `<c r="{r}" s="${estilo}"><v>2.1</v></c>` })
    const estilos =
      '<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs><xf numFmtId="0"/><xf numFmtId="2"/></cellXfs></styleSheet>'
    const filas = [filaX().with(1, celda('0')), ['C-2', celda('1'), 'OTRO', 'M', 1]]
    const leido = await leer({ hojas: [hoja(filas)], partes: { 'xl/styles.xml': estilos } }, { ...CATALOGO, conceptos })
    expect(leido.partidas.map(({ codigo, idConcepto }) => [codigo, idConcepto])).toEqual([
      ['2.1', 1],
      ['2.10', 9],
    ])
  })

  it('anexo-c §11.18: what a workbook may weigh (§5.1)', () => {
    const { archivo, porParte, total, razon, hojas, filas, columnas } = LIMITES_ANEXO
    expect([archivo, porParte, total]).toEqual([100 * 2 ** 20, 2 ** 30, 2 ** 30])
    expect([razon, hojas, filas, columnas]).toEqual([200, 100, 100_000, 1_000])
  })
})

describe('finding the table (anexo-c §5.2)', () => {
  it('tries the named sheets first, reads hidden ones and never the very hidden', async () => {
    const primera = { ...hoja([filaX(1)]), nombre: 'Hoja1' }
    const nombrada = { ...hoja([filaX(2)]), nombre: 'Tabla de recursos programados', estado: 'hidden' as const }
    const escondida = { ...hoja([filaX(3)]), estado: 'veryHidden' as const }
    const leido = await leer([escondida, primera, nombrada])
    expect(leido.partidas[0]?.volumen).toBe('2.000000')
    expect(dichos(leido.advertencias)).toEqual([
      ': La tabla está en la hoja «Tabla de recursos programados», que está oculta.',
    ])
    expect((await leer([escondida, primera])).hoja).toBe('Hoja1')
    await expect(leer([escondida, { filas: [['nada']] }])).rejects.toThrow('«Hoja2»: no tiene ninguna de las columnas')
  })

  it('tells of each sheet what its best row lacks', async () => {
    const sinDos = { nombre: 'Anexo C', filas: [['PARTIDA'], ['PARTIDA', 'CONCEPTO', 'UNIDAD']] }
    await expect(leer([{ nombre: 'Portada', filas: [] }, sinDos])).rejects.toMatchObject({
      detalles:
        'El libro no tiene una tabla de Anexo C válida: ninguna hoja tiene PARTIDA, CONCEPTO, UNIDAD, VOLUMEN PTE y P.U. M.N. en una misma fila de las primeras 100. «Anexo C»: faltan VOLUMEN PTE y P.U. M.N.; «Portada»: no tiene ninguna de las columnas.',
    })
  })

  it('finds the header down to row 100 and no further', async () => {
    const conTitulosEn = (fila: number) => ({ nombre: 'X', filas: [...vacias(fila - 1), TITULOS, filaX()] })
    expect((await leer([conTitulosEn(100)])).filaEncabezado).toBe(100)
    await expect(leer([conTitulosEn(101)])).rejects.toThrow('no tiene una tabla de Anexo C válida')
  })

  it('knows every spelling of a header, with line breaks, double spaces and lower case', async () => {
    const variantes = [
      ['P.U. M.N.', 'P.U. USD'],
      ['P.U.M.N.', 'P.U.USD'],
      ['p.u.  mn', 'P.U. U.S.D.'],
      ['P.U.MN', 'P.U.\nUSD'],
    ]
    for (const [mn = '', usd = ''] of variantes) {
      const titulos = [' anexo', 'Partida', 'CONCEPTO', 'unidad', 'VOLUMEN\r\nPTE', mn, usd]
      const { partidas } = await leer([hoja([['C-3', '3.5.', 'ESTRUCTURA', 'TON', 1, 7, 9]], titulos)])
      expect(partidas[0]).toMatchObject({ precioMn: '7.0000', precioUsd: '9.0000' })
    }
  })

  it('uses the first of two columns and says so; merged headers count for their first cell', async () => {
    const leido = await leer([
      { ...hoja([filaX(5, 8)], [...TITULOS, 'VOLUMEN PTE', 'NOTAS']), combinadas: ['I1:K1', 'A1:A1'] },
    ])
    expect(leido.partidas[0]?.volumen).toBe('5.000000')
    expect(dichos(leido.advertencias)).toEqual([
      'H1: La columna VOLUMEN PTE está dos veces, en E1 y H1: se usa la primera.',
    ])
  })

  it('reads serials as days only right of the mandatory columns, also from 1904', async () => {
    const titulos = [46_086, ...TITULOS, 46_087]
    const leido = await leer([hoja([[99, ...filaX(3, 3)]], titulos)])
    expect(programaDe(leido)).toEqual({ '2.1. TUBO DE ACERO': { '2026-03-06': '3' } })
    const de1904 = await leer({
      es1904: true,
      hojas: [hoja([filaX(3, 1, 2)], [...TITULOS, 44_624, { serie: 44_625 }])],
    })
    expect(programaDe(de1904)).toEqual({ '2.1. TUBO DE ACERO': { '2026-03-05': '1', '2026-03-06': '2' } })
  })

  it('says which headers look like a day and are none', async () => {
    const { advertencias } = await leer([hoja([filaX(3)], [...TITULOS, '31/02/2026', { serie: 1 }])])
    expect(advertencias.map(({ celda }) => celda)).toEqual(['H1', 'I1'])
  })
})

describe('rows (anexo-c §5.3 and §5.4)', () => {
  it('leaves out titles, totals, signatures and repeated headers; hidden rows are rows', async () => {
    const oculta: CeldaDePrueba[] = [{ xml: '<c r="{r}" t="s"><v>0</v></c>' }, ...filaX(4).slice(1)]
    const leido = await leer([
      hoja([
        ['C-2', '2.', 'TUBERÍAS'],
        filaX(1),
        TITULOS,
        [null, '2.1.', 'TUBO DE ACERO', '-', 7],
        [null, '2.1.', 'TUBO DE ACERO', '.', 7],
        [null, null, 'TOTAL', null, 7],
        [null, null, null, null, null, null, 'Elaboró'],
        filaX(2),
        oculta,
      ]),
    ])
    expect(leido.totalErrores).toBe(0)
    expect(leido.partidas.flatMap(({ filas }) => filas)).toEqual([3, 9, 10])
  })

  it('says which rows with unit and volume were left out', async () => {
    const { advertencias } = await leer([
      hoja([filaX(1), ['C-2', null, 'TUBO DE ACERO', 'M', 5], ['C-2', '2.1.', null, 'M', 0]]),
    ])
    expect(dichos(advertencias)).toEqual(['B3: La fila 3 tiene unidad y volumen pero no PARTIDA: no se leyó.'])
  })

  it('finds the unit by its clave before its description, without accents nor spaces around the bar', async () => {
    const conceptos = [
      concepto(1, { ordinaria: '1', descripcion: 'A', idUnidad: 2 }),
      concepto(2, { ordinaria: '2', descripcion: 'B', idUnidad: 5 }),
    ]
    const filas = [
      ['C-2', '1', 'A', 'ton ', 1],
      ['C-2', '2', 'B', 'm2 / dia', 1],
      ['C-2', '2', 'B', 'Metro cuadrado por dia', 1],
    ]
    const leido = await leer([hoja(filas)], { ...CATALOGO, conceptos })
    expect(leido.totalErrores).toBe(0)
    expect(leido.partidas.map(({ idUnidad, filas: suyas }) => [idUnidad, suyas])).toEqual([
      [2, [2]],
      [5, [3, 4]],
    ])
  })

  it('explains a mismatch against the closest concept of the code', async () => {
    const leido = await leer([
      hoja([
        ['C-4', '4.7.', 'OPERARIO (SOLDADOR) DE SEGUNDA', 'JORNADA', 1],
        ['C-2', '2.1.', 'TUBO DE ACERO', 'TON', 1],
        ['C-3', '3.5.', 'TUBO DE COBRE', 'M', 1],
        ['C-2', '2.1.', 'ESTRUCTURA', 'TON', 1],
        ['C-9', '9.9.', 'NADIE LO CONOCE', 'M', 1],
      ]),
    ])
    expect(dichos(leido.errores)).toEqual([
      'C2: Descripción diferente: el libro dice «OPERARIO (SOLDADOR) DE SEGUNDA» y el catálogo «OPERARIO (SOLDADOR)».',
      'D3: Unidad diferente: el libro dice TON y el catálogo M.',
      'C4: Descripción diferente: el libro dice «TUBO DE COBRE» y el catálogo «ESTRUCTURA».',
      'D4: Unidad diferente: el libro dice M y el catálogo TON.',
      'C5: Descripción diferente: el libro dice «ESTRUCTURA» y el catálogo «TUBO DE ACERO». Esa descripción con esa unidad es de 3.5.: puede estar duplicada en el catálogo.',
      'D5: Unidad diferente: el libro dice TON y el catálogo M.',
      'B6: No está en el catálogo: ni el código 9.9. ni su descripción existen.',
    ])
  })

  it('shows 80 letters of both descriptions, and where they part when that is later', async () => {
    const largo = 'SUMINISTRO E INSTALACIÓN DE TUBERÍA '.repeat(4)
    const conceptos = [concepto(1, { ordinaria: '1', descripcion: `${largo}DE ACERO`, idUnidad: 1 })]
    const {
      errores: [error],
    } = await leer([hoja([['C-2', '1', `${largo}DE COBRE`, 'M', 1]])], { ...CATALOGO, conceptos })
    expect(error?.mensaje).toContain('; se distinguen donde dicen «COBRE» y «ACERO»')
    expect(error?.mensaje.match(/«([^»]*)»/)?.[1]?.length).toBeLessThanOrEqual(80)
  })

  it('knows both codes of a concept; of several, takes that of the annex of the row and else the newest', async () => {
    const igual = { descripcion: 'AYUDANTE', idUnidad: 3 }
    const conceptos = [
      concepto(1, { ...igual, ordinaria: '4.1.', extraordinaria: 'C4EXT-0001', anexo: 'C-4' }),
      concepto(2, { ...igual, ordinaria: '4.1.', anexo: 'C-4-1' }),
    ]
    const filas = ['C-4', 'C-4-1', 'C-9'].map((anexo) => [anexo, '4.1', 'AYUDANTE', 'JORNADA', 1])
    const leido = await leer([hoja([...filas, ['C-4', 'C4EXT-0001', 'AYUDANTE', 'JORNADA', 1]])], {
      ...CATALOGO,
      conceptos,
    })
    expect(leido.partidas.map(({ idConcepto }) => idConcepto)).toEqual([1, 2, 2, 1])
    expect(dichos(leido.advertencias)).toEqual([
      'B2: El catálogo tiene 2 conceptos con el código 4.1., esa descripción y esa unidad: se tomó el del anexo C-4.',
      'B3: El catálogo tiene 2 conceptos con el código 4.1., esa descripción y esa unidad: se tomó el del anexo C-4-1.',
      'B4: El catálogo tiene 2 conceptos con el código 4.1., esa descripción y esa unidad: se tomó el más nuevo.',
      'A4: La fila dice C-9 y el concepto del catálogo es del anexo C-4-1.',
    ])
  })

  it('a row without annex is S/A, with a warning when the catalogue knows it', async () => {
    const leido = await leer([hoja([filaX(1).with(0, null)])])
    expect(leido.partidas[0]).toMatchObject({ anexo: 'S/A', clave: { anexo: 'S/A' } })
    expect(dichos(leido.advertencias)).toEqual([
      'A2: La fila no dice su anexo y el concepto del catálogo es del anexo C-2.',
    ])
  })

  it('merges the rows of the same K: volumes and programmes are added (§5.4 g)', async () => {
    const titulos = [...TITULOS, fecha('2026-02-28'), fecha('2026-03-01'), fecha('2026-03-02')]
    const leido = await leer([
      hoja(
        [
          filaX(0.1, 0.1, null, 999_999_999.5),
          ['C-3', '3.5.', 'ESTRUCTURA', 'TON', 1, 5, 0, 1],
          filaX(0.2, 0.2, 7, 0.499999).with(0, 'C2'),
          filaX(999_999_999.999999, null, null, null).with(1, '2.1'),
        ],
        titulos,
      ),
    ])
    expect(leido.partidas.map(({ filas, volumen }) => [filas, volumen])).toEqual([
      [[2, 4, 5], '1000000000.299999'],
      [[3], '1.000000'],
    ])
    expect(programaDe(leido)).toEqual({
      '2.1. TUBO DE ACERO': { '2026-02-28': '0.3', '2026-03-01': '7', '2026-03-02': '999999999.999999' },
      '3.5. ESTRUCTURA': { '2026-02-28': '1' },
    })
    expect(leido.partidas[0]?.programado).toEqual({
      dias: 3,
      volumen: '1000000007.299999',
      primero: '2026-02-28',
      ultimo: '2026-03-02',
    })
    expect(dichos(leido.advertencias)).toContain('B2: Las filas 2, 4 y 5 son la misma partida, 2.1.: se sumaron.')
  })

  it('a sum of days that does not fit is an error of its row', async () => {
    const leido = await leer([hoja([filaX(1, 999_999_999, 1)], [...TITULOS, '05/03/2026', '2026-03-05'])])
    expect(dichos(leido.errores)).toEqual([
      'H2: Volumen inválido en la columna 05/03/2026: la suma del día es demasiado grande.',
    ])
  })

  it('keeps six decimals of a programme, rounds half up and refuses what is no volume', async () => {
    const titulos = [...TITULOS, '01/03/2026', '02/03/2026', '03/03/2026', '04/03/2026']
    const leido = await leer([
      hoja([filaX(1, { crudo: '0.0000005' }, { crudo: '0.30000000000000004' }, '1,000.000001', '-')], titulos),
    ])
    expect(programaDe(leido)['2.1. TUBO DE ACERO']).toEqual({
      '2026-03-01': '0.000001',
      '2026-03-02': '0.3',
      '2026-03-03': '1000.000001',
    })
    const malo = await leer([hoja([filaX(1, { error: '#N/A' }, true, { formula: 'A1' }, { crudo: '-1' })], titulos)])
    expect(dichos(malo.errores)).toEqual([
      'H2: Volumen inválido en la columna 01/03/2026: «#N/A» es un error de Excel.',
      'I2: Volumen inválido en la columna 02/03/2026: «VERDADERO» no es un número.',
      'J2: Volumen inválido en la columna 03/03/2026: «fórmula sin resultado» es una fórmula sin resultado.',
      'K2: Volumen inválido en la columna 04/03/2026: «-1» no puede ser negativo.',
    ])
  })

  it('warns of the programme out of the days of the family', async () => {
    const vigencia = { inicio: '2026-03-02' as never, termino: '2026-03-31' as never }
    const leido = await leer([hoja([filaX(3, 1, 2, null)], [...TITULOS, '01/03/2026', '02/03/2026', '01/04/2026'])], {
      ...CATALOGO,
      vigencia,
    })
    expect(dichos(leido.advertencias)).toEqual([
      'H1: Hay programa fuera de la vigencia de la OT (del 02/03/2026 al 31/03/2026): 01/03/2026.',
    ])
  })

  it('reads results of formulas, and refuses errors, booleans and formulas without result', async () => {
    const bien = await leer([
      hoja([filaX({ formula: 'A1*2', resultado: 6 }).with(5, { formula: 'A1', resultado: '$ 118.25' })]),
    ])
    expect(bien.partidas[0]).toMatchObject({ volumen: '6.000000', precioMn: '118.2500' })
    const mal = await leer([
      hoja([[{ error: '#REF!' }, '2.1.', 'TUBO DE ACERO', 'M', true, { formula: 'B1' }, { serie: 46_086 }]]),
    ])
    expect(mal.errores.map(({ celda }) => celda)).toEqual(['A2', 'E2', 'F2', 'G2'])
  })

  it('warns once of merged cells that left rows without their value', async () => {
    const filas = [filaX(1), filaX(2).with(0, null), filaX(3).with(0, null), ['TÍTULO']]
    const leido = await leer([{ ...hoja(filas), combinadas: ['A2:A4', 'A5:G5'] }])
    expect(dichos(leido.advertencias).filter((dicho) => dicho.includes('combinadas'))).toEqual([
      'A3: Las celdas A2:A4 están combinadas: solo la primera tiene valor y A3 se leyó vacía. Sepáralas y escribe el valor en cada fila.',
    ])
  })

  it('counts all that is wrong and lists the first', async () => {
    const leido = await leer([hoja(Array.from({ length: 2500 }, () => filaX('x')))])
    expect([leido.totalErrores, leido.errores.length, leido.filasConError]).toEqual([2500, 2000, 2500])
  })

  it('packs each month with all its days, and only months with volume', async () => {
    const leido = await leer([hoja([filaX(3, 1, 2)], [...TITULOS, '28/02/2024', '02/04/2024'])])
    const ceros = (n: number) => Array.from({ length: n }, () => '0')
    expect(leido.programa.map((bloque) => JSON.parse(bloque) as unknown)).toEqual([
      [
        [0, '2024-02-01', `{${[...ceros(27), '1', '0'].join(',')}}`],
        [0, '2024-04-01', `{${['0', '2', ...ceros(28)].join(',')}}`],
      ],
    ])
  })
})

describe('the file (anexo-c §5.1)', () => {
  it('refuses an old workbook, a damaged one and what is none, each with its sentence', async () => {
    const ole2 = Buffer.from('d0cf11e0a1b11ae1', 'hex')
    await expect(leer(Buffer.concat([ole2, Buffer.alloc(512)]))).rejects.toMatchObject({
      tipoAviso: 'advertencia',
      detalles:
        'El archivo es un libro de Excel antiguo (.xls). Ábrelo en Excel y guárdalo como «Libro de Excel (.xlsx)».',
    })
    await expect(leer(Buffer.from('<html>'))).rejects.toThrow('no es un libro de Excel')
    await expect(leer(libroDePrueba({ hojas: [hoja([])] }).subarray(0, 400))).rejects.toThrow('dañado')
  })

  it('refuses too many sheets and too many columns', async () => {
    const muchas = Array.from({ length: 101 }, (_, i) => ({ nombre: `H${String(i)}`, filas: [] }))
    await expect(leer(muchas)).rejects.toThrow('El libro tiene más de 100 hojas')
    const ancha = hoja([filaX(1)], [...TITULOS, { xml: '<c r="ALM1"><v>1</v></c>' }])
    await expect(leer([ancha])).rejects.toThrow('La hoja tiene más de 1,000 columnas con datos')
  })

  it('gives the fingerprint of its bytes', async () => {
    const bytes = libroDePrueba({ hojas: [hoja([filaX()])] })
    expect((await leer(bytes)).sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })
})

describe('the error workbook (anexo-c §5.6)', () => {
  const partes = async (bytes: Buffer) => {
    const libro = await abrirLibro(bytes)
    const filas = await Promise.all(
      libro.hojas.map(async (una) => {
        const suyas: string[][] = []
        await libro.leerFilas(una, ({ celdas }) => {
          suyas.push([...celdas.values()].map(mostrar))
          return undefined
        })
        return suyas
      }),
    )
    libro.cerrar()
    return { nombres: libro.hojas.map(({ nombre }) => nombre), filas }
  }

  it('joins what is wrong in a row, keeps the columns with a title and writes the days as days', async () => {
    const titulos = [...TITULOS, { fecha: '2026-03-05' }, null, 'NOTAS']
    const filas = [
      filaX(1),
      ['C-2', '=2.1.', '@TUBO', 'M', '12,5', 1, 0, 'x', 'sin título', '+nota'],
      filaX(2).with(5, 7),
    ]
    const { nombres, filas: escritas } = await partes(await errores([hoja(filas, titulos)]))
    expect(nombres).toEqual(['Errores Importacion', 'Advertencias'])
    expect(escritas[0]).toEqual([
      ['OBSERVACIONES_SISTEMA', 'FILA_EXCEL', ...TITULOS, '05/03/2026', 'NOTAS'],
      [
        [
          'Volumen inválido en la columna VOLUMEN PTE: «12,5» no es un número. ¿Quisiste decir 12.5?',
          'Volumen inválido en la columna 05/03/2026: «x» no es un número.',
          'No está en el catálogo: ni el código =2.1. ni su descripción existen.',
        ].join(' | '),
        '3',
        'C-2',
        '=2.1.',
        '@TUBO',
        'M',
        '12,5',
        '1',
        '0',
        'x',
        '+nota',
      ],
    ])
    expect(escritas[1]?.map((fila) => fila[2])).toEqual(['Celda', 'B2', 'E2', 'F4'])
  })

  it('can be corrected and loaded again', async () => {
    const titulos = [...TITULOS, fecha('2026-03-05')]
    const bytes = await errores([hoja([filaX('1,5', 2.5).with(1, '2.1'), filaX(3, 3)], titulos)])
    const libro = await abrirLibro(bytes)
    const leidas: FilaLeida[] = []
    await libro.leerFilas(libro.hojas[0] ?? expect.fail(), (fila) => {
      leidas.push(fila)
      return undefined
    })
    libro.cerrar()
    const otraVez = leidas.map(({ celdas }) =>
      Array.from({ length: 10 }, (_, i): CeldaDePrueba => {
        const celda = celdas.get(i + 1)
        if (celda === undefined) return null
        return celda.tipo === 'numero' ? Number(celda.texto) : mostrar(celda).replace('1,5', '1.5')
      }),
    )
    const leido = await leer([{ filas: otraVez }])
    expect(leido.totalErrores).toBe(0)
    expect(leido.partidas[0]).toMatchObject({ codigo: '2.1', volumen: '1.500000' })
    expect(programaDe(leido)).toEqual({ '2.1 TUBO DE ACERO': { '2026-03-05': '2.5' } })
  })

  it('paints the bad cells, and only them', async () => {
    const bytes = await errores([hoja([filaX('x'), ['C-2', '2.1.', 'TUBO DE ACERO', 'MTS', 1]])])
    const { default: ExcelJS } = await import('exceljs')
    const libro = new ExcelJS.Workbook()
    await libro.xlsx.load(bytes as never)
    const pintadas: string[] = []
    libro.getWorksheet('Errores Importacion')?.eachRow((fila) => {
      fila.eachCell({ includeEmpty: true }, (celda) => {
        const relleno = celda.fill as typeof celda.fill | undefined
        if (relleno?.type === 'pattern' && relleno.pattern === 'solid') pintadas.push(celda.address)
      })
    })
    expect(pintadas).toEqual(['G2', 'F3'])
    expect(libro.getWorksheet('Errores Importacion')?.getColumn(1).width).toBe(80)
    expect(libro.getWorksheet('Errores Importacion')?.getColumn(5).width).toBe('TUBO DE ACERO'.length + 2)
  })

  it('has a name that any system takes', () => {
    expect(nombreDeErrores('OT-GRZ/801 "1"')).toBe('Errores_Importacion_OT-GRZ-801--1-.xlsx')
  })
})

describe('arithmetic of the programme', () => {
  it('millionths come back whole', () => {
    for (const n of [0n, 1n, 999_999n, 1_000_000n, 999_999_999_999_999n])
      expect(BigInt(Math.round(Number(textoEscalado(n, 6)) * 1e6))).toBe(n)
  })
})
