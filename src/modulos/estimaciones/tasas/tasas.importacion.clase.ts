/** Many days of exchange rates from a workbook: the common import, with its analysis, its batch and its undo. */
import { dinero } from '../../../comun/dinero.ts'
import { SinPermiso } from '../../../comun/errores.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import { tienePermiso } from '../../../plataforma/contexto.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'
import { crearClase, type Foto, type Registro } from '../../importacion/index.ts'
import { COLUMNAS_TASAS, type ValoresDeTasa } from './tasas.columnas.ts'
import { FUENTE_USUAL, RUTA_TASAS } from './tasas.contrato.ts'
import { faltaDelDia } from './tasas.reglas.ts'
import * as repo from './tasas.repo.ts'

// A type alias: the engine compares it by its keys.
type CamposDeTasa = { readonly fecha: string; readonly valor: string; readonly fuente: string }

interface FotoDeTasas extends Foto<CamposDeTasa> {
  readonly hoy: ReturnType<typeof leerFechaIso>
}

const diaLegible = (fecha: string): string => aDdMmAaaa(leerFechaIso(fecha)) ?? fecha

const comoRegistro = ({ id, version, fecha, valor, fuente }: repo.TasaGuardada): Registro<CamposDeTasa> => ({
  id,
  version,
  nombre: diaLegible(fecha),
  claves: [fecha],
  campos: { fecha, valor: valor.toFixed(4), fuente },
  vivo: true,
})

export const CLASE_TASAS = crearClase<ValoresDeTasa, CamposDeTasa, FotoDeTasas>({
  clave: 'tipos_cambio',
  base: RUTA_TASAS.IMPORTAR,
  permiso: 'operaciones.add_tipocambio',
  migas: [
    { texto: 'Inicio', ruta: '/operaciones/' },
    { texto: 'Tipos de cambio', ruta: RUTA_TASAS.PAGINA },
  ],
  textos: {
    titulo: 'Importar tipos de cambio',
    ayuda: 'Un libro .xlsx con una fila por día: fecha, tipo de cambio y, si quieres, la fuente.',
    plantilla: 'plantilla tipos de cambio.xlsx',
  },
  cosa: { uno: 'tipo de cambio', varios: 'tipos de cambio', genero: 'm' },
  grupo: 'tipos_cambio',
  renglon: 'Tipos de cambio',
  tituloDeNombre: 'Fecha',
  tabla: 'tipo_cambio',
  tablaLog: TABLA_LOG.TIPO_CAMBIO,
  formatos: [{ clave: 'tipos_cambio', hojas: 'primera', columnas: COLUMNAS_TASAS }],
  etiquetas: { fecha: 'Fecha', valor: 'Tipo de cambio', fuente: 'Fuente' },
  mostrar: (campo, valor) => (campo === 'fecha' ? diaLegible(String(valor)) : String(valor ?? '')),
  foto: async (ctx, { filas }, bloquear) => {
    // A workbook corrects days too: whoever may not correct does not do it with one.
    if (!tienePermiso(ctx, 'operaciones.change_tipocambio')) throw new SinPermiso()
    const dias = filas.flatMap(({ valores: { fecha } }) => (fecha === null ? [] : [fecha]))
    return { registros: (await repo.listarPorDia(ctx.bd, dias, bloquear)).map(comoRegistro), hoy: ctx.hoy }
  },
  proponer: ({ valores: { fecha, valor, fuente } }, { hoy }, dice) => {
    if (valor !== null && !dinero(valor).gt(0)) dice.error('valor', 'y un tipo de cambio es mayor que cero.')
    if (fecha !== null && hoy !== null && faltaDelDia(fecha, hoy) !== null)
      dice.error('fecha', 'y no puede pasar de 7 días después de hoy.')
    const campos = { fecha: fecha ?? '', valor: dinero(valor ?? '0').toFixed(4), fuente: fuente ?? FUENTE_USUAL }
    return {
      claves: fecha === null ? [] : [fecha],
      nombre: diaLegible(campos.fecha),
      // A workbook without source does not change the one there is.
      campos: fuente === null ? { fecha: campos.fecha, valor: campos.valor } : campos,
      nuevo: campos,
    }
  },
  insertar: (tx, nuevos) =>
    repo.insertarTasas(
      tx,
      nuevos.map(({ campos }) => campos),
    ),
  actualizar: repo.actualizarTasas,
  borrar: repo.borrarTasas,
  leer: async (ctx, ids, bloquear) => (await repo.listarPorId(ctx.bd, ids, bloquear)).map(comoRegistro),
  enUso: async (ctx, ids) =>
    (await repo.listarUsos(ctx.bd, ids)).map(({ id, cuantas }) => ({
      id,
      motivo: cuantas === 1 ? 'lo usa una estimación' : `lo usan ${plural(cuantas, 'estimación', 'estimaciones')}`,
    })),
})
