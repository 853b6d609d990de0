import { type Check, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

const ADVICE = 'Attach it by hand at once: CloudFormation does not see that it is gone.';

/** Whether the groups that restrict or widen what devices may do still do. Such a group and its policy have one name. */
export const groupPolicies: Check = {
  name: 'group-policies',
  phases: ['after'],
  run: async ({ account, deployed }) => {
    const resources = await deployed.resources();
    const policies = new Set(resources.filter(isOfType('AWS::IoT::Policy')).map(({ physicalId }) => physicalId));
    const groups = resources.filter(isOfType('AWS::IoT::ThingGroup')).filter(({ physicalId }) => policies.has(physicalId));
    return lookAtEach(groups, ({ physicalId: name }) => ({
      at: `the policies of the thing group "${name}"`,
      findings: async () => {
        const attached = await account.iot.groupPolicies(name);
        if (attached === undefined)
          return [problem(`the thing group "${name}" is gone`, 'Devices in it are no longer held to its policy.', 'npx cdk deploy --all')];
        if (attached.includes(name)) return [ok(`the policy "${name}" is attached to its group`)];
        return [problem(`the policy "${name}" is not attached to its group`, 'Devices in the group are no longer held to it.', ADVICE)];
      },
    }));
  },
};
