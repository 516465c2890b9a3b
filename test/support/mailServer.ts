import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo, Server } from 'node:net';
import type { Readable } from 'node:stream';

/** An email as an SMTP server got it. */
export interface ReceivedMail {
  /** The recipients of the envelope, those of blind copies among them. */
  envelopeTo: string[];
  mail: ParsedMail;
}

export interface Address {
  address: string;
  name: string;
}

/** What these tests read of mailparser's result, see https://nodemailer.com/extras/mailparser. */
export interface ParsedMail {
  subject?: string;
  html?: string | false;
  text?: string;
  from?: { value: Address[] };
  to?: { value: Address[] };
  cc?: { value: Address[] };
  replyTo?: { value: Address[] };
  /** As they were sent, with their names in lower case as keys. */
  headerLines: { key: string; line: string }[];
  attachments: { filename?: string; contentType: string; cid?: string; content: Buffer }[];
}

/** A mail server on a free loopback port that takes whatever it is given. */
export interface MailServer {
  port: number;
  /** The next email that comes, from now on or since the last time that it was asked for. */
  next(): Promise<ReceivedMail>;
  close(): Promise<void>;
}

/** What is used of smtp-server, see https://nodemailer.com/extras/smtp-server. */
interface SmtpServer {
  server: Server;
  listen(port: number, host: string): void;
  close(done: () => void): void;
}
interface SmtpOptions {
  disabledCommands: string[];
  onData(
    stream: Readable,
    session: { envelope: { rcptTo: { address: string }[] } },
    done: (error?: Error | null) => void,
  ): void;
}

const require = createRequire(import.meta.url);
const { SMTPServer } = require('smtp-server') as { SMTPServer: new (options: SmtpOptions) => SmtpServer };
const { simpleParser } = require('mailparser') as {
  simpleParser(mail: Readable, options: object): Promise<ParsedMail>;
};

/** The parts of the email as they are, none made from another. */
const asSent = { skipHtmlToText: true, skipTextToHtml: true, skipTextLinks: true, keepCidLinks: true };

/** Starts an email server; the test closes it. */
export async function startMailServer(): Promise<MailServer> {
  const got: ReceivedMail[] = [];
  const asked: ((mail: ReceivedMail) => void)[] = [];
  const smtp = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, { envelope }, done) {
      simpleParser(stream, asSent).then((mail) => {
        const received = { envelopeTo: envelope.rcptTo.map(({ address }) => address), mail };
        const ask = asked.shift();
        if (ask) ask(received);
        else got.push(received);
        done();
      }, done);
    },
  });
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  return {
    port: (smtp.server.address() as AddressInfo).port,
    next() {
      const received = got.shift();
      return received ? Promise.resolve(received) : new Promise((answer) => asked.push(answer));
    },
    close: () => new Promise((done) => smtp.close(done)),
  };
}
