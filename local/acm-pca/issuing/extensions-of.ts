import {
  BasicConstraints,
  CRLDistributionPoints,
  DistributionPoint,
  DistributionPointName,
  ExtendedKeyUsage,
  type Extension,
  GeneralName,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_cRLDistributionPoints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  KeyUsage,
} from '@peculiar/asn1-x509';
import { authorityKeyIdentifier, extension, subjectKeyIdentifier } from '../../iot/certificate-authority/extensions.ts';
import type { ParsedRequest } from '../../iot/certificate-authority/parsed-request.ts';
import { publicKeyInfoOf } from '../../iot/certificate-authority/public-key-info.ts';
import type { PrivateAuthority } from '../private-authority.ts';
import { listUrlOf } from '../revocation/list-location.ts';
import type { Template } from './template.ts';

export interface ExtensionWishes {
  readonly authority: PrivateAuthority;
  readonly template: Template;
  readonly request: ParsedRequest;
  /** What the caller passes through; empty unless the template takes it. */
  readonly fromApi: readonly Extension[];
  readonly region: string;
}

const basicConstraintsOf = ({ makes, pathLength, hasCriticalBasicConstraints }: Template): Extension => {
  const constraints = {
    ...(makes === 'end entity' ? {} : { cA: true }),
    ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }),
  };
  return extension(id_ce_basicConstraints, new BasicConstraints(constraints), hasCriticalBasicConstraints);
};

const distributionPoint = (url: string): Extension => {
  const fullName = [new GeneralName({ uniformResourceIdentifier: url })];
  const point = new DistributionPoint({ distributionPoint: new DistributionPointName({ fullName }) });
  return extension(id_ce_cRLDistributionPoints, new CRLDistributionPoints([point]));
};

const fixedBy = ({ authority, template, request, region }: ExtensionWishes): readonly Extension[] => {
  const { keyUsage, extendedKeyUsage, makes } = template;
  const url = listUrlOf(authority, region);
  return [
    basicConstraintsOf(template),
    ...(makes === 'root' ? [] : [authorityKeyIdentifier(publicKeyInfoOf(authority.keys.publicKey))]),
    subjectKeyIdentifier(request.subjectPublicKeyInfo),
    ...(keyUsage === undefined ? [] : [extension(id_ce_keyUsage, new KeyUsage(keyUsage), true)]),
    ...(extendedKeyUsage === undefined
      ? []
      : [extension(id_ce_extKeyUsage, new ExtendedKeyUsage([...extendedKeyUsage.purposes]), extendedKeyUsage.isCritical)]),
    ...(url === undefined || makes === 'root' ? [] : [distributionPoint(url)]),
  ];
};

/** Nobody but the authority says these. */
const reserved: ReadonlySet<string> = new Set([
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_cRLDistributionPoints,
  id_ce_subjectKeyIdentifier,
]);

/** Of a request, every template takes the alternative names, and some take all (User Guide, "template order of operations"). */
const fromRequest = ({ request, template }: ExtensionWishes): readonly Extension[] =>
  request.extensions.filter(({ extnID }) => template.takesFromCsr || (template.makes === 'end entity' && extnID === id_ce_subjectAltName));

/** Everything that a certificate says beside its names and times: the template first, then the caller, then the request. */
export const extensionsOf = (wishes: ExtensionWishes): readonly Extension[] => {
  const said = new Map(fixedBy(wishes).map((fixed) => [fixed.extnID, fixed]));
  for (const wish of [...wishes.fromApi, ...fromRequest(wishes)]) {
    if (!said.has(wish.extnID) && !reserved.has(wish.extnID)) said.set(wish.extnID, wish);
  }
  return [...said.values()];
};
