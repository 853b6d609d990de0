import { createPublicKey, verify } from 'node:crypto';
import * as z from 'zod/mini';
import { type ManufacturerKey } from '../../../domain/manufacturer.ts';
import { CommandError } from '../../command-error.ts';
import { arrayElements } from '../array-elements.ts';
import type { ManifestRow } from '../manifest-row.ts';
import { signatureOptions } from '../signature/algorithms.ts';
import type { RegisteredKeys } from '../registered-keys.ts';
import type { ManifestFormat } from './manifest-format.ts';

const base64url = z.string().check(z.regex(/^[A-Za-z0-9_-]*$/));

// Flattened JSON serialization (RFC 7515 §7.2.2); the unprotected header repeats the unique id and is never read.
const signedElement = z.object({ payload: base64url, protected: base64url, signature: base64url });

const protectedHeader = z.object({ alg: z.literal('ES256'), 'x5t#S256': base64url });

const publicKey = z.object({ kid: z.string(), kty: z.literal('EC'), crv: z.string(), x: base64url, y: base64url });

const secureElement = z.object({
  uniqueId: z.string().check(z.regex(/^[0-9a-f]{8,64}$/)),
  model: z.optional(z.string()),
  partNumber: z.optional(z.string()),
  groupId: z.optional(z.string()),
  // Elements whose keys are made later, by the owner, come without.
  publicKeySet: z.optional(z.object({ keys: z.array(publicKey) })),
});

/** The secure element's first slot holds the key that the device connects with. */
const DEVICE_SLOT = '0';

/** Microchip's Trust Platform manifest: a JSON array of secure elements, each signed by the maker's log signer. */
export const microchip: ManifestFormat = {
  name: 'microchip',
  description: "Microchip's Trust Platform manifest: JSON, each entry signed by the maker",
  isSelfSigned: true,
  serials: ['uniqueId'],
  recognizes: (path, head) => path.toLowerCase().endsWith('.json') && /^\s*\[\s*\{/.test(head),
  async *rows(text, { path, keys }) {
    let row = 0;
    for await (const element of arrayElements(text, path)) {
      row += 1;
      yield rowOf(row, element, { where: `${path}, entry ${row}`, keys });
    }
  },
};

interface EntryContext {
  readonly where: string;
  readonly keys: RegisteredKeys;
}

const rowOf = (row: number, text: string, context: EntryContext): ManifestRow => {
  const { where } = context;
  const entry = parse(signedElement, text, `${where}: expected an object with payload, protected and signature`);
  const header = parse(
    protectedHeader,
    decoded(entry.protected),
    `${where}: the protected header is not that of an ES256 signature by a certificate`,
  );
  const signer = signerOf(header['x5t#S256'], context);
  const signed = Buffer.from(`${entry.protected}.${entry.payload}`);
  const key = createPublicKey({ key: signer.jwk, format: 'jwk' });
  if (!verify('sha256', signed, { key, ...signatureOptions.ES256 }, Buffer.from(entry.signature, 'base64url')))
    throw new CommandError(
      `${where}: its signature is wrong: it was changed after "${signer.name}" signed it. Get the file again; nothing was sent.`,
    );
  return {
    row,
    kid: signer.kid,
    fields: fieldsOf(parse(secureElement, decoded(entry.payload), `${where}: the payload is no secure element`)),
  };
};

const signerOf = (certificateDigest: string, { where, keys }: EntryContext): ManufacturerKey => {
  const signer = keys.find((key) => key.certificateDigest === certificateDigest);
  if (signer !== undefined) return signer;
  throw new CommandError(
    `${where}: signed by a certificate with the digest ${certificateDigest}, which nobody registered. ` +
      "Register the maker's manifest signer with: muster manufacturers add <name> --key <certificate.crt>",
  );
};

const fieldsOf = (element: z.infer<typeof secureElement>): ManifestRow['fields'] => {
  const { uniqueId, model, partNumber, groupId, publicKeySet } = element;
  const key = publicKeySet?.keys.find(({ kid }) => kid === DEVICE_SLOT);
  const fields = {
    ...{ serial: uniqueId, 'microchip.model': model, 'microchip.part-number': partNumber, 'microchip.group': groupId },
    pinned_key: key && pemOf(key),
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
};

const pemOf = ({ kty, crv, x, y }: z.infer<typeof publicKey>): string =>
  createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString();

const decoded = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

const parse = <Schema extends z.ZodMiniType>(schema: Schema, text: string, problem: string): z.infer<Schema> => {
  try {
    return z.parse(schema, JSON.parse(text));
  } catch (cause) {
    throw new CommandError(`${problem}; nothing was sent.`, { cause });
  }
};
