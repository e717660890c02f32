import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

const RAIZ = join(import.meta.dirname, '../..')

interface Crucero {
  modules: { source: string }[]
  summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] }
}

function archivosEn(carpeta: string, termina: string): string[] {
  return readdirSync(join(RAIZ, carpeta), { recursive: true, encoding: 'utf8' })
    .filter((nombre) => nombre.endsWith(termina))
    .map((nombre) => join(carpeta, nombre))
}

function leer(archivo: string): string {
  return readFileSync(join(RAIZ, archivo), 'utf8')
}

describe('dependencies between floors and modules', () => {
  let crucero: Crucero
  beforeAll(() => {
    const salida = execFileSync(
      process.execPath,
      [
        join(RAIZ, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        'src',
        'scripts',
        '--output-type',
        'json',
      ],
      { cwd: RAIZ, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 },
    )
    crucero = JSON.parse(salida) as Crucero
  })

  it('sees the sources: a check that reads nothing reports success', () => {
    const propios = crucero.modules.filter(({ source }) => source.startsWith('src/') && source.endsWith('.ts'))
    const enDisco = archivosEn('src', '.ts').filter((archivo) => !archivo.includes('plataforma/prisma/'))
    expect(propios.length).toBeGreaterThanOrEqual(enDisco.length)
    expect(propios.length).toBeGreaterThan(100)
  })

  it('finds no violation', () => {
    expect(crucero.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([])
  })
})

describe('views', () => {
  const COMPARTIDAS = ['layouts', 'parciales', 'componentes', 'errores', 'correos']

  it('has one folder per module, or one of the five shared ones', () => {
    const modulos = readdirSync(join(RAIZ, 'src/modulos'))
    const carpetas = readdirSync(join(RAIZ, 'views'))
    expect(carpetas.filter((carpeta) => !COMPARTIDAS.includes(carpeta) && !modulos.includes(carpeta))).toEqual([])
  })

  it('prints unescaped only includes, the body of the page and safe JSON', () => {
    const admitido = /^<%-\s*(include\(|v\.cuerpo\s*%>|v\.json\()/
    const ajenos = archivosEn('views', '.ejs').flatMap((vista) =>
      [...leer(vista).matchAll(/<%-[^%]*%>/gs)]
        .filter(([trozo]) => !admitido.test(trozo))
        .map(([trozo]) => `${vista}: ${trozo}`),
    )
    expect(ajenos).toEqual([])
  })

  it('has a view for every page script, and no script of a view that is gone', () => {
    const guiones = archivosEn('src/cliente/paginas', '.ts').filter((guion) => !/\/_|\.test\.ts$/.test(guion))
    const huerfanos = guiones.filter(
      (guion) => !existsSync(join(RAIZ, guion.replace('src/cliente/paginas', 'views').replace(/\.ts$/, '.ejs'))),
    )
    expect(huerfanos).toEqual([])
  })

  it('loads nothing from another host', () => {
    const ajenos = archivosEn('views', '.ejs').filter((vista) => /(?:src|href)="(?:https?:)?\/\//.test(leer(vista)))
    expect(ajenos).toEqual([])
  })
})

/** Which module owns each table: only its repos write it (architecture §5). */
const DUENIOS: Readonly<Record<string, string>> = {
  registro_actividad: 'auditoria',
  sello_auditoria: 'auditoria',
  conteo_auditoria: 'auditoria',
  user: 'usuarios',
  group: 'usuarios',
  permission: 'usuarios',
  user_groups: 'usuarios',
  user_permissions: 'usuarios',
  group_permissions: 'usuarios',
  enlace_clave: 'usuarios',
  correo_saliente: 'correo',
  session: 'sesiones',
  intento_acceso: 'acceso',
  tarea: 'tareas',
  token_acceso: 'tokens',
  indice_busqueda: 'busqueda',
  core_modulo: 'inicio',
  vista_guardada: 'vistas',
  tipo: 'catalogos',
  frente: 'catalogos',
  sitio: 'catalogos',
  cat_estatus: 'catalogos',
  unidad_medida: 'catalogos',
  cliente: 'catalogos',
  responsable_proyecto: 'catalogos',
  paso: 'catalogos',
  paso_ot: 'catalogos',
  cat_categoria: 'catalogos',
  cat_subcategoria: 'catalogos',
  cat_clasificacion: 'catalogos',
  superintendente: 'catalogos',
  pte_header: 'pte',
  pte_detalle: 'pte',
  ot: 'ot',
  ot_detalle: 'ot',
  lote_importacion: 'importacion',
  lote_cambio: 'importacion',
  importacion_anexo: 'anexo',
  contrato: 'contratos',
  contrato_anexo_maestro: 'contratos',
  contrato_sub_anexo: 'contratos',
  contrato_seccion: 'contratos',
  contrato_concepto_maestro: 'contratos',
  contrato_concepto_precio: 'contratos',
  producto: 'contratos',
  partida_anexo_importada: 'anexo',
  concepto_consolidado: 'anexo',
  partida_proyectada: 'anexo',
  archivo: 'archivos',
  reporte_mensual_header: 'produccion',
  reporte_diario_detalle: 'produccion',
  produccion: 'produccion',
  registro_generadores_pu: 'produccion',
  evidencia_gpu: 'produccion',
  guardias: 'produccion',
  estimacion_header: 'estimaciones',
  estimacion_detalle: 'estimaciones',
  estimacion_deduccion: 'estimaciones',
  radar_cambio: 'estimaciones',
  radar_cobro: 'estimaciones',
  radar_valor: 'estimaciones',
  estimacion_prueba: 'estimaciones',
  estimacion_prueba_resumen: 'estimaciones',
  estimacion_instantanea: 'estimaciones',
  estimacion_comparacion: 'estimaciones',
  tipo_cambio: 'estimaciones',
  parametro: 'parametros',
  deduccion_usual: 'parametros',
}

describe('tables', () => {
  it('has one owner for each table of the schema', () => {
    const tablas = archivosEn('prisma/schema', '.prisma').flatMap((archivo) =>
      [...leer(archivo).matchAll(/@@map\("(\w+)"/g)].map(([, tabla]) => tabla),
    )
    const sinDuenio = tablas.filter((tabla) => tabla !== undefined && tabla !== 'dato_demo' && !(tabla in DUENIOS))
    expect(tablas.length).toBeGreaterThan(25)
    expect(sinDuenio).toEqual([])
  })

  it('is written only by the repos of its owner', () => {
    const escrituras = archivosEn('src', '.ts')
      .filter((archivo) => !archivo.endsWith('.test.ts') && !archivo.includes('plataforma/prisma/'))
      .flatMap((archivo) =>
        [...leer(archivo).matchAll(/\b(?:INSERT INTO|UPDATE(?! SET)|DELETE FROM)\s+"?([a-z_]+)"?/g)].map(
          ([, tabla = '']) => ({ archivo, tabla }),
        ),
      )
    const fueraDeCasa = escrituras.filter(
      ({ archivo, tabla }) =>
        tabla in DUENIOS &&
        !(archivo.endsWith('.repo.ts') && archivo.startsWith(`src/modulos/${DUENIOS[tabla] ?? ''}/`)),
    )
    expect(escrituras.length).toBeGreaterThan(5)
    expect(fueraDeCasa.map(({ archivo, tabla }) => `${archivo} escribe ${tabla}`)).toEqual([])
  })
})
