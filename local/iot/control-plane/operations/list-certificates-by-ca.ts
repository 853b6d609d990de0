import type { ListCertificatesByCARequest, ListCertificatesByCAResponse } from '@aws-sdk/client-iot';
import { certificatePage } from '../certificate-page.ts';
import { findCaCertificate } from '../../registry/find.ts';
import type { IotOperation } from '../operation.ts';

type Operation = IotOperation<ListCertificatesByCARequest, ListCertificatesByCAResponse>;

/** The certificates that were registered as signed by one authority, also after the authority was deleted. */
export const listCertificatesByCA: Operation = ({ registry, behaviour }, input) => {
  const caCertificateId = input.caCertificateId.toLowerCase();
  if (!behaviour['ca.lists-unknown-as-empty']) findCaCertificate(registry, caCertificateId);
  const signed = [...registry.certificates.values()].filter((certificate) => certificate.caCertificateId === caCertificateId);
  return certificatePage(registry, signed, input);
};
