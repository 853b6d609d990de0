import * as z from 'zod';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::CertificateProvider';

const schema = z.strictObject({
  AccountDefaultForOperations: z.array(stringProperty),
  CertificateProviderName: stringProperty.optional(),
  LambdaFunctionArn: stringProperty,
  Tags: tagsProperty.optional(),
});

const read = (properties: Properties): z.output<typeof schema> => parseProperties(type, schema, properties);

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iot-certificateprovider.html */
export const certificateProviderResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['CertificateProviderName'],
  create: async (properties, context) => {
    const wanted = read(properties);
    const created = await client.call('CreateCertificateProvider', {
      certificateProviderName: wanted.CertificateProviderName ?? context.generateName(128),
      lambdaFunctionArn: wanted.LambdaFunctionArn,
      accountDefaultForOperations: wanted.AccountDefaultForOperations,
      tags: wanted.Tags,
    });
    return {
      physicalId: outputText(created, 'certificateProviderName'),
      attributes: { Arn: outputText(created, 'certificateProviderArn') },
    };
  },
  update: async (state, change) => {
    const to = read(change.to);
    await client.call('UpdateCertificateProvider', {
      certificateProviderName: state.physicalId,
      lambdaFunctionArn: to.LambdaFunctionArn,
      accountDefaultForOperations: to.AccountDefaultForOperations,
    });
    await changeTags(client, String(state.attributes['Arn']), { from: read(change.from).Tags, to: to.Tags });
    return state;
  },
  delete: async (state) => {
    const deletion = client.call('DeleteCertificateProvider', { certificateProviderName: state.physicalId });
    await tolerating(['ResourceNotFoundException'], deletion);
  },
});
