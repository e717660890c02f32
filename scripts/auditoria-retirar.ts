// npm run auditoria:retirar — takes out of the database the months of the activity log older than RETENCION_AUDITORIA_ANIOS.
import { join } from 'node:path'
import { ejecutarComando } from '../src/comando.ts'
import { aDdMmAaaa } from '../src/comun/fechas.ts'
import { plural } from '../src/comun/texto.ts'
import { custodiaDe, retirarMeses, verRetirables } from '../src/modulos/auditoria/index.ts'
import { secretoDeAuditoria } from '../src/plataforma/secreto.ts'

await ejecutarComando(
  {
    nombre: 'auditoria:retirar',
    ayuda:
      'Archiva y saca de la base los meses del registro de actividad más antiguos que RETENCION_AUDITORIA_ANIOS. Sin --si solo dice cuáles serían.',
    opciones: { si: { tipo: 'bandera', ayuda: 'los archiva y los saca' } },
    json: true,
  },
  async ({ ctx, config, opciones, decir, entregar }) => {
    const anios = config.retencionAuditoriaAnios
    const custodia = custodiaDe(secretoDeAuditoria(config), config.carpetaSubidas)
    const nombreDe = (mes: string, filas: number) => `${mes} (${plural(filas, 'fila', 'filas')})`
    if (!opciones.si) {
      const meses = await verRetirables(ctx, anios)
      entregar({ anios, meses })
      decir(
        meses.length === 0
          ? `Ningún mes del registro de actividad tiene más de ${plural(anios, 'año', 'años')}.`
          : `Con --si se archivan y se sacan de la base: ${meses.map(({ mes, filas }) => nombreDe(aDdMmAaaa(mes).slice(3), filas)).join(', ')}.`,
      )
      return 0
    }
    const carpeta = join(config.carpetaSubidas, 'auditoria')
    const retirados = await retirarMeses(ctx, custodia, { anios, archivos: carpeta })
    entregar({ anios, retirados })
    for (const { mes, filas, archivo } of retirados)
      decir(`Se retiró ${nombreDe(aDdMmAaaa(mes).slice(3), filas)}: ${join(carpeta, archivo)}`)
    if (retirados.length === 0)
      decir(`Ningún mes del registro de actividad tiene más de ${plural(anios, 'año', 'años')}.`)
    return 0
  },
)
