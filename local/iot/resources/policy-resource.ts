import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import { readLive } from '../../cloudformation/drift/read-live.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { jsonTextProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';
import type { ControlPlaneClient } from '../control-plane-client.ts';
import { outputText } from './output-text.ts';
import { changeTags } from './resource-tags.ts';

const type = 'AWS::IoT::Policy';

const schema = z.strictObject({ PolicyDocument: jsonTextProperty, PolicyName: stringProperty.optional(), Tags: tagsProperty.optional() });

const read = (properties: Properties) => parseProperties(type, schema, properties);

const versionList = z.array(z.looseObject({ versionId: z.string(), isDefaultVersion: z.boolean() }));

/** Ids of the versions that are not in force, oldest first. */
const spareVersions = async (client: ControlPlaneClient, policyName: string): Promise<readonly string[]> => {
  const { policyVersions } = await client.call('ListPolicyVersions', { policyName });
  const spare = versionList.parse(policyVersions).filter(({ isDefaultVersion }) => !isDefaultVersion);
  return spare.map(({ versionId }) => versionId).sort((a, b) => Number(a) - Number(b));
};

/** Puts a document in force; when the policy has as many versions as it may have, the oldest that is not in force makes room. */
const replaceDocument = async (client: ControlPlaneClient, policyName: string, policyDocument: string): Promise<void> => {
  const version = { policyName, policyDocument, setAsDefault: true };
  try {
    await client.call('CreatePolicyVersion', version);
  } catch (thrown) {
    if (!(thrown instanceof AwsError) || thrown.code !== 'VersionsLimitExceededException') throw thrown;
    const [oldest] = await spareVersions(client, policyName);
    await client.call('DeletePolicyVersion', { policyName, policyVersionId: oldest });
    await client.call('CreatePolicyVersion', version);
  }
};

const removePolicy = async (client: ControlPlaneClient, policyName: string): Promise<void> => {
  for (const policyVersionId of await spareVersions(client, policyName)) {
    await client.call('DeletePolicyVersion', { policyName, policyVersionId });
  }
  await client.call('DeletePolicy', { policyName });
};

export const policyResource = (client: ControlPlaneClient): ResourceProvider => ({
  type,
  createOnly: ['PolicyName'],
  create: async (properties, context) => {
    const { PolicyName, PolicyDocument, Tags } = read(properties);
    const policyName = PolicyName ?? context.generateName(128);
    const created = await client.call('CreatePolicy', { policyName, policyDocument: PolicyDocument, tags: Tags });
    return { physicalId: policyName, attributes: { Arn: outputText(created, 'policyArn'), Id: policyName } };
  },
  update: async (state, change) => {
    const from = read(change.from);
    const to = read(change.to);
    if (from.PolicyDocument !== to.PolicyDocument) await replaceDocument(client, state.physicalId, to.PolicyDocument);
    await changeTags(client, String(state.attributes['Arn']), { from: from.Tags, to: to.Tags });
    return state;
  },
  read: ({ physicalId: policyName }) =>
    readLive(client.call('GetPolicy', { policyName }), ['ResourceNotFoundException'], (output) => ({
      PolicyDocument: outputText({ ...output }, 'policyDocument'),
    })),
  // A policy that is still attached is a DeleteConflictException, as on AWS: the stack's deletion fails.
  delete: (state) => tolerating(['ResourceNotFoundException'], removePolicy(client, state.physicalId)),
});
