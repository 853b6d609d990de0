import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GenerateMacCommand } from '@aws-sdk/client-kms';
import { exportJWK, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod/mini';
import { derivationText } from '../../approaches/psk/evidence/derivation.ts';
import { enrollPsk } from '../../approaches/psk/enroll.ts';
import { provePsk } from '../../approaches/psk/prove.ts';
import { createPskAuthorizer } from '../../approaches/psk/verify.ts';
import { createOAuthVerifier } from '../../approaches/oauth/verify.ts';
import { oauthSettingsOf } from '../../approaches/oauth/settings.ts';
import { createImpatientDynamoDbClient } from '../../aws/dynamodb/client.ts';
import { createDynamoDbConnectionStore } from '../../aws/dynamodb/connection-store.ts';
import { enrollmentKey } from '../../aws/dynamodb/enrollment-item.ts';
import { createImpatientKmsClient, createKmsDerivedKeys } from '../../aws/kms/derived-keys.ts';
import { proofMark } from '../../domain/connection/accepted-proof.ts';
import { parseConfiguration } from '../../domain/configuration.ts';
import { isMistake } from '../../domain/enroller.ts';
import { lineName, tenantName } from '../../domain/identifiers.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import { createDeviceAuthorizer } from '../../lambdas/device-authorizer/create-authorizer.ts';
import {
  type AuthorizerWorld,
  CONTEXT,
  eventOf,
  PREFIX,
  quietSurroundings,
  SERVER_NAME,
  startAuthorizerWorld,
  TABLE,
} from '../authorizer-world.ts';
import { type Figure, median, SAMPLES } from '../figure.ts';

/** Connections in a sample, one after another: what is compared is the time that each takes. */
const CONNECTIONS = 150;
const WARM_UP_ROUNDS = 2;

const line = z.parse(lineName, 'bench');
const serial = z.parse(serialNumber, 'SN-1');
const thing = thingNameOf(PREFIX, line, serial);
const device = { line, serialNumber: serial, tenant: z.parse(tenantName, 'acme') };
const key = enrollmentKey(thing);

/** AWS KMS, price of a request with an HMAC key; who is forged well enough to be judged costs one. */
const USD_PER_MAC = 0.03 / 10_000;

/** Lets a device in, or does the least that letting it in takes. */
type Turn = () => Promise<void>;

const millisecondsEach = async (turn: Turn): Promise<number> => {
  const begunMs = performance.now();
  for (let count = 0; count < CONNECTIONS; count += 1) await turn();
  return (performance.now() - begunMs) / CONNECTIONS;
};

const compare = async (ours: Turn, floor: Turn) => {
  const times: { ours: number; floor: number }[] = [];
  for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round += 1)
    times.push({ ours: await millisecondsEach(ours), floor: await millisecondsEach(floor) });
  const counted = times.slice(WARM_UP_ROUNDS);
  const absolute = `${median(counted.map((time) => time.ours)).toFixed(2)} ms against ${median(counted.map((time) => time.floor)).toFixed(2)} ms`;
  return { values: counted.map((time) => time.ours / time.floor), absolute };
};

const mustBeLetIn = ({ isAuthenticated }: { readonly isAuthenticated: boolean }): void => {
  if (!isAuthenticated) throw new Error('The authorizer refused a device that it must let in');
};

export const pskVerify: Figure = {
  name: 'psk-verify',
  what: 'time to judge a PSK connection against one GenerateMac and that conditional UpdateItem alone, in turn',
  unit: 'x',
  limit: { atMost: 1.3 },
  sample: async () => {
    const world = await startAuthorizerWorld(line);
    try {
      await world.enroll({ ...device, approach: 'psk', requirement: await pskRequirement() });
      const { values, absolute } = await compare(await pskDevice(), barePsk(world));
      return { values, absolute: `${absolute}; a thousand forged connections cost at most ${(1000 * USD_PER_MAC).toFixed(3)} USD of KMS` };
    } finally {
      await world.stop();
    }
  },
};

const pskRequirement = async () => {
  const requirement = await enrollPsk.requirementOf({}, () => Promise.resolve(undefined), device);
  if (isMistake(requirement)) throw new Error(requirement.got);
  return requirement;
};

const pskDevice = async (): Promise<Turn> => {
  const derive = createKmsDerivedKeys(createImpatientKmsClient(), resourceNames(PREFIX).masterKey);
  const authorize = createDeviceAuthorizer({
    ...quietSurroundings(line),
    authorizer: createPskAuthorizer({
      prefix: PREFIX,
      lines: [{ name: line, keyVersions: [1], sessionSeconds: 3600, refreshSeconds: 3600, windowSeconds: 300 }],
      deriveKey: (name, signal) => derive({ ...name, text: derivationText(name) }, signal),
      store: createDynamoDbConnectionStore({ client: createImpatientDynamoDbClient(), tableName: TABLE }),
    }),
  });
  const name = { line, serialNumber: serial, keyVersion: 1 };
  const deviceKey = await derive({ ...name, text: derivationText(name) });
  const credential = provePsk.open({ keys: [{ version: 1, key: Buffer.from(deviceKey).toString('base64url') }] });
  let counter = 0;
  return async () => {
    counter += 1;
    const occasion = { line, serialNumber: serial, clientId: thing, serverName: SERVER_NAME, at: Date.now(), counter, nonce: '', fetch };
    mustBeLetIn(await authorize(eventOf(thing, await credential.prove(occasion)), CONTEXT));
  };
};

const barePsk = ({ kms, dynamoDb, masterKey }: AuthorizerWorld): Turn => {
  const store = createDynamoDbConnectionStore({ client: dynamoDb, tableName: TABLE });
  const { signal } = new AbortController();
  let counter = 0;
  return async () => {
    counter += 1;
    await kms.send(new GenerateMacCommand({ KeyId: masterKey, Message: randomBytes(64), MacAlgorithm: 'HMAC_SHA_256' }));
    const proof = { mark: proofMark(Date.now(), counter), connectionId: String(counter), keyVersion: 1 };
    const { accepted } = await store.accept({ ...device, ...proof, thingName: thing, approach: 'psk', isTimely: true }, signal);
    mustBeLetIn({ isAuthenticated: accepted });
  };
};

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'https://iot.example';
const issuerKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export const oauthVerify: Figure = {
  name: 'oauth-verify',
  what: 'time to judge a connection by a bearer token against checking its signature and reading one item, in turn',
  unit: 'x',
  limit: { atMost: 1.3 },
  sample: async () => {
    const world = await startAuthorizerWorld(line);
    try {
      await world.enroll({ ...device, approach: 'oauth', requirement: { issuer: ISSUER, subject: serial } });
      const token = await aToken();
      return await compare(await oauthDevice(token), bareOAuth(world, token));
    } finally {
      await world.stop();
    }
  },
};

const aToken = (): Promise<string> =>
  new SignJWT({ scope: 'muster:own', client_id: serial })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: '1' })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(serial)
    .setJti(createHash('sha256').update(serial).digest('hex'))
    .setIssuedAt()
    .setExpirationTime('2h')
    .sign(issuerKeys.privateKey);

const oauthDevice = async (token: string): Promise<Turn> => {
  const configuration = parseConfiguration(
    {
      lines: [{ name: line, approaches: ['oauth'] }],
      approaches: {
        oauth: {
          issuers: [{ issuer: ISSUER, audience: AUDIENCE, scopes: { 'muster:own': ['own'] } }],
          lines: { [line]: { issuers: [ISSUER] } },
        },
      },
    },
    ['oauth'],
  );
  const keySet = { keys: [{ ...(await exportJWK(issuerKeys.publicKey)), kid: '1' }] };
  const authorize = createDeviceAuthorizer({
    ...quietSurroundings(line),
    authorizer: createOAuthVerifier({
      prefix: PREFIX,
      clientIdLines: [],
      settings: oauthSettingsOf(configuration).settings,
      store: createDynamoDbConnectionStore({ client: createImpatientDynamoDbClient(), tableName: TABLE }),
      keySetOf: () => Promise.resolve(keySet),
    }),
  });
  return async () => {
    mustBeLetIn(await authorize(eventOf(thing, { username: thing, password: token }), CONTEXT));
  };
};

const bareOAuth =
  ({ dynamoDb }: AuthorizerWorld, token: string): Turn =>
  async () => {
    await jwtVerify(token, issuerKeys.publicKey);
    await dynamoDb.send(new GetItemCommand({ TableName: TABLE, Key: key, ConsistentRead: true }));
  };
