/** Modal to create a reprogramación or edit an OT (ot.md §7.6). */
import { diasEntre, leerFechaIso, sumarDias } from '../../../comun/fechas.ts'
import type { Envoltura } from '../../../comun/envoltura.ts'
import {
  FRENTE_DE_SITIO,
  FRENTE_OT,
  MOTIVOS_REPROGRAMACION,
  REGLAS_FRENTE,
  TIPO_OT,
  type CatalogosOt,
  type ClaseSitio,
  type DatosOt,
  rutaOt,
  type RespuestaAltaOt,
  type RespuestaDatosOt,
} from '../../../modulos/ot/ot.contrato.ts'
import { DialogoFormulario } from '../../componentes/dialogo-formulario.ts'
import { buscarOtIniciales } from '../../componentes/ot-iniciales.ts'
import { avisar } from '../../comun/avisos.ts'
import { crear, exigir, todos } from '../../comun/dom.ts'
import type { Formulario } from '../../comun/formulario.ts'
import { enviar, obtener } from '../../comun/http.ts'
import { focoDe, habilitar, hacerBuscable, ponerOpciones } from '../../comun/seleccion.ts'

const CLASES: readonly ClaseSitio[] = ['embarcacion', 'patio', 'plataforma', 'intercom']

export class FormularioOt {
  private readonly dialogo: DialogoFormulario<DatosOt>
  private readonly forma: HTMLFormElement
  private readonly catalogos: CatalogosOt
  private readonly alGuardar: (respuesta: Envoltura) => void
  private readonly formulario: Formulario
  private idOt: number | null = null
  private idTipo: number = TIPO_OT.REPROGRAMACION

  constructor(catalogos: CatalogosOt, alGuardar: (respuesta: Envoltura) => void) {
    this.catalogos = catalogos
    this.alGuardar = alGuardar
    this.dialogo = new DialogoFormulario<DatosOt>({
      id: 'ot',
      tituloConflicto: 'Alguien más cambió esta OT',
      valoresDe,
      llenar: (valores, textos) => {
        this.llenar(valores, textos)
      },
      validar: () => this.validar(),
      guardar: (datos) => this.guardar(datos),
      textosDeBorrador: (valores) => folioDePrincipal(valores['ot_principal'] ?? ''),
    })
    this.forma = this.dialogo.forma
    this.formulario = this.dialogo.formulario
    ponerOpciones(
      this.formulario.seleccion('motivo_reprogramacion'),
      MOTIVOS_REPROGRAMACION.map(({ clave, texto }) => ({ valor: clave, texto })),
    )
    hacerBuscable(this.formulario.seleccion('ot_principal'), {
      cargar: (texto) => buscarOtIniciales(texto, this.idOt ?? undefined),
    })
    this.activar()
  }

  private activar(): void {
    const f = this.formulario
    f.control('id_frente').addEventListener('change', () => {
      this.mostrarSitios()
    })
    f.control('check_fase_patio').addEventListener('change', () => {
      this.mostrarFase()
    })
    for (const nombre of ['fecha_inicio_programado', 'plazo_dias']) {
      f.control(nombre).addEventListener('change', () => {
        this.calcularTermino()
      })
    }
    f.control('fecha_termino_programado').addEventListener('change', () => {
      this.calcularPlazo()
    })
    f.control('ot_principal').addEventListener('change', () => {
      if (this.idOt === null && f.valor('ot_principal') !== '') void this.precargar(Number(f.valor('ot_principal')))
    })
  }

  // ------------------------------------------------------------------------------------------------ opening

  /** Empty form for a reprogramación; the principal is the first thing asked for. */
  abrirNueva(): void {
    this.idOt = null
    this.preparar(TIPO_OT.REPROGRAMACION)
    this.llenar({})
    this.dialogo.abrir('Crear reprogramación', 'nueva')
    const principal = this.formulario.seleccion('ot_principal')
    principal.closest('[data-campo]')?.classList.add('realzado')
    focoDe(principal).focus()
  }

  /** The OT as it is now. */
  async abrirEdicion(id: number): Promise<void> {
    const { datos } = await obtener<RespuestaDatosOt>('/operaciones/ot/obtener_datos/', { id })
    this.idOt = id
    this.preparar(datos.id_tipo_id)
    this.llenar(valoresDe(datos), datos.textos)
    this.dialogo.abrir('Editar OT', String(id))
    this.formulario.control('orden_trabajo').focus()
  }

  private preparar(tipo: number): void {
    this.idTipo = tipo
    const deReprogramacion = tipo === TIPO_OT.REPROGRAMACION
    for (const grupo of todos('[data-solo-reprogramacion]', HTMLElement, this.forma)) grupo.hidden = !deReprogramacion
    for (const nombre of ['ot_principal', 'num_reprogramacion', 'motivo_reprogramacion', 'comentario_reprogramacion']) {
      this.habilitarCampo(nombre, deReprogramacion)
    }
    // A new reprogramación says why; an imported one has no reason until somebody sets it.
    const motivo = this.formulario.seleccion('motivo_reprogramacion')
    marcarObligatorio(
      motivo,
      exigir('[data-campo="motivo_reprogramacion"]', HTMLElement, this.forma),
      deReprogramacion && this.idOt === null,
    )
    // The type never changes (R-OT-20); a disabled select is not sent, so it is added when saving.
    habilitar(this.formulario.seleccion('id_tipo'), false)
    this.formulario.seleccion('ot_principal').closest('[data-campo]')?.classList.remove('realzado')
  }

  private habilitarCampo(nombre: string, habilitado: boolean): void {
    const control = this.formulario.control(nombre)
    if (control instanceof HTMLSelectElement) habilitar(control, habilitado)
    else control.disabled = !habilitado
  }

  /**
   * Fills every control; what is not given is emptied. The front goes first: its sites are the options of the rest.
   * `textos`: of the choices that may not be among the options, because somebody deactivated them.
   */
  private llenar(valores: Record<string, string>, textos: Record<string, string> = {}): void {
    const f = this.formulario
    f.poner('id_tipo', String(this.idTipo))
    f.poner('id_frente', valores['id_frente'] ?? '')
    f.poner('check_fase_patio', valores['check_fase_patio'] ?? '')
    this.mostrarSitios()
    for (const nombre of Object.keys(f.valores())) {
      if (nombre === 'id_tipo' || nombre === 'id_frente' || nombre === 'check_fase_patio') continue
      const valor = valores[nombre] ?? ''
      f.poner(nombre, valor, valor === '' ? undefined : textos[nombre])
    }
    this.mostrarFase()
    this.compararPlazo()
  }

  /** Only on creation: what the reprogramación starts from. Term and dates stay empty: they are the new programme. */
  private async precargar(id: number): Promise<void> {
    const { datos } = await obtener<RespuestaDatosOt>('/operaciones/ot/obtener_datos/', { id })
    // A late answer: meanwhile the person chose another one, or opened another form (D-OT-31).
    if (this.idOt !== null || this.formulario.valor('ot_principal') !== String(id)) return
    const deLaPrincipal = valoresDe(datos)
    const escrito = this.formulario.valores()
    const conservados = [
      'num_reprogramacion',
      'motivo_reprogramacion',
      'comentario_reprogramacion',
      'fecha_inicio_programado',
      'plazo_dias',
      'fecha_termino_programado',
      'fecha_inicio_real',
      'fecha_termino_real',
    ]
    const valores: Record<string, string> = { ...deLaPrincipal, ot_principal: String(id), version: '' }
    for (const nombre of conservados) valores[nombre] = escrito[nombre] ?? ''
    for (const nombre of ['check_fase_patio', 'id_patio_fase', 'fecha_inicio_patio', 'fecha_fin_patio'])
      valores[nombre] = ''
    this.llenar(valores, { ...datos.textos, ot_principal: datos.orden_trabajo })
    avisar('exito', 'Datos precargados desde la OT Principal.')
  }

  // --------------------------------------------------------------------------------------------- front, term

  private mostrarSitios(): void {
    const regla = reglaDe(this.formulario.valor('id_frente'))
    for (const clase of CLASES) {
      const visible = regla?.sitios.includes(clase) ?? false
      this.mostrarSitio(clase, visible, regla?.principal === clase)
    }
    const conFase = regla?.admiteFasePatio ?? false
    exigir('[data-fase="interruptor"]', HTMLElement, this.forma).hidden = !conFase
    if (!conFase) this.formulario.poner('check_fase_patio', '')
    this.mostrarFase()
  }

  private mostrarSitio(clase: ClaseSitio, visible: boolean, obligatorio: boolean): void {
    const caja = exigir(`[data-sitio="${clase}"]`, HTMLElement, this.forma)
    const select = exigir('select', HTMLSelectElement, caja)
    caja.hidden = !visible
    habilitar(select, visible)
    if (visible) ponerOpciones(select, this.sitiosDe(clase))
    else this.formulario.poner(select.name, '')
    marcarObligatorio(select, caja, obligatorio)
  }

  private sitiosDe(clase: ClaseSitio): { valor: string; texto: string }[] {
    return this.catalogos.sitios
      .filter(({ id_frente: frente }) => frente === FRENTE_DE_SITIO[clase])
      .map(({ id, descripcion }) => ({ valor: String(id), texto: descripcion }))
  }

  /** The yard phase; turning the switch off clears it. */
  private mostrarFase(): void {
    const f = this.formulario
    const control = f.control('check_fase_patio')
    const activa = control instanceof HTMLInputElement && control.checked
    exigir('[data-fase="datos"]', HTMLElement, this.forma).hidden = !activa
    const patio = f.seleccion('id_patio_fase')
    habilitar(patio, activa)
    if (activa) ponerOpciones(patio, this.sitiosDe('patio'))
    else for (const nombre of ['id_patio_fase', 'fecha_inicio_patio', 'fecha_fin_patio']) f.poner(nombre, '')
    // On TIERRA the dates of the yard are as stored (R-OT-16) and travel empty only with the switch of the other fronts.
    const enTierra = f.valor('id_frente') === String(FRENTE_OT.TIERRA)
    for (const nombre of ['fecha_inicio_patio', 'fecha_fin_patio']) f.control(nombre).disabled = enTierra
  }

  /** término = inicio + plazo - 1 (ot.md §4.5). */
  private calcularTermino(): void {
    const inicio = leerFechaIso(this.formulario.valor('fecha_inicio_programado'))
    const plazo = Number(this.formulario.valor('plazo_dias'))
    if (inicio && Number.isInteger(plazo) && plazo > 0 && plazo < 100_000) {
      this.formulario.poner('fecha_termino_programado', sumarDias(inicio, plazo - 1))
    }
    this.compararPlazo()
  }

  private calcularPlazo(): void {
    const dias = this.diasDelPrograma()
    const plazo = this.formulario.valor('plazo_dias')
    if (dias !== null && dias > 0 && (plazo === '' || plazo === '0')) this.formulario.poner('plazo_dias', String(dias))
    this.compararPlazo()
  }

  private diasDelPrograma(): number | null {
    const inicio = leerFechaIso(this.formulario.valor('fecha_inicio_programado'))
    const termino = leerFechaIso(this.formulario.valor('fecha_termino_programado'))
    return inicio && termino ? diasEntre(inicio, termino) + 1 : null
  }

  /** The three are stored as they are written: the page only says that they disagree. */
  private compararPlazo(): void {
    const nota = exigir('#nota-plazo', HTMLElement)
    const dias = this.diasDelPrograma()
    const plazo = Number(this.formulario.valor('plazo_dias'))
    nota.hidden = dias === null || dias < 1 || plazo === 0 || plazo === dias
    nota.textContent = `Entre el inicio y el término programados hay ${String(dias)} días y el plazo dice ${String(plazo)}. Se guardará como está escrito.`
  }

  private validar(): Record<string, string> {
    const faltas: Record<string, string> = {}
    const pares = [
      [
        'fecha_inicio_programado',
        'fecha_termino_programado',
        'El término programado debe ser igual o posterior al inicio.',
      ],
      ['fecha_inicio_real', 'fecha_termino_real', 'El término real debe ser igual o posterior al inicio real.'],
      ['fecha_inicio_patio', 'fecha_fin_patio', 'El fin de la fase de patio debe ser igual o posterior a su inicio.'],
    ] as const
    for (const [inicio, fin, mensaje] of pares) {
      const [a, b] = [this.formulario.valor(inicio), this.formulario.valor(fin)]
      if (a !== '' && b !== '' && b < a) faltas[fin] = mensaje
    }
    return faltas
  }

  // -------------------------------------------------------------------------------------------------- saving

  private async guardar(datos: URLSearchParams): Promise<void> {
    datos.set('id_tipo', String(this.idTipo))
    if (this.idOt !== null) datos.set('id', String(this.idOt))
    if (datos.get('version') === '') datos.delete('version')
    const respuesta =
      this.idOt === null ? await crearReprogramacion(datos) : await enviar('/operaciones/ot/editar/', datos)
    this.dialogo.cerrar()
    this.alGuardar(respuesta)
  }
}

/** The notice leads to the new order, which says its number. */
function crearReprogramacion(datos: URLSearchParams): Promise<RespuestaAltaOt> {
  return enviar<RespuestaAltaOt>('/operaciones/ot/crear-ot-reprogramacion/', datos, {
    enlace: ({ id_nuevo: id, num_reprogramacion: numero }) => ({
      texto: `Abrir ${datos.get('orden_trabajo') ?? 'la orden'}${numero === null ? '' : `, reprogramación ${String(numero)}`}`,
      ruta: rutaOt(id),
    }),
  })
}

/** Of a draft that had already chosen it: the list asks the server as the person types. */
async function folioDePrincipal(id: string): Promise<Record<string, string>> {
  if (id === '') return {}
  const { datos } = await obtener<RespuestaDatosOt>('/operaciones/ot/obtener_datos/', { id })
  return { ot_principal: datos.orden_trabajo }
}

/** Required marked by a word beside the label, as in every form. */
function marcarObligatorio(select: HTMLSelectElement, caja: HTMLElement, obligatorio: boolean): void {
  if (obligatorio) select.dataset['obligatorio'] = ''
  else delete select.dataset['obligatorio']
  const rotulo = exigir('label', HTMLLabelElement, caja)
  rotulo.querySelector('.obligatorio')?.remove()
  if (obligatorio) rotulo.append(' ', crear('span', { class: 'obligatorio' }, '(obligatorio)'))
}

function reglaDe(frente: string): (typeof REGLAS_FRENTE)[keyof typeof REGLAS_FRENTE] | null {
  const id = Object.values(FRENTE_OT).find((candidato) => String(candidato) === frente)
  return id === undefined ? null : REGLAS_FRENTE[id]
}

/** Values of the server by the names of the form. */
function valoresDe(ot: DatosOt): Record<string, string> {
  const texto = (valor: string | number | null): string => (valor === null ? '' : String(valor))
  const enTierra = ot.id_frente === FRENTE_OT.TIERRA
  return {
    version: String(ot.version),
    ot_principal: texto(ot.ot_principal),
    num_reprogramacion: texto(ot.num_reprogramacion),
    motivo_reprogramacion: texto(ot.motivo_reprogramacion),
    comentario_reprogramacion: ot.comentario_reprogramacion,
    orden_trabajo: ot.orden_trabajo,
    oficio_ot: ot.oficio_ot,
    descripcion_trabajo: ot.descripcion_trabajo,
    id_cliente: texto(ot.id_cliente),
    responsable_cliente: ot.responsable_cliente,
    responsable_proyecto: texto(ot.responsable_proyecto),
    id_frente: texto(ot.id_frente),
    id_embarcacion: texto(ot.id_embarcacion),
    id_plataforma: texto(ot.id_plataforma),
    id_intercom: texto(ot.id_intercom),
    id_patio: enTierra ? texto(ot.id_patio) : '',
    check_fase_patio: ot.requiere_patio ? 'on' : '',
    id_patio_fase: ot.requiere_patio ? texto(ot.id_patio) : '',
    fecha_inicio_patio: texto(ot.fecha_inicio_patio),
    fecha_fin_patio: texto(ot.fecha_fin_patio),
    fecha_inicio_programado: texto(ot.fecha_inicio_programado),
    plazo_dias: texto(ot.plazo_dias),
    fecha_termino_programado: texto(ot.fecha_termino_programado),
    fecha_inicio_real: texto(ot.fecha_inicio_real),
    fecha_termino_real: texto(ot.fecha_termino_real),
    monto_mxn: ot.monto_mxn,
    monto_usd: ot.monto_usd,
    comentario_general: ot.comentario,
  }
}
