import type { ProofMeans } from '../../domain/prover.ts';
import { BadSetupError } from '../bad-setup.ts';
import { type FileSystem, nodeFileSystem } from './file-system.ts';
import type { MeansSource } from './means-source.ts';
import { asBadSetup, readPrivateFile } from './private-file.ts';

/** What a device was given: a code, or names of files. */
export interface GivenMeans {
  readonly enrollmentCode?: string;
  readonly deviceSecretFile?: string;
  readonly vendorCertificate?: string;
  readonly vendorKey?: string;
}

/** What a device was given, in files of its own or as text. */
export const createFileMeansSource = (given: GivenMeans, fileSystem: FileSystem = nodeFileSystem): MeansSource => ({
  read: async () => {
    const [means, ...more] = [codeOf(given), await secretOf(given, fileSystem), await vendorOf(given, fileSystem)].filter(
      (one) => one !== undefined,
    );
    if (more.length === 0) return means;
    throw new BadSetupError(
      'There is more than one thing to prove with; expected one of --enrollment-code, --device-secret-file, and --vendor-certificate with --vendor-key.',
    );
  },
});

const codeOf = ({ enrollmentCode }: GivenMeans): ProofMeans | undefined =>
  enrollmentCode === undefined ? undefined : { kind: 'enrollment-code', code: enrollmentCode };

const secretOf = async ({ deviceSecretFile }: GivenMeans, fileSystem: FileSystem): Promise<ProofMeans | undefined> =>
  deviceSecretFile === undefined
    ? undefined
    : { kind: 'device-secret', secret: await readSecret(fileSystem, deviceSecretFile, 'the device secret') };

const vendorOf = async ({ vendorCertificate, vendorKey }: GivenMeans, fileSystem: FileSystem): Promise<ProofMeans | undefined> => {
  if (vendorCertificate === undefined && vendorKey === undefined) return undefined;
  if (vendorCertificate === undefined) throw new BadSetupError('--vendor-key is given without --vendor-certificate; expected both.');
  if (vendorKey === undefined) throw new BadSetupError('--vendor-certificate is given without --vendor-key; expected both.');
  return {
    kind: 'vendor-certificate',
    certificatesPem: await readText(fileSystem, vendorCertificate),
    privateKeyPem: await readSecret(fileSystem, vendorKey, 'the key of the vendor certificate'),
  };
};

const readSecret = async (fileSystem: FileSystem, path: string, what: string): Promise<string> => {
  const text = await readPrivateFile(fileSystem, path);
  if (text === undefined) throw new BadSetupError(`${path} does not exist; expected ${what}.`);
  return text;
};

const readText = async (fileSystem: FileSystem, path: string): Promise<string> => {
  try {
    return await fileSystem.readText(path);
  } catch (error) {
    throw asBadSetup(`${path} cannot be read`, error);
  }
};
