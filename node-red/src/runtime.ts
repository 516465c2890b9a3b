/** What `sendclean.ts` loads soon after the first node is deployed, or with the first message or test of an account. */
export { testConnection } from './connectionTest';
export { openCalls } from './operationNode';
