import { CreateProvisioningClaimCommand, DescribeCertificateCommand, ListCertificatesCommand } from '@aws-sdk/client-iot';
import { X509Certificate } from 'node:crypto';
import { requestPem } from '../local/iot/certificate-requests.ts';
import { assumed, documented } from './fact.ts';
import { topics } from './provisioning-device.ts';
import { startProvisioning } from './start-provisioning.ts';

const trustedUser = 'IoT developer guide, "Provisioning by trusted user"';

const fiveMinutesMs = 5 * 60_000;

const world = await startProvisioning();
const templateName = await world.template();

const createClaim = async () => {
  const {
    certificateId = '',
    certificatePem = '',
    keyPair,
    expiration,
  } = await world.iot.send(new CreateProvisioningClaimCommand({ templateName }));
  return { certificateId, expiration, credentials: { cert: certificatePem, key: keyPair?.PrivateKey ?? '' } };
};

describe('A temporary claim', () => {
  documented(trustedUser, 'onboards a device by its template', async () => {
    const { credentials } = await createClaim();
    const answer = await world.onboard(templateName, { parameters: { SerialNumber: 'trusted' } }, await world.device(credentials));
    expect(answer).toMatchObject({ result: 'accepted', body: { thingName: 'thing-trusted' } });
  });

  documented(trustedUser, 'expires five minutes after it was made', async () => {
    const before = world.clock.now();
    const { expiration, credentials } = await createClaim();
    expect(Math.abs((expiration?.getTime() ?? 0) - before - fiveMinutesMs)).toBeLessThan(5000);
    expect(Math.abs(new X509Certificate(credentials.cert).validToDate.getTime() - (expiration?.getTime() ?? 0))).toBeLessThan(1000);
    world.clock.advance(fiveMinutesMs - 30_000);
    expect((await world.device(credentials)).mqtt.connected).toBe(true);
    world.clock.advance(30_000);
    await expect(world.device(credentials)).rejects.toThrow("Couldn't connect to server");
  });

  documented(trustedUser, 'is not in the list of certificates', async () => {
    const { certificateId } = await createClaim();
    const { certificates = [] } = await world.iot.send(new ListCertificatesCommand({ pageSize: 250 }));
    expect(certificates.map((one) => one.certificateId)).not.toContain(certificateId);
    await expect(world.iot.send(new DescribeCertificateCommand({ certificateId }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  documented('API reference, CreateProvisioningClaim', 'needs a template that exists', async () => {
    const claim = world.iot.send(new CreateProvisioningClaimCommand({ templateName: 'missing' }));
    await expect(claim).rejects.toMatchObject({ name: 'ResourceNotFoundException', $metadata: { httpStatusCode: 404 } });
  });

  assumed('claim.permissions', 'may provision by its own template only, and publish nothing else', async () => {
    const { credentials } = await createClaim();
    const other = await world.template();
    for (const topic of [`${topics.template(other)}/json`, 'telemetry', '$aws/things/x/shadow/update']) {
      const device = await world.device(credentials);
      await expect(device.mqtt.publishAsync(topic, '{}', { qos: 1 })).rejects.toMatchObject({ code: 0x87 });
    }
    const device = await world.device(credentials);
    await expect(device.mqtt.subscribeAsync(`${topics.template(other)}/json/accepted`)).rejects.toThrow();
  });

  assumed('provisioning.rejected-claim-expired', 'gets 403 AccessDenied once it has expired, though it is still connected', async () => {
    const { credentials } = await createClaim();
    const device = await world.device(credentials);
    await world.certify(device);
    world.clock.advance(fiveMinutesMs);
    const { result, body } = await device.ask(topics.csr, { certificateSigningRequest: requestPem() });
    expect([result, body]).toMatchObject(['rejected', { statusCode: 403, errorCode: 'AccessDenied' }]);
  });

  assumed('claim.ends-connections', 'loses its connections as a deactivated certificate does', async () => {
    const { credentials } = await createClaim();
    const device = await world.device(credentials);
    world.clock.advance(fiveMinutesMs + 10 * 60_000);
    await device.ended();
  });
});
