/**
 * Mutation testing of the core: Stryker changes one piece of it after the other, and wants a unit test to fail each
 * time. The tests are bundled once, with all changes in them that one can be chosen of.
 */
export default {
  mutate: ['shared/*.ts', 'shared/{form,request,delivery,wire,response,events}/*.ts'],
  buildCommand:
    'esbuild test/unit/**/*.test.ts --bundle --platform=node --format=cjs --packages=external --outdir=build/mutants --log-level=error',
  plugins: ['./test/mutation/runner.mts'],
  testRunner: 'in-process',
  coverageAnalysis: 'perTest',
  ignorers: ['wording'],
  timeoutMS: 2000,
  concurrency: 2,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: 'build/mutation.json' },
  tempDirName: 'build/stryker',
  thresholds: { high: 95, low: 90, break: 90 },
};
