import type { ThingName } from '../../domain/identifiers.ts';
import { BadSetupError } from '../bad-setup.ts';
import type { ProofMemory } from './connection-record.ts';
import type { ConnectionStore } from './connection-store.ts';

/** So many counters are reserved by one write, so that a device that connects often does not wear out its medium. */
const BLOCK = 16;

/** A proof that let the device in. */
export interface AcceptedAs {
  readonly at: number;
  readonly keyName: string;
  /** The newer key that was refused, and when. */
  readonly passedOver?: ProofMemory['passedOver'];
}

/** What a device remembers of its proofs over power cuts. */
export interface ProofJournal {
  readonly memory: ProofMemory;
  /** Whether nothing was remembered when this run began. */
  readonly isNew: boolean;
  /** A counter that no proof had before; it is on the medium as used before this resolves. */
  nextCounter(): Promise<number>;
  accept(accepted: AcceptedAs): Promise<void>;
}

/**
 * Opens the memory of this thing.
 * @throws BadSetupError when the memory is another thing's.
 */
export const openProofJournal = async (store: ConnectionStore, thingName: ThingName): Promise<ProofJournal> => {
  const kept = await store.readMemory();
  if (kept !== undefined && kept.thingName !== thingName) {
    throw new BadSetupError(`The state directory is that of ${kept.thingName}, not of ${thingName}; give each device one of its own.`);
  }
  let memory: ProofMemory = kept ?? { schemaVersion: 1, thingName, counter: 0 };
  let last = memory.counter;
  const keep = async (next: ProofMemory): Promise<void> => {
    await store.writeMemory(next);
    memory = next;
  };
  return {
    get memory() {
      return memory;
    },
    isNew: kept === undefined,
    nextCounter: async () => {
      if (last >= memory.counter) await keep({ ...memory, counter: memory.counter + BLOCK });
      last += 1;
      return last;
    },
    accept: async ({ at, keyName, passedOver }) => {
      const { schemaVersion, counter } = memory;
      const skipped = passedOver === undefined ? {} : { passedOver };
      await keep({ schemaVersion, thingName, counter, acceptedAt: at, acceptedKey: keyName, ...skipped });
    },
  };
};
