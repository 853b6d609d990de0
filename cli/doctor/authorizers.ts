import type { AccountReads, AuthorizerState } from '../../domain/account-ports.ts';
import { type Check, type Finding, ok, problem } from './check.ts';
import { letsIn } from './lets-in.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

const AGAIN = 'Find out who did it and why; then take it back by hand, because CloudFormation may not see it.';

/** Whether the authorizers that devices name are there, active, ask our functions, and may. */
export const authorizers: Check = {
  name: 'authorizers',
  phases: ['after'],
  run: async ({ account, deployed }) => {
    const resources = await deployed.resources();
    const functions = new Set(resources.filter(isOfType('AWS::Lambda::Function')).map(({ physicalId }) => physicalId));
    return lookAtEach(resources.filter(isOfType('AWS::IoT::Authorizer')), ({ physicalId: name }) => ({
      at: `the authorizer "${name}"`,
      findings: async () => judge(account, { name, functions, found: await account.iot.authorizer(name) }),
    }));
  },
};

interface Subject {
  readonly name: string;
  readonly functions: ReadonlySet<string>;
  readonly found: AuthorizerState | undefined;
}

const judge = async (account: AccountReads, { name, functions, found }: Subject): Promise<readonly Finding[]> => {
  const refused = 'AWS IoT refuses every device that names it, and says no more.';
  if (found === undefined) return [problem(`the authorizer "${name}" is gone`, refused, 'npx cdk deploy --all')];
  if (!found.isActive) return [problem(`the authorizer "${name}" is not active`, refused, AGAIN)];
  const { functionArn, arn } = found;
  if (!functions.has(functionArn.split(':')[6] ?? ''))
    return [problem(`the authorizer "${name}" asks a function that is not ours`, `Who lets devices in is ${functionArn}.`, AGAIN)];
  const policy = await account.functionPolicy(functionArn);
  if (policy === undefined || !letsIn(policy, arn))
    return [problem(`AWS IoT may not call the function of the authorizer "${name}"`, refused, AGAIN)];
  return [ok(`the authorizer "${name}" is active and asks our function`)];
};
