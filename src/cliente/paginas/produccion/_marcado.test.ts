import { describe, expect, it } from 'vitest'
import { fechaIso } from '../../../comun/fechas.ts'
import type { OtDelMes } from '../../../modulos/produccion/diario/diario.contrato.ts'
import { frasesDelPlan, planDeMarcado } from './_marcado.ts'

const ot = (id: number, cambios: Partial<OtDelMes> = {}): OtDelMes => ({
  id_ot: id,
  ot: `OT-${String(id)}`,
  desc: '',
  inicio_v: fechaIso('2026-02-01'),
  fin_v: fechaIso('2026-02-28'),
  archivo: '',
  dias_bloqueados: [],
  version: 0,
  mes_cerrado: false,
  estatus_cierre: 'ABIERTO',
  comentarios: {},
  firmas: {},
  dias_con_produccion: [],
  ...cambios,
})
const guardado = (una: OtDelMes, dia: number): string => una[`dia${dia}`] ?? ''
const base = { estatus: 'FIRMADO', desde: 1, hasta: 15, soloConProduccion: false } as const

describe('massive marking of days', () => {
  it('counts what changes and what does not, and says it as the issue asks', () => {
    const ots = [
      ot(1, { dias_bloqueados: [1, 2] }),
      ot(2, { dia3: 'FIRMADO', dia4: 'FIRMADO', dia5: 'FIRMADO' }),
      ot(3),
      ot(4, { dia6: 'PENDIENTE' }),
    ]
    const plan = planDeMarcado({ ...base, ots }, guardado, false)
    expect(plan.cambian).toHaveLength(55)
    expect(frasesDelPlan(plan, 'FIRMADO')).toEqual([
      '55 días en 4 OT quedarán en FIRMADO.',
      'No cambian: 3 ya estaban, 2 fuera de vigencia.',
    ])
  })

  it('signed days are opened only by who may, and it is said; closed months are left alone', () => {
    const ots = [ot(1, { dia1: 'FIRMADO', dia2: 'PROCESO' }), ot(2, { mes_cerrado: true })]
    const marcado = { ...base, estatus: 'PROCESO', hasta: 2, ots } as const
    expect(planDeMarcado(marcado, guardado, false)).toMatchObject({
      cambian: [],
      firmados: 1,
      yaEstaban: 1,
      cerrados: 2,
    })
    const plan = planDeMarcado(marcado, guardado, true)
    expect(plan).toMatchObject({ seAbren: 1, firmados: 0 })
    expect(frasesDelPlan(plan, 'PROCESO')).toEqual([
      '1 día en 1 OT quedará en PROCESO.',
      'No cambian: 1 ya estaba, 2 de meses cerrados.',
      'Se abrirá 1 día firmado: al guardar se pedirá el motivo.',
    ])
  })

  it('only days with production, and over what was typed', () => {
    const ots = [ot(1, { dias_con_produccion: [2, 3] })]
    const tecleado = (una: OtDelMes, dia: number): string => (dia === 2 ? 'FIRMADO' : guardado(una, dia))
    const plan = planDeMarcado({ ...base, hasta: 4, ots, soloConProduccion: true }, tecleado, false)
    expect(plan.cambian.map(({ dia }) => dia)).toEqual([3])
    expect(frasesDelPlan({ ...plan, cambian: [] }, '')).toEqual([
      'Ningún día cambia.',
      'No cambian: 1 ya estaba, 2 sin producción.',
    ])
  })
})
