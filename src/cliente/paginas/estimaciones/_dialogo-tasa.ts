/** Capture of the rate of a day, and correction of one: the day does not change, and the reason is asked for. */
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { FUENTE_USUAL, RUTA_TASAS, type DatosTasa } from '../../../modulos/estimaciones/tasas/tasas.contrato.ts'
import { DialogoFormulario } from '../../componentes/dialogo-formulario.ts'
import { exigir } from '../../comun/dom.ts'
import { enviar, obtener } from '../../comun/http.ts'

export class DialogoDeTasa {
  private id: number | null = null
  private readonly hoy: string
  private readonly dialogo: DialogoFormulario<DatosTasa>

  constructor(hoy: string, alGuardar: () => void) {
    this.hoy = hoy
    this.dialogo = new DialogoFormulario<DatosTasa>({
      id: 'tasa',
      tituloConflicto: 'Alguien más corrigió este tipo de cambio',
      valoresDe: ({ valor, fuente, version }) => ({ valor, fuente, version: String(version) }),
      llenar: (valores) => {
        this.llenar(valores)
      },
      guardar: async (datos) => {
        if (this.id !== null) datos.set('id', String(this.id))
        await enviar(this.id === null ? RUTA_TASAS.CREAR : RUTA_TASAS.CORREGIR, datos)
        this.dialogo.formulario.olvidarBorrador()
        this.dialogo.cerrar()
        alGuardar()
      },
    })
  }

  capturar(): void {
    this.preparar(null)
    this.llenar({ fecha: this.hoy, fuente: FUENTE_USUAL })
    this.dialogo.abrir('Capturar tipo de cambio', 'nuevo')
    this.dialogo.formulario.control('valor').focus()
  }

  async corregir(id: number): Promise<void> {
    const tasa = await obtener<DatosTasa>(RUTA_TASAS.OBTENER, { id })
    this.preparar(id)
    this.llenar({ valor: tasa.valor, fuente: tasa.fuente, version: String(tasa.version) })
    const dia = aDdMmAaaa(leerFechaIso(tasa.fecha)) ?? tasa.fecha
    this.dialogo.abrir(`Corregir el tipo de cambio del ${dia}`, String(id))
    this.dialogo.formulario.control('valor').focus()
  }

  /** What does not apply is neither shown nor sent. */
  private preparar(id: number | null): void {
    this.id = id
    const mostrar = (cual: string, visible: boolean): void => {
      const caja = exigir(`[data-solo="${cual}"]`, HTMLElement, this.dialogo.forma)
      caja.hidden = !visible
      for (const control of caja.querySelectorAll<HTMLInputElement>('input, textarea')) control.disabled = !visible
    }
    mostrar('captura', id === null)
    mostrar('correccion', id !== null)
    this.dialogo.formulario.control('version').disabled = id === null
  }

  private llenar(valores: Record<string, string>): void {
    for (const nombre of ['fecha', 'valor', 'fuente', 'motivo', 'version'])
      this.dialogo.formulario.poner(nombre, valores[nombre] ?? '')
  }
}
