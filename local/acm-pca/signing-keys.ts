import type { KeyObject } from 'node:crypto';
import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { AlgorithmIdentifier } from '@peculiar/asn1-x509';
import type { SignatureScheme } from '../iot/certificate-authority/sign-certificate.ts';
import type { KeyAlgorithm, SigningAlgorithm } from './authority-configuration.ts';

const generate = promisify(generateKeyPair);

const rsaBits: Partial<Record<KeyAlgorithm, number>> = { RSA_2048: 2048, RSA_3072: 3072, RSA_4096: 4096 };

export interface SigningKeys {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Makes the key pair of an authority. */
export const generateSigningKeys = (algorithm: KeyAlgorithm): Promise<SigningKeys> => {
  const modulusLength = rsaBits[algorithm];
  return modulusLength === undefined ? generate('ec', { namedCurve: algorithm.slice('EC_'.length) }) : generate('rsa', { modulusLength });
};

// RFC 4055 §5: the parameters of RSA algorithms are NULL; RFC 5758 §3.2: those of ECDSA are absent.
const rsa = (algorithm: string): AlgorithmIdentifier => new AlgorithmIdentifier({ algorithm, parameters: Uint8Array.of(5, 0).buffer });

const schemes: Readonly<Record<SigningAlgorithm, SignatureScheme>> = {
  SHA256WITHECDSA: { digest: 'sha256', identifier: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.2' }) },
  SHA384WITHECDSA: { digest: 'sha384', identifier: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.3' }) },
  SHA512WITHECDSA: { digest: 'sha512', identifier: new AlgorithmIdentifier({ algorithm: '1.2.840.10045.4.3.4' }) },
  SHA256WITHRSA: { digest: 'sha256', identifier: rsa('1.2.840.113549.1.1.11') },
  SHA384WITHRSA: { digest: 'sha384', identifier: rsa('1.2.840.113549.1.1.12') },
  SHA512WITHRSA: { digest: 'sha512', identifier: rsa('1.2.840.113549.1.1.13') },
};

export const schemeOf = (algorithm: SigningAlgorithm): SignatureScheme => schemes[algorithm];

/** Whether a key of that kind can sign so (API reference, IssueCertificate: the families must match). */
export const canSign = (key: KeyAlgorithm, algorithm: SigningAlgorithm): boolean => key.startsWith('RSA') === algorithm.endsWith('RSA');
