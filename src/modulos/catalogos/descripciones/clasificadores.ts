/** Catalogues by which others are classified: types, statuses, fronts (catalogos.md §2, §3, §5). */
import { sql } from '../../../plataforma/sql.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'
import type { DescripcionCatalogo } from '../motor/motor.tipos.ts'
import {
  afectacion,
  COLUMNA_COMENTARIO,
  COLUMNA_DESCRIPCION,
  COLUMNA_ID,
  COMENTARIO,
  descripcion,
  mensajes,
  NIVEL_TIPO,
  PASOS_DE_OT_VIVAS,
  PASOS_DE_PTE_VIVAS,
  usoEnCatalogo,
  usoEnConcepto,
  usoEnOt,
  usoEnProducto,
  usoEnProduccion,
  usoEnPte,
} from './comunes.ts'
import { ESTATUS_PROTEGIDOS, FRENTES_PROTEGIDOS, TIPOS_PROTEGIDOS } from './protegidos.ts'

export const TIPOS: DescripcionCatalogo = {
  slug: 'tipos',
  rutaLista: 'tipos/datatable_tipos',
  tabla: 'tipo',
  modelo: 'tipo',
  tablaLog: TABLA_LOG.TIPO,
  titulo: 'TIPOS',
  nombre: 'Tipos',
  singular: 'tipo',
  mensajes: mensajes('tipo', 'o', '¿Estás seguro de eliminar este tipo y su afectación?'),
  titular: 'descripcion',
  campos: [
    descripcion(200),
    afectacion([
      { id: NIVEL_TIPO.PTE, texto: 'PTE' },
      { id: NIVEL_TIPO.OT, texto: 'OT' },
      { id: NIVEL_TIPO.PARTIDA, texto: 'Partida' },
      { id: NIVEL_TIPO.PRODUCCION, texto: 'Producción' },
      { id: NIVEL_TIPO.CLIENTES, texto: 'Clientes' },
    ]),
    COMENTARIO,
  ],
  ambito: ['afectacion'],
  columnas: [
    COLUMNA_DESCRIPCION,
    { clave: 'nivel_afectacion', titulo: 'Afectación', campo: 'afectacion', como: 'texto' },
    COLUMNA_COMENTARIO,
  ],
  ordenNatural: sql`ROW(o.nivel_afectacion, texto_clave(o.descripcion))`,
  protegidos: TIPOS_PROTEGIDOS,
  usos: [
    usoEnPte('id_tipo'),
    usoEnOt('id_tipo'),
    usoEnCatalogo('cliente', 'cliente', 'clientes', 'id_tipo'),
    usoEnCatalogo('paso', 'paso de la plantilla de PTE', 'pasos de las plantillas de PTE', 'id_tipo_cliente'),
    usoEnCatalogo('paso_ot', 'paso de la plantilla de OT', 'pasos de las plantillas de OT', 'tipo', 'id_tipo_cliente'),
    usoEnConcepto('id_tipo_partida'),
    usoEnProducto('id_tipo_partida'),
  ],
}

export const ESTATUS: DescripcionCatalogo = {
  slug: 'estatus',
  rutaLista: 'datatable_estcobro',
  tabla: 'cat_estatus',
  modelo: 'estatus',
  tablaLog: TABLA_LOG.ESTATUS,
  titulo: 'CATÁLOGO DE ESTATUS',
  nombre: 'Estatus',
  singular: 'estatus',
  mensajes: mensajes('estatus', 'o', '¿Estás seguro de eliminar este estatus y su afectación?'),
  titular: 'descripcion',
  campos: [
    descripcion(100),
    afectacion([
      { id: 1, texto: 'PTE' },
      { id: 2, texto: 'OT' },
      { id: 3, texto: 'Cobro' },
      { id: 4, texto: 'Pasos PTE' },
      { id: 5, texto: 'Cierre de reporte mensual' },
      { id: 6, texto: 'Estatus operativo diario y GPU' },
    ]),
    COMENTARIO,
  ],
  ambito: ['afectacion'],
  columnas: [
    COLUMNA_ID,
    COLUMNA_DESCRIPCION,
    { clave: 'nivel_afectacion', titulo: 'Afectación', campo: 'afectacion', como: 'valor', soloDato: true },
    { clave: 'afectacion_texto', titulo: 'Afectación', campo: 'afectacion', como: 'texto' },
    COLUMNA_COMENTARIO,
  ],
  ordenNatural: sql`o.nivel_afectacion`,
  protegidos: ESTATUS_PROTEGIDOS,
  usos: [
    usoEnOt('id_estatus_ot'),
    { ...PASOS_DE_PTE_VIVAS, columnas: ['estatus_paso'] },
    { ...PASOS_DE_OT_VIVAS, columnas: ['estatus_paso'] },
    usoEnProduccion('reporte_mensual_header', 'mes de producción', 'meses de producción', 'id_estatus'),
    usoEnProduccion('reporte_diario_detalle', 'reporte diario', 'reportes diarios', 'id_estatus'),
    usoEnProduccion('produccion', 'volumen producido', 'volúmenes producidos', 'id_estatus_cobro'),
    usoEnProduccion('registro_generadores_pu', 'GPU', 'GPU', 'id_estatus'),
  ],
}

export const FRENTES: DescripcionCatalogo = {
  slug: 'frentes',
  rutaLista: 'datatable_frentes',
  tabla: 'frente',
  modelo: 'frente',
  tablaLog: TABLA_LOG.FRENTE,
  titulo: 'FRENTES',
  nombre: 'Frentes',
  singular: 'frente',
  mensajes: mensajes('frente', 'o', '¿Estás seguro de eliminar este frente y su afectación?'),
  titular: 'descripcion',
  campos: [
    descripcion(200),
    afectacion([
      { id: 1, texto: 'Sitios' },
      { id: 2, texto: 'OTs' },
    ]),
    COMENTARIO,
  ],
  ambito: ['afectacion'],
  columnas: [
    COLUMNA_ID,
    COLUMNA_DESCRIPCION,
    { clave: 'nivel_afectacion', titulo: 'Afectación', campo: 'afectacion', como: 'texto' },
    COLUMNA_COMENTARIO,
  ],
  ordenNatural: sql`o.id`,
  protegidos: FRENTES_PROTEGIDOS,
  usos: [usoEnOt('id_frente'), usoEnCatalogo('sitio', 'sitio', 'sitios', 'id_frente')],
}
