import type { Enrollment } from '../enrollment.ts';
import type { CertificateId } from '../identifiers.ts';
import type { CertificateStatus } from '../story/facts.ts';
import type { Finding, Repair } from './finding.ts';
import { DAY_MS } from '../duration.ts';

/** What AWS IoT has of a device. */
export interface DeviceAtIot {
  /** False where there is no such thing. */
  readonly isThere: boolean;
  /** Whether the thing is in the quarantine group; asked of quarantined devices alone. */
  readonly isInQuarantine: boolean;
  /** The certificates that the thing has, and those on record. */
  readonly certificates: readonly { readonly id: CertificateId; readonly status: CertificateStatus; readonly isAttached: boolean }[];
}

/** How long a device that has two certificates may take to be seen with the newer. */
export const GRACE_MS = 7 * DAY_MS;
/** How long a device may be on its way from one state to the next. */
export const STALE_MS = 7 * DAY_MS;

/** Whether there can be anything at AWS IoT to compare with: a device that nobody has seen has nothing there. */
export const hasTraces = ({ state, certificates, toRetire }: Enrollment): boolean =>
  state !== 'registered' || certificates.length > 0 || toRetire.length > 0;

/** Compares an enrollment with what AWS IoT has, at a time in milliseconds since the epoch. */
export const compareEnrollment = (enrollment: Enrollment, device: DeviceAtIot, at: number): readonly Finding[] => [
  ...leftUndone(enrollment),
  ...activeThoughBarred(enrollment, device),
  ...outsideQuarantine(enrollment, device),
  ...unrecorded(enrollment, device),
  ...twoActive(enrollment, device, at),
  ...stale(enrollment, at),
  ...overdue(enrollment, at),
];

const aboutOf = ({ line, serialNumber, thingName }: Enrollment): Finding['about'] => ({ line, serialNumber, thingName });

const isShutOut = ({ state }: Enrollment): boolean => state === 'revoked' || state === 'decommissioned';

// Revoked, not deleted, where a device or key was shut out: what AWS IoT knows as revoked cannot be registered there again. Of a
// device that was decommissioned nothing is to be left.
const endOf = (enrollment: Enrollment, certificate: CertificateId): Repair => {
  const key = enrollment.certificates.find(({ id }) => id === certificate)?.key;
  const isRefused = key !== undefined && enrollment.refusedKeys?.includes(key) === true;
  return { does: enrollment.state === 'revoked' || isRefused ? 'revoke' : 'retire', certificate };
};

const leftUndone = (enrollment: Enrollment): readonly Finding[] =>
  enrollment.toRetire.map((certificate) => ({
    kind: 'retirement-left-undone',
    about: { ...aboutOf(enrollment), certificateId: certificate },
    got: 'the certificate is still on the list of those to be retired',
    expected: 'the list is empty soon after it was written',
    fix: 'Nothing: the next pass works it off. If it comes again, read the faults in the audit log group.',
    repair: endOf(enrollment, certificate),
  }));

const activeThoughBarred = (enrollment: Enrollment, { certificates }: DeviceAtIot): readonly Finding[] =>
  certificates
    .filter(({ id, status }) => isShutOut(enrollment) && status === 'ACTIVE' && !enrollment.toRetire.includes(id))
    .map(({ id }) => ({
      kind: 'barred-certificate-active',
      about: { ...aboutOf(enrollment), certificateId: id },
      got: `the device is ${enrollment.state} and a certificate of its thing is ACTIVE`,
      expected: 'no certificate of a device that was shut out is active',
      fix: 'Find out who activated it: CloudTrail has UpdateCertificate.',
      repair: { does: 'revoke', certificate: id },
    }));

const outsideQuarantine = (enrollment: Enrollment, { isThere, isInQuarantine }: DeviceAtIot): readonly Finding[] =>
  enrollment.state !== 'quarantined' || !isThere || isInQuarantine
    ? []
    : [
        {
          kind: 'outside-quarantine',
          about: aboutOf(enrollment),
          got: 'the device is quarantined and its thing is not in the quarantine group',
          expected: 'the thing is in the group, whose policy leaves it its diagnosis alone',
          fix: 'Find out who took it out: CloudTrail has RemoveThingFromThingGroup.',
          repair: { does: 'quarantine' },
        },
      ];

// Which of the two the device holds is not known here: a person decides.
const unrecorded = (enrollment: Enrollment, { certificates }: DeviceAtIot): readonly Finding[] =>
  certificates
    .filter(({ status, isAttached }) => !isShutOut(enrollment) && isAttached && status === 'ACTIVE')
    .filter(({ id }) => enrollment.certificates.every((recorded) => recorded.id !== id))
    .map(({ id }) => ({
      kind: 'unrecorded-certificate',
      about: { ...aboutOf(enrollment), certificateId: id },
      got: 'an ACTIVE certificate is attached to the thing and on no record',
      expected: 'every active certificate of a thing was admitted',
      fix: `Find out who attached it, then: aws iot update-certificate --certificate-id ${id} --new-status INACTIVE`,
    }));

// Not repaired: the newer one was never seen, and the older may be all that the device has.
const twoActive = (enrollment: Enrollment, device: DeviceAtIot, at: number): readonly Finding[] => {
  const { certificates, state, toRetire } = enrollment;
  const active = new Set(device.certificates.filter(({ status }) => status === 'ACTIVE').map(({ id }) => id));
  const held = certificates.filter(({ id }) => active.has(id) && !toRetire.includes(id));
  const newest = Math.max(...held.map(({ issuedAt }) => issuedAt));
  if (state !== 'active' || held.length < 2 || newest + GRACE_MS > at) return [];
  return [
    {
      kind: 'two-certificates-active',
      about: aboutOf(enrollment),
      got: `${held.length} certificates are ACTIVE, the newest since ${new Date(newest).toISOString()}`,
      expected: 'a device that was given another certificate is seen with it within seven days, and the one before is retired',
      fix: 'Look at the device: it was given a certificate that it does not use. muster explain shows them.',
    },
  ];
};

const underway = new Set<Enrollment['state']>(['pending', 'admitted', 'rotating']);

const stale = (enrollment: Enrollment, at: number): readonly Finding[] => {
  const since = enrollment.lastEvent.at;
  // A rotation has a time of its own.
  if (!underway.has(enrollment.state) || enrollment.rotation !== undefined || since + STALE_MS > at) return [];
  return [
    {
      kind: 'stale-state',
      about: aboutOf(enrollment),
      got: `the device is ${enrollment.state} since ${new Date(since).toISOString()}`,
      expected: 'a device leaves this state within seven days',
      fix:
        enrollment.state === 'pending'
          ? 'Approve it, or revoke it: muster devices approve, muster devices revoke.'
          : 'Look at the device: it was let in and never seen since. muster explain tells where it stopped.',
    },
  ];
};

const overdue = (enrollment: Enrollment, at: number): readonly Finding[] => {
  const { state, rotation } = enrollment;
  if (state !== 'rotating' || rotation === undefined || at < rotation.until) return [];
  return [
    {
      kind: 'rotation-overdue',
      about: aboutOf(enrollment),
      got: `the rotation "${rotation.id}" had until ${new Date(rotation.until).toISOString()}, and the device was not seen with another credential`,
      expected: 'a device that is asked for another credential is seen with it in time',
      fix: 'Nothing: the device goes on with what it has, and is asked again later. If it comes again, look at the device.',
      repair: { does: 'withdraw' },
    },
  ];
};
