import fc from 'fast-check';
import { createBehaviour } from '../../../../local/iot/behaviour/behaviour.ts';
import { readAnswer } from '../../../../local/iot/custom-authentication/authorizer-answer.ts';

const behaviour = createBehaviour();
const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iot:Connect', Resource: '*' }] };
const good = { isAuthenticated: true, principalId: 'lamp17', policyDocuments: [document] };

describe('An authorizer’s answer', () => {
  test('lets in for a day, unrefreshed, unless it says otherwise', () => {
    expect(readAnswer(good, behaviour, undefined)).toEqual({
      kind: 'admitted',
      admission: {
        principalId: 'lamp17',
        policyDocuments: [JSON.stringify(document)],
        policies: [expect.anything()],
        refreshAfterSeconds: 86_400,
        disconnectAfterSeconds: 86_400,
      },
    });
  });

  test('needs policies, except beside a certificate, whose id it must repeat', () => {
    const { policyDocuments: _none, ...without } = { ...good };
    expect(_none).toBeDefined();
    expect(readAnswer(without, behaviour, undefined).kind).toBe('invalid');
    expect(readAnswer(without, behaviour, 'lamp17').kind).toBe('admitted');
    expect(readAnswer(without, behaviour, 'another').kind).toBe('invalid');
  });

  test('with short times is honoured where a capture says so', () => {
    const lenient = createBehaviour({ 'custom-authentication.short-times': 'honour' });
    const short = { ...good, disconnectAfterInSeconds: 5 };
    expect(readAnswer(short, lenient, undefined)).toMatchObject({ kind: 'admitted', admission: { disconnectAfterSeconds: 5 } });
    expect(readAnswer({ ...good, disconnectAfterInSeconds: 0 }, lenient, undefined).kind).toBe('invalid');
  });

  test('may be anything at all without harm, and admits only by isAuthenticated true', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          isAuthenticated: fc.oneof(fc.boolean(), fc.jsonValue()),
          principalId: fc.oneof(fc.string(), fc.constant('lamp17'), fc.jsonValue()),
          policyDocuments: fc.oneof(fc.array(fc.oneof(fc.string(), fc.constant(document), fc.jsonValue())), fc.jsonValue()),
          refreshAfterInSeconds: fc.oneof(fc.integer(), fc.jsonValue()),
          disconnectAfterInSeconds: fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.jsonValue()),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(anything, fc.option(fc.constant('lamp17'), { nil: undefined }), (payload, certificateId) => {
        const answer = readAnswer(payload, behaviour, certificateId);
        if (answer.kind !== 'admitted') return;
        expect(payload).toMatchObject({ isAuthenticated: true, principalId: answer.admission.principalId });
        expect(answer.admission.principalId).toMatch(/^[a-zA-Z0-9]{1,128}$/);
        expect(answer.admission.policies.length).toBeLessThanOrEqual(10);
        for (const seconds of [answer.admission.refreshAfterSeconds, answer.admission.disconnectAfterSeconds]) {
          expect(seconds).toBeGreaterThanOrEqual(300);
          expect(seconds).toBeLessThanOrEqual(86_400);
        }
      }),
    );
  });
});
