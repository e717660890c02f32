// npm run build
import { cargarEnv, preparar, terminarConAviso } from './preparar.mjs'

try {
  cargarEnv()
  await preparar(console.log)
} catch (error) {
  terminarConAviso(error)
}
