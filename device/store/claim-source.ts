import type { LineName } from '../../domain/identifiers.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import type { Endpoint } from '../mqtt/endpoint.ts';
import type { MqttIdentity } from '../mqtt/mqtt-session.ts';

/** What a device shows in the place of a claim's certificate, with a signature of its own key. */
export interface TicketIdentity {
  readonly ticket: string;
  readonly thingName: ThingName;
  /** Whom it asks. */
  readonly authorizer: string;
  /** Where it asks. */
  readonly endpoint: Endpoint;
  /** The name that is asked for in TLS. */
  readonly serverName: string;
}

/** A batch's credential with all that onboarding with it takes. */
export interface DeviceClaim {
  readonly identity: MqttIdentity | TicketIdentity;
  /** `host` or `host:port`; absent when it is given elsewhere. */
  readonly endpoint?: string;
  readonly line: LineName;
  readonly template: string;
  readonly clientIdPrefix: string;
  /** Whether an operator must say yes to each device of the line: then a refusal means wait. */
  readonly approval?: 'operator';
}

/** One with a certificate. */
export interface CertificateClaim extends DeviceClaim {
  readonly identity: MqttIdentity;
}

/** Where the claim comes from. It is read only while there is something to onboard. */
export interface ClaimSource {
  /** @throws BadSetupError when it is missing, unreadable, or readable by others. */
  read(): Promise<DeviceClaim>;
  /** Deletes it; succeeds when it is gone already. */
  forget(): Promise<void>;
}
