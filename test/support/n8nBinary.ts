import 'reflect-metadata';
import { createRequire } from 'node:module';
import type { IBinaryData } from 'n8n-workflow';

const require = createRequire(import.meta.url);

/** n8n-core's own container of services, which is not among its exports. */
interface DependencyInjection {
  Container: { get<T>(service: abstract new (...dependencies: never[]) => T): T };
}

/** The bytes of a file of an item, wherever n8n keeps them. */
export async function readBinary(file: IBinaryData | undefined): Promise<Buffer> {
  if (!file) throw new Error('The item has no such file');
  const { BinaryDataService } = require('n8n-core') as typeof import('n8n-core');
  const { Container } = createRequire(require.resolve('n8n-core'))('@n8n/di') as DependencyInjection;
  return await Container.get(BinaryDataService).getAsBuffer(file);
}
