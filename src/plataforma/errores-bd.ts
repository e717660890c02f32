import { Conflicto, DatosInvalidos, type ErrorDeDominio } from '../comun/errores.ts'

/**
 * The sentence of each named constraint: what happened, in which field and what to do. The only place where database
 * errors become domain errors (architecture §7). `tests/integracion/esquema.test.ts` fails when a constraint that a
 * person can reach has none.
 */
interface Frase {
  /** `dato` = what was sent is wrong (400); `choque` = it collides with what is stored (409). */
  readonly clase: 'dato' | 'choque'
  readonly mensaje: string
  /** Field of the form it belongs to, when there is one. */
  readonly campo?: string
}

const dato = (mensaje: string, campo?: string): Frase => frase('dato', mensaje, campo)
const choque = (mensaje: string, campo?: string): Frase => frase('choque', mensaje, campo)

function frase(clase: Frase['clase'], mensaje: string, campo: string | undefined): Frase {
  return campo === undefined ? { clase, mensaje } : { clase, mensaje, campo }
}

const DESCRIPCION_REPETIDA = choque('Ya existe un registro con esa descripción.', 'descripcion')
const DESCRIPCION_VACIA = dato('Escribe la descripción.', 'descripcion')
const CLAVE_REPETIDA = choque('Ya existe un registro con esa clave. Escribe otra.', 'clave')
const CLAVE_VACIA = dato('Escribe la clave.', 'clave')
const ORDEN_FORMA = dato('El orden del paso se escribe con números y puntos, por ejemplo 4 o 4.1.', 'orden')
const IMPORTANCIA = dato('La importancia no puede ser negativa.', 'importancia')
const ENLACE = dato('El enlace debe empezar con http:// o https:// y tener hasta 2000 caracteres.', 'archivo')
const ESTATUS_PASO = dato('El estatus del paso no es válido. Elige uno de la lista.', 'nuevo_estatus')
const RESPONSABLE = dato('El responsable del proyecto ya no existe. Elige otro.', 'responsable_proyecto')
const CLIENTE = dato('El cliente ya no existe. Elige otro.', 'id_cliente')
const PASO_REPETIDO = choque('Ese paso ya está en la lista. Actualiza la página para verlo.')
const PASO_INEXISTENTE = dato('El paso ya no existe en la plantilla. Actualiza la página e inténtalo de nuevo.')
const MONTO_MN = dato('El monto en pesos no puede ser negativo.', 'monto_mn')
const MONTO_USD = dato('El monto en dólares no puede ser negativo.', 'monto_usd')
const PRECIO_MN = dato('El precio en pesos no puede ser negativo.', 'precio_unitario_mn')
const PRECIO_USD = dato('El precio en dólares no puede ser negativo.', 'precio_unitario_usd')
const CANTIDAD = dato('La cantidad no puede ser negativa.', 'cantidad')
const UNIDAD = choque('La unidad de medida no existe, o hay registros que la usan.', 'unidad_medida')
const PARTIDA_OBLIGATORIA = dato('La Partida es obligatoria', 'id_partida')

export const FRASES: Readonly<Record<string, Frase>> = {
  // Modules
  core_modulo_app_name_unico: choque('Ese módulo ya está registrado.', 'app_name'),
  core_modulo_ruta_local: dato('La dirección del módulo empieza y termina con /.', 'ruta'),
  // Search
  indice_busqueda_tipo_valido: dato('Esa clase de registro no se puede buscar.'),
  // Tokens of the API
  token_acceso_nombre_unico: choque(
    'Ya tienes un token con ese nombre. Escribe otro, o revoca primero aquel.',
    'nombre',
  ),
  token_acceso_huella_unica: choque('No se pudo crear el token. Inténtalo de nuevo.'),
  token_acceso_nombre_no_vacio: dato('Escribe un nombre para el token.', 'nombre'),
  token_acceso_con_alcance: dato('Elige al menos una cosa que el token pueda leer.', 'alcances'),
  token_acceso_caduca_despues: dato('El token debe caducar después de hoy.', 'dias'),
  token_acceso_usuario_fk: dato('La persona del token ya no existe.'),
  // OT
  ot_folio_unico: choque('Ya existe una OT Inicial con ese folio. Escribe otro folio.', 'orden_trabajo'),
  ot_numero_reprogramacion_unico: choque(
    'Ya existe una reprogramación con ese número para esta OT. Escribe otro o deja el número vacío para asignar el siguiente.',
    'num_reprogramacion',
  ),
  ot_tipo_valido: dato('El tipo de la OT debe ser INICIAL o REPROGRAMACION.', 'id_tipo'),
  ot_tipo_inmutable: dato('El tipo de una OT no se puede cambiar.', 'id_tipo'),
  ot_tipo_fk: dato('El tipo de la OT no existe. Elige uno de la lista.', 'id_tipo'),
  ot_estatus_valido: dato('El estatus lógico de la OT debe ser -1, 0 o 1.', 'estatus'),
  ot_folio_no_vacio: dato('El Folio de la OT es obligatorio', 'orden_trabajo'),
  ot_descripcion_no_vacia: dato('Escribe la descripción del trabajo.', 'descripcion_trabajo'),
  ot_oficio_no_vacio: dato('El oficio no puede quedar vacío. Escribe PENDIENTE si aún no lo tienes.', 'oficio_ot'),
  ot_reprogramacion_con_principal: dato('Para una reprogramación, debe seleccionar la OT Inicial.', 'ot_principal'),
  ot_inicial_sin_principal: dato(
    'Una OT Inicial no lleva OT principal, número ni motivo de reprogramación. Deja esos campos vacíos.',
    'ot_principal',
  ),
  ot_principal_distinta: dato('Una OT no puede ser su propia OT Inicial. Elige otra.', 'ot_principal'),
  ot_principal_inicial: dato('La OT principal debe ser una OT Inicial. Elige otra.', 'ot_principal'),
  ot_principal_fk: choque(
    'La OT Inicial no existe, o tiene reprogramaciones que dependen de ella. Elige otra o atiende primero sus reprogramaciones.',
    'ot_principal',
  ),
  ot_numero_reprogramacion_positivo: dato(
    'El número de reprogramación debe ser un número entero mayor o igual a 1.',
    'num_reprogramacion',
  ),
  ot_motivo_valido: dato(
    'El motivo debe ser clima, recursos, alcance, cliente u otro. Elige uno de la lista.',
    'motivo_reprogramacion',
  ),
  ot_monto_mxn_no_negativo: dato('El monto en pesos no puede ser negativo.', 'monto_mxn'),
  ot_monto_usd_no_negativo: dato('El monto en dólares no puede ser negativo.', 'monto_usd'),
  ot_plazo_no_negativo: dato('El plazo no puede ser negativo.', 'plazo_dias'),
  ot_frente_valido: dato('El frente debe ser TIERRA, BARCO o CP / PS.', 'id_frente'),
  ot_frente_fk: dato('El frente no existe. Elige uno de la lista.', 'id_frente'),
  ot_patio_requerido: dato('La fase de patio necesita un patio y un frente distinto de TIERRA.', 'id_patio_fase'),
  ot_embarcacion_clase: dato('El sitio elegido no es una embarcación. Elige otro.', 'id_embarcacion'),
  ot_embarcacion_fk: dato('La embarcación ya no existe. Elige otra.', 'id_embarcacion'),
  ot_plataforma_clase: dato('El sitio elegido no es una plataforma. Elige otro.', 'id_plataforma'),
  ot_plataforma_fk: dato('La plataforma ya no existe. Elige otra.', 'id_plataforma'),
  ot_intercom_clase: dato('El sitio elegido no es de intercom. Elige otro.', 'id_intercom'),
  ot_intercom_fk: dato('El sitio de intercom ya no existe. Elige otro.', 'id_intercom'),
  ot_patio_clase: dato('El sitio elegido no es un patio. Elige otro.', 'id_patio'),
  ot_patio_fk: dato('El patio ya no existe. Elige otro.', 'id_patio'),
  ot_estatus_ot_nivel: dato(
    'El estatus elegido no es de órdenes de trabajo. Elige uno de la lista.',
    'nuevo_estatus_id',
  ),
  ot_estatus_ot_fk: dato('El estatus no existe. Elige uno de la lista.', 'nuevo_estatus_id'),
  ot_responsable_fk: RESPONSABLE,
  ot_cliente_fk: CLIENTE,
  ot_pte_fk: choque('La PTE no existe, o tiene órdenes de trabajo que dependen de ella.', 'id_pte_header'),
  ot_detalle_paso_unico: PASO_REPETIDO,
  ot_detalle_estatus_valido: ESTATUS_PASO,
  ot_detalle_estatus_fk: ESTATUS_PASO,
  ot_detalle_archivo_enlace: ENLACE,
  ot_detalle_ot_fk: choque('La orden de trabajo ya no existe. Actualiza la página.'),
  ot_detalle_paso_fk: PASO_INEXISTENTE,

  // PTE
  pte_header_estatus_valido: dato('El estatus de la PTE no es válido. Elige uno de la lista.', 'estatus'),
  pte_header_prioridad_valida: dato('La prioridad debe ser ALTA, MEDIA, BAJA o TBD.', 'id_prioridad'),
  pte_header_plazo_positivo: dato('El plazo debe ser mayor a 0.', 'plazo_dias'),
  pte_header_total_no_negativo: dato('El total homologado no puede ser negativo.', 'total_homologado'),
  pte_header_oficio_no_vacio: dato('El folio de la PTE no puede quedar vacío.', 'oficio_pte'),
  pte_header_solicitud_no_vacia: dato('El oficio de solicitud no puede quedar vacío.', 'oficio_solicitud'),
  pte_header_descripcion_no_vacia: dato('Escribe la descripción del trabajo.', 'descripcion_trabajo'),
  pte_header_tipo_nivel: dato('El tipo elegido no es de PTE. Elige uno de la lista.', 'id_tipo'),
  pte_header_tipo_fk: dato('El tipo de PTE ya no existe. Elige otro.', 'id_tipo'),
  pte_header_responsable_fk: RESPONSABLE,
  pte_header_cliente_fk: CLIENTE,
  pte_detalle_paso_unico: PASO_REPETIDO,
  pte_detalle_estatus_valido: ESTATUS_PASO,
  pte_detalle_estatus_fk: ESTATUS_PASO,
  pte_detalle_archivo_enlace: ENLACE,
  pte_detalle_pte_fk: choque('La PTE ya no existe. Actualiza la página.'),
  pte_detalle_paso_fk: PASO_INEXISTENTE,

  // Catalogues
  tipo_descripcion_unica: DESCRIPCION_REPETIDA,
  tipo_descripcion_no_vacia: DESCRIPCION_VACIA,
  tipo_nivel_valido: dato('El nivel de afectación del tipo no es válido. Elige uno de la lista.', 'nivel_afectacion'),
  frente_descripcion_unica: DESCRIPCION_REPETIDA,
  frente_descripcion_no_vacia: DESCRIPCION_VACIA,
  frente_nivel_valido: dato('El nivel del frente debe ser Sitios u OTs.', 'nivel_afectacion'),
  sitio_descripcion_unica: DESCRIPCION_REPETIDA,
  sitio_descripcion_no_vacia: DESCRIPCION_VACIA,
  sitio_frente_fk: choque('El frente no existe, o tiene sitios que dependen de él.', 'id_frente'),
  sitio_clase_en_uso: choque(
    'No se puede cambiar el frente del sitio: hay órdenes de trabajo que lo usan con su frente actual.',
    'id_frente',
  ),
  cat_estatus_descripcion_unica: DESCRIPCION_REPETIDA,
  cat_estatus_descripcion_no_vacia: DESCRIPCION_VACIA,
  cat_estatus_nivel_valido: dato(
    'El nivel de afectación del estatus no es válido. Elige uno de la lista.',
    'nivel_afectacion',
  ),
  cat_estatus_clave_unica: CLAVE_REPETIDA,
  cat_estatus_clave_forma: dato('La clave se escribe con mayúsculas, números y guion bajo, sin espacios.', 'clave'),
  unidad_medida_descripcion_unica: DESCRIPCION_REPETIDA,
  unidad_medida_descripcion_no_vacia: DESCRIPCION_VACIA,
  unidad_medida_clave_unica: CLAVE_REPETIDA,
  unidad_medida_clave_no_vacia: CLAVE_VACIA,
  cliente_descripcion_unica: DESCRIPCION_REPETIDA,
  cliente_descripcion_no_vacia: DESCRIPCION_VACIA,
  cliente_tipo_fk: choque('El tipo de cliente no existe, o tiene clientes que dependen de él.', 'id_tipo'),
  responsable_proyecto_descripcion_unica: DESCRIPCION_REPETIDA,
  responsable_proyecto_descripcion_no_vacia: DESCRIPCION_VACIA,
  paso_descripcion_unica: DESCRIPCION_REPETIDA,
  paso_descripcion_no_vacia: DESCRIPCION_VACIA,
  paso_orden_forma: ORDEN_FORMA,
  paso_importancia_no_negativa: IMPORTANCIA,
  paso_tipo_valido: dato('El paso debe ser principal o subpaso.', 'tipo'),
  paso_tipo_cliente_fk: choque('El tipo de cliente no existe, o tiene pasos que dependen de él.', 'id_tipo_cliente'),
  paso_ot_descripcion_unica: DESCRIPCION_REPETIDA,
  paso_ot_descripcion_no_vacia: DESCRIPCION_VACIA,
  paso_ot_orden_forma: ORDEN_FORMA,
  paso_ot_importancia_no_negativa: IMPORTANCIA,
  paso_ot_tipo_valido: dato('La plantilla debe ser INICIAL, REPROGRAMACION o INTERCOM.', 'tipo'),
  paso_ot_tipo_fk: choque('La plantilla no existe, o tiene pasos que dependen de ella.', 'tipo'),
  paso_ot_tipo_cliente_fk: choque('El tipo de cliente no existe, o tiene pasos que dependen de él.', 'id_tipo_cliente'),
  paso_ot_paso_origen_fk: choque('El paso de PTE no existe, o hay pasos de OT que se copian de él.', 'id_paso_origen'),
  superintendente_nombre_unico: choque('Ese sitio ya tiene un superintendente con ese nombre.', 'nombre'),
  superintendente_nombre_no_vacio: dato('Escribe el nombre.', 'nombre'),
  superintendente_color_forma: dato('El color se escribe con # y seis cifras, por ejemplo #3498db.', 'color'),
  superintendente_sitio_fk: choque('El sitio no existe, o tiene superintendentes asignados.', 'sitio_asignado'),
  cat_categoria_clave_unica: CLAVE_REPETIDA,
  cat_categoria_clave_no_vacia: CLAVE_VACIA,
  cat_categoria_descripcion_no_vacia: DESCRIPCION_VACIA,
  cat_subcategoria_clave_unica: CLAVE_REPETIDA,
  cat_subcategoria_clave_no_vacia: CLAVE_VACIA,
  cat_subcategoria_descripcion_no_vacia: DESCRIPCION_VACIA,
  cat_subcategoria_categoria_fk: choque(
    'La categoría no existe, o tiene subcategorías que dependen de ella.',
    'categoria',
  ),
  cat_clasificacion_clave_unica: CLAVE_REPETIDA,
  cat_clasificacion_clave_no_vacia: CLAVE_VACIA,
  cat_clasificacion_descripcion_no_vacia: DESCRIPCION_VACIA,
  cat_clasificacion_subcategoria_fk: choque(
    'La subcategoría no existe, o tiene clasificaciones que dependen de ella.',
    'subcategoria',
  ),

  // Annex
  importacion_anexo_activo_unico: choque(
    'La OT ya tiene un anexo activo. Actualiza la página y decide si lo reemplazas.',
    'archivo',
  ),
  importacion_anexo_ot_fk: choque('La orden de trabajo no existe, o tiene anexos importados que dependen de ella.'),
  partida_anexo_importada_volumen_no_negativo: dato(
    'El volumen de una partida no puede ser negativo.',
    'volumen_proyectado',
  ),
  partida_anexo_importada_precio_mn_no_negativo: dato(
    'El precio en pesos de una partida no puede ser negativo.',
    'precio_unitario_mn',
  ),
  partida_anexo_importada_precio_usd_no_negativo: dato(
    'El precio en dólares de una partida no puede ser negativo.',
    'precio_unitario_usd',
  ),
  partida_anexo_importada_unidad_fk: choque(
    'La unidad de medida no existe, o hay partidas que la usan.',
    'unidad_medida',
  ),
  partida_anexo_importada_importacion_fk: choque('La importación del anexo ya no existe. Vuelve a cargar el archivo.'),

  importacion_anexo_numero_unico: choque(
    'Otra persona cargó un anexo de esta OT al mismo tiempo. Vuelve a intentarlo.',
  ),
  importacion_anexo_deshecha_por_fk: choque('La cuenta ya no existe. Actualiza la página.'),
  importacion_anexo_deshecha_inactiva: choque('Esa versión del anexo ya se deshizo. Actualiza la página.'),
  importacion_anexo_archivo_fk: choque('El archivo del anexo ya no existe, o un anexo lo usa.'),
  partida_anexo_importada_concepto_unico: choque('Ese concepto ya está en el anexo de la OT.'),
  partida_anexo_importada_concepto_fk: choque('El concepto ya no existe, o hay partidas que lo usan.'),
  partida_anexo_importada_maestro_fk: choque('El concepto del catálogo ya no existe, o hay partidas que lo usan.'),
  concepto_consolidado_ot_fk: choque('La orden de trabajo no existe, o tiene conceptos que dependen de ella.'),
  concepto_consolidado_unidad_fk: choque(
    'La unidad de medida no existe, o hay conceptos que la usan.',
    'unidad_medida',
  ),

  // Production
  reporte_mensual_header_unico: choque('Otra persona abrió este mes al mismo tiempo. Vuelve a intentarlo.'),
  reporte_mensual_header_mes_valido: dato('El mes va de 1 a 12.', 'mes'),
  reporte_mensual_header_anio_valido: dato('El año va de 2000 a 2100.', 'anio'),
  reporte_mensual_header_enlace_forma: ENLACE,
  reporte_mensual_header_firma_con_enlace: choque(
    'Para marcar el mes como firmado falta el enlace de su evidencia.',
    'archivo',
  ),
  reporte_mensual_header_ot_fk: choque('La orden de trabajo no existe, o tiene producción que depende de ella.'),
  reporte_mensual_header_estatus_fk: choque('El estatus no existe, o hay meses que lo usan.'),
  reporte_diario_detalle_unico: choque('Otra persona marcó ese día al mismo tiempo. Vuelve a intentarlo.'),
  reporte_diario_detalle_mensual_fk: dato('El día no es del mes del reporte.', 'fecha'),
  reporte_diario_detalle_sitio_fk: choque('El sitio no existe, o tiene reportes diarios.', 'id_sitio'),
  reporte_diario_detalle_estatus_fk: choque('El estatus no existe, o hay reportes diarios que lo usan.'),
  reporte_diario_detalle_estatus_valido: dato(
    'El estatus del día es FIRMADO, FALTA FIRMA PEMEX, PENDIENTE o PROCESO.',
    'estatus',
  ),
  produccion_unica: choque('Otra persona capturó ese mismo día y concepto al mismo tiempo. Vuelve a intentarlo.'),
  produccion_dia_firmado: choque('Ese día ya está firmado: su producción no se puede cambiar.'),
  produccion_mes_cerrado: choque('Ese mes está cerrado: su producción no se puede cambiar.'),
  produccion_volumen_positivo: dato('El volumen debe ser mayor que cero.', 'valor'),
  produccion_tipo_tiempo_valido: dato('El tipo de afectación es TE o CMA.', 'tipo_tiempo'),
  produccion_partida_fk: choque('La partida ya no existe, o tiene producción.'),
  produccion_mensual_fk: dato('El día no es del mes de la producción.', 'fecha'),
  produccion_sitio_fk: choque('El sitio no existe, o tiene producción.', 'id_sitio'),
  produccion_cobro_fk: choque('El estatus no existe, o hay producción que lo usa.'),
  registro_generadores_pu_produccion_unica: choque('Esa producción ya tiene su GPU. Actualiza la página.'),
  registro_generadores_pu_produccion_fk: choque('La producción ya no existe, o tiene un GPU.'),
  registro_generadores_pu_estatus_fk: choque('El estatus no existe, o hay GPU que lo usan.'),
  registro_generadores_pu_estatus_valido: dato(
    'El estatus del GPU es PENDIENTE, PROCESO, FALTA FIRMA PEMEX o FIRMADO.',
    'estatus_id',
  ),
  registro_generadores_pu_enlace_forma: ENLACE,
  evidencia_gpu_archivo_unico: choque('Ese archivo ya es evidencia de este GPU.', 'archivo'),
  evidencia_gpu_gpu_fk: choque('El GPU ya no existe, o tiene evidencia.'),
  evidencia_gpu_archivo_fk: choque('El archivo ya no existe, o es evidencia de un GPU.'),
  evidencia_gpu_retiro_completo: dato('Escribe por qué se retira la evidencia.', 'motivo'),
  guardias_vigencia_unica: choque('Ese sitio ya tiene un cambio de guardia desde ese día.', 'vigente_desde'),
  guardias_personas_distintas: dato('Elige dos superintendentes distintos.', 'id_super_b'),
  guardias_dias_ciclo_valido: dato('El ciclo de guardia dura de 1 a 60 días.', 'dias_ciclo'),
  guardias_sitio_fk: choque('El sitio no existe, o tiene ciclos de guardia.', 'id_sitio'),
  guardias_super_a_fk: choque('El superintendente no existe, o tiene guardias.', 'id_super_a'),
  guardias_super_b_fk: choque('El superintendente no existe, o tiene guardias.', 'id_super_b'),

  // Estimaciones
  estimacion_header_numero_unico: choque(
    'Otra persona creó una estimación de esta OT al mismo tiempo. Vuelve a intentarlo.',
  ),
  estimacion_header_periodo_en_orden: dato('La fecha desde no puede ser posterior a la fecha hasta.', 'fecha_hasta'),
  estimacion_header_fecha_no_antes: dato(
    'La fecha de la estimación no puede ser anterior a la fecha desde.',
    'fecha_estimacion',
  ),
  estimacion_header_tipo_cambio_positivo: dato('El tipo de cambio debe ser mayor que cero.', 'tipo_cambio'),
  estimacion_header_tipo_cambio_dia_fk: choque('Ese tipo de cambio ya no existe, o hay estimaciones que lo usan.'),
  estimacion_header_transicion: choque(
    'La estimación no puede pasar a ese estatus desde el que tiene. Actualiza la página.',
  ),
  estimacion_header_dos_personas: choque(
    'Quien envió la estimación no puede autorizarla. Pide a otra persona que la autorice.',
  ),
  estimacion_header_permanece: choque('Una estimación no se borra ni cambia de OT o de número. Cancélala.'),
  estimacion_header_autorizada_completa: dato('Escribe la fecha de autorización.', 'fecha_autorizacion'),
  estimacion_header_facturada_completa: dato('Escribe el folio y la fecha de la factura.', 'folio_factura'),
  estimacion_header_cobrada_completa: dato('Escribe la fecha de cobro.', 'fecha_cobro'),
  estimacion_header_cobro_no_antes: dato('La fecha de cobro no puede ser anterior a la de la factura.', 'fecha_cobro'),
  estimacion_header_motivo_necesario: dato('Escribe el motivo.', 'motivo'),
  estimacion_header_ot_fk: choque('La orden de trabajo no existe, o tiene estimaciones.'),
  estimacion_header_estatus_fk: choque('El estatus no existe, o hay estimaciones que lo usan.'),
  estimacion_detalle_congelada: choque('La estimación ya se envió: sus líneas, precios y tipo de cambio no cambian.'),
  estimacion_detalle_volumen_en_rango: dato('El volumen estimado va de 0 al volumen producido.', 'volumen_estimado'),
  estimacion_detalle_rechazo_con_comentario: dato(
    'Escribe por qué se rechaza la línea (5 caracteres o más).',
    'comentario_ajuste',
  ),
  estimacion_detalle_produccion_unica: choque('Esa producción ya está en la estimación.'),
  estimacion_detalle_header_fk: choque('La estimación no existe, o tiene líneas.'),
  estimacion_detalle_produccion_fk: choque('La producción no existe, o está en una estimación.'),
  estimacion_prueba_cuadra: choque('La prueba de la estimación no cuadra. Avisa a quien administra el sistema.'),
  estimacion_prueba_congelada: choque('La prueba de una estimación enviada no cambia.'),
  estimacion_deduccion_nombre_no_vacio: dato('Escribe el nombre de la deducción.', 'nombre'),
  estimacion_deduccion_porcentaje_en_rango: dato('El porcentaje debe ser mayor que 0 y hasta 100.', 'porcentaje'),
  estimacion_deduccion_importe_no_negativo: dato('El importe de la deducción no puede ser negativo.', 'importe_mn'),
  estimacion_deduccion_con_valor: dato('Escribe el porcentaje o el importe de la deducción.', 'porcentaje'),
  estimacion_deduccion_nombre_unico: choque('Dos deducciones de la estimación no pueden llamarse igual.', 'nombre'),
  estimacion_deduccion_congelada: choque('La estimación ya se envió: sus deducciones no cambian.'),
  estimacion_header_neto_no_negativo: choque(
    'Las deducciones pasarían de lo que se cobra: quítalas o redúcelas antes de hacer ese cambio.',
  ),
  deduccion_usual_nombre_no_vacio: dato('Escribe el nombre de la deducción.', 'nombre'),
  deduccion_usual_nombre_unico: choque('Dos deducciones usuales no pueden llamarse igual.', 'nombre'),
  deduccion_usual_porcentaje_en_rango: dato('El porcentaje debe ser mayor que 0 y hasta 100.', 'porcentaje'),
  estimacion_deduccion_header_fk: choque('La estimación ya no existe.'),
  estimacion_instantanea_congelada: choque('La estimación ya se envió: lo que imprimen sus documentos no cambia.'),
  estimacion_instantanea_header_fk: choque('La estimación no existe.'),
  estimacion_comparacion_estimacion_fk: choque('La estimación ya no existe, o tiene comparaciones.'),
  estimacion_comparacion_archivo_fk: choque('El archivo ya no existe, o es de una comparación.'),
  estimacion_comparacion_aplicacion_completa: dato('Escribe el motivo (5 caracteres o más).', 'motivo'),
  estimacion_comparacion_permanece: choque('Una comparación no se borra ni cambia: sube el libro otra vez.'),
  produccion_volumen_ya_estimado: choque(
    'Ese volumen ya está en otra estimación. Actualiza la página para ver el saldo.',
  ),
  estimacion_detalle_permanece: choque('Una línea no cambia de producción ni de estimación.'),
  estimacion_header_ot_activa: choque('La OT no está activa: no se puede estimar su producción.'),
  estimacion_header_con_lineas: choque('La estimación no tiene líneas con volumen.'),
  // «una estimación» becomes the numbers, when the database says them.
  produccion_estimada: choque('Esa producción está en una estimación: quítala del borrador para cambiarla.'),
  registro_generadores_pu_estimado: choque(
    'El GPU está en una estimación: su estatus, su enlace y su evidencia no cambian.',
  ),
  reporte_diario_detalle_estimado: choque('Ese día tiene producción en una estimación: no se puede abrir.'),
  tipo_cambio_fecha_unica: choque('Ya hay un tipo de cambio de ese día. Edítalo.', 'fecha'),
  reporte_mensual_header_estimado: choque('Ese mes tiene producción en una estimación: no se puede abrir ni borrar.'),
  importacion_anexo_estimada: choque('El anexo tiene producción en una estimación: no se puede quitar.'),
  sitio_estimado: choque('El sitio tiene producción en una estimación: no se puede borrar.'),
  ot_estimada: choque('La OT tiene producción en una estimación: no se puede eliminar.'),
  tipo_cambio_valor_positivo: dato('El tipo de cambio debe ser mayor que cero.', 'valor'),
  tipo_cambio_fuente_no_vacia: dato('Escribe de dónde sale el tipo de cambio.', 'fuente'),

  // Contracts and prices
  contrato_numero_unico: choque('Ya existe un contrato con ese número. Escribe otro.', 'numero_contrato'),
  contrato_numero_no_vacio: dato('Escribe el número del contrato.', 'numero_contrato'),
  contrato_descripcion_no_vacia: DESCRIPCION_VACIA,
  contrato_fechas_en_orden: dato('La fecha de término no puede ser anterior a la de inicio.', 'fecha_termino'),
  contrato_monto_mn_no_negativo: MONTO_MN,
  contrato_monto_usd_no_negativo: MONTO_USD,
  contrato_cliente_fk: dato('El cliente ya no existe. Elige otro.', 'cliente'),
  contrato_anexo_maestro_clave_unica: choque('El contrato ya tiene un anexo con esa clave. Escribe otra.', 'clave'),
  contrato_anexo_maestro_clave_no_vacia: CLAVE_VACIA,
  contrato_anexo_maestro_descripcion_no_vacia: DESCRIPCION_VACIA,
  contrato_anexo_maestro_tipo_valido: dato('El tipo del anexo debe ser técnico, financiero o legal.', 'tipo'),
  contrato_anexo_maestro_monto_mn_no_negativo: MONTO_MN,
  contrato_anexo_maestro_monto_usd_no_negativo: MONTO_USD,
  contrato_anexo_maestro_archivo_con_nombre: dato(
    'El archivo del anexo llegó sin nombre. Vuelve a elegirlo.',
    'archivo',
  ),
  contrato_anexo_maestro_contrato_fk: choque('El contrato no existe, o tiene anexos que dependen de él.', 'contrato'),
  contrato_sub_anexo_clave_unica: choque('El anexo ya tiene un sub-anexo con esa clave. Escribe otra.', 'clave_anexo'),
  contrato_sub_anexo_clave_forma: dato(
    'La clave del sub-anexo se escribe en mayúsculas, sin espacios al inicio ni al final.',
    'clave_anexo',
  ),
  contrato_sub_anexo_descripcion_no_vacia: DESCRIPCION_VACIA,
  contrato_sub_anexo_cantidad_no_negativa: CANTIDAD,
  contrato_sub_anexo_precio_mn_no_negativo: PRECIO_MN,
  contrato_sub_anexo_precio_usd_no_negativo: PRECIO_USD,
  contrato_sub_anexo_anexo_fk: choque('El anexo no existe, o tiene sub-anexos que dependen de él.', 'anexo_maestro'),
  contrato_sub_anexo_unidad_fk: UNIDAD,
  contrato_concepto_maestro_tipo_valido: dato('El concepto debe ser ordinario o extraordinario.', 'tipo_partida'),
  contrato_concepto_maestro_ordinario_completo: dato(
    'Un concepto ordinario necesita partida y sub-anexo.',
    'id_partida',
  ),
  contrato_concepto_maestro_extraordinario_completo: PARTIDA_OBLIGATORIA,
  contrato_concepto_maestro_partida_no_vacia: PARTIDA_OBLIGATORIA,
  contrato_concepto_maestro_partida_ext_no_vacia: PARTIDA_OBLIGATORIA,
  contrato_concepto_maestro_descripcion_no_vacia: DESCRIPCION_VACIA,
  contrato_concepto_maestro_cantidad_no_negativa: CANTIDAD,
  contrato_concepto_maestro_precio_mn_no_negativo: PRECIO_MN,
  contrato_concepto_maestro_precio_usd_no_negativo: PRECIO_USD,
  contrato_concepto_maestro_estatus_valido: dato(
    'El estatus del PUE debe ser EN ELABORACION, AUTORIZADO o CANCELADA.',
    'estatus',
  ),
  contrato_concepto_maestro_ordinario_unico: choque(
    'Ya existe un concepto activo con esa partida, descripción y unidad en el sub-anexo.',
    'id_partida',
  ),
  contrato_concepto_maestro_extraordinario_unico: choque(
    'Ya existe un concepto extraordinario con esta clave.',
    'id_partida',
  ),
  contrato_concepto_maestro_tipo_fk: dato('El tipo de partida no existe.', 'tipo_partida'),
  contrato_concepto_maestro_sub_anexo_fk: choque(
    'El sub-anexo no existe, o tiene conceptos que dependen de él.',
    'anexo',
  ),
  contrato_concepto_maestro_seccion_fk: choque('La sección no existe, o tiene conceptos que dependen de ella.'),
  contrato_concepto_maestro_unidad_fk: UNIDAD,
  contrato_concepto_maestro_pte_fk: dato('La PTE de origen ya no existe.', 'pte_origen'),
  contrato_concepto_maestro_ot_fk: dato('La OT de origen ya no existe.', 'ot_origen'),
  contrato_concepto_precio_solo_altas: choque('La historia de un precio no se puede modificar ni borrar.'),

  // People, saved views, log
  user_username_unico: choque('Ya existe una cuenta con ese nombre de usuario. Escribe otro.', 'username'),
  user_username_no_vacio: dato('Escribe el nombre de usuario.', 'username'),
  user_email_unico: choque('Ya existe una cuenta activa con ese correo. Escribe otro.', 'email'),
  user_ultimo_superusuario: choque(
    'Es el último superusuario activo: si lo quitas, nadie podría administrar el sistema. Nombra antes a otro.',
  ),
  enlace_clave_usuario_fk: choque('La cuenta ya no existe. Actualiza la página.'),
  enlace_clave_uno_vivo: choque('Alguien más acaba de crear un enlace para esa cuenta. Inténtalo de nuevo.'),
  group_nombre_unico: choque('Ya existe un grupo con ese nombre. Escribe otro.', 'name'),
  group_nombre_no_vacio: dato('Escribe el nombre del grupo.', 'name'),
  user_groups_pkey: choque('La persona ya pertenece a ese grupo.', 'grupos'),
  user_groups_usuario_fk: choque('La cuenta ya no existe. Actualiza la página.'),
  user_groups_grupo_fk: choque('El grupo no existe, o todavía tiene personas.', 'grupos'),
  user_permissions_pkey: choque('La persona ya tiene ese permiso.', 'permisos'),
  user_permissions_usuario_fk: choque('La cuenta ya no existe. Actualiza la página.'),
  user_permissions_permiso_fk: choque('El permiso no existe, o alguien todavía lo tiene.', 'permisos'),
  group_permissions_pkey: choque('El grupo ya tiene ese permiso.', 'permisos'),
  group_permissions_grupo_fk: choque('El grupo ya no existe. Actualiza la página.'),
  group_permissions_permiso_fk: choque('El permiso no existe, o algún grupo todavía lo tiene.', 'permisos'),
  registro_actividad_solo_altas: choque('El registro de actividad no se puede modificar ni borrar.'),
  registro_actividad_usuario_fk: choque('La cuenta tiene actividad registrada y no se puede borrar. Desactívala.'),
  vista_guardada_nombre_unico: choque('Ya tienes una vista con ese nombre. Escribe otro.', 'nombre'),
  vista_guardada_nombre_no_vacio: dato('Escribe el nombre de la vista.', 'nombre'),
  vista_guardada_usuario_fk: choque('Tu cuenta ya no existe. Inicia sesión de nuevo.'),
}

/** Errors without a constraint that a person can still cause. */
const POR_CODIGO: Readonly<Record<string, Frase>> = {
  '22001': dato('Uno de los textos es más largo de lo permitido. Acórtalo e inténtalo de nuevo.'),
  '22003': dato('Uno de los números es más grande de lo permitido. Revísalo e inténtalo de nuevo.'),
}

const CODIGO_POR_CLASE: Readonly<Record<string, string>> = { LengthMismatch: '22001', ValueOutOfRange: '22003' }

/**
 * The domain error of a violated constraint, from an error of Prisma (through its adapter) or of pg, however wrapped.
 * @returns null when it is not one that a person can act on: it goes on to the edge as a fault of ours
 */
export function traducirErrorBd(error: unknown): ErrorDeDominio | null {
  const { restriccion, codigo, estimaciones } = leer(error)
  const hallada =
    (restriccion === null ? undefined : FRASES[restriccion]) ?? (codigo === null ? undefined : POR_CODIGO[codigo])
  if (hallada === undefined) return null
  const mensaje = estimaciones === null ? hallada.mensaje : hallada.mensaje.replace('una estimación', estimaciones)
  const opciones = hallada.campo === undefined ? {} : { campos: { [hallada.campo]: mensaje } }
  return hallada.clase === 'dato'
    ? new DatosInvalidos(mensaje, opciones)
    : new Conflicto(mensaje, { ...opciones, tipoAviso: 'error' })
}

interface Lectura {
  restriccion: string | null
  codigo: string | null
  /** «EST-1, EST-3»: where what was going to change is billed. */
  estimaciones: string | null
}

/** Goes down the wrappings: pg error, or Prisma error → meta.driverAdapterError → cause. */
function leer(error: unknown): Lectura {
  const leida: Lectura = { restriccion: null, codigo: null, estimaciones: null }
  for (let actual: unknown = error, vueltas = 0; esObjeto(actual) && vueltas < 6; vueltas += 1) {
    leida.codigo ??= codigoDe(actual)
    leida.restriccion ??= restriccionDe(actual)
    leida.estimaciones ??= estimacionesDe(actual)
    const meta = actual['meta']
    actual = esObjeto(meta) && meta['driverAdapterError'] ? meta['driverAdapterError'] : actual['cause']
  }
  return leida
}

function codigoDe(objeto: Record<string, unknown>): string | null {
  const { code, originalCode, kind } = objeto
  for (const valor of [originalCode, code])
    if (typeof valor === 'string' && /^[0-9A-Z]{5}$/.test(valor) && !valor.startsWith('P2')) return valor
  return typeof kind === 'string' ? (CODIGO_POR_CLASE[kind] ?? null) : null
}

function restriccionDe(objeto: Record<string, unknown>): string | null {
  const { constraint, originalMessage, message } = objeto
  if (typeof constraint === 'string') return constraint
  // The adapter calls it `index` for unique and foreign keys alike.
  if (esObjeto(constraint) && typeof constraint['index'] === 'string') return constraint['index']
  // It drops the name of a CHECK: only the sentence of PostgreSQL has it.
  for (const texto of [originalMessage, message]) {
    const nombre = typeof texto === 'string' ? /constraint \\?"([^"\\]+)\\?"/.exec(texto)?.[1] : undefined
    if (nombre !== undefined) return nombre
  }
  return null
}

function estimacionesDe({ originalMessage, message }: Record<string, unknown>): string | null {
  for (const texto of [originalMessage, message]) {
    const cuales =
      typeof texto === 'string' ? / is billed in (EST-.+?); violates constraint/.exec(texto)?.[1] : undefined
    if (cuales !== undefined) return cuales
  }
  return null
}

function esObjeto(valor: unknown): valor is Record<string, unknown> {
  return typeof valor === 'object' && valor !== null
}
