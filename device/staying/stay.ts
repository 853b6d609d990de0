import { backoffMs } from '../backoff.ts';
import { enter, prepare, type Visit } from '../connection/enter.ts';
import {
  type Admission,
  type Entrance,
  type EntrancePorts,
  type EntranceSettings,
  entranceWith,
  type Purpose,
} from '../connection/entrance.ts';
import { resultOfFailure } from '../failure.ts';
import type { KeptSession, ReceivedMessage } from '../mqtt/mqtt-session.ts';
import { CONNECT_AGAIN_MS } from '../pace.ts';
import { type StayRotation, StayingRotations } from '../rotation/rotate-while-staying.ts';
import { RotationCall } from '../rotation/rotation-call.ts';
import { recorded } from '../connection/onboard-by-connection.ts';
import type { Retry } from '../onboarding/onboarding.ts';
import type { Outbox } from './outbox.ts';
import type { Outcome } from '../outcome.ts';
import { ifNot } from './stop.ts';
import { tryInTime } from '../try-in-time.ts';
import { type Ending, never, waitForEnding } from '../connection/wait-for-ending.ts';
import { MINUTE_MS } from '../../domain/duration.ts';

export interface StaySettings extends EntranceSettings {
  /** Milliseconds in which it must be let in for the first time. After that it never gives up. */
  readonly timeoutMs: number;
  /** What to listen to; none for the device's commands. */
  readonly subscribe: readonly string[];
  /** Seconds for which the server keeps messages while the device is away. */
  readonly keepsSeconds: number;
}

export interface StayPorts extends EntrancePorts {
  readonly outbox: Outbox;
  /** Takes a message; it is acknowledged after that. */
  readonly deliver: (message: ReceivedMessage) => Promise<void>;
  /** Aborts when the device is to leave. */
  readonly stop: AbortSignal;
  /** None for a device that leaves jobs to others. */
  readonly rotation?: StayRotation;
}

/** How staying ended: as it was told to, or without ever being let in. */
export type StayEnd = { readonly outcome: 'left'; readonly unsent: number } | Exclude<Outcome, { outcome: 'onboarded' }>;

/** A session that did not last as long says that something is wrong, e.g. that two programs connect as this device. */
const STEADY_MS = 60_000;
const LAST_WORDS_MS = 10_000;
/** A refusal tells nothing of its reason: a quarantine ends, a key becomes known, but seldom within the minute. */
const REFUSED_AT_MOST_MS = 15 * MINUTE_MS;

interface Staying {
  readonly entrance: Entrance;
  readonly purpose: Purpose & { readonly session: KeptSession };
  readonly ports: StayPorts;
  readonly rotations: StayingRotations | undefined;
}

/**
 * Keeps a device connected: with a fresh proof before the cloud ends its session, and whenever the connection is lost. No message
 * is lost in either direction while this program runs; some may come twice.
 */
export const stay = async (settings: StaySettings, ports: StayPorts): Promise<StayEnd> => {
  const entrance = entranceWith(settings, ports);
  const rotations = ports.rotation && new StayingRotations(entrance, ports.rotation, ports.stop);
  const staying: Staying = { entrance, purpose: purposeOf(settings, ports, rotations), ports, rotations };
  if (rotations !== undefined && (await rotations.isUnfinished())) await rotations.follow(staying.purpose.session);
  const first = await enterFirst(staying, settings.timeoutMs);
  if (first.outcome !== 'entered') return first;
  await putOnRecord(staying.entrance, first.admission);
  return serve(staying, first.admission);
};

type First = { readonly outcome: 'entered'; readonly admission: Admission } | StayEnd;

const enterFirst = async ({ entrance, purpose, ports }: Staying, timeoutMs: number): Promise<First> => {
  const { clock, stop } = ports;
  const patient = { now: () => clock.now(), sleep: (ms: number) => clock.sleep(ms, stop) };
  const result = await tryInTime<First | Outcome>({ ...ports, clock: patient, deadline: clock.now() + timeoutMs }, async () => {
    try {
      const admission = await ifNot(
        stop,
        prepare(entrance).then((visit) => enter(entrance, visit, purpose)),
      );
      return admission === 'stopped' ? { outcome: 'left', unsent: ports.outbox.size } : { outcome: 'entered', admission };
    } catch (error) {
      return resultOfFailure(error);
    }
  });
  if (result.outcome === 'onboarded') throw new Error('A failure is no success.');
  return result;
};

const purposeOf = ({ subscribe, keepsSeconds }: StaySettings, { deliver }: StayPorts, rotations: StayingRotations | undefined) => ({
  filters: (ownRoot: string) => [
    ...(subscribe.length > 0 ? subscribe : [`${ownRoot}/commands/#`]),
    ...(rotations === undefined ? [] : RotationCall.filtersFor(ownRoot.slice(ownRoot.lastIndexOf('/') + 1))),
  ],
  session: {
    expirySeconds: keepsSeconds,
    receive: (message: ReceivedMessage) => (rotations?.call.take(message) === true ? Promise.resolve() : deliver(message)),
  },
});

const putOnRecord = async (entrance: Entrance, { given, endpoint }: Admission): Promise<void> => {
  const { approach, thingName, serialNumber } = given;
  const next = { schemaVersion: 1, serialNumber, stage: 'onboarded', approach, thingName, endpoint } as const;
  await recorded(entrance, await entrance.ports.store.readRecord(), next);
};

const serve = async (staying: Staying, first: Admission): Promise<StayEnd> => {
  const { outbox, clock } = staying.ports;
  let admission: Admission | 'stopped' = first;
  let failures = 0;
  while (admission !== 'stopped') {
    const since = clock.now();
    outbox.attach(admission.session);
    const { thingName } = admission.given;
    staying.ports.notify({ step: 'connected', thingName });
    staying.rotations?.call.ask(admission.session, thingName);
    const signals = { stop: staying.ports.stop, asked: staying.rotations?.call.heard ?? never() };
    const ending: Ending = await waitForEnding(staying.entrance, admission, signals);
    if (ending.because === 'stopped') await outbox.drain(LAST_WORDS_MS);
    await outbox.detach(ending.because === 'renewal' || ending.because === 'asked' ? LAST_WORDS_MS : 0);
    await admission.session.close();
    if (ending.because === 'asked') await rotateBetween(staying);
    failures = clock.now() - since < STEADY_MS ? failures + 1 : 0;
    admission = await comeBack(staying, ending, failures);
  }
  return { outcome: 'left', unsent: outbox.size };
};

const rotateBetween = async ({ rotations, purpose, ports }: Staying): Promise<void> => {
  await ports.clock.sleep(CONNECT_AGAIN_MS, ports.stop);
  await rotations?.follow(purpose.session);
  await ports.clock.sleep(CONNECT_AGAIN_MS, ports.stop);
};

const comeBack = async (staying: Staying, ending: Ending, failures: number): Promise<Admission | 'stopped'> => {
  const { entrance, ports, purpose } = staying;
  if (ending.because === 'stopped') return 'stopped';
  let visit: Visit | undefined = ending.because === 'renewal' ? ending.visit : undefined;
  if (ending.because === 'lost') await pause(staying, backoffMs(failures, ports.random.fraction), ending.error.message);
  for (let attempts = failures; !ports.stop.aborted; attempts += 1) {
    const ready = visit === undefined ? prepare(entrance) : Promise.resolve(visit);
    visit = undefined;
    try {
      return await ifNot(
        ports.stop,
        ready.then((next) => enter(entrance, next, purpose)),
      );
    } catch (error) {
      const result = resultOfFailure(error);
      await pause(staying, waitAfter(result, attempts, ports), 'message' in result ? result.message : '');
    }
  }
  return 'stopped';
};

const waitAfter = ({ outcome }: Outcome | Retry, attempts: number, { random }: StayPorts): number => {
  if (outcome === 'retry') return backoffMs(attempts, random.fraction);
  return Math.floor((1 + random.fraction()) * 0.5 * Math.min(REFUSED_AT_MOST_MS, MINUTE_MS * 2 ** attempts));
};

const pause = async ({ ports }: Staying, ms: number, because: string): Promise<void> => {
  ports.notify({ step: 'waiting', ms, because });
  await ports.clock.sleep(ms, ports.stop);
};
