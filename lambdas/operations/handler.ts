import { randomUUID } from 'node:crypto';
import { operatorScopesOf } from '../../domain/configuration-operator-scopes.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { readBuiltConfiguration } from './built-configuration.ts';
import { parseEnvironment } from './environment.ts';
import { openResources } from './open-resources.ts';
import { createOperations } from './operations.ts';
import { createPerformers } from './performers.ts';

const configuration = readBuiltConfiguration(process.env['CONFIGURATION']);
const resources = openResources(configuration, parseEnvironment(process.env));

export const handler = createOperations({
  performers: createPerformers(resources),
  scopes: operatorScopesOf(configuration),
  audit: resources.audit,
  faults: stderrFaultLog,
  now: Date.now,
  newId: randomUUID,
});
