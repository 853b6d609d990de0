import type { ProvisioningHook } from '@aws-sdk/client-iot';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { invalidRequest } from '../refusals.ts';
import type { ProvisioningTemplate } from '../registry/records.ts';
import type { ValidInput } from '../valid-input.ts';
import type { IotServices } from './operation.ts';

/** GR, neither adjustable. */
export const maximumTemplates = 256;
export const maximumTemplateVersions = 5;

const functionArn = /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;

const roleArn = /^arn:[\w-]+:iam::\d{12}:role\/.+$/;

/** DG:provision-wo-cert: a role that trusts the service principal of AWS IoT. */
export const checkProvisioningRole = ({ roles, behaviour }: Pick<IotServices, 'roles' | 'behaviour'>, arn: string): void => {
  if (!roleArn.test(arn)) throw invalidRequest(`provisioningRoleArn '${arn}' is not the ARN of a role.`);
  if (behaviour['template.role-is-checked-when-given'] && !roles.isAssumable(arn)) {
    throw invalidRequest(`AWS IoT cannot assume the role ${arn}: it must exist and its trust policy must name iot.amazonaws.com.`);
  }
};

/** SDK CreateProvisioningTemplate: hooks exist only for templates of type FLEET_PROVISIONING. */
export const hookOf = (
  hook: ValidInput<ProvisioningHook> | undefined,
  { type, behaviour }: Pick<ProvisioningTemplate, 'type'> & { readonly behaviour: IotBehaviour },
): ProvisioningTemplate['hook'] => {
  if (hook === undefined) return undefined;
  if (type !== 'FLEET_PROVISIONING') throw invalidRequest(`A template of type ${type} cannot have a pre-provisioning hook.`);
  if (!functionArn.test(hook.targetArn)) throw invalidRequest(`targetArn '${hook.targetArn}' is not the ARN of a Lambda function.`);
  const versions = behaviour['template.hook-payload-versions'];
  const payloadVersion = hook.payloadVersion ?? versions[0] ?? '';
  if (!versions.includes(payloadVersion)) {
    throw invalidRequest(`payloadVersion '${payloadVersion}' of the hook is not one of ${versions.join(', ')}.`);
  }
  return { targetArn: hook.targetArn, payloadVersion };
};
