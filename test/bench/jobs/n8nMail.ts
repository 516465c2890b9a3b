import type { INodeParameters } from 'n8n-workflow';
import { account } from '../../support/account';

/** An email for each item, as a person enters it into the form of an email node. */
export const mailFields = {
  fromEmail: 'shop@example.com',
  to: '={{ $json.to }}',
  subject: '={{ $json.subject }}',
  html: '=<p>Hi {{ $json.name }}</p>',
};

/** Owner ID and token in a body. */
export const secrets = { owner_id: account.owner_id, token: account.token };

/** The version of n8n's HTTP Request node that its editor makes. */
export const httpRequestVersion = 4.5;

interface RequestForm {
  url: string;
  /** Whether owner ID and token stand in the body, and not in a credential. */
  isOpen: boolean;
  /** Whether each item has a file as base64, in its field `content`. */
  attaches?: boolean;
}

/** The same email, as a person enters it into the form of n8n's HTTP Request node. */
export function httpRequestFields({ url, isOpen, attaches }: RequestForm): INodeParameters {
  const file = "[{ type: 'application/pdf', name: 'file.pdf', content: $json.content }]";
  const authentication = { authentication: 'genericCredentialType', genericAuthType: 'httpCustomAuth' };
  return {
    method: 'POST',
    url: `${url}/v1.0/messages/sendMail`,
    ...(!isOpen && authentication),
    sendBody: true,
    contentType: 'json',
    specifyBody: 'json',
    jsonBody: `={{ {
      ${isOpen ? `...${JSON.stringify(secrets)},` : ''}
      smtp_user_name: '${account.smtpUser}',
      message: {
        from_email: 'shop@example.com', to: [{ email: $json.to, type: 'to' }], subject: $json.subject,
        html: '<p>Hi ' + $json.name + '</p>', ${attaches ? `attachments: ${file},` : ''}
      },
    } }}`,
    options: {},
  };
}
