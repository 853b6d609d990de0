import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeDomainConfigurationCommand, TestInvokeAuthorizerCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { proveOAuth } from '../../approaches/oauth/prove.ts';
import { eventually } from '../../demo/eventually.ts';
import type { ConnectionProof } from '../../domain/prover.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { importRow } from './drivers/import-row.ts';
import { type Dialling, MqttConnection, tryToConnect } from './drivers/mqtt-connection.ts';
import { type Stage, enrollmentOf, lineOf, openStage, thingOf } from './drivers/stage.ts';
import { everythingWritten } from './drivers/written.ts';

const AUDIENCE = 'https://fleet.example';
const PATH = 'projects/p/locations/l/registries/r/devices';
const SERVER = 'localhost';

/** What must be seen nowhere: what devices keep, tokens, and the signatures of both. */
const secrets = new Set<string>();

let stage: Stage;
let folder: string;
let counter = 0;

beforeAll(async () => {
  stage = await openStage();
  folder = await mkdtemp(join(tmpdir(), 'muster-oauth-'));
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
  await stage.close();
});

const issuer = (): string => `${stage.shared.endpoint}/_oauth/fleet`;

const control = async (method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>> => {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`${stage.shared.endpoint}/_local${path}`, init);
  const text = await response.text();
  return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>);
};

const enroll = (row: Readonly<Record<string, string>>): Promise<void> => importRow(stage, { approach: 'oauth', ...row }, folder);

const aKey = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const [publicPem, privatePem] = [publicKey.export({ type: 'spki', format: 'pem' }), privateKey.export({ type: 'pkcs8', format: 'pem' })];
  return { publicKey: publicPem.toString(), privateKey: privatePem.toString() };
};

interface Given {
  readonly line: string;
  readonly serial: string;
  /** The member `secret` of its credential file. */
  readonly secret: object;
  readonly clientId?: string;
}

/** An enrolled device that is a client of the issuer. */
const aClientOf = async (
  line: string,
  serial: string,
  more: { readonly scopes?: readonly string[]; readonly tokenSeconds?: number; readonly secret?: object } = {},
): Promise<Given> => {
  const { scopes = ['muster:own'], tokenSeconds = 3600 } = more;
  const registered = await control('POST', '/issuers/fleet/clients', { audience: AUDIENCE, scopes, tokenSeconds });
  await enroll({ serial, line, oauth_issuer: issuer(), oauth_subject: String(registered['clientId']) });
  secrets.add(String(registered['clientSecret']));
  return { line, serial, secret: { kind: 'client-credentials', tokenEndpoint: `${issuer()}/oauth2/token`, ...registered, ...more.secret } };
};

const prove = async (given: Given): Promise<ConnectionProof> => {
  const proof = await proofOf(given);
  for (const token of proof.password.split(',')) secrets.add(token).add(token.split('.').at(-1) ?? token);
  return proof;
};

const proofOf = ({ line, serial, secret, clientId }: Given): Promise<ConnectionProof> => {
  counter += 1;
  const thing = thingOf(stage, line, serial);
  return proveOAuth.open(secret).prove({
    ...{ line: lineOf(line), serialNumber: z.parse(serialNumber, serial), clientId: clientId ?? thing, serverName: SERVER },
    ...{ at: Date.now(), counter, nonce: randomUUID(), fetch },
  });
};

const withProof = (given: Given, proof: Pick<ConnectionProof, 'username' | 'password'>): Dialling => ({
  shared: stage.shared,
  clientId: given.clientId ?? thingOf(stage, given.line, given.serial),
  proof: { username: `${proof.username}?x-amz-customauthorizer-name=muster-oauth`, password: proof.password },
});

const enter = async (given: Given): Promise<MqttConnection> => MqttConnection.open(withProof(given, await prove(given)));
const attempt = async (given: Given) => tryToConnect(withProof(given, await prove(given)));

const root = ({ line, serial }: Given): string => `muster/things/${thingOf(stage, line, serial)}`;

describe('A device with a token of an issuer', () => {
  test('connects on 443 and has its own topics, and no others', async () => {
    const device = await aClientOf('beacon', 'OAUTH-OWN');
    const connection = await enter(device);
    expect(await connection.subscribe(`${root(device)}/#`)).toBe('done');
    expect(await connection.publish(`${root(device)}/hello`, '1')).toBe('done');
    expect(await connection.take()).toEqual({ topic: `${root(device)}/hello`, payload: '1' });
    expect(await connection.publish('muster/things/muster:beacon:ANOTHER/hello', '1')).not.toBe('done');
    await connection.close();
    await eventually('the activation', async () =>
      (await enrollmentOf(stage, 'beacon', 'OAUTH-OWN'))?.state === 'active' ? true : undefined,
    );
  }, 60_000);

  test('has what its scopes open', async () => {
    const secret = { proofKey: aKey().privateKey };
    const narrow = await enter(await aClientOf('latch', 'OAUTH-NARROW', { secret }));
    expect(await narrow.subscribe('muster/lines/latch/firmware')).not.toBe('done');
    const wide = await enter(await aClientOf('latch', 'OAUTH-WIDE', { secret, scopes: ['muster:line'] }));
    expect(await wide.subscribe('muster/lines/latch/firmware')).toBe('done');
    await wide.close();
    expect(await attempt(await aClientOf('latch', 'OAUTH-NONE', { secret, scopes: ['openid'] }))).not.toBe('done');
  }, 60_000);

  test('proves that it holds its key where the line wants that, anew for each connection', async () => {
    const device = await aClientOf('latch', 'OAUTH-BOUND', { secret: { proofKey: aKey().privateKey } });
    const proof = await prove(device);
    expect(await tryToConnect(withProof(device, proof))).toBe('done');
    expect(await tryToConnect(withProof(device, proof))).not.toBe('done');
    expect(await tryToConnect(withProof(device, { ...proof, password: proof.password.split(',')[0] ?? '' }))).not.toBe('done');
    expect(await attempt(device)).toBe('done');
    expect(await attempt(await aClientOf('latch', 'OAUTH-BEARER'))).not.toBe('done');
  }, 60_000);

  test('is refused with less than 300 s to live', async () => {
    expect(await attempt(await aClientOf('beacon', 'OAUTH-SHORT', { tokenSeconds: 299 }))).not.toBe('done');
    expect(await attempt(await aClientOf('beacon', 'OAUTH-LONG', { tokenSeconds: 330 }))).toBe('done');
  }, 60_000);

  test('F29: has a session that ends with its token, and is not asked about before', async () => {
    const device = await aClientOf('beacon', 'OAUTH-ENDS', { tokenSeconds: 600 });
    const proof = await prove(device);
    const answer = await stage.iot.send(
      new TestInvokeAuthorizerCommand({
        authorizerName: 'muster-oauth',
        mqttContext: { clientId: thingOf(stage, 'beacon', 'OAUTH-ENDS'), username: proof.username, password: Buffer.from(proof.password) },
        tlsContext: { serverName: SERVER },
      }),
    );
    expect(answer.isAuthenticated).toBe(true);
    expect(answer.disconnectAfterInSeconds).toBeGreaterThan(500);
    expect(answer.disconnectAfterInSeconds).toBeLessThanOrEqual(600);
    expect(answer.refreshAfterInSeconds).toBe(answer.disconnectAfterInSeconds);
  }, 60_000);

  test('comes in while its issuer is down, and with a new key of the issuer soon after that is up again', async () => {
    const device = await aClientOf('beacon', 'OAUTH-OUTAGE');
    const [known] = [await prove(device)];
    expect(await tryToConnect(withProof(device, known))).toBe('done');
    const faults = await Promise.all(
      ['KeySet', 'Metadata'].map((operation) =>
        control('POST', '/faults', {
          at: 'operation',
          service: 'oauth',
          operation,
          effect: { kind: 'error', code: 'ServiceUnavailable', status: 503 },
        }),
      ),
    );
    await control('POST', '/issuers/fleet/rotate', { keep: 1 });
    expect(await tryToConnect(withProof(device, known))).toBe('done');
    const renewed = await prove(device);
    expect(await tryToConnect(withProof(device, renewed))).not.toBe('done');
    expect(await tryToConnect(withProof(device, known))).toBe('done');
    for (const { id } of faults) await control('DELETE', `/faults/${String(id)}`);
    // Not at every instant: an authorizer judges so many refusals of one device a minute, and no more.
    const isLetIn = async () => {
      await sleep(2000);
      return (await tryToConnect(withProof(device, renewed))) === 'done' ? true : undefined;
    };
    await eventually('the new key', isLetIn, 45_000);
  }, 120_000);
});

describe('A device that signs its own tokens', () => {
  const aSigner = async (serial: string): Promise<Given> => {
    const { publicKey, privateKey } = aKey();
    const file = join(folder, `${serial}.pem`);
    await writeFile(file, publicKey);
    await enroll({ serial, line: 'lantern', public_key: `${serial}.pem` });
    return {
      line: 'lantern',
      serial,
      clientId: `${PATH}/${serial}`,
      secret: { kind: 'device-token', key: privateKey, audience: 'a-project' },
    };
  };

  test('has the topics that it knows from before', async () => {
    const connection = await enter(await aSigner('OAUTH-SIGNED'));
    expect(await connection.subscribe('/devices/OAUTH-SIGNED/commands/#')).toBe('done');
    expect(await connection.publish('/devices/OAUTH-SIGNED/events', '1')).toBe('done');
    expect(await connection.publish('/devices/OAUTH-OTHER/events', '1')).not.toBe('done');
    await connection.close();
  }, 60_000);

  test('names no authorizer at the host name that is kept for it', async () => {
    const { domainName = '' } = await stage.iot.send(new DescribeDomainConfigurationCommand({ domainConfigurationName: 'muster-oauth' }));
    const device = await aSigner('OAUTH-DOMAIN');
    const { password } = await prove(device);
    const dialling = {
      ...withProof(device, { username: '', password }),
      serverName: domainName,
      proof: { username: 'unused', password },
    };
    expect(await tryToConnect(dialling)).toBe('done');
    const another = await aSigner('OAUTH-ELSE');
    expect(await tryToConnect({ ...dialling, clientId: another.clientId ?? '' })).not.toBe('done');
  }, 60_000);
});

test('No token, signature or secret of a client stands in anything that was written', async () => {
  const written = await everythingWritten(stage);
  expect(written).toContain('OAUTH-OWN');
  expect(secrets.size).toBeGreaterThan(20);
  expect([...secrets].filter((secret) => written.includes(secret))).toEqual([]);
});
