import * as z from 'zod';
import type { Operation } from '../../gateway/operation.ts';
import { parseInput } from '../../gateway/parse-input.ts';
import { confirmWith } from '../confirmation.ts';
import type { SnsDependencies } from '../sns-dependencies.ts';

const input = z.object({ TopicArn: z.string(), Token: z.string() });

/** https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html */
export const confirmSubscription =
  (dependencies: SnsDependencies): Operation =>
  (members) => {
    const { TopicArn, Token } = parseInput(input, members, 'InvalidParameter');
    return { SubscriptionArn: confirmWith(dependencies, TopicArn, Token).arn };
  };
