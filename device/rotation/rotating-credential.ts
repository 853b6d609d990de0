import type { RotationId } from '../../domain/rotation/rotation.ts';
import type { MqttSession } from '../mqtt/mqtt-session.ts';
import type { Place } from './rotation-record.ts';

/** What a device comes with: what it has, or what a rotation offered it. */
export type Credential = 'held' | 'offered';

/** What a device asks for another credential with. */
export interface Renewal {
  /** In the words of its approach. */
  readonly offer: Readonly<Record<string, unknown>>;
  /** Reads what the cloud gives; `undefined` for what is not for the key that is asked with, or cannot be read. */
  readonly read: (given: Readonly<Record<string, unknown>>) => Promise<Received | undefined>;
}

/** Something that fits. */
export interface Received {
  /** Keeps it beside what is held. It survives a power cut once this has resolved. */
  keep(): Promise<void>;
}

/** Both halves of what a device proves itself with while one takes over from the other. Every call may be made again after a power cut. */
export interface RotatingCredential {
  readonly thingName: string;
  /** Of topics that are the device's own. */
  readonly ownRoot: string;
  /**
   * Connects as the device.
   * @throws MqttSessionError | BadSetupError
   */
  connect(credential: Credential, place: Place): Promise<MqttSession>;
  /** Where something new may be kept. */
  freePlace(): Promise<Place>;
  /** Where something new lies already that may be used, though no record says so. */
  leftover(): Promise<Place | undefined>;
  /** Makes the next key and keeps it, unless there is one. False where what the device has is not for the cloud to renew. */
  prepare(place: Place): Promise<boolean>;
  /** What to ask with, of the key that is kept. */
  renewal(place: Place, rotation: RotationId): Promise<Renewal>;
  /** From now on it is what the device and its other programs use; what was held is deleted. */
  takeOver(place: Place): Promise<void>;
  /** Whether both may be kept for good where the cloud accepts both, and goes on with the newer by itself. */
  readonly mayKeepBoth: boolean;
  /** Deletes what was offered, unless both are to be kept. */
  drop(place: Place, keepsBoth: boolean): Promise<void>;
}
