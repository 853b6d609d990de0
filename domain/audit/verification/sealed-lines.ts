import type { Seal } from '../seal.ts';
import { type PeriodVersions, indexArchive } from './archive-index.ts';
import type { CheckPorts } from './check-period.ts';
import { openPeriod } from './open-period.ts';
import { readAhead } from './read-ahead.ts';
import { isPending } from './verify-archive.ts';

/** Few: each of them is in memory. */
const AT_ONCE = 4;
const END_OF_LINE = 0x0a;

export interface SealedLinesWish {
  /** Whether the events of a period are read at all. */
  readonly isWanted: (seal: Seal) => boolean;
  /** A period that is not as it was sealed: nothing of it is told. */
  readonly onBroken: (sequence: number) => void;
  readonly onProgress: (done: number, total: number) => void;
}

/** Every event of sealed history in its canonical form, period by period; within one in the order of time. Never more than a few periods are in memory. */
export const sealedLines = async function* (ports: CheckPorts, wish: SealedLinesWish): AsyncGenerator<string> {
  const { periods } = await indexArchive(ports.archive.list());
  // What is about to be sealed is nobody's word yet.
  const sealed = periods.filter((period, index) => !(index === periods.length - 1 && isPending(period)));
  const open = async (period: PeriodVersions) => ({
    sequence: period.sequence,
    opened: await openPeriod(ports, period, wish.isWanted),
  });
  let done = 0;
  for await (const { sequence, opened } of readAhead(sealed, AT_ONCE, open)) {
    done += 1;
    wish.onProgress(done, sealed.length);
    if (opened === undefined) wish.onBroken(sequence);
    else yield* linesIn(opened.text);
  }
};

const linesIn = function* (text: Buffer): Generator<string> {
  let start = 0;
  for (let end = text.indexOf(END_OF_LINE); end !== -1; end = text.indexOf(END_OF_LINE, start)) {
    yield text.toString('utf8', start, end);
    start = end + 1;
  }
};
