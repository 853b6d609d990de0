import { openAccountReads } from '../../../aws/open/account-reads.ts';
import type { AccountReads } from '../../../domain/account-ports.ts';
import { createIotDomainConfigurations } from '../../../aws/iot/domain-configurations.ts';
import { NOON, aCertificate, anEnrollment, anEvent } from '../../builders/enrollment.ts';
import { aCertificateId, aSerial } from '../../builders/identifiers.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';
import { type DoctoredAccount, openDoctoredAccount } from './doctored-account.ts';

let account: DoctoredAccount;
beforeEach(async () => {
  account = await openDoctoredAccount();
});
afterEach(() => account.aws.stop());

const deployed = (): AccountReads => {
  const reads = openAccountReads(account.config);
  const stack = () => Promise.resolve({ status: 'CREATE_COMPLETE' });
  return { ...reads, stacks: { ...reads.stacks, stack, resources: () => Promise.resolve([]) } };
};

/** A deployment with a device whose list somebody left, and one that is admitted for a month. */
const aDeployment = async () => {
  const operations = inProcessOperations({ now: () => NOON + 30 * 86_400_000 });
  const certificates = [aCertificate('old'), aCertificate('new')];
  const lastEvent = anEvent();
  await operations.store.register(
    anEnrollment({ serialNumber: aSerial('LEFT'), state: 'active', certificates, toRetire: [aCertificateId('old')], lastEvent }),
  );
  await operations.store.register(anEnrollment({ serialNumber: aSerial('STALE'), state: 'admitted', lastEvent }));
  return operations;
};

const doctor = ({ client }: Awaited<ReturnType<typeof aDeployment>>, ...parameters: readonly string[]) =>
  runMuster({ account: deployed(), client, domains: createIotDomainConfigurations() }, 'doctor', '--repair', ...parameters);

describe('muster doctor --repair, where a deployment is there', () => {
  test('puts right what is safe, and says what is left', async () => {
    const operations = await aDeployment();
    const { output, code } = await doctor(operations, '--yes');
    expect(output.slice(-3)).toEqual([
      expect.stringMatching(/^put right: retirement-left-undone sensor\/LEFT: /),
      expect.stringMatching(/^left to you: stale-state sensor\/STALE: .+ -> Look at the device/),
      expect.stringMatching(/^Compared \d+ records, things and certificates with AWS IoT: 2 findings\.$/),
    ]);
    expect(code).toBe(1);
    expect(operations.audit.events.map(({ code: event }) => event)).toEqual([
      'certificate.retired',
      'reconciliation.repaired',
      'reconciliation.found',
    ]);
    expect(operations.audit.events[1]).toMatchObject({ actor: { kind: 'operator' }, finding: 'retirement-left-undone' });
  });

  test('changes nothing the second time', async () => {
    const operations = await aDeployment();
    await doctor(operations, '--yes');
    const { output } = await doctor(operations, '--yes', '--json');
    expect(JSON.parse(output.join('\n'))).toMatchObject({ reconciliation: { findings: [{ kind: 'stale-state', result: 'left' }] } });
  });

  test('says what it would do, and does nothing', async () => {
    const operations = await aDeployment();
    const { output } = await doctor(operations, '--dry-run');
    expect(output.at(-3)).toMatch(/^would be put right: retirement-left-undone sensor\/LEFT: /);
    expect(operations.audit.events).toEqual([]);
  });

  test('asks first, and does nothing where nobody can say yes', async () => {
    const operations = await aDeployment();
    await expect(doctor(operations)).rejects.toThrow('All devices on record will be compared with AWS IoT');
    expect(operations.audit.events).toEqual([]);
  });

  test('says why it could not, and fails', async () => {
    const { output, code } = await runMuster(
      { account: deployed(), domains: createIotDomainConfigurations() },
      ...['doctor', '--repair', '--yes'],
    );
    expect(output.at(-1)).toBe('Could not compare the registry with AWS IoT: Error: Not in this test.');
    expect(code).toBe(1);
  });
});
