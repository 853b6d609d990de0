import * as z from 'zod/mini';
import type { Renewing } from '../../../domain/rotation/renewing.ts';
import { deviceAlgorithms } from '../evidence/algorithm.ts';
import { headerWith, timeClaim } from '../evidence/claims.ts';
import { deviceKeyIn } from '../evidence/device-key.ts';
import { readJws } from '../evidence/jws.ts';
import { readOAuthRequirement } from '../evidence/requirement.ts';
import { isSignedByOneOf } from './signature.ts';

const MAX_LENGTH = 4096;

const text = z.string().check(z.maxLength(MAX_LENGTH));
const offer = z.object({ publicKey: text, proof: text });
const header = headerWith(deviceAlgorithms);
/** Of the proof; a token that opens a connection says none of the first two, and this none of its audience. */
const claims = z.object({ rotation: z.string(), sub: z.string(), iat: timeClaim, aud: z.optional(z.undefined()) });

/**
 * By a public key that the device made for this, and a proof that it holds the other half. Who shows tokens of an issuer has nothing to
 * renew here: the issuer renews those.
 */
export const renewalByDeviceKey: Extract<Renewing, { by: 'requirement' }> = {
  by: 'requirement',
  judge: async ({ enrollment, offer: offered }) => {
    const { publicKey: pem, proof } = z.safeParse(offer, offered).data ?? {};
    const jws = proof === undefined ? undefined : readJws(proof);
    if (pem === undefined || jws === undefined) return 'malformed-request';
    const required = readOAuthRequirement(enrollment.requirement);
    if (required?.kind !== 'device-token') return 'evidence-refused';
    const key = deviceKeyIn(pem);
    if (key === undefined) return 'unacceptable-key';
    if (key === required.publicKey) return 'key-not-new';
    const [said, head] = [z.safeParse(claims, jws.claims).data, z.safeParse(header, jws.header).data];
    // A clock that is wrong says nothing: that the rotation is of now is what makes the proof so.
    if (head === undefined || said?.rotation !== enrollment.rotation?.id || said?.sub !== enrollment.thingName) return 'evidence-refused';
    if (!(await isSignedByOneOf({ text: jws.text, header: head }, [key]))) return 'evidence-refused';
    return { requirement: { publicKey: key }, credential: () => Promise.resolve({}) };
  },
};
