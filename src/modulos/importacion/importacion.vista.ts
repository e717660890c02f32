/** From an import and its batches to what pages, log and terminal say. Pure. */
import { instanteLocal } from '../../comun/fechas.ts'
import { plural } from '../../comun/texto.ts'
import type { ClaseImportacion } from './importacion.clase.ts'
import {
  rutaDeLote,
  rutasDeImportar,
  type FilaLote,
  type PaginaLote,
  type ResultadoDeshacer,
  type ResumenImportacion,
} from './importacion.contrato.ts'
import type { Cosa, InformeBase, OpcionesElegidas, ResumenDeshacerBase, Sustantivo } from './importacion.tipos.ts'
import type { LoteGuardado } from './lote.repo.ts'

const SISTEMA = 'Sistema'
const minuto = (instante: Date): string => instanteLocal(instante).slice(0, 16)

/** What a class says of its reports, whatever they are. */
export type Voz<I extends InformeBase, R extends ResumenDeshacerBase> = Pick<
  ClaseImportacion<I, R>,
  'hechos' | 'deshechos' | 'renglones' | 'extras' | 'rutaDe'
>

/** «3 OT creadas», «1 concepto creado». */
const conParticipio = ({ n, que }: Cosa, femenino: string, masculino: string): string => {
  const participio = que.genero === 'f' ? femenino : masculino
  return plural(n, `${que.uno} ${participio}`, `${que.varios} ${participio}s`)
}
const algo = ({ n }: Cosa): boolean => n > 0
const sumar = (cosas: readonly Cosa[]): number => cosas.reduce((suma, { n }) => suma + n, 0)
const enumerar = (partes: readonly string[]): string =>
  partes.length < 2 ? partes.join('') : `${partes.slice(0, -1).join(', ')} y ${partes.at(-1) ?? ''}`

/** «128 OT nuevas, 12 PTE nuevas y 3 OT con cambios», or '' when nothing would be, or was, written. */
export function enPalabras<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  informe: I,
  tiempo: 'futuro' | 'pasado',
): string {
  const { creados, actualizados } = voz.hechos(informe)
  const futuro = tiempo === 'futuro'
  const nuevas = creados
    .filter(algo)
    .map((cosa) => conParticipio(cosa, futuro ? 'nueva' : 'creada', futuro ? 'nuevo' : 'creado'))
  const cambiadas = actualizados
    .filter(algo)
    .map((cosa) =>
      futuro
        ? plural(cosa.n, `${cosa.que.uno} con cambios`, `${cosa.que.varios} con cambios`)
        : conParticipio(cosa, 'actualizada', 'actualizado'),
    )
  return enumerar([...nuevas, ...cambiadas])
}

export function resumirImportacion<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  informe: I,
  opciones: OpcionesElegidas,
  listas: Record<string, number>,
  tiempo: 'futuro' | 'pasado',
): ResumenImportacion {
  return {
    archivo: informe.archivo,
    opciones,
    filas: informe.filas,
    renglones: voz.renglones(informe),
    rechazadas: voz.hechos(informe).rechazadas,
    en_palabras: enPalabras(voz, informe, tiempo),
    listas,
    ...voz.extras?.(informe, opciones),
  }
}

/** The result of an import in a sentence. */
export function fraseImportacion<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  informe: I,
): string {
  const { creados, actualizados, rechazadas } = voz.hechos(informe)
  const fuera = plural(rechazadas, 'fila se rechazó y no se importó', 'filas se rechazaron y no se importaron')
  const rechazo = rechazadas === 0 ? '' : ` ${fuera}.`
  if (informe.lote === null)
    return rechazadas === informe.filas
      ? 'No se importó nada: todas las filas se rechazaron.'
      : `No había nada que importar: todo está ya como en el libro.${rechazo}`
  const partes = [
    ...creados.filter(algo).map((cosa) => conParticipio(cosa, 'creada', 'creado')),
    ...actualizados.filter(algo).map((cosa) => conParticipio(cosa, 'actualizada', 'actualizado')),
  ]
  return `Se importó: ${partes.join(', ')}.${rechazo}`
}

/** The analysis in a sentence. */
export function fraseAnalisis<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  informe: I,
): string {
  const { rechazadas } = voz.hechos(informe)
  const leidas = plural(informe.filas, 'fila leída', 'filas leídas')
  return rechazadas === 0 ? `${leidas}.` : `${leidas}; ${plural(rechazadas, 'se rechaza', 'se rechazan')}.`
}

/** The report in a sentence, for the log. */
export function fraseDeInforme<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  informe: I,
): string {
  const { creados, actualizados, rechazadas } = voz.hechos(informe)
  const partes = [
    ...creados.map((cosa) => conParticipio(cosa, 'creada', 'creado')),
    ...actualizados.map((cosa) => conParticipio(cosa, 'actualizada', 'actualizado')),
    plural(rechazadas, 'fila rechazada', 'filas rechazadas'),
  ]
  return `el archivo ${informe.archivo} (lote ${String(informe.lote)}): ${partes.join(', ')}`
}

/** What an undo did, for the log. */
export function fraseDeDeshecho<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  resumen: R,
): string {
  const { eliminados, restaurados } = voz.deshechos(resumen)
  const partes = [
    ...eliminados.map((cosa) => conParticipio(cosa, 'eliminada', 'eliminado')),
    ...restaurados.map((cosa) => conParticipio(cosa, 'restaurada', 'restaurado')),
    plural(resumen.conservadas.length, 'registro conservado', 'registros conservados'),
  ]
  return `lote ${String(resumen.lote)}: ${partes.join(', ')}`
}

const vuelta = ({ genero }: Sustantivo): [string, string] =>
  genero === 'f'
    ? ['vuelta a como estaba', 'vueltas a como estaban']
    : ['vuelto a como estaba', 'vueltos a como estaban']

/** What an undo did, in a sentence. */
export function fraseDeshacer<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  resumen: R,
): string {
  const { eliminados, restaurados } = voz.deshechos(resumen)
  const partes = [
    ...eliminados.filter(algo).map((cosa) => conParticipio(cosa, 'eliminada', 'eliminado')),
    ...restaurados.filter(algo).map(({ n, que }) => {
      const [uno, varios] = vuelta(que)
      return plural(n, `${que.uno} ${uno}`, `${que.varios} ${varios}`)
    }),
    resumen.conservadas.length === 0
      ? ''
      : plural(resumen.conservadas.length, 'registro conservado', 'registros conservados'),
  ].filter((parte) => parte !== '')
  return `El lote ${String(resumen.lote)} se deshizo: ${partes.join(', ') || 'no quedaba nada que deshacer'}.`
}

export function resultadoDeshacer<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  resumen: R,
): ResultadoDeshacer {
  const { eliminados, restaurados } = voz.deshechos(resumen)
  return {
    lote: resumen.lote,
    eliminadas: sumar(eliminados),
    restauradas: sumar(restaurados),
    conservadas: resumen.conservadas.map(({ tabla, id, folio, motivo }) => ({
      folio,
      motivo,
      ruta: voz.rutaDe(tabla, id),
    })),
  }
}

/** What undoing a batch would do, from what it did. */
function alDeshacer<I extends InformeBase, R extends ResumenDeshacerBase>(voz: Voz<I, R>, informe: I): string[] {
  const { creados, actualizados } = voz.hechos(informe)
  return [
    ...creados.filter(algo).map((cosa) => {
      const con = cosa.que.con ?? ''
      const cuantas = conParticipio(cosa, 'creada', 'creado')
      return `${cuantas} por este lote se ${cosa.n === 1 ? 'elimina' : 'eliminan'}${con}.`
    }),
    ...actualizados
      .filter(algo)
      .map(
        (cosa) =>
          `${conParticipio(cosa, 'actualizada', 'actualizado')} ${cosa.n === 1 ? 'vuelve a como estaba' : 'vuelven a como estaban'}.`,
      ),
    'Lo que alguien haya editado después se conserva, y se te dirá qué es.',
  ]
}

export function filaLote<I extends InformeBase, R extends ResumenDeshacerBase>(
  clase: ClaseImportacion<I, R>,
  lote: LoteGuardado,
): FilaLote {
  const deshecho = lote.estado === 'deshecho'
  const { creados, actualizados, rechazadas } = clase.hechos(lote.resumen as I)
  return {
    id: lote.id,
    ruta: rutaDeLote(clase.base, lote.id),
    archivo: lote.archivo,
    fecha: minuto(lote.creado_en),
    usuario: lote.usuario ?? SISTEMA,
    // Of the first kind, which is the one that the import is about.
    creadas: creados[0]?.n ?? 0,
    actualizadas: actualizados[0]?.n ?? 0,
    rechazadas,
    estado_texto: deshecho ? 'DESHECHO' : 'APLICADO',
    tono: deshecho ? 'gris' : 'verde',
  }
}

/** `v.datos` of views/importacion/lote.ejs. `enCurso` is the undo that is under way. */
export function paginaLote<I extends InformeBase, R extends ResumenDeshacerBase>(
  clase: ClaseImportacion<I, R>,
  lote: LoteGuardado,
  listas: Record<string, number>,
  enCurso: number | null,
): PaginaLote {
  const { deshacer_resumen: resumen, deshecho_en: cuando } = lote
  const fila = filaLote(clase, lote)
  const informe = lote.resumen as I
  return {
    lote: fila,
    rutas: rutasDeImportar(clase.base),
    ruta_lista: `${fila.ruta}lista/`,
    listas: clase.listas,
    ficha: [
      { etiqueta: 'Archivo', valor: lote.archivo, numerico: false },
      { etiqueta: 'Importado por', valor: fila.usuario, numerico: false },
      { etiqueta: 'Fecha', valor: fila.fecha, numerico: true },
      ...clase.opciones.map(({ clave, texto }) => ({
        etiqueta: texto,
        valor: textoDeOpcion(lote.opciones[clave]),
        numerico: false,
      })),
      { etiqueta: 'Filas del libro', valor: String(informe.filas), numerico: true },
      { etiqueta: 'Huella del archivo (SHA-256)', valor: lote.sha256, numerico: true },
    ],
    resumen: resumirImportacion(clase, informe, lote.opciones, listas, 'pasado'),
    al_deshacer: alDeshacer(clase, informe),
    deshecho:
      resumen === null || cuando === null
        ? null
        : {
            texto: `${fraseDeshacer(clase, resumen as R)} Lo hizo ${lote.deshecho_por ?? SISTEMA} el ${minuto(cuando)}.`,
            conservadas: resultadoDeshacer(clase, resumen as R).conservadas,
          },
    en_curso: enCurso,
    puede_deshacer: lote.estado === 'aplicado' && enCurso === null,
    ruta_rechazadas: listas['rechazadas'] === 0 ? '' : `${fila.ruta}rechazadas/`,
  }
}

function textoDeOpcion(valor: string | boolean | undefined): string {
  if (typeof valor === 'string') return valor === '' ? '—' : valor
  return valor === true ? 'Sí' : 'No'
}
