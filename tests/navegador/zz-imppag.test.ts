import { it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { inicial, libroDeOts } from '../apoyo/importacion.ts'
import { crearNavegador, desbordeHorizontal, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ cola: true })
const navegador = crearNavegador(app)
it('look', async () => {
  navegador.permitir(400, 409)
  for (const [n, tamano] of [
    ['1366', ESCRITORIO],
    ['390', TELEFONO],
  ] as const) {
    const pagina = await navegador.entrar('administrador', { tamano })
    const foto = async (que: string, completa = true) => {
      await pagina.waitForTimeout(400)
      await pagina.screenshot({ path: `/tmp/imppag/${n}-${que}.png`, fullPage: completa })
      console.log(n, que, 'desborde', await desbordeHorizontal(pagina), await violacionesDeAxe(pagina))
    }
    await pagina.goto('/operaciones/ot/importar/')
    await foto('1-vacia')
    await pagina.getByRole('button', { name: 'Analizar archivo' }).click()
    await foto('2-sin-archivo')
    await pagina.setInputFiles('#archivo', {
      name: 'notas con un nombre larguísimo de los que la gente pone a sus libros.xlsx',
      mimeType: 'x',
      buffer: Buffer.from('hola'),
    })
    await pagina.getByRole('button', { name: 'Analizar archivo' }).click()
    await pagina.getByText('no es un libro').first().waitFor()
    await foto('3-no-es-libro')
    await pagina.route('**/operaciones/tareas/*/estado/', (r) =>
      r.fulfill({ json: { estado: 'en_proceso', avance: 42, mensaje: 'Revisando 286 filas', resultado: null } }),
    )
    await pagina.setInputFiles('#archivo', '/work/shared/fixtures/ot/OT_IMPORTAR.xlsx')
    await pagina.getByText('Crear las PTE que falten').first().click()
    await pagina.getByRole('button', { name: 'Analizar archivo' }).click()
    await pagina.getByText('Revisando 286 filas').waitFor()
    await foto('4-avance', false)
    await pagina.unroute('**/operaciones/tareas/*/estado/')
    await pagina.getByRole('tab').first().waitFor()
    await foto('5-analisis')
    for (const tab of await pagina.getByRole('tab').all()) {
      await tab.click()
      await foto(`6-${((await tab.textContent()) ?? '').replace(/\W+/g, '_')}`, n === '390')
    }
    await pagina
      .getByRole('button', { name: 'Importar', exact: true })
      .click()
      .catch(() => null)
    if (n === '1366') {
      await foto('7-dialogo', false)
      await pagina.getByRole('dialog').getByRole('button', { name: 'Importar' }).click()
      await pagina.getByText('Se importó:').waitFor({ timeout: 60000 })
      await foto('8-resultado')
    } else {
      await pagina.goto('/operaciones/ot/importar/')
      await foto('8-historial')
    }
    await pagina.goto('/operaciones/ot/importar/lotes/1/')
    await pagina.getByRole('tab').first().waitFor()
    await foto('9-lote')
    if (n === '390') {
      await pagina.getByRole('button', { name: 'Deshacer importación' }).click()
      await foto('10-dialogo', false)
      await app.conexion.pool.query(
        "UPDATE ot SET comentario = 'a mano', version = version + 1 WHERE id IN (SELECT id FROM ot WHERE id_tipo = 4 ORDER BY id LIMIT 3)",
      )
      await pagina.getByRole('dialog').getByRole('button', { name: 'Deshacer' }).click()
      await pagina.getByText('Este lote se deshizo').waitFor({ timeout: 60000 })
      await foto('11-deshecho')
      await pagina.getByRole('tab', { name: /OT creadas/ }).click()
      await foto('12-deshecho-creadas')
    }
  }
  void inicial
  void libroDeOts
}, 240000)
