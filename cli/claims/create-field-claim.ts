import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { FieldClaims } from '../../domain/claim/claim-ports.ts';
import { type ClaimName, claimName, type LineName } from '../../domain/identifiers.ts';
import type { InputOf } from '../../domain/operation.ts';
import { claimsRecordField } from '../../domain/operations/claims-record-field.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { claimFilesOf, SECRET_MODE, writeIssue } from './files.ts';
import { refuseClaimFiles } from './request.ts';
import type { ClaimPlace, CreatedClaim } from './create-claim.ts';
import { writeOnce } from '../files/write-once.ts';

/** A name that nobody has chosen before. */
export const fieldClaimName = (line: LineName): ClaimName =>
  z.parse(claimName, `field-${line.slice(0, 13)}-${randomBytes(6).toString('hex')}`);

/**
 * Makes a claim of five minutes with the technician's own credentials. AWS makes its key, which goes from the answer into the
 * technician's file; the claim opens nothing until it is on record under the technician's name.
 */
export const createFieldClaim = async (
  {
    client,
    fieldClaims,
    templateName,
  }: { readonly client: OperationsClient; readonly fieldClaims: FieldClaims; readonly templateName: string },
  wishes: Omit<InputOf<typeof claimsRecordField>, 'certificateId'>,
  place: ClaimPlace,
): Promise<CreatedClaim> => {
  const files = claimFilesOf(place.out, wishes.name);
  await refuseClaimFiles(files);
  const { certificateId, certificatePem, privateKeyPem } = await fieldClaims.create(templateName);
  await mkdir(place.out, { recursive: true });
  await writeOnce(files.privateKey, privateKeyPem, SECRET_MODE);
  try {
    const recorded = await client.call(claimsRecordField, { ...wishes, certificateId });
    await writeIssue(files, { ...recorded, certificatePem }, place.endpoint);
    return {
      claim: recorded.claim,
      certificateId,
      files: { claim: files.claim, certificate: files.certificate, privateKey: files.privateKey },
    };
  } catch (failure) {
    // In five minutes it is worth nothing, recorded or not; another is made as quickly.
    await rm(files.privateKey, { force: true });
    throw failure;
  }
};
