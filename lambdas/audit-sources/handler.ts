import { createDynamoDbAddressBook } from '../../aws/dynamodb/address-book.ts';
import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { fleetReadingOf } from '../../domain/audit/sources/fleet-parties.ts';
import { authorityStackName, stackNames } from '../../domain/stack-names.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { readBuiltConfiguration } from '../operations/built-configuration.ts';
import { createAuditSources } from './audit-sources.ts';
import { parseEnvironment } from './environment.ts';

const { TABLE_NAME: tableName, KEY_ID: keyId } = parseEnvironment(process.env);
const configuration = readBuiltConfiguration(process.env['CONFIGURATION']);
const ownStacks = [...Object.values(stackNames(configuration.prefix)), authorityStackName(configuration.prefix)].map((name) => `${name}-`);

export const handler = createAuditSources({
  reading: {
    ...fleetReadingOf(configuration),
    isOfDevices: configuration.audit.connections === 'all',
    // CloudFormation begins the names of what it makes with the stack's; those of buckets it writes small.
    ownMarks: [keyId, tableName, ...ownStacks.map((name) => name.toLowerCase())],
    ownRoles: ownStacks,
  },
  addresses: createDynamoDbAddressBook(createDynamoDbClient(), tableName),
  auditLog: createStdoutAuditLog(),
  faults: stderrFaultLog,
});
