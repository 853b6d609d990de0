import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::ACMPCA::CertificateAuthorityActivation';

const schema = z.strictObject({
  Certificate: stringProperty,
  CertificateAuthorityArn: stringProperty,
  CertificateChain: stringProperty.optional(),
  Status: stringProperty.default('ACTIVE'),
});

const activate = async (call: CallOperation, properties: Properties): Promise<ResourceState> => {
  const { Certificate, CertificateAuthorityArn, CertificateChain, Status } = parseProperties(type, schema, properties);
  await call('ImportCertificateAuthorityCertificate', {
    ...{ CertificateAuthorityArn, Certificate: Buffer.from(Certificate) },
    ...(CertificateChain === undefined ? {} : { CertificateChain: Buffer.from(CertificateChain) }),
  });
  await call('UpdateCertificateAuthority', { CertificateAuthorityArn, Status });
  return { physicalId: CertificateAuthorityArn, attributes: { CompleteCertificateChain: `${Certificate}${CertificateChain ?? ''}` } };
};

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-acmpca-certificateauthorityactivation.html;
 * without it the authority is disabled, and can then be deleted.
 */
export const authorityActivationResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['CertificateAuthorityArn'],
  create: (properties) => activate(call, properties),
  update: (_state, { to }) => activate(call, to),
  delete: async (state) => {
    const disabling = call('UpdateCertificateAuthority', { CertificateAuthorityArn: state.physicalId, Status: 'DISABLED' });
    await tolerating(['ResourceNotFoundException', 'InvalidStateException'], disabling);
  },
});
