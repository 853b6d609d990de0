import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { nameOf } from '../asn1-subject.ts';
import { authorityConfiguration, revocationConfiguration } from '../authority-configuration.ts';
import { authorityRequest } from '../authority-request.ts';
import { idempotencyToken, requireOwnTags, tagList } from '../input-schemas.ts';
import type { PcaDependencies } from '../pca-dependencies.ts';
import { invalidArgs } from '../pca-errors.ts';
import type { PrivateAuthority } from '../private-authority.ts';
import { canSign, generateSigningKeys } from '../signing-keys.ts';

const input = z.object({
  CertificateAuthorityConfiguration: authorityConfiguration,
  CertificateAuthorityType: z.enum(['ROOT', 'SUBORDINATE']),
  UsageMode: z.enum(['GENERAL_PURPOSE', 'SHORT_LIVED_CERTIFICATE']).default('GENERAL_PURPOSE'),
  KeyStorageSecurityStandard: z
    .enum(['FIPS_140_2_LEVEL_2_OR_HIGHER', 'FIPS_140_2_LEVEL_3_OR_HIGHER', 'CCPC_LEVEL_1_OR_HIGHER'])
    .default('FIPS_140_2_LEVEL_3_OR_HIGHER'),
  RevocationConfiguration: revocationConfiguration.prefault({}),
  IdempotencyToken: idempotencyToken,
  Tags: tagList.default([]),
});

type Wanted = z.output<typeof input>;

const make = async (wanted: Wanted, { authorities, clock, behaviour }: PcaDependencies): Promise<PrivateAuthority> => {
  const configuration = wanted.CertificateAuthorityConfiguration;
  const keys = await generateSigningKeys(configuration.KeyAlgorithm);
  const subject = nameOf(configuration.Subject);
  const [id, createdAtMs] = [randomUUID(), clock.now()];
  return {
    ...{
      id,
      configuration,
      subject,
      keys,
      createdAtMs,
      arn: authorities.arnOf(id),
      request: authorityRequest(configuration, subject, keys),
    },
    ...{ type: wanted.CertificateAuthorityType, usageMode: wanted.UsageMode },
    keyStorageSecurityStandard: wanted.KeyStorageSecurityStandard,
    readyAtMs: createdAtMs + behaviour['private-ca.creating-ms'],
    changedAtMs: createdAtMs,
    issued: new Map(),
    permissions: new Map(),
    tags: new Map(wanted.Tags.map(({ Key, Value }) => [Key, Value])),
    revocation: wanted.RevocationConfiguration,
    ...{ certificate: undefined, isDisabled: false, deletedUntilMs: undefined, policy: undefined },
  };
};

/** https://docs.aws.amazon.com/privateca/latest/APIReference/API_CreateCertificateAuthority.html */
export const createCertificateAuthority =
  (dependencies: PcaDependencies): Operation =>
  async (members) => {
    const { tokens, authorities, lists } = dependencies;
    const wanted = parseInput(input, members);
    const known = tokens.find(wanted.IdempotencyToken);
    if (known !== undefined) return { CertificateAuthorityArn: known };
    const { KeyAlgorithm, SigningAlgorithm } = wanted.CertificateAuthorityConfiguration;
    if (!canSign(KeyAlgorithm, SigningAlgorithm)) throw invalidArgs(`A key of ${KeyAlgorithm} cannot sign with ${SigningAlgorithm}.`);
    requireOwnTags(wanted.Tags);
    lists.requireWritable(wanted.RevocationConfiguration);
    const authority = await make(wanted, dependencies);
    authorities.add(authority);
    tokens.remember(wanted.IdempotencyToken, authority.arn);
    return { CertificateAuthorityArn: authority.arn };
  };
