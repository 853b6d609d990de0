import type { AuditEvent } from '../audit-event.ts';
import type { Enrollment } from '../enrollment.ts';
import type { CertificateId } from '../identifiers.ts';

/** What an audit of AWS IoT Device Defender found, of one resource. */
export interface DefenderFinding {
  readonly id: string;
  /** The name of the check, as the API has it. */
  readonly check: string;
  /** AWS's word for why. */
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly isSuppressed: boolean;
  readonly certificate?: { readonly certificateId: CertificateId; readonly arn?: string };
  readonly clientId?: string;
  /** What it is about, where that is neither a device's certificate nor a client id: as AWS names it. */
  readonly resource?: string;
}

/** The service that acts on findings, as it stands on record. */
export const DEFENDER = { kind: 'service', name: 'device-defender' } as const;

/** The record of a finding: the same, however often it is come to. */
export const defenderFoundEvent = (finding: DefenderFinding, about: Enrollment | undefined): AuditEvent => {
  const { id, check, reason, at, certificate, resource, clientId } = finding;
  const named = resource ?? (about === undefined ? clientId : undefined);
  return {
    schemaVersion: 1,
    id: `defender-${id}`,
    ...{ at, code: 'defender.found', actor: DEFENDER, operation: check, awsReason: reason },
    ...(certificate === undefined ? {} : { certificateId: certificate.certificateId }),
    ...(named === undefined ? {} : { resource: named }),
    ...(about === undefined ? {} : deviceOf(about)),
  };
};

const deviceOf = ({ line, tenant, approach, serialNumber, thingName }: Enrollment) => ({ line, tenant, approach, serialNumber, thingName });
