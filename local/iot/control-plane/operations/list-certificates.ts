import type { ListCertificatesRequest, ListCertificatesResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { keyByTime, pageOf } from '../page.ts';

/** All certificates by creation date, newest first unless asked otherwise. */
export const listCertificates: IotOperation<ListCertificatesRequest, ListCertificatesResponse> = ({ registry }, input) => {
  const page = pageOf(registry.certificates.values(), ({ createdAt, certificateId }) => keyByTime(createdAt, certificateId), {
    token: input.marker,
    limit: input.pageSize,
    isDescending: input.ascendingOrder !== true,
  });
  const certificates = page.items.map(({ certificateId, status, mode, createdAt }) => ({
    certificateArn: registry.arn('cert', certificateId),
    certificateId,
    status,
    certificateMode: mode,
    creationDate: new Date(createdAt),
  }));
  return { certificates, nextMarker: page.nextToken };
};
