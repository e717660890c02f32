import { defineConfig } from 'vitest/config'

// The process runs in UTC in production too: only comun/fechas.ts knows the local zone.
const env = { TZ: 'UTC', NODE_ENV: 'test' }

export default defineConfig({
  test: {
    reporters: ['default'],
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'scripts/**/*.test.ts', 'prisma/**/*.test.ts'],
          env,
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'arquitectura',
          include: ['tests/arquitectura/**/*.test.ts'],
          env,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'integracion',
          include: ['tests/integracion/**/*.test.ts'],
          env,
          globalSetup: ['tests/apoyo/bd-global.ts'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'navegador',
          include: ['tests/navegador/**/*.test.ts'],
          env,
          globalSetup: ['tests/apoyo/bd-global.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // One Chromium at a time: two of them on two cores only make each other slow.
          fileParallelism: false,
        },
      },
    ],
  },
})
