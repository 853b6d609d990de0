import { gunzipSync } from 'node:zlib';
import type { AcceptedEvent } from '../../domain/audit/accepted-event.ts';
import { readStagedLine } from '../../domain/audit/staged-line.ts';
import type { StagedBatch, StagedBatches } from '../../domain/audit/staging.ts';
import type { FaultLog } from '../middleware/fault-log.ts';

/** What was read, and from where. */
export interface ReadBatches {
  readonly events: readonly AcceptedEvent[];
  /** Batches all of whose events were read; the others stay where they are, for a person. */
  readonly keys: readonly string[];
}

const AT_ONCE = 16;
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads batches that wait to be sealed. One that cannot be read is reported, and does not keep the others waiting. */
export const readBatches = async (
  staging: Pick<StagedBatches, 'read'>,
  batches: readonly StagedBatch[],
  faults: FaultLog,
): Promise<ReadBatches> => {
  const [events, keys]: [AcceptedEvent[], string[]] = [[], []];
  for (let start = 0; start < batches.length; start += AT_ONCE) {
    const some = batches.slice(start, start + AT_ONCE);
    const read = await Promise.all(some.map(async ({ key }) => ({ key, packed: await staging.read(key) })));
    for (const { key, packed } of read) {
      const found = packed === undefined ? [] : eventsIn(key, packed, faults);
      if (found === undefined) continue;
      for (const event of found) events.push(event);
      keys.push(key);
    }
  }
  return { events, keys };
};

// Undefined for what the intake did not write.
const eventsIn = (key: string, packed: Uint8Array, faults: FaultLog): readonly AcceptedEvent[] | undefined => {
  try {
    const lines = gunzipSync(packed, { maxOutputLength: MAX_BYTES }).toString('utf8').split('\n');
    const events = lines.filter((line) => line !== '').map(readStagedLine);
    const readable = events.filter((event) => event !== undefined);
    if (readable.length < events.length) throw new Error(`${events.length - readable.length} of its lines are no events`);
    return readable;
  } catch (cause) {
    faults.report(new Error(`The batch ${key} cannot be sealed, and stays where it is.`, { cause }));
    return undefined;
  }
};
