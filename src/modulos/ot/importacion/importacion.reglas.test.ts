/** One group per line of the table of settled.md §1, in its order and with its name. */
import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aplicar,
  COLUMNAS_DE_PRUEBA,
  fotoDe,
  inicial,
  libroDeOts,
  planDe,
  reprogramacion,
  type FilaDePrueba,
} from '../../../../tests/apoyo/importacion.ts'
import { libroDePrueba, type CeldaDePrueba } from '../../../../tests/apoyo/libro.ts'
import { leerLibroDeOts } from './importacion.excel.ts'
import type { Columna, OtNueva, Plan } from './importacion.tipos.ts'
import { pasosDeEstatus } from './planear.reglas.ts'

const creada = (plan: Plan, posicion = 0): OtNueva => {
  const ot = plan.crear[posicion]
  if (ot === undefined) throw new Error(`Nothing was created: ${plan.errores.map(({ mensaje }) => mensaje).join(' ')}`)
  return ot
}
const mensajes = (lista: readonly { mensaje: string }[]): string[] => lista.map(({ mensaje }) => mensaje)
/** The plan of one initial order with that cell. */
const conCelda = (columna: Columna, celda: CeldaDePrueba): Promise<Plan> => planDe([inicial({ [columna]: celda })])

describe('Columns that must exist', () => {
  const filaDe = (columnas: readonly string[]): CeldaDePrueba[] => {
    const fila: Record<string, CeldaDePrueba | undefined> = inicial()
    return columnas.map((columna) => fila[columna.trim().toLowerCase().replaceAll(' ', '_')] ?? null)
  }
  const minimas = [
    'orden_trabajo',
    'oficio_ot',
    'descripcion_trabajo',
    'id_tipo_id',
    'id_estatus_ot_id',
    'id_pte_header_id',
    'id_responsable_proyecto_id',
  ]

  it('are found whatever the case, the spaces, the order and the row, among others that are ignored', async () => {
    const titulos = [
      ' ID_Tipo_Id ',
      'nota',
      ...minimas.filter((c) => c !== 'id_tipo_id').map((c) => c.toUpperCase().replaceAll('_', ' ')),
    ]
    const libro = libroDePrueba({ hojas: [{ filas: [['Órdenes de trabajo'], [null], titulos, filaDe(titulos)] }] })
    expect((await planDe(libro)).iniciales).toMatchObject({ total: 1, creadas: 1 })
  })
  it('are found in the first sheet that has them all', async () => {
    const libro = libroDePrueba({
      hojas: [
        {
          filas: [
            ['orden_trabajo', 'oficio_ot'],
            ['x', 'y'],
          ],
        },
        { nombre: 'Buena', filas: [minimas, filaDe(minimas)] },
      ],
    })
    expect((await leerLibroDeOts(libro)).encabezado.hoja).toBe('Buena')
  })
  it('of a hidden sheet only when no visible one has them, and it is said', async () => {
    const oculta = { nombre: 'Vieja', estado: 'hidden' as const, filas: [minimas, filaDe(minimas)] }
    const dos = await leerLibroDeOts(
      libroDePrueba({ hojas: [oculta, { nombre: 'Buena', filas: [minimas, filaDe(minimas)] }] }),
    )
    expect(dos.encabezado.hoja).toBe('Buena')
    const una = await leerLibroDeOts(libroDePrueba({ hojas: [oculta] }))
    expect(una.advertencias[0]?.mensaje).toContain('oculta')
  })
  it('after row 50 are not found', async () => {
    const libro = libroDePrueba({
      hojas: [{ filas: [...Array.from({ length: 50 }, () => ['x']), minimas, filaDe(minimas)] }],
    })
    await expect(leerLibroDeOts(libro)).rejects.toMatchObject({ estado: 400 })
  })
  it('missing: the sentence says which and which were found', async () => {
    await expect(
      leerLibroDeOts(libroDePrueba({ hojas: [{ filas: [['orden_trabajo', 'Oficio_OT'], ['x']] }] })),
    ).rejects.toMatchObject({
      detalles:
        'En la hoja «Hoja1» faltan las columnas descripcion_trabajo, id_tipo_id, id_estatus_ot_id. En la fila 1 se encontraron: orden_trabajo, Oficio_OT.',
    })
  })
  it('id_pte_header_id only if there is a type-4 row, ot_principal only if there is a type-5 one', async () => {
    const sin = (columna: Columna, fila: FilaDePrueba): Promise<unknown> =>
      leerLibroDeOts(
        libroDeOts(
          [fila],
          COLUMNAS_DE_PRUEBA.filter((c) => c !== columna),
        ),
      )
    await expect(sin('id_pte_header_id', inicial())).rejects.toMatchObject({ estado: 400 })
    await expect(sin('ot_principal', reprogramacion())).rejects.toMatchObject({ estado: 400 })
    await expect(sin('ot_principal', inicial())).resolves.toBeDefined()
    await expect(sin('id_pte_header_id', reprogramacion())).resolves.toBeDefined()
  })
  it('twice the same one is refused', async () => {
    await expect(
      leerLibroDeOts(libroDePrueba({ hojas: [{ filas: [[...minimas, 'Orden Trabajo'], ['x']] }] })),
    ).rejects.toMatchObject({ estado: 400 })
  })
  it('without rows below is refused', async () => {
    await expect(leerLibroDeOts(libroDeOts([]))).rejects.toMatchObject({
      detalles: 'La hoja «Hoja1» no tiene filas debajo de los encabezados.',
    })
  })
})

describe('Values a row must have', () => {
  it.each(['orden_trabajo', 'descripcion_trabajo', 'id_pte_header_id', 'id_responsable_proyecto_id'] as const)(
    'type 4 without %s is rejected',
    async (columna) => {
      const plan = await conCelda(columna, null)
      expect(plan.iniciales).toMatchObject({ creadas: 0, rechazadas: 1 })
      expect(plan.errores).toMatchObject([{ fila: 2, columna, valor: '' }])
    },
  )
  it('without type counts in otras', async () => {
    const plan = await conCelda('id_tipo_id', null)
    expect(plan).toMatchObject({
      otras: { total: 1, rechazadas: 1 },
      errores: [{ columna: 'id_tipo_id', mensaje: 'En D2 falta el tipo (4 inicial o 5 reprogramación).' }],
    })
  })
  it.each([3, 'INICIAL', true, 4.5])('type %s counts in otras', async (tipo) => {
    expect(await conCelda('id_tipo_id', tipo)).toMatchObject({
      otras: { total: 1, rechazadas: 1 },
      iniciales: { total: 0 },
    })
  })
  it('type 5 takes from its principal what it leaves empty', async () => {
    const plan = await planDe([inicial({ id_responsable_proyecto_id: 4, id_cliente_id: 2 }), reprogramacion()])
    expect(creada(plan, 1)).toMatchObject({
      descripcion_trabajo: 'Trabajo',
      id_responsable_proyecto: 4,
      id_cliente: 2,
      responsable_cliente: 'CLIENTE',
      id_pte_header: 7,
    })
    expect(plan.advertencias).toEqual([])
  })
  it.each(['nan', 'None', 'NULL', 'NaT'])('%s is no folio', async (texto) => {
    expect((await conCelda('orden_trabajo', texto)).iniciales.rechazadas).toBe(1)
  })
})

describe('Empty, accepted', () => {
  it('oficio_ot is PENDIENTE, without warning', async () => {
    const plan = await conCelda('oficio_ot', null)
    expect(creada(plan).oficio_ot).toBe('PENDIENTE')
    expect(plan.advertencias).toEqual([])
  })
  it('responsable_cliente on type 4 is POR DEFINIR with a warning', async () => {
    const plan = await conCelda('responsable_cliente', null)
    expect(creada(plan).responsable_cliente).toBe('POR DEFINIR')
    expect(plan.advertencias).toMatchObject([{ columna: 'responsable_cliente', celda: 'K2' }])
  })
  it('id_cliente_id on type 4 is null with a warning', async () => {
    const plan = await conCelda('id_cliente_id', null)
    expect(creada(plan).id_cliente).toBeNull()
    expect(plan.advertencias).toMatchObject([{ columna: 'id_cliente_id' }])
  })
  it('id_estatus_ot_id is 5 with a warning', async () => {
    const plan = await conCelda('id_estatus_ot_id', null)
    expect(creada(plan).id_estatus_ot).toBe(5)
    expect(plan.advertencias).toMatchObject([{ columna: 'id_estatus_ot_id' }])
  })
  it('estatus is 1, dates and sites null, amounts and term 0', async () => {
    const plan = await conCelda('estatus', null)
    expect(creada(plan)).toMatchObject({
      estatus: 1,
      fecha_inicio_real: null,
      fecha_termino_programado: null,
      id_frente: null,
      id_plataforma: null,
      monto_mxn: '0.00',
      monto_usd: '0.00',
      plazo_dias: 0,
      comentario: '',
      requiere_patio: false,
    })
  })
})

describe('Dates', () => {
  const buenas: [string, CeldaDePrueba, string][] = [
    ['native', { fecha: '2024-02-29' }, '2024-02-29'],
    ['native with time', { serie: 45_000.99 }, '2023-03-15'],
    ['YYYY-MM-DD', '2024-02-29', '2024-02-29'],
    ['D/M/YYYY', '5/4/2024', '2024-04-05'],
    ['DD/MM/YYYY with NBSP', ' 05/04/2024\u00a0', '2024-04-05'],
    ['with T and seconds', '2024-04-05T10:11:12', '2024-04-05'],
    ['with a space and no seconds', '5/4/2024 9:30', '2024-04-05'],
    ['serial as number', 45_000, '2023-03-15'],
    ['serial as text', '45000', '2023-03-15'],
    ['lowest serial', 20_000, '1954-10-03'],
    ['highest serial', '80000', '2119-01-11'],
  ]
  it.each(buenas)('%s', async (_nombre, celda, dia) => {
    expect(creada(await conCelda('fecha_inicio_real', celda)).fecha_inicio_real).toBe(dia)
  })
  it('of a workbook that counts from 1904', async () => {
    const filas = [
      COLUMNAS_DE_PRUEBA,
      COLUMNAS_DE_PRUEBA.map((c) => (c === 'fecha_inicio_real' ? { serie: 43_538 } : (inicial()[c] ?? null))),
    ]
    expect(creada(await planDe(libroDePrueba({ es1904: true, hojas: [{ filas }] }))).fecha_inicio_real).toBe(
      '2023-03-15',
    )
  })
  const malas: [string | number | true, string | null][] = [
    ['13/112023', '13/11/2023'],
    ['15/04/204', null],
    ['13-11-2023', '13/11/2023'],
    ['13/11/23', '13/11/2023'],
    ['13112023', '13/11/2023'],
    ['2023/11/13', '13/11/2023'],
    ['04/25/2023', '25/04/2023'],
    ['13 de noviembre de 2023', '13/11/2023'],
    ['31/02/2023', null],
    ['2024-2-9', '09/02/2024'],
    ['pendiente', null],
    [19_999, null],
    ['80001', null],
    [true, null],
    ['2024-02-29 25:00', null],
  ]
  it.each(malas)('%s rejects the row', async (celda, sugerida) => {
    const plan = await conCelda('fecha_inicio_programado', celda)
    const escrito = celda === true ? 'VERDADERO' : String(celda)
    const pregunta = sugerida === null ? '' : ` ¿Quisiste decir ${sugerida}?`
    expect(plan.errores).toEqual([
      {
        hoja: 'Hoja1',
        fila: 2,
        columna: 'fecha_inicio_programado',
        celda: 'N2',
        valor: escrito,
        mensaje: `En N2 dice "${escrito}" y no es una fecha.${pregunta}`,
      },
    ])
    expect(plan.crear).toEqual([])
  })
})

describe('End before start', () => {
  it('is stored as it stands, with a warning at the end', async () => {
    const plan = await planDe([inicial({ fecha_inicio_real: '10/03/2025', fecha_termino_real: '8/3/2025' })])
    expect(creada(plan)).toMatchObject({ fecha_inicio_real: '2025-03-10', fecha_termino_real: '2025-03-08' })
    expect(plan.advertencias).toMatchObject([{ columna: 'fecha_termino_real', celda: 'Q2' }])
  })
})

describe('Term and end left empty', () => {
  it('stay empty', async () => {
    expect(creada(await conCelda('fecha_inicio_programado', '1/3/2025'))).toMatchObject({
      plazo_dias: 0,
      fecha_termino_programado: null,
    })
    expect(creada(await planDe([inicial({ fecha_inicio_programado: '1/3/2025', plazo_dias: 10 })]))).toMatchObject({
      plazo_dias: 10,
      fecha_termino_programado: null,
    })
  })
})

describe('Status 10 without real end', () => {
  it('leaves it null, without warning, and the steps completed with null dates', async () => {
    const plan = await conCelda('id_estatus_ot_id', 10)
    expect(plan.advertencias).toEqual([])
    expect(creada(plan)).toMatchObject({
      fecha_termino_real: null,
      estatus_paso: 3,
      paso_inicio: null,
      paso_termino: null,
      paso_entrega: null,
    })
  })
})

describe('Status unknown or text', () => {
  it.each([99, 'TERMINADA', 3, true, 10.5])('%s is 5 with a warning, and the steps follow it', async (celda) => {
    const plan = await conCelda('id_estatus_ot_id', celda)
    expect(creada(plan)).toMatchObject({ id_estatus_ot: 5, estatus_paso: 2 })
    expect(plan.advertencias).toMatchObject([{ columna: 'id_estatus_ot_id', celda: 'E2' }])
  })
  it('a number stored as text is the number', async () => {
    expect(creada(await conCelda('id_estatus_ot_id', ' 10 ')).id_estatus_ot).toBe(10)
  })
})

describe('Logical status', () => {
  it.each([
    [-1, -1],
    ['0', 0],
    ['1', 1],
    ['-1.0', -1],
  ] as const)('%s is accepted', async (celda, valor) => {
    expect(creada(await conCelda('estatus', celda)).estatus).toBe(valor)
  })
  it.each([10, 'activa', true, false, 0.5])('%s rejects the row', async (celda) => {
    expect((await conCelda('estatus', celda)).errores).toMatchObject([{ columna: 'estatus', celda: 'M2' }])
  })
})

describe('Amounts', () => {
  it.each([
    [{ crudo: '6907712.1699999999' }, '6907712.17'],
    ['$ 1,234,567.89', '1234567.89'],
    ['1,234.50 MXN', '1234.50'],
    ['USD 10', '10.00'],
    ['5 M.N.', '5.00'],
    [' 12 345.5 ', '12345.50'],
    [{ crudo: '12345678901234567890.12' }, '12345678901234567890.12'],
    [10.004, '10.00'],
  ] as const)('%s', async (celda, valor) => {
    const plan = await conCelda('monto_mxn', celda)
    expect(creada(plan).monto_mxn).toBe(valor)
    expect(plan.advertencias).toEqual([])
  })
  it('half a cent is rounded up with a warning', async () => {
    const plan = await conCelda('monto_usd', 1.005)
    expect(creada(plan).monto_usd).toBe('1.01')
    expect(plan.advertencias).toMatchObject([
      { columna: 'monto_usd', mensaje: 'En S2 dice "1.005" y tiene más de dos decimales; se importó como 1.01.' },
    ])
  })
  it.each([-1, '-5', '(5.00)', '1.234,50', 'mil', true, { fecha: '2024-01-01' }, '1,23', { crudo: '1e30' }])(
    '%s is rejected',
    async (celda) => {
      expect((await conCelda('monto_mxn', celda)).errores).toMatchObject([{ columna: 'monto_mxn', celda: 'R2' }])
    },
  )
  it('a decimal comma suggests the point', async () => {
    expect(mensajes((await conCelda('monto_mxn', '1.234,5')).errores)).toEqual([
      'En R2 dice "1.234,5" y no es un importe. ¿Quisiste decir 1,234.50?',
    ])
  })
})

describe('plazo_dias, num_reprogramacion', () => {
  it.each([22, '22', '22.0', ' 22 '])('%s is 22', async (celda) => {
    expect(creada(await conCelda('plazo_dias', celda)).plazo_dias).toBe(22)
    expect(creada(await planDe([inicial(), reprogramacion({ num_reprogramacion: celda })]), 1).num_reprogramacion).toBe(
      22,
    )
  })
  it.each([22.5, 'dos', -1, true, { fecha: '2024-01-01' }])('%s rejects the row', async (celda) => {
    expect((await conCelda('plazo_dias', celda)).iniciales.rechazadas).toBe(1)
    expect((await planDe([inicial(), reprogramacion({ num_reprogramacion: celda })])).reprogramaciones.rechazadas).toBe(
      1,
    )
  })
  it('the number 0 rejects the row', async () => {
    expect((await planDe([inicial(), reprogramacion({ num_reprogramacion: 0 })])).reprogramaciones.rechazadas).toBe(1)
  })
})

describe('Folios', () => {
  it('are cleaned, compared without case and stored cleaned', async () => {
    const plan = await planDe([
      inicial({ orden_trabajo: '  OT\u00a0 1\u200b ', id_pte_header_id: ' pte-1 ' }),
      reprogramacion({ orden_trabajo: 'ot 1', ot_principal: 'ot  1' }),
    ])
    expect(creada(plan)).toMatchObject({ orden_trabajo: 'OT 1', id_pte_header: 7 })
    expect(creada(plan, 1)).toMatchObject({ orden_trabajo: 'ot 1', n_principal: 0 })
  })
  it('a number is its text', async () => {
    expect(creada(await conCelda('orden_trabajo', 123)).orden_trabajo).toBe('123')
  })
  it.each(['orden_trabajo', 'oficio_ot', 'id_pte_header_id'] as const)(
    'a date or an error in %s rejects the row',
    async (columna) => {
      expect((await conCelda(columna, { fecha: '2024-01-01' })).errores).toMatchObject([{ columna }])
      expect((await conCelda(columna, { error: '#REF!' })).errores).toMatchObject([{ columna, valor: '#REF!' }])
    },
  )
  it('more than 100 characters rejects the row', async () => {
    expect((await conCelda('orden_trabajo', 'x'.repeat(101))).iniciales.rechazadas).toBe(1)
  })
})

describe('Error cells', () => {
  it.each(COLUMNAS_DE_PRUEBA)('#N/A in %s rejects the row and names the cell', async (columna) => {
    const plan = await conCelda(columna, { error: '#N/A' })
    expect(plan.crear).toEqual([])
    expect(plan.errores).toContainEqual(expect.objectContaining({ columna, valor: '#N/A' }))
  })
  it('in a column that is not read is ignored', async () => {
    const libro = libroDePrueba({
      hojas: [
        {
          filas: [
            [...COLUMNAS_DE_PRUEBA, 'nota'],
            [...COLUMNAS_DE_PRUEBA.map((c) => inicial()[c] ?? null), { error: '#N/A' }],
          ],
        },
      ],
    })
    expect((await planDe(libro)).iniciales.creadas).toBe(1)
  })
})

describe('Unknown id of a catalogue', () => {
  it.each(['id_responsable_proyecto_id', 'id_cliente_id'] as const)(
    '%s: type 4 is rejected, type 5 takes the principal’s with a warning',
    async (columna) => {
      expect((await conCelda(columna, 99)).errores).toMatchObject([{ columna, valor: '99' }])
      const plan = await planDe([inicial(), reprogramacion({ [columna]: 99 })])
      expect(creada(plan, 1)).toMatchObject({ id_responsable_proyecto: 3, id_cliente: 1 })
      expect(plan.advertencias).toMatchObject([{ columna, fila: 3 }])
    },
  )
  it('a text that is no number rejects the row in both', async () => {
    expect((await planDe([inicial(), reprogramacion({ id_cliente_id: 'PEMEX' })])).reprogramaciones.rechazadas).toBe(1)
  })
})

describe('Sites', () => {
  it('must exist and be of the class of their column', async () => {
    expect(mensajes((await conCelda('id_plataforma', 1)).errores)).toEqual([
      'En V2 dice "1" y ese sitio (BARCO UNO) no es una plataforma.',
    ])
    expect(mensajes((await conCelda('id_patio', 500)).errores)).toEqual([
      'En X2 dice "500" y no existe un sitio con ese número.',
    ])
  })
  it('are kept whatever the front says', async () => {
    expect(
      creada(await planDe([inicial({ id_frente: 4, id_embarcacion: 1, id_intercom: 70, id_plataforma: 9 })])),
    ).toMatchObject({ id_embarcacion: 1, id_intercom: 70, id_plataforma: 9 })
  })
  it.each([3, 5, 7, 'BARCO'])('front %s is rejected', async (frente) => {
    expect((await conCelda('id_frente', frente)).errores).toMatchObject([{ columna: 'id_frente' }])
  })
  it.each([
    [1, false],
    [2, true],
    [4, true],
    [null, false],
  ] as const)('a patio on front %s: requiere_patio %s', async (frente, requiere) => {
    expect(creada(await planDe([inicial({ id_frente: frente, id_patio: 6 })]))).toMatchObject({
      id_patio: 6,
      requiere_patio: requiere,
    })
  })
})

describe('Two initial orders on one PTE', () => {
  it('are accepted with a warning, in the file and against the database', async () => {
    const plan = await planDe([inicial(), inicial({ orden_trabajo: 'OT-2' })])
    expect(plan.iniciales.creadas).toBe(2)
    expect(plan.advertencias).toMatchObject([{ fila: 3, columna: 'id_pte_header_id' }])
    const otra = await planDe([inicial()], fotoDe({ ocupantes: [{ id: 50, id_pte_header: 7, orden_trabajo: 'OT-9' }] }))
    expect(otra.advertencias).toMatchObject([{ fila: 2, columna: 'id_pte_header_id' }])
  })
})

describe('Type-5 folio different from its principal’s', () => {
  it('is accepted with a warning', async () => {
    const plan = await planDe([inicial(), reprogramacion({ orden_trabajo: 'OT-1 BIS' })])
    expect(creada(plan, 1).orden_trabajo).toBe('OT-1 BIS')
    expect(plan.advertencias).toMatchObject([{ fila: 3, columna: 'orden_trabajo' }])
  })
})

describe('PTE', () => {
  it('that does not exist rejects the row, or is created once when asked', async () => {
    const filas = [
      inicial({ id_pte_header_id: 'NUEVA' }),
      inicial({ orden_trabajo: 'OT-2', id_pte_header_id: 'nueva' }),
    ]
    expect((await planDe(filas)).iniciales.rechazadas).toBe(2)
    const plan = await planDe(filas, fotoDe(), { crearPtes: true })
    expect(plan.ptes).toMatchObject([{ oficio_pte: 'NUEVA', id_cliente: 1, id_responsable_proyecto: 3 }])
    expect(plan.crear.map(({ n_pte }) => n_pte)).toEqual([0, 0])
  })
  it('is inherited by the reprogramación, the new one too', async () => {
    const plan = await planDe([inicial({ id_pte_header_id: 'NUEVA' }), reprogramacion()], fotoDe(), { crearPtes: true })
    expect(creada(plan, 1)).toMatchObject({ n_pte: 0, id_pte_header: null })
  })
  it('of an initial order that changes it moves its whole family, rows that did not change and rows that are not there', async () => {
    const filas = [
      inicial(),
      reprogramacion(),
      reprogramacion({ num_reprogramacion: 2 }),
      reprogramacion({ num_reprogramacion: 3 }),
    ]
    const foto = aplicar(fotoDe(), await planDe(filas))
    const cambiada = [
      inicial({ id_pte_header_id: 'NUEVA' }),
      reprogramacion(),
      reprogramacion({ num_reprogramacion: 2, comentario: 'x' }),
    ]
    const plan = await planDe(cambiada, foto, { crearPtes: true })
    expect(plan.reprogramaciones).toMatchObject({ sin_cambio: 1, actualizadas: 1 })
    expect(
      plan.actualizar.map(({ id, n_pte, huella, cambios }) => [
        id,
        n_pte,
        huella === null,
        cambios.map(({ campo }) => campo),
      ]),
    ).toEqual([
      [1, 0, false, ['id_pte_header']],
      [3, 0, false, ['comentario', 'id_pte_header']],
      [2, 0, true, ['id_pte_header']],
      [4, 0, true, ['id_pte_header']],
    ])
    expect(plan.advertencias).toEqual([])
    expect(await planDe(cambiada, aplicar(foto, plan), { crearPtes: true })).toMatchObject({
      actualizar: [],
      crear: [],
      ptes: [],
    })
  })
  it('repeated: the oldest, with a warning', async () => {
    const plan = await planDe(
      [inicial()],
      fotoDe({ ptes: [7, 8].map((id) => ({ id, oficio_pte: 'PTE-1', clave: 'pte-1' })) }),
    )
    expect(creada(plan).id_pte_header).toBe(7)
    expect(plan.advertencias).toHaveLength(1)
  })
})

describe('Parent', () => {
  const motivo = async (filas: FilaDePrueba[], foto = fotoDe()): Promise<string | undefined> => {
    const plan = await planDe(filas, foto)
    expect(plan.reprogramaciones).toMatchObject({ total: 1, rechazadas: 1 })
    const suyo = plan.errores.find(({ columna }) => columna === 'ot_principal')
    expect(suyo?.celda).toMatch(/^G\d+$/)
    return suyo?.mensaje
  }
  const guardar = async (filas: FilaDePrueba[]): Promise<ReturnType<typeof fotoDe>> =>
    aplicar(fotoDe(), await planDe(filas))

  it('after its child in the file', async () => {
    expect((await planDe([reprogramacion(), inicial()])).reprogramaciones.creadas).toBe(1)
  })
  it('only in the database', async () => {
    expect(creada(await planDe([reprogramacion()], await guardar([inicial()])))).toMatchObject({
      ot_principal: 1,
      id_pte_header: 7,
    })
  })
  it('rejected', async () => {
    expect(await motivo([inicial({ estatus: 10 }), reprogramacion()])).toBe(
      'En G3 dice "OT-1" y su OT inicial se rechazó (fila 2).',
    )
  })
  it('missing', async () => {
    expect(await motivo([reprogramacion({ ot_principal: 'OTRA' })])).toBe(
      'En G2 dice "OTRA" y no existe una OT inicial con ese folio.',
    )
  })
  it('empty', async () => {
    expect(await motivo([reprogramacion({ ot_principal: null })])).toBe('En G2 falta el folio de la OT inicial.')
  })
  it('deleted, in the database or by the file', async () => {
    const foto = await guardar([inicial()])
    const borrada = { ...foto, iniciales: foto.iniciales.map((ot) => ({ ...ot, estatus: 0 })) }
    expect(await motivo([reprogramacion()], borrada)).toBe('En G2 dice "OT-1" y esa OT inicial está eliminada.')
    expect(await motivo([inicial({ estatus: 0 }), reprogramacion()])).toBe(
      'En G3 dice "OT-1" y esa OT inicial (fila 2) está eliminada.',
    )
  })
  it('of type 5', async () => {
    expect(await motivo([reprogramacion()], fotoDe({ foliosDeReprogramacion: new Set(['ot-1']) }))).toBe(
      'En G2 dice "OT-1" y esa OT es una reprogramación. Escribe el folio de su OT inicial.',
    )
  })
})

describe('Same folio twice among type 4 in the file', () => {
  it('the second is rejected', async () => {
    const plan = await planDe([inicial(), inicial({ orden_trabajo: ' ot-1', oficio_ot: 'OTRO' })])
    expect(plan.iniciales).toMatchObject({ creadas: 1, rechazadas: 1 })
    expect(plan.errores).toMatchObject([
      { fila: 3, columna: 'orden_trabajo', mensaje: 'En A3 dice "ot-1" y ese folio ya está en la fila 2.' },
    ])
  })
})

describe('Same number twice in a family in the file', () => {
  it('the second is rejected', async () => {
    const plan = await planDe([
      inicial(),
      reprogramacion({ num_reprogramacion: 2 }),
      reprogramacion({ num_reprogramacion: '2' }),
    ])
    expect(plan.reprogramaciones).toMatchObject({ creadas: 1, rechazadas: 1 })
    expect(plan.errores).toMatchObject([{ fila: 4, columna: 'num_reprogramacion' }])
  })
})

describe('Numbers of unnumbered rows', () => {
  it('after all numbered rows of the family, in file order', async () => {
    const sin = (oficio: string): FilaDePrueba => reprogramacion({ num_reprogramacion: null, oficio_ot: oficio })
    const plan = await planDe([sin('A'), inicial(), reprogramacion({ num_reprogramacion: 5 }), sin('B')])
    expect(
      plan.crear
        .filter(({ id_tipo }) => id_tipo === 5)
        .map(({ oficio_ot, num_reprogramacion }) => [oficio_ot, num_reprogramacion]),
    ).toEqual([
      ['PEP-2-2024', 5],
      ['A', 6],
      ['B', 7],
    ])
  })
  it('max(count, highest) + 1, deleted ones included (§5.3)', async () => {
    const foto = aplicar(
      fotoDe(),
      await planDe([inicial(), reprogramacion({ num_reprogramacion: 1 }), reprogramacion({ num_reprogramacion: 4 })]),
    )
    const borrada = {
      ...foto,
      reprogramaciones: foto.reprogramaciones.map((ot) => (ot.num_reprogramacion === 4 ? { ...ot, estatus: 0 } : ot)),
    }
    expect(
      creada(await planDe([reprogramacion({ num_reprogramacion: null, oficio_ot: 'X' })], borrada)).num_reprogramacion,
    ).toBe(5)
  })
})

describe('Recognising what is already there', () => {
  const tres = [inicial(), reprogramacion(), reprogramacion({ num_reprogramacion: null, oficio_ot: 'SIN NUMERO' })]
  const importada = async (): Promise<ReturnType<typeof fotoDe>> => aplicar(fotoDe(), await planDe(tres))

  it('type 4 by folio: a different oficio_ot is a change of that field', async () => {
    const plan = await planDe([inicial({ oficio_ot: 'NUEVO' })], await importada())
    expect(plan.iniciales).toMatchObject({ actualizadas: 1 })
    expect(plan.actualizar[0]?.cambios).toEqual([
      { campo: 'oficio_ot', etiqueta: 'Oficio OT', antes: 'PEP-1-2024', despues: 'NUEVO' },
    ])
  })
  it('type 5 by principal and number', async () => {
    const plan = await planDe([reprogramacion({ monto_mxn: 5 })], await importada())
    expect(plan.actualizar[0]?.cambios).toEqual([
      { campo: 'monto_mxn', etiqueta: 'Monto MXN', antes: '$ 0.00', despues: '$ 5.00' },
    ])
  })
  it('an unnumbered type 5 by its content', async () => {
    expect((await planDe([tres[2] ?? {}], await importada())).reprogramaciones).toMatchObject({
      sin_cambio: 1,
      creadas: 0,
    })
  })
  it('two equal unnumbered rows are two records, and stay two', async () => {
    const iguales = [inicial(), ...Array.from({ length: 2 }, () => reprogramacion({ num_reprogramacion: null }))]
    const plan = await planDe(iguales)
    expect(plan.crear.map(({ num_reprogramacion }) => num_reprogramacion)).toEqual([null, 1, 2])
    expect((await planDe(iguales, aplicar(fotoDe(), plan))).reprogramaciones).toMatchObject({ sin_cambio: 2 })
  })
  it('a match that was deleted meanwhile is neither revived nor created again', async () => {
    const foto = await importada()
    const borrar = (ots: typeof foto.iniciales): typeof foto.iniciales => ots.map((ot) => ({ ...ot, estatus: 0 }))
    const hijas = await planDe(tres.slice(1), { ...foto, reprogramaciones: borrar(foto.reprogramaciones) })
    expect(hijas).toMatchObject({ reprogramaciones: { sin_cambio: 2 }, crear: [], actualizar: [] })
    expect(hijas.advertencias).toHaveLength(2)
    const madre = await planDe([inicial()], { ...foto, iniciales: borrar(foto.iniciales) })
    expect(madre).toMatchObject({ iniciales: { sin_cambio: 1 }, crear: [], actualizar: [] })
    expect(madre.advertencias).toHaveLength(1)
  })
  it('an OT that a person created with the same data is recognised, not changed', async () => {
    const foto = await importada()
    const plan = await planDe([inicial()], { ...foto, huellas: new Map() })
    expect(plan.iniciales.sin_cambio).toBe(1)
    expect(plan.reconocer).toHaveLength(1)
  })
  it('a column that the workbook has not is left alone', async () => {
    const foto = aplicar(fotoDe(), await planDe([inicial({ comentario: 'nota', monto_mxn: 5 })]))
    const plan = await planDe(
      libroDeOts(
        [inicial({ oficio_ot: 'OTRO' })],
        COLUMNAS_DE_PRUEBA.filter((c) => c !== 'comentario' && c !== 'monto_mxn'),
      ),
      foto,
    )
    expect(plan.actualizar[0]?.despues).toEqual({ oficio_ot: 'OTRO' })
  })
})

describe('Same file again', () => {
  it('changes nothing, also after a person edited what it brought; her change is told', async () => {
    const foto = aplicar(fotoDe(), await planDe([inicial()]))
    const editada = { ...foto, iniciales: foto.iniciales.map((ot) => ({ ...ot, oficio_ot: 'A MANO', version: 2 })) }
    const plan = await planDe([inicial()], editada)
    expect(plan).toMatchObject({ iniciales: { sin_cambio: 1 }, crear: [], actualizar: [], reconocer: [] })
    expect(mensajes(plan.advertencias)[0]).toContain('Oficio OT')
  })
  it('by property: whatever the rows, the second time creates, changes and recognises nothing', async () => {
    const folio = fc.constantFrom('OT-1', 'OT-2', 'ot-1 ', 'OT-3')
    const fila = fc.oneof(
      fc
        .record({
          orden_trabajo: folio,
          oficio_ot: fc.constantFrom('A', null),
          monto_mxn: fc.constantFrom(1, 'mal', null),
          id_pte_header_id: fc.constantFrom('PTE-1', 'NUEVA'),
          estatus: fc.constantFrom(1, 0, -1),
        })
        .map(inicial),
      fc
        .record({
          ot_principal: folio,
          num_reprogramacion: fc.constantFrom(1, 2, 3, null, null),
          oficio_ot: fc.constantFrom('A', 'B', null),
          id_cliente_id: fc.constantFrom(1, 99, null),
        })
        .map(reprogramacion),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fila, { minLength: 1, maxLength: 12 }), async (filas) => {
        const primera = await planDe(filas, fotoDe(), { crearPtes: true })
        const segunda = await planDe(filas, aplicar(fotoDe(), primera), { crearPtes: true })
        expect(segunda).toMatchObject({ crear: [], actualizar: [], reconocer: [], ptes: [] })
        expect(segunda.rechazadas).toEqual(primera.rechazadas)
        expect(segunda.errores).toEqual(primera.errores)
      }),
      { numRuns: 150 },
    )
  })
})

describe('Report', () => {
  it('filas are the non-blank rows, and each group adds up', async () => {
    const plan = await planDe([
      inicial(),
      {},
      reprogramacion(),
      inicial({ id_tipo_id: 9, orden_trabajo: 'X' }),
      inicial(),
    ])
    expect(plan).toMatchObject({
      filas: 4,
      iniciales: { total: 2, creadas: 1, actualizadas: 0, sin_cambio: 0, rechazadas: 1 },
      reprogramaciones: { total: 1, creadas: 1 },
      otras: { total: 1, rechazadas: 1 },
    })
  })
  it('a row with several faults lists all of them', async () => {
    const plan = await planDe([inicial({ estatus: 10, fecha_inicio_real: 'x', id_plataforma: 1, monto_mxn: -1 })])
    expect(plan.errores.map(({ columna }) => columna)).toEqual([
      'estatus',
      'fecha_inicio_real',
      'monto_mxn',
      'id_plataforma',
    ])
  })
  it('columna is the header as written', async () => {
    const filas = [
      COLUMNAS_DE_PRUEBA.map((c) => (c === 'estatus' ? ' ESTATUS ' : c)),
      COLUMNAS_DE_PRUEBA.map((c) => inicial({ estatus: 10 })[c] ?? null),
    ]
    expect((await planDe(libroDePrueba({ hojas: [{ filas }] }))).errores[0]).toMatchObject({
      columna: 'ESTATUS',
      celda: 'M2',
    })
  })
  it('cells inside a merged area are read as empty and said', async () => {
    const filas = [
      COLUMNAS_DE_PRUEBA,
      ...[inicial(), inicial({ orden_trabajo: 'OT-2', oficio_ot: null })].map((f) =>
        COLUMNAS_DE_PRUEBA.map((c) => f[c] ?? null),
      ),
    ]
    const plan = await planDe(libroDePrueba({ hojas: [{ filas, combinadas: ['B2:B3'] }] }))
    expect(mensajes(plan.advertencias)).toContain(
      'B3 está combinada con B2 y se leyó vacía. Separa las celdas y escribe el valor en cada fila.',
    )
  })
})

describe('Steps of a new OT (ot.md §9.7)', () => {
  const ot = {
    id_estatus_ot: 10,
    estatus: 1,
    fecha_inicio_real: '2024-01-05' as never,
    fecha_termino_real: '2024-02-10' as never,
  }
  it('O-58: status 10, logical 1: completed, with start, end and delivery', () => {
    expect(pasosDeEstatus(ot)).toEqual({
      estatus_paso: 3,
      paso_inicio: '2024-01-05',
      paso_termino: '2024-02-10',
      paso_entrega: '2024-02-10',
    })
  })
  it('O-59: status 9 pending; status 6 cancelled without delivery', () => {
    expect(pasosDeEstatus({ ...ot, id_estatus_ot: 9 })).toMatchObject({ estatus_paso: 1, paso_entrega: null })
    expect(pasosDeEstatus({ ...ot, id_estatus_ot: 6 })).toMatchObject({ estatus_paso: 4, paso_entrega: null })
  })
  it.each([
    [5, 2],
    [7, 2],
    [8, 2],
    [11, 2],
    [16, 1],
    [99, 1],
  ])('status %s: steps in %s', (estatus, paso) => {
    expect(pasosDeEstatus({ ...ot, id_estatus_ot: estatus })).toMatchObject({ estatus_paso: paso, paso_entrega: null })
  })
  it('status 10 por definir has no delivery', () => {
    expect(pasosDeEstatus({ ...ot, estatus: -1 })).toMatchObject({ estatus_paso: 3, paso_entrega: null })
  })
})

const REAL = new URL('../../../../../shared/fixtures/ot/OT_IMPORTAR.xlsx', import.meta.url).pathname

describe(`The owner's workbook${existsSync(REAL) ? '' : ` (not run: ${REAL} is not on this machine)`}`, () => {
  it.skipIf(!existsSync(REAL))(
    '286 rows, 136 initial, 150 reprogrammed, exactly the bad cells of the issue',
    async () => {
      const libro = await leerLibroDeOts(REAL)
      const de = (tipo: number): number => libro.filas.filter(({ valores }) => valores.id_tipo_id === tipo).length
      expect([libro.filas.length, de(4), de(5)]).toEqual([286, 136, 150])
      expect(libro.filas.filter(({ valores }) => valores.oficio_ot === null)).toHaveLength(117)
      expect(
        libro.filas.flatMap(({ errores }) => errores).map(({ celda, valor, mensaje }) => [celda, valor, mensaje]),
      ).toEqual([
        ['F9', '13/112023', 'En F9 dice "13/112023" y no es una fecha. ¿Quisiste decir 13/11/2023?'],
        ['H119', '10', expect.stringContaining('y el estatus debe ser -1 (por definir), 0 (eliminada) o 1 (activa).')],
        ['F165', '15/04/204', 'En F165 dice "15/04/204" y no es una fecha.'],
      ])
      const alReves = libro.filas.filter(({ advertencias }) =>
        advertencias.some(({ mensaje }) => mensaje.includes('anterior al inicio')),
      )
      expect(alReves).toHaveLength(6)
    },
  )
})
