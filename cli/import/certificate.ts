import type { EnrollmentMistake } from '../../domain/enroller.ts';
import { IN_ADVANCE, MAX_CHAIN_LENGTH } from '../../domain/operations/devices-import.ts';
import type { ManifestRow } from '../manifest/manifest-row.ts';
import { namedFilesBeside } from '../manifest/named-file.ts';

/** The columns by which a device comes in with the import itself. */
export const certificateColumns = ['registration', 'certificate'] as const;

/** The certificate of a row whose device is registered in advance, nothing for other rows, or what is wrong with it. */
export const certificateOf = async (
  fields: ManifestRow['fields'],
  manifest: string,
): Promise<{ readonly certificatePem?: string } | EnrollmentMistake> => {
  const [registration = '', given = ''] = certificateColumns.map((column) => fields[column]?.trim());
  if (registration === '' && given === '') return {};
  if (registration !== IN_ADVANCE) return registrationMistake(registration);
  const files = namedFilesBeside(manifest);
  const pem = given.includes('-----BEGIN ') ? given : await files.read(given);
  const [refused] = files.refused;
  if (refused !== undefined) return refused;
  if (pem === undefined) return certificateMistake(given === '' ? 'nothing' : 'text that is neither PEM nor the name of a file');
  if (pem.includes('PRIVATE KEY-----')) return certificateMistake('a private key, which must never leave its device');
  if (pem.length > MAX_CHAIN_LENGTH) return certificateMistake(`text of ${pem.length} characters`);
  return { certificatePem: pem };
};

const registrationMistake = (registration: string): EnrollmentMistake => ({
  what: 'registration',
  got: registration === '' ? 'nothing, beside a certificate' : JSON.stringify(registration.slice(0, 40)),
  allowed: `"${IN_ADVANCE}" beside a certificate, or nothing in both columns`,
  fix: 'say it where the device must be let in by the import itself; else leave the certificate out',
});

const certificateMistake = (got: string): EnrollmentMistake => ({
  what: 'certificate',
  got,
  allowed: `the device's certificate in PEM, those of CAs between it and its anchor after it, at most ${MAX_CHAIN_LENGTH} characters, or a file that holds them`,
  fix: "give the device's own certificate, as its maker issued it",
});
