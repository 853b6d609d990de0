import { rememberingReader } from '../../local/remembering-reader.ts';

describe('a reader that remembers', () => {
  test('reads a text once, and another anew', () => {
    const texts: string[] = [];
    const read = rememberingReader((text) => {
      texts.push(text);
      return { text };
    });
    expect(read('a')).toBe(read('a'));
    expect(read('b')).toEqual({ text: 'b' });
    expect(texts).toEqual(['a', 'b']);
  });

  test('remembers nothing of a text that cannot be read', () => {
    let isReadable = false;
    const read = rememberingReader((text) => {
      if (!isReadable) throw new Error(text);
      return text;
    });
    expect(() => read('a')).toThrow('a');
    isReadable = true;
    expect(read('a')).toBe('a');
  });

  test('forgets the oldest of more than a thousand', () => {
    let count = 0;
    const read = rememberingReader(() => (count += 1));
    for (let text = 0; text <= 1000; text += 1) read(String(text));
    expect([read('1000'), read('0')]).toEqual([1001, 1002]);
  });
});
