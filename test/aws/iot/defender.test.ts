import { createIotDefenderFindings } from '../../../aws/iot/defender-findings.ts';
import { createIotSharedUseSuppressions } from '../../../aws/iot/shared-use-suppressions.ts';
import type { DefenderFinding } from '../../../domain/defender/defender-finding.ts';
import { aCertificateId } from '../../builders/identifiers.ts';
import { makeAuthority } from '../../local/iot/own-ca/test-authority.ts';
import { useControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

const DAY_MS = 86_400_000;
const roleArn = 'arn:aws:iam::123456789012:role/audits';
const expiring = 'DEVICE_CERTIFICATE_EXPIRING_CHECK';
const broad = 'IOT_POLICY_OVERLY_PERMISSIVE_CHECK';

const world = useControlPlane();

const enable = async (...checks: readonly string[]): Promise<void> => {
  const auditCheckConfigurations = Object.fromEntries(checks.map((name) => [name, { enabled: true }]));
  await world.plane.client.call('UpdateAccountAuditConfiguration', { roleArn, auditCheckConfigurations });
};

const audit = async (...targetCheckNames: readonly string[]): Promise<string> => {
  const { taskId } = await world.plane.client.call('StartOnDemandAuditTask', { targetCheckNames });
  world.clock.advance(60_000);
  return String(taskId);
};

const all = async (pages: AsyncIterable<readonly DefenderFinding[]>): Promise<readonly DefenderFinding[]> => {
  const found: DefenderFinding[] = [];
  for await (const page of pages) found.push(...page);
  return found;
};

describe('What audits found', () => {
  test('is read to the last page, each finding with its resource, and one by its id', async () => {
    await enable(expiring, broad);
    const authority = await makeAuthority();
    const { cert: certificatePem, id } = await authority.issue({ notAfter: new Date(world.clock.now() + DAY_MS) });
    await world.plane.client.call('RegisterCertificateWithoutCA', { certificatePem, status: 'ACTIVE' });
    const policyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] });
    for (let count = 0; count < 251; count += 1)
      await world.plane.client.call('CreatePolicy', { policyName: `wide-${count}`, policyDocument });
    const findings = createIotDefenderFindings(world.iot);
    const found = await all(findings.ofAudit(await audit(expiring, broad)));
    expect(found).toHaveLength(252);
    const certificate = found.find(({ check }) => check === expiring);
    expect(certificate).toMatchObject({
      ...{ reason: 'CERTIFICATE_APPROACHING_EXPIRATION', isSuppressed: false, at: world.clock.now() },
      certificate: { certificateId: id, arn: expect.stringContaining(`:cert/${id}`) as string },
    });
    expect(found.find(({ check }) => check === broad)?.resource).toMatch(/^wide-\d+:1$/);
    expect(await findings.find(certificate?.id ?? '')).toEqual(certificate);
    expect(await findings.find('gone')).toBeUndefined();
  });
});

describe('That a claim is shared', () => {
  const id = aCertificateId('claim');

  test('is suppressed until it ends, said twice or not, and lifted, there or not', async () => {
    await enable('DEVICE_CERTIFICATE_SHARED_CHECK');
    const suppressions = createIotSharedUseSuppressions(world.iot);
    const until = world.clock.now() + DAY_MS;
    expect(await suppressions.suppress(id, until, 'why')).toBe(true);
    expect(await suppressions.suppress(id, until, 'why')).toBe(true);
    const { suppressions: listed } = await world.plane.client.call('ListAuditSuppressions', {});
    expect(listed).toMatchObject([
      { resourceIdentifier: { deviceCertificateId: id }, expirationDate: new Date(until), description: 'why' },
    ]);
    await suppressions.lift(id);
    await suppressions.lift(id);
    expect(await world.plane.client.call('ListAuditSuppressions', {})).toMatchObject({ suppressions: [] });
  });

  test('is nothing to suppress where nobody audits it', async () => {
    const auditCheckConfigurations = { DEVICE_CERTIFICATE_SHARED_CHECK: { enabled: false } };
    await world.plane.client.call('UpdateAccountAuditConfiguration', { auditCheckConfigurations });
    expect(await createIotSharedUseSuppressions(world.iot).suppress(id, world.clock.now() + DAY_MS, 'why')).toBe(false);
  });
});
