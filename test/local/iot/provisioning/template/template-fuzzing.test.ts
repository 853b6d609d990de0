import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { AwsError } from '../../../../../local/aws-error.ts';
import { EvaluationFailure } from '../../../../../local/iot/provisioning/template/evaluate-functions.ts';
import { evaluateTemplate } from '../../../../../local/iot/provisioning/template/evaluate-template.ts';
import { parseTemplateBody } from '../../../../../local/iot/provisioning/template/parse-template.ts';
import type { TemplateDocument } from '../../../../../local/iot/provisioning/template/template-document.ts';
import { simpleTemplate } from '../provisioning-world.ts';
import { almostTemplate } from './any-template.ts';

/** The template, or undefined when it is refused as AWS IoT refuses. */
const parse = (body: string): TemplateDocument | undefined => {
  try {
    return parseTemplateBody(body);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const isMissingHere = error.code === 'NotImplementedException' && error.message.includes('PackageVersions');
    expect(isMissingHere || error.code === 'InvalidRequestException').toBe(true);
    expect(error.message.length).toBeGreaterThan(20);
    return undefined;
  }
};

const { certificate } = simpleTemplate.Resources;

describe('any text as a template body', () => {
  test('is read or refused with InvalidRequestException', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.json({ maxDepth: 6 })), (body) => {
        parse(body);
      }),
      { numRuns: 1000, examples: [['null'], ['"'], ['{"Resources":null}'], ['{"__proto__":{"Resources":{}}}'], ['['.repeat(10_000)]] },
    );
  });

  test('that is nearly a template is read or refused with InvalidRequestException, and evaluates to a plan or a failure', () => {
    const examples: [unknown, Record<string, string>][] = [
      [{ Resources: { certificate }, DeviceConfiguration: { a: { 'Fn::Select': [1.5, ['x']] } } }, {}],
      [{ Resources: { certificate }, DeviceConfiguration: { a: { 'Fn::Select': [{ Ref: 'a' }, ['x']] } } }, { a: '__proto__' }],
      [JSON.parse('{"Resources":{"__proto__":{"Type":"AWS::IoT::Thing"}}}'), {}],
    ];
    fc.assert(
      fc.property(almostTemplate, fc.dictionary(fc.string(), fc.string()), (body, given) => {
        const template = parse(JSON.stringify(body));
        if (template === undefined) return;
        try {
          evaluateTemplate(template, new Map(Object.entries(given)), new Map([['AWS::IoT::Certificate::Id', 'id']]));
        } catch (error) {
          if (!(error instanceof EvaluationFailure)) throw error;
        }
      }),
      { numRuns: 3000, examples },
    );
  });
});

describe('a template that asks for too much', () => {
  /** Each level names the next one fifty times. */
  const nested = (levels: number): unknown => (levels === 0 ? 'x' : { 'Fn::Sub': ['${v}'.repeat(50), { v: nested(levels - 1) }] });

  test('fails instead of filling the memory', () => {
    const template = parse(JSON.stringify({ Resources: { certificate }, DeviceConfiguration: { a: nested(20) } }));
    expect(() => template && evaluateTemplate(template, new Map(), new Map())).toThrow('at most 131072 are allowed');
  });

  test('fails with a long parameter that is joined with itself', () => {
    const items = Array.from({ length: 400 }, () => ({ Ref: 'a' }));
    const template = parse(JSON.stringify({ Resources: { certificate }, DeviceConfiguration: { a: { 'Fn::Join': ['', items] } } }));
    expect(() => template && evaluateTemplate(template, new Map([['a', 'x'.repeat(4096)]]), new Map())).toThrow(EvaluationFailure);
  });
});
