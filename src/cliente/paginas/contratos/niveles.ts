/** Lists of contracts, annexes and sub-annexes (catalogos.md §7). */
import type { RespuestaTabla } from '../../../comun/contrato.ts'
import { conMiles, dinero, textoDineroBreve } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import {
  rutaDeArchivo,
  rutaDeRegistro,
  rutasDeNivel,
  type ClaveNivel,
  type FilaAnexo,
  type FilaContrato,
  type FilaSubAnexo,
  type PaginaNiveles,
} from '../../../modulos/contratos/niveles/niveles.contrato.ts'
import { crearInsignia } from '../../componentes/insignia.ts'
import { montarLista } from '../../componentes/lista.ts'
import type { Columna } from '../../componentes/tabla.ts'
import { botonIcono, buscar, crear, exigir, icono, leerDatosPagina, origen } from '../../comun/dom.ts'
import { desactivarNivel, reactivarNivel } from './_baja-nivel.ts'
import { DialogoNivel } from './_formulario-nivel.ts'

const pagina = leerDatosPagina<PaginaNiveles>()
const { nivel, puede } = pagina

type Fila = FilaContrato | FilaAnexo | FilaSubAnexo

const claveDe = (fila: Fila): string =>
  'numero_contrato' in fila ? fila.numero_contrato : 'clave_anexo' in fila ? fila.clave_anexo : fila.clave

const enlace = (de: ClaveNivel, id: number, texto: string): HTMLElement =>
  crear('a', { href: rutaDeRegistro(de, id), class: 'folio' }, texto)

function titular<F extends Fila>(nombre: string, titulo: string): Columna<F> {
  return {
    nombre,
    titulo,
    ordenable: true,
    clase: 'texto-medio',
    celda: (fila) => enlace(nivel, fila.id, claveDe(fila)),
    texto: claveDe,
  }
}

function columna<F extends Fila>(nombre: keyof F & string, titulo: string, clase = ''): Columna<F> {
  return { nombre, titulo, ordenable: true, clase }
}

function cifra<F extends Fila>(nombre: keyof F & string, titulo: string, como: (valor: string) => string): Columna<F> {
  return {
    nombre,
    titulo,
    ordenable: true,
    clase: 'numero',
    celda: (fila) => como(String(fila[nombre])),
    texto: (fila) => String(fila[nombre]),
  }
}

const pesos = (plano: string): string => textoDineroBreve(dinero(plano))
const monto = <F extends Fila>(nombre: keyof F & string, titulo: string): Columna<F> => cifra(nombre, titulo, pesos)
const cuenta = <F extends Fila>(nombre: keyof F & string, titulo: string): Columna<F> => cifra(nombre, titulo, conMiles)
const dia = (nombre: 'fecha_inicio' | 'fecha_termino', titulo: string): Columna<FilaContrato> => ({
  nombre,
  titulo,
  ordenable: true,
  clase: 'fecha-celda',
  celda: (fila) => aDdMmAaaa(leerFechaIso(fila[nombre])) ?? '',
  texto: (fila) => fila[nombre],
})
const oculta = <F extends Fila>(col: Columna<F>): Columna<F> => ({ ...col, visible: false })

const CONTRATOS: Columna<FilaContrato>[] = [
  titular('numero_contrato', 'Número'),
  columna('descripcion', 'Descripción'),
  columna('cliente', 'Cliente', 'texto-medio'),
  dia('fecha_inicio', 'Inicio'),
  dia('fecha_termino', 'Término'),
  monto('monto_mn', 'Monto MN'),
  monto('monto_usd', 'Monto USD'),
  cuenta('anexos', 'Anexos'),
]

const ANEXOS: Columna<FilaAnexo>[] = [
  titular('clave', 'Clave'),
  columna('contrato', 'Contrato', 'texto-medio'),
  columna('descripcion', 'Descripción'),
  columna('tipo_texto', 'Tipo'),
  monto('monto_mn', 'Monto MN'),
  monto('monto_usd', 'Monto USD'),
  oculta(monto('suma_mn', 'Sub-anexos MN')),
  oculta(monto('suma_usd', 'Sub-anexos USD')),
  oculta(cuenta('sub_anexos', 'Sub-anexos')),
  {
    nombre: 'archivo',
    titulo: 'Archivo',
    ordenable: true,
    clase: 'texto-medio',
    celda: ({ id, archivo }) => (archivo === '' ? '—' : crear('a', { href: rutaDeArchivo(id) }, archivo)),
    texto: ({ archivo }) => archivo,
  },
]

const SUB_ANEXOS: Columna<FilaSubAnexo>[] = [
  titular('clave_anexo', 'Clave'),
  oculta(columna('contrato', 'Contrato', 'texto-medio')),
  columna('anexo', 'Anexo', 'texto-corto'),
  columna('descripcion', 'Descripción'),
  columna('unidad_medida', 'Unidad'),
  cuenta('cantidad', 'Cantidad'),
  monto('precio_unitario_mn', 'P.U. MN'),
  monto('precio_unitario_usd', 'P.U. USD'),
  monto('importe_mn', 'Importe MN'),
  monto('importe_usd', 'Importe USD'),
  cuenta('conceptos', 'Conceptos'),
]

const PROPIAS = { contratos: CONTRATOS, anexos: ANEXOS, sub_anexos: SUB_ANEXOS } as unknown as Record<
  ClaveNivel,
  Columna<Fila>[]
>

const COLUMNAS: Columna<Fila>[] = [
  { nombre: 'id', titulo: 'ID', ordenable: true, visible: false, clase: 'numero' },
  ...PROPIAS[nivel],
  {
    nombre: 'activo',
    titulo: 'Estatus',
    ordenable: true,
    celda: (fila) => crearInsignia(fila.activo, fila.activo_bool ? 'verde' : 'naranja'),
    texto: (fila) => fila.activo,
  },
  { nombre: 'acciones', titulo: 'Acciones', fija: true, clase: 'columna-acciones', celda: celdaAcciones },
]

function celdaAcciones(fila: Fila): HTMLElement {
  const accion = (permitida: boolean, dibujo: string, nombre: string): HTMLElement =>
    permitida
      ? botonIcono(icono(dibujo), nombre, {
          'data-accion': nombre.toLowerCase(),
          'aria-label': `${nombre} ${claveDe(fila)}`,
        })
      : botonIcono(icono(dibujo), `Sin permisos para ${nombre.toLowerCase()}`, { 'aria-disabled': 'true' })
  const botones = fila.activo_bool
    ? [accion(puede.editar, 'pencil', 'Editar'), accion(puede.eliminar, 'trash', 'Desactivar')]
    : [accion(puede.editar, 'arrow-counterclockwise', 'Reactivar')]
  return crear('div', { class: 'acciones-fila' }, ...botones)
}

const TEXTOS: Readonly<Record<ClaveNivel, { sustantivo: [string, string]; busqueda: string; vacio: string }>> = {
  contratos: {
    sustantivo: ['contrato', 'contratos'],
    busqueda: 'Número, descripción o cliente',
    vacio: 'Todavía no hay contratos. Un administrador puede crear el primero con «Crear nuevo».',
  },
  anexos: {
    sustantivo: ['anexo', 'anexos'],
    busqueda: 'Clave, descripción, contrato o archivo',
    vacio: 'Todavía no hay anexos. Un administrador puede crearlos con «Crear nuevo» o desde la página de su contrato.',
  },
  sub_anexos: {
    sustantivo: ['sub-anexo', 'sub-anexos'],
    busqueda: 'Clave, descripción, unidad, anexo o contrato',
    vacio:
      'Todavía no hay sub-anexos. Un administrador puede crearlos con «Crear nuevo», desde la página de su anexo o cargando el libro de precios.',
  },
}

const orden =
  nivel === 'sub_anexos'
    ? { columna: 'clave_anexo', descendente: false }
    : { columna: 'id', descendente: nivel === 'contratos' }
const { sustantivo, busqueda, vacio } = TEXTOS[nivel]
const ruta = rutasDeNivel(nivel)

const { tabla, filtros } = montarLista<Fila, RespuestaTabla<Fila>>({
  caja: exigir('#tabla-niveles', HTMLElement),
  titulo: pagina.titulo,
  ruta: ruta.tabla,
  columnas: COLUMNAS,
  sustantivo,
  orden,
  filtros: {
    nombres: ['filtro', ...pagina.filtros.map(({ nombre }) => nombre), 'estado'],
    rotuloBusqueda: busqueda,
  },
  vistas: nivel,
  rutaExportar: ruta.exportar,
  claseFila: (fila) => (fila.activo_bool ? '' : 'inactiva'),
  alAbrir: (fila) => {
    location.assign(rutaDeRegistro(nivel, fila.id))
  },
  teclaAbrir: `Abrir el ${pagina.formulario.nombre} de la fila`,
  vacio: { conFiltros: `Ningún ${sustantivo[0]} cumple con estos filtros.`, sinNada: vacio },
})

const formulario = DialogoNivel.enPagina(pagina.formulario, ({ id }, nuevo) => {
  // A new record is filled in on its own page: its parts go there.
  if (nuevo) location.assign(rutaDeRegistro(nivel, id))
  else tabla.recargar()
})

const FILTRO_DE_PADRE: Readonly<Record<ClaveNivel, string>> = { contratos: '', anexos: 'contrato', sub_anexos: 'anexo' }

buscar('#boton-crear', HTMLButtonElement)?.addEventListener('click', () => {
  formulario?.abrirNuevo(filtros.aplicados[FILTRO_DE_PADRE[nivel]] ?? '')
})

tabla.elemento.addEventListener('click', (evento) => {
  const boton = origen(evento, '[data-accion]')
  const fila = boton && tabla.filaDe(boton)
  if (!boton || !fila) return
  const recargar = (hecho: boolean): void => {
    if (hecho) tabla.recargar()
  }
  const { accion } = boton.dataset
  if (accion === 'editar') void formulario?.abrirEdicion(fila.id)
  else if (accion === 'desactivar') void desactivarNivel(nivel, fila.id, claveDe(fila)).then(recargar)
  else if (accion === 'reactivar') void reactivarNivel(nivel, fila.id).then(recargar)
})
