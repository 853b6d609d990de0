import * as z from 'zod/mini';
import { lineName, tenantName } from '../identifiers.ts';
import { keyId } from '../manufacturer.ts';
import { defineOperation } from '../operation.ts';
import { serialNumber } from '../serial-number.ts';

/** What DynamoDB takes in one transaction. */
export const MAX_IMPORT_ROWS = 100;

/** How a manifest says that a device comes in with the import itself. */
export const IN_ADVANCE = 'in-advance';

/** The longest certificate of a device, in characters of PEM with those of CAs after it. */
export const MAX_CHAIN_LENGTH = 16_384;

/** How many rows a row with a certificate stands for: seven calls to AWS IoT each, which takes ten a second. */
export const CERTIFICATE_WEIGHT = 10;

/** What an attribute may be called. */
export const attributeName = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_.-]{0,63}$/));

export const MAX_ATTRIBUTES = 16;
export const MAX_ATTRIBUTE_LENGTH = 256;

const attributes = z
  .record(attributeName, z.string().check(z.minLength(1), z.maxLength(MAX_ATTRIBUTE_LENGTH)))
  .check(z.refine((record) => Object.keys(record).length <= MAX_ATTRIBUTES, `expected at most ${MAX_ATTRIBUTES} attributes`));

const row = z.strictObject({
  serialNumber,
  line: lineName,
  /** None where the line's allocation rules choose. */
  tenant: z.exactOptional(tenantName),
  approach: z.string().check(z.maxLength(32)),
  /** What the device must prove, in the words of its approach. */
  requirement: z.record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(2048))),
  attributes: z.exactOptional(attributes),
  /** The device's certificate, and those of CAs after it: it is registered, and the device let in, at once. */
  certificatePem: z.exactOptional(z.string().check(z.minLength(1), z.maxLength(MAX_CHAIN_LENGTH))),
});

/** How many rows of a request it stands for. */
export const weightOf = ({ certificatePem }: { readonly certificatePem?: string }): number =>
  certificatePem === undefined ? 1 : CERTIFICATE_WEIGHT;

const rows = z.array(row).check(
  z.minLength(1),
  z.maxLength(MAX_IMPORT_ROWS),
  z.refine(
    (all) => all.reduce((sum, one) => sum + weightOf(one), 0) <= MAX_IMPORT_ROWS,
    `expected at most ${MAX_IMPORT_ROWS} rows, where one with a certificate counts for ${CERTIFICATE_WEIGHT}`,
  ),
);

/** Where the rows are from: the digest of the file, and the manufacturer's key that signed it; none where an operator stands for it. */
export const manifestOrigin = z.strictObject({
  digest: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  kid: z.exactOptional(keyId),
});

const mistake = z.object({ what: z.string(), got: z.string(), allowed: z.string(), fix: z.string() });

/**
 * - `created`: the device is enrolled now (in a dry run: would be)
 * - `unchanged`: it was enrolled as this row says
 * - `conflicting`: it is enrolled otherwise, or one that looks like it is; that was left as it is
 * - `refused`: the row cannot be
 */
export const importOutcomes = ['created', 'unchanged', 'conflicting', 'refused'] as const;

const result = z.object({ outcome: z.enum(importOutcomes), mistakes: z.optional(z.readonly(z.array(mistake))) });

export type ImportResult = z.infer<typeof result>;
export type ImportRow = z.infer<typeof row>;

/**
 * Enrolls rows of a manifest, in state `registered`; what is enrolled already is never changed. A row with a certificate is
 * let in, too. Doing it again changes nothing, and finishes what was cut short.
 */
export const devicesImport = defineOperation({
  name: 'devices.import',
  roles: ['factory', 'operator'],
  isChange: true,
  needsTwo: false,
  input: z.strictObject({ manifest: manifestOrigin, rows }),
  /** One result for each row, in their order. */
  output: z.object({ results: z.array(result) }),
});
