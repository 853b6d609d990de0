import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { type KeyId, type ManufacturerKey, refusalOfTime } from '../../domain/manufacturer.ts';
import { CommandError } from '../command-error.ts';
import { chooseFormat } from './formats/formats.ts';
import type { FormatContext, ManifestFormat } from './formats/manifest-format.ts';
import type { ManifestRow } from './manifest-row.ts';
import type { RegisteredKeys } from './registered-keys.ts';
import { findSignature } from './signature/find-signature.ts';
import type { ManifestSignature } from './signature/manifest-signature.ts';
import { strictText } from './strict-text.ts';

const HEAD_BYTES = 4096;

export interface ManifestWishes {
  readonly path: string;
  /** Instead of what name and content show. */
  readonly format?: string | undefined;
  /** Instead of the signature beside the manifest. */
  readonly signature?: string | undefined;
  readonly serialFrom?: string | undefined;
  /** The operator stands for it in place of a manufacturer. */
  readonly isUnsigned: boolean;
  readonly keys: RegisteredKeys;
  readonly knownColumns: readonly string[];
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A manifest that was read once from end to end and found good. */
export interface Manifest {
  readonly format: ManifestFormat;
  /** SHA-256 of the file in hexadecimal digits. */
  readonly digest: string;
  readonly rows: number;
  /** The manufacturer's key that signed the file; none where its rows are signed one by one, or nobody signed. */
  readonly kid: KeyId | undefined;
  /** Who vouches for it. */
  readonly manufacturers: readonly string[];
  readonly hasByteOrderMark: boolean;
  /** Reads it again; throws at the end when it is no longer what it was. */
  read(): AsyncGenerator<ManifestRow>;
}

/**
 * Verifies a manifest and reads all of it, one row at a time, before anything is done with it.
 * @throws CommandError with what is wrong with the file, its signature or the key of that, and what to do.
 */
export const openManifest = async (wishes: ManifestWishes): Promise<Manifest> => {
  const { path, keys } = wishes;
  const head = await readHead(path);
  const format = chooseFormat(path, head.replace(/^\uFEFF/, ''), wishes.format);
  checkSerialFrom(format, wishes.serialFrom);
  const signature = format.isSelfSigned ? undefined : await findSignature(path, wishes.signature, keys);
  if (signature === undefined) demandLeave(wishes, format);
  else demandTime(signature.key, wishes.at);
  const digest = await digestOf(path, signature);
  const context = {
    path,
    knownColumns: wishes.knownColumns,
    keys,
    ...(wishes.serialFrom === undefined ? {} : { serialFrom: wishes.serialFrom }),
  };
  const found = await readThrough(wishes, format, context);
  const names = signature === undefined ? found.manufacturers : [signature.key.name];
  return { format, digest, kid: signature?.kid, ...found, manufacturers: names, read: () => readAgain(format, context, digest) };
};

const readHead = async (path: string): Promise<string> => {
  try {
    // A pipe could not be read twice.
    if (!(await stat(path)).isFile()) throw new CommandError(`${path} is no file; write the manifest into one first.`);
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

const checkSerialFrom = ({ name, serials }: ManifestFormat, wanted: string | undefined): void => {
  if (wanted === undefined || serials.includes(wanted)) return;
  throw new CommandError(`--serial-from is "${wanted}"; in the format ${name} it is one of ${serials.join(', ')}.`);
};

const demandLeave = ({ path, isUnsigned }: ManifestWishes, format: ManifestFormat): void => {
  if (isUnsigned || format.isSelfSigned) return;
  throw new CommandError(
    `${path} has no signature beside it (${path}.jws or ${path}.p7s). Have the manufacturer sign it; or, where you know by other means that it is ` +
      'theirs, import it with --unsigned: then you stand for it, and the record says so.',
  );
};

const demandTime = (key: ManufacturerKey, at: number): void => {
  const refusal = refusalOfTime(key, at);
  if (refusal !== undefined) throw new CommandError(`${refusal} Nothing was sent.`);
};

const digestOf = async (path: string, signature: ManifestSignature | undefined): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of bytesOf(path)) {
    hash.update(chunk);
    signature?.check.update(chunk);
  }
  if (signature?.check.isRight() === false)
    throw new CommandError(
      `${path} is not what "${signature.key.name}" signed: it was changed, cut off, or the signature is another file's. Get both again; nothing was sent.`,
    );
  return hash.digest('hex');
};

async function* bytesOf(path: string): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path, { highWaterMark: 65_536 }) as AsyncIterable<Buffer>) yield chunk;
}

const readThrough = async ({ path, keys, at }: ManifestWishes, format: ManifestFormat, context: FormatContext) => {
  let hasByteOrderMark = false;
  const onByteOrderMark = () => {
    hasByteOrderMark = true;
  };
  const signers = new Set<string>();
  let rows = 0;
  for await (const { kid } of format.rows(strictText(bytesOf(path), { path, onByteOrderMark }), context)) {
    rows += 1;
    if (kid !== undefined) signers.add(kid);
  }
  const manufacturers = keys.filter((key) => signers.has(key.kid));
  for (const key of manufacturers) demandTime(key, at);
  return { rows, hasByteOrderMark, manufacturers: [...new Set(manufacturers.map(({ name }) => name))] };
};

async function* readAgain(format: ManifestFormat, context: FormatContext, digest: string): AsyncGenerator<ManifestRow> {
  const hash = createHash('sha256');
  yield* format.rows(strictText(hashing(bytesOf(context.path), hash), { path: context.path }), context);
  if (hash.digest('hex') === digest) return;
  throw new CommandError(`${context.path} was changed while it was imported. What was sent stays; put the file right and import it again.`);
}

async function* hashing(bytes: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>): AsyncGenerator<Buffer> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
