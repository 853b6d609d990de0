import * as z from 'zod';
import { AwsError } from '../../aws-error.ts';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { publishMessage } from '../publish-message.ts';
import type { SnsDependencies } from '../sns-dependencies.ts';

const input = z.object({
  TopicArn: z.string().optional(),
  TargetArn: z.string().optional(),
  Message: z.string().default(''),
  Subject: z.string().optional(),
});

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html, to topics. */
export const publish =
  (dependencies: SnsDependencies): Operation =>
  (members) => {
    const { TopicArn, TargetArn, Message, Subject } = parseInput(input, members, 'InvalidParameter');
    const arn = TopicArn ?? TargetArn;
    if (arn === undefined)
      throw new AwsError('InvalidParameter', 'Invalid parameter: TopicArn or TargetArn Reason: no value for required parameter');
    return { MessageId: publishMessage(dependencies, dependencies.topics.get(arn), { body: Message, subject: Subject }) };
  };
