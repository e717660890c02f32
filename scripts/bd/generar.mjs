// Generates the Prisma client (src/plataforma/prisma) without a downloaded engine.
import { prisma } from './prisma.mjs'

process.exitCode = prisma(['generate'], { silencioso: process.argv.includes('--silencioso') })
