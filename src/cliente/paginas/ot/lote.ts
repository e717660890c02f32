/** A batch of the historical import: what it did, and its undo. */
import { plural } from '../../../comun/texto.ts'
import {
  RUTA,
  rutaListaDeLote,
  type PaginaLote,
  type RespuestaDeTarea,
  type ResultadoDeshacer,
} from '../../../modulos/ot/importacion/importacion.contrato.ts'
import { avisar } from '../../comun/avisos.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { confirmar, esperar } from '../../comun/dialogo.ts'
import { buscar, crear, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { enviar } from '../../comun/http.ts'
import { crearListas, seguirEnPagina, sumaDe, tablaDeConteos } from './_importacion.ts'

const { lote, resumen, en_curso: enCurso } = leerDatosPagina<PaginaLote>()

exigir('#detalle', HTMLElement).replaceChildren(
  tablaDeConteos(resumen, 'pasado'),
  crearListas(rutaListaDeLote(lote.id), {}, resumen.listas, 'pasado') ?? '',
)

const boton = buscar('#boton-deshacer', HTMLButtonElement)
boton?.addEventListener('click', () => void preguntarDeshacer(boton))

/** What the undo would do, from what the batch did. */
function consecuencias(): string[] {
  const creadas = sumaDe(resumen, 'creadas')
  const actualizadas = sumaDe(resumen, 'actualizadas')
  const frases: string[] = []
  if (creadas > 0)
    frases.push(
      `${plural(creadas, 'OT creada por este lote se elimina con sus pasos', 'OT creadas por este lote se eliminan con sus pasos')}.`,
    )
  if (resumen.ptes_creadas > 0)
    frases.push(
      `${plural(resumen.ptes_creadas, 'PTE creada por este lote se elimina', 'PTE creadas por este lote se eliminan')}.`,
    )
  if (actualizadas > 0)
    frases.push(
      `${plural(actualizadas, 'OT actualizada vuelve a como estaba', 'OT actualizadas vuelven a como estaban')}.`,
    )
  frases.push('Lo que alguien haya editado después se conserva, y se te dirá qué es.')
  return frases
}

async function preguntarDeshacer(elBoton: HTMLButtonElement): Promise<void> {
  const seguro = await confirmar({
    titulo: `Deshacer el lote ${String(lote.id)}`,
    cuerpo: [
      crear('p', {}, crear('strong', {}, lote.archivo), `, importado por ${lote.usuario} el ${lote.fecha}.`),
      crear('ul', { class: 'consecuencias' }, ...consecuencias().map((frase) => crear('li', {}, frase))),
    ],
    aceptar: 'Deshacer',
    destructivo: true,
  })
  if (seguro) await esperar(elBoton, deshacer)
}

async function deshacer(): Promise<void> {
  const { tarea } = await enviar<RespuestaDeTarea<ResultadoDeshacer>>(
    RUTA.DESHACER,
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
