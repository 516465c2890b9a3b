/**
 * Which part of the project may import which, as docs/architecture.md has it. `npm run lint` fails on every other
 * import, and on any circle.
 */

/** The rooms of the core, each with the rooms that it may import. */
const rooms = {
  form: ['request', 'wire'],
  request: ['wire'],
  delivery: ['form', 'request', 'response', 'wire'],
  response: ['request', 'wire'],
  wire: [],
  events: ['response'],
};

/** Helpers that every room of the core uses. */
const beside = ['errors', 'fate', 'model', 'paths', 'phrase', 'quote'];

/** Files of a folder may import files at these places, and the folder's own, only. */
function wall(name, folder, places) {
  return {
    name,
    severity: 'error',
    from: { path: `^${folder}/` },
    to: { pathNot: [`^${folder}/`, ...places], dependencyTypesNot: ['core'] },
  };
}

const packages = (...names) => names.map((name) => `node_modules/${name}/`);

export default {
  forbidden: [
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    wall('core', 'shared', []),
    {
      name: 'core-without-node',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    wall('generated', 'shared/generated', ['^shared/model\\.ts$']),
    ...Object.entries(rooms).map(([room, others]) =>
      wall(`room-${room}`, `shared/${room}`, [
        '^shared/generated/',
        `^shared/(${beside.join('|')})\\.ts$`,
        ...others.map((other) => `^shared/${other}/`),
      ]),
    ),
    wall('generator', 'codegen', ['^shared/', 'node_modules/']),
    wall('n8n-nodes', 'nodes', ['^shared/', ...packages('n8n-workflow')]),
    wall('n8n-credentials', 'credentials', [
      '^shared/',
      '^nodes/SendClean/actions/router[.]ts$',
      ...packages('n8n-workflow'),
    ]),
    wall('node-red', 'node-red/src', [
      '^shared/',
      ...packages('axios', 'https-proxy-agent', 'proxy-from-env', '@node-red/registry'),
    ]),
    wall('sandbox', 'sandbox', ['^shared/', 'node_modules/']),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node-red/)?(dist|build)/|eslint\\.config\\.mjs$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
