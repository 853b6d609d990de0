import { randomUUID } from 'node:crypto';
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  CreateProvisioningTemplateCommand,
  DeleteProvisioningTemplateCommand,
  DescribeCertificateCommand,
  DescribeProvisioningTemplateCommand,
} from '@aws-sdk/client-iot';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import type { ClaimCredential } from '../drivers/claim-connection.ts';
import type { Stage } from '../drivers/stage.ts';
import type { BadRequest } from './attempt.ts';

const name = (what: string): string => `e2e-${what}-${randomUUID().slice(0, 8)}`;

/** Copies of a line's template that somebody else put beside it: hook and role are Muster's own. */
export const strayTemplates = { disabled: name('off'), uninvited: name('guest') };

export const makeStrayTemplates = async ({ iot }: Stage): Promise<void> => {
  const { templateBody, provisioningRoleArn, preProvisioningHook } = await iot.send(
    new DescribeProvisioningTemplateCommand({ templateName: 'muster-sensor' }),
  );
  const copy = (templateName: string, enabled: boolean) =>
    iot.send(new CreateProvisioningTemplateCommand({ templateName, templateBody, provisioningRoleArn, preProvisioningHook, enabled }));
  await Promise.all([copy(strayTemplates.disabled, false), copy(strayTemplates.uninvited, true)]);
};

export const removeStrayTemplates = async ({ iot }: Stage): Promise<void> => {
  for (const templateName of Object.values(strayTemplates)) await iot.send(new DeleteProvisioningTemplateCommand({ templateName }));
};

/** Lets a claim ask any template, as a careless policy would. Must come before its first connection: AWS IoT caches policies. */
export const widen = async ({ iot, shared }: Stage, { certificateId }: ClaimCredential): Promise<void> => {
  const { accountId, region } = shared.account;
  const resource = (kind: string) => `arn:aws:iot:${region}:${accountId}:${kind}/$aws/provisioning-templates/*`;
  const policyName = name('wide');
  const Statement = [
    { Effect: 'Allow', Action: ['iot:Publish', 'iot:Receive'], Resource: resource('topic') },
    { Effect: 'Allow', Action: 'iot:Subscribe', Resource: resource('topicfilter') },
  ];
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
  const { certificateDescription } = await iot.send(new DescribeCertificateCommand({ certificateId }));
  await iot.send(new AttachPolicyCommand({ policyName, target: certificateDescription?.certificateArn }));
};

const asking = (what: string, template: string, answer: BadRequest['answer'], reason?: ReasonCode): BadRequest => ({
  what: `a template ${what}`,
  answer,
  template,
  ...(reason === undefined ? {} : { reason }),
  send: async ({ connection, serial, issue }) =>
    connection.registerThing((await issue()).certificateOwnershipToken, { SerialNumber: serial }),
});

/** Templates that a device of the line sensor has no business with. */
export const badTemplates: readonly BadRequest[] = [
  asking('that is unknown', 'e2e-unknown', 404),
  asking('that is disabled', strayTemplates.disabled, 403),
  asking("of another line, whose hook sees the claim's line", 'muster-gateway', 403, 'claim-of-another-line'),
  // The resource policy of the hook names our templates, so that Lambda refuses before the hook runs.
  asking('that is not ours, with our hook', strayTemplates.uninvited, 403),
];
