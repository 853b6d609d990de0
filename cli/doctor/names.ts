import type { Configuration } from '../../domain/configuration.ts';
import { operatorScopesOf } from '../../domain/configuration/configuration-operator-scopes.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import type { NamesInUse } from '../../domain/account-ports.ts';
import { type Check, type DoctorContext, type Finding, note, ok, problem } from './check.ts';
import { look, lookAtEach } from './look.ts';

const ADVICE = 'Delete it if a deployment that is gone left it behind; else choose another prefix in the configuration.';

/** Whether what the stacks are to make is there already, made by somebody else. */
export const names: Check = {
  name: 'names',
  phases: ['before', 'after'],
  run: async (context) => {
    const own = new Set((await context.deployed.resources()).map(({ physicalId }) => physicalId));
    const found = (await Promise.all([ofAwsIot(context, own), ofIam(context, own)])).flat();
    return found.length === 0
      ? [ok(`every name that begins with "${context.configuration.prefix}-" is free, or this deployment's`)]
      : found;
  },
};

const ofAwsIot = ({ account, configuration }: DoctorContext, own: ReadonlySet<string>): Promise<readonly Finding[]> =>
  look('the names in use at AWS IoT', async () => {
    const needed = namesNeeded(configuration);
    const inUse = await account.iot.namesInUse(`${configuration.prefix}-`);
    return kinds.flatMap((kind) => inUse[kind].filter((name) => !own.has(name)).map((name) => taken(kind, name, needed[kind].has(name))));
  });

const kinds = ['provisioning template', 'policy', 'thing group', 'thing type'] as const satisfies readonly (keyof NamesInUse)[];

const taken = (kind: string, name: string, isNeeded: boolean): Finding =>
  isNeeded
    ? problem(`the ${kind} "${name}" is not of this deployment`, 'The stacks make one of that name, and cannot.', ADVICE)
    : note(
        `the ${kind} "${name}" is not of this deployment`,
        'Its name begins as those of this deployment do, so its rights reach it.',
        ADVICE,
      );

const namesNeeded = ({ prefix, lines, tenants }: Configuration): Readonly<Record<keyof NamesInUse, ReadonlySet<string>>> => {
  const make = resourceNames(prefix);
  const allocated = lines.flatMap(({ name, allocation }) =>
    allocation.flatMap(({ group }) => (group === undefined ? [] : make.allocationGroup(name, group))),
  );
  return {
    'provisioning template': new Set(lines.map(({ name }) => make.template(name))),
    'thing type': new Set(lines.map(({ name }) => make.thingType(name))),
    'thing group': new Set([
      ...lines.map(({ name }) => make.lineGroup(name)),
      ...allocated,
      ...tenants.map(({ name }) => make.tenantGroup(name)),
      ...[make.quarantineGroup, make.probationGroup],
    ]),
    policy: new Set([
      ...lines.flatMap(({ name }) => [make.devicePolicy(name), make.claimPolicy(name)]),
      ...tenants.map(({ name }) => make.tenantPolicy(name)),
      ...[make.quarantinePolicy, make.probationPolicy],
    ]),
  };
};

/** Managed policies are an account's, not a region's: a deployment elsewhere has them, too. */
const ofIam = async ({ account, configuration }: DoctorContext, own: ReadonlySet<string>): Promise<readonly Finding[]> => {
  const { accountId, arn } = await account.caller();
  const partition = arn.split(':')[1] ?? 'aws';
  const policies = operatorScopesOf(configuration).map(({ name }) => resourceNames(configuration.prefix).operatorPolicy(name));
  return lookAtEach(policies, (name) => ({
    at: `the managed policy "${name}"`,
    findings: async () => {
      const policyArn = `arn:${partition}:iam::${accountId}:policy/${name}`;
      if (own.has(policyArn) || !(await account.hasManagedPolicy(policyArn))) return [];
      const why = 'The stacks make one of that name, and cannot. IAM has one set of names for all regions.';
      return [problem(`the managed policy "${name}" is not of this deployment`, why, ADVICE)];
    },
  }));
};
