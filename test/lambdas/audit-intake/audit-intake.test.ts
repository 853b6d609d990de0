import { gunzipSync } from 'node:zlib';
import type { AuditCounts } from '../../../domain/audit/audit-metrics.ts';
import { type AuditEvent, auditLine } from '../../../domain/audit-event.ts';
import { createAuditIntake } from '../../../lambdas/audit-intake/audit-intake.ts';
import { aLogDelivery } from '../../builders/log-delivery.ts';

const at = Date.UTC(2026, 0, 1, 23, 59);
const anEvent = (id: string): AuditEvent => ({ schemaVersion: 1, id, at, code: 'admission.refused', actor: { kind: 'device' } });
const line = (message: string, { id = `of ${message}`.slice(0, 128), timestamp = at } = {}) => ({ id, timestamp, message });
const lineOf = (id: string, logged = {}) => line(auditLine(anEvent(id)), logged);

const aBench = () => {
  const stored = new Map<string, Uint8Array>();
  const told: AuditCounts[] = [];
  const tallied = new Set<string>();
  const staging = {
    put: (key: string, body: Uint8Array) => {
      if (key.startsWith('intake/')) stored.set(key, body);
      else tallied.add(key);
      return Promise.resolve();
    },
  };
  return { stored, tallied, told, staging, intake: createAuditIntake({ staging, gauge: { tell: (counts) => void told.push(counts) } }) };
};

const textOf = (body: Uint8Array | undefined): string => gunzipSync(body ?? new Uint8Array()).toString();

describe('The intake of events', () => {
  test('stores what the log was told, each event in its canonical form', async () => {
    const { intake, stored, told } = aBench();
    await intake(aLogDelivery([lineOf('a'), lineOf('b')]));
    const [[key, body] = []] = [...stored];
    expect(key).toMatch(/^intake\/2026-01-01\/[0-9a-f]{64}\.jsonl\.gz$/);
    expect(textOf(body)).toBe(
      ['a', 'b'].map((id) => `{"actor":{"kind":"device"},"at":${at},"code":"admission.refused","id":"${id}","schemaVersion":1}\n`).join(''),
    );
    expect(told).toEqual([{ AuditEventsTaken: 2, AuditEventsUnreadable: 0 }]);
  });

  test('stores a batch that comes again where it is, whenever that is', async () => {
    const { intake, stored } = aBench();
    await intake(aLogDelivery([lineOf('a'), lineOf('b')]));
    await intake(aLogDelivery([lineOf('a'), lineOf('b')]));
    expect(stored.size).toBe(1);
    await intake(aLogDelivery([lineOf('a')]));
    expect(stored.size).toBe(2);
  });

  test('says by names how many lines of which minute it stored, once, however often they are brought', async () => {
    const { intake, tallied } = aBench();
    const batch = aLogDelivery([lineOf('a'), lineOf('b', { timestamp: at + 59_999 }), lineOf('c', { timestamp: at + 60_000 })]);
    for (let times = 0; times < 3; times += 1) await intake(batch);
    expect([...tallied]).toEqual([
      expect.stringMatching(/^counted\/2026-01-01T23\/59-[0-9a-f]{64}-2$/),
      expect.stringMatching(/^counted\/2026-01-02T00\/00-[0-9a-f]{64}-1$/),
    ]);
  });

  test('counts an event again that the log was told again, though it is stored where it is', async () => {
    const { intake, tallied, stored } = aBench();
    for (const id of ['first', 'second']) await intake(aLogDelivery([lineOf('a', { id })]));
    expect([stored.size, tallied.size]).toEqual([1, 2]);
  });

  test('counts no line that it did not store', async () => {
    const { intake, tallied } = aBench();
    await intake(aLogDelivery([line('no JSON at all'), lineOf('a')]));
    expect([...tallied]).toEqual([expect.stringMatching(/-1$/)]);
  });

  test('counts what looks like an event and cannot be sealed, and stores the rest', async () => {
    const { intake, stored, told } = aBench();
    const odd = ['{"auditEvent":{"id":""}}', '{"auditEvent":{"id":"x","at":"soon"}}', '{"auditEvent":', 'no JSON at all'];
    await intake(aLogDelivery([...odd.map((text) => line(text)), lineOf('a')]));
    expect([...stored.values()].map((body) => textOf(body).trim().split('\n').length)).toEqual([1]);
    expect(told).toEqual([{ AuditEventsTaken: 1, AuditEventsUnreadable: 4 }]);
  });

  test('stores no empty batch, and nothing when CloudWatch only asks whether anybody is there', async () => {
    const { intake, stored, told } = aBench();
    await intake(aLogDelivery([line('nothing')]));
    await intake(aLogDelivery([line('CWL CONTROL MESSAGE: Checking health of destination')], 'CONTROL_MESSAGE'));
    expect(stored.size).toBe(0);
    expect(told).toHaveLength(1);
  });

  test('keeps what hostile names are made of to one line', async () => {
    const { intake, stored } = aBench();
    const correlationId = 'a\nb\r\u2028\u001b[31m=1+1","id":"forged';
    await intake(aLogDelivery([line(auditLine({ ...anEvent('a'), correlationId }))]));
    const lines = [...stored.values()].map(textOf);
    expect(lines.map((text) => text.split('\n').length)).toEqual([2]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ id: 'a', correlationId });
  });

  test('fails where nothing could be stored, so that Lambda brings it again', async () => {
    const { told, ...bench } = aBench();
    const intake = createAuditIntake({
      staging: { put: () => Promise.reject(new Error('S3 is away')) },
      gauge: { tell: (counts) => void told.push(counts) },
    });
    await expect(intake(aLogDelivery([lineOf('a')]))).rejects.toThrow('S3 is away');
    expect([told, bench.stored.size]).toEqual([[], 0]);
  });

  test('refuses what is no delivery', async () => {
    await expect(aBench().intake({ awslogs: { data: 'AAAA' } })).rejects.toThrow();
  });
});
