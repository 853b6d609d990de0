import type { ObjectVersion } from './bucket.ts';

/** Reads the current version of an object in the name of whoever acts; undefined when there is none. Throws `AccessDenied`. */
export type ObjectReader = (bucketName: string, key: string) => ObjectVersion | undefined;
