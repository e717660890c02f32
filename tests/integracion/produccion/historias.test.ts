import { afterAll, describe, expect, it } from 'vitest'
import { crearAzar, type Azar } from '../../../prisma/seed/demo/azar.ts'
import { ErrorDeDominio } from '../../../src/comun/errores.ts'
import { INVARIANTES_ANEXO } from '../../../src/modulos/anexo/anexo.invariantes.ts'
import { aplicarAnexo } from '../../../src/modulos/anexo/versiones/aplicar.service.ts'
import { deshacerVersion } from '../../../src/modulos/anexo/versiones/deshacer.service.ts'
import { INVARIANTES_OT } from '../../../src/modulos/ot/ot.invariantes.ts'
import { RUTA_CERRAR_MES, RUTA_REABRIR_MES } from '../../../src/modulos/produccion/cierre/cierre.contrato.ts'
import { INVARIANTES_PRODUCCION } from '../../../src/modulos/produccion/produccion.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { anexoLeido } from '../../apoyo/anexo.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { capturista, valorDe } from '../../apoyo/captura.ts'
import { datosComunes, fabricasProduccion, PARTIDAS_COMUNES, type PartidaNueva } from '../../apoyo/produccion.ts'

/** Random lives of a family: after every step, whatever it was, the promises of `npm run verificar` hold. */
const HISTORIAS = Number(process.env['HISTORIAS'] ?? 4)
const PASOS = 40

const app = await crearAppDePruebas({ reloj: '2026-03-05T18:00:00.000Z' })
const { pool } = app.conexion
await datosComunes(pool)
const crea = fabricasProduccion(pool)
const persona = capturista((await app.entrarComo('administrador')).agente)
const ctx = await app.ctxDe('administrador')

const EXTRA: readonly PartidaNueva[] = [
  { codigo: '4.7.', concepto: 'OPERARIO (SOLDADOR)', anexo: 'C-4', unidad: 10, mn: '50' },
  { codigo: '4.7.', concepto: 'OPERARIO (TUBERO)', anexo: 'C-4', unidad: 10, mn: '50' },
  { codigo: 'C3EXT-0100', concepto: 'SERVICIO W', anexo: '3C-EXT', unidad: 14, usd: '20.25' },
  // Without annex: a wildcard of the only concept like it (produccion §5.4.3).
  { codigo: '5.1', concepto: 'grúa de cubierta', anexo: '', unidad: 10, mn: '1125' },
]
/** Site and month where the family works (produccion §10.2 to §10.6), with its days. */
const LUGARES = [
  { sitio: 2, mes: 1, dias: [15, 31] },
  { sitio: 2, mes: 2, dias: [1, 20] },
  { sitio: 1, mes: 2, dias: [11, 28] },
  { sitio: 1, mes: 3, dias: [1, 31] },
] as const

const volumen = (azar: Azar, maximo: number): string =>
  azar.sucede(0.1)
    ? '0.000001'
    : `${String(azar.entero(0, maximo))}.${String(azar.entero(0, 999_999)).padStart(6, '0')}`

/** What happens next; answers what it was and how it ended. */
async function paso(azar: Azar): Promise<string> {
  const lugar = azar.uno(LUGARES)
  const { sitio, mes } = lugar
  const donde = { ot: 101, sitio, mes }
  const dia = () => azar.entero(lugar.dias[0], lugar.dias[1])
  const suerte = azar.real()
  if (suerte < 0.45) {
    const tipo = azar.sucede(0.7) ? 'TE' : 'CMA'
    const { filas } = await persona.sabana(donde, tipo)
    const cambios = Array.from({ length: azar.entero(1, 15) }, () => {
      const [fila, d] = [azar.uno(filas), dia()]
      return { id_partida_imp: fila.id_partida_imp, dia: d, valor_anterior: valorDe(fila, d) }
    })
    const unicos = [...new Map(cambios.map((c) => [`${String(c.id_partida_imp)}/${String(c.dia)}`, c])).values()]
    const { estado, errores } = await persona.guardar(
      donde,
      unicos.map((c) => ({ ...c, valor: azar.sucede(0.2) ? '' : volumen(azar, 40) })),
      tipo,
    )
    return `guardar ${String(estado)} ${errores[0]?.motivo ?? ''}`
  }
  if (suerte < 0.62) {
    const d = dia()
    const anterior = await persona.diaDe(donde, d)
    const valor = azar.uno(['FIRMADO', 'FIRMADO', 'PENDIENTE', 'PROCESO', ''] as const)
    const { estado } = await persona.marcar(donde, [{ dia: d, valor, anterior }], 'Corrección de la prueba')
    return `marcar ${valor} ${String(estado)}`
  }
  if (suerte < 0.8) return conServicio('anexo', () => cargarAnexo(azar))
  if (suerte < 0.86) {
    const { rows } = await pool.query<{ id: string }>(
      'SELECT i.id FROM importacion_anexo i JOIN ot o ON o.id = i.id_ot AND o.estatus <> 0 WHERE i.es_activo AND coalesce(o.ot_principal, o.id) = 101',
    )
    const idVersion = Number(azar.uno(rows).id)
    return conServicio('deshacer', () => deshacerVersion(ctx, { idVersion, confirmarSinDestino: azar.sucede(0.5) }))
  }
  if (suerte < 0.94) return cambiarReprogramacion()
  const mover = azar.sucede(0.3) ? RUTA_CERRAR_MES : RUTA_REABRIR_MES
  const { estado } = await persona.enviar(mover, {
    id_ot: 101,
    mes,
    anio: 2026,
    forzar: true,
    comentario: 'De la prueba',
  })
  return `${mover.split('/').at(-2) ?? ''} ${String(estado)}`
}

async function conServicio(que: string, hacer: () => Promise<unknown>): Promise<string> {
  try {
    await hacer()
    return `${que} hecho`
  } catch (error) {
    // A refusal is an end like any other; anything else is a fault.
    if (error instanceof ErrorDeDominio) return `${que}: ${error.message}`
    throw error
  }
}

async function cargarAnexo(azar: Azar): Promise<unknown> {
  const idOt = azar.sucede(0.6) ? 101 : ((await reprogramacionViva()) ?? 101)
  const lineas = [...PARTIDAS_COMUNES, ...EXTRA]
    .filter(() => azar.sucede(0.75))
    .map((partida) => ({ ...partida, volumen: volumen(azar, 120) }))
  return aplicarAnexo(
    ctx,
    {
      idOt,
      modo: azar.sucede(0.8) ? 'reemplazo' : 'actualizacion',
      alcance: 'todo',
      nombre: 'ANEXO.xlsx',
      huella: null,
      confirmarSinDestino: azar.sucede(0.8),
      guardarLibro: () => Promise.resolve(null),
    },
    anexoLeido(lineas),
    () => Promise.resolve(),
  )
}

/** The live reprogramación is deleted; when there is none, another one is born, with dates that keep the windows. */
async function cambiarReprogramacion(): Promise<string> {
  const viva = await reprogramacionViva()
  if (viva !== null) {
    const { status } = await persona.agente.post('/operaciones/ot/eliminar/').send({ id: viva })
    return `eliminar reprogramación ${String(status)}`
  }
  const { status } = await persona.agente.post('/operaciones/ot/crear-ot-reprogramacion/').send({
    id_tipo: 5,
    orden_trabajo: 'OT-101',
    ot_principal: 101,
    fecha_inicio_programado: '2026-02-05',
    fecha_termino_programado: '2026-04-10',
  })
  return `crear reprogramación ${String(status)}`
}

async function reprogramacionViva(): Promise<number | null> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM ot WHERE ot_principal = 101 AND estatus <> 0')
  return rows[0] ? Number(rows[0].id) : null
}

const sucesos = new Map<string, number>()
afterAll(() => {
  console.info(
    [...sucesos]
      .sort()
      .map(([que, veces]) => `${String(veces)} × ${que}`)
      .join('\n'),
  )
})

describe('random histories of a family', () => {
  it.each(Array.from({ length: HISTORIAS }, (_, n) => n + 1))('history %i keeps every promise', async (n) => {
    const azar = crearAzar(Number(process.env['SEMILLA_HISTORIA'] ?? 20_261_121) + n)
    const hechos: string[] = []
    for (let i = 0; i < PASOS; i += 1) {
      const hecho = await paso(azar)
      hechos.push(hecho)
      sucesos.set(hecho, (sucesos.get(hecho) ?? 0) + 1)
      expect([hechos, app.errores]).toEqual([hechos, []])
      const todas = await comprobar(app.ctx, [...INVARIANTES_OT, ...INVARIANTES_ANEXO, ...INVARIANTES_PRODUCCION])
      expect([hechos, todas.filter(({ correcto }) => !correcto)]).toEqual([hechos, []])
    }
    expect((await crea.leerProduccion(101)).length).toBeGreaterThan(0)
  })
})
