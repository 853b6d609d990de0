import { justInTimeProvisioning } from '../../../../lib/rules/template/just-in-time.ts';
import { templateHook } from '../../../../lib/rules/template/hook.ts';
import type { TemplateResource } from '../../../../lib/rules/rule.ts';
import { findings, goodBody, templateOf } from '../fixtures.ts';

const authority = (properties: Readonly<Record<string, unknown>>): TemplateResource => ({
  logicalId: 'VendorCa',
  type: 'AWS::IoT::CACertificate',
  properties: { CACertificatePem: '-----BEGIN CERTIFICATE-----', Status: 'ACTIVE', AutoRegistrationStatus: 'ENABLE', ...properties },
});

describe('Provisioning that asks nobody', () => {
  const template = templateOf(goodBody, { TemplateType: 'JITP', PreProvisioningHook: undefined });

  test('is found by a template of that type', () => {
    expect(findings(justInTimeProvisioning, template)).toEqual([
      expect.stringMatching(/^got a template of type JITP; allowed is just-in-time registration, .*; fix: .* where the line says why/),
    ]);
  });

  test('is found once: that such a template has no hook is no second mistake', () => {
    expect(findings(templateHook, template)).toEqual([]);
  });

  test.each([
    ['a template by name', { TemplateName: 'muster-sensor' }],
    ['a body of its own', { RoleArn: 'arn:aws:iam::123456789012:role/jitp', TemplateBody: '{}' }],
  ])('is found by a CA certificate that names %s', (_, RegistrationConfig) => {
    expect(findings(justInTimeProvisioning, authority({ RegistrationConfig }))).toEqual([
      expect.stringContaining('got a CA certificate with a RegistrationConfig'),
    ]);
  });

  test('is neither fleet provisioning nor registration, which an event reports', () => {
    expect(findings(justInTimeProvisioning, templateOf(goodBody), authority({}))).toEqual([]);
  });
});
