import { NodeConnectionTypes, type INodeTypeDescription } from 'n8n-workflow';

/** The description of a node that only the benchmark uses. */
export function description(name: string, rest: Partial<INodeTypeDescription>): INodeTypeDescription {
  return {
    displayName: name,
    name,
    group: ['transform'],
    version: 1,
    description: 'A node of the benchmark',
    defaults: { name },
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    properties: [],
    ...rest,
  };
}
