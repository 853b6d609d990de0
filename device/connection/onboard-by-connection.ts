import type { ConnectionRecord } from './connection-record.ts';
import { BadSetupError } from '../bad-setup.ts';
import { enter, prepare } from './enter.ts';
import { type Entrance, type EntrancePorts, type EntranceSettings, entranceWith, type Purpose } from './entrance.ts';
import { resultOfFailure } from '../failure.ts';
import type { Retry } from '../onboarding/onboarding.ts';
import type { Outcome } from '../outcome.ts';
import { tryInTime } from '../try-in-time.ts';

export interface ConnectionOnboardSettings extends EntranceSettings {
  /** Milliseconds until `try-again`. */
  readonly timeoutMs: number;
  /** Whether a device that is onboarded already connects to make sure. */
  readonly verifies: boolean;
}

/** Nothing is kept of the connection: it is there to see whether the device is let in. */
const trial: Purpose = { filters: (ownRoot) => [`${ownRoot}/#`] };

/**
 * Makes sure that a device which proves itself whenever it connects is let in, and puts that on record. It may be called at any
 * time and as often as one likes.
 */
export const onboardByConnection = async (settings: ConnectionOnboardSettings, ports: EntrancePorts): Promise<Outcome> => {
  const entrance = entranceWith(settings, ports);
  const deadline = ports.clock.now() + settings.timeoutMs;
  return tryInTime({ ...ports, deadline }, async () => {
    try {
      return await attempt(entrance, settings);
    } catch (error) {
      return resultOfFailure(error);
    }
  });
};

const attempt = async (entrance: Entrance, { verifies }: ConnectionOnboardSettings): Promise<Outcome | Retry> => {
  const { credentials, store } = entrance.ports;
  const { thingName, serialNumber } = await credentials.read();
  const record = await store.readRecord();
  if (record !== undefined && record.thingName !== thingName)
    throw new BadSetupError(`The state directory is that of ${record.thingName}, not of ${thingName}; give each device one of its own.`);
  if (record !== undefined && !verifies) return onboarded(record, true);
  const { session, given, endpoint } = await enter(entrance, await prepare(entrance), trial);
  await session.close();
  const next: ConnectionRecord = { schemaVersion: 1, serialNumber, stage: 'onboarded', approach: given.approach, thingName, endpoint };
  return onboarded(await recorded(entrance, record, next), record !== undefined);
};

/** Puts on record that the device was let in. */
export const recorded = async (
  { ports }: Entrance,
  record: ConnectionRecord | undefined,
  next: ConnectionRecord,
): Promise<ConnectionRecord> => {
  if (record?.approach === next.approach && record.endpoint === next.endpoint) return record;
  await ports.store.writeRecord(next);
  ports.notify({ step: 'committed', thingName: next.thingName });
  return next;
};

const onboarded = ({ thingName, endpoint, approach }: ConnectionRecord, already: boolean): Outcome => ({
  outcome: 'onboarded',
  thingName,
  approach,
  endpoint,
  already,
});
