import { randomUUID } from 'node:crypto';
import {
  CreateProvisioningTemplateCommand,
  DeleteProvisioningTemplateCommand,
  DescribeProvisioningTemplateCommand,
} from '@aws-sdk/client-iot';
import type { ReasonCode } from '../../../domain/reason-code.ts';
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
