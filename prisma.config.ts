import { defineConfig } from 'prisma/config'

// The address arrives in DATABASE_URL from the bd:* commands, which know the embedded database; `generate` and
// `validate` need none, so its absence is not an error here.
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://sin-base/' },
})
