import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { description } from './description';
import { mailForm, sendMail } from './mail';

/** As many requests at once as the SendClean node can be set to. */
const atOnce = 100;

/**
 * The floor: reads the same four parameters and makes the same request with the same credential, as many at once, and
 * nothing else. What the SendClean node takes beyond it is its own.
 */
export class BenchFloor implements INodeType {
  description = description('benchFloor', mailForm);

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const requests = this.getInputData().map((_, index) => () => sendMail(this, index));
    const outputs: INodeExecutionData[] = [];
    let next = 0;
    const work = async () => {
      for (let index = next++; index < requests.length; index = next++)
        outputs[index] = { json: (await requests[index]?.()) ?? {}, pairedItem: index };
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return [outputs];
  }
}
