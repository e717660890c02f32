/** Any import: choose the workbook, read what it would do, confirm, see the result. */
import { plural } from '../../../comun/texto.ts'
import {
  CODIGO_PLAN_CAMBIO,
  rutaDeLote,
  type OpcionDePagina,
  type OpcionesElegidas,
  type PaginaImportar,
  type RespuestaDeTarea,
  type ResultadoAnalisis,
  type ResultadoFallido,
  type ResultadoImportacion,
  type ResumenImportacion,
} from '../../../modulos/importacion/importacion.contrato.ts'
import { avisar } from '../../comun/avisos.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { confirmar, esperar } from '../../comun/dialogo.ts'
import { crear, exigir, icono, leerDatosPagina } from '../../comun/dom.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'
import { crearListas, seguirEnPagina, tablaDeConteos } from './_importacion.ts'

const { pendiente, base, rutas: RUTA, opciones, listas } = leerDatosPagina<PaginaImportar>()

const SECCIONES = ['archivo', 'analisis', 'resultado'] as const
type Seccion = (typeof SECCIONES)[number]

const seccion = (nombre: Seccion): HTMLElement => exigir(`#seccion-${nombre}`, HTMLElement)
const entrada = exigir('#archivo', HTMLInputElement)
const zona = exigir('#zona-archivo', HTMLElement)
const error = exigir('#archivo-error', HTMLElement)
const botonAnalizar = exigir('#boton-analizar', HTMLButtonElement)

let soltado: File | null = null

/** Only that step is on the page; null = none (the progress is). */
function mostrar(cual: Seccion | null): void {
  for (const nombre of SECCIONES) seccion(nombre).hidden = nombre !== cual
  if (cual === 'analisis' || cual === 'resultado') seccion(cual).focus()
}

// ----------------------------------------------------------------------------------------------------------- file

const elegido = (): File | null => soltado ?? entrada.files?.[0] ?? null

function anotarElegido(): void {
  const archivo = elegido()
  exigir('#archivo-elegido', HTMLElement).textContent = archivo
    ? `${archivo.name} · ${tamano(archivo.size)}`
    : 'o arrástralo aquí'
  zona.classList.toggle('con-archivo', archivo !== null)
  decirError('')
}

const tamano = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${String(Math.ceil(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`

function decirError(texto: string): void {
  error.textContent = texto
  if (texto === '') entrada.removeAttribute('aria-invalid')
  else entrada.setAttribute('aria-invalid', 'true')
}

entrada.addEventListener('change', () => {
  soltado = null
  anotarElegido()
})
for (const tipo of ['dragenter', 'dragover'] as const) {
  zona.addEventListener(tipo, (evento) => {
    evento.preventDefault()
    zona.classList.add('encima')
  })
}
for (const tipo of ['dragleave', 'drop'] as const) {
  zona.addEventListener(tipo, (evento) => {
    evento.preventDefault()
    zona.classList.remove('encima')
  })
}
zona.addEventListener('drop', (evento) => {
  const archivos = [...(evento.dataTransfer?.files ?? [])]
  if (archivos.length > 1) {
    decirError('Suelta un solo libro: se importa de uno en uno.')
    return
  }
  soltado = archivos[0] ?? null
  anotarElegido()
})
// A file dropped beside the box must not replace the page.
for (const tipo of ['dragover', 'drop'] as const) {
  document.addEventListener(tipo, (evento) => {
    evento.preventDefault()
  })
}

exigir('#forma-archivo', HTMLFormElement).addEventListener('submit', (evento) => {
  evento.preventDefault()
  const archivo = elegido()
  if (!archivo) {
    decirError('Elige primero el libro de Excel que quieres importar.')
    entrada.focus()
    return
  }
  const datos = new FormData()
  ponerOpciones(datos, elegidasEnForma())
  datos.set('archivo', archivo, archivo.name)
  void esperar(botonAnalizar, () => analizar(datos), 'Subiendo…')
})

// -------------------------------------------------------------------------------------------------------- options

const control = ({ clave }: OpcionDePagina): HTMLInputElement | HTMLSelectElement => {
  const elemento = exigir(`#opcion-${clave}`, HTMLElement)
  if (elemento instanceof HTMLInputElement || elemento instanceof HTMLSelectElement) return elemento
  throw new Error(`The option ${clave} has no control`)
}

const valorDe = (elemento: HTMLInputElement | HTMLSelectElement): string | boolean =>
  elemento instanceof HTMLInputElement ? elemento.checked : elemento.value

function decirDeOpcion(opcion: OpcionDePagina, texto: string): void {
  exigir(`#opcion-${opcion.clave}-error`, HTMLElement).textContent = texto
  if (texto === '') control(opcion).removeAttribute('aria-invalid')
  else control(opcion).setAttribute('aria-invalid', 'true')
}

for (const opcion of opciones.filter(({ valores }) => valores !== null))
  control(opcion).addEventListener('change', () => {
    decirDeOpcion(opcion, '')
  })

const elegidasEnForma = (): OpcionesElegidas =>
  Object.fromEntries(opciones.map((opcion) => [opcion.clave, valorDe(control(opcion))]))

function ponerOpciones(datos: FormData, elegidas: OpcionesElegidas): void {
  for (const [clave, valor] of Object.entries(elegidas)) {
    datos.set(clave, typeof valor === 'boolean' ? (valor ? '1' : '0') : valor)
  }
}

// ------------------------------------------------------------------------------------------------------- analysis

async function analizar(datos: FormData): Promise<void> {
  datos.set('asincrono', '1')
  try {
    const { tarea } = await enviar<RespuestaDeTarea<ResultadoAnalisis>>(RUTA.ANALIZAR, datos, { sinAviso: true })
    await seguirAnalisis(tarea)
  } catch (fallo) {
    if (!(fallo instanceof FalloDeServidor)) throw fallo
    mostrarFallo(fallo.envoltura.detalles, fallo.envoltura.campos)
  }
}

async function seguirAnalisis(tarea: number): Promise<void> {
  mostrar(null)
  const estado = await seguirEnPagina(tarea, 'Analizando el archivo', 'En espera de turno…')
  if (estado.estado === 'terminada') mostrarAnalisis(tarea, estado.resultado as ResultadoAnalisis)
  else mostrarFallo(estado.mensaje, (estado.resultado as ResultadoFallido | null)?.campos)
}

/** At the option that the refusal names; else at the file. */
function mostrarFallo(mensaje: string, campos: Readonly<Record<string, string>> = {}): void {
  mostrar('archivo')
  const culpable = opciones.find(({ clave, valores }) => valores !== null && campos[clave] !== undefined)
  if (culpable !== undefined) {
    decirError('')
    decirDeOpcion(culpable, mensaje)
    control(culpable).focus()
    return
  }
  decirError(mensaje)
  entrada.focus()
}

function mostrarAnalisis(tarea: number, analisis: ResultadoAnalisis): void {
  exigir('#titulo-analisis', HTMLElement).textContent = `Análisis de ${analisis.archivo}`
  const { en_palabras: que, rechazadas } = analisis
  const importar = crear('button', { type: 'button', class: 'boton boton-primario' }, 'Importar')
  importar.addEventListener('click', () => void confirmarImportacion(importar, tarea, analisis))
  const otro = crear('button', { type: 'button', class: 'boton' }, 'Elegir otro archivo')
  otro.addEventListener('click', () => void esperar(otro, () => descartar(tarea)))
  exigir('#analisis', HTMLElement).replaceChildren(
    crear(
      'p',
      { class: 'importacion-dicho' },
      que === '' ? 'No hay nada que importar.' : `Se importarían ${que}.`,
      rechazadas === 0 ? '' : ` ${plural(rechazadas, 'fila se rechaza', 'filas se rechazan')}.`,
    ),
    tablaDeConteos(analisis, 'futuro'),
    ...opciones.map((opcion) => cambiarOpcion(tarea, analisis, opcion)),
    crear(
      'div',
      { class: 'importacion-acciones' },
      que === '' ? null : importar,
      otro,
      rechazadas === 0
        ? null
        : crear(
            'a',
            { class: 'boton', href: `${RUTA.RECHAZADAS}?tarea=${String(tarea)}` },
            icono('download'),
            'Descargar filas rechazadas',
          ),
    ),
    crearListas(RUTA.LISTA, { tarea }, listas, analisis.listas, 'futuro') ?? '',
  )
  mostrar('analisis')
}

/** An option can be changed without sending the file again: it is analysed anew. */
function cambiarOpcion(tarea: number, analisis: ResultadoAnalisis, opcion: OpcionDePagina): HTMLElement {
  const elegida = analisis.opciones[opcion.clave]
  const elemento =
    opcion.valores === null
      ? crear('input', { type: 'checkbox', checked: elegida === true })
      : crear(
          'select',
          { class: 'entrada' },
          // What was not chosen is shown as such, and not as the first of the list.
          ...[...((elegida ?? '') === '' ? [{ valor: '', texto: '—' }] : []), ...opcion.valores].map(
            ({ valor, texto }) => crear('option', { value: valor, selected: valor === elegida }, texto),
          ),
        )
  elemento.addEventListener('change', () => {
    void analizarDeNuevo(tarea, { ...analisis.opciones, [opcion.clave]: valorDe(elemento) })
  })
  return opcion.valores === null
    ? crear('label', { class: 'interruptor' }, elemento, opcion.texto)
    : crear('label', { class: 'campo' }, crear('span', { class: 'etiqueta' }, opcion.texto), elemento)
}

async function analizarDeNuevo(tarea: number, elegidas: OpcionesElegidas): Promise<void> {
  const datos = new FormData()
  datos.set('tarea', String(tarea))
  ponerOpciones(datos, elegidas)
  await analizar(datos)
}

async function descartar(tarea: number): Promise<void> {
  await enviar(RUTA.DESCARTAR, { tarea }, { sinAviso: true })
  soltado = null
  entrada.value = ''
  anotarElegido()
  mostrar('archivo')
  entrada.focus()
}

// --------------------------------------------------------------------------------------------------------- import

async function confirmarImportacion(
  boton: HTMLButtonElement,
  tarea: number,
  analisis: ResultadoAnalisis,
): Promise<void> {
  const { rechazadas } = analisis
  const seguro = await confirmar({
    titulo: `Importar ${analisis.archivo}`,
    cuerpo: [
      crear('p', {}, `Se importarán ${analisis.en_palabras}.`),
      rechazadas === 0
        ? ''
        : crear(
            'p',
            {},
            `No se importa lo rechazado: ${plural(rechazadas, 'fila', 'filas')}. Puedes corregirlo e importar el libro otra vez; lo que ya está no se repite.`,
          ),
      crear('p', {}, 'Queda como un lote del historial y se puede deshacer.'),
    ],
    aceptar: 'Importar',
  })
  if (seguro) await esperar(boton, () => importar(tarea, analisis))
}

async function importar(tarea: number, analisis: ResultadoAnalisis): Promise<void> {
  try {
    const respuesta = await enviar<RespuestaDeTarea<ResultadoImportacion>>(
      RUTA.CONFIRMAR,
      { tarea, asincrono: 1 },
      { sinAviso: true },
    )
    await seguirImportacion(respuesta.tarea, tarea, analisis.opciones)
  } catch (fallo) {
    if (!(fallo instanceof FalloDeServidor)) throw fallo
    mostrar('analisis')
    avisar(fallo.envoltura.tipo_aviso, fallo.envoltura.detalles, { fijo: true })
  }
}

/** @param analisis the one that was confirmed; null when the page was opened with the import under way. */
async function seguirImportacion(tarea: number, analisis: number | null, elegidas: OpcionesElegidas): Promise<void> {
  mostrar(null)
  const estado = await seguirEnPagina(tarea, 'Importando', 'En espera de turno…')
  if (estado.estado === 'terminada') {
    mostrarResultado(estado.resultado as ResultadoImportacion, estado.mensaje)
    await ponerAlDiaHistorial()
    return
  }
  const fallo = estado.resultado as ResultadoFallido | null
  if (fallo?.codigo === CODIGO_PLAN_CAMBIO && analisis !== null) {
    await repetir(analisis, elegidas, estado.mensaje)
    return
  }
  if (analisis === null) {
    // The page knows nothing of the analysis it came from: drawn again, it does.
    recargarConAviso('error', estado.mensaje)
    return
  }
  avisar('error', estado.mensaje, { fijo: true })
  mostrar('analisis')
}

/** What was read is not what would be done any more: it is told and analysed again. */
async function repetir(tarea: number, elegidas: OpcionesElegidas, mensaje: string): Promise<void> {
  avisar('advertencia', mensaje, { fijo: true })
  await analizarDeNuevo(tarea, elegidas)
}

function mostrarResultado(resultado: ResultadoImportacion, mensaje: string): void {
  const { lote } = resultado
  exigir('#titulo-resultado', HTMLElement).textContent = lote === null ? 'Nada que importar' : `Lote ${String(lote)}`
  const otra = crear('button', { type: 'button', class: 'boton' }, 'Importar otro libro')
  otra.addEventListener('click', () => {
    location.reload()
  })
  exigir('#resultado', HTMLElement).replaceChildren(
    crear('p', { class: 'importacion-dicho' }, mensaje),
    tablaDeConteos(resultado satisfies ResumenImportacion, 'pasado'),
    crear(
      'div',
      { class: 'importacion-acciones' },
      lote === null ? null : crear('a', { class: 'boton boton-primario', href: rutaDeLote(base, lote) }, 'Ver el lote'),
      otra,
    ),
  )
  mostrar('resultado')
}

/** The history, as the page would be drawn now. */
async function ponerAlDiaHistorial(): Promise<void> {
  const respuesta = await fetch(location.pathname)
  const pagina = new DOMParser().parseFromString(await respuesta.text(), 'text/html')
  const nuevo = pagina.querySelector('#seccion-historial')
  if (nuevo) exigir('#seccion-historial', HTMLElement).replaceChildren(...nuevo.children)
}

// ------------------------------------------------------------------------------------------------------ coming back

async function retomar(): Promise<void> {
  if (pendiente === null) return
  const { tarea, clase, estado, mensaje, analisis } = pendiente
  const sigue = estado === 'pendiente' || estado === 'en_proceso'
  if (analisis !== null) mostrarAnalisis(tarea, analisis)
  else if (clase === 'analisis' && sigue) await seguirAnalisis(tarea)
  else if (clase === 'importacion' && sigue) await seguirImportacion(tarea, null, {})
  else if (estado === 'fallida') {
    // Told once: it ended while nobody was looking.
    mostrarFallo(mensaje)
    await enviar(RUTA.DESCARTAR, { tarea }, { sinAviso: true })
  }
}

void retomar()
