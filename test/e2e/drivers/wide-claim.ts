import { randomUUID } from 'node:crypto';
import { AttachPolicyCommand, CreatePolicyCommand, DescribeCertificateCommand } from '@aws-sdk/client-iot';
import type { ClaimCredential } from './claim-connection.ts';
import { type Stage, aClaim } from './stage.ts';

/** Makes a claim that may ask any template, as a careless policy would let it. */
export const aWideClaim = async (stage: Stage, line: string, quota: number): Promise<ClaimCredential> => {
  const { iot, shared } = stage;
  const { accountId, region } = shared.account;
  const resource = (kind: string) => `arn:aws:iot:${region}:${accountId}:${kind}/$aws/provisioning-templates/*`;
  const Statement = [
    { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: resource('topic') },
    { Effect: 'Allow', Action: 'iot:Subscribe', Resource: resource('topicfilter') },
  ];
  const policyName = `e2e-any-template-${randomUUID()}`;
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
  const claim = await aClaim(stage, line, quota);
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId: claim.certificateId }));
  await iot.send(new AttachPolicyCommand({ policyName, target: certificateDescription?.certificateArn }));
  return claim;
};
