import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INodeTypeDescription } from 'n8n-workflow';
import { account } from '../../support/account';

const names = ['fromEmail', 'to', 'subject', 'html'];

/** The form of an email, and its credential. */
export const mailForm: Partial<INodeTypeDescription> = {
  credentials: [{ name: 'sendCleanApi', required: true }],
  properties: names.map((name) => ({ displayName: name, name, type: 'string', default: '' })),
};

/** Sends the email of an item in one request, in the simplest way that n8n has for a node. */
export async function sendMail(context: IExecuteFunctions, index: number): Promise<IDataObject> {
  const [from_email, to, subject, html] = names.map(
    (name) => context.getNodeParameter(name, index) as string,
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
  const { httpRequestWithAuthentication } = context.helpers;
  return (await httpRequestWithAuthentication.call(context, 'sendCleanApi', options)) as IDataObject;
}
