import { parseMessageLine, writeMessageLine } from '../../../device/staying/message-lines.ts';

describe('A line of a message', () => {
  test('holds text, or bytes in base64', () => {
    expect(parseMessageLine('{"topic":"a/b","payload":"text"}')).toEqual({ topic: 'a/b', payload: 'text' });
    expect(parseMessageLine('{"topic":"a/b","payloadBase64":"/wA="}')).toEqual({ topic: 'a/b', payload: Buffer.from([255, 0]) });
  });

  test.each([
    '',
    'text',
    '{"topic":"a"}',
    '{"topic":"a/#","payload":""}',
    '{"topic":"a","payload":1}',
    '{"topic":"a","payload":"","qos":2}',
  ])('is none: %s', (text) => {
    expect(parseMessageLine(text)).toBeUndefined();
  });

  test('is written as it is read', () => {
    for (const line of ['{"topic":"a/b","payload":"text\\n"}', '{"topic":"a/b","payloadBase64":"/wA="}']) {
      const { topic, payload } = parseMessageLine(line) ?? { topic: '', payload: '' };
      expect(writeMessageLine({ topic, payload: Buffer.from(payload) })).toBe(line);
    }
  });
});
