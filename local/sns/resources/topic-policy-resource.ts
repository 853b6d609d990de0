import * as z from 'zod';
import { attachedPolicyProvider } from '../../cloudformation/attached-policy-provider.ts';
import type { CallOperation } from '../../cloudformation/call-operation.ts';
import { tolerating } from '../../cloudformation/call-operation.ts';
import { jsonTextProperty, parseProperties, stringProperty } from '../../cloudformation/property-types.ts';
import type { ResourceProvider } from '../../cloudformation/resource-provider.ts';

const type = 'AWS::SNS::TopicPolicy';

const schema = z.strictObject({ PolicyDocument: jsonTextProperty, Topics: z.array(stringProperty).min(1) });

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sns-topicpolicy.html */
export const topicPolicyResource = (call: CallOperation): ResourceProvider => {
  const put = (TopicArn: string, AttributeValue: string): Promise<object> =>
    call('SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue });
  return attachedPolicyProvider({
    type,
    read: (properties) => {
      const { PolicyDocument, Topics } = parseProperties(type, schema, properties);
      return { policyDocument: PolicyDocument, targets: Topics };
    },
    put,
    remove: (topicArn) => tolerating(['NotFound'], put(topicArn, '')),
  });
};
