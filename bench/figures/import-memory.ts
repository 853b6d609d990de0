import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Figure, SAMPLES, median } from '../figure.ts';
import { runInChild } from '../run-in-child.ts';

const SMALL = 5000;

const program = join(import.meta.dirname, '../import-to-sink.ts');

/** Peak resident memory, in MiB, of a process that imports so many rows into a sink that answers at once. */
const importPeakMib = async (rows: number): Promise<number> => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-import-memory-'));
  try {
    const path = join(folder, 'devices.csv');
    await pipeline(Readable.from(linesOf(rows)), createWriteStream(path));
    return Number(await runInChild([program, path]));
  } finally {
    await rm(folder, { recursive: true });
  }
};

function* linesOf(rows: number): Generator<string> {
  yield 'serial,line,tenant,pinned_key,region\n';
  for (let row = 0; row < rows; row += 1) yield `MEMORY-${row},sensor,acme,${row.toString(16).padStart(64, '0')},region-${row % 7}\n`;
}

const memoryFigure = (name: string, large: number, rounds: number): Figure => ({
  name,
  what: `peak resident memory of an import of ${large} rows against one of ${SMALL}, in turn`,
  unit: 'x',
  limit: { atMost: 1.2 },
  sample: async () => {
    const peaks: { small: number; large: number }[] = [];
    for (let round = 0; round < rounds; round += 1) peaks.push({ small: await importPeakMib(SMALL), large: await importPeakMib(large) });
    const absolute = `${median(peaks.map((peak) => peak.large)).toFixed(0)} MiB against ${median(peaks.map((peak) => peak.small)).toFixed(0)}`;
    return { values: peaks.map((peak) => peak.large / peak.small), absolute };
  },
});

export const importMemory = memoryFigure('import-memory', 50_000, SAMPLES);

/** Takes a minute: by name only. */
export const importMemoryOfMillion = memoryFigure('import-memory-1m', 1_000_000, 1);
