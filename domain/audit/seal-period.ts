import { eventsKeyOf } from './archive-layout.ts';
import type { AcceptedEvent } from './accepted-event.ts';
import { type LineTree, treeOfLines } from './merkle-tree.ts';
import { NO_SEAL, type Seal, type SealSigner, type SignedSeal, sealDigest, signedBytes } from './seal.ts';

const END_OF_LINE = 0x0a;

/** Where a period stands in the chain; known before its events are. */
export interface PeriodPlace {
  readonly sequence: number;
  readonly from: number;
  readonly previous: string;
  /** The key of its events object. */
  readonly key: string;
}

/** A period whose events are complete. */
export interface Period extends PeriodPlace {
  readonly until: number;
  /** The events in their canonical forms, a line each; what the events object holds, compressed. */
  readonly text: Buffer;
  readonly tree: LineTree;
}

/** What came in a period. */
export interface Gathered {
  readonly text: Buffer;
  /** Of the events in `text`, in their order. */
  readonly ids: readonly string[];
  /** How many were left out because their ids had come already, in this period or before. */
  readonly duplicates: number;
  /** The ids among these that had come with other contents within this period: the first by time was kept. */
  readonly conflicting: readonly string[];
}

/** The place behind a seal, or the first of all, which begins at `begins`. */
export const placeAfter = (last: Seal | undefined, begins: number): PeriodPlace => {
  const sequence = last === undefined ? 1 : last.sequence + 1;
  const from = last?.until ?? begins;
  return { sequence, from, previous: last === undefined ? NO_SEAL : sealDigest(last), key: eventsKeyOf(sequence, from) };
};

/** Puts events in order (by time, then id), each once; `isSealed` tells of ids that are in a period before. */
export const gatherEvents = (events: readonly AcceptedEvent[], isSealed: (id: string) => boolean): Gathered => {
  const kept = new Map<string, AcceptedEvent>();
  const conflicting = new Set<string>();
  for (const event of events.toSorted(inOrder)) {
    if (isSealed(event.id)) continue;
    const first = kept.get(event.id);
    if (first === undefined) kept.set(event.id, event);
    else if (first.line !== event.line) conflicting.add(event.id);
  }
  return {
    text: textOf([...kept.values()]),
    ids: [...kept.keys()],
    duplicates: events.length - kept.size,
    conflicting: [...conflicting],
  };
};

/** One line for each, written in place: to join them first takes ten times as long. */
const textOf = (events: readonly AcceptedEvent[]): Buffer => {
  const text = Buffer.allocUnsafe(events.reduce((bytes, { line }) => bytes + Buffer.byteLength(line) + 1, 0));
  let end = 0;
  for (const { line } of events) {
    end += text.write(line, end);
    text[end++] = END_OF_LINE;
  }
  return text;
};

const inOrder = (one: AcceptedEvent, other: AcceptedEvent): number =>
  one.at - other.at || compareText(one.id, other.id) || compareText(one.line, other.line);

const compareText = (one: string, other: string): number => {
  if (one === other) return 0;
  return one < other ? -1 : 1;
};

/**
 * A period that ends at `until`, or `undefined` where it would end before it began: a clock was set back, and what came waits for the
 * next run. For an events object that a run before left without a seal, `until` is the one that that run had.
 */
export const closePeriod = (place: PeriodPlace, until: number, text: Buffer): Period | undefined =>
  until <= place.from ? undefined : { ...place, until, text, tree: treeOfLines(text) };

/** Certifies a period whose events are stored; `sha256` is of the object's bytes, in hexadecimal digits. */
export const sealPeriod = async (
  { sequence, from, until, previous, key, tree }: Period,
  stored: { readonly versionId: string; readonly sha256: string },
  signer: SealSigner,
): Promise<SignedSeal> => {
  const { versionId, sha256 } = stored;
  const [{ root, count }, object, signedBy] = [tree, { key, versionId, sha256 }, signer.keyId];
  const seal: Seal = { version: 1, sequence, from, until, previous, root, count, object, signedBy };
  return { seal, signature: Buffer.from(await signer.sign(signedBytes(seal))).toString('base64') };
};
