import { beforeAll, describe, expect, test } from '@jest/globals';
import 'reflect-metadata';
import { SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { certificateVariables } from '../../../../local/iot/policy/certificate-variables.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

async function issue(name: string): Promise<string> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    serialNumber: '0a01',
    signingAlgorithm: algorithm,
    extensions: [
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'one.example' },
        { type: 'ip', value: '192.0.2.1' },
        { type: 'dns', value: 'two.example' },
      ]),
    ],
  });
  return certificate.toString('pem');
}

describe('certificate variables', () => {
  let pem = '';
  beforeAll(async () => {
    pem = await issue('CN=device-1, O=First, O=Second, O=Third, OU="a, b", C=DE, 2.5.4.5=S-1');
  });

  test.each<[string, readonly string[]]>([
    ['iot:Certificate.Subject.CommonName', ['device-1']],
    ['iot:Certificate.Issuer.CommonName', ['device-1']],
    ['iot:Certificate.Subject.Organization', ['First']],
    ['iot:Certificate.Subject.Organization.1', ['Second']],
    ['iot:Certificate.Subject.Organization.2', ['Third']],
    ['iot:Certificate.Subject.Organization.3', []],
    ['iot:Certificate.Subject.Organization.List', ['First', 'Second', 'Third']],
    ['iot:Certificate.Subject.OrganizationalUnit', [String.raw`a\, b`]],
    ['iot:Certificate.Subject.SerialNumber', ['S-1']],
    ['iot:Certificate.Subject.Title', []],
    ['iot:Certificate.SerialNumber', ['0a01']],
    ['iot:Certificate.Subject.AlternativeName.DNSName', ['one.example']],
    ['iot:Certificate.Subject.AlternativeName.DNSName.List', ['one.example', 'two.example']],
    ['iot:Certificate.Subject.AlternativeName.IPAddress', ['192.0.2.1']],
    ['iot:Certificate.Issuer.AlternativeName.DNSName', []],
    ['iot:Certificate.Subject.Nonsense', []],
  ])('%s is %j', (name, expected) => {
    expect(certificateVariables(() => pem)(name)).toEqual(expected);
  });

  test('the certificate is read only when one is asked for, and once', () => {
    let reads = 0;
    const lookup = certificateVariables(() => {
      reads += 1;
      return pem;
    });
    expect(reads).toBe(0);
    lookup('iot:Certificate.Subject.CommonName');
    lookup('iot:Certificate.Subject.Country');
    expect(reads).toBe(1);
  });

  test('arrays end after five values and values after 1,024 characters', async () => {
    const many = await issue(`${[1, 2, 3, 4, 5, 6].map((n) => `O=o${n}`).join(', ')}, CN=${'x'.repeat(1025)}`);
    const lookup = certificateVariables(() => many);
    expect(lookup('iot:Certificate.Subject.Organization.List')).toHaveLength(5);
    expect(lookup('iot:Certificate.Subject.CommonName')).toEqual([]);
  });

  test('an unknown certificate has none', () => {
    expect(certificateVariables(() => undefined)('iot:Certificate.Subject.CommonName')).toEqual([]);
  });
});
