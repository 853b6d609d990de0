import type { AuditEvent } from '../../../domain/audit-event.ts';
import { NOON, anEvent } from '../../builders/enrollment.ts';
import { aClaimName, aLine, aSerial, aTenant } from '../../builders/identifiers.ts';
import { anAsking } from '../../builders/story.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';

const search = async (events: readonly AuditEvent[], ...words: readonly string[]) => {
  const world = inProcessOperations();
  for (const event of events) world.audit.emit(event);
  return runMuster(world, 'audit', 'search', '--since', '2020-01-01', ...words);
};

const events = [
  anEvent({ id: 'one', line: aLine(), serialNumber: aSerial('SN-1'), tenant: aTenant('acme') }),
  anAsking('admission.refused', { id: 'two', reason: 'claim-expired', correlationId: 'attempt-1', claim: aClaimName('batch-1') }),
  anEvent({ id: 'three', code: 'claim.closed', claim: aClaimName('batch-2'), actor: { kind: 'service', name: 'claim-sweep' } }),
  anEvent({ id: 'late', at: NOON + 3_600_000, line: aLine('gateway') }),
];

const idsOf = (output: readonly string[]): readonly string[] => output.map((line) => (JSON.parse(line) as AuditEvent).id);

describe('muster audit search', () => {
  test.each([
    [['--serial', 'SN-1', '--tenant', 'acme'], ['one']],
    [['--claim', 'batch-1'], ['two']],
    [['--correlation', 'attempt-1', '--reason', 'claim-expired'], ['two']],
    [['--actor', 'claim-sweep'], ['three']],
    [['--actor', 'ann', '--line', 'gateway'], ['late']],
    [['--code', 'claim.closed'], ['three']],
    [['--until', '2026-11-20T12:30Z', '--line', 'gateway'], []],
  ])('finds what all of this is true of: %j', async (words, ids) => {
    expect(idsOf((await search(events, ...words, '--json')).output)).toEqual(ids);
  });

  test('prints people a line each, and says when there is nothing', async () => {
    expect((await search(events, '--claim', 'batch-2')).output).toEqual([expect.stringContaining('claim.closed')]);
    expect(await search(events, '--serial', 'SN-9')).toMatchObject({ code: 0, output: [], errors: [expect.stringContaining('Nothing')] });
  });

  test('stops where it is told to, and says that there is more', async () => {
    const { output, errors } = await search(events, '--limit', '2', '--json');
    expect(idsOf(output)).toEqual(['one', 'two']);
    expect(errors.join()).toContain('There are more');
  });

  test('tells an event once that is in the log twice', async () => {
    expect((await search([...events, ...events], '--json')).output).toHaveLength(events.length);
  });

  test.each([
    ['--line', 'Sensor*'],
    ['--certificate', 'abc'],
    ['--until', 'soon'],
    ['--limit', '0'],
  ])('refuses what cannot be: %s %s', async (...words) => {
    await expect(search(events, ...words)).rejects.toThrow(words[0].slice(2));
  });
});
