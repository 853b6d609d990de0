import * as z from 'zod';
import { AwsError } from '../aws-error.ts';

export const arn = z.string().min(5).max(200);

export const byAuthority = z.object({ CertificateAuthorityArn: arn });

export const idempotencyToken = z.string().min(1).max(36).optional();

/** Bytes as they travel in JSON: base64. */
export const bytes = (maxBytes: number) =>
  z
    .union([z.base64(), z.instanceof(Uint8Array)])
    .transform((value) => (typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.from(value)))
    .refine((value) => value.length >= 1 && value.length <= maxBytes, `must have length between 1 and ${maxBytes}`);

export const tagList = z.array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256).default('') })).max(50);

/** Refuses the tags that AWS reserves. */
export const requireOwnTags = (tags: z.output<typeof tagList>): void => {
  const reserved = tags.find(({ Key }) => Key.toLowerCase().startsWith('aws:'));
  if (reserved !== undefined) throw new AwsError('InvalidTagException', `The tag ${reserved.Key} begins with aws:, which is reserved.`);
};
