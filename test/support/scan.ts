import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import { ESLint, type Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import { parser } from 'typescript-eslint';

type RuleSet = 'community' | 'credentials' | 'nodes';

/** It brings no types. */
const nodesBase = createRequire(import.meta.url)('eslint-plugin-n8n-nodes-base') as ESLint.Plugin & {
  configs: Record<RuleSet, { rules: Linter.RulesRecord }>;
};

/** What is published: the compiled code and the manifest. */
export const tarballFiles = ['**/*.js', 'package.json'];

/** What it was built from. */
export const sourceFiles = ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'];

const off = (...rules: string[]): Record<string, 'off'> =>
  Object.fromEntries(rules.map((rule) => [`n8n-nodes-base/${rule}`, 'off']));

/** The config of `buildScanConfig` in @n8n/scan-community-package 0.32.0. */
const config = defineConfig(
  n8nCommunityNodesPlugin.configs.recommended,
  { rules: { 'no-console': 'error' } },
  { plugins: { 'n8n-nodes-base': nodesBase } },
  { files: ['package.json'], rules: nodesBase.configs.community.rules },
  {
    files: ['**/credentials/**/*.ts'],
    rules: {
      ...nodesBase.configs.credentials.rules,
      ...off('cred-class-field-documentation-url-miscased', 'cred-class-field-type-options-password-missing'),
    },
  },
  {
    files: ['**/nodes/**/*.ts'],
    rules: {
      ...nodesBase.configs.nodes.rules,
      ...off(
        'node-class-description-inputs-wrong-regular-node',
        'node-class-description-outputs-wrong',
        'node-param-type-options-max-value-present',
      ),
    },
  },
  { files: ['**/*.json', '**/*.ts'], languageOptions: { parser } },
);

/**
 * Lints a package as n8n does before it verifies one: by its own rules alone, whatever the package's comments and
 * config files allow.
 * @param folder absolute path of the package
 * @returns what n8n refuses, one `file: rule: message` each, and what it lets pass with a warning
 */
export async function scan(
  folder: string,
  patterns: string[],
): Promise<Record<'errors' | 'warnings', string[]>> {
  const eslint = new ESLint({
    cwd: folder,
    allowInlineConfig: false,
    overrideConfigFile: true,
    overrideConfig: config,
  });
  const results = await eslint.lintFiles(patterns);
  const of = (severity: Linter.Severity) =>
    results.flatMap(({ filePath, messages }) =>
      messages
        .filter((found) => found.severity === severity)
        .map(({ ruleId, message }) => `${relative(folder, filePath)}: ${ruleId}: ${message}`),
    );
  return { errors: of(2), warnings: of(1) };
}
