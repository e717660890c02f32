import { writeFileSync } from 'node:fs'
import { it } from 'vitest'
import { dibujarPdf } from '../../../plataforma/pdf/pdf.ts'
import { sabanaDePrueba, seccionDePrueba } from '../../../../tests/apoyo/sabana.ts'
import { documentoMensual } from './mensual.pdf.ts'

it('draws', async () => {
  const dias = (de: (d: number) => string | null) => Object.fromEntries(Array.from({length: 28}, (_, i) => [i + 1, de(i + 1)]).filter(([, v]) => v !== null)) as Record<number, string>
  const conceptos = Array.from({ length: 24 }, (_, i) => ({
    codigo: `${2 + Math.floor(i / 12)}.${i + 1}.`,
    concepto: 'SUMINISTRO E INSTALACIÓN DE TUBO DE ACERO AL CARBONO API 5L GRADO X-52 DE 24 PULGADAS DE DIÁMETRO, INCLUYE: CORTE, BISELADO, SOLDADURA, PRUEBAS NO DESTRUCTIVAS Y RECUBRIMIENTO ANTICORROSIVO EN CAMPO'.slice(0, 40 + (i * 37) % 150),
    anexo: i < 12 ? 'C-2' : 'C-3', tope: String(1000 + i * 13.5), mn: '1234.5678', usd: i % 3 ? '0' : '50.25',
    te: dias((d) => (d > 10 && (d + i) % 3 === 0 ? `${d + i}.${i % 4 ? '5' : '123456'}` : null)),
    cma: dias((d) => (d > 10 && (d + i) % 7 === 0 ? `${d}` : null)),
    programado: dias((d) => (d > 10 && i % 5 !== 0 ? `${10 + i}` : null)),
    excedente: i === 3 ? [26, 27, 28] : [],
  }))
  const A = { id: 1, nombre: 'Ana María Solís Fernández', color: '#0b6384' }
  const B = { id: 2, nombre: 'Beto Ruiz', color: '#fad91f' }
  const seccion = seccionDePrueba(sabanaDePrueba(conceptos, { dias_firmados: [11, 12, 13], dias_fuera_vigencia: [1,2,3,4,5,6,7,8,9,10] }), { guardias: [{ superintendente: B, inicio: 1, fin: 1 }, { superintendente: A, inicio: 2, fin: 15 }, { superintendente: B, inicio: 16, fin: 28 }] })
  const t = Date.now()
  const doc = documentoMensual({ clase: 'ot', sujeto: 'OT-101', mes: 2, anio: 2026, secciones: [seccion], generado: new Date('2026-03-02T18:00:00Z'), usuario: 'Prueba operaciones' })
  writeFileSync('/tmp/mensual.pdf', await dibujarPdf(doc))
  console.log('ms', Date.now() - t)
})
