import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
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

/** Certificates of an authority that nobody knows unless told, and one that its server signed itself. */
export interface Certificates extends Record<'good' | Refused, Certificate> {
  /** File of the authority, for NODE_EXTRA_CA_CERTS. */
  authorityFile: string;
  /** Has this process accept the authority, as that variable does for a process from its start on. */
  accept(): void;
  /** Removes the files, and what was accepted. */
  remove(): void;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

/** Makes them with OpenSSL, for localhost and 127.0.0.1. */
export function makeCertificates(): Certificates {
  const known = getCACertificates('default');
  const folder = mkdtempSync(join(tmpdir(), 'sendclean-certificates-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const signItself = (name: string, subject: string) =>
    openssl('req', '-x509', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-subj', subject);
  const pair = (name: string) => ({ cert: read(`${name}.pem`), key: read(`${name}.key`) });
  const sign = (name: string, names: string, days: number): Certificate => {
    writeFileSync(join(folder, 'names'), `subjectAltName=${names}`);
    openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', '/CN=Test');
    const authority = ['-CA', 'authority.pem', '-CAkey', 'authority.key', '-CAcreateserial'];
    const made = ['-in', `${name}.csr`, '-out', `${name}.pem`, '-days', String(days), '-extfile', 'names'];
    openssl('x509', '-req', ...authority, ...made);
    return pair(name);
  };
  const here = 'DNS:localhost,IP:127.0.0.1';
  signItself('authority', '/CN=Test authority');
  signItself('selfSigned', '/CN=localhost');
  return {
    authorityFile: join(folder, 'authority.pem'),
    accept: () => setDefaultCACertificates([...known, read('authority.pem')]),
    good: sign('good', here, 2),
    expired: sign('expired', here, -1),
    otherName: sign('otherName', 'DNS:other.example', 2),
    selfSigned: pair('selfSigned'),
    remove() {
      setDefaultCACertificates(known);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
