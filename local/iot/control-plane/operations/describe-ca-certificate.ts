import type { DescribeCACertificateRequest, DescribeCACertificateResponse } from '@aws-sdk/client-iot';
import { findCaCertificate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** A registered authority with its status, validity and registration configuration. */
export const describeCACertificate: IotOperation<DescribeCACertificateRequest, DescribeCACertificateResponse> = ({ registry }, input) => {
  const authority = findCaCertificate(registry, input.certificateId);
  return {
    certificateDescription: {
      certificateArn: registry.arn('cacert', authority.certificateId),
      certificateId: authority.certificateId,
      status: authority.status,
      certificatePem: authority.certificatePem,
      ownedBy: registry.account.accountId,
      creationDate: new Date(authority.createdAt),
      autoRegistrationStatus: authority.autoRegisters ? 'ENABLE' : 'DISABLE',
      lastModifiedDate: new Date(authority.modifiedAt),
      customerVersion: 1,
      generationId: authority.generationId,
      validity: { notBefore: new Date(authority.notBefore), notAfter: new Date(authority.notAfter) },
      certificateMode: authority.mode,
    },
    registrationConfig: authority.registrationConfig,
  };
};
