import regexp from 'eslint-plugin-regexp';
import typescript from 'typescript-eslint';

/** Lint rules of everything; nodes and credentials keep n8n's own rules as well. */
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
  {
    // What holds text from outside must not take time that grows with the square of its length.
    files: ['**/*.{ts,mts,js,mjs}'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': [
        'error',
        { report: 'potential', ignoreSticky: false, ignorePartial: false },
      ],
    },
  },
);
