import * as z from 'zod';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::CACertificate';

const schema = z.strictObject({
  CACertificatePem: stringProperty,
  Status: z.enum(['ACTIVE', 'INACTIVE']),
  CertificateMode: z.enum(['DEFAULT', 'SNI_ONLY']).optional(),
  VerificationCertificatePem: stringProperty.optional(),
  AutoRegistrationStatus: z.enum(['ENABLE', 'DISABLE']).optional(),
  RegistrationConfig: z
    .strictObject({ TemplateName: stringProperty.optional(), TemplateBody: stringProperty.optional(), RoleArn: stringProperty.optional() })
    .optional(),
  RemoveAutoRegistration: booleanProperty.optional(),
  Tags: tagsProperty.optional(),
});

type CaProperties = z.output<typeof schema>;

const read = (properties: Properties): CaProperties => parseProperties(type, schema, properties);

const configOf = ({ RegistrationConfig: config }: CaProperties) =>
  config === undefined ? undefined : { templateName: config.TemplateName, templateBody: config.TemplateBody, roleArn: config.RoleArn };

const register = (client: ControlPlaneClient, ca: CaProperties) =>
  client.call('RegisterCACertificate', {
    caCertificate: ca.CACertificatePem,
    verificationCertificate: ca.VerificationCertificatePem,
    certificateMode: ca.CertificateMode,
    setAsActive: ca.Status === 'ACTIVE',
    allowAutoRegistration: ca.AutoRegistrationStatus === 'ENABLE',
    registrationConfig: configOf(ca),
    tags: ca.Tags,
  });

const change = (client: ControlPlaneClient, certificateId: string, ca: CaProperties) =>
  client.call('UpdateCACertificate', {
    certificateId,
    newStatus: ca.Status,
    newAutoRegistrationStatus: ca.AutoRegistrationStatus,
    registrationConfig: configOf(ca),
    removeAutoRegistration: ca.RemoveAutoRegistration,
  });

const remove = async (client: ControlPlaneClient, certificateId: string): Promise<void> => {
  await client.call('UpdateCACertificate', { certificateId, newStatus: 'INACTIVE' });
  await client.call('DeleteCACertificate', { certificateId });
};

/** A certificate authority of the account's own. An active one is deactivated before it is deleted. */
export const caCertificateResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['CACertificatePem', 'CertificateMode', 'VerificationCertificatePem'],
  create: async (properties) => {
    const registered = await register(client, read(properties));
    const id = outputText(registered, 'certificateId');
    return { physicalId: id, attributes: { Arn: outputText(registered, 'certificateArn'), Id: id } };
  },
  update: async (state, { from, to }) => {
    const [before, after] = [read(from), read(to)];
    await change(client, state.physicalId, after);
    await changeTags(client, String(state.attributes['Arn']), { from: before.Tags, to: after.Tags });
    return state;
  },
  delete: (state) => tolerating(['ResourceNotFoundException'], remove(client, state.physicalId)),
});
