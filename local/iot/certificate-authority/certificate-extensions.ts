import type { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, type Extension } from '@peculiar/asn1-x509';

/** The extensions that a certificate has. */
export const certificateExtensions = ({ raw }: X509Certificate): readonly Extension[] => {
  const { extensions } = AsnConvert.parse(raw, Certificate).tbsCertificate;
  return extensions === undefined ? [] : [...extensions];
};
