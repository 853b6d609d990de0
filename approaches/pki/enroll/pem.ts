import type { ReadNamedFile } from '../../../domain/enroller.ts';

const PEM = /-----BEGIN [A-Z0-9 ]+-----/;
const PRIVATE_KEY = 'PRIVATE KEY-----';
const FILE_NAME = /^[^\n]{1,80}\.[a-z]{2,4}$/i;

/** PEM without a private key in it, or what was got in its stead. */
export type GivenPem = { readonly pem: string } | { readonly got: string };

/** Reads a value that is PEM or the name of a file that holds it. */
export const readPem = async (given: string, readFile: ReadNamedFile): Promise<GivenPem> => {
  const pem = PEM.test(given) ? given : await readFile(given);
  if (pem === undefined) return { got: `${shown(given)}, which is no PEM and no file` };
  if (pem.includes(PRIVATE_KEY)) return { got: 'a private key, which must never leave its device' };
  return { pem };
};

// Only what looks like a file's name is repeated: a secret may have got into the wrong column.
const shown = (text: string): string => (FILE_NAME.test(text) ? JSON.stringify(text) : `text of ${text.length} characters`);
