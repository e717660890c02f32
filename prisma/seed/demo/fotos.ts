/** Photos of the demo works, drawn: the sea, a deck and what is being welded on it. The same seed draws the same one. */
import sharp from 'sharp'
import { crearAzar, type Azar } from './azar.ts'

const [ANCHO, ALTO] = [640, 480]

/** As a telephone would send it: JPG. */
export function dibujarFoto(semilla: number): Promise<Buffer> {
  return sharp(Buffer.from(escena(crearAzar(semilla * 7919 + 13))))
    .jpeg({ quality: 82 })
    .toBuffer()
}

function escena(azar: Azar): string {
  const horizonte = azar.entero(110, 250)
  const cubierta = azar.entero(horizonte + 60, 400)
  const gris = azar.entero(35, 70)
  const piezas = [
    `<rect width="${String(ANCHO)}" height="${String(ALTO)}" fill="hsl(${String(azar.entero(195, 225))},${String(azar.entero(15, 60))}%,${String(azar.entero(55, 85))}%)"/>`,
    sol(azar, horizonte),
    rectangulo(
      0,
      horizonte,
      ANCHO,
      ALTO - horizonte,
      `hsl(${String(azar.entero(190, 215))},45%,${String(azar.entero(22, 45))}%)`,
    ),
    ...olas(azar, horizonte, cubierta),
    azar.sucede(0.5) ? grua(azar, cubierta) : plataforma(azar, horizonte),
    rectangulo(0, cubierta, ANCHO, ALTO - cubierta, `hsl(${String(azar.entero(10, 60))},12%,${String(gris)}%)`),
    ...Array.from({ length: azar.entero(3, 8) }, () =>
      rectangulo(azar.entero(0, ANCHO), cubierta, 2, ALTO - cubierta, `hsl(0,0%,${String(gris - 12)}%)`),
    ),
    tubo(azar, cubierta),
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(ANCHO)} ${String(ALTO)}" width="${String(ANCHO)}" height="${String(ALTO)}">${piezas.join('')}</svg>`
}

const rectangulo = (x: number, y: number, ancho: number, alto: number, color: string): string =>
  `<rect x="${String(x)}" y="${String(y)}" width="${String(ancho)}" height="${String(alto)}" fill="${color}"/>`

const circulo = (x: number, y: number, radio: number, color: string, opacidad = 1): string =>
  `<circle cx="${String(x)}" cy="${String(y)}" r="${String(radio)}" fill="${color}" opacity="${String(opacidad)}"/>`

function sol(azar: Azar, horizonte: number): string {
  const [x, y] = [azar.entero(40, ANCHO - 40), azar.entero(20, horizonte)]
  return circulo(x, y, azar.entero(60, 150), '#fff3c4', 0.35) + circulo(x, y, azar.entero(18, 40), '#fffbe8', 0.9)
}

const olas = (azar: Azar, horizonte: number, cubierta: number): string[] =>
  Array.from({ length: 26 }, () =>
    rectangulo(
      azar.entero(-40, ANCHO),
      azar.entero(horizonte + 4, cubierta),
      azar.entero(20, 130),
      2,
      'rgba(255,255,255,0.3)',
    ),
  )

function grua(azar: Azar, cubierta: number): string {
  const [x, alto] = [azar.entero(60, ANCHO - 60), azar.entero(140, 240)]
  const punta = x + azar.uno([-1, 1]) * azar.entero(120, 260)
  const cima = cubierta - alto
  const linea = (x2: number, y1: number, y2: number, grueso: number, x1 = x): string =>
    `<line x1="${String(x1)}" y1="${String(y1)}" x2="${String(x2)}" y2="${String(y2)}" stroke="hsl(${String(azar.uno([18, 45, 210]))},75%,42%)" stroke-width="${String(grueso)}"/>`
  return (
    rectangulo(x - 14, cima, 28, alto, '#d9a21b') +
    linea(punta, cima + 10, cima - azar.entero(0, 60), 9) +
    linea(punta, cima - 20, cima + azar.entero(70, 160), 2, punta)
  )
}

function plataforma(azar: Azar, horizonte: number): string {
  const [x, ancho] = [azar.entero(20, ANCHO - 200), azar.entero(90, 180)]
  const patas = [0.1, 0.5, 0.9].map((parte) => rectangulo(x + ancho * parte, horizonte - 20, 7, 34, '#5a6068'))
  const techo = azar.entero(30, 70)
  return (
    patas.join('') +
    rectangulo(x, horizonte - 20 - techo, ancho, techo, `hsl(${String(azar.uno([14, 40, 205]))},40%,45%)`)
  )
}

/** A pipe over the deck with its flanges, and half of the times the light of the weld. */
function tubo(azar: Azar, cubierta: number): string {
  const [grueso, y] = [azar.entero(34, 90), azar.entero(cubierta - 30, 420)]
  const color = `hsl(${String(azar.uno([5, 28, 48, 150, 210]))},${String(azar.entero(20, 70))}%,`
  const bridas = Array.from({ length: azar.entero(1, 4) }, () =>
    rectangulo(azar.entero(20, ANCHO - 40), y - 10, azar.entero(12, 22), grueso + 20, `${color}30%)`),
  )
  const [sx, sy] = [azar.entero(90, ANCHO - 90), y + azar.entero(0, grueso)]
  const chispa = azar.sucede(0.5)
    ? circulo(sx, sy, azar.entero(40, 90), '#bfe6ff', 0.4) + circulo(sx, sy, azar.entero(8, 16), '#ffffff')
    : ''
  const cuerpo =
    rectangulo(-60, y, ANCHO + 200, grueso, `${color}45%)`) +
    rectangulo(-60, y + grueso * 0.15, ANCHO + 200, grueso * 0.18, `${color}65%)`) +
    bridas.join('') +
    chispa
  return `<g transform="rotate(${String(azar.entero(-14, 14))} ${String(ANCHO / 2)} ${String(y)})">${cuerpo}</g>`
}
