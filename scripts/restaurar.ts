// npm run restaurar -- ARCHIVO — everything goes back to what it was when the backup was made.
import { join, resolve } from 'node:path'
import { ejecutarComando, prepararEsquema } from '../src/comando.ts'
import { instanteLocal } from '../src/comun/fechas.ts'
import { plural } from '../src/comun/texto.ts'
import { RAIZ } from '../src/plataforma/raiz.ts'
import { ErrorDeRespaldo, restaurar, tieneDatos } from '../src/plataforma/respaldo.ts'
import { archivoDeSecretoDeSellos } from '../src/plataforma/secreto.ts'

await ejecutarComando(
  {
    nombre: 'restaurar',
    ayuda: 'REEMPLAZA todos los datos por los de un respaldo. Si algo falla, la base queda como estaba.',
    argumentos: [{ nombre: 'ARCHIVO.tar.gz', ayuda: 'respaldo hecho con «npm run respaldo»' }],
    opciones: { si: { tipo: 'bandera', ayuda: 'confirma que se reemplaza lo que hay' } },
    json: true,
  },
  async ({ config, urlBase, argumentos, opciones, decir, entregar }) => {
    if (!opciones.si && (await tieneDatos(urlBase))) {
      decir('La base tiene datos que se perderían. Respáldala («npm run respaldo») y repite con --si.')
      return 1
    }
    try {
      const resumen = await restaurar({
        url: urlBase,
        carpetaArchivos: config.carpetaSubidas,
        origen: resolve(argumentos[0] ?? ''),
        carpetaMigraciones: join(RAIZ, 'prisma/migrations'),
        archivoDeSecreto: archivoDeSecretoDeSellos(config),
      })
      // A backup of an earlier version comes up to date here.
      await prepararEsquema(urlBase)
      entregar(resumen)
      decir(
        `Restaurado el respaldo del ${instanteLocal(new Date(resumen.creado))}: ` +
          `${plural(resumen.filas, 'fila', 'filas')} y ${plural(resumen.archivos, 'archivo', 'archivos')}. ` +
          'Todas las personas deben iniciar sesión de nuevo.',
      )
      if (resumen.conSecreto)
        decir(
          'El registro de actividad se sigue sellando con la clave de ese respaldo: reinicia el servidor si está encendido.',
        )
      if (config.almacen.clase === 's3')
        decir(
          `Los archivos de los registros se leen del bucket ${config.almacen.bucket}: comprueba con «npm run verificar» que están todos.`,
        )
      return 0
    } catch (error) {
      if (!(error instanceof ErrorDeRespaldo)) throw error
      decir(error.message)
      return 1
    }
  },
)
