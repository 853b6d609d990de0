import type { Renewing } from '../../../domain/rotation/renewing.ts';
import { deviceKeyIn } from '../evidence/device-key.ts';
import { readRenewalOffer, readRenewalProof } from '../evidence/renewal-offer.ts';
import { keyDigestIn, readOAuthRequirement } from '../evidence/requirement.ts';
import { isSignedByOneOf } from './signature.ts';

/**
 * By a public key that the device made for this, and a proof that it holds the other half. Who shows tokens of an issuer has nothing to
 * renew here: the issuer renews those.
 */
export const renewalByDeviceKey: Extract<Renewing, { by: 'requirement' }> = {
  by: 'requirement',
  judge: async ({ enrollment, offer }) => {
    const { pem, jws } = readRenewalOffer(offer) ?? {};
    if (pem === undefined || jws === undefined) return 'malformed-request';
    const required = readOAuthRequirement(enrollment.requirement);
    if (required?.kind !== 'device-token') return 'evidence-refused';
    const key = deviceKeyIn(pem);
    if (key === undefined) return 'unacceptable-key';
    if (key === required.publicKey) return 'key-not-new';
    if (enrollment.refusedKeys?.includes(keyDigestIn(key)) === true) return 'refused-key';
    const proof = readRenewalProof(jws);
    // A clock that is wrong says nothing: that the rotation is of now is what makes the proof so.
    if (proof?.claims.rotation !== enrollment.rotation?.id || proof?.claims.sub !== enrollment.thingName) return 'evidence-refused';
    if (!(await isSignedByOneOf(proof, [key]))) return 'evidence-refused';
    return { requirement: { publicKey: key }, credential: () => Promise.resolve({}) };
  },
};
