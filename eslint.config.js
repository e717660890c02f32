import eslint from '@eslint/js'
import tseslint from 'typescript-eslint'

const SIN_FECHA = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: 'El reloj es plataforma/reloj.ts: usa ctx.ahora o ctx.hoy.',
  },
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'El reloj es plataforma/reloj.ts: usa ctx.ahora.',
  },
]
const SIN_ENTORNO = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'El entorno se lee una vez en plataforma/config.ts.',
}
const GENERALES = [
  {
    selector: 'CallExpression[callee.property.name=/^\\$(queryRawUnsafe|executeRawUnsafe)$/]',
    message: 'SQL con plantillas etiquetadas: plataforma/sql.ts.',
  },
  {
    selector: "MemberExpression[object.name='Prisma'][property.name='raw']",
    message: 'Prisma.raw deja pasar texto sin escapar: compón con sql``.',
  },
  {
    selector: "CallExpression[callee.name='parseFloat'], CallExpression[callee.property.name='parseFloat']",
    message: 'Dinero y volumen son decimales: comun/dinero.ts.',
  },
  {
    selector:
      "AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/], CallExpression[callee.property.name='insertAdjacentHTML']",
    message: 'El texto se inserta como texto: cliente/comun/dom.ts (crear).',
  },
]

export default tseslint.config(
  { ignores: ['dist/', 'public/', 'node_modules/', '.cache/', '.datos/', 'src/plataforma/prisma/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './tsconfig.cliente.json'], tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Keys of dictionaries are written obj['key'] because TypeScript demands it (noPropertyAccessFromIndexSignature).
      '@typescript-eslint/dot-notation': 'off',
      // `leer<T>(clave)` says what the caller stored under that key.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...GENERALES, SIN_ENTORNO],
    },
  },
  {
    files: ['src/modulos/**/*.ts', 'src/comun/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', ...GENERALES, SIN_ENTORNO, ...SIN_FECHA] },
  },
  {
    // The queue writes its own statements: pg-boss's text runs inside our transaction (architecture §7).
    files: ['src/plataforma/cola.ts'],
    rules: { 'no-restricted-syntax': ['error', ...GENERALES.slice(1), SIN_ENTORNO] },
  },
  {
    // The edge: they read the environment, speak to a terminal, or prepare the machine.
    files: [
      'src/plataforma/config.ts',
      'src/main.ts',
      'src/comando.ts',
      'scripts/**',
      'tests/**',
      '**/*.test.ts',
      '*.config.ts',
      'prisma/**',
    ],
    rules: {
      'no-console': 'off',
      'no-restricted-syntax': ['error', ...GENERALES],
    },
  },
  {
    // The body of an answer is `any` in supertest: the tests say what it must be with their assertions.
    files: ['tests/**', '**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        WebAssembly: 'readonly',
        module: 'writable',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        AbortSignal: 'readonly',
        performance: 'readonly',
        globalThis: 'readonly',
      },
    },
  },
)
