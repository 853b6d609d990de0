import * as z from 'zod/mini';
import { parseJson } from '../../parse-json.ts';
import { type ProofStep, pathOfLine } from '../merkle-tree.ts';
import type { SignedSeal } from '../seal.ts';
import { type PeriodVersions, indexArchive } from './archive-index.ts';
import type { CheckPorts } from './check-period.ts';
import { type OpenedPeriod, openPeriod } from './open-period.ts';
import { readAhead } from './read-ahead.ts';

const AT_ONCE = 8;
const END_OF_LINE = 0x0a;

/** Shows to anybody who has the public key that one event is in sealed history; nothing else of history is in it but digests. */
export interface InclusionProof extends SignedSeal {
  readonly version: 1;
  /** The canonical form of the event (RFC 8785), character by character. */
  readonly event: string;
  /** Its place in the period, from 0. */
  readonly index: number;
  /** From the event to the root (RFC 9162 §2.1.3). */
  readonly path: readonly ProofStep[];
}

/** What a search for an event came to. */
export interface ProofSearch {
  readonly proof?: InclusionProof;
  /** Periods that were looked through, and those that could not be, as their events are not as they were sealed. */
  readonly searched: number;
  readonly unreadable: readonly number[];
}

/** Finds an event by its id, in the newest periods first, and proves that it is in one. Only what is as it was sealed is looked at. */
export const proveEvent = async (
  ports: CheckPorts,
  id: string,
  onProgress: (done: number, total: number) => void,
): Promise<ProofSearch> => {
  const periods = (await indexArchive(ports.archive.list())).periods.toReversed();
  const unreadable: number[] = [];
  let searched = 0;
  const open = async (period: PeriodVersions) => ({ sequence: period.sequence, opened: await openPeriod(ports, period) });
  for await (const { sequence, opened } of readAhead(periods, AT_ONCE, open)) {
    searched += 1;
    onProgress(searched, periods.length);
    if (opened === undefined) unreadable.push(sequence);
    const proof = opened && proofIn(opened, id);
    if (proof !== undefined) return { proof, searched, unreadable };
  }
  return { searched, unreadable };
};

const proofIn = ({ signed, text }: OpenedPeriod, id: string): InclusionProof | undefined => {
  const member = `"id":${JSON.stringify(id)}`;
  for (let at = text.indexOf(member); at !== -1; at = text.indexOf(member, at + 1)) {
    const start = text.lastIndexOf(END_OF_LINE, at) + 1;
    const event = text.toString('utf8', start, text.indexOf(END_OF_LINE, at));
    if (!hasId(event, id)) continue;
    const index = linesBefore(text, start);
    return { version: 1, event, index, path: pathOfLine(text, index), ...signed };
  }
  return undefined;
};

const hasId = (line: string, id: string): boolean => z.safeParse(z.looseObject({ id: z.literal(id) }), parseJson(line)).success;

const linesBefore = (text: Buffer, start: number): number => {
  let lines = 0;
  for (let at = text.indexOf(END_OF_LINE); at !== -1 && at < start; at = text.indexOf(END_OF_LINE, at + 1)) lines += 1;
  return lines;
};
