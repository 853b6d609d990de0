import { id_kp_clientAuth, id_kp_codeSigning, id_kp_OCSPSigning, id_kp_serverAuth, KeyUsageFlags } from '@peculiar/asn1-x509';
import { invalidArgs } from '../pca-errors.ts';

/** What a template fixes, and whose wishes it lets through (User Guide, "AWS Private CA template definitions"). */
export interface Template {
  readonly makes: 'root' | 'subordinate' | 'end entity';
  /** Of subordinates. */
  readonly pathLength?: number;
  readonly hasCriticalBasicConstraints: boolean;
  /** Bits of RFC 5280 §4.2.1.3; undefined: free. */
  readonly keyUsage: number | undefined;
  readonly extendedKeyUsage: { readonly purposes: readonly string[]; readonly isCritical: boolean } | undefined;
  readonly takesFromApi: boolean;
  readonly takesFromCsr: boolean;
}

type Definition = Omit<Template, 'takesFromApi' | 'takesFromCsr'>;

const { digitalSignature, keyEncipherment, keyCertSign, cRLSign } = KeyUsageFlags;

const endEntity = (...purposes: readonly string[]): Definition => ({
  ...{ makes: 'end entity', hasCriticalBasicConstraints: false, keyUsage: digitalSignature | keyEncipherment },
  extendedKeyUsage: { purposes, isCritical: false },
});

const signer = (purpose: string): Definition => ({
  ...{ makes: 'end entity', hasCriticalBasicConstraints: false, keyUsage: digitalSignature },
  extendedKeyUsage: { purposes: [purpose], isCritical: true },
});

const blankEndEntity = (hasCriticalBasicConstraints: boolean): Definition => ({
  ...{ makes: 'end entity', hasCriticalBasicConstraints, keyUsage: undefined, extendedKeyUsage: undefined },
});

const authority = (makes: 'root' | 'subordinate', pathLength?: number): Definition => ({
  ...{ makes, hasCriticalBasicConstraints: true, keyUsage: digitalSignature | keyCertSign | cRLSign, extendedKeyUsage: undefined },
  ...(pathLength === undefined ? {} : { pathLength }),
});

const perDepth = (name: string): readonly (readonly [string, Definition])[] =>
  [0, 1, 2, 3].map((pathLength) => [`${name}_PathLen${pathLength}`, authority('subordinate', pathLength)]);

const definitions: ReadonlyMap<string, Definition> = new Map([
  ['EndEntityCertificate', endEntity(id_kp_serverAuth, id_kp_clientAuth)],
  ['EndEntityClientAuthCertificate', endEntity(id_kp_clientAuth)],
  ['EndEntityServerAuthCertificate', endEntity(id_kp_serverAuth)],
  ['CodeSigningCertificate', signer(id_kp_codeSigning)],
  ['OCSPSigningCertificate', signer(id_kp_OCSPSigning)],
  ['BlankEndEntityCertificate', blankEndEntity(false)],
  ['BlankEndEntityCertificate_CriticalBasicConstraints', blankEndEntity(true)],
  ...perDepth('SubordinateCACertificate'),
  ...perDepth('BlankSubordinateCACertificate'),
  ['RootCACertificate', authority('root')],
]);

const arnPattern = /^arn:[\w-]+:acm-pca:::template\/(?<base>\w+?)(?:_(?<variant>API|CSR|APICSR)Passthrough)?\/V1$/;

/** A blank template has no plain variant, and a root's takes nothing from a request. */
const exists = (base: string, variant: string): boolean => {
  if (base.startsWith('Blank')) return variant !== '';
  return base !== 'RootCACertificate' || !variant.includes('CSR');
};

/** What an `IssueCertificate` without a template uses. */
export const defaultTemplateArn = 'arn:aws:acm-pca:::template/EndEntityCertificate/V1';

/** The template by its ARN. Refuses with `InvalidArgsException`. */
export const templateOf = (arn: string): Template => {
  const { base = '', variant = '' } = arnPattern.exec(arn)?.groups ?? {};
  const definition = definitions.get(base);
  if (definition === undefined || !exists(base, variant)) throw invalidArgs(`There is no template ${arn}.`);
  return { ...definition, takesFromApi: variant.startsWith('API'), takesFromCsr: variant.includes('CSR') };
};
