import type { CertificateId } from '../../domain/identifiers.ts';
import type { InputOf, OutputOf } from '../../domain/operation.ts';
import { claimsCreate } from '../../domain/operations/claims-create.ts';
import { claimsRotate } from '../../domain/operations/claims-rotate.ts';
import type { ClaimView } from '../../domain/operations/claim-view.ts';
import type { OperationsClient } from '../../domain/operations-client.ts';
import { type ClaimFiles, claimFilesOf, nextClaimFiles, writeIssue } from './files.ts';
import { forgetRefused, keepClaimRequest } from './request.ts';
import type { Recipient } from '../keys/sealed-key.ts';

/** Where the files of a claim go. */
export interface ClaimPlace {
  /** A directory; made when it is not there. */
  readonly out: string;
  /** Where the devices connect to, when it is not the account's own data endpoint. */
  readonly endpoint?: string | undefined;
  readonly sealTo?: Recipient | undefined;
}

export type ClaimWishes = Omit<InputOf<typeof claimsCreate>, 'csrPem'>;

export interface CreatedClaim {
  readonly claim: ClaimView;
  readonly certificateId: CertificateId;
  /** Paths of the three files. */
  readonly files: { readonly claim: string; readonly certificate: string; readonly privateKey: string };
}

/** Makes a claim whose private key never leaves this machine, unless sealed. Run again after a lost answer, it goes on with the same key. */
export const createClaim = (client: OperationsClient, wishes: ClaimWishes, place: ClaimPlace): Promise<CreatedClaim> =>
  issue(wishes.name, claimFilesOf(place.out, wishes.name), {
    place,
    ask: (csrPem) => client.call(claimsCreate, { ...wishes, csrPem }),
  });

/** Gives a claim another certificate, in files beside those of the one before. */
export const rotateClaim = async (
  client: OperationsClient,
  wishes: Omit<InputOf<typeof claimsRotate>, 'csrPem'>,
  place: ClaimPlace,
): Promise<CreatedClaim> =>
  issue(wishes.name, await nextClaimFiles(place.out, wishes.name), {
    place,
    ask: (csrPem) => client.call(claimsRotate, { ...wishes, csrPem }),
  });

interface Asking {
  readonly place: ClaimPlace;
  readonly ask: (csrPem: string) => Promise<OutputOf<typeof claimsCreate>>;
}

const issue = async (name: string, files: ClaimFiles, { place, ask }: Asking): Promise<CreatedClaim> => {
  const request = await keepClaimRequest({ name, files, sealTo: place.sealTo });
  const issued = await ask(request.csrPem).catch((failure: unknown) => forgetRefused(files, request, failure));
  await writeIssue(files, issued, place.endpoint);
  return {
    claim: issued.claim,
    certificateId: issued.certificateId,
    files: { claim: files.claim, certificate: files.certificate, privateKey: request.keyPath },
  };
};
