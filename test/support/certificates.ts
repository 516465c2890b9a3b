import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** A certificate for a server, with its key. */
export interface Certificate {
  cert: string;
  key: string;
}

type Refused = 'expired' | 'otherName' | 'selfSigned';

/** The certificates that must not be accepted, by what is wrong with them. */
export const refusedCertificates: [title: string, name: Refused][] = [
  ['has expired', 'expired'],
  ['is for another name', 'otherName'],
  ['is signed by nobody else', 'selfSigned'],
];

/** Certificates for localhost of an authority that nobody knows unless told, and one that its server signed itself. */
export interface Certificates extends Record<'good' | Refused, Certificate> {
  /** File of the authority, for NODE_EXTRA_CA_CERTS. */
  authorityFile: string;
  /** Has this process accept the authority, as that variable does for a process from its start on. */
  accept(): void;
  /** Takes that back. */
  forget(): void;
}

/** Reads them from the folder beside this file. */
export function readCertificates(): Certificates {
  const known = getCACertificates('default');
  const authorityFile = fileOf('authority');
  return {
    authorityFile,
    good: read('good'),
    expired: read('expired'),
    otherName: read('otherName'),
    selfSigned: read('selfSigned'),
    accept: () => setDefaultCACertificates([...known, readFileSync(authorityFile, 'utf8')]),
    forget: () => setDefaultCACertificates(known),
  };
}

function fileOf(name: string): string {
  return join(import.meta.dirname, 'certificates', `${name}.pem`);
}

/** A file holds both. */
function read(name: string): Certificate {
  const text = readFileSync(fileOf(name), 'utf8');
  return { cert: text, key: text };
}
