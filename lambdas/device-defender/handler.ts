import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { openDefenderPorts } from '../../aws/open/defender-ports.ts';
import { readBuiltConfiguration } from '../operations/built-configuration.ts';
import { parseEnvironment } from '../suspicion/environment.ts';
import { openSuspicion } from '../suspicion/open-suspicion.ts';
import { createDeviceDefender } from './device-defender.ts';

const { TABLE_NAME: tableName } = parseEnvironment(process.env);
const configuration = readBuiltConfiguration(process.env['CONFIGURATION']);

export const handler = createDeviceDefender({
  ...openSuspicion(configuration, createDynamoDbClient(), tableName),
  actionOf: (line) => configuration.lines.find(({ name }) => name === line)?.triggers.foundByDefender ?? 'alarm',
  ...openDefenderPorts(configuration.prefix),
});
