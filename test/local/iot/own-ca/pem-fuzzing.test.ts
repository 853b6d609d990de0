import fc from 'fast-check';
import { AwsError } from '../../../../local/aws-error.ts';
import { parseCertificate } from '../../../../local/iot/certificate-authority/parsed-certificate.ts';
import { createIotControlPlane } from '../../../../local/iot/control-plane/iot-control-plane.ts';
import { ManualClock } from '../../../../local/manual-clock.ts';
import { testAccount, testStartMs } from '../../service-endpoint.ts';
import { pem, requestDer } from '../certificate-requests.ts';
import { makeAuthority, rsa } from './test-authority.ts';

const createPlane = () => createIotControlPlane({ account: testAccount, clock: new ManualClock(testStartMs) });

const { client, registry } = createPlane();

const authority = await makeAuthority({ name: 'CN=Fuzzed' });
const device = await authority.issue({ name: 'CN=lamp, C=DE' });
const rsaDevice = await (await makeAuthority({ algorithm: rsa() })).issue({ algorithm: rsa() });
const request = requestDer();

const registration = { caCertificate: authority.cert, certificateMode: 'SNI_ONLY', setAsActive: true };

beforeAll(async () => {
  await client.call('RegisterCACertificate', registration);
});

/** From a position on, some bytes go and others come in their place. */
interface Damage {
  readonly position: number;
  readonly gone: number;
  readonly come: Uint8Array;
}

const harm = (bytes: Buffer, { position, gone, come }: Damage): Buffer =>
  Buffer.concat([bytes.subarray(0, position), come, bytes.subarray(position + gone)]);

/** Bytes of which some were changed, cut out or put in. */
const damaged = (bytes: Buffer): fc.Arbitrary<Buffer> => {
  const position = fc.nat({ max: bytes.length - 1 });
  const change = fc.record({ position, gone: fc.constant(1), come: fc.uint8Array({ minLength: 1, maxLength: 1 }) });
  const anything = fc.record({
    ...{ position, gone: fc.oneof(fc.nat({ max: 40 }), fc.constant(bytes.length)) },
    come: fc.uint8Array({ maxLength: 12 }),
  });
  return fc.array(fc.oneof(change, anything), { minLength: 1, maxLength: 4 }).map((damages) => damages.reduce<Buffer>(harm, bytes));
};

const shuffledText = (text: string): fc.Arbitrary<string> => damaged(Buffer.from(text)).map((bytes) => bytes.toString('latin1'));

/** What may arrive where a PEM is expected. */
const pemText = (label: string, der: Buffer): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: damaged(der).map((bytes) => pem(label, bytes)) },
    { weight: 3, arbitrary: shuffledText(pem(label, der)) },
    fc.uint8Array({ maxLength: 300 }).map((bytes) => pem(label, Buffer.from(bytes))),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
    fc.constantFrom(`${pem(label, der)}${pem(label, der)}`, pem('PRIVATE KEY', der), pem(label, Buffer.alloc(0)), '-----BEGIN', '\u0000'),
  );

const certificateText = fc.oneof(
  pemText('CERTIFICATE', device.der),
  pemText('CERTIFICATE', authority.der),
  pemText('CERTIFICATE', rsaDevice.der),
);

const requestText = pemText('CERTIFICATE REQUEST', request);

type Operation = readonly [operation: string, input: (text: string) => Readonly<Record<string, unknown>>, text: fc.Arbitrary<string>];

const operations: readonly Operation[] = [
  ['RegisterCACertificate', (caCertificate) => ({ caCertificate, certificateMode: 'SNI_ONLY' }), certificateText],
  ['RegisterCACertificate', (verificationCertificate) => ({ caCertificate: authority.cert, verificationCertificate }), certificateText],
  ['RegisterCertificate', (certificatePem) => ({ certificatePem }), certificateText],
  ['RegisterCertificate', (caCertificatePem) => ({ certificatePem: device.cert, caCertificatePem }), certificateText],
  ['RegisterCertificateWithoutCA', (certificatePem) => ({ certificatePem }), certificateText],
  ['CreateCertificateFromCsr', (certificateSigningRequest) => ({ certificateSigningRequest }), requestText],
];

const documentedCodes: Readonly<Record<string, readonly string[]>> = {
  RegisterCACertificate: [
    'CertificateValidationException',
    'InvalidRequestException',
    'LimitExceededException',
    'RegistrationCodeValidationException',
    'ResourceAlreadyExistsException',
  ],
  RegisterCertificate: [
    'CertificateConflictException',
    'CertificateStateException',
    'CertificateValidationException',
    'InvalidRequestException',
    'ResourceAlreadyExistsException',
  ],
  RegisterCertificateWithoutCA: ['CertificateValidationException', 'InvalidRequestException', 'ResourceAlreadyExistsException'],
  CreateCertificateFromCsr: ['InvalidRequestException'],
};

/** The code of the refusal, or undefined when the operation succeeded; anything that is no refusal is thrown. */
const codeOf = async (operation: string, input: Readonly<Record<string, unknown>>): Promise<string | undefined> => {
  try {
    await client.call(operation, input);
    return undefined;
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
};

describe('Whatever stands where a PEM is expected', () => {
  test.each(operations)('%s answers as documented (%#)', async (operation, inputOf, text) => {
    await fc.assert(
      fc.asyncProperty(text, async (sent) => {
        const code = await codeOf(operation, inputOf(sent));
        registry.certificates.delete(device.id);
        if (code !== undefined) expect(documentedCodes[operation]).toContain(code);
      }),
      { numRuns: 300, seed: 20_260_101, examples: [['-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'], ['\u0000']] },
    );
  });

  test('nothing but the certificate itself is registered as signed by its authority', async () => {
    const other = createPlane().client;
    await other.call('RegisterCACertificate', registration);
    await fc.assert(
      fc.asyncProperty(damaged(device.der), async (der) => {
        fc.pre(!der.equals(device.der));
        const attempt = other.call('RegisterCertificate', { certificatePem: pem('CERTIFICATE', der) });
        await expect(attempt).rejects.toMatchObject({ code: 'CertificateValidationException' });
      }),
      { numRuns: 500, seed: 20_260_102 },
    );
  });

  test('bytes are one whole certificate or none', () => {
    fc.assert(
      fc.property(damaged(device.der), fc.uint8Array({ minLength: 1, maxLength: 8 }), (der, rest) => {
        expect(parseCertificate(Buffer.concat([device.der, rest]))).toBeUndefined();
        const parsed = parseCertificate(der);
        if (parsed !== undefined) expect(parsed.x509.raw.equals(der)).toBe(true);
      }),
      { numRuns: 500, seed: 20_260_103 },
    );
  });
});
