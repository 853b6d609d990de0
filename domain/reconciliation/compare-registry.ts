import type { CertificateId, LineName, ThingName } from '../identifiers.ts';
import type { Finding } from './finding.ts';

/** A certificate that has a policy of a line, as AWS IoT tells of it. */
export interface PolicyHolder {
  readonly certificateId: CertificateId;
  readonly isActive: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The things that it is attached to. */
  readonly things: readonly ThingName[];
}

/** Things and policies are attached one after the other; and a claim's certificate is made before it is on record. */
const SETTLED_MS = 3_600_000;

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

/** Certificates that have the policy of a line’s claims and are no claim on record. The hook refuses whoever comes by one. */
export const compareClaimCertificate = (line: LineName, holder: Omit<PolicyHolder, 'things'>, at: number): readonly Finding[] => {
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
