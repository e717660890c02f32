/** Contract, annex and sub-annex in the words of `niveles.tipos.ts` (catalogos.md §2, §7; names of settled.md §6). */
import { sql } from '../../../plataforma/sql.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'
import { LARGO_CONTRATO, TIPO_ANEXO } from '../contratos.tipos.ts'
import { TEXTO_TIPO_ANEXO, type ClaveNivel } from './niveles.contrato.ts'
import type { CampoDeNivel, Nivel } from './niveles.tipos.ts'

const DESCRIPCION = {
  nombre: 'descripcion',
  columna: 'descripcion',
  etiqueta: 'Descripción',
  sujeto: 'La descripción',
  obligatorio: 'La descripción es obligatoria',
} as const

function importe(nombre: string, etiqueta: string, sujeto: string): CampoDeNivel {
  return { nombre, columna: nombre, etiqueta, sujeto, obligatorio: null, clase: 'importe' }
}

const MONTOS: readonly CampoDeNivel[] = [
  importe('monto_mn', 'Monto MN', 'El monto MN'),
  importe('monto_usd', 'Monto USD', 'El monto USD'),
]

export const CONTRATOS: Nivel = {
  clave: 'contratos',
  tabla: 'contrato',
  modelo: 'contrato',
  tablaLog: TABLA_LOG.CONTRATO,
  nombre: 'contrato',
  titulo: 'Contratos',
  titular: 'numero_contrato',
  campos: [
    {
      nombre: 'numero_contrato',
      columna: 'numero_contrato',
      etiqueta: 'Número',
      sujeto: 'El número',
      obligatorio: 'El número es obligatorio',
      clase: 'linea',
      largo: LARGO_CONTRATO.numeroContrato,
    },
    { ...DESCRIPCION, clase: 'texto' },
    {
      nombre: 'cliente',
      columna: 'id_cliente',
      etiqueta: 'Cliente',
      sujeto: 'El cliente',
      obligatorio: 'El cliente es obligatorio',
      clase: 'referencia',
      tabla: 'cliente',
      texto: sql`r.descripcion`,
    },
    {
      nombre: 'fecha_inicio',
      columna: 'fecha_inicio',
      etiqueta: 'Fecha inicio',
      sujeto: 'La fecha de inicio',
      obligatorio: 'La fecha de inicio es obligatoria',
      clase: 'dia',
    },
    {
      nombre: 'fecha_termino',
      columna: 'fecha_termino',
      etiqueta: 'Fecha término',
      sujeto: 'La fecha de término',
      obligatorio: 'La fecha de término es obligatoria',
      clase: 'dia',
    },
    ...MONTOS,
  ],
  padre: null,
  unico: {
    soloActivos: false,
    repetido: 'Ya existe un contrato con ese número. Escribe otro.',
    inactivo: 'Un contrato inactivo ya tiene ese número. Reactívalo o escribe otro.',
  },
}

export const ANEXOS: Nivel = {
  clave: 'anexos',
  tabla: 'contrato_anexo_maestro',
  modelo: 'anexocontrato',
  tablaLog: TABLA_LOG.ANEXO_CONTRATO,
  nombre: 'anexo',
  titulo: 'Anexos de contrato',
  titular: 'clave',
  campos: [
    {
      nombre: 'contrato',
      columna: 'id_contrato',
      etiqueta: 'Contrato',
      sujeto: 'El contrato',
      obligatorio: 'El contrato es obligatorio',
      clase: 'referencia',
      tabla: 'contrato',
      texto: sql`r.numero_contrato`,
    },
    {
      nombre: 'clave',
      columna: 'clave',
      etiqueta: 'Clave',
      sujeto: 'La clave',
      obligatorio: 'La clave es obligatoria',
      clase: 'linea',
      largo: LARGO_CONTRATO.claveAnexoMaestro,
    },
    { ...DESCRIPCION, clase: 'linea', largo: LARGO_CONTRATO.descripcionAnexo },
    {
      nombre: 'tipo',
      columna: 'tipo',
      etiqueta: 'Tipo',
      sujeto: 'El tipo',
      obligatorio: 'El tipo es obligatorio',
      clase: 'opcion',
      opciones: TEXTO_TIPO_ANEXO,
      porDefecto: TIPO_ANEXO.FINANCIERO,
    },
    ...MONTOS,
  ],
  padre: { campo: 'contrato', nivel: 'contratos' },
  unico: {
    soloActivos: true,
    repetido: 'El contrato ya tiene un anexo con esa clave. Escribe otra.',
    inactivo: '',
  },
}

export const SUB_ANEXOS: Nivel = {
  clave: 'sub_anexos',
  tabla: 'contrato_sub_anexo',
  modelo: 'subanexo',
  tablaLog: TABLA_LOG.SUB_ANEXO,
  nombre: 'sub-anexo',
  titulo: 'Sub-anexos',
  titular: 'clave_anexo',
  campos: [
    {
      nombre: 'anexo_maestro',
      columna: 'id_anexo_maestro',
      etiqueta: 'Anexo',
      sujeto: 'El anexo',
      obligatorio: 'El anexo es obligatorio',
      clase: 'referencia',
      tabla: 'contrato_anexo_maestro',
      texto: sql`(SELECT k.numero_contrato FROM contrato k WHERE k.id = r.id_contrato) || ' · ' || r.clave`,
    },
    {
      nombre: 'clave_anexo',
      columna: 'clave_anexo',
      etiqueta: 'Clave',
      sujeto: 'La clave',
      obligatorio: 'La clave es obligatoria',
      ayuda: 'Como la escriben los libros del contrato, por ejemplo C-2. Se guarda en mayúsculas.',
      clase: 'linea',
      largo: LARGO_CONTRATO.claveAnexo,
      mayusculas: true,
    },
    { ...DESCRIPCION, clase: 'texto' },
    {
      nombre: 'unidad_medida',
      columna: 'id_unidad_medida',
      etiqueta: 'Unidad de medida',
      sujeto: 'La unidad de medida',
      obligatorio: 'La unidad de medida es obligatoria',
      clase: 'referencia',
      tabla: 'unidad_medida',
      texto: sql`r.clave`,
    },
    {
      nombre: 'cantidad',
      columna: 'cantidad',
      etiqueta: 'Cantidad',
      sujeto: 'La cantidad',
      obligatorio: null,
      clase: 'cantidad',
    },
    importe('precio_unitario_mn', 'P.U. MN', 'El P.U. MN'),
    importe('precio_unitario_usd', 'P.U. USD', 'El P.U. USD'),
  ],
  padre: { campo: 'anexo_maestro', nivel: 'anexos' },
  unico: {
    soloActivos: false,
    repetido: 'El anexo ya tiene un sub-anexo con esa clave. Escribe otra.',
    inactivo: 'Un sub-anexo inactivo de este anexo ya tiene esa clave. Reactívalo o escribe otra.',
  },
}

/** The three levels by their key. */
export function nivelDe(clave: ClaveNivel): Nivel {
  return clave === 'contratos' ? CONTRATOS : clave === 'anexos' ? ANEXOS : SUB_ANEXOS
}
