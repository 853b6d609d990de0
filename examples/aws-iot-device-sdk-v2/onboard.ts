// A device that knows nothing of Muster but what a platform team would hand out: an endpoint, a claim, a template and a serial number.
// It is onboarded with AWS's own device SDK and proves it by a message to itself.
//
//   node examples/aws-iot-device-sdk-v2/onboard.ts --local .muster/local.json --line sensor --serial <serial> [--mqtt 5|3.1.1]
import 'reflect-metadata'; // @peculiar/x509 resolves its parts through it
import { randomBytes, webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
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
  }[];
}

const { values } = parseArgs({
  options: {
    local: { type: 'string', default: '.muster/local.json' },
    line: { type: 'string', default: 'sensor' },
    serial: { type: 'string' },
    mqtt: { type: 'string', default: '5' },
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

const makeKeyAndRequest = async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const request = await Pkcs10CertificateRequestGenerator.create({ name: `CN=${serial}`, keys, signingAlgorithm: algorithm }, webcrypto);
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  return { privateKey: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`, csr: request.toString('pem') };
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

const { privateKey, csr } = await makeKeyAndRequest();
const { certificatePem, thingName } = await provision(csr);
const connection = await connect(endpoint, { certificate: certificatePem, privateKey }, thingName);
const topic = line.ownTopic.replace('{thing}', thingName);
const echo = Promise.withResolvers<string>();
await connection.subscribe(topic, echo.resolve);
await connection.publish(topic, JSON.stringify({ hello: serial }));
const received: unknown = JSON.parse(await echo.promise);
await connection.close();
// The SDK's native event loop outlives its clients, so the end must be said.
process.stdout.write(`${JSON.stringify({ thingName, topic, received })}\n`, () => process.exit(0));
