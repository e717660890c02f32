/** Buttons of the header of the page: the guards of its site and the reports of what it is looking at. */
import { RUTA_GUARDIAS } from '../../../modulos/produccion/guardias/guardias.contrato.ts'
import type { PaginaProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import {
  opcionesDeReporte,
  rutaDeReporte,
  RUTA_REPORTES,
} from '../../../modulos/produccion/reportes/reportes.contrato.ts'
import { configurarCicloDeGuardia } from '../../componentes/guardias.ts'
import { avisar } from '../../comun/avisos.ts'
import { crear, exigir, icono } from '../../comun/dom.ts'
import { abrirMenu } from '../../comun/menu-flotante.ts'
import { recargarGuardias } from './_guardias.ts'
import { seleccion } from './_seleccion.ts'

export function dibujarAcciones({ puede }: PaginaProduccion): void {
  const reportes = crear(
    'button',
    { type: 'button', class: 'boton', 'aria-haspopup': 'true' },
    icono('file-earmark-text'),
    'Reporte mensual ▾',
  )
  reportes.addEventListener('click', () => {
    abrirReportes(reportes, puede.exportar)
  })
  const guardias = crear(
    'button',
    { type: 'button', class: 'boton', title: 'Configurar Ciclo 14x14', 'aria-haspopup': 'true' },
    icono('calendar3'),
    'Guardias',
  )
  guardias.addEventListener('click', () => {
    abrirGuardias(guardias, puede.guardias)
  })
  exigir('#produccion-acciones', HTMLElement).append(guardias, reportes)
}

/** As the link of a table does: it does not leave the page, so nobody is asked about unsaved changes. */
const descargar = (ruta: string) => (): void => {
  crear('a', { href: ruta, download: true }).click()
}

const ir = (ruta: string) => (): void => {
  location.assign(ruta)
}

function abrirReportes(boton: HTMLElement, exporta: boolean): void {
  const { ot, sitio, mes, anio } = seleccion()
  const asunto = { id_ot: ot, id_sitio: sitio, mes, anio }
  abrirMenu(boton, 'Reportes del mes', [
    ...(exporta ? opcionesDeReporte(asunto) : []).map(({ texto, ruta }) => ({ texto, hacer: descargar(ruta) })),
    { texto: 'Programado contra producido…', hacer: ir(rutaDeReporte(RUTA_REPORTES, asunto)) },
  ])
}

function abrirGuardias(boton: HTMLElement, configura: boolean): void {
  const { sitio, mes, anio } = seleccion()
  const calendario = {
    texto: 'Ver el calendario del mes',
    hacer: ir(rutaDeReporte(RUTA_GUARDIAS, { id_sitio: sitio, mes, anio })),
  }
  const configurar = {
    texto: 'Configurar ciclo de guardia…',
    hacer: (): void => {
      void configurarCicloDeGuardia(sitio).then((detalles) => {
        if (detalles === null) return
        avisar('exito', detalles)
        void recargarGuardias()
      })
    },
  }
  abrirMenu(boton, 'Guardias', configura ? [configurar, calendario] : [calendario])
}
