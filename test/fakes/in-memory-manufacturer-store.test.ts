import { describeManufacturerStore } from '../contracts/manufacturer-store.contract.ts';
import { inMemoryManufacturerStore } from './in-memory-manufacturer-store.ts';

describeManufacturerStore('manufacturers in memory', () => Promise.resolve(inMemoryManufacturerStore()));
