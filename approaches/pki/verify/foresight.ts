import type { KeyDigest } from '../../../domain/identifiers.ts';
import type { SigningRequests } from '../../../domain/issuance/signing-requests.ts';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import { type PkiRequirement, readPkiRequirement } from '../evidence/requirement.ts';

/** Nobody is let in by it: the evidence is judged with the registration. */
export const foresee: SigningRequests['foresee'] = (key) => (requirement) => {
  const required = readPkiRequirement(requirement);
  if (required === undefined) return { accepted: false, reason: 'evidence-refused' };
  const reason = refusalOfKey(required, key);
  return reason === undefined ? { accepted: true, key, attestation: required.attestation } : { accepted: false, reason };
};

const refusalOfKey = (required: PkiRequirement, key: KeyDigest): ReasonCode | undefined => {
  switch (required.attestation) {
    case 'pinned-key':
      return required.pinnedKey === key ? undefined : 'not-the-pinned-key';
    case 'enrollment-code':
      return [undefined, key].includes(required.codeUsedBy) ? undefined : 'code-already-used';
    case 'serial-only':
    case 'device-secret':
    case 'vendor-certificate':
      return undefined;
  }
};
