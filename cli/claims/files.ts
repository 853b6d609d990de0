import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type ClaimFile, claimFileNames } from '../../device/store/claim-file.ts';
import type { ClaimName } from '../../domain/identifiers.ts';
import type { OutputOf } from '../../domain/operation.ts';
import type { claimsRecordField } from '../../domain/operations/claims-record-field.ts';
import { writeOnce } from '../files/write-once.ts';

export const SECRET_MODE = 0o600;
const PUBLIC_MODE = 0o644;

/** The files of one certificate of a claim, by their paths. */
export interface ClaimFiles {
  /** What the others are called by: the claim's name, and from the second certificate on a number. */
  readonly stem: string;
  readonly claim: string;
  readonly certificate: string;
  readonly privateKey: string;
  /** In place of the private key, where it is sealed. */
  readonly sealedKey: string;
  /** The request for the certificate, while there is no answer to it. */
  readonly request: string;
}

export const claimFilesOf = (directory: string, stem: string): ClaimFiles => {
  const { claim, certificate, privateKey } = claimFileNames(stem);
  return {
    stem,
    claim: join(directory, claim),
    certificate: join(directory, certificate),
    privateKey: join(directory, privateKey),
    sealedKey: join(directory, `${stem}.private-key.jwe`),
    request: join(directory, `${stem}.request.pem`),
  };
};

/** The files of the certificate that a claim gets next: numbered from 2, beside those that are there. */
export const nextClaimFiles = async (directory: string, name: ClaimName): Promise<ClaimFiles> => {
  for (let number = 2; ; number += 1) {
    const files = claimFilesOf(directory, `${name}-${number}`);
    if (!(await isThere(files.claim))) return files;
  }
};

export const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

type Issue = OutputOf<typeof claimsRecordField>;

/** Writes what devices read of a claim. The request goes last: until then the same command goes on from it. */
export const writeIssue = async (
  files: ClaimFiles,
  issue: Issue & { readonly certificatePem: string },
  endpoint?: string,
): Promise<void> => {
  // What a run before this one wrote is the same, since the request is.
  for (const path of [files.certificate, files.claim]) await rm(path, { force: true });
  await writeOnce(files.certificate, issue.certificatePem, PUBLIC_MODE);
  await writeOnce(files.claim, `${JSON.stringify(claimFileOf(files.stem, issue, endpoint), undefined, 2)}\n`, PUBLIC_MODE);
  await rm(files.request, { force: true });
};

const claimFileOf = (stem: string, issue: Issue, endpoint: string | undefined): ClaimFile => {
  const { certificate, privateKey } = claimFileNames(stem);
  return {
    schemaVersion: 1,
    name: issue.claim.name,
    line: issue.claim.line,
    template: issue.template,
    clientIdPrefix: issue.clientIdPrefix,
    certificateId: issue.certificateId,
    endpoint: endpoint ?? issue.endpoint,
    ...(issue.approval === 'operator' ? { approval: 'operator' } : {}),
    certificate,
    privateKey,
  };
};
