import { randomBytes, X509Certificate } from 'node:crypto';
import type { Extension, Name } from '@peculiar/asn1-x509';
import { AwsError } from '../../aws-error.ts';
import type { ParsedRequest } from '../../iot/certificate-authority/parsed-request.ts';
import { signCertificate } from '../../iot/certificate-authority/sign-certificate.ts';
import type { SigningAlgorithm } from '../authority-configuration.ts';
import { malformedCsr } from '../pca-errors.ts';
import type { IssuedCertificate, PrivateAuthority } from '../private-authority.ts';
import { schemeOf } from '../signing-keys.ts';
import type { Template } from './template.ts';

export interface Order {
  readonly template: Template;
  readonly request: ParsedRequest;
  readonly subject: Name;
  /** Milliseconds since the epoch. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly extensions: readonly Extension[];
  readonly signingAlgorithm: SigningAlgorithm;
  readonly readyAtMs: number;
}

const read = (der: Buffer): X509Certificate => {
  try {
    return new X509Certificate(der);
  } catch {
    throw malformedCsr('what it asks for cannot be written into a certificate');
  }
};

const chainOf = ({ certificate }: PrivateAuthority): string =>
  certificate === undefined ? '' : `${certificate.pem}${certificate.chainPem}`;

const sign = (authority: PrivateAuthority, order: Order): X509Certificate => {
  const { subject, notBefore, notAfter, extensions, signingAlgorithm } = order;
  const { subjectPublicKeyInfo } = order.request;
  const issuer = authority.certificate?.parsed.subject ?? authority.subject;
  const content = { randomSerial: randomBytes(16), issuer, subject, subjectPublicKeyInfo, notBefore, notAfter, extensions };
  return read(signCertificate(content, authority.keys.privateKey, schemeOf(signingAlgorithm)));
};

/** Signs what was ordered and keeps it. */
export const issue = (authority: PrivateAuthority, order: Order): IssuedCertificate => {
  const certificate = sign(authority, order);
  const serial = certificate.serialNumber.toLowerCase();
  const isSelfSigned = order.template.makes === 'root';
  const issued: IssuedCertificate = {
    ...{ arn: `${authority.arn}/certificate/${serial}`, serial, pem: certificate.toString(), isSelfSigned },
    chainPem: isSelfSigned ? '' : chainOf(authority),
    readyAtMs: order.readyAtMs,
    revocation: undefined,
  };
  authority.issued.set(serial, issued);
  return issued;
};

/** Refuses a certificate that would outlive its issuer (User Guide, "Troubleshoot": `ValidationException`). */
export const requireWithin = ({ certificate }: PrivateAuthority, notAfter: number): void => {
  if (certificate === undefined || notAfter <= certificate.parsed.notAfter) return;
  throw new AwsError('ValidationException', 'The certificate validity specified exceeds the certificate authority validity.');
};
