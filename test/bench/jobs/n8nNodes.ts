import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeType } from 'n8n-workflow';
import { sendCleanNode, type NodeRun } from '../../support/n8nEngine';
import { httpRequestFields, httpRequestVersion, mailFields } from './n8nMail';

/** A node with what a person enters to send an email for each item. */
export type Subject = Required<Pick<NodeRun, 'type' | 'parameters' | 'settings'>>;

export interface MailForm {
  url: string;
  /** Requests at once, for a node that has this setting. */
  atOnce: number;
  /** Whether each item has a file, in its binary field `file`. */
  attaches: boolean;
}

export function sendClean({ atOnce, attaches }: MailForm): Subject {
  const attachments = attaches ? { attachments: 'file' } : {};
  const parameters = { operation: 'sendMail', ...mailFields, ...attachments, options: { atOnce } };
  return { type: sendCleanNode(), parameters, settings: {} };
}

/**
 * n8n's HTTP Request node, with owner ID and token in the body: the engine alone has no credentials of others.
 * @throws Error outside of an installed n8n, which has it.
 */
export function httpRequest({ url, attaches }: MailForm): Subject {
  const host = process.env.N8N_HOST ?? '';
  const path = 'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js';
  const { HttpRequest } = createRequire(join(host, 'package.json'))(path) as {
    HttpRequest: new () => { getNodeType(version: number): INodeType };
  };
  const version = httpRequestVersion;
  const parameters = httpRequestFields({ url, isOpen: true, attaches });
  const node = new HttpRequest().getNodeType(version);
  return { type: attaches ? afterExtracting(node) : node, parameters, settings: { typeVersion: version } };
}

/** The node behind n8n's Extract from File, by which a file comes into a JSON body at all. */
function afterExtracting(node: INodeType): INodeType {
  return {
    description: node.description,
    async execute() {
      for (const [index, item] of this.getInputData().entries()) {
        const file = await this.helpers.getBinaryDataBuffer(index, 'file');
        item.json.content = file.toString('base64');
      }
      return (await node.execute?.call(this)) ?? null;
    },
  };
}
