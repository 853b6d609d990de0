import type { ManufacturerStore } from '../../domain/manufacturer-store.ts';
import { aManufacturer } from '../builders/manufacturer.ts';

/** What every store of manufacturers' keys does, whatever it keeps them in. */
export const describeManufacturerStore = (name: string, newStore: () => Promise<ManufacturerStore>): void => {
  describe(name, () => {
    test('gives back every field of every key', async () => {
      const store = await newStore();
      const [one, other] = [
        aManufacturer({ certificateDigest: 'a'.repeat(43) }).key,
        aManufacturer({ name: 'globex-works', algorithm: 'RS256' }).key,
      ];
      expect(await store.add(one)).toBe('written');
      expect(await store.add(other)).toBe('written');
      const found = await store.list();
      expect(found).toHaveLength(2);
      expect(found).toEqual(expect.arrayContaining([one, other]));
    });

    test('keeps the first of two that are called the same', async () => {
      const store = await newStore();
      const { key } = aManufacturer();
      await store.add(key);
      expect(await store.add({ ...key, notAfter: key.notAfter + 1 })).toBe('conflict');
      expect(await store.list()).toEqual([key]);
    });

    test('removes a key and says what it was, once', async () => {
      const store = await newStore();
      const { key } = aManufacturer();
      await store.add(key);
      expect(await store.remove(key.name, key.kid)).toEqual(key);
      expect(await store.remove(key.name, key.kid)).toBeUndefined();
      expect(await store.list()).toEqual([]);
    });
  });
};
