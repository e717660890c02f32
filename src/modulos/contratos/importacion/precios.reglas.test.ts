import { describe, expect, it } from 'vitest'
import {
  concepto,
  conDosDecimales,
  fotoDePrecios,
  guardado,
  HAY_REALES,
  hojaDeContrato,
  hojaDePues,
  leerPrecios,
  libroDeContrato,
  libroDePrecios,
  libroDeProductos,
  libroDePues,
  libroReal,
  planDePrecios,
  pue,
  pueGuardada,
} from '../../../../tests/apoyo/precios.ts'
import { dinero } from '../../../comun/dinero.ts'
import { fechaIso } from '../../../comun/fechas.ts'
import { leerCifra, normalizarAnexo } from './celdas.reglas.ts'
import { planearProductos } from './productos.reglas.ts'
import { leerLibroDePrecios } from './precios.excel.ts'

describe('the many spellings of one annex', () => {
  it.each([
    ['C-7', 'C-7', true],
    [' c-7 ', 'C-7', true],
    ['C – 7', 'C-7', true],
    ['C-007.', 'C-7', false],
    ['C7', 'C-7', false],
    ['Anexo C-12', 'C-12', false],
    ['C-2.', 'C-2', false],
    ['C-4-1', 'C-4-1', true],
    ['C-010', 'C-10', false],
    ['C3EXT', 'C3EXT', true],
    ['C3-EXT', 'C3EXT', false],
    ['3C-EXT', 'C3EXT', false],
    ['ANEXO C3EXT', 'C3EXT', false],
    ['ANEXO CD', 'CD', false],
    ['C', 'C', true],
    ['', null, true],
    ['-', null, true],
    ['S/A', null, true],
  ])('«%s» is %s', (escrito, clave, obvio) => {
    expect(normalizarAnexo(escrito)).toEqual({ clave, obvio })
  })

  it('rows of one annex written in four ways go to one sub-annex; what is not obvious is told once, with how many', async () => {
    const plan = await planDePrecios(
      libroDeContrato(
        concepto(),
        concepto({ ANEXO: ' c-2 ', PARTIDA: '2.2.' }),
        concepto({ ANEXO: 'ANEXO C-02.', PARTIDA: '2.3.' }),
        concepto({ ANEXO: 'ANEXO C-02.', PARTIDA: '2.4.' }),
      ),
    )
    expect(plan.crear.map(({ concepto: nuevo }) => nuevo.subAnexo)).toEqual(['C-2', 'C-2', 'C-2', 'C-2'])
    expect(plan.avisos).toEqual(['En A4 dice "ANEXO C-02." y se lee como C-2 (y en 1 fila más).'])
  })
})

describe('a code is the text that its cell shows', () => {
  it('2.1 shown as 2.10 is 2.10, and another concept than 2.1', async () => {
    const { libro } = await planDePrecios(
      libroDeContrato(
        concepto({ PARTIDA: conDosDecimales(2.1) }),
        concepto({ PARTIDA: 2.1 }),
        concepto({ PARTIDA: '2.1.' }),
      ),
    )
    expect(libro.filas.map(({ valores }) => valores.partida)).toEqual(['2.10', '2.1', '2.1.'])
  })

  it('4.7 and 4.7. of the same concept are both loaded, and told', async () => {
    const plan = await planDePrecios(libroDeContrato(concepto({ PARTIDA: 4.7 }), concepto({ PARTIDA: '4.7.' })))
    expect(plan.conteo).toMatchObject({ total: 2, creadas: 2 })
    expect(plan.avisos).toEqual([
      'En B2 dice "4.7" y es un número: se lee como se ve. Si le falta un cero o un punto al final, escríbelo como texto.',
      'En B3 dice "4.7." y en B2 está el mismo concepto con el código «4.7». Se cargan los dos.',
    ])
  })

  it('a date in a code rejects the row and names the cell', async () => {
    const plan = await planDePrecios(
      libroDePrecios({
        nombre: 'Anexo C-4-1',
        filas: [
          ['ANEXO', 'PARTIDA', 'CONCEPTO', 'UNIDAD'],
          ['C-2', { xml: '<c r="{r}" s="2"><v>45000</v></c>' }, 'X', 'M'],
        ],
      }),
    )
    expect(plan.errores).toMatchObject([
      {
        hoja: 'Anexo C-4-1',
        fila: 2,
        columna: 'PARTIDA',
        celda: 'B2',
        mensaje: expect.stringContaining('es una fecha') as string,
      },
    ])
  })
})

describe('rows of a sheet', () => {
  it('catalogos §15.13: unit with blanks and case, price with $ and commas, quantity -; BARRIL is rejected with its sheet and cell', async () => {
    const plan = await planDePrecios(
      libroDeContrato(
        concepto({ UNIDAD: ' ton ', 'P.U. MN': '$ 126,009.03', 'CANTIDADES DE REFERENCIA': '-' }),
        concepto({ PARTIDA: '2.2.', UNIDAD: 'BARRIL' }),
        concepto({ PARTIDA: '2.3.' }),
      ),
    )
    expect(plan.crear[0]?.concepto).toMatchObject({ idUnidadMedida: 15, precioUnitarioMn: dinero('126009.03') })
    expect(plan.crear[0]?.concepto.cantidad.toFixed(2)).toBe('0.00')
    expect(plan.errores).toEqual([
      {
        hoja: 'Anexo C-2-CR',
        fila: 3,
        columna: 'UNIDAD',
        celda: 'D3',
        valor: 'BARRIL',
        mensaje: 'En D3 dice "BARRIL" y no es la clave de una unidad.',
      },
    ])
    expect(plan.conteo).toEqual({ total: 3, creadas: 2, actualizadas: 0, sin_cambio: 0, rechazadas: 1 })
  })

  it('an inactive unit is refused, and one without its accent is suggested', async () => {
    const plan = await planDePrecios(
      libroDeContrato(concepto({ UNIDAD: 'VIEJA' }), concepto({ PARTIDA: '2.2.', UNIDAD: 'DIA' })),
    )
    expect(plan.mensajes).toEqual([
      'En D2 dice "VIEJA" y esa unidad está desactivada.',
      'En D3 dice "DIA" y no es la clave de una unidad. ¿Quisiste decir DÍA?',
    ])
  })

  it('text without unit is a heading, with or without partida; totals, places, signatures and a second header are nothing', async () => {
    const plan = await planDePrecios(
      libroDeContrato(
        concepto({ PARTIDA: 2, CONCEPTO: 'Catálogo de suministro', UNIDAD: null, 'P.U. MN': null }),
        concepto({ PARTIDA: null, CONCEPTO: 'Tubos', UNIDAD: null, 'P.U. MN': null }),
        concepto(),
        { ANEXO: 'ANEXO', PARTIDA: 'PARTIDA', CONCEPTO: 'CONCEPTO', UNIDAD: 'UNIDAD' },
        { PARTIDA: 'Ciudad del Carmen, Campeche a 10 de Enero de 2023' },
        { 'P.U. USD': 'TOTAL' },
      ),
    )
    expect(plan.libro.secciones).toMatchObject([
      { anexo: 'C-2', partida: '2', descripcion: 'Catálogo de suministro', fila: 2 },
      { anexo: 'C-2', partida: null, descripcion: 'Tubos', fila: 3 },
    ])
    expect(plan.crear).toMatchObject([{ concepto: { seccion: 1, orden: 4 } }])
    expect([plan.errores, plan.avisos]).toEqual([[], []])
  })

  it('the same code with another description is another concept; the same row again is ignored and counted', async () => {
    const plan = await planDePrecios(
      libroDeContrato(
        concepto({ PARTIDA: '4.7.', CONCEPTO: 'OPERARIO (TUBERO)' }),
        concepto({ PARTIDA: '4.7.', CONCEPTO: 'OPERARIO (SOLDADOR)' }),
        concepto({ PARTIDA: '4.7.', CONCEPTO: 'OPERARIO (TUBERO)' }),
      ),
    )
    expect(plan.conteo).toMatchObject({ total: 2, creadas: 2, rechazadas: 0 })
    expect(plan.repetidas).toBe(1)
  })

  it('the same concept again with another price is refused, naming the first row', async () => {
    const plan = await planDePrecios(libroDeContrato(concepto(), concepto({ 'P.U. MN': 5 })))
    expect(plan.mensajes).toEqual(['En B3 dice "2.1." y el mismo concepto ya está, con otros datos, en la fila 2.'])
  })

  it('text that is no number: 0 and a warning in a new concept, what there is in an existing one; below zero is refused', async () => {
    const bytes = libroDeContrato(
      concepto({ 'P.U. MN': 'POR DEFINIR', 'CANTIDADES DE REFERENCIA': '12,5' }),
      concepto({ PARTIDA: '2.2.', 'P.U. USD': -3 }),
    )
    const nuevo = await planDePrecios(bytes)
    expect(nuevo.crear[0]?.concepto.precioUnitarioMn.isZero()).toBe(true)
    expect(nuevo.avisos).toHaveLength(2)
    expect(nuevo.mensajes).toEqual(['En G3 dice "-3" y no puede ser menor que cero.'])
    const existente = await planDePrecios(bytes, fotoDePrecios({ conceptos: [guardado()] }))
    expect(existente.conteo).toMatchObject({ sin_cambio: 1, rechazadas: 1 })
  })

  it.each([
    ['', '0.00'],
    ['$ -', '0.00'],
    ['$1,234.5', '1234.50'],
    ['1,234.567', '1234.57'],
  ])('«%s» is %s', (texto, valor) => {
    expect(leerCifra({ tipo: 'texto', texto }, { enteros: 16, decimales: 2 }).valor).toBe(valor)
  })

  it('an annex that the contract lacks is refused without --crear and created with it; a deactivated one is refused', async () => {
    const bytes = libroDeContrato(concepto({ ANEXO: 'C-30' }), concepto({ ANEXO: 'C-9', PARTIDA: '9.1.' }))
    const sin = await planDePrecios(bytes)
    expect(sin.conteo).toMatchObject({ creadas: 0, rechazadas: 2 })
    expect(sin.mensajes[0]).toBe(
      'En A2 dice "C-30" y ese anexo no existe en la lista de precios C del contrato K-1. Créalo, o elige que se cree lo que falte.',
    )
    const con = await planDePrecios(bytes, fotoDePrecios(), true)
    expect(con.subAnexos).toEqual([{ clave: 'C-30', hoja: 'Anexo C-2-CR' }])
    expect(con.mensajes).toEqual(['En A3 dice "C-9" y ese anexo está desactivado.'])
  })

  it('without annex a sheet of the contract takes the one of its name, and says so', async () => {
    const plan = await planDePrecios(libroDeContrato(concepto({ ANEXO: null })))
    expect(plan.crear[0]?.concepto.subAnexo).toBe('C-2')
    expect(plan.avisos).toEqual(['A2 está vacía; se toma C-2, el anexo que nombra la hoja.'])
    const otra = await planDePrecios(libroDePrecios(hojaDeContrato([concepto({ ANEXO: null })], 'Precios')))
    expect(otra.mensajes).toEqual(['En A2 falta el anexo.'])
  })
})

describe('sheet of PUEs', () => {
  it('type 7 without annex; with annex and partida it is ordinary and AUTORIZADO', async () => {
    const plan = await planDePrecios(
      libroDePues(
        pue({ ESTATUS: 'en elaboración', 'FECHA SANCION': '23/01/2025', COMENTARIO: 'SALVATAJE' }),
        pue({ ANEXO: 'C-7', PARTIDA: '1C-7.', 'PARTIDA EXT': 'c2ext-0002', 'P.U. MN': 10 }),
      ),
    )
    expect(plan.crear.map(({ concepto: nuevo }) => nuevo)).toMatchObject([
      {
        idTipoPartida: 7,
        subAnexo: null,
        partidaExtraordinaria: 'C2EXT-0001',
        estatus: 'EN ELABORACION',
        fechaAutorizacion: fechaIso('2025-01-23'),
        comentario: 'SALVATAJE',
      },
      {
        idTipoPartida: 6,
        subAnexo: 'C-7',
        partidaOrdinaria: '1C-7.',
        partidaExtraordinaria: 'C2EXT-0002',
        estatus: 'AUTORIZADO',
      },
    ])
  })

  it('a date or a status that cannot be read is empty, with a warning', async () => {
    const plan = await planDePrecios(libroDePues(pue({ 'FECHA SANCION': 'pronto', ESTATUS: 'QUIZÁ' })))
    expect(plan.crear[0]?.concepto).toMatchObject({ fechaAutorizacion: null, estatus: null })
    expect(plan.avisos).toEqual([
      'En J2 dice "pronto" y no es una fecha; queda vacía.',
      'En L2 dice "QUIZÁ" y no es un estatus de PUE; queda vacío.',
    ])
    expect(plan.errores).toEqual([])
  })

  it('is recognised by its extraordinary partida: its fields change, even into an ordinary one', async () => {
    const foto = fotoDePrecios({ conceptos: [pueGuardada()] })
    const plan = await planDePrecios(
      libroDePues(pue({ ANEXO: 'C-7', PARTIDA: '1C-7.', 'P.U. MN': 1250.5, CONCEPTO: 'SERVICIO ESPECIAL DE BUCEO' })),
      foto,
    )
    expect(plan.conteo).toMatchObject({ creadas: 0, actualizadas: 1 })
    expect(plan.actualizar[0]?.cambios).toEqual([
      { campo: 'id_tipo_partida', etiqueta: 'Tipo', antes: 'Extraordinaria (PUE)', despues: 'Ordinaria' },
      { campo: 'id_sub_anexo', etiqueta: 'Anexo', antes: '', despues: 'C-7' },
      { campo: 'partida_ordinaria', etiqueta: 'Partida', antes: '', despues: '1C-7.' },
      {
        campo: 'descripcion',
        etiqueta: 'Descripción',
        antes: 'SERVICIO ESPECIAL',
        despues: 'SERVICIO ESPECIAL DE BUCEO',
      },
      { campo: 'precio_unitario_mn', etiqueta: 'Precio MN', antes: '0.00', despues: '1,250.50' },
      { campo: 'estatus', etiqueta: 'Estatus', antes: '', despues: 'AUTORIZADO' },
    ])
  })

  it('one that was authorised does not go back by loading the old workbook', async () => {
    const convertida = pueGuardada({
      idTipoPartida: 6,
      idSubAnexo: 7,
      partidaOrdinaria: '2.900.',
      estatus: 'AUTORIZADO',
    })
    const plan = await planDePrecios(libroDePues(pue({ 'P.U. MN': 9 })), fotoDePrecios({ conceptos: [convertida] }))
    expect(plan.conteo).toMatchObject({ sin_cambio: 1, actualizadas: 0 })
    expect(plan.avisos[0]).toContain('ya es la partida ordinaria 2.900.')
  })

  it('NA is free: as many as descriptions', async () => {
    const plan = await planDePrecios(
      libroDePues(
        pue({ 'PARTIDA EXT': 'NA' }),
        pue({ 'PARTIDA EXT': 'na', CONCEPTO: 'OTRO' }),
        pue({ 'PARTIDA EXT': 'NA' }),
      ),
    )
    expect([plan.conteo.creadas, plan.repetidas]).toEqual([2, 1])
  })

  it('without unit or without any code it is rejected', async () => {
    const plan = await planDePrecios(libroDePues(pue({ UNIDAD: null }), pue({ 'PARTIDA EXT': null, PARTIDA: '3.1.' })))
    expect(plan.mensajes).toEqual(['En D2 falta la unidad.', 'En K3 falta la partida extraordinaria.'])
  })
})

describe('loading over what there is', () => {
  const conGuardado = fotoDePrecios({ conceptos: [guardado()] })

  it('the same row changes nothing, whatever its case and blanks in what identifies it', async () => {
    const plan = await planDePrecios(libroDeContrato(concepto()), conGuardado)
    expect(plan.conteo).toMatchObject({ total: 1, sin_cambio: 1 })
    expect(plan.reconocer).toHaveLength(1)
  })

  it('a new price is a change of that field; one that would become 0 is told', async () => {
    const plan = await planDePrecios(libroDeContrato(concepto({ 'P.U. MN': 12000 })), conGuardado)
    expect(plan.actualizar[0]?.cambios).toEqual([
      { campo: 'precio_unitario_mn', etiqueta: 'Precio MN', antes: '11,813.30', despues: '12,000.00' },
    ])
    const cero = await planDePrecios(libroDeContrato(concepto({ 'P.U. MN': null })), conGuardado)
    expect(cero.avisos[0]).toContain('el precio quedaría en 0')
  })

  it('another unit is a change while no other row is the old one; else it is another concept', async () => {
    const sola = await planDePrecios(libroDeContrato(concepto({ UNIDAD: 'TON' })), conGuardado)
    expect(sola.actualizar[0]?.cambios).toMatchObject([{ campo: 'id_unidad_medida', antes: 'M', despues: 'TON' }])
    const dos = await planDePrecios(libroDeContrato(concepto({ UNIDAD: 'TON' }), concepto()), conGuardado)
    expect(dos.conteo).toMatchObject({ creadas: 1, actualizadas: 0, sin_cambio: 1 })
  })

  it('a row that has not changed since it was loaded does not take back what a person captured', async () => {
    const leido = await leerPrecios(libroDeContrato(concepto()))
    const foto = fotoDePrecios({
      conceptos: [guardado({ precioUnitarioMn: dinero('15000') })],
      huellas: new Map([[100, leido.filas[0]?.huella ?? '']]),
    })
    const plan = await planDePrecios(libroDeContrato(concepto()), foto)
    expect(plan.conteo).toMatchObject({ sin_cambio: 1, actualizadas: 0 })
    expect(plan.avisos[0]).toContain('se conserva lo que alguien capturó después (Precio MN)')
  })

  it('what somebody deactivated is not revived nor created again', async () => {
    const plan = await planDePrecios(
      libroDePrecios(hojaDeContrato([concepto()]), hojaDePues([pue()])),
      fotoDePrecios({ desactivados: [guardado({ activo: false }), pueGuardada({ activo: false })] }),
    )
    expect(plan.conteo).toMatchObject({ total: 2, creadas: 0, sin_cambio: 2 })
    expect(plan.avisos.filter((aviso) => aviso.includes('está desactivado'))).toHaveLength(2)
  })

  it('a PUE cannot take the place of an ordinary concept that exists', async () => {
    const plan = await planDePrecios(
      libroDePues(pue({ ANEXO: 'C-2', PARTIDA: '2.1.', CONCEPTO: 'TUBO DE ACERO', UNIDAD: 'M' })),
      fotoDePrecios({ conceptos: [guardado(), pueGuardada()] }),
    )
    expect(plan.mensajes[0]).toContain('ya existe en el anexo C-2')
  })
})

describe('kinds of workbook', () => {
  it('sheets without the headers, hidden ones and annexes of an OT are told and not read', async () => {
    const { libro } = await planDePrecios(
      libroDePrecios(
        { nombre: 'Anexo C-CR', filas: [['PART.', 'DESCRIPCIÓN DE CONCEPTOS', 'UNID.']] },
        hojaDeContrato([concepto()]),
        { ...hojaDeContrato([concepto({ PARTIDA: '9.9.' })], 'Anexo C-3-CR'), estado: 'hidden' },
        { nombre: 'OT', filas: [['ANEXO', 'PARTIDA', 'CONCEPTO', 'UNIDAD', 'VOLUMEN PTE', 'P.U. M.N.']] },
      ),
    )
    expect(libro.filas).toHaveLength(1)
    expect(libro.advertencias.map(({ hoja }) => hoja)).toEqual(['Anexo C-CR', 'Anexo C-3-CR', 'OT'])
  })

  it('a workbook that is none of the three, or two at once, is refused', async () => {
    const nada = libroDePrecios({ filas: [['folio', 'nombre']] })
    await expect(leerLibroDePrecios(nada)).rejects.toThrow('No es un libro de precios')
    const producto = ['id_partida', 'descripcion_concepto', 'id_tipo_partida', 'id_unidad_medida']
    const mezcla = libroDePrecios(hojaDeContrato([concepto()]), { nombre: 'FUENTE', filas: [producto] })
    await expect(leerLibroDePrecios(mezcla)).rejects.toThrow('mezcla productos')
    await expect(leerLibroDePrecios(libroDeContrato())).rejects.toThrow('ningún concepto')
  })
})

describe('products of the system before', () => {
  const PRODUCTO = ['2.1.', 'TUBO', 'C-2.', 71, 6, 11, 8266.62, 0, 1]
  const foto = { sitios: new Map([[71, 'PATIO']]), unidades: new Map([[11, 'M']]), productos: [] }

  it('each row is a product, repeated ones too; texts stay as they stand; unknown ids reject the row', async () => {
    const libro = await leerLibroDePrecios(
      libroDeProductos([
        PRODUCTO,
        PRODUCTO,
        ['NA', 'X', null, 4, 8, 99, null, '-', 0],
        ['1.1', 'Y', 'ANEXO CD', null, 7, 11, null, '$ 5.5', 1],
      ]),
    )
    if (libro.clase !== 'productos') throw new Error('not products')
    const plan = planearProductos(libro, foto)
    expect(plan.crear.map(({ producto }) => producto)).toMatchObject([
      { idPartida: '2.1.', anexo: 'C-2.', idSitio: 71, precioUnitarioMn: dinero('8266.62') },
      { idPartida: '2.1.' },
      {
        idPartida: '1.1',
        anexo: 'ANEXO CD',
        idSitio: null,
        idTipoPartida: 7,
        precioUnitarioMn: null,
        precioUnitarioUsd: dinero('5.5'),
      },
    ])
    expect(plan.errores.map(({ celda }) => celda)).toEqual(['D4', 'F4', 'E4'])
    expect(plan.advertencias.map(({ mensaje }) => mensaje)).toEqual([
      'En A3 dice "2.1." y es igual a la fila 2. Se cargan las dos.',
    ])
    const guardados = plan.crear.map(({ producto }, n) => ({ ...producto, id: n + 1 }))
    expect(planearProductos(libro, { ...foto, productos: guardados }).conteo).toMatchObject({
      creadas: 0,
      sin_cambio: 3,
    })
  })
})

describe.skipIf(!HAY_REALES)('the real workbooks', () => {
  it('the contract: 1,464 concepts of seven sheets, 233 headings, the summary sheet told', async () => {
    const libro = await leerLibroDePrecios(libroReal('ANEXO_C_CONTRATO'))
    if (libro.clase !== 'precios') throw new Error('not prices')
    const porAnexo: Record<string, number> = {}
    for (const { valores } of libro.filas) porAnexo[valores.anexo ?? ''] = (porAnexo[valores.anexo ?? ''] ?? 0) + 1
    expect(porAnexo).toEqual({
      'C-2': 501,
      'C-3': 649,
      'C-4': 88,
      'C-4-1': 27,
      'C-5': 185,
      'C-5-1': 10,
      'C-6': 4,
    })
    expect(libro.filas).toHaveLength(1464)
    expect(libro.secciones).toHaveLength(233)
    expect(libro.filas.flatMap(({ errores }) => errores)).toEqual([])
    expect(libro.advertencias.map(({ hoja }) => hoja)).toEqual(['Anexo C-CR'])
  })

  it('the PUEs: 3,056 rows, 180 of them authorised; the products: 2,240', async () => {
    const pues = await leerLibroDePrecios(libroReal('ANEXO_C_PUES'))
    if (pues.clase !== 'precios') throw new Error('not prices')
    expect(pues.filas).toHaveLength(3056)
    expect(pues.filas.filter(({ valores }) => valores.anexo !== null && valores.partida !== null)).toHaveLength(180)
    expect(pues.filas.flatMap(({ errores }) => errores)).toEqual([])
    expect((await leerLibroDePrecios(libroReal('PRODUCTOS_IMPORTAR'))).filas).toHaveLength(2240)
  })
})
