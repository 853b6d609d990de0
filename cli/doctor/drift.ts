import type { Drift } from '../../domain/account-ports.ts';
import { type Check, type Finding, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';

const ADVICE =
  'Find out who did it and why; then "npx cdk deploy --all", or change it back by hand where CloudFormation sees nothing to do.';

/** Whether anybody changed by hand what the stacks made, as far as CloudFormation can look into it. */
export const drift: Check = {
  name: 'drift',
  phases: ['after'],
  run: async ({ account, deployed }) =>
    lookAtEach([...(await deployed.stacks()).keys()], (stack) => ({
      at: `drift of the stack ${stack}`,
      findings: async () => {
        const drifted = await account.stacks.drift(stack);
        return drifted.length === 0
          ? [ok(`nothing in the stack ${stack} was changed behind its back`)]
          : drifted.map((one) => findingOf(stack, one));
      },
    })),
};

const findingOf = (stack: string, { logicalId, type, how, properties }: Drift): Finding => {
  const why =
    how === 'deleted' ? 'Somebody deleted it behind the back of CloudFormation.' : `Somebody changed it: ${properties.join(', ')}.`;
  return problem(`${type} ${logicalId} of the stack ${stack} is ${how}`, why, ADVICE);
};
