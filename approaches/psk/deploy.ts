import type { ApproachDeployment, Foundation } from '../../lib/approach-deployment.ts';
import { DeviceAuthorizer } from '../../lib/device-authorizer.ts';
import { derivesFrom, masterKey, usesMasterKeys } from '../../lib/master-keys.ts';
import { TimeTopic } from '../../lib/time-topic.ts';
import { type PskLine, pskSettingsOf } from './settings.ts';

/** A master key for each line and live version, where data is kept; and the authorizer that derives from them. */
export const deployPsk: ApproachDeployment = (scope, foundation) => {
  const { configuration, names } = foundation;
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
