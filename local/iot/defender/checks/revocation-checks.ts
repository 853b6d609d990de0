import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate as X509, CertificateList, CRLDistributionPoints, id_ce_cRLDistributionPoints } from '@peculiar/asn1-x509';
import { X509Certificate } from 'node:crypto';
import type { NonCompliance } from '../audit-finding.ts';
import {
  type AuditCheck,
  type AuditFacts,
  authoritiesInUse,
  authorityCertificate,
  certificatesInUse,
  deviceCertificate,
} from './audit-check.ts';

const hexOf = (bytes: ArrayBuffer): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/^00(?=[89a-f])/, '');

/** Where a certificate says that its issuer's revocation list is (RFC 5280 §4.2.1.13). */
const listsOf = ({ tbsCertificate }: X509): readonly string[] => {
  const extension = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_cRLDistributionPoints);
  if (extension === undefined) return [];
  const points = [...AsnConvert.parse(extension.extnValue, CRLDistributionPoints)];
  return points.flatMap(({ distributionPoint }) =>
    (distributionPoint?.fullName ?? []).flatMap(({ uniformResourceIdentifier: url }) => url ?? []),
  );
};

/** Whether the list of its issuer, as far as it can be read, names a certificate. */
const isRevoked = ({ revocationList }: AuditFacts, certificatePem: string): boolean => {
  const certificate = AsnConvert.parse(new X509Certificate(certificatePem).raw, X509);
  const serial = hexOf(certificate.tbsCertificate.serialNumber);
  return listsOf(certificate).some((url) => {
    const list = revocationList(url);
    const revoked = list === undefined ? [] : (AsnConvert.parse(list, CertificateList).tbsCertList.revokedCertificates ?? []);
    return revoked.some(({ userCertificate }) => hexOf(userCertificate) === serial);
  });
};

const byIssuer = (resource: NonCompliance['resource']): NonCompliance => ({
  resource,
  ...{ reasonCode: 'CERTIFICATE_REVOKED_BY_ISSUER', reason: 'Certificate is revoked by its issuer.' },
});

export const revokedDeviceCertificate: AuditCheck = (facts) => {
  const checked = certificatesInUse(facts.registry);
  const revoked = checked.filter(({ certificatePem }) => isRevoked(facts, certificatePem));
  return { total: checked.length, found: revoked.map(({ certificateId }) => byIssuer(deviceCertificate(facts.registry, certificateId))) };
};

export const revokedAuthority: AuditCheck = (facts) => {
  const checked = authoritiesInUse(facts.registry);
  const revoked = checked.filter(({ certificatePem }) => isRevoked(facts, certificatePem));
  return { total: checked.length, found: revoked.map(({ certificateId }) => byIssuer(authorityCertificate(certificateId))) };
};

/** The authorities of active device certificates that are themselves certified by somebody, and taken back. */
export const revokedIntermediate: AuditCheck = (facts) => {
  const { caCertificates } = facts.registry;
  const issuers = new Set(certificatesInUse(facts.registry).flatMap(({ caCertificateId }) => caCertificateId ?? []));
  const checked = [...issuers].flatMap((id) => caCertificates.get(id) ?? []);
  const revoked = checked.filter(({ certificatePem }) => isRevoked(facts, certificatePem));
  const found = revoked.map(({ certificatePem }): NonCompliance => {
    const { subject, serialNumber } = new X509Certificate(certificatePem);
    const named = { issuerCertificateSubject: subject.replaceAll('\n', ', '), issuerCertificateSerialNumber: serialNumber.toLowerCase() };
    return {
      resource: { resourceType: 'ISSUER_CERTIFICATE', resourceIdentifier: { issuerCertificateIdentifier: named } },
      ...{
        reasonCode: 'INTERMEDIATE_CA_REVOKED_BY_ISSUER',
        reason: 'An intermediate authority of active certificates is revoked by its issuer.',
      },
    };
  });
  return { total: checked.length, found };
};
