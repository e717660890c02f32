/** Step templates of PTEs and OTs (catalogos.md §2, §5, settled.md §6). */
import { sql } from '../../../plataforma/sql.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'
import type { CampoCatalogo, ColumnaCatalogo, DescripcionCatalogo } from '../motor/motor.tipos.ts'
import {
  COLUMNA_COMENTARIO,
  COLUMNA_DESCRIPCION,
  COMENTARIO,
  descripcion,
  mensajes,
  NIVEL_TIPO,
  PASOS_DE_OT_VIVAS,
  PASOS_DE_PTE_VIVAS,
  tipoDeNivel,
  usoEnCatalogo,
} from './comunes.ts'
import { NINGUNO_PROTEGIDO, TIPO } from './protegidos.ts'

/** `paso.tipo`: a main step, or one inside another (4.1 inside 4). */
export const CLASE_PASO = { PRINCIPAL: 1, SUBPASO: 2 } as const

/** By its numbers: 2 goes before 10, and 4.1 right after 4 (CAT-14). */
const POR_NUMEROS = sql`string_to_array(o.orden, '.')::bigint[]`

const ORDEN: CampoCatalogo = {
  nombre: 'orden',
  columna: 'orden',
  etiqueta: 'Orden',
  sujeto: 'El orden',
  obligatorio: 'El orden es obligatorio',
  ayuda: 'Números y puntos, por ejemplo 4 o 4.1.',
  clase: 'orden',
}

const IMPORTANCIA: CampoCatalogo = {
  nombre: 'importancia',
  columna: 'importancia',
  etiqueta: 'Importancia',
  sujeto: 'La importancia',
  obligatorio: 'La importancia es obligatoria',
  ayuda: 'Peso del paso, en %.',
  clase: 'importancia',
}

/** The old system calls it `afectacion`: the type of client whose work takes the step. */
const TIPO_DE_CLIENTE = tipoDeNivel(NIVEL_TIPO.CLIENTES, {
  nombre: 'afectacion',
  columna: 'id_tipo_cliente',
  etiqueta: 'Cliente',
  sujeto: 'El cliente',
  obligatorio: 'El cliente es obligatorio',
})

const COLUMNA_ORDEN: ColumnaCatalogo = { clave: 'orden', titulo: 'Orden', campo: 'orden', como: 'valor' }
const COLUMNA_IMPORTANCIA: ColumnaCatalogo = {
  clave: 'importancia',
  titulo: 'Importancia',
  campo: 'importancia',
  como: 'valor',
}
const COLUMNA_CLAVE: ColumnaCatalogo = { clave: 'id', titulo: 'ID', campo: 'id', como: 'valor', visible: false }

const MENSAJES = mensajes('paso', 'o', '¿Estás seguro de eliminar este paso y su afectación?')

export const PASOS: DescripcionCatalogo = {
  slug: 'pasos',
  rutaLista: 'datatable_pasos',
  tabla: 'paso',
  modelo: 'paso',
  tablaLog: TABLA_LOG.PASO,
  titulo: 'PASOS PTE',
  nombre: 'Pasos PTE',
  singular: 'paso de PTE',
  mensajes: MENSAJES,
  titular: 'descripcion',
  campos: [
    descripcion(200),
    TIPO_DE_CLIENTE,
    ORDEN,
    IMPORTANCIA,
    {
      nombre: 'tipo',
      columna: 'tipo',
      etiqueta: 'Clase',
      sujeto: 'La clase',
      obligatorio: 'La clase es obligatoria',
      clase: 'nivel',
      opciones: [
        { id: CLASE_PASO.PRINCIPAL, texto: 'Paso principal' },
        { id: CLASE_PASO.SUBPASO, texto: 'Subpaso' },
      ],
      porDefecto: CLASE_PASO.PRINCIPAL,
    },
    COMENTARIO,
  ],
  ambito: ['afectacion'],
  columnas: [
    COLUMNA_ORDEN,
    COLUMNA_DESCRIPCION,
    { clave: 'afectacion', titulo: 'Afectación', campo: 'afectacion', como: 'texto' },
    COLUMNA_IMPORTANCIA,
    { clave: 'tipo', titulo: 'Clase', campo: 'tipo', como: 'texto', visible: false },
    COLUMNA_CLAVE,
    COLUMNA_COMENTARIO,
  ],
  ordenNatural: sql`ROW(o.id_tipo_cliente, ${POR_NUMEROS})`,
  protegidos: NINGUNO_PROTEGIDO,
  usos: [
    PASOS_DE_PTE_VIVAS,
    usoEnCatalogo('paso_ot', 'paso de la plantilla de OT', 'pasos de las plantillas de OT', 'id_paso_origen'),
  ],
  revisar: ({ tipo, orden }) =>
    tipo === CLASE_PASO.SUBPASO && typeof orden === 'string' && !orden.includes('.')
      ? { orden: 'Un subpaso lleva el número de su paso y el suyo, por ejemplo 4.1.' }
      : {},
}

export const PASOS_OT: DescripcionCatalogo = {
  slug: 'pasos_ot',
  rutaLista: 'datatable_pasos_ot',
  tabla: 'paso_ot',
  modelo: 'pasoot',
  tablaLog: TABLA_LOG.PASO_OT,
  titulo: 'PASOS OT',
  nombre: 'Pasos OT',
  singular: 'paso de OT',
  mensajes: MENSAJES,
  titular: 'descripcion',
  campos: [
    descripcion(200),
    {
      ...tipoDeNivel(NIVEL_TIPO.OT, {
        nombre: 'tipo',
        columna: 'tipo',
        etiqueta: 'Tipo',
        sujeto: 'El tipo',
        obligatorio: 'El tipo es obligatorio',
      }),
      // The three templates that the program knows how to copy.
      condicion: sql`r.id IN (${TIPO.OT_INICIAL}, ${TIPO.OT_REPROGRAMACION}, ${TIPO.PLANTILLA_INTERCOM})`,
      ayuda: 'Plantilla a la que pertenece.',
    },
    TIPO_DE_CLIENTE,
    ORDEN,
    IMPORTANCIA,
    {
      nombre: 'id_paso_origen',
      columna: 'id_paso_origen',
      etiqueta: 'Paso PTE de origen',
      sujeto: 'El paso de origen',
      obligatorio: null,
      ayuda: 'Al convertir una PTE en OT se copian su estatus, sus fechas y su archivo.',
      clase: 'referencia',
      tabla: 'paso',
      condicion: sql`TRUE`,
      texto: sql`(SELECT t.descripcion FROM tipo t WHERE t.id = r.id_tipo_cliente) || ' · ' || r.orden || ' ' || r.descripcion`,
      orden: sql`ROW(r.id_tipo_cliente, string_to_array(r.orden, '.')::bigint[])`,
    },
    COMENTARIO,
  ],
  ambito: ['tipo'],
  columnas: [
    COLUMNA_ORDEN,
    COLUMNA_DESCRIPCION,
    { clave: 'tipo', titulo: 'Tipo', campo: 'tipo', como: 'texto' },
    { clave: 'afectacion', titulo: 'Cliente', campo: 'afectacion', como: 'texto' },
    COLUMNA_IMPORTANCIA,
    { clave: 'paso_origen', titulo: 'Paso PTE de origen', campo: 'id_paso_origen', como: 'texto', visible: false },
    COLUMNA_CLAVE,
    COLUMNA_COMENTARIO,
  ],
  ordenNatural: sql`ROW(o.tipo, ${POR_NUMEROS})`,
  protegidos: NINGUNO_PROTEGIDO,
  usos: [PASOS_DE_OT_VIVAS],
}
