import { randomBytes, randomUUID } from 'node:crypto';
import { verifyIntroduction } from '../../approaches/pki/verify.ts';
import { createDynamoDbAddressBook } from '../../aws/dynamodb/address-book.ts';
import { createDynamoDbClaimConnections } from '../../aws/dynamodb/claim-connections.ts';
import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbEnrollmentStore } from '../../aws/dynamodb/enrollment-store.ts';
import { createDynamoDbManufacturerStore } from '../../aws/dynamodb/manufacturer-store.ts';
import { createDynamoDbRefusedPublishStore } from '../../aws/dynamodb/refused-publish-store.ts';
import { createDynamoDbTakeOverStore } from '../../aws/dynamodb/take-over-store.ts';
import { createDynamoDbVendorCaStore } from '../../aws/dynamodb/vendor-ca-store.ts';
import { openClaimPorts } from '../../aws/open/claim-ports.ts';
import { openDevicePorts } from '../../aws/open/device-ports.ts';
import { openEntrancePorts } from '../../aws/open/entrance-ports.ts';
import { openPlannerPorts } from '../../aws/open/planner-ports.ts';
import { openReconciliationPorts } from '../../aws/open/reconciliation-ports.ts';
import { openCertificateRevocation } from '../../aws/private-ca/revocation.ts';
import { openVendorCaAuthority } from '../../aws/open/vendor-ca-authority.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { createStdoutFleetGauge } from '../../aws/cloudwatch/stdout-fleet-gauge.ts';
import { lineRotationsOf, lineSettingsOf } from '../../domain/configuration/configuration-line-settings.ts';
import type { Configuration } from '../../domain/configuration/configuration-schema.ts';
import { AUTHORITY_VARIABLE } from '../../domain/issuance/authority-variable.ts';
import { rotationIdOf } from '../../domain/rotation/rotation-name.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { describeRequirement } from './describe-requirement.ts';
import { successionOf } from './succession.ts';
import type { parseEnvironment } from './environment.ts';
import { openDeviceKeys } from './keys/device-key-resources.ts';
import type { OperationResources } from './operation-resources.ts';

/** Everything that operations are performed with, in AWS. */
export const openResources = (configuration: Configuration, environment: ReturnType<typeof parseEnvironment>): OperationResources => {
  const dynamoDb = createDynamoDbClient();
  const audit = createStdoutAuditLog();
  const tableName = environment.TABLE_NAME;
  const authorityArn = process.env[AUTHORITY_VARIABLE];
  return {
    prefix: configuration.prefix,
    configuration,
    store: createDynamoDbEnrollmentStore({ client: dynamoDb, tableName }),
    manufacturers: createDynamoDbManufacturerStore(dynamoDb, tableName),
    entrance: openEntrancePorts(),
    verifyIntroduction,
    vendorCas: createDynamoDbVendorCaStore(dynamoDb, tableName),
    vendorCaAuthority: openVendorCaAuthority(configuration.prefix),
    audit,
    addresses: createDynamoDbAddressBook(dynamoDb, tableName),
    claimResources: {
      ...openClaimPorts(configuration, { dynamoDb, tableName, alarmTopicArn: environment.ALARM_TOPIC_ARN }),
      ...{ prefix: configuration.prefix, lines: lineSettingsOf(configuration), audit, clock: systemClock },
    },
    claimConnections: createDynamoDbClaimConnections(dynamoDb, tableName),
    takeOvers: createDynamoDbTakeOverStore(dynamoDb, tableName),
    refusedPublishes: createDynamoDbRefusedPublishStore(dynamoDb, tableName),
    describeRequirement,
    successionOf,
    newTicket: () => randomBytes(32).toString('base64url'),
    reconciler: {
      ...openReconciliationPorts(configuration.prefix, { tableName, logGroupName: environment.AUDIT_LOG_GROUP_NAME, authorityArn }),
      prefix: configuration.prefix,
      lines: configuration.lines.map(({ name }) => name),
      rotations: lineRotationsOf(configuration),
      ...{ audit, faults: stderrFaultLog, clock: systemClock },
      gauge: createStdoutFleetGauge({ prefix: configuration.prefix, clock: systemClock }),
    },
    rotation: {
      ...openPlannerPorts({ tableName, thingArn: environment.THING_ARN }),
      newId: () => rotationIdOf(configuration.prefix, randomUUID()),
    },
    deviceKeys: openDeviceKeys(configuration),
    ...openDevicePorts(environment.AUDIT_LOG_GROUP_NAME, openCertificateRevocation(authorityArn)),
  };
};
