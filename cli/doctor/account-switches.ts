import type { AccountSwitches } from '../../domain/account-ports.ts';
import type { Configuration } from '../../domain/configuration.ts';
import { isDomainConfigurationOf } from '../../domain/domain-configuration.ts';
import { SHARED_USE_CHECK } from '../../domain/defender/audited-checks.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { stackNames } from '../../domain/stack-names.ts';
import { type Check, type Finding, note, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';

/** Settings that the account has once and shares: Muster changes none of them, but some reach its devices. */
export const accountSwitches: Check = {
  name: 'account-switches',
  phases: ['before', 'after'],
  run: async ({ account: { iot }, configuration }) => {
    const found = await lookAtEach(switches, ({ at, judge }) => ({ at, findings: () => judge(iot, configuration) }));
    return found.length === 0 ? [ok('no account-wide setting of AWS IoT reaches into this deployment')] : found;
  },
};

interface Switch {
  readonly at: string;
  readonly judge: (iot: AccountSwitches, configuration: Configuration) => Promise<readonly Finding[]>;
}

const named = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

/** How AWS IoT logs is not how the configuration wants it. */
const unlikeWanted = (logging: { readonly role?: string } | undefined, { accountWide, prefix }: Configuration): Finding | undefined => {
  const { iotLogging } = accountWide;
  if (iotLogging === 'use' && logging === undefined)
    return problem(
      'AWS IoT logs nothing',
      'The configuration wants its log read: accountWide.iotLogging is "use".',
      'Switch it on, or write "manage".',
    );
  // CloudFormation begins the name of the role with the stack's.
  const isOurs = logging?.role?.includes(`:role/${stackNames(prefix).audit}-`) === true;
  if (iotLogging !== 'manage' || logging === undefined || isOurs) return undefined;
  const why = 'An account and region has one log of AWS IoT: the deployment ends where it would switch ours on, and theirs stays.';
  return problem(`AWS IoT logs with the role ${logging.role ?? ''} of somebody else`, why, 'Write accountWide: { iotLogging: "use" }.');
};

const ASK = 'Talk to whoever set it, and try one device before a batch.';

const switches: readonly Switch[] = [
  {
    at: 'certificate providers',
    judge: async (iot, { prefix }) => {
      const own = resourceNames(prefix).certificateProvider;
      const providers = (await iot.certificateProviders()).filter((name) => name !== own);
      const why = 'A certificate provider signs every certificate of the account that is made from a CSR, those of your devices too.';
      const todo = 'Have it removed, or deploy to an account of your own.';
      return providers.length === 0 ? [] : [problem(`the certificate provider ${named(providers)} signs in place of AWS IoT`, why, todo)];
    },
  },
  {
    at: 'the default authorizer',
    judge: async (iot) => {
      const authorizer = await iot.defaultAuthorizer();
      const why = 'It is asked about connections that name no authorizer; those with a client certificate are not among them.';
      return authorizer === undefined ? [] : [note(`the account has the default authorizer "${authorizer}"`, why, ASK)];
    },
  },
  {
    at: 'event configurations',
    judge: async (iot) => {
      const kinds = await iot.registryEvents();
      const why = 'AWS IoT publishes a message for each such change of the registry, several per device that comes in, and bills them.';
      return kinds.length === 0 ? [] : [note(`registry events are on: ${kinds.join(', ')}`, why, 'Nothing, if somebody listens to them.')];
    },
  },
  {
    at: 'logging options',
    judge: async (iot, configuration) => {
      const logging = await iot.logging();
      const unlike = unlikeWanted(logging, configuration);
      if (unlike !== undefined) return [unlike];
      const why = 'At this level AWS IoT logs every message, topics and client ids of your devices among it, and bills it.';
      return logging?.level === 'DEBUG' || logging?.level === 'INFO'
        ? [note(`AWS IoT logs at the level ${logging.level}`, why, 'Use it while you look for something, then set WARN or ERROR.')]
        : [];
    },
  },
  {
    at: 'audit configuration',
    judge: async (iot, { accountWide }) => {
      // Where they are ours, claims are suppressed as they are made.
      if (accountWide.deviceDefender !== undefined) return [];
      const { enabled: checks } = await iot.audits();
      const why = 'Claim certificates are shared by design, and the audit of AWS IoT Device Defender will report them.';
      return checks.includes(SHARED_USE_CHECK)
        ? [note('the audit looks for certificates that are shared', why, 'Suppress that finding for the claim certificates.')]
        : [];
    },
  },
  {
    at: 'domain configurations',
    judge: async (iot, { prefix }) => {
      const others = (await iot.domainConfigurations()).filter(({ name }) => !isDomainConfigurationOf(prefix, name));
      const enabled = others.filter(({ isEnabled }) => isEnabled).map(({ name }) => name);
      const why = 'Devices can connect there, too, under rules for TLS and authentication that are not those of the account endpoint.';
      return enabled.length === 0 ? [] : [note(`the account has domain configurations of its own: ${named(enabled)}`, why, ASK)];
    },
  },
];
