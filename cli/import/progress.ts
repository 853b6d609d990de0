import { Presets, SingleBar } from 'cli-progress';

const formatOf = (unit: string): string => `{bar} {percentage}% | {value}/{total} ${unit} | {duration_formatted} | {eta_formatted} to go`;

/** Shows how far an import is. */
export interface ImportProgress {
  start(total: number, done: number): void;
  advance(rows: number): void;
  stop(): void;
}

/** A bar where the stream is a terminal; elsewhere nothing, so that a log holds no control characters. */
export const createProgress = (stream: NodeJS.WriteStream, unit = 'rows'): ImportProgress => {
  const bar = new SingleBar(
    { format: formatOf(unit), stream, noTTYOutput: false, clearOnComplete: true, hideCursor: true },
    Presets.shades_classic,
  );
  return {
    start: (total, done) => {
      if (stream.isTTY) bar.start(total, done);
    },
    advance: (rows) => {
      if (stream.isTTY) bar.increment(rows);
    },
    stop: () => {
      if (stream.isTTY) bar.stop();
    },
  };
};
