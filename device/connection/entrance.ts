import type { ConnectionProver } from '../../domain/prover.ts';
import type { RandomFraction } from '../backoff.ts';
import type { DeviceClock } from '../clock.ts';
import type { ConnectionStore } from './connection-store.ts';
import type { CredentialSource, GivenCredential } from './credential-source.ts';
import { KnownTime } from './known-time.ts';
import type { KeptSession, MqttConnector, MqttSession } from '../mqtt/mqtt-session.ts';
import type { Progress } from '../onboarding/onboarding.ts';
import { OpenedCredential } from './opened-credential.ts';
import { OpenedJournal } from './opened-journal.ts';

export interface EntranceSettings {
  /** `host` or `host:port`; goes before the credential's. */
  readonly endpoint?: string;
  /** The name that is asked for in TLS, when it is not the host. */
  readonly serverName?: string;
  /** Milliseconds to wait for each answer. */
  readonly answerMs: number;
  /** Whether the server may say no by closing the connection, as AWS IoT does over MQTT 3.1.1. */
  readonly isToldByClosing: boolean;
}

/** Everything that touches the world, time or chance. */
export interface EntrancePorts {
  readonly credentials: CredentialSource;
  readonly store: ConnectionStore;
  /** @throws BadSetupError for an approach that there is not, or whose devices come in otherwise. */
  readonly proverOf: (approach: string) => ConnectionProver;
  readonly connector: MqttConnector;
  readonly clock: DeviceClock;
  readonly random: { readonly fraction: RandomFraction; readonly bytes: (count: number) => Uint8Array };
  /** How provers make requests to an issuer. */
  readonly fetch: typeof globalThis.fetch;
  /** Told of each step, for people who watch. */
  readonly notify: (progress: Progress) => void;
}

/** One run of a program that connects. */
export interface Entrance {
  readonly settings: EntranceSettings;
  readonly ports: EntrancePorts;
  readonly time: KnownTime;
  readonly opened: OpenedCredential;
  readonly journals: OpenedJournal;
}

/** The beginning of a run. */
export const entranceWith = (settings: EntranceSettings, ports: EntrancePorts): Entrance => ({
  ...{ settings, ports },
  time: new KnownTime(ports.clock),
  opened: new OpenedCredential(),
  journals: new OpenedJournal(ports.store),
});

/** What a connection is for. */
export interface Purpose {
  /** Below or beside the thing's own root. That they are granted proves that the device is let in, and not to ask for the time alone. */
  readonly filters: (ownRoot: string) => readonly string[];
  readonly session?: KeptSession;
}

/** The device is let in. */
export interface Admission {
  readonly session: MqttSession;
  readonly given: GivenCredential;
  /** `host:port` or as it was given. */
  readonly endpoint: string;
  /** When the cloud ends the connection, in milliseconds since the epoch by this device's own clock, where that is known. */
  readonly endsAt?: number;
}
