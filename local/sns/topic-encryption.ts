import type { Account } from '../account.ts';
import { AwsError } from '../aws-error.ts';
import type { AccessRequest } from '../iam/access/access-request.ts';
import type { KeyUse, KeyUseRequest } from '../kms/key-use.ts';
import type { Topic } from './topic.ts';

/** The key that SNS has itself: every principal of the account may use it through SNS, and no service. */
const ownKey = 'alias/aws/sns';

const keyOf = (topic: Topic | undefined): string | undefined => topic?.attributes.get('KmsMasterKeyId');

const useOf = (key: string, topic: Topic, service: string): KeyUseRequest => ({
  ...{ key, service, actions: ['kms:GenerateDataKey', 'kms:Decrypt'] },
  encryptionContext: { 'aws:sns:topicArn': topic.arn },
});

/** Who may publish to a topic that is encrypted (SNS Developer Guide, "Managing Amazon SNS encryption keys and costs"). */
export interface TopicEncryption {
  /** What a caller needs besides `sns:Publish`. */
  neededBy(topic: Topic | undefined): readonly AccessRequest[];
  /** Throws `AwsError` unless the key lets a service in under its own name. */
  requireOpenTo(topic: Topic, principal: string): void;
}

/** `keyUse`: absent where keys are not judged here. */
export const topicEncryption = ({ region }: Account, keyUse: KeyUse | undefined): TopicEncryption => ({
  neededBy: (topic) => {
    const key = keyOf(topic);
    if (topic === undefined || key === undefined || key.endsWith(ownKey) || keyUse === undefined) return [];
    return keyUse.forCaller(useOf(key, topic, `sns.${region}.amazonaws.com`));
  },
  requireOpenTo: (topic, principal) => {
    const key = keyOf(topic);
    if (key === undefined || keyUse === undefined) return;
    if (!key.endsWith(ownKey) && keyUse.isOpenTo(useOf(key, topic, principal))) return;
    throw new AwsError('KMSAccessDenied', `${principal} is not allowed to use the key of ${topic.arn} (Service: AWSKMS).`);
  },
});
