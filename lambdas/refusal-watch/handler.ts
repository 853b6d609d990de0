import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbRefusedPublishStore } from '../../aws/dynamodb/refused-publish-store.ts';
import { readBuiltConfiguration } from '../operations/built-configuration.ts';
import { parseEnvironment } from '../suspicion/environment.ts';
import { openSuspicion } from '../suspicion/open-suspicion.ts';

import { createRefusalWatch } from './refusal-watch.ts';

const { TABLE_NAME: tableName } = parseEnvironment(process.env);
const configuration = readBuiltConfiguration(process.env['CONFIGURATION']);
const client = createDynamoDbClient();

export const handler = createRefusalWatch({
  ...openSuspicion(configuration, client, tableName),
  actionOf: (line) => configuration.lines.find(({ name }) => name === line)?.triggers.refusedPublishes,
  refusedPublishes: createDynamoDbRefusedPublishStore(client, tableName),
  enough: configuration.alarms.refusedPublishesPerFiveMinutes,
});
