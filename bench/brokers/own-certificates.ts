import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { makeCsr } from '../../approaches/pki/prove.ts';
import { systemClock } from '../../local/clock.ts';
import { createCertificateAuthority } from '../../local/iot/certificate-authority/certificate-authority.ts';
import { createServerCredentials } from '../../local/iot/certificate-authority/server-credentials.ts';
import type { Announcement } from './announcement.ts';

/** An EC key, as devices have, and a request for a certificate of it. */
export const makeClientKey = async (): Promise<{ readonly privateKey: string; readonly csrPem: string }> => {
  const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKey, csrPem: await makeCsr('BENCH', privateKey) };
};

/** The same kinds of certificates that the local AWS has, for a broker that makes none. */
export const makeCertificates = async () => {
  const server = createServerCredentials(['localhost']);
  const { privateKey, csrPem } = await makeClientKey();
  const certificate = createCertificateAuthority({ clock: systemClock, randomness: randomBytes }).issueForRequest(csrPem).certificatePem;
  const client: Omit<Announcement, 'port'> = { rootCa: server.rootCa, serverName: 'localhost', certificate, privateKey };
  return { server, client };
};
