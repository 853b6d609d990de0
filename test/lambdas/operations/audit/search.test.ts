import { auditSearch } from '../../../../domain/operations/audit-search.ts';
import { NOON, anEvent } from '../../../builders/enrollment.ts';
import { aLine, aTenant } from '../../../builders/identifiers.ts';
import { deviceWorld } from '../devices/device-world.ts';

const filled = async () => {
  const world = await deviceWorld();
  world.audit.emit(anEvent({ id: 'old', at: NOON - 1, line: aLine('sensor') }));
  world.audit.emit(anEvent({ id: 'one', line: aLine('sensor'), tenant: aTenant('acme') }));
  world.audit.emit(anEvent({ id: 'two', line: aLine('gateway'), actor: { kind: 'service', name: 'claim-sweep' } }));
  world.audit.emit(anEvent({ id: 'late', at: NOON + 10, line: aLine('sensor'), correlationId: 'attempt-1' }));
  return world;
};

describe('The audit log for operators who look for something', () => {
  test('is searched by a time and by what is asked for', async () => {
    const world = await filled();
    const find = async (wanted: object) =>
      (await world.as('auditor').call(auditSearch, { since: NOON, limit: 10, ...wanted })).entries.map(({ event }) => event.id);
    expect(await find({})).toEqual(['one', 'two', 'late']);
    expect(await find({ until: NOON + 10 })).toEqual(['one', 'two']);
    expect(await find({ line: aLine('sensor') })).toEqual(['one', 'late']);
    expect(await find({ line: aLine('sensor'), tenant: aTenant('acme') })).toEqual(['one']);
    expect(await find({ actor: 'claim-sweep' })).toEqual(['two']);
    expect(await find({ actor: 'ann', correlationId: 'attempt-1' })).toEqual(['late']);
  });

  test.each(['factory', 'support'])('is not for %s', async (scope) => {
    const world = await filled();
    await expect(world.as(scope).call(auditSearch, { since: 0, limit: 10 })).rejects.toMatchObject({ code: 'ERR_NOT_ALLOWED' });
  });
});
