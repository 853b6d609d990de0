// A device that knows nothing of Muster but what a platform team would hand out: an endpoint, a claim, a template and a serial number.
// It holds the key that it made in the factory, is onboarded with AWS's own device SDK, and proves it by a message to itself.
//
//   node examples/aws-iot-device-sdk-v2/onboard.ts --local .muster/local.json --line sensor --serial <serial> [--mqtt 5|3.1.1] [--key <file>]
import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { createPrivateKey, createPublicKey, randomBytes, webcrypto } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { type Connect, type Endpoint, connectMqtt5, connectMqtt311 } from './transport.ts';

interface LocalFile {
  readonly mqtt: { readonly host: string; readonly port: number };
  readonly rootCa: string;
  readonly lines: readonly {
    readonly name: string;
    readonly template: string;
    readonly claim: { readonly certificate: string; readonly privateKey: string; readonly clientIdPrefix: string };
    readonly ownTopic: string;
    readonly deviceKey: string;
  }[];
}

const { values } = parseArgs({
  options: {
    local: { type: 'string', default: '.muster/local.json' },
    line: { type: 'string', default: 'sensor' },
    serial: { type: 'string' },
    mqtt: { type: 'string', default: '5' },
    key: { type: 'string' },
  },
});
const { serial } = values;
if (serial === undefined) throw new Error('Which device is this? Give its serial number with --serial.');

const read = (path: string): string => readFileSync(path, 'utf8');
const file = JSON.parse(read(values.local)) as LocalFile;
const line = file.lines.find(({ name }) => name === values.line);
if (line === undefined)
  throw new Error(`There is no line "${values.line}" in ${values.local}; there are ${file.lines.map(({ name }) => name).join(', ')}.`);

const connect: Connect = values.mqtt === '5' ? connectMqtt5 : connectMqtt311;
const endpoint: Endpoint = { ...file.mqtt, rootCa: read(file.rootCa) };

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** The key from the factory; where there is none, a new one, which only a line takes that asks for no more than a serial number. */
const readOrMakeKey = async (file: string): Promise<string> => {
  if (existsSync(file)) return read(file);
  const { privateKey } = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', privateKey)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`;
};

const requestFor = async (privateKeyPem: string): Promise<string> => {
  const privateKey = createPrivateKey(privateKeyPem);
  const keys = {
    privateKey: privateKey.toCryptoKey(ALGORITHM, true, ['sign']),
    publicKey: createPublicKey(privateKey).toCryptoKey(ALGORITHM, true, ['verify']),
  };
  const request = await Pkcs10CertificateRequestGenerator.create({ name: `CN=${serial}`, keys, signingAlgorithm: ALGORITHM }, webcrypto);
  return request.toString('pem');
};

const provision = async (certificateSigningRequest: string) => {
  const claim = { certificate: read(line.claim.certificate), privateKey: read(line.claim.privateKey) };
  const connection = await connect(endpoint, claim, `${line.claim.clientIdPrefix}${randomBytes(16).toString('hex')}`);
  try {
    const { certificateOwnershipToken, certificatePem } = await connection.identityClient.createCertificateFromCsr({
      certificateSigningRequest,
    });
    const { thingName } = await connection.identityClient.registerThing({
      templateName: line.template,
      ...(certificateOwnershipToken === undefined ? {} : { certificateOwnershipToken }),
      parameters: { SerialNumber: serial },
    });
    if (certificatePem === undefined || thingName === undefined) throw new Error('The answer named no certificate or no thing.');
    return { certificatePem, thingName };
  } finally {
    await connection.close();
  }
};

const privateKey = await readOrMakeKey(values.key ?? line.deviceKey.replace('{serial}', serial));
const { certificatePem, thingName } = await provision(await requestFor(privateKey));
const connection = await connect(endpoint, { certificate: certificatePem, privateKey }, thingName);
const topic = line.ownTopic.replace('{thing}', thingName);
const echo = Promise.withResolvers<string>();
await connection.subscribe(topic, echo.resolve);
await connection.publish(topic, JSON.stringify({ hello: serial }));
const received: unknown = JSON.parse(await echo.promise);
await connection.close();
// The SDK's native event loop outlives its clients, so the end must be said.
process.stdout.write(`${JSON.stringify({ thingName, topic, received })}\n`, () => process.exit(0));
