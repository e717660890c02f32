/** A new estimation (estimaciones.md §7): the OT and the period, what may be billed and why the rest may not, and the draft. */
import { conMiles, dinero, redondear, sumar, textoDinero, textoPlano, type Dinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import type { Envoltura } from '../../../comun/envoltura.ts'
import {
  RUTA_ESTIMACION,
  rutaEstimacion,
  type FilaCandidata,
  type PaginaNueva,
} from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { agruparPorConcepto, faltaDelAjuste } from '../../../modulos/estimaciones/importes.contrato.ts'
import { buscarOtIniciales } from '../../componentes/ot-iniciales.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { avisar } from '../../comun/avisos.ts'
import { esperar } from '../../comun/dialogo.ts'
import { crear, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { Formulario } from '../../comun/formulario.ts'
import { enviarJson, FalloDeServidor, obtener } from '../../comun/http.ts'
import { hacerBuscable } from '../../comun/seleccion.ts'

interface Creada extends Envoltura {
  id_nuevo: number
}

/** A row with what the person does to it. */
interface Linea {
  readonly fila: FilaCandidata
  readonly marca: HTMLInputElement
  readonly volumen: HTMLInputElement
  readonly comentario: HTMLInputElement
  readonly error: HTMLElement
  readonly tr: HTMLTableRowElement
}

const { motivos } = leerDatosPagina<PaginaNueva>()
const forma = exigir('#forma-nueva', HTMLFormElement)
const seccion = exigir('#candidatas', HTMLElement)
const caja = exigir('#tabla-candidatas', HTMLElement)
const totales = exigir('#totales', HTMLElement)
const botonCrear = exigir('#boton-crear', HTMLButtonElement)
const soloEstimables = exigir('#solo-estimables', HTMLInputElement)
const selectorOt = exigir('#campo-id_ot', HTMLSelectElement)

hacerBuscable(selectorOt, { cargar: (texto) => buscarOtIniciales(texto) })

let lineas: Linea[] = []

const formulario = new Formulario(forma, {
  nombre: 'estimacion-nueva',
  guardando: 'Buscando...',
  alEnviar: async (datos) => {
    const pedido = Object.fromEntries(datos)
    const { data } = await obtener<{ data: FilaCandidata[] }>(RUTA_ESTIMACION.CANDIDATAS, {
      id_ot: pedido['id_ot'],
      fecha_desde: pedido['fecha_desde'],
      fecha_hasta: pedido['fecha_hasta'],
    })
    dibujar(data)
  },
})
formulario.empezar('nueva')

const volumenLegible = (valor: string): string => conMiles(valor.includes('.') ? valor.replace(/\.?0+$/, '') : valor)

function dibujar(filas: readonly FilaCandidata[]): void {
  const estimables = filas.filter(({ estimable }) => estimable).length
  exigir('#resumen', HTMLElement).textContent =
    filas.length === 0
      ? 'No hay producción de esa OT en el periodo.'
      : `${plural(estimables, 'línea se puede', 'líneas se pueden')} estimar de ${String(filas.length)}. Las demás dicen por qué no.`
  lineas = filas.map(crearLinea)
  const grupos = new Map<string, Linea[]>()
  for (const linea of lineas) {
    const { anexo, codigo, concepto } = linea.fila
    const clave = JSON.stringify([anexo, codigo, concepto])
    grupos.set(clave, [...(grupos.get(clave) ?? []), linea])
  }
  caja.replaceChildren(
    crear(
      'table',
      { class: 'tabla-simple est-candidatas' },
      crear('caption', { class: 'solo-lector' }, 'Producción del periodo, por concepto'),
      crear('thead', {}, encabezado()),
      ...[...grupos.values()].map(cuerpoDeGrupo),
    ),
  )
  seccion.hidden = false
  filtrar()
  sumarTodo()
}

function encabezado(): HTMLTableRowElement {
  const columna = (texto: string, clase = ''): HTMLElement => crear('th', { scope: 'col', class: clase }, texto)
  return crear(
    'tr',
    {},
    columna('Incluir'),
    columna('Fecha'),
    columna('Sitio'),
    columna('Tipo'),
    columna('Producido', 'numero'),
    columna('Saldo', 'numero'),
    columna('Estimado', 'numero'),
    columna('P.U. M.N.', 'numero'),
    columna('P.U. USD', 'numero'),
    columna('Comentario de ajuste'),
    columna('Motivo'),
  )
}

function cuerpoDeGrupo(grupo: readonly Linea[]): HTMLElement {
  const [primera] = grupo
  if (!primera) return crear('tbody')
  const { anexo, codigo, concepto, unidad } = primera.fila
  const libres = grupo.filter(({ marca }) => !marca.disabled)
  const todas = crear('input', { type: 'checkbox', 'aria-label': `Incluir todo ${codigo}` })
  todas.checked = libres.length > 0 && libres.every(({ marca }) => marca.checked)
  todas.disabled = libres.length === 0
  todas.addEventListener('change', () => {
    for (const { marca } of libres) marca.checked = todas.checked
    sumarTodo()
  })
  return crear(
    'tbody',
    {},
    crear(
      'tr',
      { class: 'distinto' },
      crear('td', {}, todas),
      crear(
        'th',
        { scope: 'rowgroup', colspan: '10', title: concepto },
        `${anexo} · ${codigo} · ${concepto.slice(0, 90)} (${unidad})`,
      ),
    ),
    ...grupo.map(({ tr }) => tr),
  )
}

function crearLinea(fila: FilaCandidata): Linea {
  const sinPrecio = fila.motivos.length === 1 && fila.motivos[0] === 'SIN_PRECIO'
  const puede = fila.estimable || sinPrecio
  const nombre = `${fila.codigo} del ${fila.fecha} ${fila.tipo_tiempo} en ${fila.sitio}`
  const marca = crear('input', { type: 'checkbox', 'aria-label': `Incluir ${nombre}` })
  marca.checked = fila.estimable
  marca.disabled = !puede
  const volumen = crear('input', {
    class: 'entrada numero est-volumen',
    inputmode: 'decimal',
    'aria-label': `Volumen estimado de ${nombre}`,
    value: volumenLegible(fila.saldo),
  })
  const comentario = crear('input', {
    class: 'entrada',
    'aria-label': `Comentario de ajuste de ${nombre}`,
    maxlength: '500',
  })
  volumen.disabled = !puede
  comentario.disabled = !puede
  const error = crear('p', { class: 'error-campo' })
  const celda = (clase: string, ...hijos: (Node | string)[]): HTMLElement => crear('td', { class: clase }, ...hijos)
  const tr = crear(
    'tr',
    { class: puede ? '' : 'inactiva' },
    celda('', marca),
    celda('cifras', aDdMmAaaa(leerFechaIso(fila.fecha)) ?? fila.fecha),
    celda('', fila.sitio),
    celda('', fila.tipo_tiempo),
    celda('numero', volumenLegible(fila.volumen)),
    celda('numero', volumenLegible(fila.saldo)),
    celda('numero', volumen),
    celda('numero', textoDinero(dinero(fila.pu_mn))),
    celda('numero', textoDinero(dinero(fila.pu_usd))),
    celda('', comentario, error),
    celda('', fila.motivos.map((motivo) => motivos[motivo] ?? motivo).join('. ') || '—'),
  )
  const linea: Linea = { fila, marca, volumen, comentario, error, tr }
  for (const control of [marca, volumen, comentario])
    control.addEventListener('input', () => {
      revisar(linea)
      sumarTodo()
    })
  return linea
}

/** The volume as typed, or null when it is not one. */
function volumenDe({ volumen }: Linea): Dinero | null {
  const texto = volumen.value.trim()
  return /^(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d+)?$/.test(texto) ? redondear(dinero(texto.replaceAll(',', '')), 6) : null
}

function revisar(linea: Linea): boolean {
  const valor = volumenDe(linea)
  const saldo = dinero(linea.fila.saldo)
  const falta = !linea.marca.checked
    ? null
    : valor === null
      ? 'Escribe un número con punto decimal, por ejemplo 1,234.5.'
      : valor.isZero()
        ? 'Para no estimarla, quita la marca.'
        : (faltaDelAjuste(valor, saldo, linea.comentario.value)?.[1] ?? null)
  linea.error.textContent = falta ?? ''
  linea.tr.classList.toggle('est-ajustada', linea.marca.checked && valor !== null && !valor.equals(saldo))
  linea.volumen.toggleAttribute('aria-invalid', falta !== null)
  return falta === null
}

function elegidas(): Linea[] {
  return lineas.filter(({ marca }) => marca.checked)
}

function sumarTodo(): void {
  const sumables = elegidas().flatMap((linea) => {
    const volumen = volumenDe(linea)
    const { fila } = linea
    return volumen === null
      ? []
      : [
          {
            ...fila,
            volumenActual: dinero(fila.volumen),
            volumenEstimado: volumen,
            puMn: dinero(fila.pu_mn),
            puUsd: dinero(fila.pu_usd),
          },
        ]
  })
  const conceptos = agruparPorConcepto(sumables)
  const mn = sumar(conceptos.map(({ importeMn }) => importeMn))
  const usd = sumar(conceptos.map(({ importeUsd }) => importeUsd))
  const estimado = textoPlano(sumar(sumables.map(({ volumenEstimado }) => volumenEstimado)), 6)
  totales.textContent = `${plural(sumables.length, 'línea', 'líneas')} · ${volumenLegible(estimado)} de volumen · ${textoDinero(mn)} M.N. · ${textoDinero(usd)} USD`
  botonCrear.disabled = sumables.length === 0
}

function filtrar(): void {
  for (const { fila, tr } of lineas) tr.hidden = soloEstimables.checked && !fila.estimable
}
soloEstimables.addEventListener('change', filtrar)

botonCrear.addEventListener('click', () => {
  void esperar(botonCrear, crearBorrador, 'Creando...')
})

async function crearBorrador(): Promise<void> {
  const malas = elegidas().filter((linea) => !revisar(linea))
  if (malas.length > 0) {
    avisar('advertencia', `${plural(malas.length, 'línea tiene', 'líneas tienen')} algo por corregir.`)
    malas[0]?.volumen.focus()
    return
  }
  const datos = formulario.valores()
  try {
    const creada = await enviarJson<Creada>(
      RUTA_ESTIMACION.CREAR,
      {
        ...datos,
        detalles: elegidas().map((linea) => ({
          id_produccion: linea.fila.id_produccion,
          volumen_estimado: volumenDe(linea)?.toFixed(6),
          comentario_ajuste: linea.comentario.value,
        })),
      },
      { sinAviso: true },
    )
    formulario.olvidarBorrador()
    recargarConAviso('exito', creada.detalles, rutaEstimacion(creada.id_nuevo))
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    avisar(error.envoltura.tipo_aviso, error.envoltura.detalles)
  }
}
