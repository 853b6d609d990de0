import { createPskAuthorizer } from '../../approaches/psk/verify.ts';
import { derivationOf } from '../../approaches/psk/evidence/derivation.ts';
import { createImpatientDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbConnectionStore } from '../../aws/dynamodb/connection-store.ts';
import { createImpatientKmsClient, createKmsDerivedKeys } from '../../aws/kms/derived-keys.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { createDeviceAuthorizer } from '../device-authorizer/create-authorizer.ts';
import { parseDeviceAuthorizerEnvironment } from '../device-authorizer/environment.ts';
import { openSurroundings } from '../device-authorizer/open-surroundings.ts';
import { readPskLines } from './environment.ts';

const environment = parseDeviceAuthorizerEnvironment(process.env);
const derive = createKmsDerivedKeys(createImpatientKmsClient(), resourceNames(environment.PREFIX).masterKey);

export const handler = createDeviceAuthorizer({
  ...openSurroundings(environment, process.env['BOUNDARIES']),
  authorizer: createPskAuthorizer({
    prefix: environment.PREFIX,
    lines: readPskLines(process.env['PSK_LINES']),
    deriveKey: (name, signal) => derive(derivationOf(name), signal),
    store: createDynamoDbConnectionStore({ client: createImpatientDynamoDbClient(), tableName: environment.TABLE_NAME }),
  }),
});
