import type { ManufacturerKey } from '../../domain/manufacturer.ts';

/** The manufacturers' keys of a deployment, as they were when the command began. */
export type RegisteredKeys = readonly ManufacturerKey[];
