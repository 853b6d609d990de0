import { generateKeyPairSync } from 'node:crypto';
import { ecKeys, pem, requestDer, requestPem, rsaKeys } from '../../local/iot/certificate-requests.ts';
import type { BadRequest } from './attempt.ts';

/** AWS IoT refuses it before any function of ours is called. */
const notSigned = (what: string, csr: () => unknown): BadRequest => ({
  what: `a CSR ${what}`,
  answer: 400,
  send: ({ connection }) => connection.requestCertificate(JSON.stringify({ certificateSigningRequest: csr() })),
});

const tampered = (): string => {
  const der = requestDer();
  der.writeUInt8(der.readUInt8(der.length - 1) ^ 1, der.length - 1);
  return pem('CERTIFICATE REQUEST', der);
};

/** Requests for certificates that AWS IoT does not issue, and one that it issues and the hook refuses. */
export const badCsrs: readonly BadRequest[] = [
  notSigned('that is missing', () => undefined),
  notSigned('that is empty', () => ''),
  notSigned('that is a number', () => 1),
  notSigned('that is no PEM', () => 'garbage'),
  notSigned('that is garbage in PEM', () => pem('CERTIFICATE REQUEST', Buffer.from('garbage'))),
  notSigned('that is a certificate by its label', () => pem('CERTIFICATE', requestDer())),
  notSigned('with bytes after it', () => pem('CERTIFICATE REQUEST', Buffer.concat([requestDer(), Buffer.from([0])]))),
  notSigned('whose signature is not good', tampered),
  notSigned('signed with another key than its own', () => requestPem({ signer: ecKeys().privateKey })),
  notSigned('of more than 4,096 characters', () => requestPem({ commonName: 'x'.repeat(4096) })),
  notSigned('with an RSA key of 1024 bits', () => requestPem({ keys: rsaKeys(1024) })),
  notSigned('with a key on P-224', () => requestPem({ keys: ecKeys('P-224') })),
  notSigned('with a key on secp256k1', () => requestPem({ keys: ecKeys('secp256k1') })),
  notSigned('with an Edwards key', () => requestPem({ keys: generateKeyPairSync('ed25519') })),
  {
    what: 'a CSR with a key on P-521, which AWS IoT signs',
    answer: 403,
    reason: 'unacceptable-key',
    send: async ({ connection, serial, issue }) => {
      const { certificateOwnershipToken } = await issue(requestPem({ keys: ecKeys('P-521') }));
      return connection.registerThing(certificateOwnershipToken, { SerialNumber: serial });
    },
  },
];
