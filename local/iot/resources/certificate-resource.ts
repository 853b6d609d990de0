import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { outputText } from './output-text.ts';

const type = 'AWS::IoT::Certificate';

const schema = z.strictObject({
  Status: stringProperty,
  CertificateMode: z.enum(['DEFAULT', 'SNI_ONLY']).optional(),
  CertificateSigningRequest: stringProperty.optional(),
  CertificatePem: stringProperty.optional(),
  CACertificatePem: stringProperty.optional(),
});

type CertificateProperties = z.output<typeof schema>;

const read = (properties: Properties): CertificateProperties => parseProperties(type, schema, properties);

/** The three ways of AWS's handler: sign a request, register without an authority (SNI_ONLY), register with one. */
const createCertificate = async (client: ControlPlaneClient, properties: CertificateProperties) => {
  const { Status, CertificateMode = 'DEFAULT', CertificateSigningRequest, CertificatePem, CACertificatePem } = properties;
  const given = [CertificateSigningRequest, CertificatePem, CACertificatePem].filter((each) => each !== undefined).length;
  if (CertificateMode === 'SNI_ONLY' && CertificatePem !== undefined && given === 1) {
    return client.call('RegisterCertificateWithoutCA', { certificatePem: CertificatePem, status: Status });
  }
  if (CertificateMode === 'DEFAULT' && CertificateSigningRequest !== undefined && given === 1) {
    const signed = await client.call('CreateCertificateFromCsr', { certificateSigningRequest: CertificateSigningRequest });
    await client.call('UpdateCertificate', { certificateId: signed['certificateId'], newStatus: Status });
    return signed;
  }
  if (CertificateMode === 'DEFAULT' && CertificatePem !== undefined && CACertificatePem !== undefined && given === 2) {
    return client.call('RegisterCertificate', { certificatePem: CertificatePem, caCertificatePem: CACertificatePem, status: Status });
  }
  throw new AwsError('GeneralServiceException', 'Invalid certificate resource configuration');
};

const removeCertificate = async (client: ControlPlaneClient, certificateId: string): Promise<void> => {
  await client.call('UpdateCertificate', { certificateId, newStatus: 'INACTIVE' });
  await client.call('DeleteCertificate', { certificateId });
};

export const certificateResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['CertificateSigningRequest', 'CertificatePem', 'CACertificatePem', 'CertificateMode'],
  create: async (properties) => {
    const created = await createCertificate(client, read(properties));
    const id = outputText(created, 'certificateId');
    return { physicalId: id, attributes: { Arn: outputText(created, 'certificateArn'), Id: id } };
  },
  update: async (state, { to }) => {
    await client.call('UpdateCertificate', { certificateId: state.physicalId, newStatus: read(to).Status });
    return state;
  },
  // AWS's handler deactivates only what the template calls active; a revoked certificate is deleted as it is.
  delete: (state, properties) => {
    const removal =
      read(properties).Status === 'ACTIVE'
        ? removeCertificate(client, state.physicalId)
        : client.call('DeleteCertificate', { certificateId: state.physicalId });
    return tolerating(['ResourceNotFoundException'], removal);
  },
});
