import type { DeleteCertificateRequest } from '@aws-sdk/client-iot';
import { certificateState, deleteConflict } from '../../refusals.ts';
import { removeCertificate } from '../../registry/certificate-store.ts';
import { findCertificate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes a certificate that is not active and has neither things nor (unless forced) policies. */
export const deleteCertificate: IotOperation<DeleteCertificateRequest> = ({ registry }, { certificateId: id, forceDelete }) => {
  const { certificateId, status } = findCertificate(registry, id);
  const arn = registry.arn('cert', certificateId);
  if (status === 'ACTIVE') throw certificateState('Certificate must be deactivated (not ACTIVE) before deletion.');
  if (registry.thingPrincipals.leftsOf(arn).length > 0) throw deleteConflict(`Things must be detached before deletion (arn: ${arn})`);
  if (forceDelete !== true && registry.policyAttachments.rightsOf(arn).length > 0) {
    throw deleteConflict(`Certificate policies must be detached before deletion (arn: ${arn})`);
  }
  removeCertificate(registry, certificateId);
  return {};
};
