import { join } from 'node:path';
import { type Figure, SAMPLES } from '../figure.ts';
import { runInChild } from '../run-in-child.ts';

interface Start {
  readonly readyMs: number;
  readonly residentMb: number;
}

const start = async (): Promise<Start> => {
  const printed: unknown = JSON.parse(await runInChild([join(import.meta.dirname, '../start-local-aws.ts')]));
  if (typeof printed === 'object' && printed !== null && 'readyMs' in printed && 'residentMb' in printed) {
    return { readyMs: Number(printed.readyMs), residentMb: Number(printed.residentMb) };
  }
  throw new Error(`The local AWS printed ${JSON.stringify(printed)}; expected readyMs and residentMb`);
};

const starts = async (): Promise<readonly Start[]> => {
  const taken: Start[] = [];
  for (let round = 0; round < SAMPLES; round += 1) taken.push(await start());
  return taken;
};

export const localReady: Figure = {
  name: 'local-ready',
  what: 'from the start of the process until the local AWS answers',
  unit: 's',
  limit: { atMost: 2 },
  sample: async () => ({ values: (await starts()).map(({ readyMs }) => readyMs / 1000) }),
};

export const localMemory: Figure = {
  name: 'local-memory',
  what: 'resident memory of the local AWS when it is ready',
  unit: 'MB',
  limit: { atMost: 200 },
  sample: async () => ({ values: (await starts()).map(({ residentMb }) => residentMb) }),
};
