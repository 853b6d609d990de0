import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws-error.ts';
import type { Clock } from '../clock.ts';
import { readRequest } from '../control/read-request.ts';
import { type Fault, type FaultDefinition, faultRequest, type FaultRequest } from './fault.ts';
import { createChance } from './seeded-chance.ts';

/** More at once would only be forgotten ones. */
const maximumFaults = 1000;

interface Entry {
  readonly id: string;
  readonly definition: FaultDefinition;
  readonly expiresAt: number;
  readonly chance: () => number;
  hits: number;
}

/** A definition of one kind of place. */
type DefinitionAt<Place extends FaultDefinition['at']> = Extract<FaultDefinition, { readonly at: Place }>;

/** A fault that strikes now. */
export interface Strike<Place extends FaultDefinition['at']> {
  readonly faultId: string;
  readonly fault: DefinitionAt<Place>;
}

const isAt = <Place extends FaultDefinition['at']>(definition: FaultDefinition, place: Place): definition is DefinitionAt<Place> =>
  definition.at === place;

/** The faults that are in force, in the order in which they were added: the first that matches strikes. */
export class FaultBook {
  readonly #clock: Clock;
  readonly #entries = new Map<string, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Throws `AwsError` `ValidationException`, which says what is allowed. */
  add(request: FaultRequest): Fault {
    const definition = readRequest(faultRequest, request);
    if (this.#entries.size >= maximumFaults) this.#forgetSpent();
    if (this.#entries.size >= maximumFaults) throw tooMany();
    const expiresAt = definition.expiresAfterMs === undefined ? Number.POSITIVE_INFINITY : this.#clock.now() + definition.expiresAfterMs;
    const entry: Entry = { id: randomUUID(), definition, expiresAt, chance: createChance(definition.seed), hits: 0 };
    this.#entries.set(entry.id, entry);
    return describe(entry, false);
  }

  /** All until they are removed; one that is spent tells how often it struck. */
  list(): readonly Fault[] {
    return [...this.#entries.values()].map((entry) => describe(entry, this.#isSpent(entry)));
  }

  /** False when there is none of that id. */
  remove(id: string): boolean {
    return this.#entries.delete(id);
  }

  clear(): void {
    this.#entries.clear();
  }

  /** Whether any fault is waiting there at all: asked before anything else is done about a call. */
  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** The first fault of that place which matches, is in force and has chance on its side; counted as having struck. */
  strike<Place extends FaultDefinition['at']>(
    place: Place,
    matches: (definition: DefinitionAt<Place>) => boolean,
  ): Strike<Place> | undefined {
    for (const entry of this.#entries.values()) {
      const { definition } = entry;
      if (!isAt(definition, place) || this.#isSpent(entry) || !matches(definition)) continue;
      if (entry.chance() >= definition.probability) continue;
      entry.hits += 1;
      return { faultId: entry.id, fault: definition };
    }
    return undefined;
  }

  #isSpent({ definition, hits, expiresAt }: Entry): boolean {
    return hits >= (definition.count ?? Number.POSITIVE_INFINITY) || expiresAt <= this.#clock.now();
  }

  #forgetSpent(): void {
    for (const entry of this.#entries.values()) if (this.#isSpent(entry)) this.#entries.delete(entry.id);
  }
}

const tooMany = (): AwsError =>
  new AwsError('LimitExceededException', `There are ${maximumFaults} faults in force, as many as there may be. Clear some first.`);

const describe = ({ id, definition, hits, expiresAt }: Entry, isSpent: boolean): Fault => ({
  ...{ id, definition, hits, isSpent },
  ...(Number.isFinite(expiresAt) ? { expiresAt: new Date(expiresAt).toISOString() } : {}),
});
