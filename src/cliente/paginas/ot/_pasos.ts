/** Steps of an OT: dates in place, status, link (ot.md §7.3 tab Detalle, §7.5). */
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { recortar } from '../../../comun/texto.ts'
import { leerEnlace, MENSAJE_ENLACE } from '../../../comun/url.ts'
import type { Envoltura } from '../../../comun/envoltura.ts'
import {
  FECHA_DE_PASO,
  PASOS_CON_FECHAS_FIJAS,
  type FilaPaso,
  type ProgresoOt,
  type RespuestaProgresoOt,
} from '../../../modulos/ot/ot.contrato.ts'
import { crearInsignia, crearInsigniaBoton } from '../../componentes/insignia.ts'
import { filaVacia, Tabla } from '../../componentes/tabla.ts'
import { crearFecha, ponerFecha } from '../../comun/campo-fecha.ts'
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { botonIcono, crear, icono, oRaya, origen } from '../../comun/dom.ts'
import { enviar, FalloDeServidor, obtener } from '../../comun/http.ts'
import { tonoDePaso } from './_celdas.ts'
import { cambiarEstatusPaso } from './_estatus.ts'

export interface OpcionesPasos {
  idOt: number
  puedeCambiar: boolean
  /** New progress of the OT, for whoever shows it. */
  alAvanzar: (progreso: ProgresoOt) => void
}

const TEXTO_VISIBLE_DEL_ENLACE = 30

/** Fills the box with the table of steps. */
export function crearPasos(caja: HTMLElement, { idOt, puedeCambiar, alAvanzar }: OpcionesPasos): Tabla<FilaPaso> {
  const fecha = (paso: FilaPaso, campo: 'fecha_inicio' | 'fecha_termino', etiqueta: string): Node | string => {
    if (!puedeCambiar) return oRaya(paso[campo])
    const clase = campo === 'fecha_inicio' ? FECHA_DE_PASO.INICIO : FECHA_DE_PASO.TERMINO
    return celdaFecha(paso, campo, clase, `${etiqueta} del paso ${paso.orden}`)
  }
  const tabla = new Tabla<FilaPaso>({
    caja,
    titulo: 'Pasos',
    ruta: '/operaciones/ot/detalle/datatable/',
    parametros: () => ({ ot_id: String(idOt) }),
    porPagina: 10,
    columnas: [
      { nombre: 'orden', titulo: 'Paso' },
      { nombre: 'desc_paso', titulo: 'Descripción', clase: 'texto-medio' },
      {
        nombre: 'fecha_inicio',
        titulo: 'Fecha inicio',
        clase: 'suelta',
        celda: (p) => fecha(p, 'fecha_inicio', 'Fecha inicio'),
      },
      {
        nombre: 'fecha_termino',
        titulo: 'Fecha término',
        clase: 'suelta',
        celda: (p) => fecha(p, 'fecha_termino', 'Fecha término'),
      },
      { nombre: 'fecha_entrega', titulo: 'Fecha entrega', clase: 'fecha-celda' },
      { nombre: 'comentario', titulo: 'Comentario', clase: 'texto-corto' },
      { nombre: 'estatus_texto', titulo: 'Estatus', celda: (p) => celdaEstatusPaso(p, puedeCambiar) },
      { nombre: 'archivo', titulo: 'Opciones', clase: 'columna-acciones', celda: (p) => celdaArchivo(p, puedeCambiar) },
    ],
    vacio: () => filaVacia('No hay registros'),
  })

  tabla.elemento.addEventListener('click', (evento) => {
    const boton = origen(evento, '[data-accion]')
    const paso = boton ? tabla.filaDe(boton) : null
    if (!boton || !paso) return
    if (boton.dataset['accion'] === 'estatus') {
      cambiarEstatusPaso(boton, paso, (respuesta) => {
        tabla.repintar(paso.id, respuesta.paso)
        alAvanzar(respuesta)
      })
    } else if (boton.dataset['accion'] === 'archivo') {
      void pedirEnlace(paso).then((guardado) => {
        if (guardado) tabla.recargar()
      })
    }
  })
  tabla.elemento.addEventListener('change', (evento) => {
    const { target } = evento
    if (!(target instanceof HTMLInputElement) || target.type !== 'date') return
    const paso = tabla.filaDe(target)
    if (paso) void guardarFecha(target, paso, idOt, alAvanzar)
  })
  return tabla
}

/** Saves at once; a refusal puts the previous day back (ot.md §7.5). */
async function guardarFecha(
  entrada: HTMLInputElement,
  paso: FilaPaso,
  idOt: number,
  alAvanzar: (progreso: ProgresoOt) => void,
): Promise<void> {
  const campo = entrada.name === 'fecha_inicio' ? 'fecha_inicio' : 'fecha_termino'
  const nueva = leerFechaIso(entrada.value)
  const texto = nueva === null ? null : aDdMmAaaa(nueva)
  if (texto === paso[campo]) return
  const anterior = aIso(paso[campo])
  try {
    await enviar('/operaciones/ot/actualizar-fecha/', {
      id_paso: paso.id,
      tipo: campo === 'fecha_inicio' ? FECHA_DE_PASO.INICIO : FECHA_DE_PASO.TERMINO,
      fecha: entrada.value,
    })
    paso[campo] = texto
    alAvanzar(await obtener<RespuestaProgresoOt>('/operaciones/ot/obtener_progreso_general_ot/', { ot_id: idOt }))
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    ponerFecha(entrada, anterior)
  }
}

/** ISO of a DD/MM/YYYY of the server; '' for null. */
const aIso = (fecha: string | null): string => (fecha === null ? '' : fecha.split('/').reverse().join('-'))

function celdaFecha(paso: FilaPaso, nombre: string, clase: string, etiqueta: string): HTMLElement {
  const valor = clase === FECHA_DE_PASO.INICIO ? paso.fecha_inicio : paso.fecha_termino
  return crearFecha({
    nombre,
    etiqueta,
    valor: aIso(valor),
    chica: true,
    deshabilitada: PASOS_CON_FECHAS_FIJAS.includes(paso.estatus_paso),
  }).caja
}

function celdaEstatusPaso(paso: FilaPaso, puedeCambiar: boolean): HTMLElement {
  const tono = tonoDePaso(paso.estatus_paso)
  const texto = tono === 'desconocido' ? 'DESCONOCIDO' : paso.estatus_texto
  if (!puedeCambiar) return crearInsignia(texto, tono)
  const boton = crearInsigniaBoton(texto, tono, `Cambiar estatus del paso ${paso.orden}`)
  boton.dataset['accion'] = 'estatus'
  return boton
}

function celdaArchivo(paso: FilaPaso, puedeCambiar: boolean): HTMLElement {
  const enlace = paso.archivo ?? ''
  const accion = enlace === '' ? 'Subir archivo' : 'Cambiar archivo'
  const dibujo = enlace === '' ? icono('upload') : icono('arrow-repeat')
  return crear(
    'div',
    { class: 'acciones-fila' },
    puedeCambiar &&
      botonIcono(dibujo, accion, { 'data-accion': 'archivo', 'aria-label': `${accion} del paso ${paso.orden}` }),
    enlace !== '' && abrirEnlace(enlace),
  )
}

function abrirEnlace(enlace: string): HTMLElement {
  const corto = recortar(enlace, TEXTO_VISIBLE_DEL_ENLACE)
  return crear(
    'a',
    {
      class: 'boton boton-icono',
      href: enlace,
      target: '_blank',
      rel: 'noopener noreferrer',
      title: `Abrir: ${corto}`,
      'aria-label': `Abrir: ${corto} (en otra pestaña)`,
    },
    icono('eye'),
  )
}

async function pedirEnlace(paso: FilaPaso): Promise<boolean> {
  const entrada = crear('input', {
    class: 'entrada',
    type: 'url',
    placeholder: 'Pega el enlace aquí...',
    autocomplete: 'off',
    value: paso.archivo ?? '',
  })
  const { caja, error } = campoDeDialogo('Enlace del archivo', entrada)
  const respuesta = await preguntar<Envoltura>({
    titulo: 'Subir archivo',
    cuerpo: [crear('p', { class: 'tenue' }, `Paso ${paso.orden}: ${paso.desc_paso}`), caja],
    aceptar: 'Guardar',
    foco: entrada,
    alAceptar: async () => {
      const escrito = entrada.value.trim()
      const borra = escrito === '' && (paso.archivo ?? '') !== ''
      if (!borra && leerEnlace(escrito) === null) {
        error.textContent = escrito === '' ? 'Pega el enlace del archivo.' : MENSAJE_ENLACE
        entrada.setAttribute('aria-invalid', 'true')
        entrada.focus()
        return null
      }
      return enviar('/operaciones/ot/guardar_archivo_ot/', { paso_id: paso.id, archivo: escrito })
    },
  })
  return respuesta !== null
}
