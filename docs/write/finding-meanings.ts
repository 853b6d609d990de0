import type { FindingKind } from '../../domain/reconciliation/finding-kind.ts';

/** What a finding of reconciliation is, and whether it is put right without a person. */
export interface FindingMeaning {
  readonly what: string;
  readonly repaired: string;
}

export const findingMeanings: Readonly<Record<FindingKind, FindingMeaning>> = {
  'retirement-left-undone': { what: 'a certificate that was to be retired still is on the list', repaired: 'yes' },
  'barred-certificate-active': {
    what: 'a device was revoked or decommissioned, and a certificate of its thing is active',
    repaired: 'yes',
  },
  'outside-quarantine': { what: 'a device is quarantined, and its thing is not in the quarantine group', repaired: 'yes' },
  'unrecorded-certificate': { what: "an active certificate is attached to a device's thing, and on no record", repaired: '' },
  'two-certificates-active': {
    what: 'a device was given another certificate a week ago, and was never seen with it',
    repaired: '',
  },
  'stale-state': { what: 'a device is pending, admitted or rotating for a week', repaired: '' },
  'rotation-overdue': {
    what: 'a device was asked for another credential, and was not seen with it in time',
    repaired: 'yes: it goes on with what it has',
  },
  'event-never-emitted': { what: 'the last change of an enrollment is not in the audit log', repaired: 'yes, under its own id' },
  'thing-without-enrollment': { what: 'a thing has the type of a line, and nobody enrolled it', repaired: '' },
  'orphan-certificate': {
    what: "an active certificate has the policy of a line's devices, and no enrolled thing",
    repaired: 'where it has no thing',
  },
  'certificate-left-over': {
    what: "an inactive certificate has the policy of a line's devices and, for a month, no thing",
    repaired: 'yes: it is deleted',
  },
  'orphan-claim-certificate': { what: "an active certificate has the policy of a line's claims, and is no claim", repaired: 'yes' },
  'issued-and-never-used': {
    what: 'an own authority issued a certificate that no device has, and that AWS IoT does not let in: it is taken back at the authority',
    repaired: 'yes',
  },
};
