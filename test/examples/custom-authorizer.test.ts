import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { readPskEvidence } from '../../approaches/psk/evidence.ts';
import { proofMac } from '../../approaches/psk/evidence/proof-mac.ts';
import { lineName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { AuthorizerWorld } from '../conformance/authorizer-world.ts';
import { runProgram } from '../e2e/drivers/program.ts';

let world: AuthorizerWorld;
let folder: string;
beforeAll(async () => {
  world = await AuthorizerWorld.start();
  folder = await mkdtemp(join(tmpdir(), 'sdk-devices-'));
  await writeFile(join(folder, 'root-ca.pem'), world.aws.rootCa);
});
afterAll(async () => {
  await world.stop();
  await rm(folder, { recursive: true, force: true });
});

const event = z.object({
  protocolData: z.object({
    tls: z.object({ serverName: z.literal('localhost') }),
    mqtt: z.object({ username: z.string(), password: z.string(), clientId: z.string() }),
  }),
});

const key = Buffer.alloc(32, 9);
const names = { line: z.parse(lineName, 'meter'), serialNumber: z.parse(serialNumber, 'SN-5') };
const thingName = 'muster:meter:SN-5';

describe.each(['5', '3.1.1'])('The AWS device SDK’s builder for custom authorizers, over MQTT %s', (version) => {
  test('brings a pre-shared key’s proof before the authorizer that it names', async () => {
    const { authorizerName, FunctionName } = await world.authorizer();
    const file = join(folder, `${FunctionName}.json`);
    const secret = { keys: [{ version: 1, key: key.toString('base64url') }] };
    await writeFile(
      file,
      JSON.stringify({ thingName, authorizer: authorizerName, endpoint: `localhost:${String(world.aws.mqtt.customAuthPort)}`, secret }),
      { mode: 0o600 },
    );
    const end = await runProgram({
      script: 'examples/aws-iot-device-sdk-v2/custom-authorizer.ts',
      parameters: [file, '--root-ca', join(folder, 'root-ca.pem'), '--mqtt', version],
      environment: {},
      directory: folder,
    });
    expect(end).toMatchObject({ code: 0, error: '' });
    const topic = `muster/things/${thingName}/hello`;
    expect(end.out).toContain(JSON.stringify({ topic, received: { hello: topic } }));
    const [shown] = await world.events(FunctionName);
    const { username, password, clientId } = event.parse(shown).protocolData.mqtt;
    expect(username).toContain(`${thingName}?x-amz-customauthorizer-name=${authorizerName}`);
    const evidence = readPskEvidence(Buffer.from(password, 'base64').toString());
    if (evidence === undefined) throw new Error('The SDK showed no evidence.');
    const occasion = { ...names, ...evidence, clientId, serverName: 'localhost' };
    expect(evidence.mac).toBe(proofMac(key, occasion).toString('base64url'));
  });
});
