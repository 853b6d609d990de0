import { auditCodes, auditLine } from '../../domain/audit-event.ts';
import { reasonCodes } from '../../domain/reason-code.ts';
import { anEvent } from '../builders/enrollment.ts';

describe('The vocabulary of the audit', () => {
  test('has each code and each reason once', () => {
    expect([new Set(auditCodes).size, new Set(reasonCodes).size]).toEqual([auditCodes.length, reasonCodes.length]);
  });

  test('is made of words that a filter can match: lower case, digits, dots and dashes', () => {
    expect([...auditCodes, ...reasonCodes].filter((code) => !/^[a-z-]+(\.[a-z-]+)?$/.test(code))).toEqual([]);
  });

  test('an event is one line of JSON under one key', () => {
    const line = auditLine(anEvent({ correlationId: 'a\nb' }));
    expect(line).not.toContain('\n');
    expect(JSON.parse(line)).toEqual({ auditEvent: anEvent({ correlationId: 'a\nb' }) });
  });
});
