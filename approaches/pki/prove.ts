import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import { Name, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { commonNameOf } from '../../domain/subject-name.ts';
import { keyDigestOf } from '../../domain/key-digest.ts';
import type { ClaimProver, DeviceIdentity, KeyKind, Proof } from '../../domain/prover.ts';
import { makeEvidence } from './prove/make-evidence.ts';

export { proveRecovery } from './prove/prove-recovery.ts';

const generate = promisify(generateKeyPair);

/**
 * Proof by key possession: the request is signed with the device's own key, and the certificate will carry that key. What the
 * device was given to prove itself with goes beside it as evidence, made for this key, claim, line and serial number.
 */
export const provePki: ClaimProver = {
  entrance: 'claim',
  makeKey: async (kind) => (await generateKey(kind)).export({ type: 'pkcs8', format: 'pem' }).toString(),
  prove: async (identity): Promise<Proof> => ({
    csrPem: await makeCsr(commonNameOf(identity.serialNumber), identity.privateKeyPem),
    parameters: { SerialNumber: identity.serialNumber, ...(await evidenceOf(identity)) },
  }),
};

const evidenceOf = async ({ means, privateKeyPem, ...where }: DeviceIdentity): Promise<{ readonly Evidence?: string }> => {
  if (means === undefined) return {};
  const key = keyDigestOf(createPublicKey(privateKeyPem).export({ type: 'spki', format: 'der' }));
  return { Evidence: await makeEvidence(means, { ...where, key }) };
};

const generateKey = async (kind: KeyKind): Promise<KeyObject> => {
  switch (kind) {
    case 'ec-p256':
      return (await generate('ec', { namedCurve: 'P-256' })).privateKey;
    case 'ec-p384':
      return (await generate('ec', { namedCurve: 'P-384' })).privateKey;
    case 'rsa-2048':
      return (await generate('rsa', { modulusLength: 2048 })).privateKey;
    case 'rsa-3072':
      return (await generate('rsa', { modulusLength: 3072 })).privateKey;
  }
};

/** A certificate signing request (PKCS#10 in PEM) for the public half of this key, P-256, P-384 or RSA in PEM. */
export const makeCsr = async (commonName: string, privateKeyPem: string): Promise<string> => {
  const key = createPrivateKey(privateKeyPem);
  const algorithm = signingAlgorithmOf(key);
  const keys = await keyPairOf(key, algorithm);
  const csr = await Pkcs10CertificateRequestGenerator.create({ name: subjectOf(commonName), keys, signingAlgorithm: algorithm }, webcrypto);
  return `${csr.toString('pem')}\n`;
};

// Given as an object, because as text `#…` or `…,O=…` would be read as more than a name.
const subjectOf = (commonName: string): Name => new Name([{ CN: [{ utf8String: commonName }] }]);

const curves: Readonly<Record<string, { readonly name: 'P-256' | 'P-384'; readonly hash: string }>> = {
  prime256v1: { name: 'P-256', hash: 'SHA-256' },
  secp384r1: { name: 'P-384', hash: 'SHA-384' },
};

type SigningAlgorithm = webcrypto.RsaHashedImportParams | (webcrypto.EcKeyImportParams & webcrypto.EcdsaParams);

const signingAlgorithmOf = (key: KeyObject): SigningAlgorithm => {
  if (key.asymmetricKeyType === 'rsa') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const curve = curves[key.asymmetricKeyDetails?.namedCurve ?? ''];
  if (curve === undefined) throw new TypeError('The stored device key is neither P-256, P-384 nor RSA.');
  return { name: 'ECDSA', namedCurve: curve.name, hash: curve.hash };
};

const keyPairOf = async (key: KeyObject, algorithm: SigningAlgorithm): Promise<webcrypto.CryptoKeyPair> => {
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const spki = createPublicKey(key).export({ type: 'spki', format: 'der' });
  return {
    privateKey: await webcrypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']),
    publicKey: await webcrypto.subtle.importKey('spki', spki, algorithm, true, ['verify']),
  };
};
