import { ADDRESS_KEPT_MS, addressDigestOf } from '../../../domain/audit/sources/address-digest.ts';
import type { AuditEvent } from '../../../domain/audit-event.ts';
import { DAY_MS } from '../../../domain/duration.ts';
import { anEvent } from '../../builders/enrollment.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';

const salt = Buffer.from('5a17', 'hex');
const address = '192.0.2.7';
const now = Date.now();

const connected = (more: Partial<AuditEvent> = {}): AuditEvent =>
  anEvent({ id: 'presence-1', at: now - DAY_MS, code: 'presence.connected', addressDigest: addressDigestOf(salt, address), ...more });

/** Asks for the address of `presence-1`, where these events are in the log. */
const ask = async (events: readonly AuditEvent[], isKept: boolean, ...words: readonly string[]) => {
  const kept = { address, salt, until: now - DAY_MS + ADDRESS_KEPT_MS };
  const world = inProcessOperations({
    scopes: [{ name: 'auditor', role: 'auditor' }],
    now: () => now,
    resources: { addresses: { read: () => Promise.resolve(isKept ? kept : undefined) } },
  });
  for (const event of events) world.audit.emit(event);
  return runMuster(world, 'audit', 'address', 'presence-1', ...words);
};

describe('muster audit address', () => {
  test('tells the address whose digest the event carries', async () => {
    const { code, output, errors } = await ask([anEvent({ at: now - DAY_MS }), connected()], true);
    expect({ code, output }).toEqual({ code: 0, output: [address] });
    expect(errors.join()).toContain('carries the digest of this address');
  });

  test('tells programs what the digest was made with, too', async () => {
    const { output } = await ask([connected()], true, '--json');
    expect(JSON.parse(output.join())).toEqual({
      ...{ eventId: 'presence-1', outcome: 'address', address, salt: '5a17', isOfEvent: true },
      until: now - DAY_MS + ADDRESS_KEPT_MS,
    });
  });

  test.each([
    ['another address was put in its place', [connected({ addressDigest: addressDigestOf(salt, '192.0.2.8') })], true, 4, 'another digest'],
    ['the event is not in the log', [], true, 1, 'Not checked'],
    ['the ninety days are over', [connected({ at: now - ADDRESS_KEPT_MS })], false, 1, 'ninety days are over'],
    ['the address is gone before its time', [connected()], false, 4, 'is not there, though'],
    ['the event carries none', [anEvent({ id: 'presence-1' })], false, 1, 'carries no address'],
    ['there is no such event', [anEvent()], false, 1, 'No event of that id'],
  ])('says so when %s', async (_, events, isKept, code, said) => {
    const answer = await ask(events, isKept);
    expect(answer.code).toBe(code);
    expect(answer.errors.join()).toContain(said);
    expect((await ask(events, isKept, '--json')).code).toBe(code);
  });
});
