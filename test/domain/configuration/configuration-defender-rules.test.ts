import { parseConfiguration } from '../../../domain/configuration.ts';

const wanting = { lines: [{ name: 'meter', triggers: { foundByDefender: 'quarantine' } }] };
const agreed = { accountWide: { deviceDefender: 'manage' } };

describe('Detect', () => {
  test('is said to be used where somebody hears what it tells', () => {
    expect(parseConfiguration({ accountWide: { ...agreed.accountWide, detect: 'use' } }, ['pki']).accountWide.detect).toBe('use');
    expect(() => parseConfiguration({ accountWide: { detect: 'use' } }, ['pki'])).toThrow(
      /accountWide\.detect[\s\S]*deviceDefender: "manage"/,
    );
  });
});

describe('What is done about findings of Device Defender', () => {
  test('is said of a line where audits are ours', () => {
    const { lines, accountWide } = parseConfiguration({ ...wanting, ...agreed }, ['pki']);
    expect([accountWide.deviceDefender, lines[0]?.triggers.foundByDefender]).toEqual(['manage', 'quarantine']);
  });

  test('is refused where nobody audits, and the refusal says how', () => {
    expect(() => parseConfiguration(wanting, ['pki'])).toThrow(/lines\.0\.triggers\.foundByDefender[\s\S]*deviceDefender: "manage"/);
  });
});
