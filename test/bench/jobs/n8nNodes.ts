import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INodeType } from 'n8n-workflow';
import { account } from '../../support/account';
import { sendCleanNode, type NodeRun } from '../../support/n8nEngine';

/** A node with what a person enters to send a mail for each item. */
export type Subject = Required<Pick<NodeRun, 'type' | 'parameters' | 'settings'>>;

export interface MailForm {
  url: string;
  /** Requests at once, for a node that has this setting. */
  atOnce: number;
  /** Whether each item has a file, in its binary field `file`. */
  attaches: boolean;
}

const fields = {
  fromEmail: 'shop@example.com',
  to: '={{ $json.to }}',
  subject: '={{ $json.subject }}',
  html: '=<p>Hi {{ $json.name }}</p>',
};

export function sendClean({ atOnce, attaches }: MailForm): Subject {
  const attachments = attaches ? { attachments: 'file' } : {};
  const parameters = { operation: 'sendMail', ...fields, ...attachments, options: { atOnce } };
  return { type: sendCleanNode(), parameters, settings: {} };
}

/**
 * n8n's HTTP Request node at its leanest: owner ID and token stand in the body, so that no credential is decrypted.
 * @throws Error outside of an installed n8n, which has it.
 */
export function httpRequest({ url, attaches }: MailForm): Subject {
  const host = process.env.N8N_HOST ?? '';
  const path = 'n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js';
  const { HttpRequest } = createRequire(join(host, 'package.json'))(path) as {
    HttpRequest: new () => { getNodeType(version: number): INodeType };
  };
  const version = 4.5;
  const file = "[{ type: 'application/pdf', name: 'file.pdf', content: $json.content }]";
  const parameters = {
    method: 'POST',
    url: `${url}/v1.0/messages/sendMail`,
    sendBody: true,
    contentType: 'json',
    specifyBody: 'json',
    jsonBody: `={{ {
      owner_id: '${account.owner_id}', token: '${account.token}', smtp_user_name: '${account.smtpUser}',
      message: {
        from_email: 'shop@example.com', to: [{ email: $json.to, type: 'to' }], subject: $json.subject,
        html: '<p>Hi ' + $json.name + '</p>', ${attaches ? `attachments: ${file},` : ''}
      },
    } }}`,
    options: {},
  };
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

/** In the manner of n8n's own mail nodes: item by item, each waiting for the one before. */
export function oneByOne(): Subject {
  const { description } = sendCleanNode();
  const execute = async function (this: IExecuteFunctions) {
    const outputs: { json: IDataObject; pairedItem: number }[] = [];
    for (const index of this.getInputData().keys()) {
      const get = (name: string) => this.getNodeParameter(name, index) as string;
      const options: IHttpRequestOptions = {
        method: 'POST',
        url: 'messages/sendMail',
        body: {
          smtp_user_name: account.smtpUser,
          message: {
            from_email: get('fromEmail'),
            to: [{ email: get('to'), type: 'to' }],
            subject: get('subject'),
            html: get('html'),
          },
        },
        json: true,
      };
      const { httpRequestWithAuthentication } = this.helpers;
      const json = (await httpRequestWithAuthentication.call(this, 'sendCleanApi', options)) as IDataObject;
      outputs.push({ json, pairedItem: index });
    }
    return [outputs];
  };
  return { type: { description, execute }, parameters: { operation: 'sendMail', ...fields }, settings: {} };
}
