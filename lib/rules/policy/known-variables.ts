import { ruleFor } from '../rule.ts';
import { POLICY_TYPE } from './statements.ts';

// DG:basic-policy-variables, DG:thing-policy-variables, DG:cert-policy-variables; and the escapes for * ? $.
const plain: ReadonlySet<string> = new Set([
  ...['*', '?', '$'],
  ...['iot:ClientId', 'aws:SourceIp', 'iot:DomainName', 'iot:CertificateId'],
  ...['ThingName', 'ThingTypeName', 'IsAttached'].map((name) => `iot:Connection.Thing.${name}`),
  ...['SerialNumber', 'AvailableKeys'].map((name) => `iot:Certificate.${name}`),
]);
const attribute = /^iot:Connection\.Thing\.Attributes\[[A-Za-z0-9_.,@/:#-]+\]$/;
const nameParts =
  'DistinguishedNameQualifier|Country|Organization|OrganizationalUnit|State|CommonName|SerialNumber|Title|Surname|GivenName|Initials|Pseudonym|GenerationQualifier';
const alternativeNames = 'RFC822Name|DNSName|DirectoryName|UniformResourceIdentifier|IPAddress';
const certificate = new RegExp(
  `^iot:Certificate\\.(Subject|Issuer)\\.((${nameParts})|AlternativeName\\.(${alternativeNames}))(\\.(List|[1-4]))?$`,
);

const isKnown = (name: string): boolean => plain.has(name) || attribute.test(name) || certificate.test(name);

export const knownVariables = ruleFor(
  POLICY_TYPE,
  {
    name: 'unknown-variable',
    why: 'A variable that AWS IoT does not know is never replaced: an Allow allows nothing, and a Deny denies nothing.',
  },
  ({ properties }) =>
    variablesIn(JSON.stringify(properties['PolicyDocument'] ?? {}))
      .filter((name) => !isKnown(name))
      .map((name) => ({
        got: `"\${${name}}"`,
        allowed: 'a policy variable of AWS IoT, case and all',
        fix: 'look for a spelling mistake (the key of the address is aws:SourceIp)',
      })),
);

const variablesIn = (text: string): readonly string[] => [...text.matchAll(/\$\{([^}]*)\}/g)].map(([, name = '']) => name);
