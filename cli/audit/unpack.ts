import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Unpack } from '../../domain/audit/verification/archive.ts';

/** More than any period has; a small object that unpacks to more was not made by the sealing function. */
const maxOutputLength = 2 ** 30;
/** Small pieces, which are the default, double the time. */
const chunkSize = 2 ** 20;

const unzip = promisify<Uint8Array, { maxOutputLength: number; chunkSize: number }, Buffer>(gunzip);

/** Unpacks events beside the thread that hashes them. */
export const unpack: Unpack = (bytes) => unzip(bytes, { maxOutputLength, chunkSize });
