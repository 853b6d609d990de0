import type { Enrollment } from '../../../domain/enrollment.ts';
import type { LineName } from '../../../domain/identifiers.ts';
import type { LineRelease } from '../../../domain/stack-upkeep.ts';
import type { CustomResourceRequest } from '../../../lambdas/custom-resource/request.ts';
import { keepLines } from '../../../lambdas/stack-upkeep/keep-lines.ts';
import { aClaim } from '../../builders/claim.ts';
import { aCertificate, anEnrollment } from '../../builders/enrollment.ts';
import { aKey, aLine, aSerial, aTenant } from '../../builders/identifiers.ts';
import { InMemoryClaimStore } from '../../fakes/in-memory-claim-store.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';

class RecordedRelease implements LineRelease {
  readonly done: string[] = [];

  detachClaims(line: LineName): Promise<void> {
    this.done.push(`claims of ${line}`);
    return Promise.resolve();
  }

  detachDevices(line: LineName): Promise<void> {
    this.done.push(`devices of ${line}`);
    return Promise.resolve();
  }
}

const setUp = async (...enrollments: readonly Enrollment[]) => {
  const [store, claims, release] = [new InMemoryEnrollmentStore(), new InMemoryClaimStore(), new RecordedRelease()];
  await store.registerAll(enrollments);
  return { claims, done: release.done, keep: (asked: CustomResourceRequest) => keepLines({ store, claims, release }, asked) };
};

const said = (lines: readonly string[], closed: readonly string[] = [], goWithStack = false) => ({
  ...{ Lines: lines, Closed: closed },
  GoWithStack: String(goWithStack),
});

const request = (more: Partial<CustomResourceRequest>): CustomResourceRequest => ({
  ...{ RequestType: 'Update', ResponseURL: 'https://cloudformation.example/answer', StackId: 'stack', RequestId: 'request' },
  ...{ LogicalResourceId: 'Lines', ResourceType: 'Custom::MusterLines', PhysicalResourceId: 'lines', ResourceProperties: {} },
  ...more,
});

const without = (closed: readonly string[] = ['sensor']) =>
  request({ ResourceProperties: said(['gateway']), OldResourceProperties: said(['sensor', 'gateway'], closed) });

describe('A line that is taken out of the configuration', () => {
  test('stays, and fails the deployment, until it was closed: a device could come in while it goes', async () => {
    const { keep, done } = await setUp();
    await expect(keep(without([]))).rejects.toThrow(
      'The line "sensor" cannot be taken out of the configuration: it is not closed. Put it back',
    );
    expect(done).toEqual([]);
  });

  test.each(['registered', 'admitted', 'active', 'rotating', 'quarantined', 'revoked'] as const)(
    'stays as long as a device in it is %s',
    async (state) => {
      const quarantinedFrom = state === 'quarantined' ? { quarantinedFrom: 'active' as const } : {};
      const { keep, done } = await setUp(anEnrollment({ state, ...quarantinedFrom }));
      await expect(keep(without())).rejects.toThrow('it has devices, "SN-1" for one');
      expect(done).toEqual([]);
    },
  );

  test('stays as long as something of a decommissioned device is left at AWS IoT', async () => {
    const { keep } = await setUp(anEnrollment({ state: 'decommissioned', certificates: [aCertificate('last')] }));
    await expect(keep(without())).rejects.toThrow('it has devices, "SN-1" for one');
  });

  test('stays as long as a claim of it is open', async () => {
    const { keep, claims } = await setUp();
    await claims.create(aClaim(), aKey('claim'));
    await expect(keep(without())).rejects.toMatchObject({
      name: 'LineInUseError',
      message: expect.stringMatching(/its claim ".*" is open/) as unknown,
    });
  });

  test('goes when nothing but tombstones and closed claims are left, of which it takes the policy', async () => {
    const { keep, claims, done } = await setUp(
      anEnrollment({ state: 'decommissioned' }),
      anEnrollment({ line: aLine('gateway'), state: 'active' }),
    );
    const claim = aClaim();
    await claims.create(claim, aKey('claim'));
    await claims.markClosed(claim.name);
    await keep(without());
    expect(done).toEqual(['claims of sensor']);
  });
});

describe('A tenant that is taken out of the configuration', () => {
  const withTenants = (...tenants: readonly string[]) => ({ ...said(['sensor']), Tenants: tenants });
  const leaving = request({ ResourceProperties: withTenants('globex'), OldResourceProperties: withTenants('acme', 'globex') });

  test('stays, and fails the deployment, as long as a device belongs to it', async () => {
    const { keep } = await setUp(anEnrollment({ state: 'registered' }));
    await expect(keep(leaving)).rejects.toMatchObject({
      name: 'TenantInUseError',
      message: expect.stringContaining('The tenant "acme" cannot be taken out of the configuration: it has devices, "SN-1" of') as unknown,
    });
  });

  test('goes when only tombstones and devices of others are left', async () => {
    const { keep } = await setUp(
      anEnrollment({ state: 'decommissioned' }),
      anEnrollment({ serialNumber: aSerial('SN-2'), tenant: aTenant('globex'), state: 'active' }),
    );
    await expect(keep(leaving)).resolves.toBeUndefined();
  });

  test('is not known of where an older version of the stack said nothing of tenants', async () => {
    const { keep } = await setUp(anEnrollment({ state: 'active' }));
    const update = request({ ResourceProperties: withTenants('globex'), OldResourceProperties: said(['sensor']) });
    await expect(keep(update)).resolves.toBeUndefined();
  });
});

describe('A line that comes, stays, or is closed', () => {
  test('is nobody’s business', async () => {
    const { keep, done } = await setUp(anEnrollment({ state: 'active' }));
    await keep(request({ RequestType: 'Create', PhysicalResourceId: undefined, ResourceProperties: said(['sensor']) }));
    await keep(request({ ResourceProperties: said(['sensor', 'gateway'], ['sensor']), OldResourceProperties: said(['sensor']) }));
    expect(done).toEqual([]);
  });
});

describe('When the stack goes', () => {
  const deletion = (goWithStack: boolean) => request({ RequestType: 'Delete', ResourceProperties: said(['sensor'], [], goWithStack) });

  test('lines go with it where records do: policies are taken from claims and devices, and types from things', async () => {
    const { keep, done } = await setUp(anEnrollment({ state: 'active' }));
    await keep(deletion(true));
    expect(done).toEqual(['claims of sensor', 'devices of sensor']);
  });

  test('nothing is taken from a device where records stay', async () => {
    const { keep, done } = await setUp(anEnrollment({ state: 'active' }));
    await keep(deletion(false));
    expect(done).toEqual([]);
  });

  test('nothing is in the way of taking back a creation that failed', async () => {
    const { keep } = await setUp();
    await expect(keep(request({ RequestType: 'Delete', PhysicalResourceId: 'failed-to-create' }))).resolves.toBeUndefined();
  });
});
