/** What must always be true of the log; the first one takes as long as reading it whole. */
import type { Invariante } from '../../plataforma/invariantes.ts'
import { buscarAlteraciones, buscarConteosDistintos } from './sello/verificacion.service.ts'
import type { Custodia } from './sello/sello.tipos.ts'

export const invariantesDeAuditoria = (custodia: Custodia): readonly Invariante[] => [
  {
    clave: 'auditoria_sellos',
    promesa: 'El registro de actividad está como quedó sellado: nadie cambió, borró ni agregó filas a mano',
    buscarFallas: (ctx) => buscarAlteraciones(ctx, custodia),
  },
  {
    clave: 'auditoria_conteos',
    promesa: 'Los conteos guardados de cada mes del registro de actividad son los de sus sellos',
    buscarFallas: buscarConteosDistintos,
  },
]
