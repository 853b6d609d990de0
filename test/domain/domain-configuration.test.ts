import * as z from 'zod/mini';
import { domainConfigurationName, domainSetting, isDomainConfigurationOf } from '../../domain/domain-configuration.ts';

const certificateArn = 'arn:aws:acm:eu-central-1:123456789012:certificate/0a1b-2c3d';

describe('The name of a domain configuration', () => {
  test('is that of its approach, and of its host name where that is one’s own', () => {
    const names = [undefined, { name: 'iot.example.com' }, { name: 'iot.example.org' }].map((own) =>
      domainConfigurationName('muster', 'oauth', own),
    );
    expect(new Set(names).size).toBe(3);
    for (const name of names) {
      expect(name).toMatch(/^[\w.-]{1,128}$/);
      expect([isDomainConfigurationOf('muster', name), isDomainConfigurationOf('must', name)]).toEqual([true, false]);
    }
  });

  test.each(['muster', 'muster-', 'muster-west-oauth', 'other-oauth', 'muster-oauth-0a1b', 'muster-a b'])('is not "%s"', (name) => {
    expect(isDomainConfigurationOf('muster', name)).toBe(false);
  });
});

describe('The setting of a domain', () => {
  test.each([true, { name: 'iot.example.com', certificateArn }])('may be %j', (setting) => {
    expect(z.safeParse(domainSetting, setting).success).toBe(true);
  });

  test.each([
    false,
    'iot.example.com',
    { name: 'iot.example.com' },
    { name: 'localhost', certificateArn },
    { name: '*.example.com', certificateArn },
    { name: 'iot.example.com', certificateArn: 'arn:aws:iam::123456789012:server-certificate/x' },
    { name: 'iot.example.com', certificateArn, more: 1 },
  ])('may not be %j', (setting) => {
    expect(z.safeParse(domainSetting, setting).success).toBe(false);
  });
});
