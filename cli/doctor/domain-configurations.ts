import type { DomainConfigurationState } from '../../domain/account-ports.ts';
import { DOMAIN_TYPE, isDomainConfigurationOf } from '../../domain/domain-configuration.ts';
import { type Check, type Finding, note, ok, problem } from './check.ts';
import { look } from './look.ts';
import { isOfType } from './of-type.ts';

/** AWS IoT deletes none sooner whose host name it chose (DG:iot-custom-endpoints-managed). */
const KEPT_MS = 7 * 24 * 3600 * 1000;

const REPAIR = 'muster doctor --repair';

/** Whether host names of authorizers are open as long as their stack is there, and no longer. They outlive it. */
export const domainConfigurations: Check = {
  name: 'domain-configurations',
  phases: ['before', 'after'],
  run: ({ account, deployed, configuration: { prefix } }) =>
    look('domain configurations', async () => {
      const found = (await account.iot.domainConfigurations()).filter(({ name }) => isDomainConfigurationOf(prefix, name));
      const used = new Set((await deployed.resources()).filter(isOfType(DOMAIN_TYPE)).map(({ physicalId }) => physicalId));
      const missing = [...used].filter((name) => found.every((one) => one.name !== name)).map(gone);
      const findings = [...found.map((one) => (used.has(one.name) ? inUse(one) : leftBehind(one))), ...missing];
      return findings.length === 0 ? [ok('no domain configuration is this deployment’s')] : findings;
    }),
};

const inUse = ({ name, hostName, isEnabled }: DomainConfigurationState): Finding =>
  isEnabled
    ? ok(`the domain configuration "${name}" is enabled; devices connect to ${hostName}`)
    : problem(
        `the domain configuration "${name}" is disabled`,
        `Devices that connect to ${hostName} are refused. CloudFormation does not see it.`,
        `aws iot update-domain-configuration --domain-configuration-name ${name} --domain-configuration-status ENABLED`,
      );

const gone = (name: string): Finding =>
  problem(
    `the domain configuration "${name}" is gone`,
    'Its devices dial a host name that is no more.',
    'Deploy without it, then with it again; the host name is another.',
  );

const leftBehind = ({ name, hostName, isEnabled, isManaged, statusChangedAt }: DomainConfigurationState): Finding => {
  if (isEnabled)
    return {
      ...problem(`the domain configuration "${name}" is enabled, and no stack has it`, `It still answers at ${hostName}.`, REPAIR),
      repair: { does: `disable the domain configuration "${name}"`, name, by: 'close' },
    };
  const from = statusChangedAt + (isManaged ? KEPT_MS : 0);
  const why = `A deployment of this prefix finds it again, and its host name ${hostName}. It may be deleted from ${new Date(from).toISOString()} on.`;
  return {
    ...note(`the domain configuration "${name}" is disabled, and no stack has it`, why, `Nothing, if you deploy again; else ${REPAIR}`),
    repair: { does: `delete the domain configuration "${name}"`, name, by: 'remove', notBefore: from },
  };
};
