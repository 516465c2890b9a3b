import typescript from 'typescript-eslint';

/** Lint rules of everything that n8n's own rules are not meant for: they concern nodes and credentials. */
export default typescript.config(
  { ignores: ['**/dist/**', '**/generated/**', '**/*.gen.*'] },
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [typescript.configs.strict],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      'max-lines': ['error', 250],
      'no-console': 'error',
    },
  },
);
