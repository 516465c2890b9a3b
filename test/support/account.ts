/** The account that a sandbox has unless its options say otherwise. */
export const account = {
  owner_id: 'sandbox',
  token: 'sandbox-token',
  smtpUser: 'smtp-sandbox',
  template: 'welcome',
} as const;

/** What the test of the sandbox's account says. */
export const connected = /^Connected as .+, reputation 50%\. The SMTP user is known\.$/;

/** What Node-RED's admin API answers to the test of that account where no SMTP user is entered. */
export const accepted = { status: 200, ok: true, name: 'Sandbox', reputation: '50%', smtpUser: 'none' };
