import type {
  IDataObject,
  IExecuteFunctions,
  IHttpRequestOptions,
  INodeExecutionData,
  INodeType,
} from 'n8n-workflow';
import { account } from '../../support/account';
import { description } from './description';

const names = ['fromEmail', 'to', 'subject', 'html'];

/** In the manner of n8n's own email nodes: item by item, each waiting for the one before. */
export class BenchOneByOne implements INodeType {
  description = description('benchOneByOne', {
    credentials: [{ name: 'sendCleanApi', required: true }],
    properties: names.map((name) => ({ displayName: name, name, type: 'string', default: '' })),
  });

  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const outputs: INodeExecutionData[] = [];
    for (const index of this.getInputData().keys()) {
      const [from_email, to, subject, html] = names.map(
        (name) => this.getNodeParameter(name, index) as string,
      );
      const options: IHttpRequestOptions = {
        method: 'POST',
        url: 'messages/sendMail',
        body: {
          smtp_user_name: account.smtpUser,
          message: { from_email, to: [{ email: to, type: 'to' }], subject, html },
        },
        json: true,
      };
      const { httpRequestWithAuthentication } = this.helpers;
      const json = (await httpRequestWithAuthentication.call(this, 'sendCleanApi', options)) as IDataObject;
      outputs.push({ json, pairedItem: index });
    }
    return [outputs];
  }
}
