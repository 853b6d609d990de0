import type { RegisterCertificateWithoutCARequest, RegisterCertificateWithoutCAResponse } from '@aws-sdk/client-iot';
import { readRegisteredCertificate } from '../../certificate-authority/registered-certificate.ts';
import { alreadyExists, invalidRequest } from '../../refusals.ts';
import { addCertificate } from '../../registry/certificate-store.ts';
import type { IotOperation } from '../operation.ts';

type Operation = IotOperation<RegisterCertificateWithoutCARequest, RegisterCertificateWithoutCAResponse>;

const allowedStatuses: ReadonlySet<string> = new Set(['ACTIVE', 'INACTIVE', 'REVOKED']);

/** Registers a certificate that any authority issued; its mode is SNI_ONLY, and it is inactive unless asked otherwise (assumed). */
export const registerCertificateWithoutCA: Operation = ({ registry }, { certificatePem, status = 'INACTIVE' }) => {
  if (!allowedStatuses.has(status)) throw invalidRequest(`A certificate cannot be registered with status ${status}.`);
  const read = readRegisteredCertificate(certificatePem);
  const certificateArn = registry.arn('cert', read.certificateId);
  if (registry.certificates.has(read.certificateId)) {
    throw alreadyExists('The certificate is already provisioned or registered', { id: read.certificateId, arn: certificateArn });
  }
  const { certificateId } = addCertificate(registry, read, { status, mode: 'SNI_ONLY' });
  return { certificateArn, certificateId };
};
