/**
 * Runs the bundled tests in the process of Stryker's worker, see https://stryker-mutator.io/docs/stryker-js/plugins.
 * A process for each change, as the runners for node:test have it, would spend nearly all its time on its start.
 */
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative, resolve } from 'node:path';
import { Script } from 'node:vm';

interface Test {
  /** Name of its file, and the names around it. */
  id: string;
  work: () => unknown;
}

interface Bundle {
  path: string;
  evaluate: (require: (name: string) => unknown, module: object, exports: object) => void;
}

/** What Stryker's changes read and write while they are reached. */
interface Changes {
  /** Which of them is on. */
  activeMutant?: string;
  currentTestId?: string;
  /** Which of them were reached by which test. */
  mutantCoverage?: object;
  hitCount?: number | undefined;
  /** How often one may be reached until it is taken for an endless loop. */
  hitLimit?: number | undefined;
}

interface MutantRun {
  activeMutant: { id: string };
  testFilter?: string[];
  hitLimit?: number;
}

const changes: Changes = {};
Object.assign(globalThis, { __stryker__: changes });

/** What went wrong beside a test, such as a promise that nobody waited for. */
let stray: unknown;
for (const event of ['unhandledRejection', 'uncaughtException'])
  process.on(event, (reason: unknown) => (stray = reason ?? event));

class InProcessRunner {
  readonly #bundles = new Map<string, Bundle>();
  /** How long each test took in this process when it last passed, in milliseconds. */
  readonly #times = new Map<string, number>();

  capabilities() {
    return { reloadEnvironment: true };
  }

  init(): void {
    for (const path of globSync('build/mutants/**/*.test.js').map((one) => resolve(one))) {
      const name = relative('build/mutants', path);
      const script = new Script(`(function (require, module, exports) {${readFileSync(path, 'utf8')}\n})`);
      // Those of the generator and of two bundles read what is not in their own.
      if (!/^(codegen|delivery\/otherBundle)/.test(name))
        this.#bundles.set(name, { path, evaluate: script.runInThisContext() as Bundle['evaluate'] });
    }
  }

  /** Runs all tests with every change off, and notes which of them reaches which. */
  async dryRun(): Promise<object> {
    const mutantCoverage = { static: {}, perTest: {} };
    changes.mutantCoverage = mutantCoverage;
    const tests: object[] = [];
    for (const test of [...this.#bundles.keys()].flatMap((name) => this.#testsOf(name))) {
      const { id } = test;
      changes.currentTestId = id;
      const failureMessage = await this.#failureOf(test);
      delete changes.currentTestId;
      const status = failureMessage === undefined ? 0 : 1;
      tests.push({ id, name: id, timeSpentMs: this.#times.get(id) ?? 0, status, failureMessage });
    }
    delete changes.mutantCoverage;
    return { status: 'complete', tests, mutantCoverage };
  }

  /** Runs the tests that reach a change, anew from the first line of their files, the quickest first, until one fails. */
  async mutantRun({ activeMutant, testFilter, hitLimit }: MutantRun): Promise<object> {
    Object.assign(changes, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit && 0 });
    const names = new Set(testFilter?.map((id) => id.split(':', 1).join()) ?? this.#bundles.keys());
    const timeOf = ({ id }: Test) => this.#times.get(id) ?? 0;
    const tests = [...names]
      .flatMap((name) => this.#testsOf(name, testFilter))
      .sort((a, b) => timeOf(a) - timeOf(b));
    for (const [index, test] of tests.entries()) {
      const failureMessage = await this.#failureOf(test);
      if ((changes.hitCount ?? 0) > (hitLimit ?? Infinity))
        return { status: 'timeout', reason: 'It is reached again and again' };
      if (failureMessage !== undefined)
        return { status: 'killed', killedBy: [test.id], failureMessage, nrOfTests: index + 1 };
    }
    return { status: 'survived', nrOfTests: tests.length };
  }

  async #failureOf({ id, work }: Test): Promise<string | undefined> {
    const start = performance.now();
    const failure = await failureOf(work);
    if (failure === undefined) this.#times.set(id, performance.now() - start);
    return failure;
  }

  /** The tests of a file, or those of them that are asked for; one that fails if the file cannot be evaluated. */
  #testsOf(name: string, wanted?: readonly string[]): Test[] {
    const tests: Test[] = [];
    const around: string[] = [name];
    const it = (title: string, work: Test['work']) => {
      const id = [...around, title].join(': ');
      const count = tests.filter((test) => test.id.startsWith(id)).length;
      tests.push({ id: count ? `${id} (${count + 1})` : id, work });
    };
    const describe = (title: string, define: () => void) => {
      around.push(title);
      define();
      around.pop();
    };
    try {
      const { path = '', evaluate } = this.#bundles.get(name) ?? {};
      const require = createRequire(path);
      evaluate?.(
        (module) => (module === 'node:test' ? { describe, it } : (require(module) as unknown)),
        {},
        {},
      );
      return tests.filter(({ id }) => wanted?.includes(id) ?? true);
    } catch (error) {
      return [{ id: name, work: () => Promise.reject(error as Error) }];
    }
  }
}

async function failureOf(work: () => unknown): Promise<string | undefined> {
  stray = undefined;
  try {
    await work();
    return stray === undefined ? undefined : String(stray);
  } catch (error) {
    return String(error);
  }
}

/** The part of Babel's paths that `wording` reads, see https://babeljs.io/docs/babel-types. */
interface Path {
  node: { type: string };
  parent?: { type: string; key?: { name?: string } };
}

/** Leaves out the wording of forms: that it is in them as it is written here, generate.test.ts says. */
const wording = {
  shouldIgnore({ node, parent }: Path): string | undefined {
    const isWording =
      parent?.type === 'ObjectProperty' && /^(title|description)$/.test(parent.key?.name ?? '');
    return isWording && node.type === 'StringLiteral' ? 'wording of forms' : undefined;
  },
};

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'in-process', factory: () => new InProcessRunner() },
  { kind: 'Ignore', name: 'wording', value: wording },
];
