import { auditAddress } from '../../../../domain/operations/audit-address.ts';
import { NOON } from '../../../builders/enrollment.ts';
import { inProcessOperations } from '../../../fakes/in-process-operations.ts';

const kept = { address: '192.0.2.7', salt: Buffer.from('5a17', 'hex') };

const worldWith = (until: number, role: 'auditor' | 'operator' = 'auditor') =>
  inProcessOperations({
    scopes: [{ name: role, role }],
    resources: { addresses: { read: (eventId) => Promise.resolve(eventId === 'presence-1' ? { ...kept, until } : undefined) } },
  });

describe('The address of an event, for those who look into it', () => {
  test('is told with what its digest was made with, and who was told is on record, without the address', async () => {
    const { client, audit } = worldWith(NOON + 1);
    expect(await client.call(auditAddress, { eventId: 'presence-1' })).toEqual({ address: '192.0.2.7', salt: '5a17', until: NOON + 1 });
    expect(audit.events).toMatchObject([
      { code: 'address.shown', actor: { kind: 'operator' }, operation: 'audit.address', scope: 'auditor', resource: 'presence-1' },
    ]);
    expect(JSON.stringify(audit.events)).not.toMatch(/192\.0\.2\.7|5a17/);
  });

  test.each([
    ['of which none is kept', 'presence-2', NOON + 1],
    ['that should be forgotten, though it is still there', 'presence-1', NOON],
  ])('is told to nobody %s', async (_, eventId, until) => {
    const { client, audit } = worldWith(until);
    await expect(client.call(auditAddress, { eventId })).rejects.toMatchObject({ code: 'ERR_NOT_FOUND' });
    expect(audit.events.map(({ code }) => code)).toEqual(['operation.refused']);
  });

  test('is not for an operator', async () => {
    const { client } = worldWith(NOON + 1, 'operator');
    await expect(client.call(auditAddress, { eventId: 'presence-1' })).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' });
  });
});
