import { beforeEach, describe, expect, it } from 'vitest'
import { INVARIANTES_ANEXO } from '../../../src/modulos/anexo/anexo.invariantes.ts'
import { aplicarAnexo, type EncargoDeAnexo } from '../../../src/modulos/anexo/versiones/aplicar.service.ts'
import type { CambioDeCelda, TipoTiempo } from '../../../src/modulos/produccion/captura/captura.contrato.ts'
import { RUTA_CERRAR_MES } from '../../../src/modulos/produccion/cierre/cierre.contrato.ts'
import { INVARIANTES_PRODUCCION } from '../../../src/modulos/produccion/produccion.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAzar } from '../../../prisma/seed/demo/azar.ts'
import { anexoLeido } from '../../apoyo/anexo.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { capturista, valorDe, type Capturista, type LugarDeMes } from '../../apoyo/captura.ts'
import { datosComunes, fabricasProduccion, PARTIDAS_COMUNES } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-27T18:00:00.000Z' })
const { pool } = app.conexion
const { P1 } = await datosComunes(pool)
const crea = fabricasProduccion(pool)

const BARCO: LugarDeMes = { ot: 101, sitio: 1, mes: 2 }
const ENCARGO: EncargoDeAnexo = {
  idOt: 101,
  modo: 'reemplazo',
  alcance: 'todo',
  nombre: 'ANEXO.xlsx',
  huella: null,
  confirmarSinDestino: true,
  guardarLibro: () => Promise.resolve(null),
}
const PATIO: LugarDeMes = { ot: 101, sitio: 2, mes: 2 }
const entrar = async (): Promise<Capturista> => capturista((await app.entrarComo('administrador')).agente)
const fallas = async () =>
  (await comprobar(app.ctx, [...INVARIANTES_ANEXO, ...INVARIANTES_PRODUCCION])).filter(({ correcto }) => !correcto)
const versionDeFebrero = async () =>
  (await pool.query<{ version: number }>('SELECT version FROM reporte_mensual_header WHERE id_ot = 101 AND mes = 2'))
    .rows[0]?.version ?? 0

beforeEach(async () => {
  const cliente = await pool.connect()
  await cliente.query("SET session_replication_role = 'replica'")
  for (const tabla of ['registro_generadores_pu', 'produccion', 'reporte_diario_detalle', 'reporte_mensual_header'])
    await cliente.query(`DELETE FROM ${tabla}`)
  cliente.release(true)
})

/** A save that was accepted: what it read and what it left. */
interface Aceptado {
  readonly version: number
  /** It changed something: what asks for what is already there does not. */
  readonly cambia: boolean
  readonly cambios: readonly (Required<CambioDeCelda> & { readonly clave: string })[]
}

describe('many at once (issue C §4)', () => {
  it('twenty people in the same month: the end is that of the accepted saves, one after another, and nothing is lost', async () => {
    // A ceiling that they cross: the flags have to be right too.
    await crea.version(101, [
      { codigo: '2.1.', concepto: 'TUBO DE ACERO', anexo: 'C-2', volumen: '120' },
      { codigo: '3.5.', concepto: 'ESTRUCTURA', anexo: 'C-3', unidad: 15, volumen: '60.5' },
      { codigo: '5.1.', concepto: 'GRÚA DE CUBIERTA', anexo: 'C-5', unidad: 10, volumen: '500' },
    ])
    const aceptados: Aceptado[] = []
    const estados: number[] = []
    const persona = async (n: number): Promise<void> => {
      const azar = crearAzar(1000 + n)
      const yo = await entrar()
      for (let i = 0; i < 8; i += 1) {
        const lugar = azar.sucede(0.7) ? BARCO : PATIO
        const tipo: TipoTiempo = azar.sucede(0.7) ? 'TE' : 'CMA'
        const { filas } = await yo.sabana(lugar, tipo)
        const celdas = new Map<string, Required<CambioDeCelda> & { clave: string }>()
        for (let c = azar.entero(1, 12); c > 0; c -= 1) {
          const fila = azar.uno(filas)
          // Few days, so that they meet.
          const dia = lugar === BARCO ? azar.entero(11, 16) : azar.entero(1, 6)
          const clave = `${fila.codigo}/${String(dia)}/${tipo}/${String(lugar.sitio)}`
          const valor = azar.sucede(0.15)
            ? ''
            : `${String(azar.entero(0, 20))}.${String(azar.entero(1, 999_999)).padStart(6, '0')}`
          celdas.set(clave, {
            id_partida_imp: fila.id_partida_imp,
            dia,
            valor,
            valor_anterior: valorDe(fila, dia),
            clave,
          })
        }
        const cambios = [...celdas.values()]
        const { estado, version, cuerpo } = await yo.guardar(
          lugar,
          cambios.map(({ clave: _clave, ...cambio }) => cambio),
          tipo,
        )
        estados.push(estado)
        const { creados, actualizados, eliminados } = cuerpo as Record<string, number>
        const cambia = Number(creados) + Number(actualizados) + Number(eliminados) > 0
        if (estado === 200) aceptados.push({ version, cambia, cambios })
      }
    }
    await Promise.all(Array.from({ length: 20 }, (_, n) => persona(n)))

    expect(new Set(estados)).toEqual(new Set([200, 409]))
    const micras = (texto: string): number => Math.round(Number(texto === '' ? 0 : texto) * 1e6)
    const modelo = new Map<string, number>()
    let ultima = 0
    aceptados.sort((a, b) => a.version - b.version || Number(b.cambia) - Number(a.cambia))
    for (const { version, cambia, cambios } of aceptados) {
      // Each save that changes something has a version of its own, one more than the last.
      expect(version).toBe(cambia ? ultima + 1 : ultima)
      for (const { clave, valor, valor_anterior: antes } of cambios) {
        // What is the same as stored is not judged; everything else had to be what its author saw.
        if (micras(valor) !== (modelo.get(clave) ?? 0))
          expect([clave, modelo.get(clave) ?? 0]).toEqual([clave, micras(antes)])
        modelo.set(clave, micras(valor))
      }
      ultima = version
    }
    expect(await versionDeFebrero()).toBe(ultima)
    const guardado = Object.fromEntries(
      (await crea.leerProduccion(101)).map(({ codigo, fecha, tipo, sitio, volumen }) => [
        `${codigo}./${String(Number(fecha.slice(8)))}/${tipo}/${String(sitio)}`,
        micras(volumen),
      ]),
    )
    expect(guardado).toEqual(Object.fromEntries([...modelo].filter(([, valor]) => valor > 0)))
    expect(await fallas()).toEqual([])
    expect((await crea.leerProduccion(101)).some(({ excedente }) => excedente)).toBe(true)
    expect(app.errores).toEqual([])
  })

  it('a day signed while somebody types in it: what was saved before is signed, what comes after is refused', async () => {
    const [ana, beto] = [await entrar(), await entrar()]
    const estados: string[] = []
    for (let dia = 11; dia <= 26; dia += 1) {
      const { filas } = await ana.sabana(BARCO)
      const cambios = filas.map((fila) => ({
        id_partida_imp: fila.id_partida_imp,
        dia,
        valor: '1.000001',
        valor_anterior: '',
      }))
      const [captura, firma] = await Promise.all([
        ana.guardar(BARCO, cambios),
        beto.marcar(BARCO, [{ dia, valor: 'FIRMADO' }]),
      ])
      expect(firma.estado).toBe(200)
      const hay = (await crea.leerProduccion(101)).filter(({ fecha }) => Number(fecha.slice(8)) === dia).length
      expect([captura.estado, hay]).toEqual(captura.estado === 200 ? [200, 3] : [409, 0])
      if (captura.estado === 409) expect(captura.errores[0]?.motivo).toBe('El día está firmado.')
      estados.push(String(captura.estado))
    }
    expect(await fallas()).toEqual([])
    console.info(`signed while typing: ${estados.join(' ')}`)
  })

  it('the annex replaced while somebody types: what was typed goes on in the new partidas', async () => {
    const ana = await entrar()
    const ctx = await app.ctxDe('administrador')
    const estados: number[] = []
    for (let n = 0; n < 10; n += 1) {
      const { filas } = await ana.sabana(BARCO)
      const cambios = filas.map((fila) => ({
        id_partida_imp: fila.id_partida_imp,
        dia: 11 + n,
        valor: '30.000001',
        valor_anterior: '',
      }))
      const lineas = PARTIDAS_COMUNES.map((partida, i) => ({ ...partida, volumen: String(100 + 40 * n + i) }))
      const [captura, anexo] = await Promise.all([
        ana.guardar(BARCO, cambios),
        // The odd ones leave the last concept out: its production keeps a partida of volume 0.
        aplicarAnexo(ctx, ENCARGO, anexoLeido(n % 2 === 0 ? lineas : lineas.slice(0, 2)), () => Promise.resolve()),
      ])
      expect(anexo.total).toBeGreaterThanOrEqual(2)
      estados.push(captura.estado)
      const delDia = (await crea.leerProduccion(101)).filter(({ fecha }) => Number(fecha.slice(8)) === 11 + n)
      expect([captura.estado, delDia.length]).toEqual(
        captura.estado === 200 ? [200, cambios.length] : [captura.estado, 0],
      )
      expect(await fallas()).toEqual([])
    }
    console.info(`annex replaced while typing: ${estados.join(' ')}`)
    expect(estados).toContain(200)
    expect(app.errores).toEqual([])
  })

  it('the month closed meanwhile: the same', async () => {
    const [ana, beto] = [await entrar(), await entrar()]
    for (const mes of [2, 3, 4]) {
      const lugar = { ...BARCO, mes }
      const { filas } = await ana.sabana(lugar)
      const dia = mes === 2 ? 20 : 5
      const cambios = filas.map((fila) => ({
        id_partida_imp: fila.id_partida_imp,
        dia,
        valor: '2',
        valor_anterior: '',
      }))
      await ana.guardar(lugar, cambios.slice(0, 1))
      const [captura, cierre] = await Promise.all([
        ana.guardar(lugar, cambios.slice(1)),
        beto.enviar(RUTA_CERRAR_MES, { id_ot: 101, mes, anio: 2026, forzar: true, comentario: 'Prueba' }),
      ])
      expect(cierre.estado).toBe(200)
      const hay = (await crea.leerProduccion(101)).filter(({ fecha }) => Number(fecha.slice(5, 7)) === mes).length
      expect([captura.estado, hay]).toEqual(captura.estado === 200 ? [200, 3] : [409, 1])
      const despues = await ana.guardar(lugar, [
        { id_partida_imp: P1.id, dia: dia + 1, valor: '1', valor_anterior: '' },
      ])
      expect(despues.estado).toBe(409)
    }
    expect(await fallas()).toEqual([])
  })

  it('produccion §10.28: a conflict tells both values, and choosing one saves it', async () => {
    const [ana, beto] = [await entrar(), await entrar()]
    const celda = (valor: string, antes: string): CambioDeCelda[] => [
      { id_partida_imp: P1.id, dia: 12, valor, valor_anterior: antes },
    ]
    await ana.guardar(BARCO, celda('35', ''))
    const deAna = await ana.guardar(BARCO, celda('36', '35.000000'))
    const deBeto = await beto.guardar(BARCO, celda('40', '35'))
    expect([deAna.estado, deBeto.estado]).toEqual([200, 409])
    expect(deBeto.conflictos).toMatchObject([{ dia: 12, propuesto: '40', guardado: '36.000000' }])
    const [choque] = deBeto.conflictos
    expect((await beto.guardar(BARCO, celda('40', choque?.guardado ?? ''))).version).toBe(deAna.version + 1)
    // Saving what is already there changes nothing, not even the version.
    expect((await ana.guardar(BARCO, celda('40.0', '36'))).version).toBe(deAna.version + 1)
  })
})
