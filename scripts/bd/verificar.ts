// npm run bd:verificar — fails when prisma/schema says something that the migrations do not build (or the reverse).
import { prisma } from './prisma.ts'
import { conServidorTemporal } from './servidor-temporal.ts'

const COMPARAR = ['migrate', 'diff', '--from-migrations', 'prisma/migrations', '--to-schema', 'prisma/schema']

const { codigo, salida } = await conServidorTemporal((url) => prisma([...COMPARAR, '--exit-code'], url))
if (codigo === 0) console.log('El esquema y las migraciones coinciden.')
else {
  console.error(salida)
  if (codigo === 2)
    console.error('El esquema y las migraciones difieren: cree la migración con «npm run bd:migracion -- NOMBRE».')
  process.exitCode = 1
}
