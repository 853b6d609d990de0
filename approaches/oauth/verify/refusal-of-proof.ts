import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import type { AccessToken } from '../evidence/access-token.ts';
import { type TokenProof, tokenHashOf } from '../evidence/proof.ts';

/** For what a proof must have been made. */
export interface ProofOccasion extends Pick<ConnectionPresentation, 'at' | 'serverName' | 'clientId'> {
  /** How far its time may be from ours, either way. */
  readonly windowSeconds: number;
}

/**
 * Why a token and what was sent beside it do not go together. A token that is bound to a key counts with a proof only, and a proof
 * without such a token proves nothing (RFC 9449 §7.1).
 */
export const refusalOfProofBeside = (
  token: AccessToken,
  proof: TokenProof | undefined,
  occasion: ProofOccasion,
): ReasonCode | undefined => {
  if ((token.claims.cnf === undefined) !== (proof === undefined)) return 'evidence-refused';
  return proof && refusalOfClaims(token, proof, occasion);
};

const refusalOfClaims = (
  { text }: AccessToken,
  { claims }: TokenProof,
  { at, serverName, clientId, windowSeconds }: ProofOccasion,
): ReasonCode | undefined => {
  if (claims.client_id !== clientId || claims.ath !== tokenHashOf(text)) return 'evidence-refused';
  if (claims.aud.toLowerCase() !== serverName.toLowerCase()) return 'token-for-another-audience';
  return Math.abs(claims.iat - at / 1000) > windowSeconds ? 'proof-outside-its-time' : undefined;
};
