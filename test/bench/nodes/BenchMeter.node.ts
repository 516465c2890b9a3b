import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { startMeter } from '../jobs/meter';
import { description } from './description';

setFlagsFromString('--expose-gc');
globalThis.gc ??= runInNewContext('gc') as typeof globalThis.gc;

let stop: ReturnType<typeof startMeter> | undefined;

/** Before what is measured it makes the items; after it, it says what that cost, and how many mails were sent. */
export class BenchMeter implements INodeType {
  description = description('benchMeter', {
    properties: [{ displayName: 'Items', name: 'items', type: 'number', default: 0 }],
  });

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const spent = await stop?.();
    const count = this.getNodeParameter('items', 0) as number;
    const sent = this.getInputData().filter(({ json }) => json.status === 'success').length;
    if (count === 0) return [[{ json: { ...spent, sent } as IDataObject }]];
    const items = Array.from({ length: count }, (_, index) => ({
      json: { to: `jane${index}@example.com`, name: `Jane ${index}`, subject: `Order ${index}` },
    }));
    stop = startMeter();
    return [items];
  }
}
