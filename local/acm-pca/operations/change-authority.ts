import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { revocationConfiguration } from '../authority-configuration.ts';
import { arn, byAuthority } from '../input-schemas.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';
import { invalidArgs } from '../pca-errors.ts';

const updateInput = z.object({
  CertificateAuthorityArn: arn,
  RevocationConfiguration: revocationConfiguration.optional(),
  Status: z.enum(['CREATING', 'PENDING_CERTIFICATE', 'ACTIVE', 'DELETED', 'DISABLED', 'EXPIRED', 'FAILED']).optional(),
});

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_UpdateCertificateAuthority.html */
export const updateCertificateAuthority =
  ({ authorities, clock, lists }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn, RevocationConfiguration, Status } = parseInput(updateInput, members);
    const authority = authorities.getIn(CertificateAuthorityArn, ['ACTIVE', 'DISABLED']);
    if (Status !== undefined && Status !== 'ACTIVE' && Status !== 'DISABLED')
      throw invalidArgs(`A certificate authority cannot be made ${Status}: only ACTIVE or DISABLED.`);
    if (RevocationConfiguration !== undefined) lists.requireWritable(RevocationConfiguration);
    authority.revocation = RevocationConfiguration ?? authority.revocation;
    const isDisabled = Status === undefined ? authority.isDisabled : Status === 'DISABLED';
    if (isDisabled !== authority.isDisabled) authority.changedAtMs = clock.now();
    authority.isDisabled = isDisabled;
    lists.publish(authority);
    return undefined;
  };

const deleteInput = z.object({ CertificateAuthorityArn: arn, PermanentDeletionTimeInDays: z.int().min(7).max(30).default(30) });

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_DeleteCertificateAuthority.html: an active one has to be disabled first. */
export const deleteCertificateAuthority =
  ({ authorities, clock }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn, PermanentDeletionTimeInDays } = parseInput(deleteInput, members);
    const authority = authorities.getIn(CertificateAuthorityArn, ['CREATING', 'PENDING_CERTIFICATE', 'DISABLED', 'EXPIRED']);
    authority.changedAtMs = clock.now();
    authority.deletedUntilMs = clock.now() + PermanentDeletionTimeInDays * 86_400_000;
    return undefined;
  };

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_RestoreCertificateAuthority.html: back to what it was. */
export const restoreCertificateAuthority =
  ({ authorities, clock }: PcaDependencies): Operation =>
  (members) => {
    const authority = authorities.getIn(parseInput(byAuthority, members).CertificateAuthorityArn, ['DELETED']);
    authority.deletedUntilMs = undefined;
    authority.changedAtMs = clock.now();
    return undefined;
  };
