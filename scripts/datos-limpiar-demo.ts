// npm run datos:limpiar-demo — takes away what datos:demo created and nothing that a person created.
import { limpiarDemo, type ResultadoDeLimpieza } from '../prisma/seed/demo/limpiar.ts'
import { ejecutarComando } from '../src/comando.ts'
import { almacenDe } from '../src/plataforma/almacen.ts'
import { plural } from '../src/comun/texto.ts'

await ejecutarComando(
  {
    nombre: 'datos:limpiar-demo',
    ayuda: 'Quita los datos de demostración. Lo que alguien editó o de lo que cuelga algo suyo se conserva y se dice.',
    opciones: {
      'con-editados': { tipo: 'bandera', ayuda: 'quita también los registros de demostración que alguien editó' },
    },
    json: true,
  },
  async ({ ctx, config, opciones, decir, entregar }) => {
    const resultado = await limpiarDemo(ctx, { conEditados: opciones['con-editados'], almacen: almacenDe(config) })
    entregar(resultado)
    for (const linea of contar(resultado)) decir(linea)
    return 0
  },
)

const CLASE: Readonly<Record<string, string>> = {
  ot: 'OT',
  pte_header: 'PTE',
  sitio: 'Sitio',
  responsable_proyecto: 'Responsable',
  archivo: 'Foto',
  superintendente: 'Superintendente',
  guardias: 'Ciclo de guardia del',
  tipo_cambio: 'Tipo de cambio del',
}

function contar({ quitados, conservados, desactivados }: ResultadoDeLimpieza): string[] {
  const { ots, ptes, sitios, responsables, usuarios, producciones, fotos, estimaciones, tiposDeCambio } = quitados
  const nada = ots + ptes + sitios + responsables + usuarios + conservados.length + desactivados.length === 0
  if (nada) return ['No hay datos de demostración.']
  return [
    `Se quitaron ${plural(ots, 'OT', 'OT')}, ${plural(ptes, 'PTE', 'PTE')}, ${plural(sitios, 'sitio', 'sitios')}, ${plural(responsables, 'responsable', 'responsables')}, ${plural(usuarios, 'usuario', 'usuarios')}, ${plural(producciones, 'captura', 'capturas')} de producción, ${plural(fotos, 'foto', 'fotos')} de evidencia, ${plural(estimaciones, 'estimación', 'estimaciones')} y ${plural(tiposDeCambio, 'tipo de cambio', 'tipos de cambio')}, todo de demostración.`,
    ...(desactivados.length > 0
      ? [`Se desactivaron, porque el registro de actividad los nombra: ${desactivados.join(', ')}.`]
      : []),
    ...(conservados.length > 0 ? [`Se conservaron ${plural(conservados.length, 'registro', 'registros')}:`] : []),
    ...conservados.map(({ tabla, descripcion, motivo }) => `  ${CLASE[tabla] ?? tabla} ${descripcion}: ${motivo}`),
    ...(conservados.some(({ motivo }) => motivo.includes('editó'))
      ? ['Para quitar también los editados: npm run datos:limpiar-demo -- --con-editados']
      : []),
  ]
}
