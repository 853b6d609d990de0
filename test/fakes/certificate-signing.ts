import { generateKeyPairSync, randomBytes, X509Certificate } from 'node:crypto';
import { CertificationRequest } from '@peculiar/asn1-csr';
import { AsnConvert } from '@peculiar/asn1-schema';
import type { CertificateOrder, CertificateSigning } from '../../domain/issuance/issuance-ports.ts';
import { signCertificate } from '../../local/iot/certificate-authority/sign-certificate.ts';
import { NOON } from '../builders/enrollment.ts';

const END = Date.UTC(2049, 11, 31);
const issuer = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const read = (csrPem: string) => {
  const der = Buffer.from(csrPem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
  return AsnConvert.parse(der, CertificationRequest).certificationRequestInfo;
};

/** Signs what a request asks for, with the subject or the key of another where that is given. At once, so that no clock has to wait for it. */
export const signedFor = (csrPem: string, other: { readonly subjectOf?: string; readonly keyOf?: string } = {}): string => {
  const { subject } = read(other.subjectOf ?? csrPem);
  const { subjectPKInfo: subjectPublicKeyInfo } = read(other.keyOf ?? csrPem);
  const content = { randomSerial: randomBytes(16), issuer: subject, subject, subjectPublicKeyInfo, extensions: [] };
  return new X509Certificate(signCertificate({ ...content, notBefore: NOON, notAfter: END }, issuer.privateKey)).toString();
};

/** An authority that signs everything, unless told what else to do, and remembers what it was asked for. */
export const recordedSigning = (sign: CertificateSigning['sign'] = ({ csrPem }) => Promise.resolve(signedFor(csrPem))) => {
  const orders: CertificateOrder[] = [];
  const signing: CertificateSigning = {
    sign: (order, signal) => {
      orders.push(order);
      return sign(order, signal);
    },
  };
  return { orders, signing };
};
