import * as z from 'zod';
import { parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';
import { synchronousProvider } from '../../cloudformation/synchronous-provider.ts';
import type { AskIam } from '../../iam/access/guard-operations.ts';
import type { ParameterInput, ParameterStore } from '../parameter-store.ts';

const type = 'AWS::SSM::Parameter';

const schema = z.strictObject({
  Name: z.string().optional(),
  // CloudFormation cannot make a SecureString (template reference, AWS::SSM::Parameter).
  Type: z.enum(['String', 'StringList']),
  Value: stringProperty,
  Description: z.string().optional(),
  AllowedPattern: z.string().optional(),
  DataType: z.literal('text').optional(),
  Tier: z.literal('Standard').optional(),
  Tags: z.record(z.string(), z.string()).optional(),
});

const inputOf = (raw: Properties): Omit<ParameterInput, 'name' | 'shouldOverwrite'> & { readonly name: string | undefined } => {
  const { Name, Value, Type, Description, AllowedPattern } = parseProperties(type, schema, raw);
  return { name: Name, value: Value, type: Type, description: Description, allowedPattern: AllowedPattern };
};

/** `AWS::SSM::Parameter` */
export const parameterResource = (store: ParameterStore, ask: AskIam): ResourceProvider => {
  const put = (name: string, raw: Properties, shouldOverwrite: boolean): ResourceState => {
    ask('PutParameter', { Name: name });
    const parameter = store.put({ ...inputOf(raw), name, shouldOverwrite });
    return { physicalId: parameter.name, attributes: { Type: parameter.type, Value: parameter.value } };
  };
  return synchronousProvider({
    type,
    createOnly: ['Name'],
    create: (raw, context) => put(inputOf(raw).name ?? `CFN-${context.generateName(255)}`, raw, false),
    update: (state, { to }) => put(state.physicalId, to, true),
    delete: (state) => {
      ask('DeleteParameter', { Name: state.physicalId });
      if (store.find(state.physicalId) !== undefined) store.delete(state.physicalId);
    },
  });
};
