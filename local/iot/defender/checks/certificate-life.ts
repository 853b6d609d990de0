import type { AuditedResource, NonCompliance } from '../audit-finding.ts';
import {
  type AuditCheck,
  type AuditFacts,
  authoritiesInUse,
  authorityCertificate,
  certificatesInUse,
  deviceCertificate,
} from './audit-check.ts';

const dayMs = 86_400_000;

/** Authorities have no threshold of their own (Device Defender developer guide, "CA certificate expiring"). */
const authorityDays = 30;

interface Life {
  readonly notBefore: number;
  readonly notAfter: number;
}

const told = ({ notBefore, notAfter }: Life): Readonly<Record<string, string>> => ({
  EXPIRATION_TIME: new Date(notAfter).toISOString(),
  START_TIME: new Date(notBefore).toISOString(),
});

const expiry = (resource: AuditedResource, { notAfter }: Life, { now, days }: { now: number; days: number }): readonly NonCompliance[] => {
  if (notAfter <= now) return [{ resource, reasonCode: 'CERTIFICATE_PAST_EXPIRATION', reason: 'Certificate is past its expiration.' }];
  if (notAfter - now > days * dayMs) return [];
  return [{ resource, reasonCode: 'CERTIFICATE_APPROACHING_EXPIRATION', reason: 'Certificate is approaching its expiration.' }];
};

export const deviceCertificateExpiring: AuditCheck = ({ registry, now, thresholdDays: days }) => {
  const checked = certificatesInUse(registry);
  const found = checked.flatMap((one) => expiry(deviceCertificate(registry, one.certificateId, told(one)), one, { now, days }));
  return { total: checked.length, found };
};

export const authorityCertificateExpiring: AuditCheck = ({ registry, now }) => {
  const checked = authoritiesInUse(registry);
  const found = checked.flatMap((one) => expiry(authorityCertificate(one.certificateId, told(one)), one, { now, days: authorityDays }));
  return { total: checked.length, found };
};

const bornAt = ({ behaviour }: AuditFacts, { createdAt, notBefore }: Life & { readonly createdAt: number }): number =>
  behaviour['defender.age-counts-from'] === 'creation' ? createdAt : notBefore;

export const deviceCertificateAge: AuditCheck = (facts) => {
  const { registry, now, thresholdDays } = facts;
  const checked = certificatesInUse(registry);
  const old = checked.filter((one) => now - bornAt(facts, one) >= thresholdDays * dayMs);
  const found = old.map((one) => ({
    resource: deviceCertificate(registry, one.certificateId, told(one)),
    ...{ reasonCode: 'CERTIFICATE_PAST_AGE_THRESHOLD', reason: 'Certificate has been active for longer than the threshold.' },
  }));
  return { total: checked.length, found };
};
