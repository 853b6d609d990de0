import type { Configuration } from '../../domain/configuration.ts';
import { NEWEST_KEY_VERSIONS } from '../../lambdas/credential-renewal/environment.ts';
import type { ApproachDeployment, Foundation, RenewalFunction } from '../../lib/approach-deployment.ts';
import { DeviceAuthorizer } from '../../lib/connections/device-authorizer.ts';
import { derivesFrom, masterKey, usesMasterKeys } from '../../lib/connections/master-keys.ts';
import { TimeTopic } from '../../lib/connections/time-topic.ts';
import { type PskLine, pskSettingsOf } from './settings.ts';

/** A master key for each line and live version, where data is kept; and the authorizer that derives from them. */
export const deployPsk: ApproachDeployment = (scope, foundation) => {
  const { configuration, names, renewal } = foundation;
  const { lines, reservedConcurrency } = pskSettingsOf(configuration);
  for (const line of lines) masterKeysOf(foundation, line);
  const authorizer = new DeviceAuthorizer(scope, 'Authorizer', {
    ...{ foundation, reservedConcurrency },
    approach: 'psk',
    description: 'Muster: lets devices in that prove a key which derives from their names.',
    constants: { PSK_LINES: JSON.stringify(lines) },
    tableActions: ['dynamodb:UpdateItem'],
  });
  authorizer.allow(derivesFrom(lines.flatMap(({ name, keyVersions }) => keyVersions.map((version) => names.masterKey(name, version)))));
  usesMasterKeys(authorizer, configuration.prefix);
  new TimeTopic(scope, 'TimeTopic', foundation);
  if (renewal !== undefined) renewsKeys(renewal, foundation, lines.filter(isRotatedIn(configuration)));
};

const isRotatedIn =
  ({ lines }: Configuration) =>
  ({ name }: PskLine): boolean =>
    lines.some((line) => line.name === name && line.rotation !== undefined);

// It makes keys of the newest versions, and of no other.
const renewsKeys = (renewal: RenewalFunction, { configuration, names }: Foundation, lines: readonly PskLine[]): void => {
  if (lines.length === 0) return;
  const newest = lines.map(({ name, keyVersions }) => [name, Math.max(...keyVersions)] as const);
  renewal.allow(derivesFrom(newest.map(([name, version]) => names.masterKey(name, version))));
  usesMasterKeys(renewal, configuration.prefix);
  renewal.tell(NEWEST_KEY_VERSIONS, JSON.stringify(Object.fromEntries(newest)));
};

const masterKeysOf = ({ configuration, names, keeping }: Foundation, { name, keyVersions }: PskLine): void => {
  for (const version of keyVersions)
    masterKey(keeping.scope, `MasterKey-${name}-${version}`, {
      prefix: configuration.prefix,
      alias: names.masterKey(name, version),
      description: `Muster: what the keys of the devices of line ${name} derive from, version ${version}.`,
      removalPolicy: keeping.lifetime.removalPolicy,
    });
};
