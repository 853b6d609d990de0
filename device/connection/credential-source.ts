import type { LineName, ThingName } from '../../domain/identifiers.ts';
import type { SerialNumber } from '../../domain/serial-number.ts';

/** What a device was given that proves itself whenever it connects. */
export interface GivenCredential {
  readonly approach: string;
  readonly thingName: ThingName;
  readonly line: LineName;
  readonly serialNumber: SerialNumber;
  readonly clientId: string;
  /** None where the endpoint has an authorizer of its own. */
  readonly authorizer?: string;
  /** `host` or `host:port`; absent when it is given elsewhere. */
  readonly endpoint?: string;
  readonly topicPrefix: string;
  /** After how many seconds the cloud ends a session, where the device was told. */
  readonly sessionSeconds?: number;
  /** For the approach alone to read. */
  readonly secret: unknown;
}

/** Where that comes from. It is read anew for every connection, so that a newer one is taken up at the next. */
export interface CredentialSource {
  /** @throws BadSetupError when it is missing, unreadable, or readable by others; the message repeats no secret. */
  read(): Promise<GivenCredential>;
}
