import { describe, expect, it } from 'vitest'
import { CLAVE, crearPersonaConClave } from '../apoyo/acceso.ts'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { fabricas } from '../apoyo/fabricas.ts'
import { PaginaAcceso } from '../apoyo/paginas-acceso.ts'
import { PaginaDetalleOt, PaginaLinaje, PaginaListaOt } from '../apoyo/paginas-ot.ts'
import { crearNavegador } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const navegador = crearNavegador(app)

/** An order that the form accepts as it is. */
const completa = (columnas: Record<string, string | number> = {}): Promise<number> =>
  crea.ot({
    id_frente: 2,
    id_embarcacion: 1,
    fecha_inicio_programado: '2025-06-01',
    fecha_termino_programado: '2025-06-30',
    plazo_dias: 30,
    ...columnas,
  })

describe('editing an OT', () => {
  it('tells what is missing at its field and at the top, and saves once it is right', async () => {
    const id = await completa({ orden_trabajo: 'OT-EDITAR' })
    const detalle = new PaginaDetalleOt(await navegador.entrar('operaciones'))
    await detalle.abrir(id)
    await detalle.editar()
    const { dialogo } = detalle

    await dialogo.campo('Descripción del Trabajo').fill('')
    await dialogo.ponerFecha('Fecha de termino programado', '1/5/25')
    await dialogo.guardar()
    await dialogo.resumen.waitFor()
    expect(await dialogo.caja.getByRole('link').allInnerTexts()).toEqual([
      'Falta Descripción del Trabajo.',
      'El término programado debe ser igual o posterior al inicio.',
    ])
    expect(await dialogo.campo('Descripción del Trabajo').getAttribute('aria-invalid')).toBe('true')

    await dialogo.campo('Descripción del Trabajo').fill('Tendido de 12 pulgadas')
    await dialogo.ponerFecha('Fecha de termino programado', '15072025')
    await dialogo.campo('Monto MXN').fill('1234567.5')
    await dialogo.guardar()
    await detalle.aviso('OT actualizada correctamente').waitFor()
    expect(await crea.leerOt(id)).toMatchObject({
      descripcion_trabajo: 'Tendido de 12 pulgadas',
      fecha_termino_programado: '2025-07-15',
      monto_mxn: 1234567.5,
    })
  })

  it('the second of two people is told who changed what, keeps what was typed, and can save it', async () => {
    navegador.permitir(409)
    const id = await completa({ orden_trabajo: 'OT-CONFLICTO' })
    const [ana, beto] = [
      new PaginaDetalleOt(await navegador.entrar('administrador')),
      new PaginaDetalleOt(await navegador.entrar('operaciones')),
    ]
    await ana.abrir(id)
    await beto.abrir(id)
    await ana.editar()
    await beto.editar()

    await ana.dialogo.campo('Oficio OT').fill('PEP-001-2025')
    await ana.dialogo.guardar()
    await ana.aviso('OT actualizada correctamente').waitFor()

    await beto.dialogo.campo('Descripción del Trabajo').fill('Lo que escribió Beto')
    await beto.dialogo.guardar()
    const conflicto = beto.pagina.getByRole('dialog', { name: 'Alguien más cambió esta OT' })
    await conflicto.getByText('PEP-001-2025').waitFor()
    await conflicto.getByText('Prueba administrador', { exact: false }).waitFor()
    await conflicto.getByRole('button', { name: 'Revisar antes de guardar' }).click()
    expect(await beto.dialogo.campo('Descripción del Trabajo').inputValue()).toBe('Lo que escribió Beto')
    expect(await beto.dialogo.campo('Oficio OT').inputValue()).toBe('PEP-001-2025')

    await beto.dialogo.guardar()
    await beto.aviso('OT actualizada correctamente').waitFor()
    expect(await crea.leerOt(id)).toMatchObject({
      descripcion_trabajo: 'Lo que escribió Beto',
      oficio_ot: 'PEP-001-2025',
    })
  })

  it('a session that expires in between: the login comes back to the page and what was typed can be recovered', async () => {
    navegador.permitir(401)
    await crearPersonaConClave(app, { username: 'carla', email: 'carla@example.com', grupos: ['operaciones'] })
    const id = await completa({ orden_trabajo: 'OT-BORRADOR' })
    const pagina = await navegador.abrir()
    const acceso = new PaginaAcceso(pagina)
    await acceso.abrir()
    await acceso.entrar('carla', CLAVE)
    await pagina.waitForURL(`${app.direccion}/**`)
    const detalle = new PaginaDetalleOt(pagina)
    await detalle.abrir(id)
    await detalle.editar()
    await detalle.dialogo.campo('Comentario').fill('Esto no se puede perder')

    app.reloj.avanzar({ horas: 3 })
    await detalle.dialogo.guardar()
    await pagina.waitForURL('**/accounts/login/?**')
    await pagina
      .getByText(/expirado por inactividad/)
      .first()
      .waitFor()
    await acceso.entrar('carla', CLAVE)
    await pagina.waitForURL(`**/operaciones/ot/${id}/**`)

    await detalle.editar()
    await detalle.dialogo.caja.getByText(/Quedó sin guardar lo que escribiste/).waitFor()
    await detalle.dialogo.caja.getByRole('button', { name: 'Recuperar' }).click()
    expect(await detalle.dialogo.campo('Comentario').inputValue()).toBe('Esto no se puede perder')
    await detalle.dialogo.guardar()
    await detalle.aviso('OT actualizada correctamente').waitFor()
    expect(await crea.leerOt(id)).toMatchObject({ comentario: 'Esto no se puede perder' })
  })
})

describe('the life of an OT from the list', () => {
  it('creates a reprogramación with its reason from the order it reprograms', async () => {
    const id = await completa({ orden_trabajo: 'OT-REPROGRAMAR', descripcion_trabajo: 'Instalación de riser' })
    const lista = new PaginaListaOt(await navegador.entrar('operaciones'))
    await lista.abrir()
    await lista.crearReprogramacion()
    const { dialogo } = lista
    await dialogo.elegir('OT a reprogramar', 'OT-REPROGRAMAR')
    await lista.aviso('Datos precargados desde la OT Principal.').waitFor()
    expect(await dialogo.campo('Descripción del Trabajo').inputValue()).toBe('Instalación de riser')

    await dialogo.caja.getByRole('combobox', { name: 'Motivo de la reprogramación' }).selectOption({ label: 'Clima' })
    await dialogo.campo('Comentario de la reprogramación').fill('Norte de cuatro días')
    await dialogo.ponerFecha('Fecha de inicio programado', '01/07/2025')
    await dialogo.campo('Plazo(días)').fill('10')
    await dialogo.campo('Plazo(días)').blur()
    expect(await dialogo.campo('Fecha de termino programado').inputValue()).toBe('10/07/2025')
    await dialogo.guardar()
    await lista.aviso(/OT creada correctamente/).waitFor()
    const { rows } = await app.conexion.pool.query(
      'SELECT num_reprogramacion AS numero, motivo_reprogramacion AS motivo, comentario_reprogramacion AS comentario FROM ot WHERE ot_principal = $1',
      [id],
    )
    expect(rows).toEqual([{ numero: 1, motivo: 'clima', comentario: 'Norte de cuatro días' }])
    await lista.pagina.getByRole('link', { name: 'Abrir OT-REPROGRAMAR, reprogramación 1' }).click()
    await lista.pagina.getByText('Reprogramación 1 de OT-REPROGRAMAR').waitFor()
  })

  it('finishes an OT: asks for the day and shows it', async () => {
    const id = await completa({ orden_trabajo: 'OT-TERMINAR', fecha_inicio_real: '2025-06-01' })
    const lista = new PaginaListaOt(await navegador.entrar('operaciones'))
    await lista.abrir('?filtro=OT-TERMINAR')
    const pregunta = await lista.pedirEstatus('OT-TERMINAR', 'TERMINADA')
    expect(await pregunta.getByRole('textbox', { name: 'Fecha de entrega:' }).inputValue()).toBe('16/06/2025')
    await pregunta.getByRole('button', { name: 'Sí, continuar' }).click()
    await lista.aviso('Estatus actualizado correctamente').waitFor()
    await lista.fila('OT-TERMINAR').getByRole('cell', { name: '16/06/2025' }).first().waitFor()
    expect(await crea.leerOt(id)).toMatchObject({ fecha_termino_real: '2025-06-16' })
  })

  it('moves its steps without leaving the list: date, status, link; and shows its reprogramaciones', async () => {
    const id = await completa({ orden_trabajo: 'OT-PASOS', pasos: [1, 1] } as never)
    await crea.reprogramacion(id, { orden_trabajo: 'OT-PASOS-R1', num_reprogramacion: 1 })
    const lista = new PaginaListaOt(await navegador.entrar('operaciones'))
    await lista.abrir('?filtro=OT-PASOS')
    const abierta = await lista.expandir('OT-PASOS')
    await abierta.pasos.fecha('Fecha inicio', '1').fill('hoy')
    await abierta.pasos.fecha('Fecha inicio', '1').press('Tab')
    await lista.aviso('Fecha actualizada correctamente').waitFor()

    const pregunta = await abierta.pasos.pedirEstatus('1', 'COMPLETADO')
    await pregunta.getByRole('button', { name: 'Sí, continuar' }).click()
    await lista.aviso('Estatus del paso actualizado correctamente').waitFor()
    await lista.fila('OT-PASOS').getByText('(1/2)').waitFor()

    await abierta.pasos.ponerEnlace('2', 'https://sharepoint.example/plan.pdf')
    await abierta.pasos.tabla.getByRole('link', { name: /Abrir: https:\/\/sharepoint/ }).waitFor()
    const [primero, segundo] = await crea.leerPasos(id)
    expect([primero?.['fecha_inicio'], primero?.['estatus_paso'], segundo?.['archivo']]).toEqual([
      '2025-06-16',
      3,
      'https://sharepoint.example/plan.pdf',
    ])

    await abierta.elegirPestana('Reprogramaciones')
    await abierta.reprogramaciones.getByRole('link', { name: 'OT-PASOS-R1' }).waitFor()
  })

  it('the lineage shows each version with its difference, and compares two', async () => {
    const id = await completa({ orden_trabajo: 'OT-LINAJE', monto_mxn: 1000 })
    await crea.reprogramacion(id, {
      orden_trabajo: 'OT-LINAJE-R1',
      num_reprogramacion: 1,
      fecha_inicio_programado: '2025-06-01',
      fecha_termino_programado: '2025-07-10',
      monto_mxn: 1500,
    })
    const linaje = new PaginaLinaje(await navegador.entrar('consulta'))
    await linaje.abrir(id)
    await linaje.versiones.getByRole('cell', { name: '+10 d' }).first().waitFor()
    await linaje.versiones.getByText('Suma de las diferencias = última menos inicial').waitFor()
    await linaje.versiones.getByRole('cell', { name: '+$ 500.00' }).first().waitFor()
    const opciones = await linaje.pagina
      .getByRole('combobox', { name: 'Versión A' })
      .getByRole('option')
      .allInnerTexts()
    const comparacion = await linaje.comparar(opciones[0] ?? '', opciones[1] ?? '')
    await comparacion.getByRole('row', { name: /término programado.*Sí/i }).waitFor()
  })

  it('deleting names the OT and what hangs from it; the safe button has the focus', async () => {
    const id = await completa({ orden_trabajo: 'OT-BORRAR' })
    await crea.reprogramacion(id, { orden_trabajo: 'OT-BORRAR-R1', num_reprogramacion: 1 })
    const lista = new PaginaListaOt(await navegador.entrar('administrador'))
    await lista.abrir('?filtro=OT-BORRAR')
    const dialogo = await lista.eliminar('OT-BORRAR')
    await dialogo.getByText('Tiene 1 reprogramación; seguirá existiendo.').waitFor()
    await lista.pagina.keyboard.press('Enter')
    await dialogo.waitFor({ state: 'detached' })
    expect(await crea.leerOt(id)).toMatchObject({ estatus: 1 })

    const otraVez = await lista.eliminar('OT-BORRAR')
    await otraVez.getByRole('button', { name: 'Sí, continuar' }).click()
    await lista.fila('OT-BORRAR').waitFor({ state: 'detached' })
    expect(await crea.leerOt(id)).toMatchObject({ estatus: 0 })
  })
})
