import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rechazo } from '../../../tests/apoyo/rechazo.ts'
import { DatosInvalidos } from '../../comun/errores.ts'
import { fechaIso } from '../../comun/fechas.ts'
import {
  idsDeSitios,
  resolverSitios,
  resolverSitiosDeReprogramacion,
  SIN_SITIOS,
  type SitioConocido,
} from './ot.sitios.reglas.ts'
import { FRENTE_OT, REGLAS_FRENTE, type SitiosOt } from './ot.tipos.ts'

const { TIERRA, BARCO, CP_PS } = FRENTE_OT
const BARCO_1 = 1
const PATIO = 6
const PLATAFORMA = 9
const INTERCOM = 80
const SITIOS = new Map<number, SitioConocido>([
  [BARCO_1, { idFrente: 6, activo: true }],
  [2, { idFrente: 6, activo: false }],
  [PATIO, { idFrente: 3, activo: true }],
  [PLATAFORMA, { idFrente: 7, activo: true }],
  [INTERCOM, { idFrente: 5, activo: true }],
])
const ABRIL_1 = fechaIso('2025-04-01')
const ABRIL_20 = fechaIso('2025-04-20')

const EN_BARCO: SitiosOt = {
  ...SIN_SITIOS,
  idFrente: BARCO,
  idEmbarcacion: BARCO_1,
  idPlataforma: PLATAFORMA,
  idPatio: PATIO,
  requierePatio: true,
  fechaInicioPatio: ABRIL_1,
  fechaFinPatio: ABRIL_20,
}

describe('sites and yard (ot.md §5.5)', () => {
  it('O-36: on TIERRA the yard is the main site', () => {
    expect(resolverSitios({ idFrente: TIERRA, idPatio: PATIO }, SITIOS)).toEqual({
      ...SIN_SITIOS,
      idFrente: TIERRA,
      idPatio: PATIO,
    })
  })

  it('O-37: on BARCO the phase stores its yard and its dates', () => {
    const enviado = { idFrente: BARCO, fasePatio: true, idPatioFase: PATIO }
    expect(resolverSitios({ ...enviado, fechaInicioPatio: ABRIL_1, fechaFinPatio: ABRIL_20 }, SITIOS)).toEqual({
      ...SIN_SITIOS,
      idFrente: BARCO,
      idPatio: PATIO,
      requierePatio: true,
      fechaInicioPatio: ABRIL_1,
      fechaFinPatio: ABRIL_20,
    })
  })

  it('O-38: without the switch there is no phase, whatever else comes', () => {
    const enviado = { idFrente: BARCO, idPatioFase: PATIO, fechaInicioPatio: ABRIL_1, fechaFinPatio: ABRIL_20 }
    expect(resolverSitios(enviado, SITIOS, EN_BARCO)).toMatchObject({
      idPatio: null,
      requierePatio: false,
      fechaInicioPatio: null,
      fechaFinPatio: null,
    })
  })

  it('O-39: the switch on without yard is a warning', () => {
    expect(rechazo(() => resolverSitios({ idFrente: BARCO, fasePatio: true }, SITIOS))).toMatchObject({
      estado: 400,
      tipoAviso: 'advertencia',
      campos: { id_patio_fase: 'Elige el patio de prefabricados de la fase en patio.' },
    })
  })

  it('O-40: from BARCO to TIERRA the vessel goes and the platform stays', () => {
    const despues = resolverSitios({ idFrente: TIERRA, idPatio: PATIO }, SITIOS, EN_BARCO)
    expect(despues).toMatchObject({ idFrente: TIERRA, idEmbarcacion: null, idPlataforma: PLATAFORMA, idPatio: PATIO })
    expect(despues).toMatchObject({ requierePatio: false, fechaInicioPatio: null, fechaFinPatio: null })
  })

  it('R-OT-15: a site of another front is stored as null', () => {
    const enviado = { idFrente: CP_PS, idEmbarcacion: BARCO_1, idPlataforma: PLATAFORMA, idIntercom: INTERCOM }
    expect(resolverSitios(enviado, SITIOS)).toEqual({ ...SIN_SITIOS, idFrente: CP_PS, idPlataforma: PLATAFORMA })
  })

  it('R-OT-15: an empty front empties everything', () => {
    expect(resolverSitios({ idFrente: null, idPlataforma: PLATAFORMA }, SITIOS, EN_BARCO)).toEqual(SIN_SITIOS)
  })

  it('R-OT-15: fronts that only classify sites are not fronts of an OT', () => {
    expect([3, 5, 6, 7, 99].map((idFrente) => rechazo(() => resolverSitios({ idFrente }, SITIOS)).campos)).toEqual(
      Array(5).fill({ id_frente: 'El frente de una OT debe ser BARCO, TIERRA o CP / PS.' }),
    )
  })

  it('R-OT-15: a site must exist, be active and be of its class', () => {
    expect(rechazo(() => resolverSitios({ idFrente: BARCO, idEmbarcacion: 999 }, SITIOS)).campos).toEqual({
      id_embarcacion: 'El sitio elegido no existe o está inactivo.',
    })
    expect(rechazo(() => resolverSitios({ idFrente: BARCO, idEmbarcacion: 2 }, SITIOS)).campos).toEqual({
      id_embarcacion: 'El sitio elegido no existe o está inactivo.',
    })
    expect(rechazo(() => resolverSitios({ idFrente: BARCO, idPlataforma: PATIO }, SITIOS)).campos).toEqual({
      id_plataforma: 'El sitio elegido no es una plataforma.',
    })
    const fase = { idFrente: BARCO, fasePatio: true, idPatioFase: PLATAFORMA }
    expect(rechazo(() => resolverSitios(fase, SITIOS)).campos).toEqual({
      id_patio_fase: 'El sitio elegido no es un patio.',
    })
  })

  it('a stored site that was deactivated since does not block an edit', () => {
    const actual = { ...SIN_SITIOS, idFrente: BARCO, idEmbarcacion: 2 }
    expect(resolverSitios({ idFrente: BARCO, idEmbarcacion: 2 }, SITIOS, actual).idEmbarcacion).toBe(2)
  })

  it('R-OT-16: a stray yard is ignored on BARCO and CP / PS', () => {
    expect(resolverSitios({ idFrente: CP_PS, idPatio: 999 }, SITIOS).idPatio).toBeNull()
  })

  it('R-OT-16: TIERRA without yard has no yard dates either', () => {
    expect(resolverSitios({ idFrente: TIERRA, fechaInicioPatio: ABRIL_1 }, SITIOS)).toEqual({
      ...SIN_SITIOS,
      idFrente: TIERRA,
    })
  })

  it('R-OT-17: without front in the request nothing changes', () => {
    expect(resolverSitios({ idPlataforma: null, fasePatio: false }, SITIOS, EN_BARCO)).toEqual(EN_BARCO)
  })

  it('an absent site of the same front stays; an empty one is cleared', () => {
    expect(resolverSitios({ idFrente: BARCO, idEmbarcacion: null }, SITIOS, EN_BARCO)).toMatchObject({
      idEmbarcacion: null,
      idPlataforma: PLATAFORMA,
    })
  })

  it('names the sites to look up, once each', () => {
    const enviado = { idEmbarcacion: 4, idPlataforma: 9, idIntercom: null, idPatio: 9, idPatioFase: 6 }
    expect(idsDeSitios(enviado)).toEqual([4, 6, 9])
  })

  it('property: what is stored always fits its front', () => {
    const id = fc.option(fc.constantFrom(BARCO_1, PATIO, PLATAFORMA, INTERCOM, undefined), { nil: null })
    fc.assert(
      fc.property(
        fc.constantFrom(TIERRA, BARCO, CP_PS),
        fc.record({ idEmbarcacion: id, idPlataforma: id, idIntercom: id, idPatio: id, idPatioFase: id }),
        fc.boolean(),
        (idFrente, enviados, fasePatio) => {
          let guardado: SitiosOt
          try {
            guardado = resolverSitios({ ...enviados, idFrente, fasePatio }, SITIOS, EN_BARCO)
          } catch (error) {
            expect(error).toBeInstanceOf(DatosInvalidos)
            return
          }
          const visibles = REGLAS_FRENTE[idFrente].sitios
          expect(visibles.includes('embarcacion') || guardado.idEmbarcacion === null).toBe(true)
          expect(visibles.includes('intercom') || guardado.idIntercom === null).toBe(true)
          expect(guardado.requierePatio).toBe(idFrente !== TIERRA && guardado.idPatio !== null)
          expect(guardado.idPatio !== null || guardado.fechaInicioPatio === null).toBe(true)
        },
      ),
    )
  })
})

describe('sites of a new reprogramación (R-OT-05)', () => {
  it('without front takes front and sites of its principal, but not its yard phase', () => {
    expect(resolverSitiosDeReprogramacion({ idFrente: null }, SITIOS, EN_BARCO)).toEqual({
      ...SIN_SITIOS,
      idFrente: BARCO,
      idEmbarcacion: BARCO_1,
      idPlataforma: PLATAFORMA,
    })
  })

  it('takes the yard of a principal on TIERRA, where it is the main site', () => {
    const principal = { ...SIN_SITIOS, idFrente: TIERRA, idPatio: PATIO, fechaInicioPatio: ABRIL_1 }
    expect(resolverSitiosDeReprogramacion({}, SITIOS, principal)).toEqual({
      ...SIN_SITIOS,
      idFrente: TIERRA,
      idPatio: PATIO,
    })
  })

  it('with a front of its own takes nothing from its principal', () => {
    expect(resolverSitiosDeReprogramacion({ idFrente: CP_PS }, SITIOS, EN_BARCO)).toEqual({
      ...SIN_SITIOS,
      idFrente: CP_PS,
    })
  })

  it('R-OT-09: its own yard phase counts on the inherited front', () => {
    const enviado = { fasePatio: true, idPatioFase: PATIO, fechaInicioPatio: ABRIL_1 }
    expect(resolverSitiosDeReprogramacion(enviado, SITIOS, EN_BARCO)).toMatchObject({
      idFrente: BARCO,
      idPatio: PATIO,
      requierePatio: true,
      fechaInicioPatio: ABRIL_1,
      fechaFinPatio: null,
    })
  })

  it('a principal whose vessel was deactivated since can still be rescheduled', () => {
    const principal = { ...SIN_SITIOS, idFrente: BARCO, idEmbarcacion: 2 }
    expect(resolverSitiosDeReprogramacion({}, SITIOS, principal).idEmbarcacion).toBe(2)
  })
})
