/** Columns of the grid of production and how each cell looks and reads (produccion.md §7.4). */
import { conMiles } from '../../../comun/dinero.ts'
import { textoFijo, textoVolumen } from '../../../comun/volumenes.ts'
import { textoImporte } from '../../../modulos/produccion/captura/importes.contrato.ts'
import { VOLUMEN, volumenDe } from '../../componentes/captura/clases.ts'
import type { Aspecto, ColumnaCaptura, DatosCelda } from '../../componentes/captura/tipos.ts'
import { DIAS, type FilaCaptura } from './_captura-calculo.ts'
import { diaDe, type EstadoCaptura } from './_captura-estado.ts'

type Columna = ColumnaCaptura<FilaCaptura>

const deConcepto = (campo: 'anexo' | 'unidad') => (fila: FilaCaptura) =>
  fila.clase === 'concepto' ? fila.datos[campo] : ''

export function columnasDeCaptura(estado: EstadoCaptura): Columna[] {
  const sumas = (fila: FilaCaptura) => (fila.clase === 'concepto' ? estado.derivado(fila) : estado.subtotal(fila))
  return [
    {
      clave: 'codigo',
      titulo: 'Partida',
      ancho: 90,
      fija: true,
      filtro: true,
      valor: (fila) => {
        if (fila.clase === 'ot') return fila.ot.folio
        return fila.clase === 'subtotal' ? fila.anexo : fila.datos.codigo
      },
    },
    {
      clave: 'concepto',
      titulo: 'Concepto',
      ancho: 160,
      fija: true,
      filtro: true,
      valor: (fila) => {
        if (fila.clase === 'ot') return 'TOTAL DE LA OT'
        return fila.clase === 'subtotal' ? `TOTAL ANEXO: ${fila.anexo}` : fila.datos.concepto
      },
    },
    { clave: 'anexo', titulo: 'Anexo', ancho: 80, fija: true, filtro: true, valor: deConcepto('anexo') },
    { clave: 'unidad', titulo: 'Unidad', ancho: 90, fija: true, valor: deConcepto('unidad') },
    {
      clave: 'vol',
      titulo: 'Vol. Proy',
      tituloLargo: 'volumen proyectado',
      ancho: 130,
      fija: true,
      numero: true,
      filtro: true,
      valor: (fila) =>
        fila.clase === 'concepto'
          ? conMiles(fila.datos.vol_total_proyectado)
          : conMiles(textoFijo(estado.subtotal(fila).proyectado)),
    },
    ...DIAS.map((dia): Columna => ({
      clave: `dia${String(dia)}`,
      titulo: String(dia),
      tituloLargo: `día ${String(dia)}`,
      ancho: 70,
      clase: VOLUMEN,
      valor: (fila) => {
        if (fila.clase === 'concepto') return volumenDe(fila.datos[`dia${dia as 1}`]?.valor)
        const suma = estado.subtotal(fila).propio[dia - 1] ?? 0n
        return suma === 0n ? '' : textoVolumen(suma)
      },
    })),
    {
      clave: 'acumulado',
      titulo: 'Acumulado Mes',
      ancho: 130,
      numero: true,
      filtro: true,
      valor: (fila) => conMiles(textoFijo(sumas(fila).acumulado)),
    },
    {
      clave: 'monto_mn',
      titulo: 'Producido M.N.',
      ancho: 130,
      numero: true,
      filtro: true,
      valor: (fila) => conMiles(textoImporte(sumas(fila).importes.mn)),
    },
    {
      clave: 'monto_usd',
      titulo: 'Producido USD',
      ancho: 130,
      numero: true,
      filtro: true,
      valor: (fila) => conMiles(textoImporte(sumas(fila).importes.usd)),
    },
    {
      clave: 'estatus',
      titulo: 'Estatus Partida',
      ancho: 130,
      valor: (fila) => {
        if (fila.clase !== 'concepto') return ''
        return estado.derivado(fila).excedentes.size > 0 ? 'EXCEDENTE' : 'AUTORIZADO'
      },
    },
  ]
}

/** Figures of a day of any row. */
function delDia(estado: EstadoCaptura, fila: FilaCaptura, dia: number) {
  const sumas = fila.clase === 'concepto' ? estado.derivado(fila) : estado.subtotal(fila)
  const programado = 'programadoPorDia' in sumas ? sumas.programadoPorDia : sumas.programado
  const [propio, otro] = [sumas.propio[dia - 1] ?? 0n, sumas.otro[dia - 1] ?? 0n]
  const esTe = estado.lugar.tipo === 'TE'
  return {
    programado: programado[dia - 1] ?? 0n,
    ejecutado: propio + otro,
    te: esTe ? propio : otro,
    cma: esTe ? otro : propio,
    excedente: fila.clase === 'concepto' && estado.derivado(fila).excedentes.has(dia),
  }
}

export function aspectoDe(estado: EstadoCaptura, { fila, columna, valor }: DatosCelda<FilaCaptura>): Aspecto | null {
  if (columna.clave === 'estatus' && fila.clase === 'concepto')
    return valor === 'EXCEDENTE'
      ? { clases: 'estatus-excedente', icono: 'lock-fill' }
      : { clases: 'estatus-autorizado', icono: 'check-lg' }
  if (columna.clave === 'vol' && fila.clase === 'concepto' && fila.datos.sin_anexo_vigente)
    return { clases: 'sin-anexo', pie: 'sin anexo vigente' }
  const dia = diaDe(columna.clave)
  if (dia === null) return null
  const { programado, ejecutado, excedente } = delDia(estado, fila, dia)
  const estimada = fila.clase === 'concepto' && fila.datos[`dia${dia as 1}`]?.estimacion !== undefined
  const cumplida = fila.clase === 'concepto' && programado > 0n && ejecutado >= programado
  return {
    clases: excedente ? 'excedente' : cumplida ? 'cumplida' : '',
    // Billed: a coin, and its estimation in the tooltip (estimaciones.md §7).
    ...(estimada ? { icono: 'coin' } : {}),
    pie: programado > 0n ? `P: ${conMiles(textoVolumen(programado))}` : '',
  }
}

const conSigno = (micras: bigint): string => `${micras > 0n ? '+' : ''}${conMiles(textoVolumen(micras))}`

/** What a day is about, in a line: the tooltip of §7.4. */
export function descripcionDe(estado: EstadoCaptura, { fila, columna }: DatosCelda<FilaCaptura>): string {
  const dia = diaDe(columna.clave)
  if (dia === null) return fila.clase === 'concepto' && columna.clave === 'codigo' ? fila.datos.concepto : ''
  const { programado, ejecutado, te, cma, excedente } = delDia(estado, fila, dia)
  const autor = fila.clase === 'concepto' ? fila.datos[`dia${dia as 1}`]?.autor : undefined
  const numero = (micras: bigint): string => conMiles(textoVolumen(micras))
  const partes = [
    excedente ? 'Excedente: rebasa el volumen autorizado' : '',
    `Programado ${numero(programado)}`,
    `Ejecutado ${numero(ejecutado)} (TE ${numero(te)}, CMA ${numero(cma)})`,
    `Dif. ${conSigno(ejecutado - programado)}`,
    autor && autor.usuario !== '' ? `Capturó ${autor.usuario}, ${autor.fecha}` : '',
  ]
  return partes.filter((parte) => parte !== '').join(' · ')
}
