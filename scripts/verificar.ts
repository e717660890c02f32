// Recomputes on the live database every promise of the system (contract.md §5): one Spanish line each. It only reads.
import { ejecutarComando } from '../src/comando.ts'
import { plural } from '../src/comun/texto.ts'
import { invarianteDeContenido } from '../src/modulos/archivos/archivos.invariantes.ts'
import { INVARIANTES_ANEXO } from '../src/modulos/anexo/anexo.invariantes.ts'
import { INVARIANTES_BUSQUEDA } from '../src/modulos/busqueda/busqueda.invariantes.ts'
import { INVARIANTES_CATALOGOS } from '../src/modulos/catalogos/catalogos.invariantes.ts'
import { invariantesDeAuditoria } from '../src/modulos/auditoria/auditoria.invariantes.ts'
import { custodiaDe } from '../src/modulos/auditoria/index.ts'
import { INVARIANTES_CONTRATOS, invarianteDeArchivos } from '../src/modulos/contratos/contratos.invariantes.ts'
import { INVARIANTES_ESTIMACIONES } from '../src/modulos/estimaciones/estimaciones.invariantes.ts'
import { INVARIANTES_RADAR } from '../src/modulos/estimaciones/radar/radar.invariantes.ts'
import { invarianteDeFotos } from '../src/modulos/estimaciones/instantanea/instantanea.invariantes.ts'
import { INVARIANTES_OT } from '../src/modulos/ot/ot.invariantes.ts'
import { INVARIANTES_PRODUCCION } from '../src/modulos/produccion/produccion.invariantes.ts'
import { INVARIANTES_PTE } from '../src/modulos/pte/pte.invariantes.ts'
import { INVARIANTES_USUARIOS } from '../src/modulos/usuarios/usuarios.invariantes.ts'
import { almacenDe } from '../src/plataforma/almacen.ts'
import { comprobar, INVARIANTES_BD } from '../src/plataforma/invariantes.ts'
import { secretoDeAuditoria } from '../src/plataforma/secreto.ts'

/** Every module with promises adds its list here. */
const INVARIANTES = [
  ...INVARIANTES_BD,
  ...INVARIANTES_PTE,
  ...INVARIANTES_OT,
  ...INVARIANTES_CATALOGOS,
  ...INVARIANTES_CONTRATOS,
  ...INVARIANTES_ANEXO,
  ...INVARIANTES_PRODUCCION,
  ...INVARIANTES_ESTIMACIONES,
  ...INVARIANTES_RADAR,
  ...INVARIANTES_USUARIOS,
  ...INVARIANTES_BUSQUEDA,
]

await ejecutarComando(
  {
    nombre: 'verificar',
    ayuda: 'Comprueba sobre los datos guardados todo lo que el sistema promete. Termina con 0 solo si todo se cumple.',
    opciones: {},
    json: true,
  },
  async ({ ctx, config, decir, entregar }) => {
    const deAuditoria = invariantesDeAuditoria(custodiaDe(secretoDeAuditoria(config), config.carpetaSubidas))
    const comprobaciones = await comprobar(ctx, [
      ...INVARIANTES,
      invarianteDeArchivos(almacenDe(config)),
      invarianteDeContenido(almacenDe(config)),
      invarianteDeFotos(almacenDe(config)),
      ...deAuditoria,
    ])
    for (const { promesa, correcto, casos } of comprobaciones)
      decir(correcto ? `✔ ${promesa}.` : `✘ ${promesa}. No se cumple en: ${casos.join('; ')}.`)
    const fallas = comprobaciones.filter(({ correcto }) => !correcto).length
    decir(
      fallas === 0
        ? `Se cumplen las ${String(comprobaciones.length)} promesas.`
        : `No ${fallas === 1 ? 'se cumple' : 'se cumplen'} ${plural(fallas, 'promesa', 'promesas')} de ${String(comprobaciones.length)}.`,
    )
    entregar({ correcto: fallas === 0, comprobaciones })
    return fallas === 0 ? 0 : 1
  },
)
