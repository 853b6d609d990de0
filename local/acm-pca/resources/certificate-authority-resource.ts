import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, integerProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { whenReady } from './when-ready.ts';

const type = 'AWS::ACMPCA::CertificateAuthority';

const revocation = z.strictObject({
  CrlConfiguration: z
    .strictObject({
      Enabled: booleanProperty,
      ExpirationInDays: integerProperty.optional(),
      CustomCname: stringProperty.optional(),
      S3BucketName: stringProperty.optional(),
      S3ObjectAcl: stringProperty.optional(),
      CrlDistributionPointExtensionConfiguration: z.strictObject({ OmitExtension: booleanProperty }).optional(),
      CrlType: stringProperty.optional(),
    })
    .optional(),
  OcspConfiguration: z.strictObject({ Enabled: booleanProperty, OcspCustomCname: stringProperty.optional() }).optional(),
});

const schema = z.strictObject({
  Type: stringProperty,
  KeyAlgorithm: stringProperty,
  SigningAlgorithm: stringProperty,
  Subject: z.record(z.string(), z.unknown()),
  CsrExtensions: z.record(z.string(), z.unknown()).optional(),
  RevocationConfiguration: revocation.optional(),
  Tags: tagsProperty.default([]),
  KeyStorageSecurityStandard: stringProperty.optional(),
  UsageMode: stringProperty.optional(),
});

const madeAuthority = z.object({ CertificateAuthorityArn: z.string() });

const create = async (call: CallOperation, clock: Clock, properties: Properties): Promise<ResourceState> => {
  const wanted = parseProperties(type, schema, properties);
  const { KeyAlgorithm, SigningAlgorithm, Subject, CsrExtensions, RevocationConfiguration, KeyStorageSecurityStandard, UsageMode } = wanted;
  const made = await call('CreateCertificateAuthority', {
    CertificateAuthorityConfiguration: { KeyAlgorithm, SigningAlgorithm, Subject, CsrExtensions },
    CertificateAuthorityType: wanted.Type,
    Tags: wanted.Tags,
    ...{ RevocationConfiguration, KeyStorageSecurityStandard, UsageMode },
  });
  const { CertificateAuthorityArn } = madeAuthority.parse(made);
  const answer = await whenReady(clock, () => call('GetCertificateAuthorityCsr', { CertificateAuthorityArn }));
  const CertificateSigningRequest = z.object({ Csr: z.string() }).parse(answer).Csr;
  return { physicalId: CertificateAuthorityArn, attributes: { Arn: CertificateAuthorityArn, CertificateSigningRequest } };
};

const update = async (call: CallOperation, arn: string, change: { from: Properties; to: Properties }): Promise<void> => {
  const [before, after] = [change.from, change.to].map((properties) => parseProperties(type, schema, properties));
  const RevocationConfiguration = after?.RevocationConfiguration ?? {};
  if (JSON.stringify(before?.RevocationConfiguration ?? {}) !== JSON.stringify(RevocationConfiguration))
    await call('UpdateCertificateAuthority', { CertificateAuthorityArn: arn, RevocationConfiguration });
  const dropped = (before?.Tags ?? []).filter(({ Key }) => after?.Tags.every((tag) => tag.Key !== Key));
  if (dropped.length > 0) await call('UntagCertificateAuthority', { CertificateAuthorityArn: arn, Tags: dropped });
  if (after !== undefined && after.Tags.length > 0)
    await call('TagCertificateAuthority', { CertificateAuthorityArn: arn, Tags: after.Tags });
};

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-acmpca-certificateauthority.html; an
 * authority that is active is not deleted: its activation has to go first.
 */
export const certificateAuthorityResource = (call: CallOperation, clock: Clock): ResourceProvider => ({
  type,
  createOnly: ['CsrExtensions', 'KeyAlgorithm', 'KeyStorageSecurityStandard', 'SigningAlgorithm', 'Subject', 'Type', 'UsageMode'],
  create: (properties) => create(call, clock, properties),
  update: async (state, change) => {
    await update(call, state.physicalId, change);
    return state;
  },
  delete: async (state) => {
    await tolerating(['ResourceNotFoundException'], call('DeleteCertificateAuthority', { CertificateAuthorityArn: state.physicalId }));
  },
});
