import type { Certificate as ListedCertificate } from '@aws-sdk/client-iot';
import type { Certificate } from '../registry/records.ts';
import type { IotRegistry } from '../registry/registry.ts';
import { keyByTime, pageOf } from './page.ts';

interface CertificatePageRequest {
  readonly marker?: string | undefined;
  readonly pageSize?: number | undefined;
  readonly ascendingOrder?: boolean | undefined;
}

/** A page of certificates by creation date, newest first unless asked otherwise. */
export const certificatePage = (
  registry: IotRegistry,
  certificates: Iterable<Certificate>,
  { marker, pageSize, ascendingOrder }: CertificatePageRequest,
): { readonly certificates: ListedCertificate[]; readonly nextMarker: string | undefined } => {
  const page = pageOf(certificates, ({ createdAt, certificateId }) => keyByTime(createdAt, certificateId), {
    token: marker,
    limit: pageSize,
    isDescending: ascendingOrder !== true,
  });
  const listed = page.items.map(({ certificateId, status, mode, createdAt }) => ({
    certificateArn: registry.arn('cert', certificateId),
    certificateId,
    status,
    certificateMode: mode,
    creationDate: new Date(createdAt),
  }));
  return { certificates: listed, nextMarker: page.nextToken };
};
