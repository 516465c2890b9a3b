import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { description } from './description';
import { mailForm, sendMail } from './mail';

/** In the manner of n8n's own email nodes: item by item, each waiting for the one before. */
export class BenchOneByOne implements INodeType {
  description = description('benchOneByOne', mailForm);

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const outputs: INodeExecutionData[] = [];
    for (const index of this.getInputData().keys())
      outputs.push({ json: await sendMail(this, index), pairedItem: index });
    return [outputs];
  }
}
