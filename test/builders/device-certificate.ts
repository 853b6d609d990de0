import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { type KeyObject, generateKeyPairSync, webcrypto } from 'node:crypto';
import { PublicKey, X509CertificateGenerator } from '@peculiar/x509';
import { keyDigestOf } from '../../domain/key-digest.ts';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const issuer = await webcrypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']);

/** Issues a certificate for a public key of any kind, as a certificate authority that checks nothing would. */
export const certificateFor = async (publicKey: KeyObject, notAfter = new Date('2049-12-31')): Promise<string> => {
  const certificate = await X509CertificateGenerator.create(
    {
      serialNumber: '01',
      subject: 'CN=AWS IoT Certificate',
      issuer: 'CN=test',
      notBefore: new Date('2026-01-01'),
      notAfter,
      signingAlgorithm: ALGORITHM,
      publicKey: new PublicKey(publicKey.export({ type: 'spki', format: 'der' })),
      signingKey: issuer.privateKey,
    },
    webcrypto,
  );
  return certificate.toString('pem');
};

export const digestOf = (publicKey: KeyObject) => keyDigestOf(publicKey.export({ type: 'spki', format: 'der' }));

/** A device with a P-256 key of its own: its certificate and the digest of its key. */
export const aDeviceKey = async () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { certificatePem: await certificateFor(publicKey), digest: digestOf(publicKey) };
};
