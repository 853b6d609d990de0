import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } from 'jose';
import * as z from 'zod';
import { signingAlgorithms } from './issuer-settings.ts';
import { OAuthError } from './oauth-error.ts';
import type { UsedOnce } from './used-once.ts';

/** A proof is for now: so far may clocks be apart (RFC 9449 §11.1). */
const windowSeconds = 60;

const claims = z.object({ jti: z.string().min(1).max(256), htm: z.literal('POST'), htu: z.string(), iat: z.number() });

export interface ProofTerms {
  /** What `htu` must name. */
  readonly tokenEndpoint: string;
  readonly proofs: UsedOnce;
  readonly nowMs: () => number;
}

/** Without query and fragment, as RFC 9449 §4.3 compares them. */
const plainUrl = (text: string): string => {
  const { origin, pathname } = new URL(text);
  return `${origin}${pathname}`;
};

/**
 * The thumbprint of the key that a token request's DPoP proof shows (RFC 9449 §4.3): what `cnf.jkt` will say.
 * @throws OAuthError `invalid_dpop_proof`
 */
export const readProof = async (proof: string, { tokenEndpoint, proofs, nowMs }: ProofTerms): Promise<string> => {
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, { typ: 'dpop+jwt', algorithms: [...signingAlgorithms] });
    const { jti, htu, iat } = claims.parse(payload);
    if (plainUrl(htu) !== plainUrl(tokenEndpoint)) throw new Error('htu names another endpoint');
    if (Math.abs(nowMs() / 1000 - iat) > windowSeconds) throw new Error('iat is too far from now');
    if (!proofs.use(jti, nowMs() + 2 * windowSeconds * 1000, nowMs())) throw new Error('jti was used before');
    return await calculateJwkThumbprint(protectedHeader.jwk ?? {});
  } catch (error) {
    throw new OAuthError(
      'invalid_dpop_proof',
      `The DPoP proof does not hold: ${error instanceof Error ? error.message : 'it is no proof'}.`,
    );
  }
};
