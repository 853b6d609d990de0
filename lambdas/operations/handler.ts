import { randomUUID } from 'node:crypto';
import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbProposalStore } from '../../aws/dynamodb/proposal-store.ts';
import { operatorScopesOf } from '../../domain/configuration/configuration-operator-scopes.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { readBuiltConfiguration } from './built-configuration.ts';
import { parseEnvironment } from './environment.ts';
import { openResources } from './open-resources.ts';
import { createOperations } from './operations.ts';
import { createPerformers } from './performers.ts';

const configuration = readBuiltConfiguration(process.env['CONFIGURATION']);
const environment = parseEnvironment(process.env);
const resources = openResources(configuration, environment);

export const handler = createOperations({
  performers: createPerformers(resources),
  scopes: operatorScopesOf(configuration),
  audit: resources.audit,
  proposals: createDynamoDbProposalStore(createDynamoDbClient(), environment.TABLE_NAME),
  faults: stderrFaultLog,
  now: Date.now,
  newId: randomUUID,
});
