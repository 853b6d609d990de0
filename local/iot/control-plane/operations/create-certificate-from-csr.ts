import type { CreateCertificateFromCsrRequest, CreateCertificateFromCsrResponse } from '@aws-sdk/client-iot';
import { addCertificate } from '../../registry/certificate-store.ts';
import type { IotOperation } from '../operation.ts';

/** Signs a request; the same request again yields another certificate. Inactive unless asked otherwise. */
export const createCertificateFromCsr: IotOperation<CreateCertificateFromCsrRequest, CreateCertificateFromCsrResponse> = (
  services,
  input,
) => {
  const issued = services.authority.issueForRequest(input.certificateSigningRequest);
  const status = input.setAsActive === true ? 'ACTIVE' : 'INACTIVE';
  const { certificateId, certificatePem } = addCertificate(services.registry, issued, { status, mode: 'DEFAULT' });
  return { certificateArn: services.registry.arn('cert', certificateId), certificateId, certificatePem };
};
