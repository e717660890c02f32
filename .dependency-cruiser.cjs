const MODULO = '^src/modulos/([^/]+)/'
const PRUEBA = '\\.test\\.ts$|^tests/'
const error = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to })

module.exports = {
  forbidden: [
    error('sin-ciclos', 'Import circular.', {}, { circular: true, viaOnly: { pathNot: 'src/plataforma/prisma/' } }),
    error(
      'modulo-solo-por-su-puerta',
      'De otro módulo se usa solo su index.ts (o lo que ve el navegador).',
      { path: MODULO, pathNot: PRUEBA },
      { path: '^src/modulos/', pathNot: ['^src/modulos/$1/', '^src/modulos/[^/]+/index\\.ts$', '\\.contrato\\.ts$'] },
    ),
    error(
      'web-solo-rutas-e-index',
      'Desde fuera: index, routes, jobs, comandos, permisos, invariantes.',
      { path: '^scripts/|^src/(web/|main\\.ts|comando\\.ts)', pathNot: PRUEBA },
      {
        path: '^src/modulos/',
        pathNot: '(/index|\\.routes|\\.jobs|\\.comandos|\\.permisos|\\.invariantes|permisos-por-grupo)\\.ts$',
      },
    ),
    error(
      'rutas-no-tocan-repo',
      'Las rutas llaman al service.',
      { path: '\\.routes\\.ts$' },
      { path: '\\.repo\\.ts$|^src/plataforma/(bd|prisma|transaccion)' },
    ),
    error(
      'sin-http-adentro',
      'Express vive en src/web.',
      { path: '^src/(modulos|plataforma|comun)/', pathNot: '\\.routes\\.ts$|\\.test\\.ts$' },
      { path: '(^|node_modules/(@types/)?)express(-|/|$)|^src/web/' },
    ),
    error(
      'solo-repo-usa-bd',
      'Prisma y bd solo en *.repo.ts.',
      { path: '^src/modulos/', pathNot: '\\.repo\\.ts$|\\.test\\.ts$' },
      { path: '^src/plataforma/(bd\\.ts|prisma/)|@prisma/', dependencyTypesNot: ['type-only'] },
    ),
    error(
      'reglas-puras',
      'Las reglas solo conocen comun y otras reglas y tipos.',
      { path: '\\.reglas\\.ts$' },
      // A hash is a pure function of its bytes: crypto is the only module of node that rules may know.
      { pathNot: '^src/comun/|\\.(reglas|tipos)\\.ts$|^(node:)?crypto$', dependencyTypesNot: ['type-only'] },
    ),
    error(
      'contrato-liviano',
      'Lo que ve el navegador no arrastra al servidor.',
      { path: '\\.contrato\\.ts$' },
      { pathNot: '^src/comun/|\\.(contrato|tipos)\\.ts$|node_modules/zod' },
    ),
    error(
      'comun-no-mira-arriba',
      'comun es el piso de abajo.',
      { path: '^src/comun/', pathNot: PRUEBA },
      { path: '^src/(modulos|web|plataforma|cliente)/' },
    ),
    error(
      'plataforma-no-mira-arriba',
      'plataforma no conoce el dominio.',
      { path: '^src/plataforma/', pathNot: PRUEBA },
      { path: '^src/(modulos|web|cliente)/' },
    ),
    error(
      'cliente-aislado',
      'El navegador importa cliente, comun y contratos.',
      { path: '^src/cliente/' },
      { path: '^src/', pathNot: '^src/(cliente|comun)/|\\.contrato\\.ts$' },
    ),
    error(
      'servidor-no-usa-cliente',
      'Y nunca al revés.',
      { path: '^src/', pathNot: '^src/cliente/' },
      { path: '^src/cliente/' },
    ),
    error('no-prod-a-pruebas', 'El código no importa pruebas.', { pathNot: PRUEBA }, { path: PRUEBA }),
    error(
      'no-prod-a-dev',
      'El código no importa devDependencies.',
      { path: '^src/(?!cliente/)', pathNot: PRUEBA },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    ),
    error('se-resuelve', 'El import existe.', {}, { couldNotResolve: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'src/plataforma/prisma/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
}
