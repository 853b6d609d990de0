// A device with a pre-shared key that connects with AWS's own device SDK, by its builder for custom authorizers, and proves it by a message
// to itself. It needs its credential file, the roots that vouch for the endpoint, and nothing of Muster.
//
//   node examples/aws-iot-device-sdk-v2/custom-authorizer.ts <credential file> --root-ca <file> [--mqtt 5|3.1.1]
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { iot } from 'aws-iot-device-sdk-v2';
import { type Transport, openMqtt5, openMqtt311 } from './transport.ts';

interface CredentialFile {
  readonly thingName: string;
  readonly serialNumber?: string;
  readonly topicPrefix?: string;
  readonly clientId?: string;
  readonly authorizer: string;
  readonly endpoint: string;
  readonly secret: { readonly keys: readonly { readonly version: number; readonly key: string }[]; readonly use?: number };
}

interface Authorizable {
  readonly host: string;
  readonly port: number;
  readonly rootCa: string;
  readonly authorizer: string;
  readonly clientId: string;
  readonly username: string;
  readonly password: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { 'root-ca': { type: 'string' }, mqtt: { type: 'string', default: '5' } },
});
const [file] = positionals;
const { 'root-ca': rootCa } = values;
if (file === undefined || rootCa === undefined) throw new Error('Give the credential file, and --root-ca with the roots of the endpoint.');
const {
  thingName,
  clientId = thingName,
  authorizer,
  endpoint,
  secret,
  ...given
} = JSON.parse(readFileSync(file, 'utf8')) as CredentialFile;
const [prefix = '', line = '', rest = ''] = thingName.split(':');
const { serialNumber = rest, topicPrefix = prefix } = given;
const [host = '', port = '443'] = endpoint.split(':');

/** Each part after its length, so that no two lists of parts have the same bytes. */
const lengthPrefixed = (parts: readonly (string | number)[]): Buffer =>
  Buffer.concat(
    parts.flatMap((part) => {
      const [length, bytes] = [Buffer.alloc(4), Buffer.from(String(part))];
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    }),
  );

/** What the authorizer gets instead of the key. */
const prove = (): string => {
  const version = secret.use ?? Math.max(...secret.keys.map((key) => key.version));
  const key = secret.keys.find((one) => one.version === version)?.key ?? '';
  const [at, counter] = [Date.now(), 1];
  const occasion = ['muster psk proof v1', line, serialNumber, clientId, host.toLowerCase(), version, at, counter];
  const mac = createHmac('sha256', Buffer.from(key, 'base64url')).update(lengthPrefixed(occasion)).digest('base64url');
  return ['1', version, at, counter, mac].join('.');
};

const over311 = ({ host, port, rootCa: roots, authorizer: name, ...who }: Authorizable): Promise<Transport> =>
  openMqtt311(
    iot.AwsIotMqttConnectionConfigBuilder.new_default_builder()
      .with_custom_authorizer(who.username, name, '', who.password)
      .with_certificate_authority(roots)
      .with_endpoint(host)
      .with_port(port)
      .with_client_id(who.clientId)
      .with_clean_session(true)
      .build(),
  );

const over5 = ({ host, port, rootCa: roots, authorizer: authorizerName, username, password, ...who }: Authorizable): Promise<Transport> =>
  openMqtt5(
    iot.AwsIotMqtt5ClientConfigBuilder.newDirectMqttBuilderWithCustomAuth(host, {
      authorizerName,
      username,
      password: Buffer.from(password),
    })
      .withCertificateAuthority(roots)
      .withPort(port)
      .withConnectProperties({ clientId: who.clientId, keepAliveIntervalSeconds: 60 })
      .build(),
  );

const connect = values.mqtt === '5' ? over5 : over311;
const where = { host, port: Number(port), rootCa: readFileSync(rootCa, 'utf8') };
const username = `${prefix}:${line}:${encodeURIComponent(serialNumber)}`;
const connection = await connect({ ...where, authorizer, clientId, username, password: prove() });
const topic = `${topicPrefix}/things/${thingName}/hello`;
const echo = Promise.withResolvers<string>();
await connection.subscribe(topic, echo.resolve);
await connection.publish(topic, JSON.stringify({ hello: topic }));
const received: unknown = JSON.parse(await echo.promise);
await connection.close();
// The SDK's native event loop outlives its clients, so the end must be said.
process.stdout.write(`${JSON.stringify({ topic, received })}\n`, () => process.exit(0));
