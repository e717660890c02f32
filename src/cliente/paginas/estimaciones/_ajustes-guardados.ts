/** What somebody wrote in the grid of a new estimation and did not save: it survives a session that ends and a closed tab. */
import { plural } from '../../../comun/texto.ts'
import { avisar } from '../../comun/avisos.ts'
import { borrarBorrador, guardarBorrador, leerBorrador } from '../../comun/borradores.ts'
import type { Candidatas } from './_candidatas.ts'
import type { CambioDeLinea } from './_linea-candidata.ts'

const FORMA = 'estimacion-nueva-lineas'
const ESPERA_MS = 400

export class AjustesGuardados {
  private readonly candidatas: Candidatas
  /** The OT and the period that are shown. */
  private registro: string | null = null
  private espera = 0

  constructor(candidatas: Candidatas) {
    this.candidatas = candidatas
  }

  /** Another OT or period is shown: offers what was left of it. */
  empezar(registro: string): void {
    window.clearTimeout(this.espera)
    this.registro = registro
    const guardado = leerBorrador(FORMA, registro)
    if (guardado === null) return
    const cambios = Object.fromEntries(
      Object.entries(guardado.valores).map(([id, texto]) => [id, JSON.parse(texto) as CambioDeLinea]),
    )
    const cuantas = plural(Object.keys(cambios).length, 'línea', 'líneas')
    avisar('advertencia', `Quedó sin guardar lo que cambiaste en ${cuantas} el ${guardado.cuando}.`, {
      accion: {
        texto: 'Recuperar',
        hacer: () => {
          this.candidatas.retomar(cambios)
        },
      },
    })
  }

  /** Something changed in the grid. */
  recordar(): void {
    const { registro } = this
    if (registro === null) return
    window.clearTimeout(this.espera)
    this.espera = window.setTimeout(() => {
      const cambios = Object.entries(this.candidatas.cambios())
      if (cambios.length === 0) borrarBorrador(FORMA, registro)
      else
        guardarBorrador(FORMA, registro, Object.fromEntries(cambios.map(([id, hecho]) => [id, JSON.stringify(hecho)])))
    }, ESPERA_MS)
  }

  olvidar(): void {
    window.clearTimeout(this.espera)
    if (this.registro !== null) borrarBorrador(FORMA, this.registro)
  }
}
