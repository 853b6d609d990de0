import * as z from 'zod';
import { attachedPolicyProvider } from '../../cloudformation/attached-policy-provider.ts';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { jsonTextProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::SQS::QueuePolicy';

const schema = z.strictObject({ PolicyDocument: jsonTextProperty, Queues: z.array(stringProperty).min(1) });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queuepolicy.html */
export const queuePolicyResource = (call: CallOperation): ResourceProvider => {
  const put = (QueueUrl: string, Policy: string): Promise<object> => call('SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
  return attachedPolicyProvider({
    type,
    read: (properties) => {
      const { PolicyDocument, Queues } = parseProperties(type, schema, properties);
      return { policyDocument: PolicyDocument, targets: Queues };
    },
    put,
    remove: (queueUrl) => tolerating(['QueueDoesNotExist'], put(queueUrl, '')),
  });
};
