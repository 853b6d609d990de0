import { UpdateCertificateCommand } from '@aws-sdk/client-iot';
import { runFullPass } from '../../../lambdas/reconciliation/full-pass.ts';
import { aClaim } from '../../builders/claim.ts';
import { anEnrollment } from '../../builders/enrollment.ts';
import { aKey, aLine } from '../../builders/identifiers.ts';
import { testStartMs } from '../../local/service-endpoint.ts';
import {
  DAY_MS,
  HOUR_MS,
  aCertificateAtIot,
  aFleet,
  createThing,
  inShort,
  names,
  startReconciliationWorld,
  statusOf,
} from './reconciliation-world.ts';

let world: Awaited<ReturnType<typeof startReconciliationWorld>>;
beforeEach(async () => {
  world = await startReconciliationWorld();
});
afterEach(() => world.stop());

const claimPolicy = names.claimPolicy(aLine());
const wishes = { actor: { kind: 'service', name: 'reconciliation' }, isDryRun: false } as const;

/** Runs until the full pass that is due is done. */
const passAfter = async (fleet: Awaited<ReturnType<typeof aFleet>>) => {
  await fleet.runAfter(HOUR_MS);
  return fleet.runAfter(2 * DAY_MS);
};

describe('The full pass', () => {
  test('tells how old the credentials are that it comes by, and nothing when it only tries', async () => {
    const fleet = await aFleet(world);
    const credentialSince = testStartMs - 3 * DAY_MS;
    await fleet.store.registerAll([anEnrollment({ state: 'active', credentialSince })]);
    const slice = { cursor: undefined, until: Number.MAX_SAFE_INTEGER, most: 1 };
    await runFullPass(fleet.props, slice, { ...wishes, isDryRun: true });
    expect(fleet.told).toEqual([]);
    await runFullPass(fleet.props, slice, wishes);
    expect(fleet.told).toMatchObject([{ measured: { CredentialAgeDays: [3] } }]);
  });

  test('finds nothing wrong with a fleet as it should be', async () => {
    const fleet = await aFleet(world);
    await fleet.enroll('SN-1');
    const certificateId = await aCertificateAtIot(world, { policyName: claimPolicy });
    await fleet.store.createClaim(aClaim({ certificateId }));
    expect(inShort(await passAfter(fleet))).toEqual([]);
    expect(await statusOf(world, certificateId)).toBe('ACTIVE');
  });

  test('deactivates a certificate of a line that belongs to no thing, and the next pass finds nothing', async () => {
    const fleet = await aFleet(world);
    const orphan = await aCertificateAtIot(world);
    expect(await passAfter(fleet)).toMatchObject([
      { code: 'reconciliation.repaired', finding: 'orphan-certificate', certificateId: orphan },
    ]);
    expect(await statusOf(world, orphan)).toBe('INACTIVE');
    expect(inShort(await fleet.runAfter(2 * DAY_MS))).toEqual([]);
  });

  test('deletes a certificate of no thing when it has been out of use for a month, and leaves alone one that is revoked', async () => {
    const fleet = await aFleet(world);
    const [left, revoked] = [await aCertificateAtIot(world, { isActive: false }), await aCertificateAtIot(world, { isActive: false })];
    await world.iot.send(new UpdateCertificateCommand({ certificateId: revoked, newStatus: 'REVOKED' }));
    expect(inShort(await passAfter(fleet))).toEqual([]);
    expect(await fleet.runAfter(30 * DAY_MS)).toMatchObject([
      { code: 'reconciliation.repaired', finding: 'certificate-left-over', certificateId: left },
    ]);
    expect([await statusOf(world, left), await statusOf(world, revoked)]).toEqual(['GONE', 'REVOKED']);
  });

  test('leaves alone a certificate that was made within the hour', async () => {
    const fleet = await aFleet(world);
    const orphan = await aCertificateAtIot(world);
    const slice = { cursor: undefined, until: Infinity, most: 100 };
    expect(await runFullPass(fleet.props, slice, wishes)).toMatchObject({ reconciled: [] });
    expect(await statusOf(world, orphan)).toBe('ACTIVE');
  });

  test('tells of a thing that nobody enrolled and of its certificate, and leaves both to a person', async () => {
    const fleet = await aFleet(world);
    await createThing(world, 'muster:sensor:NOBODY');
    const certificate = await aCertificateAtIot(world, { thing: 'muster:sensor:NOBODY' });
    expect(inShort(await passAfter(fleet))).toEqual([
      'reconciliation.found thing-without-enrollment',
      'reconciliation.found orphan-certificate',
    ]);
    expect(await statusOf(world, certificate)).toBe('ACTIVE');
  });

  test('deactivates a certificate with the policy of claims that is no claim', async () => {
    const fleet = await aFleet(world);
    const certificate = await aCertificateAtIot(world, { policyName: claimPolicy });
    const untouched = await aCertificateAtIot(world, { policyName: claimPolicy, isActive: false });
    expect(inShort(await passAfter(fleet))).toEqual(['reconciliation.repaired orphan-claim-certificate']);
    expect([await statusOf(world, certificate), await statusOf(world, untouched)]).toEqual(['INACTIVE', 'INACTIVE']);
  });

  test('finds what was broken at AWS IoT without any change on record', async () => {
    const fleet = await aFleet(world);
    const { thing } = await fleet.enroll('SN-1', () => ({ state: 'revoked', certificates: [], toRetire: [] }));
    await fleet.runAfter();
    const foreign = await aCertificateAtIot(world, { thing });
    expect(inShort(await fleet.runAfter(2 * DAY_MS))).toContain('reconciliation.repaired barred-certificate-active');
    expect(await statusOf(world, foreign)).toBe('REVOKED');
  });

  test('takes no offence at a registered device that nobody has seen', async () => {
    const fleet = await aFleet(world);
    await fleet.store.register(anEnrollment());
    expect(inShort(await passAfter(fleet))).toEqual([]);
  });

  test('waits a day after the first deployment, and begins once a day', async () => {
    const fleet = await aFleet(world);
    await fleet.runAfter(HOUR_MS);
    expect(await fleet.props.progress.read()).toEqual({ notBefore: testStartMs + HOUR_MS + DAY_MS });
    await fleet.runAfter(HOUR_MS);
    expect(await fleet.props.progress.read()).toEqual({ notBefore: testStartMs + HOUR_MS + DAY_MS });
    await fleet.runAfter(DAY_MS);
    expect(await fleet.props.progress.read()).toEqual({ notBefore: testStartMs + 2 * HOUR_MS + 2 * DAY_MS });
  });

  test('F16: goes on where the last run ended, bounded in what it does at once, until everything was looked at', async () => {
    const fleet = await aFleet(world);
    for (let count = 0; count < 30; count += 1) await fleet.enroll(`SN-${count}`);
    fleet.time.now += HOUR_MS / 2;
    const looked: number[] = [];
    let cursor: string | undefined;
    do {
      world.sent.length = 0;
      const slice = await runFullPass(fleet.props, { cursor, until: Infinity, most: 25 }, wishes);
      looked.push(slice.looked);
      // A page of enrollments costs two requests each, one of certificates one each, besides the page itself.
      expect(world.sent.length).toBeLessThanOrEqual(60);
      cursor = slice.next;
    } while (cursor !== undefined);
    expect(looked.length).toBeGreaterThan(2);
    // Each once as an enrollment, as a thing and as a certificate; the line has no claims.
    expect(looked.reduce((sum, count) => sum + count, 0)).toBe(91);
  });

  test('begins at the start where it is told to go on at what there is not', async () => {
    const fleet = await aFleet(world);
    expect(await runFullPass(fleet.props, { cursor: 'things:gone x', until: Infinity, most: 100 }, wishes)).toMatchObject({ looked: 4 });
  });

  test('changes nothing and leaves no trace in a dry run; and looks at nothing that was changed a moment ago', async () => {
    const fleet = await aFleet(world);
    const old = await aCertificateAtIot(world);
    await fleet.enroll('SN-1', (id) => ({
      certificates: [id, old].map((each) => ({ id: each, key: aKey('device'), issuedAt: fleet.time.now })),
      toRetire: [old],
    }));
    const slice = { cursor: undefined, until: Infinity, most: 100 };
    expect(await runFullPass(fleet.props, slice, wishes)).toMatchObject({ reconciled: [] });
    fleet.time.now += HOUR_MS / 2;
    const { reconciled } = await runFullPass(fleet.props, slice, { ...wishes, isDryRun: true });
    expect(reconciled).toMatchObject([{ result: 'planned', finding: { kind: 'retirement-left-undone' } }]);
    expect(fleet.audit.events).toEqual([]);
    expect(await statusOf(world, old)).toBe('ACTIVE');
  });
});
