import * as z from 'zod/mini';
import type { Branded } from './branded.ts';

/** The name a device was born with, unique within its line, compared byte for byte. */
export type SerialNumber = Branded<string, 'SerialNumber'>;

const MAX_BYTES = 128;
// Controls, format characters (bidirectional marks, zero widths), unassigned and private code points, surrogates, line breaks.
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]/u;

const isWellFormed = (text: string): boolean =>
  text.length > 0 &&
  Buffer.byteLength(text) <= MAX_BYTES &&
  text.isWellFormed() &&
  text.normalize('NFC') === text &&
  text.trim() === text &&
  !INVISIBLE.test(text);

/** 1 to 128 bytes of UTF-8 in NFC, nothing invisible, no white space at either end. */
export const serialNumber = z.pipe(
  z.string().check(z.refine(isWellFormed, 'expected 1 to 128 bytes of visible text in NFC, with no white space at its ends')),
  z.transform((value) => value as SerialNumber),
);

/**
 * Two serials with the same fold are too easily taken for one another to be allowed on one line: they differ only in
 * case, width (NFKC) or white space.
 */
export const foldSerialNumber = (serial: string): string => serial.normalize('NFKC').replaceAll(/\s+/gu, '').toLowerCase();
