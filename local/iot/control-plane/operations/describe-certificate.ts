import type { DescribeCertificateRequest, DescribeCertificateResponse } from '@aws-sdk/client-iot';
import { findCertificate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

/** A certificate with its status and validity. */
export const describeCertificate: IotOperation<DescribeCertificateRequest, DescribeCertificateResponse> = ({ registry }, input) => {
  const certificate = findCertificate(registry, input.certificateId);
  return {
    certificateDescription: {
      certificateArn: registry.arn('cert', certificate.certificateId),
      certificateId: certificate.certificateId,
      caCertificateId: certificate.caCertificateId,
      status: certificate.status,
      certificatePem: certificate.certificatePem,
      ownedBy: registry.account.accountId,
      creationDate: new Date(certificate.createdAt),
      lastModifiedDate: new Date(certificate.modifiedAt),
      customerVersion: 1,
      transferData: {},
      generationId: certificate.generationId,
      validity: { notBefore: new Date(certificate.notBefore), notAfter: new Date(certificate.notAfter) },
      certificateMode: certificate.mode,
    },
  };
};
