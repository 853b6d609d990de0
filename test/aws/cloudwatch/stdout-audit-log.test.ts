import { createStdoutAuditLog } from '../../../aws/cloudwatch/stdout-audit-log.ts';
import { anEvent } from '../../builders/enrollment.ts';

test('The audit log writes each event as a line of its own', () => {
  const written: unknown[] = [];
  const log = createStdoutAuditLog({ write: (text: unknown) => written.push(text) > 0 });
  log.emit(anEvent({ id: 'event-1' }));
  log.emit(anEvent({ id: 'event-2' }));
  expect(
    written
      .join('')
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
  ).toEqual([{ auditEvent: anEvent({ id: 'event-1' }) }, { auditEvent: anEvent({ id: 'event-2' }) }]);
});
