import type { ClaimProver, KeyKind } from '../../domain/prover.ts';
import type { SerialNumber } from '../../domain/serial-number.ts';
import type { RandomFraction } from '../backoff.ts';
import type { ClaimSource } from '../store/claim-source.ts';
import type { DeviceClock } from '../clock.ts';
import type { KeyStore } from '../store/key-store.ts';
import type { MeansSource } from '../store/means-source.ts';
import type { MqttConnector } from '../mqtt/mqtt-session.ts';
import type { OnboardingRecord } from './onboarding-record.ts';
import type { Outcome } from '../outcome.ts';

export interface OnboardSettings {
  readonly serialNumber: SerialNumber;
  /** `host` or `host:port`; goes before the claim's. */
  readonly endpoint?: string;
  /** Milliseconds until `try-again`. */
  readonly timeoutMs: number;
  /** Milliseconds to wait for each answer. */
  readonly answerMs: number;
  readonly keyKind: KeyKind;
  /** Whether a device that is onboarded already connects to make sure. */
  readonly verifies: boolean;
  /** The most that the waits for an operator's approval may come to, in milliseconds; 0 for none. Goes before what the claim says. */
  readonly approvalWaitMs?: number;
  /** Whether the claim is deleted once it is no longer needed. */
  readonly forgetsClaim: boolean;
}

/** Everything that touches the world, time or chance. */
export interface OnboardPorts {
  readonly store: KeyStore;
  readonly claim: ClaimSource;
  readonly prover: ClaimProver;
  /** None for a device that has its key alone. */
  readonly means?: MeansSource;
  readonly connector: MqttConnector;
  readonly clock: DeviceClock;
  readonly random: { readonly fraction: RandomFraction; readonly bytes: (count: number) => Uint8Array };
  /** Told of each step, for people who watch. */
  readonly notify: (progress: Progress) => void;
}

export type Progress =
  | { readonly step: 'key-made' | 'certificate-issued' | 'connecting-with-claim' }
  | { readonly step: 'registered' | 'proving' | 'proving-itself' | 'connected' | 'committed'; readonly thingName: string }
  /** The session goes on with the proof that it has. */
  | { readonly step: 'not-renewed'; readonly because: string }
  | { readonly step: 'waiting'; readonly ms: number; readonly because: string };

/** One call of `onboard`. */
export interface Onboarding {
  readonly settings: OnboardSettings;
  readonly ports: OnboardPorts;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** Something that may go better later; `ending` is how the run ends when later never comes. */
export interface Retry {
  readonly outcome: 'retry';
  readonly message: string;
  readonly ending: 'try-again' | 'bad-setup';
}

/** Nothing to do for so many milliseconds: the device waits for an operator's approval. */
export interface Held {
  readonly outcome: 'held';
  readonly ms: number;
}

/** Where a step has led: to the next stage, which is on record already, or to an end. */
export type StepResult = OnboardingRecord | Outcome | Retry | Held;

export const isEnd = (result: StepResult): result is Outcome | Retry | Held => 'outcome' in result;
