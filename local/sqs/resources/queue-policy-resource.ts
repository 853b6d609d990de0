import * as z from 'zod';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { jsonTextProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { Properties, ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::SQS::QueuePolicy';

const schema = z.strictObject({ PolicyDocument: jsonTextProperty, Queues: z.array(stringProperty).min(1) });

const putOn = async (call: CallOperation, properties: Properties): Promise<void> => {
  const { PolicyDocument, Queues } = parseProperties(type, schema, properties);
  for (const QueueUrl of Queues) await call('SetQueueAttributes', { QueueUrl, Attributes: { Policy: PolicyDocument } });
};

const takeFrom = async (call: CallOperation, queueUrls: readonly string[]): Promise<void> => {
  for (const QueueUrl of queueUrls) {
    await tolerating(['QueueDoesNotExist'], call('SetQueueAttributes', { QueueUrl, Attributes: { Policy: '' } }));
  }
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export const queuePolicyResource = (call: CallOperation): ResourceProvider => ({
  type,
  createOnly: [],
  create: async (properties, context) => {
    await putOn(call, properties);
    return { physicalId: context.generateName(128), attributes: {} };
  },
  update: async (state, { from, to }) => {
    const kept = new Set(parseProperties(type, schema, to).Queues);
    await takeFrom(
      call,
      parseProperties(type, schema, from).Queues.filter((url) => !kept.has(url)),
    );
    await putOn(call, to);
    return state;
  },
  delete: async (_state, properties) => takeFrom(call, parseProperties(type, schema, properties).Queues),
});
