// npm run deshacer-importacion -- LOTE: undoes a batch of any import (contract.md §4).
import { ejecutarComando } from '../src/comando.ts'
import { DatosInvalidos } from '../src/comun/errores.ts'
import { CLASES_DE_IMPORTACION } from '../src/importaciones.ts'
import { claseDeLote, deshacerLote, firmar, lineasDeDeshacer } from '../src/modulos/importacion/importacion.comandos.ts'
import { preguntar } from './importacion/importar.ts'

await ejecutarComando(
  {
    nombre: 'deshacer-importacion',
    ayuda:
      'Deshace un lote importado: borra lo que creó y devuelve lo que cambió. Lo que alguien editó después se conserva.',
    argumentos: [{ nombre: 'LOTE', ayuda: 'el número del lote, que dijo la importación' }],
    opciones: {
      si: { tipo: 'bandera', ayuda: 'no pregunta (sin terminal tampoco se pregunta)' },
      usuario: { tipo: 'texto', valor: 'NOMBRE', ayuda: 'quién firma en el registro (si no, el primer superusuario)' },
    },
    json: true,
    codigoDeFallo: 2,
  },
  async ({ ctx: sinFirma, argumentos, opciones, decir, entregar }) => {
    const escrito = argumentos[0] ?? ''
    if (!/^\d{1,15}$/.test(escrito)) throw new DatosInvalidos(`«${escrito}» no es el número de un lote.`)
    const ctx = await firmar(sinFirma, opciones.usuario)
    const clase = await claseDeLote(ctx, CLASES_DE_IMPORTACION, Number(escrito))
    if (!opciones.si && process.stdin.isTTY && !(await preguntar(`¿Deshacer el lote ${escrito}? [s/N] `))) {
      decir('No se deshizo nada.')
      return 2
    }
    const resumen = await deshacerLote(ctx, clase, Number(escrito))
    for (const linea of lineasDeDeshacer(clase, resumen)) decir(linea)
    entregar(resumen)
    return 0
  },
)
