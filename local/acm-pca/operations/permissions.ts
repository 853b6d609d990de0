import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { arn, byAuthority } from '../input-schemas.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';
import { notFound } from '../pca-errors.ts';

const existing = ['PENDING_CERTIFICATE', 'ACTIVE', 'DISABLED', 'EXPIRED'] as const;

/** API reference, CreatePermission: the only principal that there is. */
const granted = z.object({
  CertificateAuthorityArn: arn,
  Principal: z.literal('acm.amazonaws.com'),
  SourceAccount: z
    .string()
    .regex(/^\d{12}$/)
    .optional(),
});

const createInput = granted.extend({
  Actions: z
    .array(z.enum(['IssueCertificate', 'GetCertificate', 'ListPermissions']))
    .min(1)
    .max(3),
});

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_CreatePermission.html */
export const createPermission =
  ({ account, authorities, clock }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn, Principal, SourceAccount = account.accountId, Actions } = parseInput(createInput, members);
    const { permissions } = authorities.getIn(CertificateAuthorityArn, existing);
    const key = `${Principal} ${SourceAccount}`;
    if (permissions.has(key)) throw new AwsError('PermissionAlreadyExistsException', `${Principal} has a permission already.`);
    permissions.set(key, { principal: Principal, sourceAccount: SourceAccount, actions: Actions, createdAtMs: clock.now() });
    return undefined;
  };

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_DeletePermission.html */
export const deletePermission =
  ({ account, authorities }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn, Principal, SourceAccount = account.accountId } = parseInput(granted, members);
    const { permissions } = authorities.getIn(CertificateAuthorityArn, existing);
    if (!permissions.delete(`${Principal} ${SourceAccount}`)) throw notFound(`a permission of ${Principal}`);
    return undefined;
  };

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_ListPermissions.html; all of them in one page. */
export const listPermissions =
  ({ authorities }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn } = parseInput(byAuthority, members);
    const { permissions } = authorities.getIn(CertificateAuthorityArn, existing);
    return {
      Permissions: [...permissions.values()].map(({ principal, sourceAccount, actions, createdAtMs }) => ({
        ...{ CertificateAuthorityArn, Principal: principal, SourceAccount: sourceAccount, Actions: actions },
        CreatedAt: new Date(createdAtMs),
      })),
    };
  };
