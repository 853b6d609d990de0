import { AsnConvert } from '@peculiar/asn1-schema';
import { readCertificateRequest } from '../certificate-authority/certificate-request.ts';
import { nameKey } from '../certificate-authority/parsed-certificate.ts';
import { publicKeyInfoOf } from '../certificate-authority/public-key-info.ts';
import { readCertificate } from '../certificate-authority/registered-certificate.ts';
import { certificateConflict, certificateValidation } from '../refusals.ts';
import type { PendingCertificate } from '../provisioning-registry.ts';
import { addCertificate } from './certificate-store.ts';
import type { Certificate } from './records.ts';
import type { IotRegistry } from './registry.ts';

const refuse = (why: string) => certificateValidation(`The certificate of the certificate provider is not accepted: ${why}.`);

/**
 * Registers what a certificate provider signed for a request: its subject and its key have to be the request's
 * (DG:provisioning-cert-provider). Throws `CertificateValidationException`, `CertificateConflictException` or `InvalidRequestException`.
 */
export const registerProvidedCertificate = (
  registry: IotRegistry,
  pem: { readonly request: string; readonly certificate: string },
  mode: Certificate['mode'],
): PendingCertificate => {
  const { subject, subjectPublicKeyInfo } = readCertificateRequest(pem.request);
  const { certificateId, notBefore, notAfter, ...parsed } = readCertificate(pem.certificate);
  if (nameKey(parsed.subject) !== nameKey(subject)) throw refuse("its subject is not the request's");
  const [wanted, got] = [subjectPublicKeyInfo, publicKeyInfoOf(parsed.publicKey)].map((info) => Buffer.from(AsnConvert.serialize(info)));
  if (wanted === undefined || got === undefined || !wanted.equals(got)) throw refuse("its public key is not the request's");
  if (notAfter <= registry.clock.now()) throw refuse('it has expired');
  if (registry.certificates.has(certificateId)) throw certificateConflict('The certificate is registered already.');
  const issued = { certificateId, certificatePem: pem.certificate, notBefore, notAfter };
  addCertificate(registry, issued, { status: 'PENDING_ACTIVATION', mode });
  return { certificateId, certificatePem: pem.certificate, certificateArn: registry.arn('cert', certificateId) };
};
