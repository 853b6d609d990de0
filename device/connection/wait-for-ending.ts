import { backoffMs } from '../backoff.ts';
import { prepare, type Visit } from './enter.ts';
import type { Admission, Entrance } from './entrance.ts';
import { resultOfFailure } from '../failure.ts';
import type { MqttSessionError } from '../mqtt/mqtt-session.ts';
import { whenStopped } from '../staying/stop.ts';

/** Why a connection ends: by somebody's will, by itself, or because the device has a fresh proof for the next one in its hand. */
export type Ending =
  | { readonly because: 'stopped' }
  /** A job asks for another credential. */
  | { readonly because: 'asked' }
  | { readonly because: 'lost'; readonly error: MqttSessionError }
  | { readonly because: 'renewal'; readonly visit: Visit };

/** The part of a session, and the most of it, that is left when its renewal begins. */
const LEFT = 0.1;
const LEFT_AT_MOST_MS = 60_000;

/** From where else an end may come. */
export interface EndingSignals {
  readonly stop: AbortSignal;
  readonly asked: Promise<'asked'>;
}

/** Waits for the end of a connection, and prepares the next one before the cloud ends it. */
export const waitForEnding = async (entrance: Entrance, admission: Admission, { stop, asked }: EndingSignals): Promise<Ending> => {
  const over = new AbortController();
  const stopped = whenStopped(stop);
  try {
    return await Promise.race([
      stopped.promise.then((): Ending => ({ because: 'stopped' })),
      asked.then((): Ending => ({ because: 'asked' })),
      admission.session.lost.then((error): Ending => ({ because: 'lost', error })),
      renewalOf(entrance, admission, over.signal),
    ]);
  } finally {
    stopped.forget();
    over.abort('over');
  }
};

/** Of what does not happen. */
export const never = (): Promise<never> => new Promise(() => undefined);

const renewalOf = async (entrance: Entrance, { endsAt }: Admission, over: AbortSignal): Promise<Ending> => {
  const { clock, random } = entrance.ports;
  if (endsAt === undefined) return never();
  const left = Math.min(LEFT_AT_MOST_MS, LEFT * (endsAt - clock.now()));
  // Devices whose tokens are of the same moment do not renew them at the same moment.
  await clock.sleep(Math.max(0, endsAt - clock.now() - left * (1 + random.fraction())), over);
  for (let failures = 0; !over.aborted; failures += 1) {
    const visit = await prepareAnew(entrance, endsAt);
    if (visit !== undefined) return { because: 'renewal', visit };
    await clock.sleep(backoffMs(failures, random.fraction), over);
  }
  return never();
};

// Without a proof that lasts longer, the connection that there is is the best that there is.
const prepareAnew = async (entrance: Entrance, endsAt: number): Promise<Visit | undefined> => {
  try {
    const visit = await prepare(entrance);
    const next = visit.ready.endsAt;
    return next === undefined || next - entrance.time.offsetMs > endsAt ? visit : undefined;
  } catch (error) {
    const result = resultOfFailure(error);
    entrance.ports.notify({ step: 'not-renewed', because: 'message' in result ? result.message : '' });
    return undefined;
  }
};
