import {
  NodeConnectionTypes,
  type ICredentialsDecrypted,
  type ICredentialTestFunctions,
  type IExecuteFunctions,
  type INodeCredentialTestResult,
  type INodeExecutionData,
  type INodeType,
  type INodeTypeDescription,
} from 'n8n-workflow';
import { properties, subtitle } from './properties.gen';

/** Sends mails through the SendClean Email API and reads what became of them. */
export class SendClean implements INodeType {
  description: INodeTypeDescription = {
    displayName: 'SendClean',
    name: 'sendClean',
    icon: { light: 'file:sendclean.svg', dark: 'file:sendclean.dark.svg' },
    group: ['output'],
    version: 1,
    subtitle,
    description: 'Send mails and templates with SendClean, and learn what became of each',
    defaults: { name: 'SendClean' },
    usableAsTool: true,
    inputs: [NodeConnectionTypes.Main],
    outputs: [NodeConnectionTypes.Main],
    credentials: [{ name: 'sendCleanApi', required: true, testedBy: 'testCredential' }],
    properties,
  };

  methods = {
    credentialTest: {
      /** Tests the credential when it is saved, see `credentialTest.ts`. */
      async testCredential(
        this: ICredentialTestFunctions,
        credential: ICredentialsDecrypted,
      ): Promise<INodeCredentialTestResult> {
        const { testCredential } = await import('./router');
        return await testCredential(this, credential);
      },
    },
  };

  /** Runs the chosen operation for every item, see `router.ts`, which is loaded with the first run. */
  async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
    const { runItems } = await import('./router');
    return await runItems(this);
  }
}
