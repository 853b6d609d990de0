import * as z from 'zod';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { booleanProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::Authorizer';

const schema = z.strictObject({
  AuthorizerFunctionArn: stringProperty,
  AuthorizerName: stringProperty.optional(),
  EnableCachingForHttp: booleanProperty.optional(),
  SigningDisabled: booleanProperty.optional(),
  Status: stringProperty.optional(),
  TokenKeyName: stringProperty.optional(),
  TokenSigningPublicKeys: z.record(z.string(), stringProperty).optional(),
  Tags: tagsProperty.optional(),
});

type AuthorizerProperties = z.output<typeof schema>;

const read = (properties: Properties): AuthorizerProperties => parseProperties(type, schema, properties);

/** What both creation and update set. */
const settingsOf = (authorizer: AuthorizerProperties) => ({
  authorizerFunctionArn: authorizer.AuthorizerFunctionArn,
  enableCachingForHttp: authorizer.EnableCachingForHttp,
  status: authorizer.Status,
  tokenKeyName: authorizer.TokenKeyName,
  tokenSigningPublicKeys: authorizer.TokenSigningPublicKeys,
});

export const authorizerResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['AuthorizerName', 'SigningDisabled'],
  create: async (properties, context) => {
    const authorizer = read(properties);
    const created = await client.call('CreateAuthorizer', {
      authorizerName: authorizer.AuthorizerName ?? context.generateName(128),
      signingDisabled: authorizer.SigningDisabled,
      tags: authorizer.Tags,
      ...settingsOf(authorizer),
    });
    return { physicalId: outputText(created, 'authorizerName'), attributes: { Arn: outputText(created, 'authorizerArn') } };
  },
  update: async (state, change) => {
    const to = read(change.to);
    await client.call('UpdateAuthorizer', { authorizerName: state.physicalId, ...settingsOf(to) });
    await changeTags(client, String(state.attributes['Arn']), { from: read(change.from).Tags, to: to.Tags });
    return state;
  },
  // An active authorizer cannot be deleted.
  delete: async (state) => {
    const authorizerName = state.physicalId;
    const deletion = client
      .call('UpdateAuthorizer', { authorizerName, status: 'INACTIVE' })
      .then(() => client.call('DeleteAuthorizer', { authorizerName }));
    await tolerating(['ResourceNotFoundException'], deletion);
  },
});
