import { randomUUID } from 'node:crypto';
import { signingRequests } from '../../approaches/pki/verify.ts';
import { createImpatientDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbIssuanceStore } from '../../aws/dynamodb/issuance-store.ts';
import { createDynamoDbIssuedCertificates } from '../../aws/dynamodb/issued-certificates.ts';
import { createImpatientPrivateCaClient, createPrivateCaSigning } from '../../aws/private-ca/signing.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { systemClock } from '../middleware/clock.ts';
import { stderrFaultLog } from '../middleware/fault-log.ts';
import { parseEnvironment, parseLines } from './environment.ts';
import { createProvider } from './provider.ts';

const environment = parseEnvironment(process.env);
const { AUTHORITY_ARN: arn, SIGNING_ALGORITHM: signingAlgorithm, TEMPLATE_ARN: templateArn } = environment;
const client = createImpatientDynamoDbClient();
const store = createDynamoDbIssuanceStore(client, environment.TABLE_NAME);

export const handler = createProvider({
  approach: 'pki',
  requests: signingRequests,
  prefix: environment.PREFIX,
  ...parseLines({
    lineSettings: process.env['LINE_SETTINGS'],
    clientIdLines: process.env['CLIENT_ID_LINES'],
    issuanceTerms: process.env['ISSUANCE_TERMS'],
  }),
  records: store,
  budget: store,
  issued: createDynamoDbIssuedCertificates(client, environment.TABLE_NAME),
  signing: createPrivateCaSigning(createImpatientPrivateCaClient(), { arn, signingAlgorithm, templateArn }, (delayMs, signal) =>
    systemClock.pause(delayMs, signal),
  ),
  audit: createStdoutAuditLog(),
  faults: stderrFaultLog,
  clock: systemClock,
  newId: randomUUID,
  refusalFloorMs: environment.REFUSAL_FLOOR_MS,
});
