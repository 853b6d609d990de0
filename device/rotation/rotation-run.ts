import type { RandomFraction } from '../backoff.ts';
import type { DeviceClock } from '../clock.ts';
import { type MqttSession, MqttSessionError } from '../mqtt/mqtt-session.ts';
import { CONNECT_AGAIN_MS } from '../pace.ts';
import { type Dialogue, openDialogue } from '../mqtt/dialogue.ts';
import { jobFilters, JobTalk } from './job-talk.ts';
import { Patience } from './patience.ts';
import { tellTopic } from './renewal-talk.ts';
import type { Credential, RotatingCredential } from './rotating-credential.ts';
import type { RotationOutcome, RotationProgress } from './rotation-outcome.ts';
import type { Place, RotationRecord } from './rotation-record.ts';
import type { RotationStore } from './rotation-store.ts';

export interface RotateSettings {
  /** Milliseconds that a run may wait, all in all. */
  readonly timeoutMs: number;
  /** Milliseconds to wait for each answer. */
  readonly answerMs: number;
}

/** Everything that touches the world, time or chance. */
export interface RotatePorts {
  readonly credential: RotatingCredential;
  readonly store: RotationStore;
  readonly clock: DeviceClock;
  readonly random: { readonly fraction: RandomFraction };
  /** Told of each step, for people who watch. */
  readonly notify: (progress: RotationProgress) => void;
}

/** Something that may go better later, not before so many milliseconds. */
export interface LaterAgain {
  readonly outcome: 'later';
  readonly message: string;
  readonly afterMs: number;
}

/** Where a step has led: to the next stage, which is on record already, or to an end. */
export type RotationStep = RotationRecord | RotationOutcome | LaterAgain;

/** An open connection on which the device speaks about its jobs and its credential. */
export interface Talk {
  readonly dialogue: Dialogue;
  readonly jobs: JobTalk;
}

/** One call of `rotate`. */
export class RotationRun {
  readonly ports: RotatePorts;
  readonly settings: RotateSettings;
  readonly patience: Patience;
  #hasConnected = false;

  constructor(settings: RotateSettings, ports: RotatePorts) {
    this.settings = settings;
    this.ports = ports;
    this.patience = new Patience(ports.clock, settings.timeoutMs);
  }

  /** Connects; `undefined` where the server will not have it: AWS IoT says so over MQTT 5, and hangs up over 3.1.1. */
  async tryConnect(credential: Credential, place: Place): Promise<MqttSession | undefined> {
    try {
      return await this.#connect(credential, place);
    } catch (error) {
      if (!(error instanceof MqttSessionError) || (error.code !== 'refused' && error.code !== 'lost')) throw error;
    }
    try {
      return await this.#connect(credential, place);
    } catch (error) {
      if (error instanceof MqttSessionError && (error.code === 'refused' || error.code === 'lost')) return undefined;
      throw error;
    }
  }

  async talkOver(session: MqttSession): Promise<Talk> {
    const { credential, clock } = this.ports;
    const filters = [...jobFilters(credential.thingName), tellTopic(credential.ownRoot)];
    const dialogue = await openDialogue(session, filters, { clock, answerMs: this.settings.answerMs });
    return { dialogue, jobs: new JobTalk(dialogue, credential.thingName) };
  }

  async store<Kept extends RotationRecord>(record: Kept): Promise<Kept> {
    await this.ports.store.write(record);
    return record;
  }

  async #connect(credential: Credential, place: Place): Promise<MqttSession> {
    if (this.#hasConnected) await this.ports.clock.sleep(CONNECT_AGAIN_MS);
    this.#hasConnected = true;
    return this.ports.credential.connect(credential, place);
  }
}
