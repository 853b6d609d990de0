import type { LineName } from '../domain/identifiers.ts';
import type { MqttIdentity } from './mqtt-session.ts';

/** A batch's credential with all that onboarding with it takes. */
export interface DeviceClaim {
  readonly identity: MqttIdentity;
  /** `host` or `host:port`; absent when it is given elsewhere. */
  readonly endpoint?: string;
  readonly line: LineName;
  readonly template: string;
  readonly clientIdPrefix: string;
  /** Whether an operator must say yes to each device of the line: then a refusal means wait. */
  readonly approval?: 'operator';
}

/** Where the claim comes from. It is read only while there is something to onboard. */
export interface ClaimSource {
  /** @throws BadSetupError when it is missing, unreadable, or readable by others. */
  read(): Promise<DeviceClaim>;
  /** Deletes it; succeeds when it is gone already. */
  forget(): Promise<void>;
}
