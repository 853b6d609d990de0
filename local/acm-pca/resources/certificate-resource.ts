import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { integerProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { whenReady } from './when-ready.ts';

const type = 'AWS::ACMPCA::Certificate';

const validity = z.strictObject({ Type: stringProperty, Value: integerProperty });

const schema = z.strictObject({
  ApiPassthrough: z.record(z.string(), z.unknown()).optional(),
  CertificateAuthorityArn: stringProperty,
  CertificateSigningRequest: stringProperty,
  SigningAlgorithm: stringProperty,
  TemplateArn: stringProperty.optional(),
  Validity: validity,
  ValidityNotBefore: validity.optional(),
});

const create = async (call: CallOperation, clock: Clock, properties: Properties): Promise<ResourceState> => {
  const { CertificateSigningRequest, ...wanted } = parseProperties(type, schema, properties);
  const order = await call('IssueCertificate', { ...wanted, Csr: Buffer.from(CertificateSigningRequest) });
  const { CertificateArn } = z.object({ CertificateArn: z.string() }).parse(order);
  const { CertificateAuthorityArn } = wanted;
  const issued = await whenReady(clock, () => call('GetCertificate', { CertificateAuthorityArn, CertificateArn }));
  return {
    physicalId: CertificateArn,
    attributes: { Arn: CertificateArn, Certificate: z.object({ Certificate: z.string() }).parse(issued).Certificate },
  };
};

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-acmpca-certificate.html; nothing of it can
 * be changed, and a certificate that is no longer in the template stays issued and valid.
 */
export const certificateResource = (call: CallOperation, clock: Clock): ResourceProvider => ({
  type,
  createOnly: Object.keys(schema.shape),
  create: (properties) => create(call, clock, properties),
  update: (state) => Promise.resolve(state),
  delete: () => Promise.resolve(),
});
