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

const versionsOf = async (client: ControlPlaneClient, policyName: string) => {
  const { policyVersions } = await client.call('ListPolicyVersions', { policyName });
  return versionList.parse(policyVersions);
};

/**
 * Deletes a version as AWS's handler does (aws-cloudformation/aws-cloudformation-resource-providers-iot): the first by text, where "10" comes
 * before "9". When that is the one in force, the last by text is put in force until the new one is there.
 */
const makeRoom = async (client: ControlPlaneClient, policyName: string): Promise<void> => {
  const byText = (await versionsOf(client, policyName)).toSorted((one, other) => (one.versionId < other.versionId ? -1 : 1));
  const [first, last] = [byText[0], byText.at(-1)];
  if (first?.isDefaultVersion === true) await client.call('SetDefaultPolicyVersion', { policyName, policyVersionId: last?.versionId });
  await client.call('DeletePolicyVersion', { policyName, policyVersionId: first?.versionId });
};

/** Puts a document in force. */
const replaceDocument = async (client: ControlPlaneClient, policyName: string, policyDocument: string): Promise<void> => {
  const version = { policyName, policyDocument, setAsDefault: true };
  try {
    await client.call('CreatePolicyVersion', version);
  } catch (thrown) {
    if (!(thrown instanceof AwsError) || thrown.code !== 'VersionsLimitExceededException') throw thrown;
    await makeRoom(client, policyName);
    await client.call('CreatePolicyVersion', version);
  }
};

const removePolicy = async (client: ControlPlaneClient, policyName: string): Promise<void> => {
  const spare = (await versionsOf(client, policyName)).filter(({ isDefaultVersion }) => !isDefaultVersion);
  for (const { versionId } of spare) await client.call('DeletePolicyVersion', { policyName, policyVersionId: versionId });
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
