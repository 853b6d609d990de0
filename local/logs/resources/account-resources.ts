import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { jsonTextProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

const policyType = 'AWS::Logs::ResourcePolicy';
const policy = z.strictObject({ PolicyDocument: jsonTextProperty, PolicyName: stringProperty });

const putPolicy = async (call: CallOperation, properties: Properties): Promise<string> => {
  const { PolicyName, PolicyDocument } = parseProperties(policyType, policy, properties);
  await call('PutResourcePolicy', { policyName: PolicyName, policyDocument: PolicyDocument });
  return PolicyName;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-resourcepolicy.html */
export const resourcePolicyResource = (call: CallOperation): ResourceProvider => ({
  type: policyType,
  createOnly: ['PolicyName'],
  create: async (properties) => ({ physicalId: await putPolicy(call, properties), attributes: {} }),
  update: async (state, { to }) => {
    await putPolicy(call, to);
    return state;
  },
  delete: async (state) => {
    await tolerating(['ResourceNotFoundException'], call('DeleteResourcePolicy', { policyName: state.physicalId }));
  },
});

const queryType = 'AWS::Logs::QueryDefinition';

const query = z.strictObject({
  LogGroupNames: z.array(stringProperty).optional(),
  Name: stringProperty,
  QueryLanguage: stringProperty.optional(),
  QueryString: stringProperty,
});

const stored = z.object({ queryDefinitionId: z.string() });

const putQuery = async (call: CallOperation, properties: Properties, queryDefinitionId?: string): Promise<string> => {
  const { Name, QueryString, LogGroupNames } = parseProperties(queryType, query, properties);
  const members = { name: Name, queryString: QueryString, logGroupNames: LogGroupNames, queryDefinitionId };
  return stored.parse(await call('PutQueryDefinition', members)).queryDefinitionId;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-logs-querydefinition.html */
export const queryDefinitionResource = (call: CallOperation): ResourceProvider => ({
  type: queryType,
  createOnly: [],
  create: async (properties) => {
    const id = await putQuery(call, properties);
    return { physicalId: id, attributes: { QueryDefinitionId: id } };
  },
  update: async (state, { to }) => {
    await putQuery(call, to, state.physicalId);
    return state;
  },
  delete: async (state) => {
    await tolerating(['ResourceNotFoundException'], call('DeleteQueryDefinition', { queryDefinitionId: state.physicalId }));
  },
});
