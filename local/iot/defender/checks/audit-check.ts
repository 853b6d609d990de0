import type { IotBehaviour } from '../../behaviour/behaviour.ts';
import type { Certificate, CaCertificate } from '../../registry/records.ts';
import type { IotRegistry } from '../../registry/registry.ts';
import type { AuditedResource, NonCompliance } from '../audit-finding.ts';
import type { ConnectionHistory } from '../connection-history.ts';

/** What checks look at. */
export interface AuditFacts {
  readonly registry: IotRegistry;
  readonly behaviour: IotBehaviour;
  readonly connections: ConnectionHistory;
  /** The revocation list at an address, in DER; undefined where there is none. */
  readonly revocationList: (url: string) => Buffer | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Which connections are looked at. */
  readonly connectionsFrom: number;
  readonly connectionsUntil: number;
  /** The check's own number of days. */
  readonly thresholdDays: number;
}

export interface CheckResult {
  /** How many resources were looked at. */
  readonly total: number;
  readonly found: readonly NonCompliance[];
}

export type AuditCheck = (facts: AuditFacts) => CheckResult;

/** An account that has nothing of the kind has nothing that is wrong with it. */
export const nothingToCheck: AuditCheck = () => ({ total: 0, found: [] });

/** What the checks of device certificates apply to (Device Defender developer guide, each check's "Details"). */
export const certificatesInUse = ({ certificates }: IotRegistry): readonly Certificate[] =>
  [...certificates.values()].filter(({ status }) => status === 'ACTIVE' || status === 'PENDING_TRANSFER');

export const authoritiesInUse = ({ caCertificates }: IotRegistry): readonly CaCertificate[] =>
  [...caCertificates.values()].filter(({ status }) => status === 'ACTIVE');

export const deviceCertificate = (
  registry: IotRegistry,
  certificateId: string,
  additionalInfo: Readonly<Record<string, string>> = {},
): AuditedResource => ({
  resourceType: 'DEVICE_CERTIFICATE',
  resourceIdentifier: { deviceCertificateId: certificateId, deviceCertificateArn: registry.arn('cert', certificateId) },
  additionalInfo,
});

export const authorityCertificate = (certificateId: string, additionalInfo: Readonly<Record<string, string>> = {}): AuditedResource => ({
  resourceType: 'CA_CERTIFICATE',
  resourceIdentifier: { caCertificateId: certificateId },
  additionalInfo,
});
