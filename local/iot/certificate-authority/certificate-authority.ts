import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import type { Clock } from '../../clock.ts';
import { invalidRequest } from '../refusals.ts';
import type { CertificateRequest } from './certificate-request.ts';
import { readCertificateRequest } from './certificate-request.ts';
import { distinguishedName } from './distinguished-name.ts';
import { authorityKeyIdentifier, isNoAuthority, keyUsageDigitalSignature, subjectKeyIdentifier } from './extensions.ts';
import { publicKeyInfoOf } from './public-key-info.ts';
import { signCertificate } from './sign-certificate.ts';

/** Random bytes, as many as asked for. */
export type Randomness = (byteCount: number) => Buffer;

export interface IssuedCertificate {
  /** SHA-256 over the DER certificate, 64 lower-case hex digits (widely observed). */
  readonly certificateId: string;
  readonly certificatePem: string;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** AWS IoT's own signer of device certificates. */
export interface CertificateAuthority {
  /** Signs what a PEM request asks for. Throws `InvalidRequestException`. */
  issueForRequest(certificateSigningRequestPem: string): IssuedCertificate;
  /** Signs a key that the service made itself (DER SubjectPublicKeyInfo), as `CN=AWS IoT Certificate`. Ends in 2049 unless told otherwise. */
  issueForKey(publicKeyInfo: Buffer, validity?: Pick<IssuedCertificate, 'notAfter'>): IssuedCertificate;
}

// One attribute that contains what looks like five: that is how AWS IoT's certificates name their issuer.
const issuer = distinguishedName(['organizationalUnit', 'Amazon Web Services O=Amazon.com Inc. L=Seattle ST=Washington C=US']);

const subjectOfServiceKeys = distinguishedName(['commonName', 'AWS IoT Certificate']);

/** Devices' clocks lag: a certificate that starts exactly now would be refused by its own owner. */
const backdatedMs = 2 * 60_000;

/** DG22:x509-client-certs: certificates issued by AWS IoT expire at the end of 2049. */
const endOfValidity = Date.UTC(2049, 11, 31, 23, 59, 59);

// The subject is the requester's: a name that TLS libraries cannot read would make a certificate that nobody can use.
const pemOf = (der: Buffer): string => {
  try {
    return new X509Certificate(der).toString();
  } catch {
    throw invalidRequest('The certificate signing request (CSR) is not acceptable: its subject is no distinguished name that can be read.');
  }
};

export const createCertificateAuthority = (options: {
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Whether a request's subject becomes the certificate's; else all have the same. */
  readonly keepsSubject?: boolean;
}): CertificateAuthority => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authorityKey = authorityKeyIdentifier(publicKeyInfoOf(publicKey));

  const issue = ({ subject, subjectPublicKeyInfo }: CertificateRequest, notAfter = endOfValidity): IssuedCertificate => {
    const notBefore = Math.floor((options.clock.now() - backdatedMs) / 1000) * 1000;
    const extensions = [authorityKey, subjectKeyIdentifier(subjectPublicKeyInfo), isNoAuthority, keyUsageDigitalSignature];
    const randomSerial = options.randomness(20);
    const der = signCertificate({ randomSerial, issuer, subject, subjectPublicKeyInfo, notBefore, notAfter, extensions }, privateKey);
    const certificateId = createHash('sha256').update(der).digest('hex');
    return { certificateId, certificatePem: pemOf(der), notBefore, notAfter };
  };

  return {
    issueForRequest: (pem) => {
      const request = readCertificateRequest(pem);
      return issue(options.keepsSubject === false ? { ...request, subject: subjectOfServiceKeys } : request);
    },
    issueForKey: (publicKeyInfo, { notAfter } = { notAfter: endOfValidity }) =>
      issue({ subject: subjectOfServiceKeys, subjectPublicKeyInfo: AsnConvert.parse(publicKeyInfo, SubjectPublicKeyInfo) }, notAfter),
  };
};
