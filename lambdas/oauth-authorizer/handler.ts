import { isSafeAddress } from '../../approaches/oauth/evidence/safe-address.ts';
import { parseOAuthSettings } from '../../approaches/oauth/evidence/settings.ts';
import { createOAuthVerifier } from '../../approaches/oauth/verify.ts';
import { createDynamoDbConnectionStore } from '../../aws/dynamodb/connection-store.ts';
import { createDynamoDbKeptKeySets } from '../../aws/dynamodb/kept-key-sets.ts';
import { createImpatientDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createJwksSource } from '../../aws/key-sets/jwks-source.ts';
import { createDeviceAuthorizer } from '../device-authorizer/create-authorizer.ts';
import { parseDeviceAuthorizerEnvironment } from '../device-authorizer/environment.ts';
import { openSurroundings } from '../device-authorizer/open-surroundings.ts';

/** Of the time that AWS IoT waits, what an issuer may take: the enrollment is still to be read. */
const ISSUER_TIMEOUT_MS = 1500;

const environment = parseDeviceAuthorizerEnvironment(process.env);
const surroundings = openSurroundings(environment, process.env['BOUNDARIES']);
const settings = parseOAuthSettings(process.env['OAUTH_SETTINGS']);
const table = { client: createImpatientDynamoDbClient(), tableName: environment.TABLE_NAME };

export const handler = createDeviceAuthorizer({
  ...surroundings,
  authorizer: createOAuthVerifier({
    prefix: environment.PREFIX,
    clientIdLines: surroundings.boundaries.lines,
    settings,
    store: createDynamoDbConnectionStore(table),
    keySetOf: createJwksSource({
      fetch,
      isAllowed: isSafeAddress,
      now: () => surroundings.clock.now(),
      times: settings.keySets,
      timeoutMs: ISSUER_TIMEOUT_MS,
      kept: createDynamoDbKeptKeySets({ ...table, keepSeconds: settings.keySets.staleSeconds }),
      report: (fault) => {
        surroundings.faults.report(fault);
      },
    }),
  }),
});
