import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Announcement, announcement } from './announcement.ts';

/** A broker in a process of its own. */
export interface BrokerProcess extends Announcement {
  /** Its resident memory after a garbage collection. */
  residentBytes(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts one of the programs of this folder and resolves when it listens. */
export const startBroker = async (program: 'local-aws' | 'aedes'): Promise<BrokerProcess> => {
  const child = spawn(process.execPath, ['--expose-gc', join(import.meta.dirname, `${program}.ts`)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`The broker ${program} ended before it was asked to`);
    return value;
  };
  const ready = announcement.parse(JSON.parse(await nextLine()));
  return {
    ...ready,
    residentBytes: async () => {
      child.stdin.write('\n');
      return Number(await nextLine());
    },
    stop: async () => {
      child.stdin.end();
      await once(child, 'close');
    },
  };
};
