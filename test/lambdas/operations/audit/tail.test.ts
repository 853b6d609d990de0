import type { AuditPage } from '../../../../domain/device-ports.ts';
import { auditTail } from '../../../../domain/operations/audit-tail.ts';
import { NOON, anEvent } from '../../../builders/enrollment.ts';
import { inProcessOperations } from '../../../fakes/in-process-operations.ts';
import { deviceWorld } from '../devices/device-world.ts';

describe('The audit log for operators', () => {
  test('is read from a time on, and by what is asked for', async () => {
    const world = await deviceWorld();
    world.audit.emit(anEvent({ id: 'old', at: NOON - 1 }));
    world.audit.emit(anEvent({ id: 'one' }));
    world.audit.emit(anEvent({ id: 'two', code: 'claim.closed' }));
    const read = async (wanted: object) =>
      (await world.as('auditor').call(auditTail, { since: NOON, limit: 10, ...wanted })).entries.map(({ event }) => event.id);
    expect(await read({})).toEqual(['one', 'two']);
    expect(await read({ code: 'claim.closed' })).toEqual(['two']);
  });

  test.each(['factory', 'support'])('is not for %s', async (scope) => {
    const world = await deviceWorld();
    await expect(world.as(scope).call(auditTail, { since: 0, limit: 10 })).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' });
  });

  test('goes through empty pages, but not for ever', async () => {
    let asked = 0;
    const empty = (): Promise<AuditPage> => {
      asked += 1;
      return Promise.resolve({ entries: [], unreadable: 1, next: `page-${asked}` });
    };
    const { client } = inProcessOperations({ resources: { auditReader: { page: empty } } });
    expect(await client.call(auditTail, { since: 0, limit: 10 })).toEqual({ entries: [], unreadable: asked, next: `page-${asked}` });
    expect(asked).toBeLessThan(10);
  });
});
