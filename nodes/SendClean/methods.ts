import type {
  ICredentialsDecrypted,
  ICredentialTestFunctions,
  ILoadOptionsFunctions,
  INodeCredentialTestResult,
  INodeListSearchResult,
} from 'n8n-workflow';

/**
 * What n8n's editor asks of a node with an account.
 * @param router loads what answers.
 * @param lists the operations whose lists fields of the node are chosen from.
 */
export function methodsOf(
  router: () => Promise<typeof import('./actions/router')>,
  lists: readonly string[],
) {
  const searchIn = (list: string) =>
    async function (this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
      const { searchList } = await router();
      return await searchList(this, list, filter);
    };
  return {
    /** What fields are chosen from, see `listSearch.ts`. */
    listSearch: Object.fromEntries(lists.map((list) => [list, searchIn(list)])),
    credentialTest: {
      /** Tests the credential when it is saved, see `credentialTest.ts`. */
      async testCredential(
        this: ICredentialTestFunctions,
        credential: ICredentialsDecrypted,
      ): Promise<INodeCredentialTestResult> {
        const { testCredential } = await router();
        return await testCredential(this, credential);
      },
    },
  };
}
