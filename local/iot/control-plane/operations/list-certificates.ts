import type { ListCertificatesRequest, ListCertificatesResponse } from '@aws-sdk/client-iot';
import { certificatePage } from '../certificate-page.ts';
import type { IotOperation } from '../operation.ts';

/** All certificates by creation date, newest first unless asked otherwise. */
export const listCertificates: IotOperation<ListCertificatesRequest, ListCertificatesResponse> = ({ registry }, input) =>
  certificatePage(registry, registry.certificates.values(), input);
