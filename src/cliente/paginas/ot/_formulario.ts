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
  type ConflictoVersion,
  type DatosOt,
  type OtInicial,
  type RespuestaDatosOt,
} from '../../../modulos/ot/ot.contrato.ts'
import { avisar } from '../../comun/avisos.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { crear, exigir, oRaya, todos } from '../../comun/dom.ts'
import { Formulario } from '../../comun/formulario.ts'
import { enviar, type FalloDeServidor, obtener } from '../../comun/http.ts'
import { focoDe, habilitar, hacerBuscable, ponerOpciones } from '../../comun/seleccion.ts'

const CLASES: readonly ClaseSitio[] = ['embarcacion', 'patio', 'plataforma', 'intercom']

export class FormularioOt {
  private readonly dialogo = exigir('#dialogo-ot', HTMLDialogElement)
  private readonly forma = exigir('#forma-ot', HTMLFormElement)
  private readonly catalogos: CatalogosOt
  private readonly alGuardar: (respuesta: Envoltura) => void
  private readonly formulario: Formulario
  private idOt: number | null = null
  private idTipo: number = TIPO_OT.REPROGRAMACION
  /** Values of the server when the form was opened: what the person did not touch can follow a change of somebody else. */
  private delServidor: Record<string, string> = {}
  private ofrecido: Record<string, string> | null = null

  constructor(catalogos: CatalogosOt, alGuardar: (respuesta: Envoltura) => void) {
    this.catalogos = catalogos
    this.alGuardar = alGuardar
    this.formulario = new Formulario(this.forma, {
      nombre: 'ot',
      guardando: 'Guardando...',
      validar: () => this.validar(),
      alEnviar: (datos) => this.guardar(datos),
      alFallar: (fallo) => this.resolverConflicto(fallo),
    })
    ponerOpciones(
      this.formulario.seleccion('motivo_reprogramacion'),
      MOTIVOS_REPROGRAMACION.map(({ clave, texto }) => ({ valor: clave, texto })),
    )
    hacerBuscable(this.formulario.seleccion('ot_principal'), { cargar: (texto) => this.buscarPrincipales(texto) })
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
    for (const boton of todos('[data-cancelar]', HTMLButtonElement, this.dialogo)) {
      boton.addEventListener('click', () => void this.cerrar())
    }
    this.dialogo.addEventListener('cancel', (evento) => {
      evento.preventDefault()
      void this.cerrar()
    })
    exigir('#recuperar-borrador', HTMLButtonElement).addEventListener('click', () => void this.recuperarBorrador())
    exigir('#descartar-borrador', HTMLButtonElement).addEventListener('click', () => {
      this.formulario.olvidarBorrador()
      this.ofrecerBorrador()
    })
  }

  // ------------------------------------------------------------------------------------------------ opening

  /** Empty form for a reprogramación; the principal is the first thing asked for. */
  abrirNueva(): void {
    this.idOt = null
    this.preparar('Crear reprogramación', TIPO_OT.REPROGRAMACION)
    this.llenar({})
    this.formulario.empezar('nueva')
    this.ofrecerBorrador()
    this.dialogo.showModal()
    const principal = this.formulario.seleccion('ot_principal')
    principal.closest('[data-campo]')?.classList.add('realzado')
    focoDe(principal).focus()
  }

  /** The OT as it is now. */
  async abrirEdicion(id: number): Promise<void> {
    const { datos } = await obtener<RespuestaDatosOt>('/operaciones/ot/obtener_datos/', { id })
    this.idOt = id
    this.preparar('Editar OT', datos.id_tipo_id)
    this.llenar(valoresDe(datos), datos.textos)
    this.delServidor = this.formulario.valores()
    this.formulario.empezar(String(id))
    this.ofrecerBorrador()
    this.dialogo.showModal()
    this.formulario.control('orden_trabajo').focus()
  }

  private preparar(titulo: string, tipo: number): void {
    this.idTipo = tipo
    exigir('#titulo-ot', HTMLElement).textContent = titulo
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
    exigir('.dialogo-cuerpo', HTMLElement, this.dialogo).scrollTop = 0
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

  private async buscarPrincipales(texto: string): Promise<{ valor: string; texto: string; detalle: string }[]> {
    const ots = await obtener<OtInicial[]>('/operaciones/ot/obtener_ot_iniciales/', {
      q: texto,
      ot_id: this.idOt ?? undefined,
    })
    return ots.map((ot) => ({
      valor: String(ot.id),
      texto: ot.orden_trabajo,
      detalle: `${ot.oficio_ot} · ${ot.descripcion_trabajo}`,
    }))
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
    const ruta = this.idOt === null ? '/operaciones/ot/crear-ot-reprogramacion/' : '/operaciones/ot/editar/'
    const respuesta = await enviar(ruta, datos)
    this.dialogo.close()
    this.alGuardar(respuesta)
  }

  /** Somebody saved first: who and what; what this person typed stays, what they did not touch follows. */
  private async resolverConflicto(fallo: FalloDeServidor): Promise<void> {
    if (fallo.estado !== 409 || fallo.envoltura.codigo !== 'VERSION') return
    const { cambios, datos } = fallo.envoltura as ConflictoVersion
    const ahora = valoresDe(datos)
    const escrito = this.formulario.valores()
    const unidos: Record<string, string> = { ...escrito, version: String(datos.version) }
    for (const [nombre, valor] of Object.entries(ahora)) {
      if (escrito[nombre] === this.delServidor[nombre]) unidos[nombre] = valor
    }
    const textos = Object.entries(datos.textos).filter(([nombre]) => unidos[nombre] === ahora[nombre])
    this.llenar(unidos, Object.fromEntries(textos))
    const filas = cambios.map(({ campo, antes, despues, usuario, fecha }) =>
      crear(
        'tr',
        {},
        crear('th', { scope: 'row' }, campo),
        crear('td', {}, oRaya(antes)),
        crear('td', {}, oRaya(despues)),
        crear('td', {}, `${usuario}, ${fecha}`),
      ),
    )
    const encabezados = ['Dato', 'Antes', 'Ahora', 'Quién'].map((texto) => crear('th', { scope: 'col' }, texto))
    const encima = await confirmar({
      titulo: 'Alguien más cambió esta OT',
      cuerpo: [
        crear(
          'p',
          {},
          'Mientras la editabas se guardaron estos cambios. Lo que escribiste sigue en el formulario; lo que no tocaste ya muestra los datos nuevos.',
        ),
        crear(
          'table',
          { class: 'lista-cambios' },
          crear('thead', {}, crear('tr', {}, ...encabezados)),
          crear('tbody', {}, ...filas),
        ),
      ],
      aceptar: 'Guardar lo que escribí',
      cancelar: 'Revisar antes de guardar',
      destructivo: true,
    })
    this.delServidor = { ...ahora }
    if (encima) {
      // After this submission ends: its button is still busy.
      window.setTimeout(() => {
        this.forma.requestSubmit()
      })
    }
  }

  private async cerrar(): Promise<void> {
    if (await this.formulario.puedeSalir()) this.dialogo.close()
  }

  // -------------------------------------------------------------------------------------------------- drafts

  private ofrecerBorrador(): void {
    const { borrador } = this.formulario
    // Kept here: writing on without answering replaces the stored one.
    this.ofrecido = borrador?.valores ?? null
    exigir('#nota-borrador', HTMLElement).hidden = borrador === null
    if (borrador) {
      exigir('#texto-borrador', HTMLElement).textContent = `Quedó sin guardar lo que escribiste el ${borrador.cuando}.`
    }
  }

  private async recuperarBorrador(): Promise<void> {
    if (!this.ofrecido) return
    const { version: _vieja, ...valores } = this.ofrecido
    const principal = valores['ot_principal'] ?? ''
    let folio = ''
    if (principal !== '') {
      const { datos } = await obtener<RespuestaDatosOt>('/operaciones/ot/obtener_datos/', { id: principal })
      folio = datos.orden_trabajo
    }
    this.llenar({ ...valores, version: this.formulario.valor('version') }, { ot_principal: folio })
    exigir('#nota-borrador', HTMLElement).hidden = true
  }
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
