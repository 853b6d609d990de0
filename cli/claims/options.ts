import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { parseEndpoint } from '../../device/mqtt/endpoint.ts';
import { CommandError } from '../command-error.ts';
import type { CreatedClaim } from './create-claim.ts';
import { parseExpiry } from '../expiry.ts';
import { readRecipient, type Recipient } from '../keys/sealed-key.ts';

/** `host` or `host:port`. */
export const endpointOption = z.optional(
  z.string().check(z.refine((text) => parseEndpoint(text) !== undefined, 'expected "host" or "host:port"')),
);

/**
 * Reads when something is to be.
 * @throws CommandError when it is no time, or over.
 */
export const readFutureTime = (option: string, text: string, now: number): number => {
  const time = parseExpiry(text, now);
  if (time !== undefined && time > now) return time;
  throw new CommandError(`${option} is "${text}"; expected a duration (30d) or a date in UTC (2027-01-31) that is yet to come.`);
};

/** @throws CommandError when the file cannot be read, or holds no key to seal to. */
export const readSealTo = async (path: string | undefined): Promise<Recipient | undefined> => {
  if (path === undefined) return undefined;
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`--seal-to ${path} cannot be read (${String(cause)}).`, { cause });
  });
  return readRecipient(text, path);
};

/** What people are told of a certificate that they got. */
export const describeFiles = ({ certificateId, files, claim }: CreatedClaim): readonly string[] => {
  const isSealed = files.privateKey.endsWith('.jwe');
  return [
    `  certificate id  ${certificateId}`,
    `  description     ${files.claim}`,
    `  certificate     ${files.certificate}`,
    `  private key     ${files.privateKey}  (${isSealed ? 'sealed' : 'a secret'}; it exists nowhere else)`,
    ...(isSealed ? [`Open the seal in the factory: muster claims unseal ${files.privateKey} --key <factory private key>`] : []),
    `Onboard a device with: muster-device onboard --serial <serial> --claim ${files.claim}`,
    `Close it with:         muster claims close ${claim.name}`,
  ];
};
