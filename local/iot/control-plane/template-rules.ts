import type { ProvisioningHook } from '@aws-sdk/client-iot';
import { parseTemplateBody } from '../provisioning/template/parse-template.ts';
import { invalidRequest } from '../refusals.ts';
import type { ProvisioningTemplate } from '../registry/records.ts';
import type { ValidInput } from '../valid-input.ts';

/** GR, neither adjustable. */
export const maximumTemplates = 256;
export const maximumTemplateVersions = 5;

const functionArn = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;

const roleArn = /^arn:[\w-]+:iam::\d{12}:role\/.+$/;

// The version that the guide's examples use; the SDK marks the member optional.
const defaultPayloadVersion = '2020-04-01';

/** Refuses a body by which no device could be provisioned: a fleet must not learn that one by one. */
export const checkTemplateBody = (templateBody: string): void => {
  parseTemplateBody(templateBody);
};

export const checkProvisioningRole = (arn: string): void => {
  if (!roleArn.test(arn)) throw invalidRequest(`provisioningRoleArn '${arn}' is not the ARN of a role.`);
};

/** SDK CreateProvisioningTemplate: hooks exist only for templates of type FLEET_PROVISIONING. */
export const hookOf = (
  hook: ValidInput<ProvisioningHook> | undefined,
  type: ProvisioningTemplate['type'],
): ProvisioningTemplate['hook'] => {
  if (hook === undefined) return undefined;
  if (type !== 'FLEET_PROVISIONING') throw invalidRequest(`A template of type ${type} cannot have a pre-provisioning hook.`);
  if (!functionArn.test(hook.targetArn)) throw invalidRequest(`targetArn '${hook.targetArn}' is not the ARN of a Lambda function.`);
  return { targetArn: hook.targetArn, payloadVersion: hook.payloadVersion ?? defaultPayloadVersion };
};
