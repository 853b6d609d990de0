import { jest } from '@jest/globals';
import { synthesize } from '../setup/app.ts';

describe('An address for alarms', () => {
  const printed: string[] = [];
  jest.spyOn(console, 'error').mockImplementation((text) => printed.push(String(text)));
  const { onboarding } = synthesize({ configuration: { alarms: { email: 'fleet@example.com' } } });

  test('is accepted, and the synth says that nothing is sent to it yet', () => {
    onboarding.resourceCountIs('AWS::SNS::Topic', 0);
    expect(printed.join()).toContain('this version raises no alarms');
  });
});
