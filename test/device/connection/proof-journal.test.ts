import * as z from 'zod/mini';
import { openFileConnectionStore } from '../../../device/connection/file-connection-store.ts';
import { openProofJournal } from '../../../device/connection/proof-journal.ts';
import { lineName } from '../../../domain/identifiers.ts';
import { serialNumber } from '../../../domain/serial-number.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { VolatileMedium } from '../../fakes/volatile-medium.ts';

const thingOf = (serial: string) => thingNameOf('muster', z.parse(lineName, 'meter'), z.parse(serialNumber, serial));

const createMedium = () => {
  const { fileSystem } = new VolatileMedium();
  let writes = 0;
  const counting = {
    ...fileSystem,
    writeThrough: (path: string, text: string, mode: number) => {
      writes += 1;
      return fileSystem.writeThrough(path, text, mode);
    },
  };
  return {
    fileSystem,
    writes: () => writes,
    open: async (serial = 'SN-1') => openProofJournal(await openFileConnectionStore('/state', counting), thingOf(serial)),
  };
};

describe('The journal of proofs', () => {
  test('counts from 1, and writes once for many counters', async () => {
    const medium = createMedium();
    const journal = await medium.open();
    const counters: number[] = [];
    for (let proofs = 0; proofs < 40; proofs += 1) counters.push(await journal.nextCounter());
    expect(counters).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
    expect(medium.writes()).toBe(3);
  });

  test('never gives a counter again, whatever was lost of it', async () => {
    const medium = createMedium();
    const last = await (await medium.open()).nextCounter();
    expect(await (await medium.open()).nextCounter()).toBeGreaterThan(last);
  });

  test('has on the medium what it gives before it gives it', async () => {
    const medium = createMedium();
    const counter = await (await medium.open()).nextCounter();
    const kept = JSON.parse(await medium.fileSystem.readText('/state/proofs.json')) as { counter: number };
    expect(kept.counter).toBeGreaterThanOrEqual(counter);
  });

  test('remembers what was accepted, and passes over no key for ever', async () => {
    const medium = createMedium();
    const journal = await medium.open();
    await journal.accept({ at: 5, keyName: '1', passedOver: { keyName: '2', at: 4 } });
    expect((await medium.open()).memory).toMatchObject({ acceptedAt: 5, acceptedKey: '1', passedOver: { keyName: '2', at: 4 } });
    await journal.accept({ at: 6, keyName: '2' });
    expect((await medium.open()).memory).not.toHaveProperty('passedOver');
  });

  test('that cannot be read begins anew, and one of another thing is left alone', async () => {
    const medium = createMedium();
    await medium.fileSystem.writeThrough('/state/proofs.json', '{', 0o600);
    expect((await medium.open()).isNew).toBe(true);
    await (await medium.open()).nextCounter();
    await expect(medium.open('SN-2')).rejects.toThrow('is that of muster:meter:SN-1, not of muster:meter:SN-2');
  });
});
