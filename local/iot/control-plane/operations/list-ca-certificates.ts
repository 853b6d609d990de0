import type { ListCACertificatesRequest, ListCACertificatesResponse } from '@aws-sdk/client-iot';
import type { IotOperation } from '../operation.ts';
import { keyByTime, pageOf } from '../page.ts';

type Operation = IotOperation<ListCACertificatesRequest, ListCACertificatesResponse>;

/** All authorities, or those of one provisioning template, by creation date; newest first unless asked otherwise. */
export const listCACertificates: Operation = ({ registry }, { templateName, marker, pageSize, ascendingOrder }) => {
  const wanted = [...registry.caCertificates.values()].filter(
    ({ registrationConfig }) => templateName === undefined || registrationConfig?.templateName === templateName,
  );
  const page = pageOf(wanted, ({ createdAt, certificateId }) => keyByTime(createdAt, certificateId), {
    token: marker,
    limit: pageSize,
    isDescending: ascendingOrder !== true,
  });
  const certificates = page.items.map(({ certificateId, status, createdAt }) => ({
    certificateArn: registry.arn('cacert', certificateId),
    certificateId,
    status,
    creationDate: new Date(createdAt),
  }));
  return { certificates, nextMarker: page.nextToken };
};
