const NAVEGADORES: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/\bCriOS\/|Chrome\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
]

const SISTEMAS: readonly (readonly [RegExp, string])[] = [
  [/\bAndroid\b/, 'Android'],
  [/\biPhone\b|\biPad\b/, 'iOS'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

/** What a browser says of itself, in two words: «Firefox en Windows». */
export function describirNavegador(agente: string | null): string {
  if (agente === null || agente === '') return 'Navegador desconocido'
  const de = (lista: typeof NAVEGADORES): string | undefined => lista.find(([forma]) => forma.test(agente))?.[1]
  const navegador = de(NAVEGADORES) ?? 'Otro navegador'
  const sistema = de(SISTEMAS)
  return sistema === undefined ? navegador : `${navegador} en ${sistema}`
}
