import { type ReasonCode, reasonCodes } from './reason-code.ts';

/**
 * What a refusal says about a claim:
 * - `misuse`: the claim itself was not to be used, or not there
 * - `enumeration`: a serial that the claim does not cover; many of them are somebody who guesses
 * - `identity`: a serial that there is, and a device that could not prove to be it
 * - `waiting`: an operator's yes is missing
 * - `withdrawn`: the device was taken out
 * - `fault`: the request or the platform was broken
 */
export const refusalClasses = ['misuse', 'enumeration', 'identity', 'waiting', 'withdrawn', 'fault'] as const;

export type RefusalClass = (typeof refusalClasses)[number];

const classes: Readonly<Record<ReasonCode, RefusalClass>> = {
  'malformed-request': 'fault',
  'unknown-template': 'fault',
  'unknown-claim': 'misuse',
  'claim-closed': 'misuse',
  'claim-not-yet-open': 'misuse',
  'claim-expired': 'misuse',
  'claim-of-another-line': 'misuse',
  'claim-quota-exhausted': 'misuse',
  'line-closed': 'misuse',
  'serial-outside-claim': 'enumeration',
  'unknown-principal': 'misuse',
  'unknown-vendor-ca': 'identity',
  'unknown-serial': 'enumeration',
  'another-approach': 'identity',
  'pending-approval': 'waiting',
  quarantined: 'withdrawn',
  revoked: 'withdrawn',
  decommissioned: 'withdrawn',
  'changing-hands': 'waiting',
  'proof-withdrawn': 'waiting',
  'no-open-recovery': 'identity',
  'unacceptable-key': 'identity',
  'not-the-pinned-key': 'identity',
  'evidence-refused': 'identity',
  'evidence-too-weak': 'identity',
  'code-already-used': 'identity',
  'refused-key': 'identity',
  'bound-to-another-key': 'identity',
  'too-many-certificates': 'fault',
  'certificate-budget-spent': 'misuse',
  'no-such-rotation': 'identity',
  'rotation-over': 'fault',
  'not-the-credential-in-use': 'identity',
  'key-not-new': 'identity',
  'proof-replayed': 'identity',
  'proof-outside-its-time': 'identity',
  'superseded-key': 'identity',
  'unknown-key': 'identity',
  'unknown-issuer': 'identity',
  'token-expired': 'identity',
  'token-not-yet-valid': 'identity',
  'token-for-another-audience': 'identity',
  'scope-missing': 'identity',
  'too-many-refusals': 'fault',
  'issuer-unavailable': 'fault',
  'authority-unavailable': 'fault',
  'lost-a-race': 'fault',
  'deadline-exceeded': 'fault',
  'internal-error': 'fault',
};

/** The reasons of one class. */
export const reasonsOf = (wanted: RefusalClass): readonly ReasonCode[] => reasonCodes.filter((reason) => classes[reason] === wanted);
