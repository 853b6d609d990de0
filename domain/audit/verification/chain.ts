import { NO_SEAL, type Seal, sealDigest } from '../seal.ts';
import { eventsKeyOf, sealKeyOf } from '../archive-layout.ts';
import type { CheckedPeriod } from './check-period.ts';
import type { Flaw } from './flaw.ts';

/** What stands before a period: a seal, nothing since it is the first of all, or something that is not known. */
export type Before = Seal | 'nothing' | 'unknown';

/** Compares each period with the one before it. */
export class Chain {
  readonly seals: Seal[] = [];
  readonly flaws: Flaw[] = [];
  #before: Before;
  #expected: number;

  constructor(before: Before, first: number) {
    this.#before = before;
    this.#expected = first;
  }

  /** Takes the next period that there is. */
  add({ sequence, seal, flaws }: CheckedPeriod): void {
    this.expect(sequence);
    const broken = seal === undefined ? [] : brokenLinks(seal, sequence, this.#before);
    this.flaws.push(...flaws, ...broken.map((detail) => ({ kind: 'chain-broken' as const, sequence, key: sealKeyOf(sequence), detail })));
    this.#expected = sequence + 1;
    const isOfPlace = seal?.sequence === sequence;
    this.#before = isOfPlace ? seal : 'unknown';
    if (isOfPlace) this.seals.push(seal);
  }

  /** Notes what is missing before a period. */
  expect(sequence: number): void {
    if (sequence <= this.#expected) return;
    const last = sequence - 1;
    const detail = last === this.#expected ? 'there is no such period' : `there is no period from ${this.#expected} to ${last}`;
    this.flaws.push({ kind: 'seal-missing', sequence: this.#expected, detail });
    this.#before = 'unknown';
  }
}

/** What a seal says that it must not say in its place. */
const brokenLinks = (seal: Seal, sequence: number, before: Before): readonly string[] => [
  ...(seal.sequence === sequence ? [] : [`the seal of period ${seal.sequence}`]),
  ...brokenTies(seal, before),
  ...(seal.until > seal.from ? [] : [`a period that ends at ${seal.until}, not after it began at ${seal.from}`]),
  ...(seal.object.key === eventsKeyOf(seal.sequence, seal.from) ? [] : [`events under the key ${seal.object.key}`]),
];

const brokenTies = (seal: Seal, before: Before): readonly string[] => {
  if (before === 'unknown') return [];
  const previous = before === 'nothing' ? NO_SEAL : sealDigest(before);
  const from = before === 'nothing' ? seal.from : before.until;
  return [
    ...(seal.previous === previous ? [] : [`a seal that follows ${seal.previous}; the digest of the seal before is ${previous}`]),
    ...(seal.from === from ? [] : [`a period that begins at ${seal.from}; the one before ended at ${from}`]),
  ];
};
