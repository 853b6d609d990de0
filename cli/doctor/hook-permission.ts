import { type Check, ok, problem } from './check.ts';
import { letsIn } from './lets-in.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

/** Whether AWS IoT may call the hook for each template: without that it refuses every device. */
export const hookPermission: Check = {
  name: 'hook-permission',
  phases: ['after'],
  run: async ({ account, deployed }) =>
    lookAtEach((await deployed.resources()).filter(isOfType('AWS::IoT::ProvisioningTemplate')), ({ physicalId: name }) => ({
      at: `who may call the hook of "${name}"`,
      findings: async () => {
        const template = await account.iot.template(name);
        // Of both another check tells.
        if (template?.hook === undefined) return [];
        const found = await account.functionPolicy(template.hook);
        if (found !== undefined && letsIn(found, template.arn)) return [ok(`AWS IoT may call the hook for "${name}"`)];
        const why = 'Somebody took the permission away. AWS IoT then refuses every device of the line, and says no more.';
        return [problem(`AWS IoT may not call the hook for "${name}"`, why, 'Take the change back by hand, or deploy the line anew.')];
      },
    })),
};
