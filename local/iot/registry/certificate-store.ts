import type { IssuedCertificate } from '../certificate-authority/certificate-authority.ts';
import type { Certificate, CertificateStatus } from './records.ts';
import type { IotRegistry } from './registry.ts';

/** Adds a certificate to the registry. */
export const addCertificate = (
  registry: IotRegistry,
  issued: IssuedCertificate,
  { status, mode, caCertificateId }: Pick<Certificate, 'status' | 'mode' | 'caCertificateId'>,
): Certificate => {
  const now = registry.clock.now();
  const certificate: Certificate = {
    ...{ certificateId: issued.certificateId, certificatePem: issued.certificatePem },
    ...{ notBefore: issued.notBefore, notAfter: issued.notAfter, status, mode },
    ...(caCertificateId === undefined ? {} : { caCertificateId }),
    ...{ createdAt: now, modifiedAt: now, generationId: registry.newId() },
  };
  registry.certificates.set(certificate.certificateId, certificate);
  return certificate;
};

const announce = (registry: IotRegistry, certificateId: string, status: CertificateStatus | 'DELETED'): void => {
  for (const listener of registry.certificateListeners) listener(certificateId, status);
};

/** Sets a certificate's status and tells the listeners. */
export const setCertificateStatus = (registry: IotRegistry, certificate: Certificate, status: CertificateStatus): void => {
  registry.certificates.set(certificate.certificateId, { ...certificate, status, modifiedAt: registry.clock.now() });
  announce(registry, certificate.certificateId, status);
};

/** Removes a certificate with whatever policies are still attached to it. */
export const removeCertificate = (registry: IotRegistry, certificateId: string): void => {
  registry.certificates.delete(certificateId);
  registry.policyAttachments.unlinkLeft(registry.arn('cert', certificateId));
  announce(registry, certificateId, 'DELETED');
};

/** Whether a policy or a thing is attached. */
export const isAttached = (registry: IotRegistry, certificateId: string): boolean => {
  const arn = registry.arn('cert', certificateId);
  return registry.policyAttachments.rightsOf(arn).length > 0 || registry.thingPrincipals.leftsOf(arn).length > 0;
};
