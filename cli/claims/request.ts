import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeCsr, provePki } from '../../approaches/pki/prove.ts';
import { OperationError } from '../../domain/operation-error.ts';
import { type ClaimFiles, isThere, SECRET_MODE } from './files.ts';
import { CommandError } from '../command-error.ts';
import { type Recipient, sealKey } from '../keys/sealed-key.ts';
import { writeOnce } from '../files/write-once.ts';

const PUBLIC_MODE = 0o644;

/** Whom a claim is for, and where its files go. */
export interface RequestWishes {
  /** In the certificate's subject, for the eyes of people. */
  readonly name: string;
  readonly files: ClaimFiles;
  /** Whom the private key is sealed to; none said means that it is written in the clear, for its owner only. */
  readonly sealTo?: Recipient | undefined;
}

export interface ClaimRequest {
  readonly csrPem: string;
  /** Where the private key lies. */
  readonly keyPath: string;
}

/**
 * Makes a key and a request for its certificate, and keeps both before anything exists in the cloud: a certificate whose key
 * could not be kept is a certificate lost. Where an earlier run got no answer, its request is asked again.
 * @throws CommandError when files are in the way.
 */
export const keepClaimRequest = async ({ name, files, sealTo }: RequestWishes): Promise<ClaimRequest> => {
  const keyPath = sealTo === undefined ? files.privateKey : files.sealedKey;
  if (await isThere(files.request)) {
    if (!(await isThere(keyPath))) throw new CommandError(`${files.request} is there, but not its key ${keyPath}; move it away.`);
    return { csrPem: await readFile(files.request, 'utf8'), keyPath };
  }
  await refuseClaimFiles(files);
  const privateKeyPem = await provePki.makeKey('ec-p256');
  const csrPem = await makeCsr(name, privateKeyPem);
  await mkdir(dirname(keyPath), { recursive: true });
  await writeOnce(keyPath, sealTo === undefined ? privateKeyPem : `${await sealKey(privateKeyPem, sealTo)}\n`, SECRET_MODE);
  await writeOnce(files.request, csrPem, PUBLIC_MODE);
  return { csrPem, keyPath };
};

/** @throws CommandError when there is a claim in these files: a key that is overwritten is lost. */
export const refuseClaimFiles = async ({ claim, certificate, privateKey, sealedKey }: ClaimFiles): Promise<void> => {
  for (const path of [privateKey, sealedKey, certificate, claim]) {
    if (await isThere(path))
      throw new CommandError(`${path} was not written (it is there); choose another --name or --out, or move it away.`);
  }
};

/** A request that nobody keeps, for a dry run. */
export const passingCsr = async (name: string): Promise<string> => makeCsr(name, await provePki.makeKey('ec-p256'));

/**
 * What a failure leaves of a request: nothing, where it was refused for good; the key and the request, where it is not known
 * what became of it, so that the same command goes on from there.
 */
export const forgetRefused = async (files: ClaimFiles, { keyPath }: ClaimRequest, failure: unknown): Promise<never> => {
  if (!(failure instanceof OperationError) || failure.code === 'ERR_BUSY')
    throw new CommandError(
      `${failure instanceof Error ? failure.message : String(failure)}\nThe key is kept in ${keyPath}: run the same command again, and it goes on from there.`,
      { cause: failure },
    );
  await rm(keyPath, { force: true });
  await rm(files.request, { force: true });
  throw failure;
};
