import { createPrivateKey, X509Certificate } from 'node:crypto';
import * as z from 'zod/mini';
import { MqttSessionError } from '../../../device/mqtt/mqtt-session.ts';
import { serialNumber } from '../../../domain/serial-number.ts';
import { createOnboardingBench, type OnboardingBench } from '../../fakes/onboarding-bench.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

const topic = (bench: OnboardingBench) => bench.cloud.requests.map((request) => request.topic.split('/').slice(1, 3).join('/'));

describe('a device that holds a claim', () => {
  test('F12: ends with a credential of its own, in place and proven by a connection', async () => {
    const bench = createOnboardingBench();
    const outcome = await bench.run();
    const [certificate] = bench.cloud.active;
    expect(outcome).toEqual({
      outcome: 'onboarded',
      thingName: 'muster:sensor:SN-0001',
      certificateId: certificate?.id,
      endpoint: 'broker.example:8883',
      configuration: { muster: '{"schemaVersion":1}' },
      already: false,
    });
    expect(await bench.medium.fileSystem.readText('/state/device.certificate.pem')).toBe(certificate?.pem);
    expect(bench.cloud.inUse).toBe(certificate?.id);
  });

  test('keeps its key before it sends the request', async () => {
    const bench = createOnboardingBench();
    const connect = bench.cloud.connect.bind(bench.cloud);
    const filesAtConnect: (readonly string[])[] = [];
    bench.cloud.connect = (request) => {
      bench.medium.recover(false); // as if the power had gone at this moment
      filesAtConnect.push(bench.medium.fileNames);
      return connect(request);
    };
    await bench.run();
    expect(filesAtConnect[0]).toContain('/state/device.private-key.pem');
  });

  test('uses the prefix and 128 random bits as client id, fresh for each attempt', async () => {
    const bench = createOnboardingBench();
    bench.cloud.fates = ['close-before'];
    await bench.run();
    const clientIds = bench.cloud.connections.filter(({ as }) => as === 'claim').map(({ clientId }) => clientId);
    expect(clientIds).toHaveLength(2);
    expect(new Set(clientIds).size).toBe(2);
    for (const clientId of clientIds) expect(clientId).toMatch(/^muster-claim-sensor-[0-9a-f]{32}$/);
  });

  test('leaves the claim alone unless it is told to forget it', async () => {
    const bench = createOnboardingBench();
    await bench.run();
    expect(bench.claim.isThere).toBe(true);
    await bench.run({ forgetsClaim: true });
    expect(bench.claim.isThere).toBe(false);
  });

  test('F8: subscribes to both answers of an exchange, of exactly that exchange', async () => {
    const bench = createOnboardingBench();
    await bench.run();
    expect(bench.cloud.subscriptions).toEqual([
      '$aws/certificates/create-from-csr/json/accepted',
      '$aws/certificates/create-from-csr/json/rejected',
      '$aws/provisioning-templates/muster-sensor/provision/json/accepted',
      '$aws/provisioning-templates/muster-sensor/provision/json/rejected',
    ]);
  });

  test('F8: takes an answer without a token for no answer, and asks again', async () => {
    const bench = createOnboardingBench();
    bench.cloud.fates = [{ accepted: { certificateId: 'a'.repeat(64), certificatePem: 'x', certificateOwnershipToken: '' } }];
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(topic(bench)).toEqual(['certificates/create-from-csr', 'certificates/create-from-csr', 'provisioning-templates/muster-sensor']);
  });

  test('F9: subscribes before it publishes, on the connection that it publishes on', async () => {
    // The fake delivers an answer only to a connection that had subscribed when the request came; no answer, no success.
    const bench = createOnboardingBench();
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(bench.cloud.connections.filter(({ as }) => as === 'claim')).toHaveLength(1);
  });

  test('F13: proves the new credential with the device key, as the thing, and never with the claim key', async () => {
    const bench = createOnboardingBench();
    await bench.run();
    const proof = bench.cloud.connections.at(-1);
    expect(proof).toMatchObject({ as: 'thing', clientId: 'muster:sensor:SN-0001' });
    const key = await bench.medium.fileSystem.readText('/state/device.private-key.pem');
    const certificate = await bench.medium.fileSystem.readText('/state/device.certificate.pem');
    expect(proof?.identity).toEqual({ certificatePem: certificate, privateKeyPem: key });
    expect(new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key))).toBe(true);
    expect(key).not.toBe(bench.claimIdentity.privateKeyPem);
  });

  test('proves itself with what it was given, for the claim that it came by, each time anew', async () => {
    const bench = createOnboardingBench();
    bench.given.means = { kind: 'device-secret', secret: 'ab'.repeat(32) };
    bench.cloud.fates = ['answer', 'close-before'];
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    const request = bench.cloud.requests.at(-1)?.body as { parameters: Record<string, string> };
    expect(request.parameters).toEqual({ SerialNumber: 'SN-0001', Evidence: containing('"kind":"device-secret"') });
  });

  test('says so when what it was given cannot be used, and asks nothing', async () => {
    const bench = createOnboardingBench();
    bench.given.means = { kind: 'enrollment-code', code: 'SHORT' };
    expect(await bench.run()).toEqual({
      outcome: 'bad-setup',
      message: 'The enrollment code is none; expected 8 to 64 letters and digits.',
    });
    expect(bench.cloud.connections).toEqual([]);
  });

  test('refuses a certificate that was issued for another key', async () => {
    const bench = createOnboardingBench();
    const foreign = { certificateId: 'a'.repeat(64), certificatePem: bench.claimIdentity.certificatePem, certificateOwnershipToken: 't' };
    bench.cloud.fates = [{ accepted: foreign }];
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(bench.progress).toContainEqual(expect.objectContaining({ step: 'waiting', because: containing('another key') }));
  });
});

describe('a device that is onboarded already', () => {
  test('F31: makes sure by connecting, and asks for nothing', async () => {
    const bench = createOnboardingBench();
    await bench.run();
    bench.cloud.requests.length = 0;
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded', already: true });
    expect(bench.cloud.requests).toEqual([]);
    expect(bench.cloud.connections.at(-1)?.as).toBe('thing');
  });

  test('does not even connect when it is told not to verify', async () => {
    const bench = createOnboardingBench();
    await bench.run();
    const before = bench.cloud.connections.length;
    expect(await bench.run({ verifies: false })).toMatchObject({ outcome: 'onboarded', already: true });
    expect(bench.cloud.connections).toHaveLength(before);
  });

  test('F31: says that it is refused when its credential is no longer accepted, and does not reach for the claim', async () => {
    const bench = createOnboardingBench();
    await bench.run();
    for (const certificate of bench.cloud.active) certificate.status = 'INACTIVE';
    const before = bench.cloud.requests.length;
    expect(await bench.run()).toMatchObject({ outcome: 'refused' });
    expect(bench.cloud.requests).toHaveLength(before);
  });

  test('refuses to work in the state directory of another serial number', async () => {
    const bench = createOnboardingBench();
    await bench.run();
    expect(await bench.run({ serialNumber: z.parse(serialNumber, 'SN-0002') })).toMatchObject({
      outcome: 'bad-setup',
      message: containing('"SN-0001"'),
    });
  });
});

describe('what the cloud answers', () => {
  test('403 is a refusal, at once and without particulars of why', async () => {
    const bench = createOnboardingBench();
    bench.cloud.fates = ['answer', { statusCode: 403, errorCode: 'AccessDenied' }];
    expect(await bench.run()).toMatchObject({ outcome: 'refused', statusCode: 403, errorCode: 'AccessDenied' });
    expect(bench.time.naps).toEqual([]);
  });

  test.each([
    { statusCode: 429, errorCode: 'Throttled' },
    { statusCode: 400, errorCode: 'ThrottlingException' },
    { statusCode: 500, errorCode: 'InternalFailure' },
    { statusCode: 503, errorCode: 'ServiceUnavailable' },
  ])('F10: $statusCode $errorCode is asked again later on the same connection, for the same certificate', async (busy) => {
    const bench = createOnboardingBench();
    bench.cloud.fates = ['answer', busy, busy];
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(bench.cloud.certificates.size).toBe(1);
    expect(bench.cloud.connections.filter(({ as }) => as === 'claim')).toHaveLength(1);
    expect(bench.time.naps).toEqual([500, 1000]); // half of 1 s and of 2 s
  });

  test('F7: a token that is no longer accepted leads to another certificate of the same key', async () => {
    const bench = createOnboardingBench();
    bench.cloud.fates = ['answer', { statusCode: 400, errorCode: 'InvalidCertificateOwnershipToken' }];
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(new Set([...bench.cloud.certificates.values()].map(({ key }) => key)).size).toBe(1);
    expect(bench.cloud.certificates.size).toBe(2);
  });

  test('F7: the token is never stored, so a device that slept over its hour asks for another certificate', async () => {
    const bench = createOnboardingBench();
    bench.cloud.fates = ['answer', 'lose-request'];
    expect(await bench.run({ timeoutMs: 1 })).toMatchObject({ outcome: 'try-again' });
    const stored = await Promise.all(bench.medium.fileNames.map((name) => bench.medium.fileSystem.readText(name)));
    const request = bench.cloud.requests.at(-1)?.body as { certificateOwnershipToken: string };
    for (const text of stored) expect(text).not.toContain(request.certificateOwnershipToken);
    bench.time.advance(2 * 3_600_000);
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(bench.cloud.active).toHaveLength(1);
  });

  test('F11: a lost yes is found out by testing the certificate, and the configuration is asked for again', async () => {
    const bench = createOnboardingBench();
    bench.cloud.fates = ['answer', 'lose-answer'];
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded', configuration: { muster: '{"schemaVersion":1}' } });
    expect(bench.cloud.active).toHaveLength(1);
  });

  test('a lost yes is enough when the claim is closed meanwhile', async () => {
    const bench = createOnboardingBench();
    bench.cloud.fates = ['answer', 'close-after'];
    expect(await bench.run({ timeoutMs: 1 })).toMatchObject({ outcome: 'try-again' });
    bench.cloud.isClaimOpen = false;
    const outcome = await bench.run();
    expect(outcome).toMatchObject({ outcome: 'onboarded', thingName: 'muster:sensor:SN-0001' });
    expect(outcome).not.toHaveProperty('configuration');
  });

  test('one hang-up condemns no certificate: AWS IoT hangs up on a second CONNECT within a second, too', async () => {
    const bench = createOnboardingBench();
    bench.cloud.fates = ['answer', 'close-after'];
    await bench.run({ timeoutMs: 1 });
    bench.cloud.isClaimOpen = false;
    bench.cloud.connectFailures = [new MqttSessionError('lost', 'The server hung up')];
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded', thingName: 'muster:sensor:SN-0001' });
  });

  test('however many answers are lost, the device is never locked out by its own certificates', async () => {
    const bench = createOnboardingBench();
    bench.cloud.fates = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'answer' : 'lose-answer'));
    expect(await bench.run({ timeoutMs: 3_600_000 })).toMatchObject({ outcome: 'onboarded' });
    expect(bench.cloud.active).toHaveLength(1);
  });

  test('F10: silence, a lost connection and an unreachable server are tried again until time is up', async () => {
    const bench = createOnboardingBench();
    const unreachable = () => new MqttSessionError('unreachable', 'connect ECONNREFUSED');
    bench.cloud.connectFailures = Array.from({ length: 100 }, unreachable);
    const start = bench.time.now();
    expect(await bench.run({ timeoutMs: 60_000 })).toEqual({ outcome: 'try-again', message: 'connect ECONNREFUSED' });
    expect(bench.time.now() - start).toBeLessThan(60_000);
    expect(bench.time.naps).toEqual([500, 1000, 2000, 4000, 8000, 16_000]);
  });

  test('a claim that is closed is a refusal', async () => {
    const bench = createOnboardingBench();
    bench.cloud.isClaimOpen = false;
    expect(await bench.run()).toMatchObject({ outcome: 'refused' });
  });

  test('a server that the roots do not vouch for is a matter of set-up, and not tried again', async () => {
    const bench = createOnboardingBench();
    bench.cloud.connectFailures = [new MqttSessionError('untrusted-server', 'self-signed certificate in certificate chain')];
    expect(await bench.run()).toMatchObject({ outcome: 'bad-setup' });
  });

  test('F21: a clock that is not set yet is waited for, and said when it never is', async () => {
    const bench = createOnboardingBench();
    const early = () => new MqttSessionError('clock', 'certificate is not yet valid');
    bench.cloud.connectFailures = [early(), early()];
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    const other = createOnboardingBench();
    other.cloud.connectFailures = Array.from({ length: 100 }, early);
    expect(await other.run({ timeoutMs: 10_000 })).toMatchObject({ outcome: 'bad-setup' });
  });

  test('a new credential that is not accepted yet is tried again, and never dropped', async () => {
    const bench = createOnboardingBench();
    const connect = bench.cloud.connect.bind(bench.cloud);
    let refusals = 3;
    bench.cloud.connect = async (request) => {
      if (request.clientId.includes(':') && refusals-- > 0) throw new MqttSessionError('refused', 'Not authorized');
      return connect(request);
    };
    expect(await bench.run()).toMatchObject({ outcome: 'onboarded' });
    expect(bench.cloud.certificates.size).toBe(1);
  });
});
