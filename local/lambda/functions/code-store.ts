import { createHash, randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { AwsError } from '../../aws-error.ts';

/** A deployment package, unzipped. */
export interface CodePackage {
  /** Base64, of the zip file. */
  readonly sha256: string;
  /** Bytes of the zip file. */
  readonly size: number;
  readonly directory: string;
}

/** Lambda Developer Guide, "Lambda quotas": deployment package, unzipped. */
const maxUnzippedBytes = 250 * 1024 * 1024;

const unzip = async (zip: Buffer): Promise<Readonly<Record<string, Uint8Array>>> => {
  const { unzipSync } = await import('fflate');
  try {
    return unzipSync(zip);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new AwsError(
      'InvalidParameterValueException',
      `Could not unzip uploaded file. Please check your file, then try to upload again. (${why})`,
    );
  }
};

const requireInside = (name: string): void => {
  const path = normalize(name);
  if (path.startsWith('/') || path.startsWith('..')) {
    throw new AwsError('InvalidParameterValueException', `The deployment package has an entry outside itself: ${name}`);
  }
};

/** Unzips deployment packages below one temporary directory of its own. */
export class CodeStore {
  #root: Promise<string> | undefined;

  async add(zip: Buffer): Promise<CodePackage> {
    const files = await unzip(zip);
    const bytes = Object.values(files).reduce((sum, content) => sum + content.length, 0);
    if (bytes > maxUnzippedBytes) {
      throw new AwsError('InvalidParameterValueException', `Unzipped size must be smaller than ${maxUnzippedBytes} bytes`);
    }
    return { ...(await this.#write(files)), sha256: createHash('sha256').update(zip).digest('base64'), size: zip.length };
  }

  /** A package of one file, as `ZipFile` in a CloudFormation template gives it. */
  async addSource(source: string): Promise<CodePackage> {
    const written = await this.#write({ 'index.js': Buffer.from(source) });
    return { ...written, sha256: createHash('sha256').update(source).digest('base64'), size: Buffer.byteLength(source) };
  }

  async stop(): Promise<void> {
    const root = await this.#root;
    if (root !== undefined) await rm(root, { recursive: true, force: true });
  }

  async #write(files: Readonly<Record<string, Uint8Array>>): Promise<{ readonly directory: string }> {
    this.#root ??= mkdtemp(join(tmpdir(), 'local-lambda-'));
    const directory = join(await this.#root, randomUUID());
    await mkdir(directory);
    for (const [name, content] of Object.entries(files)) {
      requireInside(name);
      const path = join(directory, name);
      if (name.endsWith('/')) continue;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    return { directory };
  }
}
