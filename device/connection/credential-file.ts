import * as z from 'zod/mini';
import { lineName } from '../../domain/identifiers.ts';
import { type SerialNumber, serialNumber } from '../../domain/serial-number.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import { BadSetupError } from '../bad-setup.ts';
import type { CredentialSource, GivenCredential } from './credential-source.ts';
import { type FileSystem, nodeFileSystem } from '../store/file-system.ts';
import { replaceFile } from '../store/durable-file.ts';
import { asBadSetup, readPrivateFile } from '../store/private-file.ts';
import { parseJson } from '../../domain/parse-json.ts';

const text = z.string().check(z.minLength(1));

/** What a credential file says. The secret is for the approach to judge. */
const schema = z.object({
  schemaVersion: z.literal(1),
  approach: text,
  /** `<prefix>:<line>:<serial>` */
  thingName: z.string().check(z.regex(/^[a-z][a-z0-9-]{0,15}:[a-z0-9-]{1,32}:.+$/)),
  /** Needed where the thing's name has a digest in place of it. */
  serialNumber: z.optional(serialNumber),
  authorizer: z.optional(z.string().check(z.regex(/^[\w=,@-]{1,128}$/))),
  endpoint: z.optional(text),
  /** The thing's name unless given. */
  clientId: z.optional(text.check(z.maxLength(128))),
  topicPrefix: z._default(z.string().check(z.regex(/^[a-z][a-z0-9-]{0,15}$/)), 'muster'),
  sessionSeconds: z.optional(z.int().check(z.minimum(300), z.maximum(86_400))),
  secret: z.unknown(),
});

type CredentialFile = z.infer<typeof schema>;

/** What the caller knows of the device; the file must agree. */
export interface Expected {
  readonly approach?: string;
  readonly serialNumber?: SerialNumber;
}

/** A credential that lies in a file of this device's own. */
export const createFileCredentialSource = (
  path: string,
  expected: Expected = {},
  fileSystem: FileSystem = nodeFileSystem,
): CredentialSource => ({
  read: async () => {
    const found = await readPrivateFile(fileSystem, path);
    if (found === undefined) throw new BadSetupError(`${path} does not exist; expected this device's credential file.`);
    return credentialIn(parse(path, found), { path, expected });
  },
});

/**
 * Puts another secret in the place of the one in the file; all else stays as it is. A reader, and a power cut, finds either.
 * @throws BadSetupError
 */
export const replaceSecret = async (path: string, secret: unknown, fileSystem: FileSystem = nodeFileSystem): Promise<void> => {
  const whole = parseJson((await readPrivateFile(fileSystem, path)) ?? '');
  if (typeof whole !== 'object' || whole === null) throw new BadSetupError(`${path} is not a credential file any more; restore it.`);
  try {
    await replaceFile(fileSystem, path, `${JSON.stringify({ ...whole, secret }, undefined, 2)}\n`);
  } catch (error) {
    throw asBadSetup(`${path} cannot be written`, error);
  }
};

// The parser's own words would repeat a part of the file, which is secret.
const parse = (path: string, found: string): CredentialFile => {
  const parsed = z.safeParse(schema, parseJson(found));
  if (parsed.success && parsed.data.secret !== undefined) return parsed.data;
  const mistakes = parsed.success ? ['secret'] : parsed.error.issues.map((issue) => issue.path.join('.') || 'not an object in JSON');
  throw new BadSetupError(`${path} is not a credential file; not as expected: ${mistakes.join(', ')}.`);
};

const credentialIn = (file: CredentialFile, { path, expected }: { path: string; expected: Expected }): GivenCredential => {
  const { approach, thingName, authorizer, endpoint, clientId = thingName, topicPrefix, sessionSeconds, secret } = file;
  if (expected.approach !== undefined && expected.approach !== approach)
    throw new BadSetupError(`${path} is for the approach "${approach}", and --approach says "${expected.approach}".`);
  return {
    ...{ approach, clientId, topicPrefix, secret, ...deviceOf(file, { path, expected }) },
    ...(authorizer === undefined ? {} : { authorizer }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(sessionSeconds === undefined ? {} : { sessionSeconds }),
  };
};

const deviceOf = (file: CredentialFile, { path, expected }: { path: string; expected: Expected }) => {
  const [prefix = '', lineText, ...serialText] = file.thingName.split(':');
  const line = z.parse(lineName, lineText);
  const known = expected.serialNumber ?? file.serialNumber;
  const serial = known === undefined ? z.safeParse(serialNumber, serialText.join(':')) : { success: true, data: known };
  const thingName = serial.data === undefined ? undefined : thingNameOf(prefix, line, serial.data);
  if (serial.data !== undefined && thingName === file.thingName) return { thingName, line, serialNumber: serial.data };
  throw new BadSetupError(
    known === undefined
      ? `${path} names ${file.thingName}, which does not tell the serial number; expected --serial, or the member serialNumber.`
      : `${path} names ${file.thingName}, which is not the thing of serial number "${known}".`,
  );
};
