import type { Claim } from '../../domain/claim.ts';
import { type ClientIdLine, deviceByClientId } from '../../domain/client-id.ts';
import { commonNameOf, thingNamedBy } from '../../domain/subject-name.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import type { LineName } from '../../domain/identifiers.ts';
import type { IssuanceRecords } from '../../domain/issuance/issuance-ports.ts';
import type { SigningRequest } from '../../domain/issuance/signing-requests.ts';
import type { ProviderRequest } from './request.ts';

export interface Records {
  readonly records: IssuanceRecords;
  readonly prefix: string;
  readonly clientIdLines: readonly ClientIdLine[];
}

/** Who asks, as the records have it. */
export interface Asked {
  readonly claim: Claim | undefined;
  /** None where neither a claim nor the client id names one. */
  readonly line: LineName | undefined;
  /** That the signing request names. */
  readonly enrollment: Enrollment | undefined;
}

/**
 * Reads who asks. Only a claim's record says its line; the client id of a device says where to look for its enrollment, and its
 * certificate must stand there.
 */
export const readAsked = async (
  { records, prefix, clientIdLines }: Records,
  { principalId, clientId }: ProviderRequest,
  { commonName, signal }: Pick<SigningRequest, 'commonName'> & { readonly signal: AbortSignal },
): Promise<Asked> => {
  const claim = await records.claim(principalId, signal);
  const line = claim?.line ?? deviceByClientId(prefix, clientIdLines, clientId)?.line;
  const thing = line === undefined ? undefined : thingNamedBy(prefix, line, commonName);
  const found = thing === undefined ? undefined : await records.enrollment(thing, signal);
  // Look-alikes share a key of the table, and of another device nothing is to be said.
  const enrollment = found !== undefined && commonNameOf(found.serialNumber) === commonName ? found : undefined;
  return { claim, line, enrollment };
};
