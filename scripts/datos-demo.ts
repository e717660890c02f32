// npm run datos:demo — a believable company for the first look; never in production.
import { cargarDemo, type ResultadoDeCarga } from '../prisma/seed/demo/cargar.ts'
import { ejecutarComando } from '../src/comando.ts'
import { almacenDe } from '../src/plataforma/almacen.ts'
import { plural } from '../src/comun/texto.ts'

await ejecutarComando(
  {
    nombre: 'datos:demo',
    ayuda: 'Carga una compañía de demostración. No se admite en producción; la segunda vez no hace nada.',
    opciones: {},
    json: true,
  },
  async ({ ctx, config, decir, entregar }) => {
    const cargado = await cargarDemo(ctx, {
      produccion: config.produccion,
      almacen: almacenDe(config),
      dominio: config.publicUrl,
    })
    entregar({ cargado: cargado !== null, ...cargado })
    if (cargado === null) decir('Los datos de demostración ya estaban cargados.')
    else for (const linea of contar(cargado)) decir(linea)
    return 0
  },
)

function contar(cargado: ResultadoDeCarga): string[] {
  const { ptes, ots, reprogramaciones, pasos, producciones, fotos, estimaciones, tiposDeCambio, usuarios } = cargado
  return [
    `Datos de demostración: ${plural(ptes, 'PTE', 'PTE')}, ${plural(ots, 'OT', 'OT')} (${plural(reprogramaciones, 'reprogramación', 'reprogramaciones')}), ${plural(pasos, 'paso', 'pasos')}, ${plural(producciones, 'captura', 'capturas')} de producción, ${plural(fotos, 'foto', 'fotos')} de evidencia, ${plural(estimaciones, 'estimación', 'estimaciones')} y ${plural(tiposDeCambio, 'tipo de cambio', 'tipos de cambio')}.`,
    'Usuarios de demostración; la contraseña es «sascop-demo-» y el nombre del grupo:',
    ...usuarios.map(({ username, clave }) => `  ${username.padEnd(20)} ${clave}`),
    'Se quitan con: npm run datos:limpiar-demo',
  ]
}
