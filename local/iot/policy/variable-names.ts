/** Parts of an X.509 distinguished name that policies may ask for (DG:cert-policy-variables), with their object identifiers (X.520, RFC 3739). */
export const nameAttributes: ReadonlyMap<string, string> = new Map([
  ['DistinguishedNameQualifier', '2.5.4.46'],
  ['Country', '2.5.4.6'],
  ['Organization', '2.5.4.10'],
  ['OrganizationalUnit', '2.5.4.11'],
  ['State', '2.5.4.8'],
  ['CommonName', '2.5.4.3'],
  ['SerialNumber', '2.5.4.5'],
  ['Title', '2.5.4.12'],
  ['Surname', '2.5.4.4'],
  ['GivenName', '2.5.4.42'],
  ['Initials', '2.5.4.43'],
  ['Pseudonym', '2.5.4.65'],
  ['GenerationQualifier', '2.5.4.44'],
]);

/** Kinds of alternative names, with the type that the X.509 library gives them. */
export const alternativeNames: ReadonlyMap<string, string> = new Map([
  ['RFC822Name', 'email'],
  ['DNSName', 'dns'],
  ['DirectoryName', 'dn'],
  ['UniformResourceIdentifier', 'url'],
  ['IPAddress', 'ip'],
]);

/** `iot:Certificate.<Subject|Issuer>.<attribute>` with its optional index, or `.List`. */
export interface CertificateField {
  readonly party: 'Subject' | 'Issuer';
  /** A key of `nameAttributes`, or of `alternativeNames` when `isAlternative`. */
  readonly attribute: string;
  readonly isAlternative: boolean;
  /** Which value: 0 the first (bare name), 1 the second, …; or all of them. */
  readonly which: number | 'all';
}

const fieldPattern = /^iot:Certificate\.(Subject|Issuer)\.(AlternativeName\.)?([A-Za-z0-9]+)(?:\.(List|[1-4]))?$/;

/** Reads a certificate variable's name. Arrays hold at most five values, so the highest index is 4. */
export function parseCertificateField(name: string): CertificateField | undefined {
  const [, party, alternative, attribute = '', suffix = '0'] = fieldPattern.exec(name) ?? [];
  if (party !== 'Subject' && party !== 'Issuer') return undefined;
  const isAlternative = alternative !== undefined;
  if (!(isAlternative ? alternativeNames : nameAttributes).has(attribute)) return undefined;
  return { party, attribute, isAlternative, which: suffix === 'List' ? 'all' : Number(suffix) };
}

const thingAttribute = /^iot:Connection\.Thing\.Attributes\[([^\]]+)\]$/;

/** The attribute's name in `iot:Connection.Thing.Attributes[name]`. */
export const thingAttributeOf = (variable: string): string | undefined => thingAttribute.exec(variable)?.[1];

// DG:basic-policy-variables, DG:thing-policy-variables, DG:cert-policy-variables.
const plainVariables: ReadonlySet<string> = new Set([
  'iot:ClientId',
  'aws:SourceIp',
  'iot:DomainName',
  'iot:Connection.Thing.ThingName',
  'iot:Connection.Thing.ThingTypeName',
  'iot:Connection.Thing.IsAttached',
  'iot:CertificateId',
  'iot:Certificate.SerialNumber',
  'iot:Certificate.AvailableKeys',
]);

// Keys for conditions only (DG:connect-policy), and the global keys that a connection has.
const conditionOnlyKeys: ReadonlySet<string> = new Set([
  'iot:ConnectAttributes',
  'iot:LastWillTopic',
  'iot:IncludeSocketInformation',
  'aws:CurrentTime',
  'aws:EpochTime',
  'aws:SecureTransport',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:VpcSourceIp',
]);

/** Whether AWS IoT knows the policy variable. The documentation shows one spelling of each, which it must have. */
export const isIotVariable = (name: string): boolean =>
  plainVariables.has(name) || thingAttributeOf(name) !== undefined || parseCertificateField(name) !== undefined;

export const isIotConditionKey = (key: string): boolean => isIotVariable(key) || conditionOnlyKeys.has(key);
