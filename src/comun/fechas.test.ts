import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import {
  aDdMmAaaa,
  anioDe,
  diaLocal,
  diasEntre,
  fechaDePartes,
  fechaIso,
  instanteLocal,
  leerFechaIso,
  plazoEntre,
  sumarDias,
  terminoDePlazo,
} from './fechas.ts'

const fechas = fc
  .date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((d) => fechaIso(d.toISOString().slice(0, 10)))

describe('calendar days', () => {
  it('takes only real days written YYYY-MM-DD', () => {
    const buenas = ['2024-02-29', '2025-12-31', '0001-01-01', '9999-12-31']
    expect(buenas.map(leerFechaIso)).toEqual(buenas)
  })

  it('refuses days that do not exist and any other writing', () => {
    const malas = ['2025-02-30', '2025-02-29', '1900-02-29', '2025-13-01', '2025-00-10', '2025-01-00', '0000-01-01']
    const otras = ['2025-1-05', '05/01/2025', '2025-01-05T00:00', ' 2025-01-05', '2025-01-05\n', '', 'hoy']
    expect([...malas, ...otras].map(leerFechaIso)).toEqual([...malas, ...otras].map(() => null))
  })

  it('throws on a text that is not a day when the day was promised', () => {
    expect(() => fechaIso('2025-02-30')).toThrow(RangeError)
  })

  it('shows DD/MM/YYYY and keeps null', () => {
    expect(aDdMmAaaa(fechaIso('2025-03-09'))).toBe('09/03/2025')
    expect(aDdMmAaaa(null)).toBeNull()
  })

  it('counts days across a leap day and a year end, in both directions', () => {
    expect(diasEntre(fechaIso('2024-02-28'), fechaIso('2024-03-01'))).toBe(2)
    expect(diasEntre(fechaIso('2025-12-20'), fechaIso('2026-01-08'))).toBe(19)
    expect(diasEntre(fechaIso('2026-01-08'), fechaIso('2025-12-20'))).toBe(-19)
  })

  it('a term includes both ends', () => {
    expect(plazoEntre(fechaIso('2025-03-01'), fechaIso('2025-03-01'))).toBe(1)
    expect(terminoDePlazo(fechaIso('2025-01-15'), 30)).toBe('2025-02-13')
  })

  it('does not leave the calendar', () => {
    expect(() => sumarDias(fechaIso('9999-12-31'), 1)).toThrow(RangeError)
    expect(() => sumarDias(fechaIso('0001-01-01'), -1)).toThrow(RangeError)
  })

  it('reads the year', () => {
    expect(anioDe(fechaIso('2025-03-09'))).toBe(2025)
  })

  it('property: parse(print(x)) = x', () => {
    fc.assert(
      fc.property(fechas, (f) => {
        const [dia, mes, anio] = aDdMmAaaa(f).split('/').map(Number)
        expect(leerFechaIso(f)).toBe(f)
        expect(fechaDePartes(anio ?? 0, mes ?? 0, dia ?? 0)).toBe(f)
      }),
    )
  })

  it('property: agrees with the calendar of Temporal', () => {
    fc.assert(
      fc.property(fechas, fechas, (a, b) => {
        const dias = Temporal.PlainDate.from(a).until(b).days
        expect([diasEntre(a, b), sumarDias(a, dias)]).toEqual([dias, b])
      }),
      { numRuns: 2000 },
    )
  })

  it('property: adding the difference arrives', () => {
    fc.assert(
      fc.property(fechas, fechas, (a, b) => {
        expect(sumarDias(a, diasEntre(a, b))).toBe(b)
      }),
    )
  })

  it('property: the order of the texts is the order of the days', () => {
    fc.assert(
      fc.property(fechas, fechas, (a, b) => {
        expect(Math.sign(diasEntre(a, b))).toBe(a < b ? 1 : a > b ? -1 : 0)
      }),
    )
  })
})

describe('local time of America/Mexico_City', () => {
  it('O-14: 2025-03-06T03:00Z is still March 5th', () => {
    expect(diaLocal(new Date('2025-03-06T03:00:00Z'))).toBe('2025-03-05')
  })

  it('changes day at 06:00 UTC, without summer time since 2022', () => {
    expect(diaLocal(new Date('2025-07-06T05:59:59Z'))).toBe('2025-07-05')
    expect(diaLocal(new Date('2025-07-06T06:00:00Z'))).toBe('2025-07-06')
  })

  it('still knows the summer time of older years', () => {
    expect(diaLocal(new Date('2021-07-06T05:00:00Z'))).toBe('2021-07-06')
  })

  it('property: agrees with the time zones of Temporal', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true }), (d) => {
        const local = Temporal.Instant.fromEpochMilliseconds(d.getTime()).toZonedDateTimeISO('America/Mexico_City')
        expect(diaLocal(d)).toBe(local.toPlainDate().toString())
        expect(instanteLocal(d).slice(11)).toBe(
          local.toPlainTime().round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
        )
      }),
    )
  })

  it('prints an instant as DD/MM/YYYY HH:MM:SS local', () => {
    expect(instanteLocal(new Date('2025-11-22T05:30:07Z'))).toBe('21/11/2025 23:30:07')
  })
})
