import type { ConnectionPresentation } from '../../domain/connection/connection-presentation.ts';
import type { ConnectionVerdict } from '../../domain/connection/connection-verdict.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import { APPROACH, judgeConnection, type OAuthPorts } from './verify/judge-connection.ts';
import { type ReadingTerms, type ReadOAuthConnection, readConnection } from './verify/read-connection.ts';

export { renewalByDeviceKey } from './verify/renewal.ts';

/** OAuth as its authorizer asks it: first what costs nothing, then signatures, then the enrollment. */
export interface OAuthVerifier {
  readonly approach: typeof APPROACH;
  read(presentation: ConnectionPresentation): ReadOAuthConnection | ReasonCode;
  judge(read: ReadOAuthConnection, signal: AbortSignal): Promise<ConnectionVerdict>;
}

/** Judges devices by tokens. It has no clock and makes no request of its own: keys and records come through its ports. */
export const createOAuthVerifier = (props: ReadingTerms & OAuthPorts): OAuthVerifier => ({
  approach: APPROACH,
  read: (presentation) => readConnection(props, presentation),
  judge: (read, signal) => judgeConnection(props, read, signal),
});
