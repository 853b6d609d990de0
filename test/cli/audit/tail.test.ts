import { type TailEntry, OVERLAP_MS, tailAudit } from '../../../cli/audit/tail-audit.ts';
import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { LoggedEvent } from '../../../domain/device-ports.ts';
import { NOON, anEvent } from '../../builders/enrollment.ts';
import { aClaimName, aLine, aSerial } from '../../builders/identifiers.ts';
import { anAsking } from '../../builders/story.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';
import { runMuster } from '../../fakes/muster-command.ts';
import { seededRandom } from '../../fakes/seeded-random.ts';

const tail = async (events: readonly AuditEvent[], ...words: readonly string[]) => {
  const world = inProcessOperations();
  for (const event of events) world.audit.emit(event);
  return (await runMuster(world, 'audit', 'tail', '--since', '2020-01-01', ...words)).output;
};

describe('muster audit tail', () => {
  const refused = anAsking('admission.refused', { reason: 'claim-expired', correlationId: 'muster-claim-\u001b[2J\u202e' });

  test('prints each event in one line that people can read', async () => {
    const [line] = await tail([anEvent({ serialNumber: aSerial(), line: aLine() })]);
    expect(line).toBe('2026-11-20T12:00:00.000Z  device.registered       sensor/SN-1  by arn:aws:iam::111122223333:user/ann');
  });

  test('lets nothing through that moves the cursor', async () => {
    const lines = [...(await tail([refused])), ...(await tail([refused], '--json'))];
    expect(lines.filter((line) => /[\p{Cc}\p{Cf}]/u.test(line))).toEqual([]);
    expect(JSON.parse(lines[1] ?? '')).toEqual(refused);
  });

  test('finds what is asked for', async () => {
    const events = [refused, anEvent({ id: 'two', code: 'claim.closed', claim: aClaimName('other') })];
    expect(await tail(events, '--code', 'claim.closed')).toHaveLength(1);
    expect(await tail(events, '--serial', 'SN-1')).toHaveLength(1);
    expect(await tail(events, '--claim', 'other', '--json')).toHaveLength(1);
    expect(await tail(events, '--serial', 'SN-9')).toEqual([]);
  });

  test('ends when it is interrupted', async () => {
    expect(await tail([refused], '--follow')).toHaveLength(1);
  });
});

describe('Following the audit log', () => {
  /** A log in which events become visible late and out of order: `visibleAt` by `loggedAt`. */
  const aLateLog = (seed: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: 200 }, (_, index) => {
      const loggedAt = NOON + index * 1000;
      return {
        loggedAt,
        visibleAt: loggedAt + Math.floor(random() * OVERLAP_MS * 0.9),
        event: anEvent({ id: `event-${index}`, at: loggedAt - 5000 }),
      };
    });
  };

  test.each([1, 2, 3, 4, 5])('tells every event once, however late it shows (seed %i)', async (seed) => {
    const log = aLateLog(seed);
    let now = NOON;
    const page = ({ since }: { readonly since: number }) => {
      const entries = log
        .filter(({ loggedAt, visibleAt }) => loggedAt >= since && visibleAt <= now)
        .map(({ loggedAt, event }): LoggedEvent => ({ loggedAt, event }));
      return Promise.resolve({ entries, unreadable: 0 });
    };
    const { client } = inProcessOperations({ resources: { auditReader: { page } } });
    const told: TailEntry[] = [];
    await tailAudit(client, {
      since: NOON,
      where: {},
      onEntry: (entry) => told.push(entry),
      onUnreadable: () => undefined,
      untilNextLook: () => {
        now += 2000;
        return Promise.resolve(now < NOON + 200_000 + OVERLAP_MS);
      },
    });
    const ids = told.map(({ event }) => event.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(log.map(({ event }) => event.id).toSorted());
  });
});
