import { randomUUID } from 'node:crypto';
import type { ApproachName } from '../../approaches/index.ts';
import { renewalByDeviceKey } from '../../approaches/oauth/verify.ts';
import { renewalByCertificate } from '../../approaches/pki/verify.ts';
import { derivationOf } from '../../approaches/psk/evidence/derivation.ts';
import { renewalByDerivedKey } from '../../approaches/psk/verify.ts';
import { createDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbEnrollmentStore } from '../../aws/dynamodb/enrollment-store.ts';
import { createDynamoDbIssuedCertificates } from '../../aws/dynamodb/issued-certificates.ts';
import { openRenewalPorts } from '../../aws/open/renewal-ports.ts';
import { createKmsClient, createKmsDerivedKeys } from '../../aws/kms/derived-keys.ts';
import { createStdoutAuditLog } from '../../aws/cloudwatch/stdout-audit-log.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import type { Renewing } from '../../domain/rotation/renewing.ts';
import { systemClock } from '../middleware/clock.ts';
import { createCredentialRenewal } from './credential-renewal.ts';
import { NEWEST_KEY_VERSIONS, parseEnvironment, readLineRotations, readNewestKeyVersions, readOwnAuthority } from './environment.ts';

const environment = parseEnvironment(process.env);
const client = createDynamoDbClient();
const newestVersions = readNewestKeyVersions(process.env[NEWEST_KEY_VERSIONS]);
const derive = createKmsDerivedKeys(createKmsClient(), resourceNames(environment.PREFIX).masterKey);
const rotations = readLineRotations(process.env['LINE_ROTATIONS']);

export const handler = createCredentialRenewal({
  prefix: environment.PREFIX,
  topicPrefix: environment.TOPIC_PREFIX,
  sameKeyLines: rotations.filter(({ settings }) => settings.sameKey).map(({ line }) => line),
  approaches: {
    pki: renewalByCertificate,
    psk: renewalByDerivedKey({
      newestVersionOf: (line) => newestVersions[line],
      deriveKey: (name, signal) => derive(derivationOf(name), signal),
    }),
    oauth: renewalByDeviceKey,
  } satisfies Partial<Record<ApproachName, Renewing>>,
  store: createDynamoDbEnrollmentStore({ client, tableName: environment.TABLE_NAME }),
  ...openRenewalPorts(
    readOwnAuthority(process.env, process.env['CERTIFICATE_TERMS']),
    createDynamoDbIssuedCertificates(client, environment.TABLE_NAME),
  ),
  audit: createStdoutAuditLog(),
  clock: systemClock,
  newId: randomUUID,
});
