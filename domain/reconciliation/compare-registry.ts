import { DAY_MS, HOUR_MS } from '../duration.ts';
import type { CertificateId, LineName, ThingName } from '../identifiers.ts';
import type { Finding } from './finding.ts';

/** A certificate that has a policy of a line, as AWS IoT tells of it. */
export interface PolicyHolder {
  readonly certificateId: CertificateId;
  readonly isActive: boolean;
  /** Taken out of use, and not for good: one that is revoked is neither. */
  readonly isInactive: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Of its status, or whatever changed last: milliseconds since the epoch. */
  readonly changedAt: number;
  /** The things that it is attached to. */
  readonly things: readonly ThingName[];
}

/** Things and policies are attached one after the other; and a claim's certificate is made before it is on record. */
const SETTLED_MS = HOUR_MS;

/** So long whoever looks into an orphan finds it, and a retirement that was cut off is finished by what is on record. */
const LEFT_OVER_MS = 30 * DAY_MS;

/** Things of a line that nobody enrolled. Nothing is done about them: records may have been lost, and devices still live by them. */
export const compareThings = (line: LineName, things: readonly ThingName[], enrolled: ReadonlySet<ThingName>): readonly Finding[] =>
  things
    .filter((thing) => !enrolled.has(thing))
    .map((thingName) => ({
      kind: 'thing-without-enrollment',
      about: { line, thingName },
      got: 'AWS IoT has a thing of this line’s type that no enrollment is of',
      expected: 'every thing of a line was enrolled',
      fix: 'Import the device, if it is genuine; else deactivate its certificates, then delete the thing.',
    }));

/** Certificates that have the policy of a line’s devices and belong to no enrolled thing. */
export const compareDeviceCertificate = (
  line: LineName,
  holder: PolicyHolder,
  { enrolled, at }: { readonly enrolled: ReadonlySet<ThingName>; readonly at: number },
): readonly Finding[] => {
  const { certificateId, isActive, createdAt, things } = holder;
  if (!isActive || createdAt + SETTLED_MS > at || things.some((thing) => enrolled.has(thing))) return [];
  const found = { kind: 'orphan-certificate', about: { line, certificateId } } as const;
  const expected = 'every certificate with the policy of a line belongs to an enrolled device';
  // With no thing it opens nothing: the policy of a line names topics by the thing that a connection is of.
  if (things.length === 0) {
    const fix = 'Nothing: it is deactivated. Find out who made it: CloudTrail has AttachPolicy.';
    return [
      {
        ...found,
        got: 'an ACTIVE certificate belongs to no thing',
        expected,
        fix,
        repair: { does: 'deactivate', certificate: certificateId },
      },
    ];
  }
  const fix = `Import the device, if it is genuine; else: aws iot update-certificate --certificate-id ${certificateId} --new-status INACTIVE`;
  return [{ ...found, got: `an ACTIVE certificate belongs to ${things.join(', ')}, which nobody enrolled`, expected, fix }];
};

/** Certificates with the policy of a line’s devices that opened nothing for a month and belong to no thing: nobody comes back for them. */
export const compareLeftOver = (
  line: LineName,
  { certificateId, isInactive, changedAt, things }: Omit<PolicyHolder, 'isActive' | 'createdAt'>,
  at: number,
): readonly Finding[] => {
  if (!isInactive || things.length > 0 || changedAt + LEFT_OVER_MS > at) return [];
  return [
    {
      kind: 'certificate-left-over',
      about: { line, certificateId },
      got: 'an INACTIVE certificate has belonged to no thing for a month',
      expected: 'a certificate that nobody uses is deleted',
      fix: 'Nothing: it is deleted.',
      repair: { does: 'delete', certificate: certificateId },
    },
  ];
};

/** Certificates that have the policy of a line’s claims and are no claim on record. The hook refuses whoever comes by one. */
export const compareClaimCertificate = (
  line: LineName,
  holder: Pick<PolicyHolder, 'certificateId' | 'isActive' | 'createdAt'>,
  at: number,
): readonly Finding[] => {
  const { certificateId, isActive, createdAt } = holder;
  if (!isActive || createdAt + SETTLED_MS > at) return [];
  return [
    {
      kind: 'orphan-claim-certificate',
      about: { line, certificateId },
      got: 'an ACTIVE certificate has the policy of this line’s claims and is on no record as one',
      expected: 'every certificate with the policy of claims is a claim’s',
      fix: 'Nothing: it is deactivated. Find out who made it: the runbook, "An unknown claim".',
      repair: { does: 'deactivate', certificate: certificateId },
    },
  ];
};
