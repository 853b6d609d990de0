import 'reflect-metadata';
import { SubjectAlternativeNameExtension, X509Certificate } from '@peculiar/x509';
import { alternativeNames, nameAttributes, parseCertificateField } from './variable-names.ts';
import type { CertificateField } from './variable-names.ts';

// DG:cert-policy-variables, "Limits": five values an array, 1,024 characters a value.
const maxValues = 5;
const maxValueCharacters = 1024;

// Object identifiers of the alternative name extensions (RFC 5280 §4.2.1.6, §4.2.1.7).
const extensionIds = { Subject: '2.5.29.17', Issuer: '2.5.29.18' } as const;

// DG:cert-policy-variables, "Special characters": these arrive behind a backslash.
const escape = (value: string): string => value.replace(/[,"\\+=<>;]/g, (character) => `\\${character}`);

function alternativeValues(certificate: X509Certificate, field: CertificateField): readonly string[] {
  const extension = certificate.getExtension(extensionIds[field.party]);
  if (extension === null) return [];
  const names = new SubjectAlternativeNameExtension(extension.rawData).names.items;
  return names.filter(({ type }) => type === alternativeNames.get(field.attribute)).map(({ value }) => value);
}

function nameValues(certificate: X509Certificate, field: CertificateField): readonly string[] {
  const name = field.party === 'Subject' ? certificate.subjectName : certificate.issuerName;
  return name.getField(nameAttributes.get(field.attribute) ?? '');
}

function fieldValues(certificate: X509Certificate, field: CertificateField): readonly string[] {
  const values = field.isAlternative ? alternativeValues(certificate, field) : nameValues(certificate, field);
  const usable = values
    .slice(0, maxValues)
    .filter(({ length }) => length <= maxValueCharacters)
    .map(escape);
  if (field.which === 'all') return usable;
  return usable.slice(field.which, field.which + 1);
}

/** Looks up `iot:Certificate.…` in one certificate, which is parsed when first asked for. */
export function certificateVariables(readPem: () => string | undefined): (name: string) => readonly string[] {
  let parsed: X509Certificate | undefined;
  const certificate = (): X509Certificate | undefined => {
    const pem = parsed === undefined ? readPem() : undefined;
    parsed ??= pem === undefined ? undefined : new X509Certificate(pem);
    return parsed;
  };
  return (name) => {
    const field = parseCertificateField(name);
    const source = certificate();
    if (source === undefined) return [];
    if (name === 'iot:Certificate.SerialNumber') return [source.serialNumber];
    return field === undefined ? [] : fieldValues(source, field);
  };
}
