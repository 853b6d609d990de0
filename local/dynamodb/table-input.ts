import * as z from 'zod';
import { AwsError } from '../aws-error.ts';
import { tableNameOf } from './table-settings.ts';

/** Members of `CreateTable` and `UpdateTable` that dynalite does not know. */
export const tableSettingsInput = z.looseObject({
  TableName: z.string().transform(tableNameOf),
  DeletionProtectionEnabled: z.boolean().optional(),
  TableClass: z.enum(['STANDARD', 'STANDARD_INFREQUENT_ACCESS']).optional(),
  SSESpecification: z
    .object({ Enabled: z.boolean().default(false), SSEType: z.literal('KMS').default('KMS'), KMSMasterKeyId: z.string().optional() })
    .optional(),
  StreamSpecification: z.object({ StreamEnabled: z.boolean() }).optional(),
});

export type TableSettingsInput = z.output<typeof tableSettingsInput>;

/** Refuses by name what the local AWS does not do, rather than to leave it out silently. */
export const requireNoStream = (wanted: TableSettingsInput): void => {
  if (wanted.StreamSpecification?.StreamEnabled !== true) return;
  throw new AwsError('ValidationException', 'The local AWS has no DynamoDB streams: leave out StreamSpecification.');
};

/** `SSESpecification` as a setting; undefined means encryption with a key that AWS owns. */
export const encryptionOf = (wanted: TableSettingsInput): { readonly kmsMasterKeyId: string | undefined } | undefined =>
  wanted.SSESpecification?.Enabled === true ? { kmsMasterKeyId: wanted.SSESpecification.KMSMasterKeyId } : undefined;
