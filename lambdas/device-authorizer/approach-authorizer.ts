import type { ConnectionPresentation } from '../../domain/connection/connection-presentation.ts';
import type { ConnectingDevice, ConnectionVerdict } from '../../domain/connection/connection-verdict.ts';
import type { ApproachName } from '../../domain/identifiers.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';

/** What an approach makes of a presentation: at the least, who says to be connecting. */
export interface ReadConnection {
  readonly device: ConnectingDevice;
  /** What names the credential that it shows, for the record: the version of a key, or the id of a key or token. Never a secret. */
  readonly credentialId?: string;
}

/** An approach as its authorizer asks it. */
export interface ApproachAuthorizer<Read extends ReadConnection> {
  readonly approach: ApproachName;
  /** Reads what was presented and makes every check that costs no request and no secret; a reason where one fails. */
  read(presentation: ConnectionPresentation): Read | ReasonCode;
  /** Judges it. Rejects when `signal` aborts or something is broken; the device is then refused. */
  judge(read: Read, signal: AbortSignal): Promise<ConnectionVerdict>;
}
