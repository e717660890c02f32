// npm run respaldo — everything people put in, in one file; the server may be up.
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { ejecutarComando } from '../src/comando.ts'
import { plural } from '../src/comun/texto.ts'
import { RAIZ } from '../src/plataforma/raiz.ts'
import { respaldar } from '../src/plataforma/respaldo.ts'
import { secretoQueSeRespalda } from '../src/plataforma/secreto.ts'

await ejecutarComando(
  {
    nombre: 'respaldo',
    ayuda: 'Guarda en un archivo todos los datos y los archivos subidos. El servidor puede estar encendido.',
    argumentos: [
      { nombre: 'ARCHIVO.tar.gz', ayuda: 'destino (si falta, DATA_DIR/respaldos/ con fecha y hora)', opcional: true },
    ],
    opciones: {},
    json: true,
  },
  async ({ ctx, config, urlBase, argumentos, decir, entregar }) => {
    const sello = ctx.ahora.toISOString().replace(/\D/g, '').slice(0, 14)
    const destino = argumentos[0]
      ? resolve(argumentos[0])
      : join(config.carpetaDatos, 'respaldos', `sascop-${sello}.tar.gz`)
    const { version } = JSON.parse(readFileSync(join(RAIZ, 'package.json'), 'utf8')) as { version: string }
    const resumen = await respaldar({
      url: urlBase,
      carpetaArchivos: config.carpetaSubidas,
      destino,
      version,
      ahora: ctx.ahora,
      secreto: secretoQueSeRespalda(config),
    })
    entregar({ archivo: destino, almacen: config.almacen.clase, ...resumen })
    decir(
      `Respaldo en ${destino}: ${plural(resumen.filas, 'fila', 'filas')} de ${plural(resumen.tablas, 'tabla', 'tablas')}, ` +
        `${plural(resumen.archivos, 'archivo', 'archivos')}, ${(resumen.bytes / 1024 / 1024).toFixed(1)} MB.`,
    )
    if (config.almacen.clase === 's3')
      decir(
        `Los archivos de los registros están en el bucket ${config.almacen.bucket} y no van en el respaldo: respáldalo con sus propias herramientas (docs/operacion.md).`,
      )
    return 0
  },
)
