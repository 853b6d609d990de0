import { type Suspicion, dayOf } from '../../domain/connection/suspicion.ts';
import type { TriggerAction } from '../../domain/configuration/configuration-triggers.ts';
import type { WatchStore, Watched } from '../../domain/connection/watch-store.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import { ContentionError } from '../activation/contention-error.ts';
import { type SuspicionResources, suspectDevice } from './suspect-device.ts';

/** What a watch remembers of a device that it may come to suspect. */
export interface Suspectable extends Watched {
  /** The day, counted from the epoch in UTC, on which it was last suspected. */
  readonly suspectedOn?: number;
}

export interface Remembering<Remembered extends Suspectable> {
  readonly store: WatchStore<Remembered>;
  readonly thing: ThingName;
  /** With what was seen added; undefined where it was known already, or is of no interest any more. */
  readonly add: (found: Remembered | undefined) => Remembered | undefined;
  /** What is to be thought of the device by it; nothing, mostly. */
  readonly suspicionOf: (next: Remembered) => Suspicion | undefined;
  readonly action: TriggerAction;
}

const MAX_ATTEMPTS = 4;

/** Remembers what was seen of a device, and acts once a day where that is enough. @throws ContentionError where others wrote each time. */
export const remember = async <Remembered extends Suspectable>(
  resources: SuspicionResources,
  remembering: Remembering<Remembered>,
): Promise<void> => {
  const { store, thing, add } = remembering;
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const next = add(await store.read(thing));
    if (next === undefined || (await store.write(await judged(resources, next, remembering))) === 'written') return;
  }
  throw new ContentionError(thing);
};

// The suspicion is acted on before it is remembered: who finds it not done comes to it again, under the same name.
const judged = async <Remembered extends Suspectable>(
  resources: SuspicionResources,
  next: Remembered,
  { suspicionOf, action }: Remembering<Remembered>,
): Promise<Remembered> => {
  const today = dayOf(resources.clock.now());
  const suspicion = next.suspectedOn === today ? undefined : suspicionOf(next);
  if (suspicion === undefined) return next;
  await suspectDevice(resources, suspicion, action);
  return { ...next, suspectedOn: today };
};
