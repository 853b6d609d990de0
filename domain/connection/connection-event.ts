import type { AuditEvent } from '../audit-event.ts';
import type { ConnectingDevice } from './connection-verdict.ts';
import type { Enrollment } from '../enrollment.ts';
import type { ApproachName } from '../identifiers.ts';
import type { ReasonCode } from '../reason-code.ts';

/** A connection that an authorizer judged, as far as it could be read. */
export interface JudgedConnection {
  readonly eventId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly approach: ApproachName;
  readonly connectionId?: string | undefined;
  readonly device?: Partial<ConnectingDevice> | undefined;
  /** What names the credential that was shown, by the word of whoever showed it. */
  readonly credentialId?: string | undefined;
  readonly enrollment?: Enrollment | undefined;
}

// A name, and no text of whoever shows it: it says so before anything is proven.
const NAME = /^[\w.:@/+=-]{1,128}$/;

type ConnectionCode = 'connection.granted' | 'connection.restricted' | 'connection.refused';

/** The record of what came of a connection. */
export const connectionEvent = (connection: JudgedConnection, code: ConnectionCode, reason?: ReasonCode): AuditEvent => {
  const { connectionId, device, credentialId, enrollment } = connection;
  return {
    schemaVersion: 1,
    id: connection.eventId,
    at: connection.at,
    code,
    actor: { kind: 'device' },
    approach: connection.approach,
    ...(reason === undefined ? {} : { reason }),
    ...(connectionId === undefined ? {} : { correlationId: connectionId }),
    ...(device?.line === undefined ? {} : { line: device.line }),
    ...(device?.serialNumber === undefined ? {} : { serialNumber: device.serialNumber }),
    ...(device?.thingName === undefined ? {} : { thingName: device.thingName }),
    ...(credentialId !== undefined && NAME.test(credentialId) ? { credentialId } : {}),
    ...(enrollment === undefined ? {} : { tenant: enrollment.tenant }),
  };
};
