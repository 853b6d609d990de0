import type { UpdateCertificateRequest } from '@aws-sdk/client-iot';
import { certificateState, invalidRequest } from '../../refusals.ts';
import { setCertificateStatus } from '../../registry/certificate-store.ts';
import { findCertificate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

// SDK UpdateCertificateRequest: the first two are for AWS's own use, the third is deprecated.
const reservedStatuses: ReadonlySet<string> = new Set(['PENDING_TRANSFER', 'PENDING_ACTIVATION', 'REGISTER_INACTIVE']);

/** Changes a certificate's status. */
export const updateCertificate: IotOperation<UpdateCertificateRequest> = ({ registry, behaviour }, { certificateId, newStatus }) => {
  if (reservedStatuses.has(newStatus)) throw invalidRequest(`Status ${newStatus} cannot be set by a caller.`);
  const certificate = findCertificate(registry, certificateId);
  const isFinal = certificate.status === 'REVOKED' && behaviour['certificate.revoked-is-final'];
  if (isFinal && newStatus !== 'REVOKED') throw certificateState('A revoked certificate cannot be used again.');
  if (certificate.status !== newStatus) setCertificateStatus(registry, certificate, newStatus);
  return {};
};
