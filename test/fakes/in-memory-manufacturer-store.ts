import type { ManufacturerKey } from '../../domain/manufacturer.ts';
import type { ManufacturerStore } from '../../domain/manufacturer-store.ts';

/** Manufacturers' keys in a map. */
export const inMemoryManufacturerStore = (...first: readonly ManufacturerKey[]): ManufacturerStore => {
  const nameOf = ({ name, kid }: Pick<ManufacturerKey, 'name' | 'kid'>) => `${name}#${kid}`;
  const keys = new Map(first.map((key) => [nameOf(key), key]));
  return {
    add: (key) => {
      if (keys.has(nameOf(key))) return Promise.resolve('conflict');
      keys.set(nameOf(key), key);
      return Promise.resolve('written');
    },
    list: () => Promise.resolve([...keys.values()]),
    remove: (name, kid) => {
      const key = keys.get(nameOf({ name, kid }));
      keys.delete(nameOf({ name, kid }));
      return Promise.resolve(key);
    },
  };
};
