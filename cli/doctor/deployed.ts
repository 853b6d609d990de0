import type { AccountReads, StackResource, StackState } from '../../domain/account-ports.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { authorityStackName, stackNames } from '../../domain/stack-names.ts';
import type { Deployed } from './check.ts';

/** What is deployed of a configuration; read when it is first asked for, and once. */
export const readDeployed = ({ stacks }: AccountReads, { prefix }: Configuration): Deployed => {
  let [found, resources]: [Promise<ReadonlyMap<string, StackState>> | undefined, Promise<readonly StackResource[]> | undefined] = [
    undefined,
    undefined,
  ];
  const readStacks = async (): Promise<ReadonlyMap<string, StackState>> => {
    const names = [...Object.values(stackNames(prefix)), authorityStackName(prefix)];
    const states = await Promise.all(names.map(async (name) => ({ name, state: await stacks.stack(name) })));
    return new Map(states.flatMap(({ name, state }) => (state === undefined ? [] : [[name, state] as const])));
  };
  const readResources = async (): Promise<readonly StackResource[]> => {
    const names = [...(await (found ??= readStacks())).keys()];
    return (await Promise.all(names.map((name) => stacks.resources(name)))).flat();
  };
  return { stacks: () => (found ??= readStacks()), resources: () => (resources ??= readResources()) };
};
