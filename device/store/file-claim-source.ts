import { dirname, resolve } from 'node:path';
import * as z from 'zod/mini';
import type { LineName } from '../../domain/identifiers.ts';
import { BadSetupError } from '../bad-setup.ts';
import { claimFileSchema } from './claim-file.ts';
import type { CertificateClaim, ClaimSource, DeviceClaim } from './claim-source.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import { asBadSetup, readPrivateFile } from './private-file.ts';

/** Where the parts of a claim are. Each goes before what the claim file says; without a claim file all are needed. */
export interface ClaimLocation {
  readonly claimFile?: string;
  readonly certificate?: string;
  readonly privateKey?: string;
  readonly line?: LineName;
  readonly template?: string;
  readonly clientIdPrefix?: string;
}

interface FileClaimSource extends ClaimSource {
  read(): Promise<CertificateClaim>;
}

/** A claim that lies in files of this device. */
export const createFileClaimSource = (location: ClaimLocation, fileSystem: FileSystem = nodeFileSystem): FileClaimSource => ({
  read: async () => {
    const described = await describe(location, fileSystem);
    const certificatePem = await readText(fileSystem, needed(described, 'certificate'));
    const privateKeyPem = await readPrivateFile(fileSystem, needed(described, 'privateKey'));
    if (privateKeyPem === undefined)
      throw new BadSetupError(`${described.privateKey ?? ''} does not exist; expected the claim's private key.`);
    const claim: CertificateClaim = {
      identity: { certificatePem, privateKeyPem },
      line: needed(described, 'line'),
      template: needed(described, 'template'),
      clientIdPrefix: needed(described, 'clientIdPrefix'),
    };
    const { endpoint, approval } = described;
    return { ...claim, ...(endpoint === undefined ? {} : { endpoint }), ...(approval === undefined ? {} : { approval }) };
  },
  forget: async () => {
    const { claimFile, certificate, privateKey } = await describe(location, fileSystem).catch(() => location);
    // The key first: what is left behind by a power cut is then worth nothing. The description last: it names the others.
    for (const path of [privateKey, certificate, claimFile]) {
      if (path !== undefined) await fileSystem.remove(path);
    }
  },
});

type Described = ClaimLocation & Pick<DeviceClaim, 'endpoint' | 'approval'>;

const describe = async (location: ClaimLocation, fileSystem: FileSystem): Promise<Described> => {
  const { claimFile } = location;
  if (claimFile === undefined) return location;
  const { certificate, privateKey, line, template, clientIdPrefix, endpoint, approval } = parse(
    claimFile,
    await readText(fileSystem, claimFile),
  );
  const beside = (name: string) => resolve(dirname(claimFile), name);
  return {
    line,
    template,
    clientIdPrefix,
    endpoint,
    ...(approval === undefined ? {} : { approval }),
    certificate: beside(certificate),
    privateKey: beside(privateKey),
    ...location,
  };
};

const parse = (path: string, text: string) => {
  try {
    return z.parse(claimFileSchema, JSON.parse(text));
  } catch (cause) {
    const detail = cause instanceof z.core.$ZodError ? z.prettifyError(cause) : String(cause);
    throw new BadSetupError(`${path} is not a claim file as "muster claims create" writes it: ${detail}`, { cause });
  }
};

const options: Readonly<Record<keyof ClaimLocation, string>> = {
  claimFile: '--claim',
  certificate: '--claim-certificate',
  privateKey: '--claim-key',
  line: '--line',
  template: '--template',
  clientIdPrefix: '--client-id-prefix',
};

const needed = <Part extends keyof ClaimLocation>(described: ClaimLocation, part: Part): NonNullable<ClaimLocation[Part]> => {
  const value = described[part];
  if (value === undefined)
    throw new BadSetupError(`The claim's ${part} is not given; expected ${options[part]}, or --claim with a file that says it.`);
  return value;
};

const readText = async (fileSystem: FileSystem, path: string): Promise<string> => {
  try {
    return await fileSystem.readText(path);
  } catch (error) {
    throw asBadSetup(`${path} cannot be read`, error);
  }
};
