/** What `sendclean.ts` loads soon after the first node is deployed, or when a message or the editor needs it. */
export { testConnection } from './connectionTest';
export { openEvents } from './events/openEvents';
export { withdraw } from './events/registration';
export { offerForField } from './fieldOffers';
export { openCalls } from './operationNode';
