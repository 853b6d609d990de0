import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbTakeOverStore } from '../../aws/dynamodb/take-over-store.ts';
import { createIotConnectionLook } from '../../aws/iot/connection-look.ts';
import { readBuiltConfiguration } from '../operations/built-configuration.ts';
import { parseEnvironment } from '../suspicion/environment.ts';
import { openSuspicion } from '../suspicion/open-suspicion.ts';
import { createCloneWatch } from './clone-watch.ts';

const { TABLE_NAME: tableName } = parseEnvironment(process.env);
const configuration = readBuiltConfiguration(process.env['CONFIGURATION']);
const client = createDynamoDbClient();

export const handler = createCloneWatch({
  ...openSuspicion(configuration, client, tableName),
  actionOf: (line) => configuration.lines.find(({ name }) => name === line)?.triggers.cloneSuspected ?? 'alarm',
  takeOvers: createDynamoDbTakeOverStore(client, tableName),
  connections: createIotConnectionLook(),
});
