import * as z from 'zod';
import type { CallOperation } from '../cloudformation/call-operation.ts';
import { tolerating } from '../cloudformation/call-operation.ts';
import { booleanProperty, integerProperty, parseProperties, stringProperty } from '../cloudformation/property-types.ts';
import type { ResourceProvider } from '../cloudformation/resource-provider.ts';
import { refusal } from './workgroups.ts';

const groupType = 'AWS::Athena::WorkGroup';

const configuration = z.strictObject({
  BytesScannedCutoffPerQuery: integerProperty.optional(),
  EnforceWorkGroupConfiguration: booleanProperty.optional(),
  EngineVersion: z.strictObject({ SelectedEngineVersion: stringProperty }).optional(),
  PublishCloudWatchMetricsEnabled: booleanProperty.optional(),
  RequesterPaysEnabled: booleanProperty.optional(),
  ResultConfiguration: z
    .strictObject({
      EncryptionConfiguration: z.strictObject({ EncryptionOption: stringProperty, KmsKey: stringProperty.optional() }).optional(),
      ExpectedBucketOwner: stringProperty.optional(),
      OutputLocation: stringProperty.optional(),
    })
    .optional(),
});

const group = z.strictObject({
  Name: stringProperty,
  Description: stringProperty.optional(),
  RecursiveDeleteOption: booleanProperty.default(false),
  WorkGroupConfiguration: configuration.optional(),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-athena-workgroup.html */
export const workGroupResource = (call: CallOperation): ResourceProvider => ({
  type: groupType,
  createOnly: ['Name'],
  create: async (properties) => {
    const { Name, Description, WorkGroupConfiguration: Configuration } = parseProperties(groupType, group, properties);
    await call('CreateWorkGroup', { Name, Description, Configuration });
    return { physicalId: Name, attributes: {} };
  },
  update: async (state, { to }) => {
    const { Name: WorkGroup, Description, WorkGroupConfiguration: ConfigurationUpdates } = parseProperties(groupType, group, to);
    await call('UpdateWorkGroup', { WorkGroup, Description, ConfigurationUpdates });
    return state;
  },
  delete: async (state, properties) => {
    const { RecursiveDeleteOption } = parseProperties(groupType, group, properties);
    // Athena says "invalid" of a group that is gone, and of one that is not empty.
    const { physicalId: WorkGroup } = state;
    const isThere = await call('GetWorkGroup', { WorkGroup }).then(
      () => true,
      () => false,
    );
    if (isThere) await call('DeleteWorkGroup', { WorkGroup, RecursiveDeleteOption });
  },
});

const queryType = 'AWS::Athena::NamedQuery';

const query = z.strictObject({
  Database: stringProperty,
  Description: stringProperty.optional(),
  Name: stringProperty.optional(),
  QueryString: stringProperty,
  WorkGroup: stringProperty.optional(),
});

const saved = z.object({ NamedQueryId: z.string() });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-athena-namedquery.html */
export const namedQueryResource = (call: CallOperation): ResourceProvider => ({
  type: queryType,
  createOnly: ['Database', 'Description', 'Name', 'QueryString', 'WorkGroup'],
  create: async (properties, context) => {
    const { Name = context.generateName(128), ...described } = parseProperties(queryType, query, properties);
    const { NamedQueryId } = saved.parse(await call('CreateNamedQuery', { Name, ...described }));
    return { physicalId: NamedQueryId, attributes: { NamedQueryId } };
  },
  update: (state) => Promise.resolve(state),
  delete: async (state) => {
    // Deleted with its group, perhaps.
    await tolerating([refusal], call('DeleteNamedQuery', { NamedQueryId: state.physicalId }));
  },
});
