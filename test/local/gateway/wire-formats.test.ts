import fc from 'fast-check';
import { parseQueryInput } from '../../../local/gateway/query-input.ts';
import { decodeAwsChunked } from '../../../local/gateway/read-body.ts';
import { queryOutput } from '../../../local/gateway/query-output.ts';
import { writeXml, writeXmlDocument } from '../../../local/gateway/write-xml.ts';
import { XMLParser } from 'fast-xml-parser';

describe('The query protocol', () => {
  test('nests its parameters', () => {
    const form = new URLSearchParams('Name=n&Tags.member.2.Key=b&Tags.member.1.Key=a&Attributes.entry.1.key=k&Attributes.entry.1.value=v');
    expect(parseQueryInput(form)).toEqual({ Name: 'n', Tags: [{ Key: 'a' }, { Key: 'b' }], Attributes: { k: 'v' } });
  });

  test('orders more than nine list members by number', () => {
    const form = new URLSearchParams(Array.from({ length: 12 }, (_, index): [string, string] => [`L.member.${index + 1}`, String(index)]));
    expect(parseQueryInput(form)).toEqual({ L: Array.from({ length: 12 }, (_, index) => String(index)) });
  });

  test('takes no parameter for anything but data', () => {
    expect(Object.keys(parseQueryInput(new URLSearchParams('__proto__.polluted=1&a=2')))).toEqual(['__proto__', 'a']);
    expect('polluted' in {}).toBe(false);
  });
});

describe('XML', () => {
  test('carries any text unharmed', () => {
    const parser = new XMLParser({ parseTagValue: false, trimValues: false });
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', 'ä', '\t', '\n', ']]>'), minLength: 1 }), (text) => {
        expect(parser.parse(writeXml({ T: text }))).toEqual({ T: text });
      }),
    );
  });

  test('writes lists, maps, dates, and leaves out what is not there', () => {
    const members = { L: ['a'], E: [], M: new Map([['k', 'v']]), D: new Date(0), N: undefined, B: false };
    expect(writeXml({ R: queryOutput(members) })).toBe(
      '<R><L><member>a</member></L><E></E><M><entry><key>k</key><value>v</value></entry></M><D>1970-01-01T00:00:00.000Z</D><B>false</B></R>',
    );
  });

  test('holds no character that XML forbids', () => {
    expect(writeXml({ T: 'a\u0000\u001b\uFFFEb' })).toBe('<T>a\uFFFD\uFFFD\uFFFDb</T>');
  });

  test('keeps a carriage return from being read as a line feed', () => {
    expect(writeXml({ T: 'a\r\nb' })).toBe('<T>a&#xD;\nb</T>');
  });

  test('repeats an element for each item, where S3 has lists without a wrapper', () => {
    expect(writeXmlDocument({ R: { '@_xmlns': 'n', I: [{ K: 1 }, { K: 2 }], J: [] } })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><R xmlns="n"><I><K>1</K></I><I><K>2</K></I></R>',
    );
  });
});

describe('aws-chunked framing', () => {
  test('is taken off', () => {
    const framed = '5;chunk-signature=00\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AA==\r\n\r\n';
    expect(decodeAwsChunked(Buffer.from(framed)).toString()).toBe('hello world');
  });

  test('that breaks off is refused', () => {
    expect(() => decodeAwsChunked(Buffer.from('5\r\nhello'))).toThrow('ends before its last chunk');
  });
});
