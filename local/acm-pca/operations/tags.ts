import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { arn, byAuthority, requireOwnTags, tagList } from '../input-schemas.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';

const maxTags = 50;
const existing = ['PENDING_CERTIFICATE', 'ACTIVE', 'DISABLED', 'EXPIRED', 'CREATING'] as const;

const tagInput = z.object({ CertificateAuthorityArn: arn, Tags: tagList.min(1) });

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_TagCertificateAuthority.html */
export const tagCertificateAuthority =
  ({ authorities }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn, Tags } = parseInput(tagInput, members);
    const authority = authorities.getIn(CertificateAuthorityArn, existing);
    requireOwnTags(Tags);
    const tags = new Map([...authority.tags, ...Tags.map(({ Key, Value }) => [Key, Value] as const)]);
    if (tags.size > maxTags) throw new AwsError('TooManyTagsException', `A certificate authority has at most ${maxTags} tags.`);
    authority.tags = tags;
    return undefined;
  };

const untagInput = z.object({
  CertificateAuthorityArn: arn,
  Tags: z
    .array(z.object({ Key: z.string().min(1).max(128), Value: z.string().max(256).optional() }))
    .min(1)
    .max(50),
});

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_UntagCertificateAuthority.html: with a value, only a tag of that value. */
export const untagCertificateAuthority =
  ({ authorities }: PcaDependencies): Operation =>
  (members) => {
    const { CertificateAuthorityArn, Tags } = parseInput(untagInput, members);
    const authority = authorities.getIn(CertificateAuthorityArn, existing);
    for (const { Key, Value } of Tags) {
      if (Value === undefined || authority.tags.get(Key) === Value) authority.tags.delete(Key);
    }
    return undefined;
  };

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_ListTags.html; all of them in one page. */
export const listTags =
  ({ authorities }: PcaDependencies): Operation =>
  (members) => {
    const authority = authorities.getIn(parseInput(byAuthority, members).CertificateAuthorityArn, existing);
    return { Tags: [...authority.tags].map(([Key, Value]) => ({ Key, Value })) };
  };
