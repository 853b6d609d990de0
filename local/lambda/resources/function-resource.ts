import * as z from 'zod';
import { readLive } from '../../cloudformation/drift/read-live.ts';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { integerProperty, parseProperties, stringProperty, tagsProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider, ResourceState } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::Lambda::Function';

const strings = z.record(z.string(), stringProperty);

const schema = z.strictObject({
  Architectures: z.array(stringProperty).optional(),
  Code: z.strictObject({
    S3Bucket: stringProperty.optional(),
    S3Key: stringProperty.optional(),
    S3ObjectVersion: stringProperty.optional(),
    ZipFile: stringProperty.optional(),
  }),
  DeadLetterConfig: z.strictObject({ TargetArn: stringProperty.optional() }).optional(),
  Description: stringProperty.optional(),
  Environment: z.strictObject({ Variables: strings.optional() }).optional(),
  EphemeralStorage: z.strictObject({ Size: integerProperty }).optional(),
  FunctionName: stringProperty.optional(),
  Handler: stringProperty,
  KmsKeyArn: stringProperty.optional(),
  LoggingConfig: strings.optional(),
  MemorySize: integerProperty.optional(),
  PackageType: stringProperty.optional(),
  RecursiveLoop: stringProperty.optional(),
  ReservedConcurrentExecutions: integerProperty.optional(),
  Role: stringProperty,
  Runtime: stringProperty,
  RuntimeManagementConfig: strings.optional(),
  Tags: tagsProperty.default([]),
  Timeout: integerProperty.optional(),
  TracingConfig: strings.optional(),
});

type Wanted = z.output<typeof schema>;

const settingsOf = (wanted: Wanted): Readonly<Record<string, unknown>> => ({
  Architectures: wanted.Architectures,
  DeadLetterConfig: wanted.DeadLetterConfig,
  Description: wanted.Description ?? '',
  Environment: { Variables: wanted.Environment?.Variables ?? {} },
  EphemeralStorage: wanted.EphemeralStorage ?? { Size: 512 },
  Handler: wanted.Handler,
  KMSKeyArn: wanted.KmsKeyArn,
  LoggingConfig: wanted.LoggingConfig ?? {},
  MemorySize: wanted.MemorySize ?? 128,
  Role: wanted.Role,
  Runtime: wanted.Runtime,
  Timeout: wanted.Timeout ?? 3,
  TracingConfig: wanted.TracingConfig ?? { Mode: 'PassThrough' },
});

/** In a template `ZipFile` is source text for `index.js`; the API wants a zip, which the service makes of it. */
const codeOf = ({ ZipFile, ...s3 }: Wanted['Code']): Readonly<Record<string, unknown>> =>
  ZipFile === undefined ? s3 : { Source: ZipFile };

const tagsOf = (wanted: Wanted): Readonly<Record<string, string>> => Object.fromEntries(wanted.Tags.map((tag) => [tag.Key, tag.Value]));

const setConcurrency = async (call: CallOperation, FunctionName: string, wanted: Wanted): Promise<void> => {
  const { ReservedConcurrentExecutions } = wanted;
  if (ReservedConcurrentExecutions === undefined) await call('DeleteFunctionConcurrency', { FunctionName });
  else await call('PutFunctionConcurrency', { FunctionName, ReservedConcurrentExecutions });
};

const described = z.object({ FunctionArn: z.string() });

const create = async (call: CallOperation, wanted: Wanted, FunctionName: string): Promise<ResourceState> => {
  const members = { FunctionName, Code: codeOf(wanted.Code), Tags: tagsOf(wanted), PackageType: wanted.PackageType };
  const { FunctionArn } = described.parse(await call('CreateFunction', { ...settingsOf(wanted), ...members }));
  await setConcurrency(call, FunctionName, wanted);
  return { physicalId: FunctionName, attributes: { Arn: FunctionArn } };
};

const update = async (call: CallOperation, state: ResourceState, change: { from: Properties; to: Properties }): Promise<ResourceState> => {
  const from = parseProperties(type, schema, change.from);
  const to = parseProperties(type, schema, change.to);
  const FunctionName = state.physicalId;
  if (JSON.stringify(settingsOf(from)) !== JSON.stringify(settingsOf(to))) {
    await call('UpdateFunctionConfiguration', { ...settingsOf(to), FunctionName });
  }
  if (JSON.stringify(from.Code) !== JSON.stringify(to.Code)) await call('UpdateFunctionCode', { ...codeOf(to.Code), FunctionName });
  await setConcurrency(call, FunctionName, to);
  await call('UntagResource', { Resource: FunctionName, TagKeys: Object.keys(tagsOf(from)) });
  await call('TagResource', { Resource: FunctionName, Tags: tagsOf(to) });
  return state;
};

const live = z.object({
  ...{ Handler: z.string(), MemorySize: z.number(), Role: z.string(), Runtime: z.string(), Timeout: z.number() },
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
  ReservedConcurrentExecutions: z.number().optional(),
});

const liveFunction = async (call: CallOperation, FunctionName: string): Promise<object> => ({
  ReservedConcurrentExecutions: undefined,
  ...(await call('GetFunctionConfiguration', { FunctionName })),
  ...(await call('GetFunctionConcurrency', { FunctionName })),
});

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html */
export const functionResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: ['FunctionName', 'PackageType'],
  create: async (properties, context) => {
    const wanted = parseProperties(type, schema, properties);
    return create(call, wanted, wanted.FunctionName ?? context.generateName(64));
  },
  update: (state, change) => update(call, state, change),
  read: ({ physicalId: FunctionName }) =>
    readLive(liveFunction(call, FunctionName), ['ResourceNotFoundException'], (output) => live.parse(output)),
  delete: async (state) => {
    await tolerating(['ResourceNotFoundException'], call('DeleteFunction', { FunctionName: state.physicalId }));
  },
});
