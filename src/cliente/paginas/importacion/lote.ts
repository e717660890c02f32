/** A batch of an import: what it did, and its undo. */
import type {
  PaginaLote,
  RespuestaDeTarea,
  ResultadoDeshacer,
} from '../../../modulos/importacion/importacion.contrato.ts'
import { avisar } from '../../comun/avisos.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { confirmar, esperar } from '../../comun/dialogo.ts'
import { buscar, crear, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { enviar } from '../../comun/http.ts'
import { crearListas, seguirEnPagina, tablaDeConteos } from './_importacion.ts'

const {
  lote,
  resumen,
  listas,
  rutas,
  ruta_lista: rutaLista,
  al_deshacer: alDeshacer,
  en_curso: enCurso,
} = leerDatosPagina<PaginaLote>()

exigir('#detalle', HTMLElement).replaceChildren(
  tablaDeConteos(resumen, 'pasado'),
  crearListas(rutaLista, {}, listas, resumen.listas, 'pasado') ?? '',
)

const boton = buscar('#boton-deshacer', HTMLButtonElement)
boton?.addEventListener('click', () => void preguntarDeshacer(boton))

async function preguntarDeshacer(elBoton: HTMLButtonElement): Promise<void> {
  const seguro = await confirmar({
    titulo: `Deshacer el lote ${String(lote.id)}`,
    cuerpo: [
      crear('p', {}, crear('strong', {}, lote.archivo), `, importado por ${lote.usuario} el ${lote.fecha}.`),
      crear('ul', { class: 'consecuencias' }, ...alDeshacer.map((frase) => crear('li', {}, frase))),
    ],
    aceptar: 'Deshacer',
    destructivo: true,
  })
  if (seguro) await esperar(elBoton, deshacer)
}

async function deshacer(): Promise<void> {
  const { tarea } = await enviar<RespuestaDeTarea<ResultadoDeshacer>>(
    rutas.DESHACER,
    { lote: lote.id, asincrono: 1 },
    { sinAviso: true },
  )
  await seguir(tarea)
}

async function seguir(tarea: number): Promise<void> {
  const { estado, mensaje } = await seguirEnPagina(tarea, 'Deshaciendo el lote', 'En espera de turno…')
  if (estado === 'terminada') recargarConAviso('exito', mensaje)
  else avisar('advertencia', mensaje, { fijo: true })
}

if (enCurso !== null) void seguir(enCurso)
