import type { DeleteCACertificateRequest } from '@aws-sdk/client-iot';
import { certificateState } from '../../refusals.ts';
import { removeCaCertificate } from '../../registry/ca-certificate-store.ts';
import { findCaCertificate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** Deletes an authority that is inactive; the certificates that it signed stay registered. */
export const deleteCACertificate: IotOperation<DeleteCACertificateRequest> = ({ registry }, input) => {
  const authority = findCaCertificate(registry, input.certificateId);
  if (authority.status !== 'INACTIVE') throw certificateState('A CA certificate must be INACTIVE before it can be deleted.');
  removeCaCertificate(registry, authority);
  return {};
};
