/** What `sendclean.ts` loads with the first message or test of an account. */
export { testConnection } from './connectionTest';
export { openCalls } from './operationNode';
